/**
 * Paths from patterns: what a pattern's params are, by its text alone, and the path that they make.
 *
 * @module
 */
import { RouteError } from "./error.ts";
import { isUuid, type ParamValue, readInt } from "./params.ts";
import { encodeSegment } from "./path.ts";
import { parsePattern, type Segment } from "./pattern.ts";

/** The params of a pattern, by name: numbers where it says `int`, else strings. */
export type ParamsOf<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? ParamsOf<Head> & ParamsOf<Tail>
  : P extends `:${infer Name}:int` ? { readonly [K in Name]: number }
  : P extends `:${infer Name}:${string}` ? { readonly [K in Name]: string }
  : P extends `:${infer Name}` | `*${infer Name}` ? { readonly [K in Name]: string }
  : unknown;

/** Values of a query, by name; null and undefined are left out, a list comes several times. */
export type QueryValues = Readonly<
  Record<string, string | number | boolean | null | undefined | readonly (string | number | boolean)[]>
>;

/** What may follow a path. */
export interface HrefOptions {
  /** After "?". */
  readonly query?: QueryValues;
  /** After "#", without it. */
  readonly hash?: string;
}

/** Params are asked for where a pattern has some. */
export type HrefArgs<P extends string> = keyof ParamsOf<P> extends never
  ? [params?: Readonly<Record<never, never>>, options?: HrefOptions]
  : [params: ParamsOf<P>, options?: HrefOptions];

/**
 * The path of a pattern with its params, escaped.
 *
 * ```ts
 * import { href } from "@vango/core/router";
 *
 * console.assert(href("/projects/:id:int", { id: 7 }) === "/projects/7");
 * console.assert(href("/files/*path", { path: "a b/c" }, { query: { page: 2 } }) === "/files/a%20b/c?page=2");
 * ```
 *
 * @throws {RouteError} "invalid-pattern"; "invalid-param" when a value is missing, is none of its type, is empty, or would not
 * come back as it is: a slash in one segment, a segment of dots.
 */
export function href<const P extends string>(pattern: P, ...[params, options]: HrefArgs<P>): string {
  const path = parsePattern(pattern).segments
    .map((segment) => "/" + writeSegment(pattern, segment, params as Record<string, ParamValue> ?? {}))
    .join("");
  return (path === "" ? "/" : path) + search(options?.query) + hash(options?.hash);
}

function writeSegment(pattern: string, segment: Segment, params: Record<string, ParamValue>): string {
  if (segment.kind === "static") return encodeSegment(segment.text);
  const { name } = segment;
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  const fail = (wanted: string): never => {
    throw new RouteError(
      "invalid-param",
      `Cannot make a path of ${JSON.stringify(pattern)}: expected ${wanted} as ${name}, got ${
        typeof value === "string" ? JSON.stringify(value) : String(value)
      }`,
    );
  };
  if (typeof value !== "string" && typeof value !== "number") return fail("a string or number");
  const text = String(value);
  if (segment.kind === "rest") {
    const parts = text.split("/");
    if (parts.some(isNoSegment)) return fail("names with single slashes between, none of them dots");
    return parts.map(encodeSegment).join("/");
  }
  if (segment.type === "int" && Number.isNaN(readInt(text))) return fail("an integer within ±(2^53 - 1)");
  if (segment.type === "uuid" && !isUuid(text)) return fail("a UUID");
  if (isNoSegment(text) || text.includes("/")) {
    return fail("a name without slashes that is not empty or dots");
  }
  return encodeSegment(text);
}

/** Whether a text cannot be one segment of a path and come back the same. */
function isNoSegment(text: string): boolean {
  return /^\.{0,2}$|[\\\0]/.test(text) || !text.isWellFormed();
}

function search(query: QueryValues | undefined): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined) pairs.append(name, String(item));
    }
  }
  return pairs.size === 0 ? "" : `?${pairs}`;
}

function hash(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `#${encodeURIComponent(text)}`;
}
