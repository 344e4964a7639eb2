/**
 * Canonical paths: each page has one.
 *
 *     /blog//post/  ->  /blog/post          /a/./b  ->  /a/b          /blog/posts/../other  ->  /blog/other
 *     /%61bout  ->  /about                  /a b  ->  /a%20b          /a%2fb  ->  /a%2Fb
 *
 * What can stand in a segment as it is has no escape, what cannot has one, in capitals: whoever looks at the path alone, as
 * middleware does, must not be passed by another spelling. `%2F` is no slash. What no page can have is refused.
 *
 * @module
 */
import { RouteError } from "./error.ts";

/** The longest path, in UTF-16 units. */
export const MAX_PATH = 8192;

/** What makes a path another than its canonical one, or wrong: the common case has none of it. */
const ODD = /\/\/|\/\.|.\/$|^[^/]|[^\w\-.~!$&'()*+,;=:@/]/;
const ESCAPED = /[^\w\-.~!$&'()*+,;=:@]/;
const DOT = /^(?:\.|%2e)$/i;
const DOTS = /^(?:\.|%2e){2}$/i;
const WRONG = /[\\\0]|%00|%(?![0-9a-f]{2})/i;

/**
 * The canonical form of a path without query and fragment: it begins with "/", does not end with one, and has neither empty
 * segments nor "." and "..".
 *
 * ```ts
 * import { canonicalPath } from "@vango/core/router";
 *
 * console.assert(canonicalPath("/blog//posts/../other/") === "/blog/other");
 * ```
 *
 * @throws {RouteError} "invalid-path" when it has a backslash, a NUL, an escape that is none, bytes that are no UTF-8, half a
 * surrogate pair, more than 8,192 characters, or leads above the root.
 */
export function canonicalPath(path: string): string {
  if (path.length > MAX_PATH) {
    throw wrong(path, `is longer than ${MAX_PATH} characters`);
  }
  if (!ODD.test(path) && path !== "") return path;
  const found = WRONG.exec(path);
  if (found !== null) throw wrong(path, `has ${JSON.stringify(found[0])} at ${found.index}`);
  if (!path.isWellFormed()) throw wrong(path, "has half a character");
  if (path.includes("%")) {
    try {
      decodeURIComponent(path);
    } catch {
      throw wrong(path, "has escapes that are no UTF-8");
    }
  }
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || DOT.test(segment)) continue;
    if (!DOTS.test(segment)) {
      segments.push(ESCAPED.test(segment) ? encodeSegment(decodeURIComponent(segment)) : segment);
    } else if (segments.pop() === undefined) throw wrong(path, "leads above the root");
  }
  return `/${segments.join("/")}`;
}

/** Escapes what a segment cannot have as it is (RFC 3986, pchar). */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}

function wrong(path: string, what: string): RouteError {
  const shown = path.length > 100 ? `${path.slice(0, 100)}…` : path;
  return new RouteError("invalid-path", `Cannot take the path ${JSON.stringify(shown)}: it ${what}`);
}
