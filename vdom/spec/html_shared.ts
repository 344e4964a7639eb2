/**
 * Attributes that several HTML elements share, and those that every HTML element takes.
 *
 * @module
 */

import type { AttrSpec } from "./types.ts";

/** What every HTML element takes, beside class, style, key and data-* (vdom/props.ts) and ARIA. */
export const HTML_GLOBAL: readonly AttrSpec[] = [
  ["accesskey", "text", "Keys, separated by spaces, that activate or focus the element."],
  [
    "autocapitalize",
    "=off none on sentences words characters",
    "How text typed on a virtual keyboard is capitalised.",
  ],
  ["autocorrect", "=on off", "Whether typed text is corrected automatically."],
  ["autofocus", "bool", "Focuses the element when the page loads or its dialog or popover is shown."],
  [
    "contenteditable",
    "tf/=plaintext-only ''",
    "Whether the user may edit the content; plaintext-only allows text without formatting.",
  ],
  ["dir", "=ltr rtl auto", "The direction of the text."],
  ["draggable", "tf", "Whether the element can be dragged."],
  [
    "enterkeyhint",
    "=enter done go next previous search send",
    "The label of the Enter key on a virtual keyboard.",
  ],
  ["exportparts", "text", "The shadow parts that are also visible outside this shadow host."],
  [
    "hidden",
    "bool/=until-found",
    "Not relevant now, hence not rendered; until-found lets a search in the page reveal it.",
  ],
  [
    "inert",
    "bool",
    "The element and its content take no clicks, no focus, and are hidden from assistive technology.",
  ],
  ["inputmode", "=none text decimal numeric tel search email url", "Which virtual keyboard suits the input."],
  ["is", "text", "The name of the customised built-in element that this element is."],
  ["itemid", "text", "The global identifier of a microdata item."],
  ["itemprop", "text", "The microdata properties that the element adds, separated by spaces."],
  ["itemref", "text", "The ids of further elements with properties of this microdata item."],
  ["itemscope", "bool", "Makes the element a microdata item."],
  ["itemtype", "text", "The types of the microdata item, as URLs separated by spaces."],
  ["lang", "text", "The language of the content as a BCP 47 tag, or the empty string for unknown."],
  ["nonce", "text", "The number used once that lets a content security policy allow this element."],
  ["part", "text", "The names by which ::part() finds the element from outside its shadow tree."],
  ["popover", "bool/=auto manual hint", "Makes the element a popover, and says what closes it."],
  ["slot", "text", "The name of the shadow tree's slot that the element goes to."],
  ["spellcheck", "tf", "Whether spelling and grammar are checked."],
  ["tabindex", "num", "0: focusable in document order; -1: focusable by script and click only."],
  ["title", "text", "Advisory text, often shown as a tooltip."],
  ["translate", "=yes no", "Whether the content is translated when the page is."],
  ["writingsuggestions", "tf", "Whether the browser may offer to complete what the user writes."],
];

/** `href` of a link. */
export const HREF: AttrSpec = ["href", "url", "The URL that the link goes to."];

/** `target`. */
export const TARGET: AttrSpec = [
  "target",
  "=_self _blank _parent _top *",
  "Where the result opens: a keyword or the name of a browsing context.",
];

/** `rel` of a hyperlink. */
export const REL: AttrSpec = [
  "rel",
  "text",
  "How the target relates to this document: words separated by spaces.",
];

/** `hreflang`. */
export const HREFLANG: AttrSpec = ["hreflang", "text", "The language of the target, as a BCP 47 tag."];

/** `referrerpolicy`. */
export const REFERRERPOLICY: AttrSpec = [
  "referrerpolicy",
  "='' no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin strict-origin-when-cross-origin unsafe-url",
  "Which referrer is sent with requests that the element makes.",
];

/** `crossorigin`. */
export const CROSSORIGIN: AttrSpec = [
  "crossorigin",
  "='' anonymous use-credentials",
  "Makes the request use CORS; with or without credentials.",
];

/** `fetchpriority`. */
export const FETCHPRIORITY: AttrSpec = ["fetchpriority", "=auto high low", "The priority of the fetch."];

/** `blocking`. */
export const BLOCKING: AttrSpec = [
  "blocking",
  "=render",
  "Holds back rendering until the resource is fetched.",
];

/** `integrity`. */
export const INTEGRITY: AttrSpec = ["integrity", "text", "Hashes that the fetched resource must match."];

