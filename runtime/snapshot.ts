/**
 * The state of a page as plain data, and back: for each instance, by its path, the values of its keyed signals (D4).
 *
 * Paths are read off the tree as it stands, so that they are those which a fresh rendering of it would give.
 *
 * @module
 */
import { Kind, OPAQUE, type VNode } from "../vdom/node.ts";
import { segmentOf } from "../vdom/segment.ts";
import { Instance } from "./instance.ts";

/** The state of a page: for each path the values by key. Instances without keyed signals are left out. */
export type PageState = Map<string, Map<string, unknown>>;

/** Reads the state of the live items of a page. */
export function takeState(items: readonly VNode[]): PageState {
  const state: PageState = new Map();
  collect(items, "", state);
  return state;
}

function collect(items: readonly VNode[], prefix: string, into: PageState): void {
  for (const item of items) {
    if (item.kind === Kind.Text || item.nested === null) continue;
    if (item.kind === Kind.Element && OPAQUE.has(item.type as string)) continue;
    const segment = segmentOf(item);
    const path = prefix === "" || segment === "" ? prefix + segment : `${prefix}.${segment}`;
    if (item.kind === Kind.Component && item.aux instanceof Instance) {
      let values: Map<string, unknown> | undefined;
      item.aux.snapshot((key, value) => (values ??= new Map()).set(key, value));
      if (values !== undefined) into.set(path, values);
    }
    collect(item.nested, path, into);
  }
}
