/**
 * CSS selectors, as many as tests need: types, `#id`, `.class`, attributes, the usual pseudo-classes, the four combinators
 * and lists.
 *
 * @module
 */
import { isDisabled, isOn } from "./controls.ts";
import { type DomNode, isAdded } from "./dom_node.ts";

type Test = (node: DomNode) => boolean;

interface Step {
  /** How it stands to the step before: " ", ">", "+" or "~"; "" for the first. */
  how: string;
  test: Test;
}

/** Whether an element matches a selector. @throws {SyntaxError} When it is none that this module knows. */
export function compileSelector(selector: string): Test {
  const alternatives = new Parser(selector).list("");
  return (node) => alternatives.some((test) => test(node));
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads selectors separated by commas, up to the character `until`. */
  list(until: string): Test[] {
    const tests = [this.#complex()];
    while (this.#take(/\s*,\s*/y)) tests.push(this.#complex());
    this.#take(/\s*/y);
    if (until !== "" && !this.#take(new RegExp(`\\${until}`, "y"))) this.#fail();
    if (until === "" && this.#at < this.#text.length) this.#fail();
    return tests;
  }

  #complex(): Test {
    this.#take(/\s*/y);
    const steps: Step[] = [{ how: "", test: this.#compound() }];
    while (true) {
      const how = this.#take(/\s*[>+~]\s*|\s+(?![,)\s]|$)/y);
      if (how === null) break;
      steps.push({ how: how[0].trim() || " ", test: this.#compound() });
    }
    return (node) => matches(node, steps, steps.length - 1);
  }

  #compound(): Test {
    const tests: Test[] = [];
    while (true) {
      const test = this.#simple(tests.length === 0);
      if (test === null) break;
      tests.push(test);
    }
    if (tests.length === 0) this.#fail();
    return (node) => tests.every((test) => test(node));
  }

  #simple(first: boolean): Test | null {
    let match: RegExpExecArray | null;
    if (first && this.#take(/\*/y)) return () => true;
    if (first && (match = this.#take(/[a-zA-Z][\w-]*/y)) !== null) {
      const name = match[0].toLowerCase();
      return (node) => node.name.toLowerCase() === name;
    }
    if ((match = this.#take(/#((?:[\w-]|[^\0-\x7f]|\\.)+)/y)) !== null) {
      const id = unescape(match[1]);
      return (node) => node.attr("id") === id;
    }
    if ((match = this.#take(/\.((?:[\w-]|[^\0-\x7f]|\\.)+)/y)) !== null) {
      const name = unescape(match[1]);
      return (node) => (node.attr("class") ?? "").split(/\s+/).includes(name);
    }
    if (this.#take(/\[\s*/y)) return this.#attribute();
    if ((match = this.#take(/:([a-z-]+)(\()?/y)) !== null) {
      return this.#pseudo(match[1], match[2] !== undefined);
    }
    return null;
  }

  #attribute(): Test {
    const match = this.#take(/([\w:-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\]\s]+))\s*)?\]/y) ??
      this.#fail();
    const [, name, how, a, b, c] = match;
    const wanted = a ?? b ?? c ?? "";
    return (node) => {
      const value = node.attr(name);
      if (value === null || how === undefined) return value !== null;
      switch (how[0]) {
        case "~":
          return value.split(/\s+/).includes(wanted);
        case "|":
          return value === wanted || value.startsWith(`${wanted}-`);
        case "^":
          return wanted !== "" && value.startsWith(wanted);
        case "$":
          return wanted !== "" && value.endsWith(wanted);
        case "*":
          return wanted !== "" && value.includes(wanted);
        default:
          return value === wanted;
      }
    };
  }

  #pseudo(name: string, hasArgument: boolean): Test {
    if (hasArgument) {
      if (name === "nth-child") {
        const [, n] = this.#take(/\s*(\d+|odd|even)\s*\)/y) ?? this.#fail();
        return (node) => {
          const at = siblings(node).indexOf(node) + 1;
          return n === "odd" ? at % 2 === 1 : n === "even" ? at % 2 === 0 : at === Number(n);
        };
      }
      const tests = this.list(")");
      if (name === "not") return (node) => !tests.some((test) => test(node));
      if (name === "is" || name === "where") return (node) => tests.some((test) => test(node));
      if (name === "has") {
        return (node) => [...node.authored()].some((at) => at !== node && tests.some((test) => test(at)));
      }
      return this.#fail();
    }
    return PSEUDO[name] ?? this.#fail();
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }

  #fail(): never {
    throw new SyntaxError(
      `Cannot read the selector ${JSON.stringify(this.#text)} at ${
        JSON.stringify(this.#text.slice(this.#at))
      }`,
    );
  }
}

const PSEUDO: Readonly<Record<string, Test>> = {
  checked: isOn,
  disabled: isDisabled,
  enabled: (node) => /^(button|input|select|textarea|option)$/.test(node.name) && !isDisabled(node),
  empty: (node) => node.children.every((child) => child.name === "#comment" || isAdded(child)),
  "first-child": (node) => siblings(node)[0] === node,
  "last-child": (node) => siblings(node).at(-1) === node,
  "only-child": (node) => siblings(node).length === 1,
};

function siblings(node: DomNode): DomNode[] {
  return node.parent?.children.filter((child) => child.isElement && !isAdded(child)) ?? [node];
}

function matches(node: DomNode, steps: readonly Step[], at: number): boolean {
  const { how, test } = steps[at];
  if (!test(node)) return false;
  switch (how) {
    case "":
      return true;
    case ">":
      return node.parent !== null && node.parent.isElement && matches(node.parent, steps, at - 1);
    case " ":
      for (const above of node.ancestors()) if (above.isElement && matches(above, steps, at - 1)) return true;
      return false;
    default: {
      const before = siblings(node).slice(0, siblings(node).indexOf(node));
      if (how === "+") return before.length > 0 && matches(before.at(-1)!, steps, at - 1);
      return before.some((sibling) => matches(sibling, steps, at - 1));
    }
  }
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}
