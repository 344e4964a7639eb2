/**
 * rou3, compiled: `new Function` makes code of its routes.
 *
 * @module
 */
import { compileRouter } from "rou3/compiler";
import { prepareRouter, type Router } from "./cases.ts";
import { contextOf, wrap } from "./rou3.ts";

/** A router of patterns. */
export function routerOf(patterns: readonly string[]): Router {
  const find = compileRouter(contextOf(patterns));
  return wrap((path) => find("GET", path));
}

/** See bench/contender.ts. */
export const prepare = prepareRouter(routerOf);
