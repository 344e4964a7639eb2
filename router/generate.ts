/**
 * Writes the source of a matcher: a radix tree as code, since `new Function` is not allowed everywhere and static imports need a
 * file of their own anyway.
 *
 * Routes without params come first: they win wherever they match. They are told apart by their length and one character, then
 * compared whole. The others are a tree of what they share:
 *
 *     /users/:id:int  /users/:id/posts          "users/" ─ e1: the end of the segment ─ int? ─ end? •
 *                                                                                     └ "/posts" ─ end? •
 *
 * Falling through is going back: the code of what is more general stands behind what is more special.
 *
 * @module
 */
import type { Leaf, RouteNode } from "./tree.ts";

/** What the text of a matcher needs around it. */
export interface MatcherSource {
  /**
   * Functions; the first is `find(path: string): Found | null`. They want `isUuid`, `readInt`, `decodeParams` and `withoutEscapes` of
   * params.ts around them, and `escaped`, which finds in the tree.
   */
  readonly code: string;
}

/** The largest piece of one function, in characters: V8 optimises no huge ones. */
const MAX_PIECE = 6000;

/** Where no route has a character that could be an escape, a path is found as it stands, and its values are decoded. */
const FIND_AS_IT_STANDS = `function find(path: string): Found | null {
const found = fixed(path);
if (found !== null) return found;
const match = search(path);
return match === null || !path.includes("%") || decodeParams(match.params) ? match : escaped(path);
}`;

/** Else a path without escapes is found as it is; one that hides a slash by an escape only in the tree. */
const FIND_DECODED = `function find(path: string): Found | null {
const found = fixed(path);
if (found !== null) return found;
if (!path.includes("%")) return search(path);
const plain = withoutEscapes(path);
return plain === null ? escaped(path) : fixed(plain) ?? search(plain);
}`;

/** Whether a canonical path has the names of all routes as they are: of characters that are never escaped (RFC 3986, 2.3). */
function isUnreserved<T>({ statics, params }: RouteNode<T>): boolean {
  for (const [text, child] of statics) if (!/^[\w.~-]*$/.test(text) || !isUnreserved(child)) return false;
  return params.every(({ node }) => isUnreserved(node));
}

/** What is known at a place of the code. */
interface Place {
  /** The expression of an index into the path. */
  readonly at: At;
  /** The values so far, as expressions, in the order of the names. */
  readonly values: readonly string[];
}

/** An index: a variable, or none, and a number. */
interface At {
  readonly base: string;
  readonly plus: number;
}

const show = ({ base, plus }: At): string =>
  base === "" ? String(plus) : plus === 0 ? base : `${base} + ${plus}`;
const add = ({ base, plus }: At, n: number): At => ({ base, plus: plus + n });

/**
 * The source of a matcher of a tree of routes.
 *
 * @param found Writes what a match gives: the leaf, and its params as pairs of [name, expression].
 */
export function generateMatcher<T>(
  tree: RouteNode<T>,
  found: (leaf: Leaf<T>, params: string) => string,
): MatcherSource {
  return new Generator(found).run(tree);
}

class Generator<T> {
  readonly #found: (leaf: Leaf<T>, params: string) => string;
  readonly #pieces: string[] = [];
  #names = 0;

  constructor(found: (leaf: Leaf<T>, params: string) => string) {
    this.#found = found;
  }

