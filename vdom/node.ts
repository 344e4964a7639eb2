/**
 * The one node class of Vango, and what a child may be.
 *
 * A tree is made of `VNode`s. The children of a node are kept as *items*: adjacent text-like slots (strings, numbers,
 * absent values, bound signals) of one child list form one text item, a *run*, because an HTML parser makes one text
 * node of them. Every other slot is an item of its own; an array becomes a Fragment, unless it is alone: then it is the list.
 * An ordinary element whose list is one run of plain text keeps the text itself, and makes an item of it where it is asked for its
 * children.
 *
 *     h1("Count: ", 1)            content: "Count: 1"
 *     h1("Count: ", count)        children: [Text parts ["Count: ", count]]
 *     div(ok && span(), "a", [])  children: [Element span | Text, Text "a", Fragment] (an absent slot is empty text)
 *
 * Each item remembers the first slot it came from, so that two renders of the same call site are compared slot by slot.
 * This module knows signals by their brand alone.
 *
 * @module
 */

import { domText, isOrdinary } from "./content.ts";
import { describe, isComponentType, textOf } from "./value.ts";

export { domText, isOrdinary, OPAQUE, ownsContent, TEXT_ONLY } from "./content.ts";
export { describe, textOf } from "./value.ts";

/** The brand that tells a VNode from every other object. JSON cannot make it; two copies of this package share it. */
export const VNODE: unique symbol = Symbol.for("vango.vnode") as never;

/** The brand that `@preact/signals-core` puts on its signals. */
export const SIGNAL_BRAND: symbol = Symbol.for("preact-signals");

/** What a VNode is. The numbers are the kinds of the wire format, where they occur there. */
export const Kind = {
  /** An element: `type` is its tag, `props` its props, `children` its items. */
  Element: 1,
  /** A text run: `text` is its content, `parts` its slots when one of them is a signal. */
  Text: 2,
  /** A list without an element of its own: `children` are its items. */
  Fragment: 3,
  /** A component: `type` is its definition; `children` are the items of its newest view, set when it is mounted. */
  Component: 4,
  /** Trusted HTML: `text` is the markup. */
  Raw: 5,
  /** A template instance: `type` is its Template, `parts` the values of its slots, `children` its regions. */
  Template: 6,
  /** A region of a template instance, in its `children` alone: `children` are its items, `text` is the way to its list. */
  Region: 9,
} as const;

/** One of the numbers of {@linkcode Kind}. */
export type Kind = typeof Kind[keyof typeof Kind];

/** A value that can be read now and whose changes can be followed: what vdom needs to know of a signal. */
export interface SignalLike<T = unknown> {
  /** The value; reading it inside a view, effect or computed subscribes. */
  readonly value: T;
  /** The value, without subscribing. */
  peek(): T;
}

/** The identity of a child among its siblings: unique in its list, and stable across renders. */
export type Key = string | number;

/** Text-like values. `null`, `undefined` and booleans are absent: empty text. */
export type TextLike = string | number | bigint | boolean | null | undefined;

/** Whatever may stand in a child list. */
export type Child = TextLike | VNode | SignalLike<TextLike> | readonly Child[];

/** The props of a node before they are typed per element. */
export type Props = Record<string, unknown>;

/** What `component()` makes, as vdom sees it: an opaque type with a name for messages. */
export interface ComponentType {
  /** The name for messages, or the place where it is made (`main.ts:12`); empty when unknown. */
  readonly displayName: string;
}

/**
 * A node of a tree. Made by the element functions, JSX and {@linkcode createNode}; users never call the constructor.
 *
 * `num`, `lead` and `aux` belong to the live tree: they are 0 and null until the node is mounted, and a mounted node is
 * never mounted a second time (the differ clones it).
 */
export class VNode {
  /** Tag, component definition or template, by kind. */
  type: unknown;
  /** Props of an element or component; null when it has none. */
  props: Props | null;
  /**
   * The items; the text, of an ordinary element that holds one plain text and nothing else; null when there are none. Such a text
   * is as it was given, not as it is in the DOM; when it is mounted its number is the one after its element's.
   */
  content: VNode[] | string | null;
  /** Text of a run, or markup of a raw node. */
  text: string;
  /** Slots of a run that holds a signal; null when the run is plain text. Of a template instance the values of its slots. */
  parts: (string | SignalLike)[] | null = null;
  /** The identity among siblings, or null. */
  key: Key | null;
  /** The first slot that this item came from; -1 while it stands in no list. */
  slot: number = -1;
  /** How many slots the child list of this node had. Of a mounted template instance: by which number the client knows its template. */
  slots = 0;
  /** The number of the DOM node; for a list (Fragment, Component) 0. Set when mounted. */
  num = 0;
  /** A run's separator comment: its number, or 0. Of a region what it and those before it added to the numbers. Set when mounted. */
  lead = 0;
  /** What the live tree hangs here: a component's instance, an element's state, a template instance's live elements. */
  aux: unknown = null;

