/**
 * The primitives of the protocol: a writer that grows one shared buffer, a reader that trusts nothing.
 *
 *     uvarint   300        ac 02              LEB128, shortest form, up to 2^53-1
 *     svarint   -1         01                 zigzag
 *     string    "Hi"       04 48 69           h = bytes * 2, then UTF-8
 *               again      01                 h = index * 2 + 1: a string of 3 bytes or more that this frame had before
 *
 * The writer finds repeated strings by a direct-mapped table of recent ones, not by a Map: a miss costs a few
 * comparisons instead of a hash of the whole string, and a string that was pushed out of its place is written again. The
 * reader keeps every string of 3 bytes or more, so both sides count alike whatever the writer finds.
 *
 * @module
 */
import type { ErrorCode } from "./codes.ts";
import { ProtocolError } from "./error.ts";
import { DOWN_LIMITS, type Limits } from "./limits.ts";

const MAX = Number.MAX_SAFE_INTEGER;
const ENCODER = /* @__PURE__ */ new TextEncoder();
// A string may begin with U+FEFF: it is a character here, not a mark of the encoding.
const DECODER = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The buffer is kept between frames up to this size. */
const KEEP = 1 << 20;
/** Longer strings are not looked for in the frame. */
const MAX_SEEN = 1024;

/** Writes one frame. Get one by {@linkcode beginFrame}; it is shared, so a frame is finished before the next begins. */
export class Writer {
  #buf = new Uint8Array(1024);
  #pos = 0;
  #seen: string[] = new Array(256).fill("");
  #at: number[] = new Array(256).fill(-1);
  #base = 0;
  #count = 0;

