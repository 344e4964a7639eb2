/**
 * Finds calls in the text of a module, by its tokens: what is declared by which call, with which arguments.
 *
 *     const count = signal(0);      { callee: "signal", name: "count", args: [[22, 23]], … }
 *
 * It reads what Deno made of a module: JavaScript without types and JSX. It is a reader of brackets, strings, templates,
 * comments and regular expressions, no parser; where brackets do not match it gives up and finds nothing.
 *
 * @module
 */

/** A call whose value is given a name. */
export interface NamedCall {
  /** What is called: `signal`, or `vango.signal`. */
  readonly callee: string;
  /** What its value is called: a variable, a property, or "default". */
  readonly name: string;
  /** Whether it is a declaration of the module itself, outside any function and block. */
  readonly top: boolean;
  /** Where the callee begins. */
  readonly start: number;
  /** Where the call ends: behind its parenthesis. */
  readonly end: number;
  /** Where its arguments are: pairs of start and end, without the white space around them. */
  readonly args: readonly (readonly [number, number])[];
}

interface Token {
  /** A word, a bracket, an operator's character; "a" for a string, template, number or regular expression. */
  text: string;
  start: number;
  end: number;
}

interface Open {
  bracket: string;
  /** The call that it opens, if its value has a name. */
  call: { callee: string; name: string; top: boolean; start: number; args: [number, number][] } | null;
  /** The first and the newest token inside since the last comma. */
  first: Token | null;
  last: Token | null;
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\d[\w.]*/y;
const SPACE = /\s+/y;
const BEFORE_REGEX = new Set([
  ..."([{,;=:?!&|+-*%~^<>",
  ...[
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "do",
    "else",
    "yield",
    "await",
  ],
]);
const CLOSING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Every call in a module that is the whole value of a declaration, a property or the default export. */
export function namedCalls(source: string, wanted: ReadonlySet<string>): NamedCall[] {
  const found: NamedCall[] = [];
  const stack: Open[] = [];
  /** The newest tokens, the newest last. */
  const recent: Token[] = [];
  let i = 0;

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = i;
    return pattern.exec(source)?.[0] ?? null;
  };
  const push = (text: string, start: number, end: number): void => {
    const token = { text, start, end };
    const open = stack.at(-1);
    if (open !== undefined) {
      open.first ??= token;
      open.last = token;
    }
    recent.push(token);
    if (recent.length > 8) recent.shift();
  };

  while (i < source.length) {
    const space = match(SPACE);
    if (space !== null) {
      i += space.length;
      continue;
    }
    const char = source[i];
    const start = i;
    if (char === "/" && (source[i + 1] === "/" || source[i + 1] === "*")) {
      const line = source[i + 1] === "/";
      const end = source.indexOf(line ? "\n" : "*/", i + 2);
      if (end < 0) break;
      i = end + (line ? 1 : 2);
      continue;
    }
    if (char === '"' || char === "'") {
      i = skipString(source, i);
      push("a", start, i);
      continue;
    }
    if (char === "`" || char === "}" && stack.at(-1)?.bracket === "`") {
      if (char === "}") stack.pop();
      i = skipTemplate(source, i + 1);
      if (source[i - 1] === "{") stack.push({ bracket: "`", call: null, first: null, last: null });
      push("a", start, i);
      continue;
    }
    const word = match(WORD);
    if (word !== null) {
      i += word.length;
      push(word, start, i);
      continue;
    }
    const number = match(NUMBER);
    if (number !== null) {
      i += number.length;
      push("a", start, i);
      continue;
    }
    if (char === "/" && (recent.length === 0 || BEFORE_REGEX.has(recent[recent.length - 1].text))) {
      i = skipRegex(source, i);
      push("a", start, i);
      continue;
    }
    i++;
    if (char === "(" || char === "[" || char === "{") {
      const call = char === "(" ? callOf(recent, stack, wanted) : null;
      push(char, start, i);
      stack.push({ bracket: char, call, first: null, last: null });
    } else if (char in CLOSING) {
      const open = stack.pop();
      if (open?.bracket !== CLOSING[char]) return [];
      if (open.call !== null) {
        if (open.first !== null) open.call.args.push([open.first.start, open.last!.end]);
        found.push({ ...open.call, end: i });
      }
      push(char, start, i);
    } else {
      const open = stack.at(-1);
      if (char === "," && open?.call && open.first !== null) {
        open.call.args.push([open.first.start, open.last!.end]);
        open.first = open.last = null;
        recent.push({ text: char, start, end: i });
      } else push(char, start, i);
    }
  }
  return stack.length === 0 ? found.sort((a, b) => a.start - b.start) : [];
}

/** The call that a parenthesis after these tokens begins, if it is wanted and its value has a name. */
function callOf(recent: readonly Token[], stack: readonly Open[], wanted: ReadonlySet<string>): Open["call"] {
  let at = recent.length - 1;
  if (at < 0) return null;
  let callee = recent[at].text;
  if (recent[at - 1]?.text === "." && recent[at - 2] !== undefined) {
    callee = `${recent[at - 2].text}.${callee}`;
    at -= 2;
  }
  if (!wanted.has(callee)) return null;
  const start = recent[at].start;
  const text = (back: number) => recent[at - back]?.text;
  const call = (name: string, top: boolean) => ({ callee, name, top, start, args: [] });
  if (text(1) === "default" && text(2) === "export") return call("default", true);
  const name = text(2);
  if (name === undefined || !/^[\p{ID_Start}$_]/u.test(name)) return null;
  const before = text(3);
  if (text(1) === "=") {
    const declares = before === "const" || before === "let" || before === "var" || before === ",";
    return call(name, declares && stack.length === 0);
  }
  return text(1) === ":" && (before === "{" || before === ",") ? call(name, false) : null;
}

function skipString(source: string, i: number): number {
  const quote = source[i++];
  while (i < source.length && source[i] !== quote) i += source[i] === "\\" ? 2 : 1;
  return i + 1;
}

/** To behind the end of a template, or behind the `${` that interrupts it. */
function skipTemplate(source: string, i: number): number {
  while (i < source.length) {
    if (source[i] === "\\") i += 2;
    else if (source[i] === "`") return i + 1;
    else if (source[i] === "$" && source[i + 1] === "{") return i + 2;
    else i++;
  }
  return i;
}

function skipRegex(source: string, i: number): number {
  let inClass = false;
  for (i++; i < source.length; i++) {
    const char = source[i];
    if (char === "\\") i++;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) break;
    else if (char === "\n") return i;
  }
  while (/[a-z]/i.test(source[i + 1] ?? "")) i++;
  return i + 1;
}
