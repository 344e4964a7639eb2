/**
 * Patterns of paths: `/projects/:id:int/*path`.
 *
 * A segment is static (matched as it is written, or escaped), a param (`:name` takes one segment, `:name:int` one that is an
 * int), or a catch-all (`*name`: at least one segment, only at the end). More special goes first, whoever was written first:
 *
 *     /users/new   >   /users/:id:int   >   /users/:id:uuid   >   /users/:id   >   /users/*rest
 *
 * @module
 */
import { RouteError } from "./error.ts";
import { isParamType, type ParamType } from "./params.ts";

/** One segment of a pattern. */
export type Segment =
  | { readonly kind: "static"; readonly text: string }
  | { readonly kind: "param"; readonly name: string; readonly type: ParamType }
  | { readonly kind: "rest"; readonly name: string };

/** A pattern that was read. */
export interface Pattern {
  /** As it was written, in its canonical form. */
  readonly text: string;
  /** Its segments; none for "/". */
  readonly segments: readonly Segment[];
}

/** The most segments of a pattern. */
const MAX_SEGMENTS = 64;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a pattern.
 *
 * ```ts
 * import { parsePattern } from "@vango/core/router";
 *
 * console.assert(parsePattern("/users/:id:int").segments.length === 2);
 * ```
 *
 * @throws {RouteError} "invalid-pattern" when it does not begin with "/", ends with one, or has an empty segment, a name that
 * is no identifier or comes twice, an unknown type, or something after a catch-all.
 */
export function parsePattern(text: string): Pattern {
  const fail = (what: string): never => {
    throw new RouteError("invalid-pattern", `Cannot read the pattern ${JSON.stringify(text)}: ${what}`);
  };
  if (text[0] !== "/") fail('expected "/" at its start');
  if (text === "/") return { text, segments: [] };
  const parts = text.slice(1).split("/");
  if (parts.length > MAX_SEGMENTS) fail(`expected at most ${MAX_SEGMENTS} segments`);
  const names = new Set<string>();
  const segments = parts.map((part, i) => {
    const segment = readSegment(part, fail);
    if (segment.kind === "static") return segment;
    if (names.has(segment.name)) fail(`expected each name once, got ${segment.name} twice`);
    names.add(segment.name);
    if (segment.kind === "rest" && i < parts.length - 1) {
      fail(`expected *${segment.name} at the end`);
    }
    return segment;
  });
  return { text, segments };
}

function readSegment(part: string, fail: (what: string) => never): Segment {
  if (part === "") return fail("expected no empty segment (a double slash, or one at the end)");
  if (part[0] !== ":" && part[0] !== "*") {
    if (/[\s?#%\\:*\p{Cc}]/u.test(part)) fail(`expected plain characters, got ${JSON.stringify(part)}`);
    if (part === "." || part === "..") fail("expected no dots as a segment");
    return { kind: "static", text: part };
  }
  const [name, type = "string", ...more] = part.slice(1).split(":");
  if (!NAME.test(name) || name === "__proto__") {
    fail(`expected an identifier as name, got ${JSON.stringify(name)}`);
  }
  if (part[0] === "*") {
    if (part.includes(":")) fail(`expected no type at *${name}: a catch-all is a string`);
    return { kind: "rest", name };
  }
  if (more.length > 0 || !isParamType(type)) {
    fail(`expected string, int or uuid as type of ${name}, got ${[type, ...more].join(":")}`);
  }
  return { kind: "param", name, type: type as ParamType };
}

/** What two patterns that match the same paths share: the names of their params do not count. */
export function shapeOf(pattern: Pattern): string {
  return "/" +
    pattern.segments.map((segment) =>
      segment.kind === "static" ? segment.text : segment.kind === "rest" ? "*" : `:${segment.type}`
    ).join("/");
}
