/**
 * The diff of one element's props: attributes, class tokens, style declarations, live values of controls, events.
 *
 * A *record* is what the DOM has of one attribute: its text, null when it is absent, or the pairs of a style map.
 *
 * @module
 */
import { coded } from "./coded.ts";
import { AttrBinding, hasBoundProps } from "./binding.ts";
import {
  attributeValue,
  checkName,
  eventSpec,
  handlerOf,
  holdsSignal,
  isAttribute,
  isControlled,
  isEventProp,
  isInteractive,
  sameToken,
  stylePairs,
} from "./attrs.ts";
import { isSignal, type Props, textOf, type VNode } from "./node.ts";
import { Op, type Patch } from "./patch.ts";
import { PropKind, propKind } from "./prop_kind.ts";
import { ElementRef } from "./ref.ts";
import { type ElementState, stateOf } from "./element_state.ts";
import type { Tree } from "./tree.ts";

/** What the DOM has of one attribute. */
export type AttrRecord = string | null | [name: string, value: string][];

/** Props that the browser keeps as live state of a control, apart from the attribute. */
export function isLive(node: VNode, name: string): boolean {
  const tag = node.type;
  if (name === "value") {
    if (tag === "textarea" || tag === "select") return true;
    if (tag !== "input") return false;
    const type = node.props?.type;
    const kind = isSignal(type) ? type.peek() : type;
    return kind !== "checkbox" && kind !== "radio" && kind !== "hidden" && kind !== "submit" &&
      kind !== "button" &&
      kind !== "reset" && kind !== "image" && kind !== "file";
  }
  return name === "checked" && tag === "input" || name === "selected" && tag === "option";
}

/** The record of a prop, signals read. Of a live prop it is the text of the value, or "" and null for on and off. */
export function recordOf(tag: string, name: string, value: unknown): AttrRecord {
  const plain = isSignal(value) ? value.value : value;
  if (name === "style" && typeof plain === "object" && plain !== null) return stylePairs(plain);
  if (name === "value" && (tag === "select" || tag === "textarea" || tag === "input")) return liveText(plain);
  if (name === "indeterminate") return plain ? "" : null;
  return attributeValue(tag, name, plain);
}

function liveText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((v) => `${textOf(v)}\0`).join("");
  return textOf(value);
}

/** Pushes what takes an attribute from one record to the other. */
export function patchRecord(tree: Tree, node: VNode, name: string, old: AttrRecord, next: AttrRecord): void {
  const { num } = node;
  const patches = tree.patches;
  if (Array.isArray(old) && Array.isArray(next)) {
    const before = new Map(old);
    for (const [property, value] of next) {
      if (before.get(property) !== value) patches.push({ op: Op.SetStyle, num, name: property, value });
      before.delete(property);
    }
    for (const property of before.keys()) patches.push({ op: Op.RemoveStyle, num, name: property });
    return;
  }
  const a = Array.isArray(old) ? old.map((p) => p.join(":")).join(";") : old;
  const b = Array.isArray(next) ? next.map((p) => p.join(":")).join(";") : next;
  if (isLive(node, name)) return tree.setLive(node, name, b);
  patchAttribute(tree, num, name, a, b);
}

/** Pushes what takes an attribute from one text to another; null is its absence. */
export function patchAttribute(
  tree: Tree,
  num: number,
  name: string,
  old: string | null,
  next: string | null,
): void {
  if (old === next) return;
  const patches = tree.patches;
  if (name === "class") return patchClass(tree, num, old, next);
  if (name === "indeterminate") {
    patches.push({ op: Op.SetProp, num, name, on: next !== null });
    return;
  }
  if (next === null) patches.push({ op: Op.RemoveAttr, num, name });
  else patches.push({ op: Op.SetAttr, num, name, value: next });
  if (name === "muted") patches.push({ op: Op.SetProp, num, name, on: next !== null });
}

/** What parts tokens (Infra, ASCII whitespace). A browser refuses a token that holds any of it. */
const WHITE_SPACE = /[\t\n\f\r ]+/;

/** Tokens that came and went, so that classes which a script of the page added stay. */
function patchClass(tree: Tree, num: number, old: string | null, next: string | null): void {
  const before = new Set(old === null ? [] : old.split(WHITE_SPACE));
  const added: string[] = [];
  for (const token of next === null ? [] : next.split(WHITE_SPACE)) {
    if (!before.delete(token) && token !== "") added.push(token);
  }
  before.delete("");
  if (before.size > 0) tree.patches.push({ op: Op.RemoveClass, num, name: [...before].join(" ") });
  if (added.length > 0) tree.patches.push({ op: Op.AddClass, num, name: added.join(" ") });
}

