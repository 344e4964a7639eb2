/**
 * What element functions leave to be said: fragments, conditions, choices, keyed lists, text and trusted markup.
 *
 * The conditional helpers are lazy: they call one branch and never the other. Where they take a value they take a signal
 * too, and read it, which subscribes the view that calls them.
 *
 * @module
 */

import { coded } from "./coded.ts";
import {
  type Child,
  cloneNode,
  describe,
  fragment,
  isProps,
  isSignal,
  isVNode,
  type Key,
  Kind,
  type SignalLike,
  VNode,
} from "./node.ts";

export type { HandlerOptions } from "./attrs.ts";
export { Handler, isHandler, on, type OnOptions, type Optimistic } from "./handler.ts";

/** What is not there: what the first branch of {@linkcode when} is not called for. */
export type Falsy = false | null | undefined | 0 | 0n | "";

/** The props of {@linkcode Fragment}. */
export interface FragmentProps {
  /** The identity of the whole list among its siblings. */
  key?: Key | null;
  /** The children, as JSX passes them. */
  children?: Child;
}

/** A list without an element of its own; with props it can have a key. */
export function Fragment(props: FragmentProps, ...children: Child[]): VNode;
/** A list without an element of its own. */
export function Fragment(...children: Child[]): VNode;
export function Fragment(...args: unknown[]): VNode {
  const first = args[0];
  if (!isProps(first)) return fragment(args, null);
  const { key, children } = first as FragmentProps;
  if (key !== undefined && key !== null) checkKey(key);
  if (args.length > 1) return fragment(args.slice(1), key ?? null);
  return fragment(children === undefined ? [] : Array.isArray(children) ? children : [children], key ?? null);
}

/**
 * Text of several parts, as a template literal or as arguments. A signal among them is bound: it changes in place.
 *
 * @example
 * ```ts
 * import { signal } from "@vango/core";
 * import { text } from "@vango/core";
 *
 * const count = signal(0);
 * text`You have ${count} messages`;
 * text("Count: ", count);
 * ```
 */
export function text(strings: TemplateStringsArray, ...values: TextPart[]): VNode;
/** Text of several parts. */
export function text(...parts: TextPart[]): VNode;
export function text(...args: unknown[]): VNode {
  const [first, ...values] = args;
  const parts = isTemplate(first) ? first.flatMap((s, i) => i < values.length ? [s, values[i]] : [s]) : args;
  for (const part of parts) {
    if (typeof part === "object" && part !== null && !isSignal(part)) {
      throw coded(
        "E040",
        new TypeError(`Cannot render ${describe(part)} as text: pass strings, numbers and signals`),
      );
    }
  }
  return fragment(parts, null);
}

/** A part of {@linkcode text}. */
export type TextPart =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | SignalLike<string | number | bigint | boolean | null | undefined>;

function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && Array.isArray((value as unknown as TemplateStringsArray).raw);
}

function read<T>(value: T | SignalLike<T>): T {
  return isSignal(value) ? value.value as T : value as T;
}

/**
 * Renders `then` when a value is truthy, else `otherwise`. The branch gets the value, narrowed.
 *
 * @example
 * ```ts
 * import { when } from "@vango/core";
 * import { a, p } from "@vango/core/elements";
 *
 * const user = Math.random() < 0.5 ? { name: "Ada" } : null;
 * when(user, (u) => p("Hello ", u.name), () => a({ href: "/login" }, "Log in"));
 * ```
 */
export function when<T>(
  value: T | SignalLike<T>,
  then: (value: Exclude<T, Falsy>) => Child,
  otherwise?: () => Child,
): Child {
  const now = read(value);
  if (now) return then(now as Exclude<T, Falsy>);
  // Not undefined, which a view returns that forgot to return.
  return otherwise === undefined ? null : otherwise();
}

/** Renders `then` when a value is falsy. */
export function unless(value: unknown, then: () => Child): Child {
  return read(value) ? null : then();
}

/**
 * Renders the branch of a value. Without a fallback every value of the type must have a branch.
 *
 * @example
 * ```ts
 * import { match } from "@vango/core";
 * import { p } from "@vango/core/elements";
 *
 * const state = "ready" as "loading" | "ready" | "failed";
 * match(state, {
 *   loading: () => p("…"),
 *   ready: () => p("Here you are"),
 *   failed: () => p("Something went wrong"),
 * });
 * match(state, { loading: () => p("…") }, (other) => p(other));
 * ```
 *
 * @throws {RangeError} When there is neither a branch for the value nor a fallback.
 */
