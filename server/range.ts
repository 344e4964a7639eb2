/**
 * Parts of a file that a request asks for (RFC 9110, 14).
 *
 * @module
 */

/** A part: bytes from `start` to `end`, both inclusive. */
export interface ByteRange {
  /** The first byte, from 0. */
  readonly start: number;
  /** The last byte. */
  readonly end: number;
}

/**
 * The part that a Range header asks for.
 *
 * ```ts
 * import { readRange } from "./range.ts";
 *
 * console.assert(JSON.stringify(readRange("bytes=-5", 100)) === '{"start":95,"end":99}');
 * ```
 *
 * @param size The bytes of the whole.
 * @returns Null when the whole is to be sent: there is no header, it cannot be read, or it asks for several parts, which a server
 * may refuse to take apart. "unsatisfiable" when there are no such bytes: 416.
 */
export function readRange(header: string | null, size: number): ByteRange | "unsatisfiable" | null {
  const found = header === null ? null : /^bytes=\s*(\d{0,16})-(\d{0,16})\s*$/i.exec(header);
  if (found === null || found[1] === "" && found[2] === "") return null;
  if (found[1] === "") {
    const length = Math.min(Number(found[2]), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(found[1]);
  const end = found[2] === "" ? Infinity : Number(found[2]);
  if (end < start) return null;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(end, size - 1) };
}
