/**
 * What forms and buttons with handlers carry so that they post when JavaScript is off (decision D9).
 *
 * A form with a submit handler posts to its own page and names the handler in a hidden input. A button with a click
 * handler outside of forms belongs to the page's hidden form; inside a form that posts, its value names the handler.
 *
 * @module
 */
import { attributeValue, eventName, handlerOf, isEventProp } from "../vdom/attrs.ts";
import type { VNode } from "../vdom/node.ts";
import type { PathTracker } from "../vdom/path.ts";
import { escapeAttribute } from "./escape.ts";

/** The id of the one hidden form of a page. */
export const HIDDEN_FORM = "vango-form";

/** The name of the hidden input of a form. The client does not number it. */
export const TOKEN_FIELD = "_vango";

/** The name of a button whose click handler posts; its value is the handler's path. */
export const BUTTON_FIELD = "_vango-do";

/** How forms and buttons post. */
export interface PostOptions {
  /**
   * The value of the hidden `_vango` input of a form, given the path of the form: all that the server needs to run the
   * form's submit handler.
   */
  value(path: string): string;
}

/** Where a button stands: 0 in no form, 1 in one that does not post to a handler, 2 in one that does. */
export type FormState = 0 | 1 | 2;

/** The content of a hidden input that carries a token. */
export function tokenInput(value: string): string {
  return `<input type="hidden" name="${TOKEN_FIELD}" value="${escapeAttribute(value)}">`;
}

/**
 * What a form gets. One without a submit handler, with another method or with an action (which may lead elsewhere, and
 * shall not be told the token) gets nothing: `content` is null.
 */
export function formPost(
  node: VNode,
  post: PostOptions,
  path: PathTracker,
): { attributes: string; content: string | null } {
  const method = attributeOf(node, "method");
  if (
    !hasHandler(node, "submit") || attributeOf(node, "action") !== null ||
    (method !== null && method.toLowerCase() !== "post")
  ) return { attributes: "", content: null };
  return {
    attributes: method === null ? ' method="post"' : "",
    content: tokenInput(post.value(path.path())),
  };
}

/**
 * The attributes that a button gets. One that names itself, has a value or an owner of its own, or does not submit
 * (`type` button or reset) gets none.
 */
export function buttonPost(node: VNode, form: FormState, path: PathTracker): string {
  if (form === 1 || !hasHandler(node, "click")) return "";
  if (TAKEN.some((name) => attributeOf(node, name) !== null)) return "";
  const type = attributeOf(node, "type")?.toLowerCase();
  if (type === "button" || type === "reset") return "";
  const owner = form === 0 ? ` form="${HIDDEN_FORM}"` : "";
  return `${owner} name="${BUTTON_FIELD}" value="${escapeAttribute(path.path())}"`;
}

const TAKEN = ["name", "value", "form", "formaction"];

function attributeOf(node: VNode, name: string): string | null {
  return node.props === null ? null : attributeValue(node.type as string, name, node.props[name]);
}

function hasHandler(node: VNode, event: string): boolean {
  const props = node.props;
  for (const name in props) {
    if (isEventProp(name) && eventName(name) === event && handlerOf(props[name]) !== null) return true;
  }
  return false;
}
