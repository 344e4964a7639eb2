/**
 * Rendering to one string.
 *
 * @module
 */
import type { VNode } from "../vdom/node.ts";
import { HtmlWriter, type RenderOptions } from "./writer.ts";

/**
 * The HTML of a mounted tree.
 *
 * Its numbers must be set: elements that take events carry theirs, and a text run is preceded by its separator.
 *
 * @throws {RenderError} When a tag, attribute or raw text cannot be written.
 * @throws {TypeError} When a void element has children, or a value cannot be an attribute's.
 *
 * @example
 * ```ts
 * import { createNode } from "../vdom/node.ts";
 * import { renderToString } from "./string.ts";
 *
 * renderToString([createNode("p", { class: "note" }, ["1 < 2"])]); // <p class="note">1 &lt; 2</p>
 * ```
 */
export function renderToString(items: readonly VNode[], options?: RenderOptions): string {
  const writer = new HtmlWriter(options);
  writer.writeItems(items);
  return writer.out;
}
