/**
 * What an element's handle needs of its page: acting, whatever the page is.
 *
 * @module
 */
import type { HookValue } from "../protocol/mod.ts";
import type { DomNode } from "./dom_node.ts";
import type { EventInit } from "./payloads.ts";

/** Fields of a form by name: a text, whether a box is checked, or the values that are chosen. */
export type Fields = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One thing that a user does to an element. */
export type Action =
  | { readonly type: "click"; readonly init: EventInit }
  | { readonly type: "fill"; readonly text: string }
  | { readonly type: "type"; readonly text: string }
  | { readonly type: "press"; readonly key: string }
  | { readonly type: "check"; readonly on: boolean }
  | { readonly type: "select"; readonly values: readonly string[] }
  | { readonly type: "hover" }
  | { readonly type: "focus" }
  | { readonly type: "blur" }
  | { readonly type: "dispatch"; readonly event: string; readonly payload: EventInit }
  /** Pushes what the element's hook would. */
  | { readonly type: "push"; readonly name: string; readonly data: Readonly<Record<string, HookValue>> }
  /** Gives a hidden field a value, without an event. */
  | { readonly type: "set"; readonly value: string }
  /** Submits a form without a button. */
  | { readonly type: "send" };

/** A page, as the handles of its elements see it. */
export interface Stage {
  /** The element that has the focus. */
  readonly focusedNode: DomNode | null;
  /** Whether a node is in the document. */
  has(node: DomNode): boolean;
  /** Does what `plan` says, one after the other, and waits for what comes of it. */
  act(plan: () => readonly (readonly [node: DomNode, action: Action])[]): Promise<void>;
}
