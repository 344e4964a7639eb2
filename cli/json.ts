/**
 * JSON with the place of everything in it, so that what is wrong with a value can be shown where it stands. Comments and commas
 * after the last item are allowed, as in deno.json.
 *
 * @module
 */

/** A value, and where it begins. */
export interface JsonNode {
  /** As JSON.parse() would give it. */
  readonly value: unknown;
  /** The index of its first character. */
  readonly at: number;
  /** Of an object: its members, each with the index of its name. */
  readonly members?: ReadonlyMap<string, { readonly nameAt: number; readonly node: JsonNode }>;
}

/** What is wrong, and where. */
export class JsonSyntaxError extends SyntaxError {
  /** The index of the character at which nothing else could stand. */
  readonly at: number;

  /** Makes the error. */
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const MAX_DEPTH = 64;

/**
 * Reads JSON.
 *
 * @throws {JsonSyntaxError} When it is none, holds a name twice, or is nested more than 64 deep.
 */
export function parseJson(text: string): JsonNode {
  const reader = new Reader(text);
  const node = reader.value(0);
  reader.end();
  return node;
}

/** The line and the column of an index, both from 1. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - (before.lastIndexOf("\n") + 1) + 1 };
}

class Reader {
  #at = 0;

  constructor(readonly text: string) {
    // A byte order mark is not part of the text.
    if (text.startsWith("\ufeff")) this.#at = 1;
  }

  value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) this.#fail(`nested more than ${MAX_DEPTH} deep`);
    this.#space();
    const at = this.#at;
    const first = this.text[at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    if (first === '"') return { value: this.#string(), at };
    const word = /[\w.+-]*/y;
    word.lastIndex = at;
    const found = word.exec(this.text)?.[0] ?? "";
    const words: Record<string, unknown> = { true: true, false: false, null: null };
    if (Object.hasOwn(words, found)) {
      this.#at += found.length;
      return { value: words[found], at };
    }
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(found)) {
      this.#at += found.length;
      return { value: Number(found), at };
    }
    if (found !== "") this.#fail(`expected a value, got ${found}; texts stand in double quotes`);
    return this.#fail(`expected a value, got ${this.#here()}`);
  }

  /** Nothing may follow. */
  end(): void {
    this.#space();
    if (this.#at < this.text.length) this.#fail(`expected the end, got ${this.#here()}`);
  }

  #object(depth: number): JsonNode {
    const at = this.#at++;
    const members = new Map<string, { nameAt: number; node: JsonNode }>();
    for (this.#space(); this.text[this.#at] !== "}"; this.#space()) {
      const nameAt = this.#at;
      if (this.text[nameAt] !== '"') this.#fail(`expected a name in double quotes, got ${this.#here()}`);
      const name = this.#string();
      if (members.has(name)) this.#fail(`the name "${name}" is there twice`, nameAt);
      this.#space();
      if (this.text[this.#at] !== ":") this.#fail(`expected ":" after "${name}", got ${this.#here()}`);
      this.#at++;
      members.set(name, { nameAt, node: this.value(depth + 1) });
      this.#separator("}");
    }
    this.#at++;
    const entries = [...members].map(([name, { node }]) => [name, node.value] as const);
    return { value: Object.fromEntries(entries), at, members };
  }

  #array(depth: number): JsonNode {
    const at = this.#at++;
    const items: unknown[] = [];
    for (this.#space(); this.text[this.#at] !== "]"; this.#space()) {
      items.push(this.value(depth + 1).value);
      this.#separator("]");
    }
    this.#at++;
    return { value: items, at };
  }

  #separator(end: string): void {
    const after = this.#at;
    this.#space();
    if (this.text[this.#at] === ",") this.#at++;
    else if (this.text[this.#at] !== end) {
      // Where something follows, the comma is missing before it; where nothing does, the bracket is.
      if (this.#at < this.text.length) this.#fail(`expected a comma before ${this.#here()}`);
      this.#fail(`expected "${end}", got the end of the file`, after);
    }
  }

  #string(): string {
    const at = this.#at;
    const body = /"(?:[^"\\\n\r]|\\.)*"/y;
    body.lastIndex = at;
    const found = body.exec(this.text)?.[0];
    if (found === undefined) return this.#fail("the text has no closing quote", at);
    this.#at += found.length;
    try {
      return JSON.parse(found);
    } catch {
      return this.#fail("the text holds an escape or a control character that JSON has not", at);
    }
  }

  /** Skips white space and comments. */
  #space(): void {
    const space = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    space.lastIndex = this.#at;
    this.#at += space.exec(this.text)?.[0].length ?? 0;
  }

  #here(): string {
    const here = this.text[this.#at];
    return here === undefined ? "the end of the file" : `"${here}"`;
  }

  #fail(message: string, at = this.#at): never {
    throw new JsonSyntaxError(message, at);
  }
}
