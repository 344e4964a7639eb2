/**
 * The types of params: what a segment must look like, and what a page gets.
 *
 * A segment that is none of its type does not match: the next route is tried, and in the end the page is not found.
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

/**
 * The value of a segment of a canonical path; undefined when it is none of its type. A segment that hides a slash by its escape
 * is none of any: what is one name in a URL must not become two in a folder.
 */
export function readParam(type: ParamType, raw: string): ParamValue | undefined {
  if (type === "string") return raw.includes("%") ? decodeSegment(raw) : raw;
  if (type === "uuid") return isUuid(raw) ? raw : undefined;
  const value = readInt(raw);
  return Number.isNaN(value) ? undefined : value;
}

function decodeSegment(raw: string): string | undefined {
  const text = decodeURIComponent(raw);
  return /[/\\]/.test(text) ? undefined : text;
}

/**
 * What a catch-all gets of the rest of a canonical path: its segments without their escapes, with slashes between. Undefined when
 * escapes hide dots that would lead elsewhere: `a%2F..%2Fb`.
 */
export function readRest(raw: string): string | undefined {
  if (!raw.includes("%")) return raw;
  const text = decodeURIComponent(raw);
  return /(?:^|\/)(?:\.{0,2})(?:\/|$)|\\/.test(text) ? undefined : text;
}

/**
 * Where the segment that begins at `at` ends, in a path of `length`; -1 when it has an escape.
 *
 * Segments are short: a loop is faster than `indexOf`, and sees escapes on its way.
 */
export function segmentEnd(path: string, at: number, length: number): number {
  for (let i = at; i < length; i++) {
    const code = path.charCodeAt(i);
    if (code === 47) return i;
    if (code === 37) return -1;
  }
  return length;
}
