/**
 * Finding elements: by role and name, by text, by label, by selector. The same on a page and inside an element.
 *
 * `get…` wants exactly one and says what was near when there is none or several; `getAll…` gives all, at least one; `query…`
 * gives one or null. None of them sees what the framework adds to forms for itself.
 *
 * @module
 */
import { isDisabled, isOn } from "./controls.ts";
import type { DomNode } from "./dom_node.ts";
import { findError, type Query } from "./find_error.ts";
import type { ElementHandle } from "./handle.ts";
import { isUnseen, squeeze, toText } from "./html.ts";
import { isHidden, labelsOf, nameOf, roleOf } from "./roles.ts";
import { compileSelector } from "./selector.ts";

/** A text to look for: a string must be all of it (white space aside), a RegExp may match any part. */
export type TextMatch = string | RegExp;

/** What else an element must be, besides its role. */
export interface RoleOptions {
  /** Its accessible name. */
  name?: TextMatch;
  /** Whether it is checked. */
  checked?: boolean;
  /** Whether it is disabled. */
  disabled?: boolean;
  /** The level of a heading. */
  level?: number;
  /** Whether hidden elements count. Default false. */
  hidden?: boolean;
}

/** Whether a text is the wanted one. */
export function isMatch(text: string, wanted: TextMatch): boolean {
  return typeof wanted === "string" ? squeeze(text) === squeeze(wanted) : wanted.test(squeeze(text));
}

/** What can be searched. */
export abstract class Queries {
  /**
   * The nodes to search in.
   *
   * @ignore
   */
  protected abstract roots(): readonly DomNode[];
  /**
   * Makes the handle of an element; `again` finds it anew once it is gone, `what` names the search.
   *
   * @ignore
   */
  protected abstract handle(node: DomNode, again: () => DomNode | null, what: string): ElementHandle;

  /** The one element that a CSS selector matches. @throws {Error} When none or several match. */
  get(selector: string): ElementHandle {
    return this.#one(this.#bySelector(selector), this.get);
  }
  /** All elements that a CSS selector matches. @throws {Error} When there is none. */
  getAll(selector: string): ElementHandle[] {
    return this.#all(this.#bySelector(selector), this.getAll);
  }
  /** The one element that a CSS selector matches, or null. @throws {Error} When several match. */
  query(selector: string): ElementHandle | null {
    return this.#maybe(this.#bySelector(selector), this.query);
  }

  /** The one element of a role, such as "button", "link", "heading", "textbox". @throws {Error} When none or several match. */
  getByRole(role: string, options: RoleOptions = {}): ElementHandle {
    return this.#one(this.#byRole(role, options), this.getByRole);
  }
  /** All elements of a role. @throws {Error} When there is none. */
  getAllByRole(role: string, options: RoleOptions = {}): ElementHandle[] {
    return this.#all(this.#byRole(role, options), this.getAllByRole);
  }
  /** The one element of a role, or null. @throws {Error} When several match. */
  queryByRole(role: string, options: RoleOptions = {}): ElementHandle | null {
    return this.#maybe(this.#byRole(role, options), this.queryByRole);
  }

  /** The innermost element with this text. @throws {Error} When none or several match. */
  getByText(text: TextMatch): ElementHandle {
    return this.#one(this.#byText(text), this.getByText);
  }
  /** All innermost elements with this text. @throws {Error} When there is none. */
  getAllByText(text: TextMatch): ElementHandle[] {
    return this.#all(this.#byText(text), this.getAllByText);
  }
  /** The innermost element with this text, or null. @throws {Error} When several match. */
  queryByText(text: TextMatch): ElementHandle | null {
    return this.#maybe(this.#byText(text), this.queryByText);
  }

  /** The control with this label or aria-label. @throws {Error} When none or several match. */
  getByLabel(text: TextMatch): ElementHandle {
    return this.#one(this.#byLabel(text), this.getByLabel);
  }
  /** All controls with this label or aria-label. @throws {Error} When there is none. */
  getAllByLabel(text: TextMatch): ElementHandle[] {
    return this.#all(this.#byLabel(text), this.getAllByLabel);
  }
  /** The control with this label or aria-label, or null. @throws {Error} When several match. */
  queryByLabel(text: TextMatch): ElementHandle | null {
    return this.#maybe(this.#byLabel(text), this.queryByLabel);
  }

  #bySelector(selector: string): Query {
    return { kind: "selector", what: selector, test: compileSelector(selector) };
  }

  #byRole(role: string, options: RoleOptions): Query {
    const { name, checked, disabled, level, hidden = false } = options;
    const named = name === undefined ? "" : ` named ${name instanceof RegExp ? name : JSON.stringify(name)}`;
    return {
      kind: "role",
      what: `${role}${named}`,
      name,
      test: (node) =>
        roleOf(node) === role && (hidden || !isHidden(node)) &&
        (name === undefined || isMatch(nameOf(node), name)) &&
        (checked === undefined || isChecked(node) === checked) &&
        (disabled === undefined ||
          (isDisabled(node) || node.attr("aria-disabled") === "true") === disabled) &&
        (level === undefined || levelOf(node) === level),
    };
  }

  #byText(text: TextMatch): Query {
    const has = (node: DomNode) => node.closest(isUnseen) === null && isMatch(toText([node]), text);
    return {
      kind: "text",
      what: `text ${text instanceof RegExp ? text : JSON.stringify(text)}`,
      name: text,
      test: (node) => has(node) && !node.children.some((child) => child.isElement && has(child)),
    };
  }

  #byLabel(text: TextMatch): Query {
    return {
      kind: "label",
      what: `control labelled ${text instanceof RegExp ? text : JSON.stringify(text)}`,
      name: text,
      test: (node) =>
        node.closest(isUnseen) === null &&
        (labelsOf(node).some((label) => isMatch(toText([label]), text)) ||
          /^(input|select|textarea|button|meter|progress|output)$/.test(node.name) &&
            isMatch(nameOf(node), text) ||
          isMatch(node.attr("aria-label") ?? "\0", text)),
    };
  }

  #find({ test }: Query): DomNode[] {
    const found: DomNode[] = [];
    for (const root of this.roots()) for (const node of root.authored()) if (test(node)) found.push(node);
    return found;
  }

  #handle(node: DomNode, query: Query, at: number): ElementHandle {
    return this.handle(node, () => this.#find(query)[at] ?? null, query.what);
  }

  #one(query: Query, from: Search): ElementHandle {
    const found = this.#find(query);
    if (found.length !== 1) this.#fail(query, found, from);
    return this.#handle(found[0], query, 0);
  }

  #maybe(query: Query, from: Search): ElementHandle | null {
    const found = this.#find(query);
    if (found.length > 1) this.#fail(query, found, from);
    return found.length === 0 ? null : this.#handle(found[0], query, 0);
  }

  #all(query: Query, from: Search): ElementHandle[] {
    const found = this.#find(query);
    if (found.length === 0) this.#fail(query, found, from);
    return found.map((node, at) => this.#handle(node, query, at));
  }

  /** Throws an error whose stack begins where the test searched. */
  #fail(query: Query, found: readonly DomNode[], from: Search): never {
    const error = findError(query, found, this.roots());
    Error.captureStackTrace(error, from);
    throw error;
  }
}

/** A search, as a function. */
type Search = (...args: never[]) => unknown;

function isChecked(node: DomNode): boolean {
  const aria = node.attr("aria-checked");
  return aria === null ? isOn(node) : aria === "true";
}

function levelOf(node: DomNode): number {
  return Number(node.attr("aria-level") ?? /^h([1-6])$/.exec(node.name)?.[1] ?? 0);
}
