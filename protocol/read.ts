/**
 * Reads the primitives of the protocol, and trusts nothing: every function throws a ProtocolError rather than read past
 * the end, allocate what a length claims, or take a second spelling of a number.
 *
 * Free functions over module state, as in write.ts: one frame is read at a time.
 *
 * @module
 */
import type { ErrorCode } from "./codes.ts";
import { ProtocolError } from "./error.ts";
import type { Limits } from "./limits.ts";

// A string may begin with U+FEFF: it is a character here, not a mark of the encoding.
const DECODER = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// What is not limited compares as false.
const UNLIMITED: Partial<Limits> = {};

let bytes: Uint8Array;
let pos = 0;
let limits: Partial<Limits>;
let strings: string[] | null = null;
let budget = 0;
let flags = 0;

/**
 * Begins to read a frame; returns its type.
 *
 * @throws {ProtocolError} With code 0x10 when it is too large, 0x13 when it is empty.
 */
export function openFrame(frame: Uint8Array, within?: Partial<Limits>): number {
  bytes = frame;
  pos = 0;
  limits = within ?? UNLIMITED;
  // Most frames have no string to keep.
  strings = null;
  // Without a limit the largest small integer: no message is larger.
  budget = limits.maxFrame ?? 0x7fffffff;
  if (frame.length > budget) fail(0x10);
  const head = readU8();
  flags = head >> 4;
  return head & 15;
}

/** Begins to read a frame of this type. */
export function openAs(type: number, frame: Uint8Array, within?: Partial<Limits>): void {
  if (openFrame(frame, within) !== type) fail(0x16, 0);
}

/** The flags of the frame; those outside of `allowed` are refused. */
export function readFlags(allowed: number): number {
  return flags & ~allowed ? fail(0x01, 0) : flags;
}

/** Throws a ProtocolError that names the byte `at`. */
export function fail(code: ErrorCode, at: number = pos): never {
  throw new ProtocolError(code, at);
}

/** Throws when `depth` is over a limit of this frame. */
export function checkDepth(depth: number, limit: "maxDepth" | "maxHookDepth"): void {
  if (depth > limits[limit]!) fail(0x12);
}

/** Whether bytes are left. */
export function hasMore(): boolean {
  return pos < bytes.length;
}

/** Throws unless everything has been read. */
export function endFrame(): void {
  if (hasMore()) fail(0x01);
}

/** One byte. */
export function readU8(): number {
  return pos < bytes.length ? bytes[pos++] : fail(0x13);
}

/** One byte, at most `max`: for booleans, reasons and flags. */
export function readSmall(max: number, code: ErrorCode = 0x01): number {
  const b = readU8();
  return b > max ? fail(code, pos - 1) : b;
}

/** One byte, 0 or 1. */
export function readBool(): boolean {
  return readSmall(1) > 0;
}

/** A whole number from 0 to 2^53-1, in its shortest form. */
export function readUvarint(): number {
  // Past the end there is no byte: undefined is not below 128, and readU8 refuses it.
  let b = bytes[pos];
  if (b < 128) {
    pos++;
    return b;
  }
  const at = pos;
  b = readU8();
  let n = b & 127;
  let scale = 128;
  do {
    b = readU8();
    n += (b & 127) * scale;
    scale *= 128;
  } while (b > 127 && scale < 2 ** 56);
  // A ninth byte, a zero at the end, or more than 53 bits.
  return b > 127 || b === 0 || n >= 2 ** 53 ? fail(0x14, at) : n;
}

/** A whole number from -2^52 to 2^52-1. */
export function readSvarint(): number {
  const n = readUvarint();
  return n % 2 ? -(n + 1) / 2 : n / 2;
}

/** An IEEE 754 double, big-endian. */
export function readF64(): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(take(8));
}

/** Moves past `n` bytes; returns where they begin. */
function take(n: number): number {
  const at = pos;
  if (n > bytes.length - pos) fail(0x13);
  pos += n;
  return at;
}

/** A length and bytes, copied out of the frame. */
export function readBytes(): Uint8Array<ArrayBuffer> {
  const at = take(readUvarint());
  return bytes.slice(at, pos);
}

/** A string, or a reference to an earlier one; `h` is its first number. */
export function readString(h: number = readUvarint()): string {
  const n = h / 2;
  if (h % 2) {
    const known = strings?.[(h - 1) / 2] ?? fail(0x15);
    // Two bytes can name a megabyte: what a frame unfolds to is limited as well.
    budget -= known.length;
    return budget < 0 ? fail(0x10) : known;
  }
  const at = take(n);
  const s = readText(at);
  if (n > 2) (strings ??= []).push(s);
  return s;
}

function readText(at: number): string {
  // Below about 40 bytes a loop beats TextDecoder.
  const s = pos - at < 40 ? asciiAt(bytes, at, pos) : null;
  if (s !== null) return s;
  try {
    return DECODER.decode(bytes.subarray(at, pos));
  } catch {
    return fail(0x15, at);
  }
}

/** The text of these bytes; null when one of them is not ASCII. */
export function asciiAt(b: Uint8Array, at: number, end: number): string | null {
  let s = "";
  // Taking eight or four at a time beats one by one.
  for (; at + 7 < end; at += 8) {
    const [c, d, e, f] = [b[at], b[at + 1], b[at + 2], b[at + 3]];
    const [g, h, j, k] = [b[at + 4], b[at + 5], b[at + 6], b[at + 7]];
    if ((c | d | e | f | g | h | j | k) > 127) return null;
    s += String.fromCharCode(c, d, e, f, g, h, j, k);
  }
  for (; at + 3 < end; at += 4) {
    const [c, d, e, f] = [b[at], b[at + 1], b[at + 2], b[at + 3]];
    if ((c | d | e | f) > 127) return null;
    s += String.fromCharCode(c, d, e, f);
  }
  for (; at < end; at++) {
    if (b[at] > 127) return null;
    s += String.fromCharCode(b[at]);
  }
  return s;
}

/** A string, or null. */
export function readOptional(): string | null {
  const h = readUvarint();
  return h > 0 ? readString(h - 1) : null;
}

/** A count and that many items: at most `maxItems`, and each has a byte at least. */
export function readList<T>(read: () => T): T[] {
  const at = pos;
  let n = readUvarint();
  if (n > bytes.length - pos || n > limits.maxItems!) fail(0x11, at);
  const items: T[] = [];
  while (n-- > 0) items.push(read());
  return items;
}

/** A list of pairs of strings. */
export function readPairs(): [string, string][] {
  return readList(() => [readString(), readString()]);
}

/**
 * The type of a frame: the low four bits of its first byte.
 *
 * @throws {ProtocolError} With code 0x13 when it is empty.
 */
export function frameType(frame: Uint8Array): number {
  return openFrame(frame);
}
