/**
 * JSX over the same nodes and the same prop table as the element functions.
 *
 * An app sets `"jsx": "react-jsx"` (or `"precompile"`, which sends what is constant once) and `"jsxImportSource":
 * "@vango/core"`. Attributes have HTML's spelling: `class`, `for`, `tabindex`.
 *
 * @module
 */

import { coded } from "./vdom/coded.ts";
import { childrenOfVoid } from "./vdom/element.ts";
import { Fragment, withKey } from "./vdom/helpers.ts";
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
export type { Child, Key, Kind, Props, SignalLike, TextLike, VNode } from "./vdom/node.ts";
export type * from "./vdom/props_jsx.ts";

/** What may stand as the name of a JSX element: a tag, a component, or a function from props to nodes. */
export type JsxType = string | ((props: never) => Child);

const NO_SLOTS: readonly unknown[] = [];

/**
 * Makes the node of a JSX element with one child or none. The compiler calls it; in the mode "precompile" also with several
 * children, as one array, which is the list as it is in `div([a, b])`.
 *
 * @param type The tag, component or function.
 * @param props The props, `children` among them.
 * @param key The key, which the compiler takes out of the props.
 * @throws {TypeError} When the type is none of them, or a void element has children.
 */
export function jsx(type: JsxType, props: Props | null, key?: Key | null): VNode {
  // A child that is undefined is a slot like any other: `<p>{note}</p>` has one whatever the note is.
  if (props === null || !("children" in props)) return nodeOf(type, props, key, NO_SLOTS);
  const { children } = props;
  // An array that is alone in a list is that list: so an element's text is its own in this mode, too.
  if (Array.isArray(children) && children.length > 0) return nodeOf(type, props, key, children);
  return nodeOf(type, props, key, [children]);
}

/** Makes the node of a JSX element with several children. The compiler calls it. */
export function jsxs(type: JsxType, props: Props, key?: Key | null): VNode {
  return nodeOf(type, props, key, props.children as readonly unknown[]);
}

/** Makes the node of a JSX element in the compiler's development mode, where one function serves both. */
export function jsxDEV(
  type: JsxType,
  props: Props | null,
  key?: Key | null,
  isStaticChildren = false,
): VNode {
  return isStaticChildren && props !== null ? jsxs(type, props, key) : jsx(type, props, key);
}

function nodeOf(
  type: JsxType,
  props: Props | null,
  key: Key | null | undefined,
  slots: readonly unknown[],
): VNode {
  if (typeof type === "string") {
    if (slots.length > 0 && VOID.has(type)) throw childrenOfVoid(type);
    return createNode(type, withoutChildren(props, key), slots);
  }
  if (type === Fragment) return fragment(slots, key ?? null);
  if (typeof type !== "function") {
    throw coded(
      "E055",
      new TypeError(`Cannot render ${describe(type)} as a JSX element: is the component imported?`),
    );
  }
  const made = (type as (props: Props) => Child)(key === undefined ? props ?? {} : { ...props, key });
  if (key === undefined || key === null) return isVNode(made) ? made : fragment([made], null);
  return isVNode(made) && made.key !== null ? made : withKey(made, key);
}

function withoutChildren(props: Props | null, key: Key | null | undefined): Props | null {
  let own: Props | null = null;
  for (const name in props) {
    if (name !== "children") (own ??= {})[name] = props[name];
  }
  if (key !== undefined) (own ??= {}).key = key;
  return own;
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

export { AttrSlot, jsxAttr, jsxEscape, jsxTemplate } from "./vdom/jsx.ts";