  /** Forgets what was written. */
  reset(): void {
    this.#pos = 0;
    // Places of the frame before are below the new base, so the table needs no clearing.
    this.#base += this.#count;
    this.#count = 0;
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    const bytes = this.#buf.slice(0, this.#pos);
    if (this.#buf.length > KEEP) this.#buf = new Uint8Array(1024);
    return bytes;
  }

  #room(bytes: number): void {
    const need = this.#pos + bytes;
    if (need <= this.#buf.length) return;
    const bigger = new Uint8Array(Math.max(need, this.#buf.length * 2));
    bigger.set(this.#buf);
    this.#buf = bigger;
  }

  /** One byte; the low eight bits of `n`. */
  u8(n: number): void {
    this.#room(1);
    this.#buf[this.#pos++] = n;
  }

  /** One byte, 0 or 1. */
  bool(on: boolean): void {
    this.u8(on ? 1 : 0);
  }

  /**
   * A whole number from 0 to 2^53-1.
   *
   * @throws {RangeError} When it is not one.
   */
  uvarint(n: number): void {
    this.#room(8);
    if (!(n >= 0 && n <= MAX)) throw new RangeError(`Cannot encode ${n}: expected 0 to 2^53-1`);
    while (n > 127) {
      this.#buf[this.#pos++] = n % 128 | 128;
      n = Math.floor(n / 128);
    }
    this.#buf[this.#pos++] = n;
  }

  /**
   * A whole number from -2^52 to 2^52-1; a fraction is rounded.
   *
   * @throws {RangeError} When it is not one.
   */
  svarint(n: number): void {
    n = Math.round(n);
    this.uvarint(n < 0 ? -2 * n - 1 : 2 * n);
  }

  /** An IEEE 754 double, big-endian. */
  f64(n: number): void {
    this.#room(8);
    new DataView(this.#buf.buffer).setFloat64(this.#pos, n);
    this.#pos += 8;
  }

  /** A length and bytes. */
  bytes(b: Uint8Array): void {
    this.uvarint(b.length);
    this.raw(b);
  }

  /** Bytes alone. */
  raw(b: Uint8Array): void {
    this.#room(b.length);
    this.#buf.set(b, this.#pos);
    this.#pos += b.length;
  }

  /** A string, or a reference to the same string earlier in the frame. `bias` is added to its first number. */
  string(s: string, bias = 0): void {
    const n = s.length;
    let slot = -1;
    if (n > 2 && n <= MAX_SEEN) {
      slot = (n + s.charCodeAt(0) * 7 + s.charCodeAt(n >> 1) * 31 + s.charCodeAt(n - 1) * 131) & 255;
      const at = this.#at[slot] - this.#base;
      if (at >= 0 && this.#seen[slot] === s) return this.uvarint(at * 2 + 1 + bias);
    }
    let size = n;
    // Below about 40 characters a loop beats TextEncoder, and the prefix is one byte.
    if (n > 40 || !this.#ascii(s, n, bias)) {
      const b = ENCODER.encode(s);
      size = b.length;
      this.uvarint(size * 2 + bias);
      this.raw(b);
    }
    if (size > 2) {
      if (slot >= 0) {
        this.#seen[slot] = s;
        this.#at[slot] = this.#base + this.#count;
      }
      this.#count++;
    }
  }

  #ascii(s: string, n: number, bias: number): boolean {
    this.#room(n + 1);
    const buf = this.#buf;
    let pos = this.#pos;
    buf[pos++] = n * 2 + bias;
    for (let i = 0; i < n; i++) {
      const c = s.charCodeAt(i);
      if (c > 127) return false;
      buf[pos++] = c;
    }
    this.#pos = pos;
    return true;
  }

  /** A string that may be absent. */
  optional(s: string | null): void {
    if (s === null) this.u8(0);
    else this.string(s, 1);
  }

  /** An entry of a static table, or a string that it lacks. */
  name(table: ReadonlyMap<string, number>, s: string): void {
    const at = table.get(s);
    if (at === undefined) {
      this.u8(0);
      this.string(s);
    } else this.uvarint(at + 1);
  }

  /** A count and that many items. */
  list<T>(items: readonly T[], write: (w: Writer, item: T) => void): void {
    this.uvarint(items.length);
    for (const item of items) write(this, item);
  }

  /** A list of pairs of strings. */
  pairs(items: readonly (readonly [string, string])[]): void {
    this.uvarint(items.length);
    for (const [name, value] of items) {
      this.string(name);
      this.string(value);
    }
  }
}

let shared: Writer | undefined;

/** The shared writer, empty but for the first byte of a frame. */
export function beginFrame(type: number, flags = 0): Writer {
  const w = shared ??= new Writer();
  w.reset();
  w.u8(type | flags << 4);
  return w;
}

/** Reads one frame. Every method throws a {@linkcode ProtocolError} rather than read past the end. */
export class Reader {
  /** The place of the next byte. */
  pos = 0;
  /** The flags of the frame's first byte. */
  flags = 0;
  #strings: string[] = [];
  #budget: number;

  /** Reads `bytes` within `limits`. */
  constructor(
    /** The frame. */
    readonly bytes: Uint8Array,
    /** The limits. */
    readonly limits: Limits = DOWN_LIMITS,
  ) {
    this.#budget = limits.maxFrame;
    if (bytes.length > limits.maxFrame) this.fail(0x10);
  }

  /** Throws. `at` is the place that the error names. */
  fail(code: ErrorCode, at: number = this.pos): never {
    throw new ProtocolError(code, at);
  }

  /** How many bytes are left. */
  get left(): number {
    return this.bytes.length - this.pos;
  }

  /** Throws unless everything has been read. */
  end(): void {
    if (this.left > 0) this.fail(0x01);
  }

  /** One byte. */
  u8(): number {
    if (this.pos >= this.bytes.length) this.fail(0x13);
    return this.bytes[this.pos++];
  }

  /** One byte, 0 or 1. */
  bool(): boolean {
    const b = this.u8();
    if (b > 1) this.fail(0x01, this.pos - 1);
    return b > 0;
  }

  /** A whole number from 0 to 2^53-1, in its shortest form. */
  uvarint(): number {
    let b = this.u8();
    if (b < 128) return b;
    const at = this.pos - 1;
    let n = b & 127;
    let scale = 128;
    do {
      b = this.u8();
      n += (b & 127) * scale;
      scale *= 128;
      // The eighth byte, at 2^49, has room for four bits.
      if (n > MAX || (scale > 2 ** 55 && b > 127)) this.fail(0x14, at);
    } while (b > 127);
    if (b === 0) this.fail(0x14, at);
    return n;
  }

  /** A whole number from -2^52 to 2^52-1. */
  svarint(): number {
    const n = this.uvarint();
    return n % 2 ? -(n + 1) / 2 : n / 2;
  }

  /** An IEEE 754 double, big-endian. */
  f64(): number {
    const at = this.#take(8);
    return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(at);
  }

  /** Moves past `n` bytes; returns where they begin. */
  #take(n: number): number {
    const at = this.pos;
    if (n > this.left) this.fail(0x13);
    this.pos += n;
    return at;
  }

  /** A length and bytes, copied out of the frame. */
  blob(): Uint8Array<ArrayBuffer> {
    const at = this.#take(this.uvarint());
    return this.bytes.slice(at, this.pos);
  }

  /** A string, or a reference to an earlier one; `h` is its first number. */
  string(h: number = this.uvarint()): string {
    const begin = this.pos;
    let s: string;
    if (h % 2) {
      s = this.#strings[(h - 1) / 2];
      if (s === undefined) this.fail(0x15, begin);
      // Two bytes can name a megabyte: what a frame unfolds to is limited as well.
      if ((this.#budget -= s.length) < 0) this.fail(0x10, begin);
      return s;
    }
    const n = h / 2;
    const at = this.#take(n);
    s = this.#text(at, n);
    if (n > 2) this.#strings.push(s);
    return s;
  }

  #text(at: number, n: number): string {
    const { bytes, pos } = this;
    if (n < 40) {
      let s = "";
      let i = at;
      for (; i + 7 < pos; i += 8) {
        const [a, b, c, d] = [bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]];
        const [e, f, g, h] = [bytes[i + 4], bytes[i + 5], bytes[i + 6], bytes[i + 7]];
        if ((a | b | c | d | e | f | g | h) > 127) break;
        s += String.fromCharCode(a, b, c, d, e, f, g, h);
      }
      while (i < pos && bytes[i] < 128) s += String.fromCharCode(bytes[i++]);
      if (i === pos) return s;
    }
    try {
      return DECODER.decode(bytes.subarray(at, pos));
    } catch {
      this.fail(0x15, at);
    }
  }

  /** A string, or null. */
  optional(): string | null {
    const h = this.uvarint();
    return h === 0 ? null : this.string(h - 1);
  }

  /** An entry of a static table, or a string. */
  name(table: readonly string[]): string {
    const at = this.pos;
    const n = this.uvarint();
    return n === 0 ? this.string() : table[n - 1] ?? this.fail(0x15, at);
  }

  /** The count of a list: at most `maxItems`, and an item has at least a byte. */
  count(): number {
    const at = this.pos;
    const n = this.uvarint();
    if (n > this.left || n > this.limits.maxItems) this.fail(0x11, at);
    return n;
  }

  /** A count and that many items. */
  list<T>(read: (r: Reader) => T): T[] {
    const items: T[] = [];
    for (let n = this.count(); n > 0; n--) items.push(read(this));
    return items;
  }

  /** A list of pairs of strings. */
  pairs(): [string, string][] {
    return this.list((r) => [r.string(), r.string()]);
  }
}

/** Begins to read a frame of a type, whose flags are among `flags`. */
export function openFrame(bytes: Uint8Array, type: number, flags: number, limits?: Limits): Reader {
  const r = new Reader(bytes, limits);
  const head = r.u8();
  r.flags = head >> 4;
  if ((head & 15) !== type) r.fail(0x16, 0);
  if (r.flags & ~flags) r.fail(0x01, 0);
  return r;
}

/** The type of a frame: the low four bits of its first byte. */
export function frameType(bytes: Uint8Array): number {
  return new Reader(bytes).u8() & 15;
}
