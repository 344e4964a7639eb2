/**
 * Random programs of JSX: a tree of expressions with dynamic places, and the values that those have from one run to the next.
 *
 * The same program is written in three ways by jsx_ways.ts. A program is what an author writes, so it does not change; its
 * values do. Everything comes from one number, which a failing test prints.
 *
 * @module
 */
import { type Signal, signal } from "@preact/signals-core";

/** An element as it is written. */
export interface ElementExpr {
  kind: "element";
  tag: string;
  attrs: AttrExpr[];
  /** The key: a constant, or the place of one. */
  key: string | number | { slot: number } | null;
  /** A spread: the slot that it has, or -1. */
  spread: number;
  children: ChildExpr[];
}

/** An attribute: constant text, true, or a slot. */
export interface AttrExpr {
  name: string;
  value: string | true | { slot: number };
}

/** `<>…</>`, or what stands in a component. */
export interface ListExpr {
  kind: "list";
  children: ChildExpr[];
}

/** A component around children. */
export interface BoxExpr {
  kind: "box";
  children: ChildExpr[];
}

/** What stands between tags. */
export type ChildExpr = string | null | ElementExpr | BoxExpr | SlotExpr;

/** A place whose value changes. */
export interface SlotExpr {
  kind: "slot";
  slot: number;
  /** The expressions that its value can be made of. */
  nodes: (ElementExpr | ListExpr | BoxExpr)[];
  /** The row of a list. */
  row: ElementExpr | null;
}

/** A generator of random numbers (mulberry32). */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** From 0 to below `n`. */
  int(n: number): number {
    this.#state = this.#state + 0x6d2b79f5 | 0;
    let t = Math.imul(this.#state ^ this.#state >>> 15, 1 | this.#state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) % n;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)];
  }
  chance(percent: number): boolean {
    return this.int(100) < percent;
  }
}

const TEXTS = ["a", "b c", "<&>\"'", " x ", "\u00a0é", "1 & 2"];
const VALUES = ["", "x", "x y", "a\r\nb<", "javascript:void 0", "z\0"];

/** Makes programs. `parsed`: they survive an HTML parser. */
export class Programs {
  readonly random: Random;
  readonly parsed: boolean;
  slots = 0;

  constructor(random: Random, parsed: boolean) {
    this.random = random;
    this.parsed = parsed;
  }

  slot(): { slot: number } {
    return { slot: this.slots++ };
  }

  /** A whole program. */
  root(): ElementExpr {
    // Rows of a table are no content of a div.
    let root = this.element(4, "flow");
    while (root.tag === "table") root = this.element(4, "flow");
    return { ...root, tag: "div", spread: -1, key: null };
  }

