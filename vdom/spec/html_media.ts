/**
 * The HTML elements for embedded content, tables and scripting (HTML, 4.8, 4.9 and 4.12).
 *
 * @module
 */

import {
  BLOCKING,
  CELL,
  CROSSORIGIN,
  DOWNLOAD,
  FETCHPRIORITY,
  FORM,
  HEIGHT,
  HREF,
  INTEGRITY,
  LOADING,
  MEDIA,
  PING,
  REFERRERPOLICY,
  REL,
  SRC,
  TARGET,
  WIDTH,
} from "./html_shared.ts";
import type { AttrSpec, ElementSpec } from "./types.ts";

const SRCSET: AttrSpec = [
  "srcset",
  "text",
  "The candidates: URLs, each with a width (480w) or a density (2x).",
];
const SIZES: AttrSpec = ["sizes", "text", "The layout widths by which a candidate of srcset is chosen."];
const SPAN: AttrSpec = ["span", "num", "How many columns it covers: 1 to 1000."];

/** Embedded content. */
export const HTML_MEDIA: readonly ElementSpec[] = [
  { tag: "picture", doc: "An image with several sources, of which the browser takes the first that fits." },
  {
    tag: "source",
    doc: "A source of a picture, an audio or a video.",
    isVoid: true,
    attrs: [
      ["type", "text", "The media type of the source."],
      ["media", "text", "The media query for which the source is taken."],
      SRC,
      SRCSET,
      SIZES,
      WIDTH,
      HEIGHT,
    ],
  },
  {
    tag: "img",
    doc: "An image.",
    isVoid: true,
    attrs: [
      ["alt", "text", "What takes the image's place where it cannot be seen; empty for decoration."],
      SRC,
      SRCSET,
      SIZES,
      CROSSORIGIN,
      ["usemap", "text", "The image map to use: # and its name."],
      ["ismap", "bool", "Sends the position of a click to the server, inside a link."],
      WIDTH,
      HEIGHT,
      REFERRERPOLICY,
      ["decoding", "=sync async auto", "Whether decoding may lag behind other content."],
      LOADING,
      FETCHPRIORITY,
    ],
  },
  {
    tag: "iframe",
    doc: "Another document within this one.",
    attrs: [
      SRC,
      ["srcdoc", "text", "The document itself, as HTML: never put untrusted text here."],
      ["name", "text", "The name of the browsing context, for target."],
      [
        "sandbox",
        "text",
        "Restricts the document; words separated by spaces, such as allow-scripts, lift single restrictions.",
      ],
      ["allow", "text", "The permissions policy of the document."],
      ["allowfullscreen", "bool", "The document may go full screen."],
      WIDTH,
      HEIGHT,
      REFERRERPOLICY,
      LOADING,
      ["credentialless", "bool", "Loads the document without credentials, in a context of its own."],
    ],
  },
  {
    tag: "embed",
    doc: "External content that a plug-in or the browser shows.",
    isVoid: true,
    attrs: [SRC, ["type", "text", "The media type of the content."], WIDTH, HEIGHT],
  },
  {
    tag: "object",
    doc: "An external resource: an image, a document or what a plug-in shows. Its children are the fallback.",
    attrs: [
      ["data", "url", "The URL of the resource."],
      ["type", "text", "The media type of the resource."],
      ["name", "text", "The name of the browsing context."],
      FORM,
      WIDTH,
      HEIGHT,
    ],
  },
  {
    tag: "video",
    doc: "A video.",
    attrs: [
      ...MEDIA,
      ["poster", "url", "The image that is shown until the video plays."],
      ["playsinline", "bool", "Plays in the page instead of full screen."],
      ["disablepictureinpicture", "bool", "Does not offer picture-in-picture."],
      WIDTH,
      HEIGHT,
    ],
  },
  { tag: "audio", doc: "Sound.", attrs: MEDIA },
  {
    tag: "track",
    doc: "Timed text of an audio or a video, such as subtitles.",
    isVoid: true,
    attrs: [
      ["kind", "=subtitles captions descriptions chapters metadata", "What the text is."],
      SRC,
      ["srclang", "text", "The language of the text, as a BCP 47 tag."],
      ["label", "text", "The title of the track for the user."],
      ["default", "bool", "On, unless the user's preferences say otherwise."],
    ],
  },
  {
    tag: "map",
    doc: "An image map, whose areas are links.",
    attrs: [["name", "text", "The name that an image's usemap refers to."]],
  },
  {
    tag: "area",
    doc: "A link on an image map.",
    isVoid: true,
    attrs: [
      ["alt", "text", "The text that takes the area's place."],
      ["coords", "text", "The coordinates of the shape, separated by commas."],
      ["shape", "=circle default poly rect", "The shape."],
      HREF,
      TARGET,
      DOWNLOAD,
      PING,
      REL,
      REFERRERPOLICY,
    ],
  },
];

/** Tables. */
export const HTML_TABLE: readonly ElementSpec[] = [
  { tag: "table", doc: "A table of data." },
  { tag: "caption", doc: "The title of a table." },
  { tag: "colgroup", doc: "A group of columns.", attrs: [SPAN] },
  { tag: "col", doc: "One or more columns of a group.", isVoid: true, attrs: [SPAN] },
  { tag: "tbody", doc: "A body of rows of a table." },
  { tag: "thead", doc: "The rows of column headings of a table." },
  { tag: "tfoot", doc: "The rows of column summaries of a table." },
  { tag: "tr", doc: "A row of a table." },
  { tag: "td", doc: "A data cell of a table.", attrs: CELL },
  {
    tag: "th",
    doc: "A header cell of a table.",
    attrs: [
      ...CELL,
      ["scope", "=row col rowgroup colgroup", "Which cells the header is for."],
      ["abbr", "text", "A short form of the header."],
    ],
  },
];

/** Scripting. */
export const HTML_SCRIPT: readonly ElementSpec[] = [
  {
    tag: "script",
    doc: "A script or a block of data. Holds text only.",
    attrs: [
      SRC,
      [
        "type",
        "=module importmap speculationrules text/javascript *",
        "The kind of script, or a data block's type.",
      ],
      ["nomodule", "bool", "Not run where modules are supported."],
      ["async", "bool", "Runs as soon as it is fetched."],
      ["defer", "bool", "Runs after the document is parsed."],
      CROSSORIGIN,
      INTEGRITY,
      REFERRERPOLICY,
      BLOCKING,
      FETCHPRIORITY,
    ],
  },
  { tag: "noscript", doc: "What is shown where scripts do not run. Its content is never patched." },
  {
    tag: "template",
    doc: "A fragment that is not rendered but can be cloned by scripts. Its content is never patched.",
    attrs: [
      ["shadowrootmode", "=open closed", "Makes the content the shadow root of the parent."],
      ["shadowrootdelegatesfocus", "bool", "The shadow root delegates focus."],
      ["shadowrootclonable", "bool", "The shadow root can be cloned."],
      ["shadowrootserializable", "bool", "The shadow root can be serialised."],
      ["shadowrootcustomelementregistry", "bool", "The shadow root takes a registry of its own later."],
    ],
  },
  {
    tag: "slot",
    doc: "The place in a shadow tree where children of the host appear.",
    attrs: [["name", "text", "The name that the slot attribute of the host's children refers to."]],
  },
  {
    tag: "canvas",
    doc: "A bitmap that scripts draw on. Its children are the fallback.",
    attrs: [WIDTH, HEIGHT],
  },
];
