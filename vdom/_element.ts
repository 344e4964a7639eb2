/**
 * Makes the element functions. Private to vdom.
 *
 * A function takes `(first, ...rest)` so that the usual call, props and then children, costs no copy: `rest` is the list
 * of slots as it stands.
 *
 * @module
 */

import { createNode, isProps } from "./node.ts";
import type { ElementFunction, VoidElementFunction } from "./props_base.ts";

const NO_SLOTS: readonly unknown[] = [];

/** Makes the function of an element. */
export function element<P>(tag: string): ElementFunction<P> {
  return (first?: unknown, ...rest: unknown[]) => {
    if (isProps(first)) return createNode(tag, first, rest);
    if (rest.length > 0) return createNode(tag, null, [first, ...rest]);
    return createNode(tag, null, first === undefined ? NO_SLOTS : [first]);
  };
}

/** Makes the function of a void element, which refuses children. */
export function voidElement<P>(tag: string): VoidElementFunction<P> {
  return (props?: unknown, ...rest: unknown[]) => {
    if (rest.length > 0 || (props !== undefined && props !== null && !isProps(props))) {
      throw childrenOfVoid(tag);
    }
    return createNode(tag, (props ?? null) as Record<string, unknown> | null, NO_SLOTS);
  };
}

/** The error for children of a void element. */
export function childrenOfVoid(tag: string): TypeError {
  return new TypeError(`Cannot put children into <${tag}>: it is a void element, which has props alone`);
}
