/**
 * The routes and paths of the router's benches, and how a router is timed.
 *
 * A path is hot when the same string object was looked up before: it is flat, and its hash is known. Those of requests are fresh:
 * cut out of a URL just now. They are cut before the clock runs, since that costs every contender the same.
 *
 * @module
 */
import type { Prepared } from "../contender.ts";

/** How many routes there are. */
export const SIZES = [12, 100, 1000] as const;

/** What is looked up: "param, escaped" has an escape in its value. */
export const KINDS = ["static", "param", "catch-all", "miss", "param, escaped"] as const;

/** One kind of path. */
export type Kind = typeof KINDS[number];

/** The operations: "static, fresh 100". */
export const OPERATIONS: readonly string[] = SIZES.flatMap((size) =>
  ["hot", "fresh"].flatMap((how) => KINDS.map((kind) => `${kind}, ${how} ${size}`))
);

/** What a router finds: the pattern, and values of params by name, without escapes. */
export interface Found {
  pattern: string;
  params: Record<string, unknown>;
}

/** A router with routes. */
export interface Router {
  /** Finds a route as an application would ask: with its params, without escapes. Null or undefined when there is none. */
  find(path: string): unknown;
  /** The same in a form in which all can be compared. */
  read(path: string): Found | null;
}

const WORDS =
  "users projects invoices payments reports teams members settings messages comments articles tags orders products events tickets"
    .split(" ");

/** Six routes of one resource: 2 static, 3 with params, 1 catch-all. */
function resource(i: number): string[] {
  const name = WORDS[i % WORDS.length] + (i < WORDS.length ? "" : `-${Math.floor(i / WORDS.length)}`);
  const item = name.replace(/s(?=-|$)/, "");
  return [
    `/${name}`,
    `/${name}/:id`,
    `/${name}/:id/${item}-history/:version`,
    `/${name}/archive`,
    `/${name}/files/*path`,
    `/${name}/:id/edit`,
  ];
}

/** The patterns of so many routes. */
export function patternsOf(size: number): string[] {
  return Array.from({ length: Math.ceil(size / 6) }, (_, i) => resource(i)).flat().slice(0, size);
}

/** 64 paths of a kind, spread over all routes. */
export function pathsOf(kind: Kind, size: number): string[] {
  const patterns = patternsOf(size).filter((pattern) =>
    kind === "miss" ||
    (kind === "static" ? !/[:*]/.test(pattern) : pattern.includes(kind === "catch-all" ? "*" : ":"))
  );
  return Array.from({ length: 64 }, (_, i) => {
    const pattern = patterns[(i * 7919) % patterns.length];
    const value = (name: string) =>
      kind === "param, escaped" ? `${name}%20${i}%C3%BC` : `${name}${1000 + i * 37}`;
    const path = pattern.replace(/:(\w+)/g, (_, name) => value(name)).replace(
      /\*\w+/,
      `docs/part${i}/page.html`,
    );
    return kind === "miss" ? `${path}/none/at/all`.replace("/files/", "/file/") : path;
  });
}

/** A router as Bun and others take it: decodes what a router left as it is. */
export function decode(value: string): string {
  return value.includes("%") ? decodeURIComponent(value) : value;
}

const ORIGIN = "http://localhost:8000";
/** How many paths are cut at once. */
const BATCH = 4096;

/** Results are stored, so that none of them is optimised away. */
const kept: unknown[] = Array(64).fill(null);

/** Makes `prepare` of a router by its patterns. */
export function prepareRouter(
  make: (patterns: readonly string[]) => Router,
): (operation: string) => Prepared {
  return (operation) => {
    const [, kind, how, size] = /^(.+), (\w+) (\d+)$/.exec(operation)!;
    const router = make(patternsOf(Number(size)));
    const paths = pathsOf(kind as Kind, Number(size));
    if (how === "hot") {
      return {
        count: paths.length,
        run() {
          for (let i = 0; i < 64; i++) kept[i] = router.find(paths[i]);
          return kept;
        },
      };
    }
    let fresh: string[] = [];
    const cut = () => {
      fresh = Array.from({ length: BATCH }, (_, i) => `${ORIGIN}${paths[i & 63]}?page=1`)
        .map((url) => url.slice(ORIGIN.length, url.length - 7));
    };
    cut();
    return {
      count: BATCH,
      run() {
        for (let i = 0; i < BATCH; i++) kept[i & 63] = router.find(fresh[i]);
        return kept;
      },
      reset: cut,
    };
  };
}
