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
 * Falling through is going back: the code of what is more general stands behind what is more special. No value with an escape is
 * taken here: such a path goes to the tree itself (match.ts).
 *
 * @module
 */
import type { Leaf, RouteNode } from "./tree.ts";

/** What the text of a matcher needs around it. */
export interface MatcherSource {
  /** Functions; the first is `find(path: string): Found | null`. */
  readonly code: string;
}

/** The largest piece of one function, in characters: V8 optimises no huge ones. */
const MAX_PIECE = 6000;
const SLASH = 47;

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
    const body = this.#children(fixed.others, { at: { base: "", plus: 1 }, values: [] });
    const find = "function find(path: string): Found | null {\nconst n = path.length;\n" +
      `${
        this.#fixed(fixed.statics)
      }if (path.charCodeAt(0) !== ${SLASH}) return null;\n${body}return null;\n}`;
    return { code: [find, ...this.#pieces].join("\n\n") };
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

  /** A segment has ended at the place: the path ends there, or goes on behind a slash. */
  #end(node: RouteNode<T>, place: Place): string {
    const at = show(place.at);
    let code = node.leaf === null ? "" : `if (n === ${at}) ${this.#return(node.leaf, place.values)}`;
    if (node.statics.size > 0 || node.params.length > 0 || node.rest !== null) {
      const below = this.#children(node, { ...place, at: add(place.at, 1) });
      code += `if (path.charCodeAt(${at}) === ${SLASH}) {\n${this.#piece(below, place)}}\n`;
    }
    return code;
  }

  /** A segment begins at the place. */
  #children(node: RouteNode<T>, place: Place): string {
    let code = this.#statics([...node.statics], place);
    if (node.params.length > 0) {
      const end = this.#name("e");
      code += `const ${end} = segmentEnd(path, ${show(place.at)}, n);\nif (${end} > ${show(place.at)}) {\n`;
      for (const { type, node: below } of node.params) {
        const raw = `path.slice(${show(place.at)}, ${end})`;
        const value = type === "string" ? raw : this.#name("v");
        const inner = this.#end(below, { at: { base: end, plus: 0 }, values: [...place.values, value] });
        if (type === "string") code += inner;
        else if (type === "uuid") code += `const ${value} = ${raw};\nif (isUuid(${value})) {\n${inner}}\n`;
        else code += `const ${value} = readInt(${raw});\nif (${value} === ${value}) {\n${inner}}\n`;
      }
      code += "}\n";
    }
    if (node.rest !== null) {
      const rest = `path.slice(${show(place.at)})`;
      code += `if (n > ${show(place.at)} && !path.includes("%", ${show(place.at)})) ${
        this.#return(node.rest, [...place.values, rest])
      }`;
    }
    return code;
  }

  /** Static segments, by the longest beginnings that they share. */
  #statics(children: readonly [text: string, node: RouteNode<T>][], place: Place): string {
    const ended = children.find(([text]) => text === "");
    let code = ended === undefined ? "" : this.#end(ended[1], place);
    const groups = new Map<number, [string, RouteNode<T>][]>();
    for (const child of children) {
      if (child[0] === "") continue;
      const first = child[0].charCodeAt(0);
      groups.set(first, [...groups.get(first) ?? [], child]);
    }
    const many = groups.size > 2;
    if (many) code += `switch (path.charCodeAt(${show(place.at)})) {\n`;
    for (const [first, group] of groups) {
      const shared = sharedStart(group.map(([text]) => text));
      const next = { ...place, at: add(place.at, shared.length) };
      const inner = this.#statics(group.map(([text, node]) => [text.slice(shared.length), node]), next);
      const body = this.#piece(inner, place);
      const rest = many ? shared.slice(1) : shared;
      const from = show(many ? add(place.at, 1) : place.at);
      if (many) code += `case ${first}: {\n`;
      code += rest === "" ? body : `if (${startsWith(rest, from)}) {\n${body}}\n`;
      if (many) code += "break;\n}\n";
    }
    return many ? `${code}}\n` : code;
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

/** Short texts are compared by their codes, which costs no call. */
function startsWith(text: string, from: string): string {
  if (text.length > 12) return `path.startsWith(${JSON.stringify(text)}, ${from})`;
  return [...Array(text.length).keys()]
    .map((i) => `path.charCodeAt(${i === 0 ? from : `${from} + ${i}`}) === ${text.charCodeAt(i)}`)
    .join(" && ");
}

/** Where texts of one length differ most. */
function tellingIndex(texts: readonly string[]): number {
  const counts = [...texts[0]].map((_, i) => new Set(texts.map((text) => text.charCodeAt(i))).size);
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