  run(tree: RouteNode<T>): MatcherSource {
    const fixed = takeStatics(tree);
    const find = isUnreserved(tree) ? FIND_AS_IT_STANDS : FIND_DECODED;
    const body = this.#texts(entriesOf(fixed.others, "/"), { at: { base: "", plus: 0 }, values: [] });
    return {
      code: [find, fn("fixed", this.#fixed(fixed.statics)), fn("search", body), ...this.#pieces].join("\n\n"),
    };
  }

  /** Routes without params, by the length of their paths, then by the characters that tell most of them apart. */
  #fixed(leaves: readonly Leaf<T>[]): string {
    const byLength = Map.groupBy(leaves, ({ pattern }) => pattern.text.length);
    const cases = [...byLength].sort(([a], [b]) => a - b).map(([length, group]) =>
      `case ${length}: {\n${this.#apart(group)}break;\n}\n`
    );
    return cases.length === 0 ? "" : `switch (n) {\n${cases.join("")}}\n`;
  }

  #apart(leaves: readonly Leaf<T>[]): string {
    if (leaves.length <= 2) {
      return leaves.map((leaf) =>
        `if (path === ${JSON.stringify(leaf.pattern.text)}) ${this.#return(leaf, [])}`
      ).join("");
    }
    const at = tellingIndex(leaves.map(({ pattern }) => pattern.text));
    const cases = [...Map.groupBy(leaves, ({ pattern }) => pattern.text.charCodeAt(at))].map((
      [code, group],
    ) => `case ${code}: {\n${this.#apart(group)}break;\n}\n`);
    return this.#piece(`switch (path.charCodeAt(${at})) {\n${cases.join("")}}\n`, {
      at: { base: "", plus: 0 },
      values: [],
    });
  }

  /** What may follow: texts up to where something ends or varies, the longest first, told apart by single characters. */
  #texts(entries: readonly Entry<T>[], place: Place): string {
    if (entries.length === 0) return "";
    const shared = sharedStart(entries.map(({ text }) => text));
    const here = entries.filter(({ text }) => text.length === shared.length);
    const next = { base: place.at.base, plus: place.at.plus + shared.length };
    const groups = Map.groupBy(
      entries.filter(({ text }) => text.length > shared.length),
      ({ text }) => text.charCodeAt(shared.length),
    );
    const cases = [...groups].map(([code, group]) =>
      [code, this.#piece(this.#texts(group, place), place)] as const
    );
    let code = "";
    if (cases.length > 2) {
      const all = cases.map(([code, body]) => `case ${code}: {\n${body}break;\n}\n`).join("");
      code = `if (n > ${show(next)}) switch (path.charCodeAt(${show(next)})) {\n${all}}\n`;
    } else if (here.length > 0 || cases.length > 1) {
      for (const [char, body] of cases) {
        code += `if (n > ${show(next)} && path.charCodeAt(${show(next)}) === ${char}) {\n${body}}\n`;
      }
    } else code = cases.map(([, body]) => body).join("");
    for (const { text, leaf, node } of here) {
      const is = matches(text, place.at);
      if (leaf !== null) {
        code += `if (${[`n === ${show(next)}`, ...is].join(" && ")}) ${this.#return(leaf, place.values)}`;
      } else {
        const body = this.#varying(node, { ...place, at: next });
        code += `if (${[`n > ${show(next)}`, ...is].join(" && ")}) {\n${this.#piece(body, place)}}\n`;
      }
    }
    return code;
  }

  /** A param or all the rest begins at the place, which is in the path. */
  #varying(node: RouteNode<T>, place: Place): string {
    const at = show(place.at);
    let code = "";
    if (node.params.length > 0) {
      const end = this.#name("e");
      code += `let ${end} = path.indexOf("/", ${at});\nif (${end} < 0) ${end} = n;\nif (${end} > ${at}) {\n`;
      for (const { type, node: below } of node.params) {
        const raw = `path.slice(${at}, ${end})`;
        const value = type === "string" ? raw : this.#name("v");
        const next = { at: { base: end, plus: 0 }, values: [...place.values, value] };
        const leaf = below.leaf === null ? "" : `if (n === ${end}) ${this.#return(below.leaf, next.values)}`;
        const inner = leaf + this.#texts(entriesOf(below, "/"), next);
        if (type === "string") code += inner;
        else if (type === "uuid") code += `const ${value} = ${raw};\nif (isUuid(${value})) {\n${inner}}\n`;
        else code += `const ${value} = readInt(${raw});\nif (${value} === ${value}) {\n${inner}}\n`;
      }
      code += "}\n";
    }
    if (node.rest !== null) {
      code += `${this.#return(node.rest, [...place.values, `path.slice(${at})`])}`;
    }
    return code;
  }

  /** Code in a function of its own, when it is large. */
  #piece(code: string, { at, values }: Place): string {
    if (code.length < MAX_PIECE) return code;
    const name = this.#name("part");
    // Values are expressions of the path and of variables: the variables are handed on.
    const used = new Set([at.base, ...values.flatMap((value) => value.match(/\b[ev]\d+\b/g) ?? [])]);
    used.delete("");
    const args = [...used];
    const params = args.map((arg) => `, ${arg}: ${arg[0] === "e" ? "number" : "string | number"}`).join("");
    this.#pieces.push(
      `function ${name}(path: string, n: number${params}): Found | null {\n${code}return null;\n}`,
    );
    const result = this.#name("r");
    return `const ${result} = ${name}(path, n${args.map((arg) => `, ${arg}`).join("")});\n` +
      `if (${result} !== null) return ${result};\n`;
  }

  #return(leaf: Leaf<T>, values: readonly string[]): string {
    const params = leaf.names.map((name, i) => `${name}: ${values[i]}`).join(", ");
    return `return ${this.#found(leaf, params === "" ? "{}" : `{ ${params} }`)};\n`;
  }

  #name(kind: string): string {
    return `${kind}${++this.#names}`;
  }
}

