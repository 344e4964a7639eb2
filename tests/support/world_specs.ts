/**
 * Specs: what random pages are made from, how they are made, and how they change. Every tree of them passes the nesting check.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** What stands in one slot. */
export type Spec =
  | { t: "text"; text: string | number }
  | { t: "none"; was: Spec | null }
  | { t: "bound"; at: number }
  | { t: "el"; tag: string; key: number | null; attrs: Attrs; kids: Spec[]; where: Where }
  | { t: "control"; tag: string; key: number | null; at: number; mode: number; kids: Spec[] }
  | { t: "list" | "fragment" | "wrap"; key: number | null; kids: Spec[]; where: Where }
  | { t: "raw"; html: string }
  | { t: "part"; id: number; key: number | null; title: string; where: Where }
  | { t: "template"; place: number; key: number; slots: Spec[]; where: Where };

/** The attributes of an element; `bound` is the index of a signal that is its class. */
export interface Attrs {
  plain: Record<string, unknown>;
  bound: number | null;
  /** 0 no handler, 1 without a payload, 2 with one. */
  click: number;
}

/** What may stand in a place. */
export type Where =
  | "flow"
  | "phrasing"
  | "text"
  | "ul"
  | "table"
  | "rows"
  | "cells"
  | "svg"
  | "svgText"
  | "static";

const TAGS: Record<Where, string[]> = {
  flow: "div p ul table svg section span x-own x-box noscript template button div ul".split(" "),
  phrasing: "span b i x-own noscript svg".split(" "),
  text: ["b"],
  ul: ["li"],
  table: ["tbody"],
  rows: ["tr"],
  cells: ["td", "th"],
  svg: "g circle text foreignObject g".split(" "),
  svgText: ["tspan"],
  static: ["span", "b", "img"],
};
const INSIDE: Record<string, Where> = {
  p: "phrasing",
  span: "phrasing",
  b: "text",
  i: "text",
  button: "text",
  ul: "ul",
  table: "table",
  tbody: "rows",
  tr: "cells",
  svg: "svg",
  g: "svg",
  text: "svgText",
  tspan: "svgText",
  noscript: "static",
  template: "static",
  "x-own": "phrasing",
  "x-box": "phrasing",
  circle: "static",
};
/** Those that begin without children; `x-box` may get some. */
const EMPTY = new Set(["img", "circle", "x-box"]);
export const TEXTS = [
  "",
  "a",
  "b c",
  "<&>\"'",
  "\u{1F600}\u{1F601}",
  "\r\nline",
  "\u00a0",
  "]]>",
  "0",
  "text of a row",
];
const RAWS = ["", "<b>x</b>", "text", "<i>a</i> and <u>b</u><!--c-->", "<!---->"];
export const CLASSES = [null, "", "a", "b a", "c", "a b c d"];
const STYLES = [null, { color: "red" }, { color: "blue", top: "1px" }, { "--x": "2" }];

/** Where templates stand, their constant strings as the transform writes them, and what their slots are. */
export const PLACES: { where: Where; strings: string[]; slots: string }[] = [
  { where: "ul", strings: ["<li ", " ", "><b>", "</b> no. ", "</li>"], slots: "kctt" },
  { where: "flow", strings: ["<p ", "><span>Hi &lt;", "</span>!</p>"], slots: "ct" },
  { where: "flow", strings: ["<div><p>const</p>", "</div>"], slots: "s" },
  { where: "rows", strings: ["<tr ", "><td ", ">", "</td><td>x</td></tr>"], slots: "kct" },
  { where: "phrasing", strings: ["<svg ", '><circle r="1"></circle></svg>'], slots: "c" },
  { where: "flow", strings: ["<b>", "</b><i>y</i>"], slots: "t" },
  { where: "flow", strings: ["<section><p>", " of ", "</p>", "<b>", "</b></section>"], slots: "ttst" },
  { where: "phrasing", strings: ["<span>const <b>text</b></span>"], slots: "" },
  { where: "flow", strings: ["<ul ", "><li>first</li>", "</ul>"], slots: "cu" },
];

/** How many signals of each sort a world has. */
export const SIGNALS = 6;
/** How many components there can be. */
const PARTS = 6;

