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

/** The brand of an attribute's slot, which is its name. JSON cannot make it. */
const ATTR: unique symbol = Symbol("vango.attr");

/** An attribute of a slot: what {@linkcode jsxAttr} makes. */
export class AttrSlot {
  // Declared, and not defined before they are set: that would be a function of its own for the engine to inline.
  /** Its name. */
  declare readonly name: string;
  /** Its value. */
  declare readonly value: unknown;
  /** Made by {@linkcode jsxAttr}. */
  constructor(name: string, value: unknown) {
    (this as { name: string }).name = name;
    (this as { value: unknown }).value = value;
  }

  /** The brand. Of the class, so that the engine knows it as soon as it knows the class. */
  get [ATTR](): string {
    return this.name;
  }
}

const places: WeakMap<readonly string[], Place> = new WeakMap();
let lastStrings: readonly string[] | null = null;
let lastPlace: Place | null = null;
/** What is asked for its brand where there is nothing. */
const NOTHING: object = {};

/**
 * What a precompiled JSX expression calls. Not for applications.
 *
 * The first four slots have parameters of their own, and nothing but their names and values is kept of them. So V8, which inlines this
 * into the view, finds that what `jsxAttr` made is looked into and forgotten, and makes no objects of it: half of the bytes that a row
 * takes. It does so only while this is small, with what it calls, and only if the brands are read ahead of everything else and in one
 * way: it does not see through `instanceof`, a test of the type ahead of the brand, a function that does this for one slot, or
 * an array of slots.
 *
 * @param strings The constant markup: one array per place in the source.
 * @param more What goes between the strings, after `a` to `d`.
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
  const first = ((a ?? NOTHING) as AttrSlot)[ATTR];
  const second = ((b ?? NOTHING) as AttrSlot)[ATTR];
  const third = ((c ?? NOTHING) as AttrSlot)[ATTR];
  const fourth = ((d ?? NOTHING) as AttrSlot)[ATTR];
  const va = first === undefined ? a : (a as AttrSlot).value;
  const vb = second === undefined ? b : (b as AttrSlot).value;
  const vc = third === undefined ? c : (c as AttrSlot).value;
  const vd = fourth === undefined ? d : (d as AttrSlot).value;
  // The rows of a list are of one place.
  const place = strings === lastStrings
    ? lastPlace!
    : select(strings, first, second, third, fourth, e, f, g, h, more);
  return place.isLong
    ? makeLong(place, va, vb, vc, vd, e, f, g, h, more)
    : place.makeShort(place, va, vb, vc, vd);
}

/** Makes what has more than four slots, of which four are known. */
function makeLong(
  place: Place,
  a: unknown,
  b: unknown,
  c: unknown,
  d: unknown,
  e: unknown,
  f: unknown,
  g: unknown,
  h: unknown,
  more: readonly unknown[],
): VNode {
  return place.make(longList(place.names.length, a, b, c, d, e, f, g, h, more));
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

/** Makes the place of these strings the one that is used: of new strings by the attributes of their slots. */
function select(
  strings: readonly string[],
  a: string | undefined,
  b: string | undefined,
  c: string | undefined,
  d: string | undefined,
  e: unknown,
  f: unknown,
  g: unknown,
  h: unknown,
  more: readonly unknown[],
): Place {
  let place = places.get(strings);
  if (place === undefined) {
    const names = [a, b, c, d, ...[e, f, g, h, ...more].map(attrOf)].map((name) => name ?? "");
    place = new Place(strings, names.slice(0, strings.length - 1));
    places.set(strings, place);
  }
  lastStrings = strings;
  return lastPlace = place;
}

/** The attribute of a slot that says one; undefined of any other. */
function attrOf(slot: unknown): string | undefined {
  return ((slot ?? NOTHING) as AttrSlot)[ATTR];
}

function valueOf(slot: unknown): unknown {
  return attrOf(slot) === undefined ? slot : (slot as AttrSlot).value;
}

/** What a precompiled JSX expression calls for an attribute in a slot. Not for applications. */
export function jsxAttr(name: string, value: unknown): AttrSlot {
  return new AttrSlot(name, value);
}

/** What a precompiled JSX expression calls for a child in a slot. Escaping is the renderer's alone. Not for applications. */
export function jsxEscape(value: unknown): unknown {
  return value;
}
