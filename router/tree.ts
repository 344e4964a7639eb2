/**
 * Routes as a tree of segments, from which paths are matched (match.ts) and matchers are written (generate.ts).
 *
 *     /users/new  /users/:id:int  /users/:id/posts          root ─ users ─┬─ new •
 *                                                                          ├─ int •
 *                                                                          └─ string ─ posts •
 *
 * @module
 */
import { RouteError } from "./error.ts";
import { PARAM_TYPES, type ParamType } from "./params.ts";
import { parsePattern, type Pattern } from "./pattern.ts";

/** A route in its place. */
export interface Leaf<T> {
  readonly pattern: Pattern;
  /** The names of its params, in the order of the path. */
  readonly names: readonly string[];
  readonly value: T;
}

/** What the segments so far lead to. */
export interface RouteNode<T> {
  /** The route that ends here. */
  leaf: Leaf<T> | null;
  /** Where static segments lead, by their text. */
  readonly statics: Map<string, RouteNode<T>>;
  /** Where params lead, special types first. */
  readonly params: { readonly type: ParamType; readonly node: RouteNode<T> }[];
  /** The route that takes all the rest. */
  rest: Leaf<T> | null;
}

/** A tree without routes. */
export function createTree<T>(): RouteNode<T> {
  return { leaf: null, statics: new Map(), params: [], rest: null };
}

/**
 * Adds a route.
 *
 * @throws {RouteError} "invalid-pattern", or "duplicate-route" when another one matches the same paths: the message has both,
 * named by `nameOf`.
 */
export function addRoute<T>(
  tree: RouteNode<T>,
  pattern: string,
  value: T,
  nameOf: (value: T, pattern: Pattern) => string = (_, { text }) => text,
): void {
  const read = parsePattern(pattern);
  const names = read.segments.flatMap((segment) => segment.kind === "static" ? [] : [segment.name]);
  const leaf: Leaf<T> = { pattern: read, names, value };
  let node = tree;
  for (const segment of read.segments) {
    if (segment.kind === "rest") {
      if (node.rest !== null) throw duplicate(node.rest, leaf, nameOf);
      node.rest = leaf;
      return;
    }
    node = segment.kind === "static" ? staticChild(node, segment.text) : paramChild(node, segment.type);
  }
  if (node.leaf !== null) throw duplicate(node.leaf, leaf, nameOf);
  node.leaf = leaf;
}

function staticChild<T>(node: RouteNode<T>, text: string): RouteNode<T> {
  const child = node.statics.get(text) ?? createTree<T>();
  node.statics.set(text, child);
  return child;
}

function paramChild<T>({ params }: RouteNode<T>, type: ParamType): RouteNode<T> {
  const known = params.find((param) => param.type === type);
  if (known !== undefined) return known.node;
  const node = createTree<T>();
  params.push({ type, node });
  params.sort((a, b) => PARAM_TYPES.indexOf(a.type) - PARAM_TYPES.indexOf(b.type));
  return node;
}

function duplicate<T>(
  first: Leaf<T>,
  second: Leaf<T>,
  nameOf: (value: T, pattern: Pattern) => string,
): RouteError {
  return new RouteError(
    "duplicate-route",
    `Cannot add the route ${nameOf(second.value, second.pattern)}: ` +
      `${nameOf(first.value, first.pattern)} matches the same paths`,
  );
}
