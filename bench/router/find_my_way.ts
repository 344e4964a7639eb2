/**
 * find-my-way, Fastify's router.
 *
 * @module
 */
import createRouter from "find-my-way";
import { prepareRouter, type Router } from "./cases.ts";

/** A router of patterns. */
export function routerOf(patterns: readonly string[]): Router {
  const router = createRouter({ maxParamLength: 1000 });
  for (const pattern of patterns) router.on("GET", pattern.replace(/\*\w+$/, "*"), () => {}, pattern);
  const find = (path: string) => router.find("GET", path);
  return {
    find,
    read(path) {
      const found = find(path);
      if (found === null) return null;
      const { "*": rest, ...params } = found.params as Record<string, string>;
      const pattern = found.store as string;
      if (rest !== undefined) params[/\*(\w+)$/.exec(pattern)![1]] = rest;
      return { pattern, params };
    },
  };
}

/** See bench/contender.ts. */
export const prepare = prepareRouter(routerOf);
