/**
 * Custom elements: any tag with a hyphen, with or without types of its own.
 *
 * A custom element that is rendered without children owns its content: the server neither numbers nor patches it. So it is the
 * place for whatever a script of the page makes: an editor, a map, a chart. The tag need not be defined.
 *
 * @module
 */

import { coded } from "./coded.ts";
import { element } from "./element.ts";
import type { Child, VNode } from "./node.ts";
import type { ElementFunction } from "./props_base.ts";
import type { HtmlElementProps } from "./props_html.ts";

/** The props of a custom element that has no types of its own. */
export interface CustomElementProps extends HtmlElementProps {
  /** An attribute of the element's own. */
  [name: string]: unknown;
}

const made = new Map<string, ElementFunction<CustomElementProps>>();

/**
 * Makes a custom element. Without children it is left alone but for its attributes, also when the page is sent again: a script
 * may fill it, before or after the page is live.
 *
 * @example
 * ```ts
 * import { customElement } from "@vango/core/elements";
 *
 * customElement("emoji-picker", { locale: "en", "on:emoji-click": (e) => console.log(e.detail) });
 * customElement("chart-place", { id: "sales" }); // document.querySelector("#sales").append(canvas)
 * ```
 *
 * @throws {TypeError} When the tag is not the name of a custom element.
 */
export function customElement(tag: string, props: CustomElementProps, ...children: Child[]): VNode;
/** Makes a custom element without props. */
export function customElement(tag: string, ...children: Child[]): VNode;
export function customElement(tag: string, ...args: unknown[]): VNode {
  let make = made.get(tag);
  if (make === undefined) {
    make = defineElement<CustomElementProps>(tag);
    if (made.size < 1000) made.set(tag, make);
  }
  return make(...args as [CustomElementProps, ...Child[]]);
}

/**
 * Makes the function of a custom element, with types for its own props beside those of every HTML element.
 *
 * @example
 * ```ts
 * import { defineElement } from "@vango/core/elements";
 *
 * const emojiPicker = defineElement<{ locale?: string; "data-source"?: string }>("emoji-picker");
 * emojiPicker({ locale: "en", class: "wide" });
 * ```
 *
 * @throws {TypeError} When the tag is not the name of a custom element.
 */
export function defineElement<P extends object = CustomElementProps>(
  tag: string,
): ElementFunction<P & HtmlElementProps> {
  if (!isCustomElementName(tag)) {
    throw coded(
      "E054",
      new TypeError(
        `Cannot make a custom element <${tag}>: the name begins with a small letter, has a hyphen and no capitals`,
      ),
    );
  }
  return element(tag);
}

/** Names with a hyphen that SVG and MathML had before custom elements (HTML, valid custom element name). */
const RESERVED = /^(annotation-xml|color-profile|font-face(-src|-uri|-format|-name)?|missing-glyph)$/;

/** Whether a tag is the name of a custom element (HTML, 4.13.2). */
export function isCustomElementName(tag: string): boolean {
  return /^[a-z][^\0\t\n\f\r "'/<=>A-Z]*$/.test(tag) && tag.includes("-") && !RESERVED.test(tag);
}
