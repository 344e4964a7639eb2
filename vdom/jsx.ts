/**
 * What Deno's `"jsx": "precompile"` makes of a JSX expression: a call of {@linkcode jsxTemplate} with one array of strings per place
 * in the source, whose identity is the template's.
 *
 *     <li class={c}>{name}</li>   →   jsxTemplate([`<li `, `>`, `</li>`], jsxAttr("class", c), jsxEscape(name))
 *
 * @module
 */
import type { VNode } from "./node.ts";
import { Place } from "./template.ts";

/** The brand of an attribute's slot. JSON cannot make it. */
const ATTR: unique symbol = Symbol("vango.attr");

/** An attribute of a slot: what {@linkcode jsxAttr} makes. */
export class AttrSlot {
  /** Its name. */
  readonly name: string;
  /** Its value. */
  readonly value: unknown;
  /** Made by {@linkcode jsxAttr}. */
  constructor(name: string, value: unknown) {
    this.name = name;
    this.value = value;
  }

  /** The brand. Not `instanceof`: see {@linkcode jsxTemplate}. */
  get [ATTR](): true {
    return true;
  }
}

const places: WeakMap<readonly string[], Place> = new WeakMap();
let lastStrings: readonly string[] | null = null;
let lastPlace: Place | null = null;

/**
 * What a precompiled JSX expression calls. Not for applications.
 *
 * The first four slots have parameters of their own, and nothing but their names and values is kept of them. So V8, which inlines this
 * into the view, finds that what `jsxAttr` made is looked into and forgotten, and makes no objects of it: half of the bytes that a row
 * takes. It does so only while this is small, with what it calls, and it does not see through `instanceof`, through
 * `typeof slot === "object"`, or into an array of slots.
 *
 * @param strings The constant markup: one array per place in the source.
 * @param more What goes between the strings, after `a` to `h`.
 */
export function jsxTemplate(
  strings: readonly string[],
  a?: unknown,
  b?: unknown,
  c?: unknown,
  d?: unknown,
  e?: unknown,
  f?: unknown,
  g?: unknown,
  h?: unknown,
  ...more: unknown[]
): VNode {
  // The rows of a list are of one place.
  if (strings !== lastStrings && !find(strings)) {
    learn(strings, nameOf(a), nameOf(b), nameOf(c), nameOf(d), e, f, g, h, more);
  }
  const place = lastPlace!;
  const { length } = place.names;
  return length > 4
    ? place.make(longList(length, valueOf(a), valueOf(b), valueOf(c), valueOf(d), e, f, g, h, more))
    : place.makeRow(valueOf(a), valueOf(b), valueOf(c), valueOf(d));
}

/** Makes the place of these strings the one that is used; false when it is new. */
function find(strings: readonly string[]): boolean {
  const place = places.get(strings);
  if (place === undefined) return false;
  lastStrings = strings;
  lastPlace = place;
  return true;
}

/** Makes the place of strings that are seen for the first time. */
function learn(
  strings: readonly string[],
  a: string,
  b: string,
  c: string,
  d: string,
  e: unknown,
  f: unknown,
  g: unknown,
  h: unknown,
  more: readonly unknown[],
): void {
  const names = [a, b, c, d, ...[e, f, g, h, ...more].map(nameOf)];
  lastPlace = new Place(strings, names.slice(0, strings.length - 1));
  lastStrings = strings;
  places.set(strings, lastPlace);
}

/** The value of a slot. Strings are told first: their many kinds would make reading the brand slow. */
function valueOf(slot: unknown): unknown {
  if (typeof slot === "string") return slot;
  return (slot as AttrSlot | null)?.[ATTR] === true ? (slot as AttrSlot).value : slot;
}

/** The attribute of a slot that says one; "" of any other. */
function nameOf(slot: unknown): string {
  if (typeof slot === "string") return "";
  return (slot as AttrSlot | null)?.[ATTR] === true ? (slot as AttrSlot).name : "";
}

/** A list of just so many values: four, and those of further slots. */
function longList(
  length: number,
  a: unknown,
  b: unknown,
  c: unknown,
  d: unknown,
  e: unknown,
  f: unknown,
  g: unknown,
  h: unknown,
  more: readonly unknown[],
): unknown[] {
  switch (length) {
    case 5:
      return [a, b, c, d, valueOf(e)];
    case 6:
      return [a, b, c, d, valueOf(e), valueOf(f)];
    case 7:
      return [a, b, c, d, valueOf(e), valueOf(f), valueOf(g)];
  }
  const eight = [a, b, c, d, valueOf(e), valueOf(f), valueOf(g), valueOf(h)];
  return length === 8 ? eight : eight.concat(more.map(valueOf));
}

/** What a precompiled JSX expression calls for an attribute in a slot. Not for applications. */
export function jsxAttr(name: string, value: unknown): AttrSlot {
  return new AttrSlot(name, value);
}

/** What a precompiled JSX expression calls for a child in a slot. Escaping is the renderer's alone. Not for applications. */
export function jsxEscape(value: unknown): unknown {
  return value;
}