  element(depth: number, where: "flow" | "svg" | "text"): ElementExpr {
    const { random } = this;
    const flow = ["div", "section", "span", "em", "div", "span"];
    const odd = [
      "input",
      "button",
      "x-a",
      "textarea",
      "details",
      "svg",
      "table",
      "a",
      "ul",
      "noscript",
      "select",
    ];
    if (!this.parsed) odd.push("pre", "script", "title", "template", "p", "form");
    let tag = random.chance(22) && depth > 0 ? random.pick(odd) : random.pick(flow);
    if (where === "svg") tag = random.pick(["g", "path", "text", "foreignObject", "linearGradient"]);
    const expr: ElementExpr = {
      kind: "element",
      tag,
      attrs: this.attrs(tag),
      key: random.chance(8) ? random.pick<ElementExpr["key"]>(["k1", 7, this.slot()]) : null,
      spread: random.chance(5) ? this.slots++ : -1,
      children: [],
    };
    if (/^(input|path)$/.test(tag)) return expr;
    if (/^(textarea|script|title)$/.test(tag)) {
      expr.children = random.chance(70) ? [random.pick(["t", "1 < 2 && 3"])] : [];
    } else if (tag === "select") {
      expr.children = ["o", "p"].map((value) =>
        this.#plain("option", random.chance(50) ? [value] : [value, this.textSlot()], [{
          name: "value",
          value,
        }])
      );
    } else if (tag === "table") expr.children = [this.#plain("tbody", [this.rows("tr")])];
    else if (tag === "ul") expr.children = random.chance(80) ? [this.rows("li")] : [];
    else if (tag === "noscript") expr.children = ["n"];
    else if (/^(button|a)$/.test(tag)) {
      expr.children = random.chance(40) ? [this.textSlot()] : this.children(0, "flow");
    } else if (tag === "template") expr.children = [this.#plain("b", ["q"])];
    else if (tag === "details") {
      expr.children = [this.#plain("summary", ["s"]), ...this.children(depth - 1, "flow")];
    } else if (depth <= 0) expr.children = random.chance(70) ? [this.textSlot()] : [];
    else {
      const inside = tag === "svg" || where === "svg" && tag !== "foreignObject" ? "svg" : "flow";
      expr.children = this.children(depth - 1, inside);
    }
    return expr;
  }

  #plain(tag: string, children: ChildExpr[], attrs: AttrExpr[] = []): ElementExpr {
    return { kind: "element", tag, attrs, key: null, spread: -1, children };
  }

  attrs(tag: string): AttrExpr[] {
    const { random } = this;
    const names = [
      "title",
      "class",
      "style",
      "id",
      "data-x",
      "aria-label",
      "hidden",
      "inert",
      "tabindex",
      "onClick",
    ];
    if (tag === "input") names.push("value", "checked", "onInput");
    if (tag === "a") names.push("href", "href");
    const attrs: AttrExpr[] = [];
    for (let n = random.int(4); n > 0; n--) {
      const name = random.pick(names);
      if (attrs.some((attr) => attr.name === name)) continue;
      const isConstant = random.chance(35) && !/^on|style/.test(name);
      if (!isConstant) attrs.push({ name, value: this.slot() });
      else if (/^(hidden|inert|checked)$/.test(name)) attrs.push({ name, value: true });
      else attrs.push({ name, value: name === "tabindex" ? "3" : random.pick(["c", "x\"<&'y", "p q"]) });
    }
    return attrs;
  }

  children(depth: number, where: "flow" | "svg"): ChildExpr[] {
    const { random } = this;
    const children: ChildExpr[] = [];
    for (let n = random.int(5); n > 0; n--) {
      const last = children[children.length - 1];
      const what = random.int(100);
      if (what < 20) {
        if (typeof last !== "string") children.push(random.pick(TEXTS));
      } else if (what < 45) children.push(this.element(depth, where));
      else if (what < 50) children.push(null);
      else if (what < 58 && where === "flow") {
        children.push({ kind: "box", children: this.children(depth - 1, where) });
      } else if (what < 70) children.push(this.textSlot());
      else children.push(this.anySlot(depth, where));
    }
    return children;
  }

  textSlot(): SlotExpr {
    return { kind: "slot", ...this.slot(), nodes: [], row: null };
  }

  anySlot(depth: number, where: "flow" | "svg"): SlotExpr {
    const { random } = this;
    const nodes: SlotExpr["nodes"] = [];
    for (let n = random.int(3); n > 0; n--) {
      if (random.chance(75) || where === "svg") nodes.push(this.element(depth - 1, where));
      else if (random.chance(50)) nodes.push({ kind: "box", children: this.children(depth - 1, where) });
      else nodes.push({ kind: "list", children: [this.element(depth - 1, where), this.textSlot()] });
    }
    const row = random.chance(30) ? this.#row(this.element(depth - 1, where)) : null;
    return { kind: "slot", ...this.slot(), nodes, row };
  }

  rows(tag: string): SlotExpr {
    const row = tag === "li"
      ? { ...this.element(1, "flow"), tag, attrs: this.attrs(tag) }
      : this.#plain(tag, [
        this.#plain("td", [this.textSlot()]),
        this.#plain("td", [this.anySlot(1, "flow")]),
      ]);
    return { kind: "slot", ...this.slot(), nodes: [], row: this.#row(row) };
  }

  #row(element: ElementExpr): ElementExpr {
    return { ...element, key: this.slot(), spread: -1 };
  }
}

/** The values of a program at one time: what a slot has, below a row too. */
export class Values {
  readonly #seed: number;
  readonly #signals: readonly Signal<string>[];
  constructor(seed: number, signals: readonly Signal<string>[]) {
    this.#seed = seed;
    this.#signals = signals;
  }

  /** What decides the value of a slot; most slots keep theirs from one time to the next. */
  random(slot: number, row: string): Random {
    let hash = slot * 7919 + 17;
    for (let i = 0; i < row.length; i++) hash = hash * 31 + row.charCodeAt(i) | 0;
    const still = new Random(hash + (this.#seed >> 8) * 101);
    return still.chance(60) ? still : new Random(hash + this.#seed * 65537);
  }

  /** A key. */
  key(slot: number, row: string): string | number | null {
    return this.random(slot, row).pick(["k1", "k2", 3, null]);
  }

  /** The keys of a list. */
  keys(random: Random): number[] {
    const all = [1, 2, 3, 4, 5, 6];
    const keys: number[] = [];
    for (let n = random.int(6); n > 0; n--) {
      const [key] = all.splice(random.int(all.length), 1);
      keys.push(key);
    }
    return keys;
  }

  /** Text that may be bound. */
  text(random: Random): unknown {
    return random.chance(15)
      ? random.pick(this.#signals)
      : random.pick<unknown>([...VALUES, "x", "y", 0, 12, true, false, null, undefined]);
  }

  /** What an attribute has. */
  attr(name: string, slot: number, row: string): unknown {
    const random = this.random(slot, row);
    if (/^on/.test(name)) return random.pick([() => {}, (_: unknown) => {}, null, undefined, () => 1]);
    if (/^(hidden|inert|checked)$/.test(name)) return random.chance(50);
    // An empty class is there in a fresh rendering, and is not after its last token went.
    if (random.chance(12)) return name === "class" ? this.#signals[2] : random.pick(this.#signals);
    if (name === "class") {
      return random.pick<unknown>(["c", "c d", ["e", { f: random.chance(50) }], { g: true }, null, [
        this.#signals[0],
      ]]);
    }
    if (name === "style") {
      return random.pick<unknown>([null, "color:red", { color: random.pick(["red", "blue"]), top: "1px" }]);
    }
    if (name === "value") return random.pick(["", "v", "w"]);
    return random.pick<unknown>([...VALUES, "x", 3, null, undefined]);
  }
}

/** The signals of a program. */
export function makeSignals(): Signal<string>[] {
  return [signal("s0"), signal("s1"), signal("s2")];
}
