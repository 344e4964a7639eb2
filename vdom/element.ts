/**
 * Makes the element functions.
 *
 * A function takes `(first, ...rest)` so that the usual call, props and then children, costs no copy: `rest` is the list
 * of slots as it stands.
 *
 * @module
 */

import { coded } from "./coded.ts";
import { createNode, isOrdinary, isProps, isSignal, type Props, textElement } from "./node.ts";
import type { ElementFunction, VoidElementFunction } from "./props_base.ts";

const NO_SLOTS: readonly unknown[] = [];

/** Makes the function of an element. */
export function element<P>(tag: string): ElementFunction<P> {
  return (first?: unknown, ...rest: unknown[]) => {
    const count = rest.length;
    if (arePlainProps(first)) {
      if (count === 1) {
        const only = rest[0];
        if (typeof only === "string" && isOrdinary(tag)) return textElement(tag, first, only, 1);
      }
      return createNode(tag, first, count === 0 ? NO_SLOTS : rest);
    }
    if (count > 0) return createNode(tag, null, [first, ...rest]);
    if (typeof first === "string" && isOrdinary(tag)) return textElement(tag, null, first, 1);
    return createNode(tag, null, first === undefined ? NO_SLOTS : [first]);
  };
}

/** Makes the function of a void element, which refuses children. */
export function voidElement<P>(tag: string): VoidElementFunction<P> {
  return (props?: unknown, ...rest: unknown[]) => {
    if (rest.length > 0) throw childrenOfVoid(tag);
    if (props === undefined || props === null) return createNode(tag, null, NO_SLOTS);
    if (!arePlainProps(props)) throw childrenOfVoid(tag);
    return createNode(tag, props, NO_SLOTS);
  };
}

/**
 * Whether the first argument is props. A promise, a map or a date has no members of its own, hence would be an element
 * without attributes: it is taken for a child, which is refused with its name.
 */
function arePlainProps(value: unknown): value is Props {
  if (typeof value !== "object" || value === null) return false;
  // Nearly all are object literals, which are neither nodes nor arrays.
  if (value.constructor === Object ? isSignal(value) : !isProps(value)) return false;
  for (const _ in value) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The error for children of a void element. */
export function childrenOfVoid(tag: string): TypeError {
  return coded(
    "E050",
    new TypeError(`Cannot put children into <${tag}>: it is a void element, which has props alone`),
  );
}