export function match<T extends string | number>(
  value: T | SignalLike<T>,
  branches: { readonly [K in T]: () => Child },
): Child;
/** Renders the branch of a value, or the fallback. */
export function match<T extends string | number>(
  value: T | SignalLike<T>,
  branches: { readonly [K in T]?: () => Child },
  otherwise: (value: T) => Child,
): Child;
export function match<T extends string | number>(
  value: T | SignalLike<T>,
  branches: { readonly [K in T]?: () => Child },
  otherwise?: (value: T) => Child,
): Child {
  const now = read(value);
  const branch = Object.hasOwn(branches, now) ? branches[now] : undefined;
  if (branch !== undefined) return branch();
  if (otherwise !== undefined) return otherwise(now);
  throw coded(
    "E053",
    new RangeError(
      `Cannot match ${JSON.stringify(now)}: there are branches for ${
        Object.keys(branches).join(", ")
      } and no fallback`,
    ),
  );
}

/**
 * A list whose items keep their nodes, state and focus when the list is reordered. `render` is called for every item;
 * keys are unique in the list.
 *
 * @example
 * ```ts
 * import { each } from "@vango/core";
 * import { li, ul } from "@vango/core/elements";
 *
 * const todos = [{ id: 7, title: "Water the plants" }];
 * ul(each(todos, (todo) => todo.id, (todo) => li(todo.title)));
 * ```
 *
 * @param items The items, or a signal of them.
 * @param keyOf The key of an item: a string or a number.
 * @param render Renders an item. Its key takes the place of one that the node has.
 * @throws {TypeError} When a key is neither a string nor a number.
 */
export function each<T>(
  items: Iterable<T> | SignalLike<Iterable<T>>,
  keyOf: (item: T, index: number) => Key,
  render: (item: T, index: number) => Child,
): VNode {
  const nodes: VNode[] = [];
  let index = 0;
  for (const item of read(items)) {
    const key = keyOf(item, index);
    checkKey(key);
    nodes.push(withKey(render(item, index), key));
    index++;
  }
  return fragment(nodes, null);
}

/** A child as a node with a key: its own node, or a copy where that stands somewhere or has another key already. */
export function withKey(child: Child, key: Key): VNode {
  if (!isVNode(child)) return fragment([child], key);
  if (child.kind === Kind.Text) return fragment([child], key);
  const isFree = child.slot === -1 && child.num === 0 && (child.key === null || child.key === key);
  const node = isFree ? child : cloneNode(child);
  node.key = key;
  return node;
}

function checkKey(key: unknown): asserts key is Key {
  if (typeof key === "string" || typeof key === "number") return;
  throw coded("E041", new TypeError(`Cannot use ${describe(key)} as a key: pass a string or a number`));
}

/** The brand of trusted markup; two copies of this package share it, and JSON cannot make it. */
const TRUSTED: symbol = Symbol.for("vango.trusted-html");

/** Markup that was declared safe by {@linkcode trustHtml}, which alone makes it. */
export interface TrustedHtml {
  /** What sets its type apart; the true brand is a symbol, which `raw()` checks. */
  readonly brand: "trusted-html";
  /** The markup. */
  readonly html: string;
}

/**
 * Declares that markup is safe. Pass what you wrote or a sanitiser made; never what a user typed.
 *
 * @throws {TypeError} When it is not a string.
 */
export function trustHtml(html: string): TrustedHtml {
  if (typeof html !== "string") {
    throw coded("E052", new TypeError(`Cannot trust ${describe(html)} as HTML: pass a string`));
  }
  return Object.freeze({ [TRUSTED]: true, brand: "trusted-html", html });
}

/**
 * Renders trusted markup as it stands. Its nodes are the browser's: they are never patched, but replaced as a whole.
 *
 * @example
 * ```ts
 * import { raw, trustHtml } from "@vango/core";
 *
 * raw(trustHtml("<b>bold</b>"));
 * ```
 *
 * @throws {TypeError} When it is not made by `trustHtml()`, or holds the comment that ends raw markup in a page.
 */
export function raw(trusted: TrustedHtml): VNode {
  if (typeof trusted !== "object" || trusted === null || !(TRUSTED in trusted)) {
    throw coded(
      "E052",
      new TypeError(`Cannot render ${describe(trusted)} as raw HTML: pass what trustHtml() made of it`),
    );
  }
  // Each of these is the comment "/r" to a parser: <!--/r--> <!--/r--!> and the bogus <!/r> <//r>
  if (/<!--\/r--!?>|<!\/r>|<\/\/r>/.test(trusted.html)) {
    throw coded(
      "E052",
      new TypeError(`Cannot render raw HTML with the comment "/r" in it: it ends raw HTML in a page`),
    );
  }
  return new VNode(Kind.Raw, null, null, null, trusted.html, null);
}
