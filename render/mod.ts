/**
 * Nodes to HTML: whole or streamed, alone or in a document.
 *
 * Runs in browsers too; knows nodes alone.
 *
 * @example
 * ```ts
 * import { createNode } from "../vdom/node.ts";
 * import { renderToString } from "./mod.ts";
 *
 * renderToString([createNode("p", null, ["a & b"])]); // <p>a &amp; b</p>
 * ```
 *
 * @module
 */
export { treeHash, type TreeSum, treeSum } from "./check.ts";
export {
  type DocumentOptions,
  type DocumentShell,
  documentShell,
  MARKER,
  renderDocument,
  renderDocumentToStream,
  type ShellOptions,
} from "./document.ts";
export { RenderError, type RenderErrorCode } from "./errors.ts";
export { escapeAttribute, escapeText, jsonForScript } from "./escape.ts";
export { BUTTON_FIELD, HIDDEN_FORM, type PostOptions, TOKEN_FIELD } from "./post.ts";
export { CHUNK_SIZE, renderToStream, type StreamFrame } from "./stream.ts";
export { renderToString } from "./string.ts";
export type { RenderOptions } from "./writer.ts";
