/**
 * rou3, as it is and compiled. It leaves escapes to its caller.
 *
 * @module
 */
import { addRoute, createRouter, findRoute } from "rou3";
import { decode, prepareRouter, type Router } from "./cases.ts";

/** What both forms of it find. */
export interface Rou3Found {
  data: string;
  params?: Record<string, string>;
}

/** Its routes. */
export function contextOf(patterns: readonly string[]) {
  const context = createRouter<string>();
  for (const pattern of patterns) addRoute(context, "GET", pattern.replace(/\*(\w+)$/, "**:$1"), pattern);
  return context;
}

/** Makes a router of one of the forms. */
export function wrap(look: (path: string) => Rou3Found | undefined): Router {
  const find = (path: string) => {
    const found = look(path);
    if (found !== undefined && path.includes("%")) {
      const { params } = found;
      for (const name in params) params[name] = decode(params[name]);
    }
    return found;
  };
  return {
    find,
    read(path) {
      const found = find(path);
      return found === undefined ? null : { pattern: found.data, params: { ...found.params } };
    },
  };
}

/** A router of patterns. */
export function routerOf(patterns: readonly string[]): Router {
  const context = contextOf(patterns);
  return wrap((path) => findRoute(context, "GET", path));
}

/** See bench/contender.ts. */
export const prepare = prepareRouter(routerOf);
