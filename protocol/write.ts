/**
 * Writes the primitives of the protocol into one buffer that all frames share.
 *
 *     uvarint   300        ac 02              LEB128, shortest form, up to 2^53-1
 *     svarint   -1         01                 zigzag
 *     string    "Hi"       04 48 69           h = bytes * 2, then UTF-8
 *               again      01                 h = index * 2 + 1: a string of 3 bytes or more that this frame had before
 *
 * Free functions over module state, where a class would do: one frame is written at a time, the buffer is copied out
 * once, and a bundler drops what a browser does not use, which it cannot do with methods.
 *
 * Repeated strings are found by a direct-mapped table of recent ones, not by a Map: a miss costs a few comparisons
 * instead of a hash of the whole string, and a string that was pushed out of its place is written again. The reader keeps
 * every string of 3 bytes or more, so both sides count alike whatever the writer finds.
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";

const ENCODER = /* @__PURE__ */ new TextEncoder();

let buf: Uint8Array<ArrayBuffer>;
let pos = 0;

/** Recent strings by a hash of theirs, and where they are: `base` and the index in their frame. */
const seen: string[] = [];
const seenAt: number[] = [];
/** Where this frame's strings begin. What is below belongs to an earlier frame, so the table is never cleared. */
let base = 0;
let count = 0;

/** Begins a frame: its first byte. What was begun before is forgotten. */
export function beginFrame(type: number, flags = 0): void {
  buf ??= new Uint8Array(1024);
  pos = 0;
  base += count;
  count = 0;
  writeU8(type | flags << 4);
}

/** A copy of the frame. */
export function finishFrame(): Uint8Array<ArrayBuffer> {
  const frame = buf.slice(0, pos);
  // A large frame does not keep its room for ever.
  if (pos > 1 << 20) buf = new Uint8Array(1024);
  return frame;
}

function room(bytes: number): void {
  if (pos + bytes > buf.length) {
    const bigger = new Uint8Array((pos + bytes) * 2);
    bigger.set(buf);
    buf = bigger;
  }
}

/** One byte: the low eight bits of `n`, or 0 and 1 for false and true. */
export function writeU8(n: number | boolean): void {
  if (pos === buf.length) room(1);
  buf[pos++] = n as number;
}

/**
 * A whole number from 0 to 2^53-1; a fraction is cut off.
 *
 * @throws {RangeError} When it is not one.
 */
export function writeUvarint(n: number): void {
  if (pos + 8 > buf.length) room(8);
  // Numbers of 31 bits, as nearly all are, in their own arithmetic.
  if (n >= 0 && n < 0x80000000) {
    while (n > 127) {
      buf[pos++] = n & 127 | 128;
      n >>>= 7;
    }
    buf[pos++] = n;
    return;
  }
  if (!(n >= 0 && n < 2 ** 53)) {
    throw coded("E081", new RangeError(`Cannot encode ${n}: expected 0 to 2^53-1`));
  }
  while (n > 127) {
    buf[pos++] = n % 128 | 128;
    n = Math.floor(n / 128);
  }
  buf[pos++] = n;
}

/**
 * A whole number from -2^52 to 2^52-1; a fraction is rounded.
 *
 * @throws {RangeError} When it is not one.
 */
export function writeSvarint(n: number): void {
  n = Math.round(n);
  writeUvarint(n < 0 ? -2 * n - 1 : 2 * n);
}

/** An IEEE 754 double, big-endian. */
export function writeF64(n: number): void {
  room(8);
  new DataView(buf.buffer).setFloat64(pos, n);
  pos += 8;
}

function writeRaw(bytes: Uint8Array): void {
  room(bytes.length);
  buf.set(bytes, pos);
  pos += bytes.length;
}

/** A length and bytes. */
export function writeBytes(bytes: Uint8Array): void {
  writeUvarint(bytes.length);
  writeRaw(bytes);
}

/** A string; `bias` is added to its first number. Returns how many bytes of UTF-8 it has. */
export function writeString(s: string, bias = 0): number {
  // Below about 40 characters a loop beats TextEncoder, and the length takes one byte.
  if (s.length < 41 && writeAscii(s, bias)) return s.length;
  const bytes = ENCODER.encode(s);
  writeUvarint(bytes.length * 2 + bias);
  writeRaw(bytes);
  return bytes.length;
}

/**
 * A string, or a reference to the same string earlier in the frame; `bias` is added to its first number. A frame either
 * writes all of its strings with this, or none.
 */
export function writeText(s: string, bias = 0): void {
  const n = s.length;
  let slot = -1;
  if (n > 2 && n < 1024) {
    slot = (n + s.charCodeAt(0) * 7 + s.charCodeAt(n >> 1) * 31 + s.charCodeAt(n - 1) * 131) & 255;
    const at = seenAt[slot] - base;
    if (at >= 0 && seen[slot] === s) return writeUvarint(at * 2 + 1 + bias);
  }
  if (n < 41 && writeAscii(s, bias) ? n < 3 : writeString(s, bias) < 3) return;
  if (slot >= 0) {
    seen[slot] = s;
    seenAt[slot] = base + count;
  }
  count++;
}

function writeAscii(s: string, bias: number): boolean {
  const n = s.length;
  if (pos + n >= buf.length) room(n + 1);
  let at = pos;
  buf[at++] = n * 2 + bias;
  for (let i = 0; i < n; i++) {
    const c = s.charCodeAt(i);
    if (c > 127) return false;
    buf[at++] = c;
  }
  pos = at;
  return true;
}

/** A count and that many items. */
export function writeList<T>(items: readonly T[], write: (item: T) => void): void {
  writeUvarint(items.length);
  for (const item of items) write(item);
}

/** A string that may be absent. */
export function writeOptional(s: string | null): void {
  if (s === null) writeU8(0);
  else writeText(s, 1);
}
