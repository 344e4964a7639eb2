/**
 * The types of params: what a segment must look like, and what a page gets.
 *
 * A segment that is none of its type does not match: the next route is tried, and in the end the page is not found. Segments are
 * what they are without their escapes: `/users/%37` is `/users/7`.
 *
 * @module
 */

/** The name of a param's type: `string` is any segment, and the default. */
export type ParamType = "string" | "int" | "uuid";

/** What a page gets of a param. */
export type ParamValue = string | number;

/** From special to general: who goes first where several take a segment. */
export const PARAM_TYPES: readonly ParamType[] = ["int", "uuid", "string"];

/** Whether a name is that of a type. */
export function isParamType(name: string): name is ParamType {
  return (PARAM_TYPES as readonly string[]).includes(name);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The number that a segment is as it stands: digits, perhaps with "-" before, within ±(2^53 − 1), no zeros ahead; NaN for any
 * other. Each number has one spelling, so each page has one path.
 */
export function readInt(text: string): number {
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  const digits = text.length - start;
  if (digits === 0 || digits > 16) return NaN;
  if (text.charCodeAt(start) === 48) return digits === 1 && start === 0 ? 0 : NaN;
  let value = 0;
  for (let i = start; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  if (value > Number.MAX_SAFE_INTEGER) return NaN;
  return start === 1 ? -value : value;
}

/** Whether a segment is a UUID, of any version, in either case. */
export function isUuid(text: string): boolean {
  return text.length === 36 && UUID.test(text);
}

/** The value of a segment without escapes; undefined when it is none of its type. */
export function readParam(type: ParamType, text: string): ParamValue | undefined {
  if (type === "string") return text;
  if (type === "uuid") return isUuid(text) ? text : undefined;
  const value = readInt(text);
  return Number.isNaN(value) ? undefined : value;
}

/**
 * A segment of a canonical path without its escapes. Undefined when it hides a slash by one: what is one name in a URL must not
 * become two in a folder.
 */
export function readSegment(raw: string): string | undefined {
  if (!raw.includes("%")) return raw;
  const text = decodeURIComponent(raw);
  return /[/\\]/.test(text) ? undefined : text;
}

/**
 * What a catch-all gets of the rest of a canonical path: its segments without their escapes, with slashes between. Undefined when
 * one of them hides a slash: who guards `/files/private/` by the path must not be passed by `/files/private%2Fx`.
 */
export function readRest(raw: string): string | undefined {
  return ESCAPED_SLASH.test(raw) ? undefined : decodeURIComponent(raw);
}

const ESCAPED_SLASH = /%(?:2f|5c)/i;

/**
 * A canonical path without its escapes, so that its segments are what they were; null when one of them hides a slash or backslash.
 *
 * As `decodeURIComponent`, in two thirds of its time: made of codes, since a text that is put together of parts is flattened by whoever
 * reads it first.
 *
 * @throws {URIError} When escapes are no UTF-8: no canonical path has such.
 */
export function withoutEscapes(path: string): string | null {
  const codes: number[] = [];
  for (let at = 0; at < path.length;) {
    let code = path.charCodeAt(at);
    if (code !== 37) {
      codes.push(code);
      at++;
      continue;
    }
    const first = byteAt(path, at);
    code = first;
    at += 3;
    if (first >= 0xc2 && first <= 0xef) {
      // Two bytes, or three: 110xxxxx 10xxxxxx, 1110xxxx 10xxxxxx 10xxxxxx.
      const second = byteAt(path, at);
      code = second >= 0x80 && second < 0xc0 ? (first & 0x1f) << 6 | second & 0x3f : -1;
      at += 3;
      if (first >= 0xe0) {
        const third = byteAt(path, at);
        code = code >= 0 && third >= 0x80 && third < 0xc0 ? (code & 0x3ff) << 6 | third & 0x3f : -1;
        if (code < 0x800 || code >= 0xd800 && code < 0xe000) code = -1;
        at += 3;
      }
    } else if (first >= 0x80) code = -1;
    if (code < 0) return ESCAPED_SLASH.test(path) ? null : decodeURIComponent(path);
    if (code === 47 || code === 92) return null;
    codes.push(code);
  }
  return String.fromCharCode.apply(null, codes);
}

/**
 * Takes the escapes out of the values that were found in a canonical path as it stands. Gives false when one of them hides a slash or
 * backslash; then some may have been decoded.
 *
 * @throws {URIError} When escapes are no UTF-8: no canonical path has such.
 *
 * @example
 * ```ts
 * import { decodeParams } from "@vango/core/router";
 *
 * const params = { name: "a%20b", id: 7 };
 * console.assert(decodeParams(params) && params.name === "a b");
 * ```
 */
export function decodeParams(params: Record<string, ParamValue>): boolean {
  for (const name in params) {
    const value = params[name];
    if (typeof value !== "string" || !value.includes("%")) continue;
    const plain = withoutEscapes(value);
    if (plain === null) return false;
    params[name] = plain;
  }
  return true;
}

/** The byte of an escape; -1 when there is none. */
function byteAt(path: string, at: number): number {
  if (path.charCodeAt(at) !== 37) return -1;
  const high = digitOf(path.charCodeAt(at + 1));
  const low = digitOf(path.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/** The value of a hexadecimal digit; -1 when it is none. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
