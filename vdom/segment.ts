/**
 * The names of places in a tree, stable across renders: what state, handlers of posted forms and messages are named by.
 *
 * A path is the segments from the root, joined by dots: of each item its key (`k` and the key, percent-encoded), or else the slot
 * it came from. `"0.2.kabc.1"`.
 *
 * @module
 */
import type { VNode } from "./node.ts";

/** The segment of an item in its list. */
export function segmentOf(node: VNode): string {
  return node.key === null
    ? String(node.slot)
    : `k${encodeURIComponent(String(node.key).toWellFormed()).replaceAll(".", "%2E")}`;
}
