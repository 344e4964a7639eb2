/**
 * The bytes of the protocol, as small as a browser can have them.
 *
 * The codec in protocol/ trusts nothing and gives plain data; a page trusts its server and wants DOM nodes, so it reads
 * with this cursor, straight into the DOM, and writes numbers into an array. Every kilobyte of `protocol/` would be one that
 * each visitor fetches. The tests hold both against each other: what protocol/ encodes is read here, and the reverse.
 *
 * @module
 */
import { NAMES } from "../protocol/names.ts";

const MAX_KEPT = 5;

/** Reads one frame. Numbers throw past its end; bytes end with it. */
export class Cursor {
  /** The place of the next byte. */
  pos = 1;
  /** The strings of three bytes or more, in the order in which they came. */
  readonly strings: string[] = [];
  /** Reads UTF-8. */
  readonly utf8: TextDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** The frame. */
  readonly bytes: Uint8Array;

  /** Begins after the type byte. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** A whole number. One byte below 128 is a uvarint as well, so this reads a u8 of a small table, too. */
  uint(): number {
    let n = 0;
    let scale = 1;
    let byte;
    do {
      byte = this.bytes[this.pos++];
      n += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    // Else a wrong count would be read for ever.
    if (byte == null) throw Error();
    return n;
  }

  /** A whole number that may be negative. */
  int(): number {
    const n = this.uint();
    return n % 2 ? -(n + 1) / 2 : n / 2;
  }

  /** A string; `head` is its first number. */
  string(head: number = this.uint()): string {
    if (head % 2) return this.strings[(head - 1) / 2];
    const text = this.utf8.decode(this.chunk(head / 2));
    if (head > MAX_KEPT) this.strings.push(text);
    return text;
  }

  /** Bytes. */
  chunk(size: number = this.uint()): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(this.pos, this.pos += size) as Uint8Array<ArrayBuffer>;
  }

  /** A name of the table, or a string. */
  word(): string {
    const n = this.uint();
    return n ? NAMES[n - 1] : this.string();
  }

  /** A string, or null. */
  maybe(): string | null {
    const head = this.uint();
    return head ? this.string(head - 1) : null;
  }

  /** A count and that many items. */
  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let n = this.uint(); n--;) items.push(read());
    return items;
  }
}

/** Bytes to be sent. */
export type Bytes = number[];

/** Writes a whole number. */
export function putUint(out: Bytes, n: number): void {
  while (n > 127) {
    out.push(n % 128 | 128);
    n = Math.floor(n / 128);
  }
  out.push(n);
}

/** Writes a whole number that may be negative; a fraction is rounded. */
export function putInt(out: Bytes, n: number): void {
  n = Math.round(n) || 0;
  putUint(out, n < 0 ? -2 * n - 1 : 2 * n);
}

/** Writes a string, never as a reference. */
export function putText(out: Bytes, text: string): void {
  const bytes = new TextEncoder().encode(text);
  putUint(out, bytes.length * 2);
  for (const byte of bytes) out.push(byte);
}

/** Writes a number that may have a fraction, or be none: as a double, big-endian. */
export function putNumber(out: Bytes, n: number): void {
  if (n - n === 0) out.push(3, ...new Uint8Array(new Float64Array([n]).buffer).reverse());
  else out.push(7);
}