function fn(name: string, body: string): string {
  return `function ${name}(path: string): Found | null {\nconst n = path.length;\n${body}return null;\n}`;
}

/** A text that leads from one place to another: to the end of a route, or to where something varies. */
interface Entry<T> {
  readonly text: string;
  readonly leaf: Leaf<T> | null;
  readonly node: RouteNode<T>;
}

/** The texts that lead on from where a segment begins; `before` stands before each of them. */
function entriesOf<T>(node: RouteNode<T>, before: string): Entry<T>[] {
  const entries: Entry<T>[] = [];
  if (node.params.length > 0 || node.rest !== null) entries.push({ text: before, leaf: null, node });
  for (const [text, child] of node.statics) {
    if (child.leaf !== null) entries.push({ text: before + text, leaf: child.leaf, node: child });
    entries.push(...entriesOf(child, `${before}${text}/`));
  }
  return entries;
}

/**
 * Conditions under which a text is at a place. Few characters are compared by their codes; more by a slice: in a path that was cut
 * out of a URL, which V8 keeps as a reference to it, each code takes a detour, and a slice takes one.
 */
function matches(text: string, at: At): string[] {
  if (text.length > 4) {
    return [`path.slice(${show(at)}, ${show(add(at, text.length))}) === ${JSON.stringify(text)}`];
  }
  return Array.from(
    { length: text.length },
    (_, i) => `path.charCodeAt(${show(add(at, i))}) === ${text.charCodeAt(i)}`,
  );
}

/** Where texts of one length differ most. */
function tellingIndex(texts: readonly string[]): number {
  const counts = Array.from(
    { length: texts[0].length },
    (_, i) => new Set(texts.map((text) => text.charCodeAt(i))).size,
  );
  return counts.indexOf(Math.max(...counts));
}

/** Takes a tree apart: the routes without params, and a tree of the others. */
function takeStatics<T>(tree: RouteNode<T>): { statics: Leaf<T>[]; others: RouteNode<T> } {
  const statics: Leaf<T>[] = [];
  const copy = (node: RouteNode<T>): RouteNode<T> => {
    if (node.leaf !== null) statics.push(node.leaf);
    const below = [...node.statics].map(([text, child]) => [text, copy(child)] as const);
    return { ...node, leaf: null, statics: new Map(below.filter(([, child]) => !isEmpty(child))) };
  };
  return { others: copy(tree), statics };
}

function isEmpty<T>({ leaf, statics, params, rest }: RouteNode<T>): boolean {
  return leaf === null && statics.size === 0 && params.length === 0 && rest === null;
}

function sharedStart(texts: readonly string[]): string {
  let length = texts[0].length;
  for (const text of texts) {
    let i = 0;
    while (i < length && text[i] === texts[0][i]) i++;
    length = i;
  }
  return texts[0].slice(0, length);
}
