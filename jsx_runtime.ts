/**
 * JSX over the same nodes and the same prop table as the element functions.
 *
 * An app sets `"jsx": "react-jsx"` (or `"precompile"`, which sends what is constant once) and `"jsxImportSource":
 * "@vango/core"`. Attributes have HTML's spelling: `class`, `for`, `tabindex`.
 *
 * @module
 */

import { childrenOfVoid } from "./vdom/_element.ts";
import { slotsOf, withKey } from "./vdom/helpers.ts";
import {
  type Child,
  createNode,
  describe,
  fragment,
  isVNode,
  type Key,
  type Props,
  type VNode,
} from "./vdom/node.ts";
import type { IntrinsicElements as Elements } from "./vdom/props_jsx.ts";
import { VOID } from "./vdom/spec_facts.ts";

export { Fragment, type FragmentProps } from "./vdom/helpers.ts";
export type { Child, Key, VNode } from "./vdom/node.ts";
export type * from "./vdom/props_jsx.ts";

/** What may stand as the name of a JSX element: a tag, a component, or a function from props to nodes. */
export type JsxType = string | ((props: never) => Child);

const NO_SLOTS: readonly unknown[] = [];

/**
 * Makes the node of a JSX element. The compiler calls it.
 *
 * @param type The tag, component or function.
 * @param props The props, `children` among them.
 * @param key The key, which the compiler takes out of the props.
 * @throws {TypeError} When the type is none of them, or a void element has children.
 */
export function jsx(type: JsxType, props: Props | null, key?: Key | null): VNode {
  if (typeof type === "string") return elementOf(type, props, key);
  if (typeof type !== "function") {
    throw new TypeError(`Cannot render ${describe(type)} as a JSX element: is the component imported?`);
  }
  const made = (type as (props: Props) => Child)(key === undefined ? props ?? {} : { ...props, key });
  if (isVNode(made) && (key === undefined || key === null || made.key !== null)) return made;
  return key === undefined || key === null ? fragment([made], null) : withKey(made, key);
}

/** The same as {@linkcode jsx}, for several children. The compiler calls it. */
export const jsxs: typeof jsx = jsx;

/** The same as {@linkcode jsx}, for the compiler's development mode. */
export const jsxDEV: typeof jsx = jsx;

function elementOf(tag: string, props: Props | null, key: Key | null | undefined): VNode {
  let own: Props | null = null;
  let slots = NO_SLOTS;
  for (const name in props) {
    if (name === "children") {
      if (props[name] !== undefined) slots = slotsOf(props[name]);
    } else {
      (own ??= {})[name] = props[name];
    }
  }
  if (key !== undefined) (own ??= {}).key = key;
  if (slots.length > 0 && VOID.has(tag)) throw childrenOfVoid(tag);
  return createNode(tag, own, slots);
}

/** What TypeScript asks of JSX. */
export declare namespace JSX {
  /** What a JSX element is. */
  type Element = VNode;
  /** What may stand as its name. */
  type ElementType = JsxType;
  /** Where a component's children go. */
  interface ElementChildrenAttribute {
    /** The prop. */
    children: unknown;
  }
  /** What every JSX element takes, components too. */
  interface IntrinsicAttributes {
    /** The identity among siblings. */
    key?: Key | null;
  }
  /** The elements. */
  interface IntrinsicElements extends Elements {}
}