/** `loading`. */
export const LOADING: AttrSpec = [
  "loading",
  "=eager lazy",
  "lazy waits until the element comes near the viewport.",
];

/** `width` in CSS pixels. */
export const WIDTH: AttrSpec = ["width", "num", "The width, in CSS pixels."];

/** `height` in CSS pixels. */
export const HEIGHT: AttrSpec = ["height", "num", "The height, in CSS pixels."];

/** `src`. */
export const SRC: AttrSpec = ["src", "url", "The URL of the resource."];

/** `download`. */
export const DOWNLOAD: AttrSpec = [
  "download",
  "bool/text",
  "Downloads the target instead of going to it; a string suggests the file name.",
];

/** `ping`. */
export const PING: AttrSpec = [
  "ping",
  "text",
  "URLs, separated by spaces, that are told when the link is followed.",
];

/** `cite` of a quotation or an edit. */
export const CITE: AttrSpec = ["cite", "url", "The URL of the source."];

/** `disabled` of a control. */
export const DISABLED: AttrSpec = ["disabled", "bool", "The control takes no input and is not submitted."];

/** `form`. */
export const FORM: AttrSpec = ["form", "text", "The id of the form that the control belongs to."];

/** `name` of a control. */
export const NAME: AttrSpec = ["name", "text", "The name under which the control is submitted."];

/** `required`. */
export const REQUIRED: AttrSpec = [
  "required",
  "bool",
  "The form cannot be submitted while the control is empty.",
];

/** `readonly`. */
export const READONLY: AttrSpec = [
  "readonly",
  "bool",
  "The user cannot change the value, which is still submitted.",
];

/** `placeholder`. */
export const PLACEHOLDER: AttrSpec = [
  "placeholder",
  "text",
  "A hint that is shown while the control is empty.",
];

/** `minlength`. */
export const MINLENGTH: AttrSpec = ["minlength", "num", "The least length of the value, in UTF-16 units."];

/** `maxlength`. */
export const MAXLENGTH: AttrSpec = ["maxlength", "num", "The greatest length of the value, in UTF-16 units."];

/** `dirname`. */
export const DIRNAME: AttrSpec = [
  "dirname",
  "text",
  "The name under which the direction of the text is submitted.",
];

/** `autocomplete` of a control. */
export const AUTOCOMPLETE: AttrSpec = [
  "autocomplete",
  "=on off name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password current-password one-time-code organization-title organization street-address address-line1 address-line2 address-line3 address-level1 address-level2 address-level3 address-level4 country country-name postal-code cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url photo tel tel-country-code tel-national tel-area-code tel-local tel-extension email impp webauthn *",
  "What the browser may fill in: off, on, or the kind of value.",
];

/** The attributes by which a submit button overrides its form, and by which a button drives another element. */
export const SUBMIT_OVERRIDES: readonly AttrSpec[] = [
  ["formaction", "url", "The URL that the form is sent to by this button."],
  [
    "formenctype",
    "=application/x-www-form-urlencoded multipart/form-data text/plain",
    "How the form is encoded when this button sends it.",
  ],
  ["formmethod", "=get post dialog", "The HTTP method when this button sends the form."],
  ["formnovalidate", "bool", "Sends the form without validating it."],
  ["formtarget", "=_self _blank _parent _top *", "Where the answer opens when this button sends the form."],
  ["popovertarget", "text", "The id of the popover that the button controls."],
  ["popovertargetaction", "=toggle show hide", "What the button does to its popover."],
];

/** The attributes of audio and video. */
export const MEDIA: readonly AttrSpec[] = [
  SRC,
  CROSSORIGIN,
  ["autoplay", "bool", "Starts playing as soon as it can."],
  ["controls", "bool", "Shows the browser's controls."],
  [
    "controlslist",
    "text",
    "Which of the browser's controls are left out: nodownload, nofullscreen, noremoteplayback.",
  ],
  ["disableremoteplayback", "bool", "Does not offer playing on a remote device."],
  LOADING,
  ["loop", "bool", "Starts again at the end."],
  ["muted", "bool", "Is silent at the start."],
  ["preload", "='' none metadata auto", "How much is fetched before it plays."],
];

/** The attributes of td and th. */
export const CELL: readonly AttrSpec[] = [
  ["colspan", "num", "How many columns the cell covers: 1 to 1000."],
  ["rowspan", "num", "How many rows the cell covers: 0 to 65534, where 0 is all that remain in the group."],
  ["headers", "text", "The ids of the cell's header cells, separated by spaces."],
];
