/**
 * Hono's default router, with the params that `c.req.param()` makes of what it finds.
 *
 * @module
 */
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { decode, prepareRouter, type Router } from "./cases.ts";

interface HonoFound {
  pattern: string;
  params: Record<string, string>;
}

/** A router of patterns. */
export function routerOf(patterns: readonly string[]): Router {
  const router = new SmartRouter<string>({ routers: [new RegExpRouter(), new TrieRouter()] });
  // The first that was added wins: those without params must be first.
  const ordered = patterns.toSorted((a, b) => Number(/[:*]/.test(a)) - Number(/[:*]/.test(b)));
  for (const pattern of ordered) router.add("GET", pattern.replace(/\*(\w+)$/, ":$1{.+}"), pattern);
  const find = (path: string): HonoFound | null => {
    const [handlers, stash] = router.match("GET", path);
    const first = handlers[0];
    if (first === undefined) return null;
    const params: Record<string, string> = {};
    // Indexes into a list of values, or, of its other router, the values themselves.
    const places = first[1] as Record<string, string | number>;
    for (const name in places) {
      const place = places[name];
      params[name] = decode(typeof place === "number" ? stash![place] : place);
    }
    return { pattern: first[0], params };
  };
  return { find, read: find };
}

/** See bench/contender.ts. */
export const prepare = prepareRouter(routerOf);