  /** The brand. Of the class and not of each node: there are many. */
  get [VNODE](): true {
    return true;
  }

  /** Use the element functions, JSX or {@linkcode createNode}. */
  constructor(
    /** What this node is. */
    public kind: Kind,
    type: unknown,
    props: Props | null,
    content: VNode[] | string | null,
    text: string,
    key: Key | null,
  ) {
    this.type = type;
    this.props = props;
    this.content = content;
    this.text = text;
    this.key = key;
  }

  /** The items; null when there are none. A text that the element keeps itself becomes an item. */
  get children(): VNode[] | null {
    const { content } = this;
    return typeof content === "string" ? this.content = loneItem(content, this.num) : content;
  }
  set children(items: VNode[] | null) {
    this.content = items;
  }

  /** The items, for walks that look for nodes other than text: null when there are none such. */
  get nested(): VNode[] | null {
    const { content } = this;
    return typeof content === "string" ? null : content;
  }
}

function loneItem(text: string, element: number): VNode[] {
  const run = new VNode(Kind.Text, null, null, null, domText(text), null);
  run.slot = 0;
  if (element !== 0) run.num = element + 1;
  return [run];
}

/** Whether a value is a VNode, of this copy of the package or of another. */
export function isVNode(value: unknown): value is VNode {
  return typeof value === "object" && value !== null && (value as VNode)[VNODE] === true;
}

/** Whether a value is a signal or a computed. */
export function isSignal(value: unknown): value is SignalLike {
  return typeof value === "object" && value !== null && (value as { brand?: symbol }).brand === SIGNAL_BRAND;
}

/** Whether a list item is a border: a list in its own right, inside another one. */
export function isBorder(node: VNode): boolean {
  return node.kind === Kind.Fragment || node.kind === Kind.Component || node.kind === Kind.Raw;
}

/** Makes a text run of one value. */
export function textNode(value: TextLike): VNode {
  return new VNode(Kind.Text, null, null, null, textOf(value), null);
}

/**
 * Turns slots into items. Sets `slot` on each item; the caller keeps `slots.length`.
 *
 * @throws {TypeError} When a slot is not a child: a function, a symbol, a promise or a plain object.
 */
export function toItems(slots: readonly unknown[]): VNode[] {
  // One text, the most common list of all.
  if (slots.length === 1 && typeof slots[0] === "string") {
    const run = new VNode(Kind.Text, null, null, null, domText(slots[0] as string), null);
    run.slot = 0;
    return [run];
  }
  // Made in its size: an array that grows has room for 17, and these are kept as long as the page.
  const items = new Array<VNode>(slots.length);
  let count = 0;
  let run: VNode | null = null;
  for (let i = 0; i < slots.length; i++) {
    const value = slots[i];
    let text: string;
    if (typeof value === "string") {
      text = domText(value);
    } else if (typeof value === "object" && value !== null) {
      if (isVNode(value)) {
        const node = value.slot === -1 && value.num === 0 ? value : cloneNode(value);
        node.slot = i;
        items[count++] = node;
        run = null;
        continue;
      }
      if (Array.isArray(value)) {
        const list = fragment(value, null);
        list.slot = i;
        items[count++] = list;
        run = null;
        continue;
      }
      if (isSignal(value)) {
        const now = textOf(value.peek());
        if (run === null) {
          run = new VNode(Kind.Text, null, null, null, now, null);
          run.slot = i;
          run.parts = [value];
          items[count++] = run;
        } else {
          // Made in its size: two are the usual case, and an array that grows takes room for 17.
          if (run.parts === null) run.parts = [run.text, value];
          else run.parts.push(value);
          run.text += now;
        }
        continue;
      }
      throw new TypeError(
        `Cannot render ${describe(value)}: pass a string, a number, a node, a signal or an array`,
      );
    } else if (typeof value === "function" || typeof value === "symbol") {
      throw new TypeError(`Cannot render ${describe(value)}: ${callIt(value)}`);
    } else {
      text = textOf(value);
    }
    if (run === null) {
      run = new VNode(Kind.Text, null, null, null, text, null);
      run.slot = i;
      items[count++] = run;
    } else {
      run.text += text;
      if (run.parts !== null) run.parts.push(text);
    }
  }
  return count < items.length ? items.slice(0, count) : items;
}

