/**
 * From a path to its route: the most special one that matches, going back where a special one leads nowhere.
 *
 * @module
 */
import { type ParamValue, readParam, readRest, readSegment, withoutEscapes } from "./params.ts";
import { addRoute, createTree, type Leaf, type RouteNode } from "./tree.ts";

/** A route that matches a path, and what the path says of its params. */
export interface RouteMatch<T> {
  /** What was registered. */
  readonly value: T;
  /** The pattern that matched. */
  readonly pattern: string;
  /** By name, without escapes. */
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** Finds the route of a canonical path; null when no route matches. */
export type Matcher<T> = (path: string) => RouteMatch<T> | null;

/**
 * Makes a matcher of patterns.
 *
 * ```ts
 * import { createMatcher } from "@vango/core/router";
 *
 * const match = createMatcher([["/users/new", "form"], ["/users/:id:int", "user"]]);
 * console.assert(match("/users/7")?.params.id === 7);
 * console.assert(match("/users/new")?.value === "form");
 * console.assert(match("/users/none") === null);
 * ```
 *
 * @param routes Pairs of [pattern, value], in any order.
 * @throws {RouteError} When a pattern cannot be read, or two match the same paths.
 */
export function createMatcher<T>(routes: Iterable<readonly [pattern: string, value: T]>): Matcher<T> {
  const tree = createTree<T>();
  for (const [pattern, value] of routes) addRoute(tree, pattern, value);
  return (path) => matchTree(tree, path);
}

/** The route of a canonical path in a tree, or null. */
export function matchTree<T>(tree: RouteNode<T>, path: string): RouteMatch<T> | null {
  const plain = path.includes("%") ? withoutEscapes(path) : path;
  const text = plain ?? path;
  const walk: Walk = { path: text, escapes: plain === null, values: [] };
  const leaf = text === "/" ? tree.leaf : text[0] === "/" ? find(tree, walk, 1) : null;
  if (leaf === null) return null;
  const params: Record<string, ParamValue> = {};
  for (let i = 0; i < walk.values.length; i++) params[leaf.names[i]] = walk.values[i];
  return { value: leaf.value, pattern: leaf.pattern.text, params };
}

interface Walk {
  readonly path: string;
  /** Whether segments have escapes: one of them hides a slash. */
  readonly escapes: boolean;
  /** Of the params so far, and in the end of all. */
  readonly values: ParamValue[];
}

/** `at` is where a segment begins. */
function find<T>(node: RouteNode<T>, walk: Walk, at: number): Leaf<T> | null {
  const { path, values } = walk;
  const slash = path.indexOf("/", at);
  const end = slash < 0 ? path.length : slash;
  if (end === at) return null;
  const raw = path.slice(at, end);
  const text = walk.escapes ? readSegment(raw) : raw;
  if (text !== undefined) {
    const child = node.statics.get(text);
    if (child !== undefined) {
      const leaf = slash < 0 ? child.leaf : find(child, walk, end + 1);
      if (leaf !== null) return leaf;
    }
    for (const param of node.params) {
      const value = readParam(param.type, text);
      if (value === undefined) continue;
      values.push(value);
      const leaf = slash < 0 ? param.node.leaf : find(param.node, walk, end + 1);
      if (leaf !== null) return leaf;
      values.pop();
    }
  }
  if (node.rest === null) return null;
  const value = walk.escapes ? readRest(path.slice(at)) : path.slice(at);
  if (value === undefined) return null;
  values.push(value);
  return node.rest;
}