const OPTIONS: Spec[] = ["0", "1", "2"].map((text) => ({
  t: "el",
  tag: "option",
  key: null,
  attrs: { plain: { value: text }, bound: null, click: 0 },
  kids: [{ t: "text", text: `No. ${text}` }],
  where: "static",
}));

/** The components of a page: which there are, and what they may hold. */
export interface Parts {
  /** Where the content of each stands, by its number. */
  readonly where: Where[];
  /** Makes one; gives its number. */
  add(where: Where, make: (id: number) => Spec[]): number;
}

/** Makes and changes specs. */
export class SpecMaker {
  readonly #random: Random;
  readonly #parts: Parts;
  #key = 0;

  /** Makes specs by a sequence of numbers. */
  constructor(random: Random, parts: Parts) {
    this.#random = random;
    this.#parts = parts;
  }

  /** Makes a component with content; gives its number. */
  newPart(where: Where, size: number): number {
    return this.#parts.add(where, (id) => this.#list(where, size, id));
  }

  /** The items of one list; `above` is the component that it is of: only later ones may stand below. */
  #list(where: Where, size: number, above: number): Spec[] {
    const random = this.#random;
    const keyed = where !== "static" && random.in(3);
    const count = random.below(Math.min(5, size) + 1);
    return Array.from({ length: count }, () => this.#spec(where, size / (count || 1), above, keyed));
  }

  #spec(where: Where, size: number, above: number, keyed: boolean): Spec {
    const random = this.#random;
    const key = keyed ? this.#key++ : null;
    const takesText = !/^(ul|table|rows|cells|svg)$/.test(where);
    const pick = random.below(20);
    if (where === "static" || where === "text") {
      return pick < 12 ? { t: "text", text: random.pick(TEXTS) } : this.#newElement(where, 2, above, null);
    }
    if (takesText && !keyed && pick < 5) {
      return pick < 3 ? { t: "text", text: random.pick(TEXTS) } : { t: "bound", at: random.below(SIGNALS) };
    }
    if (pick < 6 && !keyed) return { t: "none", was: null };
    if (pick < 9) {
      const t = random.pick(["list", "fragment", "wrap"] as const);
      return { t: keyed && t === "list" ? "wrap" : t, key, kids: this.#list(where, size - 1, above), where };
    }
    if (pick < 10 && !keyed && (takesText && where !== "svgText")) {
      return { t: "raw", html: random.pick(RAWS) };
    }
    if (pick < 12) {
      const known = this.#parts.where.findIndex((of, id) => id > above && of === where);
      if (known > 0 || this.#parts.where.length < PARTS) {
        const id = known > 0 ? known : this.newPart(where, size);
        return { t: "part", id, key, title: random.pick(TEXTS), where };
      }
    }
    if (pick < 15) {
      const places = PLACES.flatMap((place, i) => place.where === where ? [i] : []);
      if (places.length > 0) return this.#newTemplate(random.pick(places), size, above, key);
    }
    if (pick < 16 && where === "flow") return this.#newControl(key);
    return this.#newElement(where, size, above, key);
  }

