/**
 * The one patch type, from the differ to the DOM, and its operation codes (those of the wire).
 *
 * `num` is the number of the node that the patch is about; 0 is the root of the live tree (or, for Dispatch, the
 * document). Nodes go before a node, after one, or to the end of an element: a list that is not an element's own (a
 * component's, an array's) is never empty in the DOM, so it can always say where without knowing what stands around it.
 *
 * @module
 */
import type { VNode } from "./node.ts";

/** The codes of the operations, as they are on the wire. 0x21 (eval) is never to be used again. */
export const Op = {
  SetText: 0x01,
  SetAttr: 0x02,
  RemoveAttr: 0x03,
  Insert: 0x04,
  Remove: 0x05,
  Move: 0x06,
  Replace: 0x07,
  SetValue: 0x08,
  SetChecked: 0x09,
  SetSelected: 0x0a,
  Focus: 0x0b,
  Blur: 0x0c,
  ScrollTo: 0x0d,
  Append: 0x0e,
  InsertAfter: 0x0f,
  AddClass: 0x10,
  RemoveClass: 0x11,
  ToggleClass: 0x12,
  SetStyle: 0x13,
  RemoveStyle: 0x14,
  SetData: 0x15,
  TextRange: 0x16,
  SetProp: 0x17,
  SetEvents: 0x18,
  MoveEnd: 0x1a,
  MoveAfter: 0x1b,
  Dispatch: 0x20,
  UrlPush: 0x30,
  UrlReplace: 0x31,
  NavPush: 0x32,
  NavReplace: 0x33,
  Navigate: 0x34,
  SetTitle: 0x35,
  SetMeta: 0x36,
  SetLink: 0x37,
  TemplateDef: 0x40,
  Subtree: 0x42,
} as const;

/** A place in a template that each instance fills. */
export interface TemplateHole {
  /** Which node of the template, in document order from 0. */
  offset: number;
  /** The attribute that the instance sets; "" for the text of the node. */
  name: string;
  /** The constant text around the slots of a text hole: one more than it has slots. Empty for an attribute. */
  statics: string[];
}

/**
 * A change to the DOM, or an instruction that travels with changes. `N` is what new nodes are: a VNode before the wire,
 * a WireNode of the protocol after it.
 */
export type Patch<N = VNode> =
  /** The whole content of a text node, comment or text-only element. */
  | { op: 0x01; num: number; text: string }
  | { op: 0x02; num: number; name: string; value: string }
  | { op: 0x03; num: number; name: string }
  /** New nodes: the items `nodes` go before the node `num`. */
  | { op: 0x04; num: number; nodes: N[] }
  | { op: 0x05; num: number }
  /** Moves `num` before the node `before`. */
  | { op: 0x06; num: number; before: number }
  /** Puts the items `nodes` in the place of `num`. */
  | { op: 0x07; num: number; nodes: N[] }
  /** The live value of a control. Of a select with `multiple`: the values, each followed by U+0000. */
  | { op: 0x08; num: number; value: string }
  | { op: 0x09; num: number; on: boolean }
  | { op: 0x0a; num: number; on: boolean }
  | { op: 0x0b; num: number }
  | { op: 0x0c; num: number }
  /** Scrolls to x, y in CSS pixels; node 0 is the window. */
  | { op: 0x0d; num: number; x: number; y: number; smooth: boolean }
  /** New nodes at the end of the element `num` (0: of the root). */
  | { op: 0x0e; num: number; nodes: N[] }
  /** New nodes after the node `num`. */
  | { op: 0x0f; num: number; nodes: N[] }
  /** Moves `num` to the end of the element `parent`. */
  | { op: 0x1a; num: number; parent: number }
  /** Moves `num` after the node `after`. */
  | { op: 0x1b; num: number; after: number }
  /** Class tokens, separated by single spaces. */
  | { op: 0x10 | 0x11 | 0x12; num: number; name: string }
  | { op: 0x13; num: number; name: string; value: string }
  | { op: 0x14; num: number; name: string }
  | { op: 0x15; num: number; name: string; value: string }
  /** Replaces `count` UTF-16 units at `offset` of a text node (or of an empty comment) by `text`. */
  | { op: 0x16; num: number; offset: number; count: number; text: string }
  /** A boolean DOM property that no attribute shows, such as `indeterminate`. */
  | { op: 0x17; num: number; name: string; on: boolean }
  /** The events that an element takes: the value of data-hid without its number; "" for none. */
  | { op: 0x18; num: number; spec: string }
  /** A CustomEvent on the node (0: on the document); `detail` is JSON. */
  | { op: 0x20; num: number; name: string; detail: string }
  /** Sets query parameters; an empty value deletes the name. */
  | { op: 0x30 | 0x31; pairs: [name: string, value: string][] }
  /** A new path with query, relative to the origin. */
  | { op: 0x32 | 0x33; path: string }
  /** Leaves the page, as a link would. */
  | { op: 0x34; url: string; replace: boolean }
  | { op: 0x35; text: string }
  /** The content of a `<meta name>`, the address of a `<link rel>`; null removes it. */
  | { op: 0x36 | 0x37; name: string; content: string | null }
  /** What the instances of template `id` have in common: `nodes` with their holes left empty, and where the holes are. */
  | { op: 0x40; id: number; nodes: N[]; holes: TemplateHole[] }
  /** The answer to a refetch: the whole content of `num`, whose nodes are numbered from `first` in document order. */
  | { op: 0x42; num: number; first: number; nodes: N[] };

/** Stands for a list that nothing was put into: there are as many trees as sessions. Never to be pushed to. */
export const NO_PATCHES: Patch[] = [];