/**
 * Registers events, binds signals and notes live values of an element that is being mounted. In the same walk it checks what could
 * not be written later: names and values of attributes, names of events. When an element is made, its component and the place in
 * the source are known; when bytes are made of it, they are not.
 *
 * @throws {TypeError} When a prop is none that can be written.
 */
export function mountProps(tree: Tree, node: VNode, props: Props): void {
  const tag = node.type as string;
  const { dev } = tree.host;
  let bound = false;
  let live = false;
  let interactive = false;
  let ref: unknown;
  for (const name in props) {
    const value = props[name];
    switch (propKind(tag, name)) {
      case PropKind.Event:
        checkEvent(tag, name, value);
        if (typeof value === "function" || handlerOf(value) !== null) interactive = true;
        continue;
      case PropKind.None:
        if (name === "ref") ref = value;
        continue;
      case PropKind.Live:
        live = true;
    }
    if (dev && MISSPELLED.has(name)) tree.host.misspelled?.(tag, name, MISSPELLED.get(name)!);
    if (typeof value === "string" || typeof value === "number") continue;
    if (typeof value === "object" && value !== null && holdsSignal(name, value)) bound = true;
    if (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol") continue;
    if (isAttribute(tag, name) && !isSignal(value)) attributeValue(tag, name, value);
  }
  if (interactive) {
    tree.interactive.set(node);
    stateOf(node).owner = tree.host.owner();
  }
  if (ref !== undefined && ref instanceof ElementRef) ref.set(node, tree.host);
  if (bound) stateOf(node).binding = new AttrBinding(tree, node);
  if (live) mountLive(tree, node, props);
}

/** Names that other frameworks have for what HTML calls otherwise, or that are properties of DOM nodes. */
const MISSPELLED: ReadonlyMap<string, string> = new Map([
  ["className", "its name is class"],
  ["classList", "its name is class, which takes lists and maps"],
  ["htmlFor", "its name is for"],
  ["defaultValue", "value is what the control has at first, and what the server sets"],
  ["defaultChecked", "checked is what the control has at first, and what the server sets"],
  ["dangerouslySetInnerHTML", "pass raw(trustHtml(…)) as a child"],
  ["innerHTML", "pass raw(trustHtml(…)) as a child"],
  ["innerText", "pass the text as a child"],
  ["textContent", "pass the text as a child"],
]);

function checkEvent(tag: string, name: string, value: unknown): void {
  if (typeof value === "string") {
    throw coded("E047", new TypeError(`Cannot set ${name} of <${tag}> as text: pass a function`));
  }
  if (name.charCodeAt(2) === 58 && /^$|[\s:,"]/.test(name.slice(3))) {
    throw coded("E045", new TypeError(`Cannot listen for an event named ${JSON.stringify(name.slice(3))}`));
  }
}

/** Notes the live values of a control. */
function mountLive(tree: Tree, node: VNode, props: Props): void {
  for (const name of LIVE_NAMES) {
    if (!(name in props) || !isLive(node, name)) continue;
    const record = recordOf(node.type as string, name, props[name]);
    if (Array.isArray(record)) continue;
    const state = stateOf(node);
    state.node = node;
    state.live ??= new Map();
    state.live.set(name, record);
    if (node.type === "select" && record !== null) {
      tree.addAfter({ op: Op.SetValue, num: node.num, value: record });
    }
  }
  if (props.indeterminate === undefined) return;
  tree.unsaid = true;
  const told: Patch[] = [];
  tellIndeterminate(node, told);
  for (const patch of told) tree.addAfter(patch);
}

/** Adds the patch that tells what no attribute says of a checkbox. */
export function tellIndeterminate({ num, props }: VNode, into: Patch[]): void {
  if (props?.indeterminate === undefined) return;
  if (recordOf("input", "indeterminate", props.indeterminate) !== null) {
    into.push({ op: Op.SetProp, num, name: "indeterminate", on: true });
  }
}

const LIVE_NAMES = ["value", "checked", "selected"];

/** Pushes what takes the props of `old` to those of `next`; both are the same element. */
export function patchProps(tree: Tree, old: VNode, next: VNode): void {
  const a = old.props;
  const b = next.props;
  const state = old.aux as ElementState | null;
  next.aux = state;
  if (state !== null && state.live !== null) state.node = next;
  if (a === b && state === null && b?.ref === undefined) {
    if (b !== null && tree.interactive.has(next.num)) tree.interactive.set(next);
    return;
  }
  if (a?.ref !== b?.ref && a?.ref instanceof ElementRef) a.ref.clear(old);
  if (b?.ref instanceof ElementRef) b.ref.set(next, tree.host);
  const tag = next.type as string;
  const records = state?.binding?.records;
  let events = false;
  for (const name in b) {
    const value = b[name];
    if (name === "key" || name === "children" || name === "ref") continue;
    if (isEventProp(name)) {
      if (typeof value === "string") {
        throw coded("E047", new TypeError(`Cannot set ${name} of <${tag}> as text: pass a function`));
      }
      if (!events && !sameToken(a?.[name], value)) events = true;
      continue;
    }
    const before = a?.[name];
    if (Object.is(before, value) && !isLive(next, name)) continue;
    if (holdsSignal(name, value)) continue;
    checkName(tag, name);
    const from = records?.get(name) ?? (before === undefined ? null : recordOf(tag, name, before));
    patchRecord(tree, next, name, from, recordOf(tag, name, value));
  }
  for (const name in a) {
    if (b !== null && name in b || name === "key" || name === "children" || name === "ref") continue;
    if (isEventProp(name)) {
      events = true;
      continue;
    }
    const from = records?.get(name) ?? recordOf(tag, name, a[name]);
    records?.delete(name);
    if (from !== null) patchRecord(tree, next, name, from, null);
  }
  rebindProps(tree, old, next, state);
  patchEvents(tree, old, next, events);
}

/**
 * Whether the props of two elements without handlers, refs and bound values are the same, found in one walk. Their keys are the same,
 * or the elements would not be compared.
 */
export function equalProps(a: Props | null, b: Props | null): boolean {
  if (a === null || b === null) return a === b;
  let more = 0;
  for (const name in b) {
    more++;
    if (name === "key") continue;
    const value = b[name];
    const before = a[name];
    // Most are strings. The engine compares faster what it knows for strings.
    if (typeof value === "string") {
      if (typeof before !== "string" || before !== value) return false;
      // What an object holds may have changed, or be followed; what a handler is a new function for may not.
    } else if (
      before !== value || typeof value === "object" && value !== null || typeof value === "function"
    ) {
      return false;
    }
  }
  for (const _ in a) more--;
  return more === 0;
}

function rebindProps(tree: Tree, old: VNode, next: VNode, state: ElementState | null): void {
  const bound = next.props !== null && hasBoundProps(next.props);
  const binding = state?.binding ?? null;
  if (bound) {
    if (binding !== null) {
      seedRecords(binding, old, next);
      binding.rebind(next);
    } else {
      const made = new AttrBinding(tree, next);
      for (const [name, record] of made.records) {
        const before = old.props?.[name];
        patchRecord(
          tree,
          next,
          name,
          before === undefined ? null : recordOf(next.type as string, name, before),
          record,
        );
      }
      stateOf(next).binding = made;
    }
  } else if (binding !== null && state !== null) {
    binding.dispose();
    state.binding = null;
  }
}

/** A prop that was plain and is bound now: what the DOM has is what the plain value gave. */
function seedRecords(binding: AttrBinding, old: VNode, next: VNode): void {
  const tag = next.type as string;
  for (const name in next.props) {
    const value = next.props[name];
    if (name === "key" || isEventProp(name)) continue;
    if (!holdsSignal(name, value)) binding.records.delete(name);
    else if (!binding.records.has(name)) {
      const before = old.props?.[name];
      binding.records.set(name, before === undefined ? null : recordOf(tag, name, before));
    }
  }
}

function patchEvents(tree: Tree, old: VNode, next: VNode, changed: boolean): void {
  const had = tree.interactive.has(next.num);
  if (!had && !changed) return;
  if (isInteractive(next.props)) {
    tree.interactive.set(next);
    stateOf(next).owner ??= tree.host.owner();
  } else tree.interactive.delete(next.num);
  // A control that the server has a value for tells it to handlers that do not ask for it, too.
  if (!changed && isControlled(old) === isControlled(next)) return;
  const spec = eventSpec(next);
  if (spec !== eventSpec(old)) tree.patches.push({ op: Op.SetEvents, num: next.num, spec });
}
