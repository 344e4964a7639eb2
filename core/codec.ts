/**
 * The encoding of snapshot values: compact, self-describing binary, so that a Date comes back as a Date.
 *
 * A value is one tag byte and what it calls for. Lengths and counts are varints (7 bits a byte, low bits first).
 *
 *     00 null   01 undefined   02 false   03 true
 *     04 int, zigzag varint    05 double, 8 bytes      06 string, UTF-8     07 string, UTF-16 (lone surrogates)
 *     08 bigint >= 0, bytes    09 bigint < 0, bytes    0a Date, double of milliseconds
 *     0b array, items          0c object, pairs of string and value        0d Map, pairs        0e Set, items
 *     0f ArrayBuffer, bytes    10 typed array: kind, bytes
 *     40–7f string of 0–63 bytes UTF-8                 80–ff int from 0 to 127
 *
 * Numbers of several bytes are little-endian, as are typed arrays on every machine that Deno and browsers run on.
 * A value is a tree: a second reference to one object is an error and not a copy, since identity would be lost. Decoding
 * trusts nothing: every length is checked against what is left, so that memory stays in proportion to the input.
 *
 * @module
 */

import { Reader } from "./_codec_reader.ts";
import { Writer } from "./_codec_writer.ts";

export { StateError } from "./_codec_format.ts";

/**
 * Encodes null, undefined, booleans, numbers, bigints, strings, Dates, arrays (holes become undefined), plain objects
 * (own enumerable string keys), Maps, Sets, ArrayBuffers and typed arrays, nested up to 256 deep.
 *
 * @throws {StateError} On functions, symbols, class instances, cycles and repeated references; the message has the path.
 *
 * @example
 * ```ts
 * import { decodeState, encodeState } from "./codec.ts";
 *
 * const bytes = encodeState({ at: new Date(0), tags: new Set(["a"]) });
 * console.log(decodeState(bytes)); // { at: 1970-01-01T00:00:00.000Z, tags: Set(1) { "a" } }
 * ```
 */
export function encodeState(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.value(value, 0);
  return writer.bytes.slice(0, writer.at);
}

/**
 * Decodes what {@linkcode encodeState} made. Objects get the ordinary prototype; typed arrays own their memory.
 *
 * @throws {StateError} On bytes that are not exactly one value.
 */
export function decodeState(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at < bytes.length) {
    throw reader.error(`expected the end, ${bytes.length - reader.at} bytes are left`);
  }
  return value;
}