  #newElement(where: Where, size: number, above: number, key: number | null): Spec {
    const random = this.#random;
    const tag = random.pick(TAGS[where]);
    const inside = where === "static" ? where : INSIDE[tag] ?? "flow";
    const live = where !== "static";
    const kids = EMPTY.has(tag) ? [] : this.#list(inside, size - 1, above);
    const attrs = live ? this.#attrs() : { plain: {}, bound: null, click: 0 };
    if (tag === "x-own" && kids.length === 0) kids.push({ t: "none", was: null });
    return { t: "el", tag, key, attrs, kids, where: inside };
  }

  #attrs(): Attrs {
    const random = this.#random;
    const plain: Record<string, unknown> = {};
    const bound = random.in(6) ? random.below(SIGNALS) : null;
    if (bound === null && random.in(3)) plain.class = random.pick(CLASSES);
    if (random.in(4)) plain.title = random.pick(TEXTS);
    if (random.in(6)) plain.style = random.pick(STYLES);
    if (random.in(6)) plain["data-x"] = random.pick(["1", null, "\u00e9"]);
    if (random.in(8)) plain.hidden = random.in(2);
    return { plain, bound, click: random.in(3) ? 1 + random.below(2) : 0 };
  }

  #newControl(key: number | null): Spec {
    const random = this.#random;
    const tag = random.pick(["input", "check", "textarea", "select"]);
    const at = random.below(SIGNALS);
    return {
      t: "control",
      tag,
      key,
      at,
      mode: random.below(4),
      kids: tag === "select" ? OPTIONS.slice() : [],
    };
  }

  #newTemplate(place: number, size: number, above: number, key: number | null): Spec {
    const random = this.#random;
    const { slots: kinds, where } = PLACES[place];
    const slots = [...kinds].map((kind): Spec => {
      if (kind === "k") return { t: "none", was: null };
      if (kind === "c") {
        return random.in(4)
          ? { t: "bound", at: random.below(SIGNALS) }
          : { t: "text", text: random.pick(TEXTS) };
      }
      if (kind === "t") {
        return random.in(6)
          ? { t: "bound", at: random.below(SIGNALS) }
          : { t: "text", text: random.pick(TEXTS) };
      }
      if (kind === "u") return { t: "list", key: null, kids: this.#list("ul", size, above), where: "ul" };
      return random.in(3) ? { t: "text", text: random.pick(TEXTS) } : this.#spec("phrasing", 3, above, false);
    });
    const spec: Spec = { t: "template", place, key: key ?? this.#key++, slots, where };
    // Only some take a key: among keyed siblings the others stand in a keyed list of their own.
    if (key === null || kinds.includes("k")) return spec;
    return { t: "fragment", key, kids: [spec], where };
  }

  // How it changes.

  /** Changes the content of a component in one place. */
  change(specs: Spec[], id: number): void {
    const lists: { kids: Spec[]; where: Where }[] = [{ kids: specs, where: this.#parts.where[id] }];
    const elements: (Spec & { t: "el" | "template" | "part" })[] = [];
    const gather = (spec: Spec) => {
      if ("kids" in spec && "where" in spec && spec.where !== "static") lists.push(spec);
      if ((spec.t === "el" || spec.t === "template" || spec.t === "part") && spec.where !== "static") {
        elements.push(spec);
      }
      if ("kids" in spec) spec.kids.forEach(gather);
      if (spec.t === "template") spec.slots.forEach(gather);
    };
    specs.forEach(gather);
    const random = this.#random;
    if (elements.length > 0 && random.in(3)) this.#change(random.pick(elements), id);
    else this.#changeList(random.pick(lists), id);
  }

  #change(spec: Spec & { t: "el" | "template" | "part" }, above: number): void {
    if (spec.t === "el") spec.attrs = spec.tag === "img" ? spec.attrs : this.#attrs();
    else if (spec.t === "part") spec.title = this.#random.pick(TEXTS);
    else {
      const fresh = this.#newTemplate(spec.place, 3, above, null) as typeof spec;
      const at = this.#random.below(spec.slots.length + 1);
      spec.slots = spec.slots.map((slot, i) =>
        i === at || fresh.slots[i].t === slot.t && i > at ? fresh.slots[i] : slot
      );
    }
  }

  #changeList({ kids, where }: { kids: Spec[]; where: Where }, above: number): void {
    const random = this.#random;
    const keyed = kids.length > 0 ? "key" in kids[0] && kids[0].key !== null : random.in(2);
    const make = () => this.#spec(where, 4, above, keyed);
    const at = random.below(kids.length + 1);
    const kid: Spec | undefined = kids[at];
    switch (random.below(6)) {
      case 0:
        kids.splice(at, 0, ...Array.from({ length: 1 + random.below(3) }, make));
        break;
      case 1:
        kids.splice(at, 1 + random.below(2));
        break;
      case 2:
        if (keyed) random.shuffle(kids);
        else if (kid !== undefined) kids[at] = make();
        break;
      case 3:
        if (keyed && kids.length > 1) kids.unshift(...kids.splice(at, 2));
        else if (kid !== undefined) {
          kids[at] = kid.t === "none" && kid.was !== null ? kid.was : { t: "none", was: kid };
        }
        break;
      case 4:
        for (const each of kids) if (each.t === "text") each.text = random.pick(TEXTS);
        break;
      default:
        kids.splice(at, 1, ...Array.from({ length: random.below(3) }, make));
    }
  }
}
