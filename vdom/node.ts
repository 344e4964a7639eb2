/**
 * What makes nodes of what a call site passes. The node itself is in vnode.ts.
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
 *
 * @module
 */
import { coded } from "./coded.ts";
import { domText, isOrdinary } from "./content.ts";
import { callIt, describe, notRenderable, textOf } from "./value.ts";
import {
  type ComponentType,
  copyAround,
  isSignal,
  isVNode,
  type Key,
  Kind,
  type Props,
  type TextLike,
  VNode,
} from "./vnode.ts";

export { domText, isOrdinary, OPAQUE, ownsContent, TEXT_ONLY } from "./content.ts";
export { describe, textOf } from "./value.ts";
export {
  type Child,
  type ComponentType,
  isBorder,
  isSignal,
  isVNode,
  type Key,
  Kind,
  type Props,
  SIGNAL_BRAND,
  type SignalLike,
  type TextLike,
  VNODE,
  VNode,
} from "./vnode.ts";

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
  // Made in its size: an array that grows has room for 17, and these are kept as long as the page. Not by
  // `slice`, which makes an array of a class of its own one of that class.
  const items = [...slots] as VNode[];
  // Most lists are nodes that were just made.
  let count = 0;
  while (count < slots.length) {
    const value = items[count];
    if (!isVNode(value) || value.slot !== -1 || value.num !== 0) break;
    value.slot = count++;
  }
  let run: VNode | null = null;
  for (let i = count; i < slots.length; i++) {
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
      throw notRenderable(value, "pass a string, a number, a node, a signal or an array");
    } else if (typeof value === "function" || typeof value === "symbol") {
      throw notRenderable(value, callIt(value));
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

/** A copy that is not mounted, its items too, for a node that already stands in a list or in a live tree. A component's items are not copied: they belong to its instance. */
export function cloneNode(node: VNode): VNode {
  const { content } = node;
  const items = node.kind === Kind.Component
    ? null
    : Array.isArray(content)
    ? content.map(cloneNode)
    : content;
  const copy = copyAround(node, items);
  copy.slot = node.slot;
  if (node.kind !== Kind.Text) copy.slots = node.slots;
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
  // Most views are one node.
  if (isVNode(result) && result.slot === -1 && result.num === 0) {
    result.slot = 0;
    return [result];
  }
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

/** The text that slots are when all of them are plain text, as it was given; else null. */
function joined(slots: readonly unknown[]): string | null {
  let text = "";
  for (let i = 0; i < slots.length; i++) {
    const value = slots[i];
    // Alone it stays as it was given. Of several, what is a carriage return and a line feed as one text must not become one.
    if (typeof value === "string") {
      text += slots.length === 1 || !endsInReturn(value) ? value : domText(value);
    } else if (typeof value === "number") text += value;
    else if (value !== null && value !== undefined && typeof value !== "boolean") return null;
  }
  return text;
}

function endsInReturn(text: string): boolean {
  return text.charCodeAt(text.length - 1) === 13;
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
  const key = props?.key;
  if (key === undefined || key === null) return null;
  if (typeof key === "string" || typeof key === "number") return key;
  throw coded("E041", new TypeError(`Cannot use ${describe(key)} as a key: pass a string or a number`));
}

/** Whether the first argument of an element function is its props. */
export function isProps(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isVNode(value) &&
    !isSignal(value);
}
