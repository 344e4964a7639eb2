/**
 * Vango's tree: what applications without generated code have.
 *
 * @module
 */
import { createMatcher } from "../../router/mod.ts";
import { prepareRouter, type Router } from "./cases.ts";

/** A router of patterns. */
export function routerOf(patterns: readonly string[]): Router {
  const find = createMatcher(patterns.map((pattern) => [pattern, pattern]));
  return {
    find,
    read(path) {
      const found = find(path);
      return found === null ? null : { pattern: found.pattern, params: { ...found.params } };
    },
  };
}

/** See bench/contender.ts. */
export const prepare = prepareRouter(routerOf);
