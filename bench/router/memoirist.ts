/**
 * Memoirist, with escapes decoded as Elysia has it do.
 *
 * @module
 */
import { Memoirist } from "memoirist";
import { decode, prepareRouter, type Router } from "./cases.ts";

/** A router of patterns. */
export function routerOf(patterns: readonly string[]): Router {
  const router = new Memoirist<string>({ onParam: decode });
  for (const pattern of patterns) router.add("GET", pattern.replace(/\*\w+$/, "*"), pattern);
  const find = (path: string) => {
    const found = router.find("GET", path);
    // Its hook leaves catch-alls out.
    if (found !== null && found.params["*"] !== undefined) found.params["*"] = decode(found.params["*"]);
    return found;
  };
  return {
    find,
    read(path) {
      const found = find(path);
      if (found === null) return null;
      const { "*": rest, ...params } = found.params;
      if (rest !== undefined) params[/\*(\w+)$/.exec(found.store)![1]] = rest;
      return { pattern: found.store, params };
    },
  };
}

/** See bench/contender.ts. */
export const prepare = prepareRouter(routerOf);