/** What to do with what was not called. A component without a name of its own is named by its place, which nobody can call. */
function callIt(value: unknown): string {
  if (!isComponentType(value)) return "call it, or pass its result";
  const name = value.displayName;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `call it, ${name}()`
    : "call it, Name() and not Name";
}

/** A copy that is not mounted, its items too, for a node that already stands in a list or in a live tree. A component's items are not copied: they belong to its instance. */
export function cloneNode(node: VNode): VNode {
  const { content } = node;
  const items = node.kind === Kind.Component
    ? null
    : Array.isArray(content)
    ? content.map(cloneNode)
    : content;
  const copy = new VNode(node.kind, node.type, node.props, items, node.text, node.key);
  copy.parts = node.parts;
  copy.slot = node.slot;
  copy.slots = node.slots;
  return copy;
}

/** Makes a Fragment of slots. */
export function fragment(slots: readonly unknown[], key: Key | null): VNode {
  const node = new VNode(Kind.Fragment, null, null, null, "", key);
  setList(node, slots);
  filled(node.children!);
  return node;
}

/** Gives a node the list of its slots. An array, or a fragment without a key, that is alone in them is that list itself. */
export function setList(node: VNode, slots: readonly unknown[]): void {
  let only = slots.length === 1 ? slots[0] : null;
  while (Array.isArray(only)) {
    slots = only;
    only = slots.length === 1 ? slots[0] : null;
    if (slots.length === 0) {
      node.children = [placeholder()];
      node.slots = 0;
      return;
    }
  }
  if (isVNode(only) && only.kind === Kind.Fragment && only.key === null) {
    const list = only.slot === -1 && only.num === 0 ? only : cloneNode(only);
    // It stands in a list now, as any node that was used.
    list.slot = 0;
    node.children = list.children;
    node.slots = list.slots;
    return;
  }
  node.children = toItems(slots);
  node.slots = slots.length;
}

/** The items of a component's list, whatever its view returned. */
export function listOf(result: unknown): VNode[] {
  return filled(toItems(Array.isArray(result) ? result : [result]));
}

/** A list that is not an element's own is never empty: an empty text keeps its place. */
function filled(items: VNode[]): VNode[] {
  if (items.length === 0) items.push(placeholder());
  return items;
}

function placeholder(): VNode {
  const run = new VNode(Kind.Text, null, null, null, "", null);
  run.slot = 0;
  return run;
}

/**
 * Makes an element node.
 *
 * @param tag The tag name, as it is in the document (lower case for HTML).
 * @param props The props, or null. `key` is taken out of them.
 * @param slots The children.
 * @throws {TypeError} When a child cannot be rendered.
 */
export function createNode(tag: string, props: Props | null, slots: readonly unknown[]): VNode {
  const count = slots.length;
  if (count > 0 && typeof slots[0] !== "object" && isOrdinary(tag)) {
    const text = joined(slots);
    if (text !== null) return textElement(tag, props, text, count);
  }
  const node = new VNode(Kind.Element, tag, props, null, "", keyOf(props));
  if (count > 0) setList(node, slots);
  return node;
}

/** The text that slots are when all of them are plain text; else null. One alone stays as it was given. */
function joined(slots: readonly unknown[]): string | null {
  let text = "";
  for (let i = 0; i < slots.length; i++) {
    const value = slots[i];
    if (typeof value === "string") text += slots.length === 1 ? value : domText(value);
    else if (typeof value === "number") text += value;
    else if (value !== null && value !== undefined && typeof value !== "boolean") return null;
  }
  return text;
}

/** Makes the node of an ordinary element that holds one text, of one slot or several. */
export function textElement(tag: string, props: Props | null, text: string, slots: number): VNode {
  const node = new VNode(Kind.Element, tag, props, text, "", keyOf(props));
  node.slots = slots;
  return node;
}

/** Makes a component node. Its children, if any, are already in `props.children`. */
export function componentNode(type: ComponentType, props: Props | null): VNode {
  return new VNode(Kind.Component, type, props, null, "", keyOf(props));
}

function keyOf(props: Props | null): Key | null {
  if (props === null) return null;
  const key = props.key;
  if (key === undefined || key === null) return null;
  if (typeof key === "string" || typeof key === "number") return key;
  throw new TypeError(`Cannot use ${describe(key)} as a key: pass a string or a number`);
}

/** Whether the first argument of an element function is its props. */
export function isProps(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isVNode(value) &&
    !isSignal(value);
}
