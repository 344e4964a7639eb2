/**
 * The names of places in a tree, stable across renders: what state, handlers of posted forms and messages are named by.
 *
 * A path is the segments from the root, joined by dots: of each item its key (`k` and the key, percent-encoded), or else the slot
 * it came from. `"0.2.kabc.1"`.
 *
 * @module
 */
import { Kind, type VNode } from "./node.ts";

/** A place in a tree: items, and segments that are known already; "" is none. */
export type Way = (VNode | string)[];

/** The path of a way. It is made only where it is asked for: walks go through every item. */
export function pathOf(way: Readonly<Way>): string {
  let path = "";
  for (const step of way) {
    const segment = typeof step === "string" ? step : segmentOf(step);
    if (segment !== "") path += path === "" ? segment : `.${segment}`;
  }
  return path;
}

/** The segment of an item in its list; of a region the way to it from its template's root, "" when that is its list's owner. */
export function segmentOf(node: VNode): string {
  if (node.kind === Kind.Region) return node.type as string;
  return node.key === null
    ? String(node.slot)
    : `k${encodeURIComponent(String(node.key).toWellFormed()).replaceAll(".", "%2E")}`;
}
