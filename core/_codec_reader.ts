/**
 * The reader of the state encoding: see codec.ts for the layout. Every length is checked against what is left.
 *
 * @module
 */

import { MAX_BIGINT, MAX_DEPTH, StateError, TAG, TYPED } from "./_codec_format.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads one value; `at` is then where it ended. */
export class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): unknown {
    const start = this.at;
    const tag = this.byte();
    if (tag >= TAG.smallInt) return tag & 0x7f;
    if (tag >= TAG.shortString) return this.text(tag & 0x3f);
    switch (tag) {
      case TAG.null:
        return null;
      case TAG.undefined:
        return undefined;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.int: {
        const zigzag = this.varint();
        return zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
      }
      case TAG.double:
        return this.double();
      case TAG.string:
        return this.text(this.length(1));
      case TAG.wide:
        return this.wide();
      case TAG.bigint:
        return this.bigint();
      case TAG.negative:
        return -this.bigint();
      case TAG.date:
        return new Date(this.double());
      case TAG.array:
        return this.array(this.inside(depth));
      case TAG.object:
        return this.record(this.inside(depth));
      case TAG.map:
        return this.map(this.inside(depth));
      case TAG.set:
        return this.set(this.inside(depth));
      case TAG.buffer:
        return this.block(this.length(1)).slice().buffer;
      case TAG.typed:
        return this.typed();
    }
    this.at = start;
    throw this.error(`unknown tag 0x${tag.toString(16).padStart(2, "0")}`);
  }

  /** The depth of what is inside a value of this depth. */
  inside(depth: number): number {
    if (depth >= MAX_DEPTH) throw this.error(`nested more than ${MAX_DEPTH} deep`);
    return depth + 1;
  }

  array(depth: number): unknown[] {
    const items: unknown[] = [];
    for (let left = this.length(1); left > 0; left--) items.push(this.value(depth));
    return items;
  }

  record(depth: number): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (let left = this.length(2); left > 0; left--) {
      const tag = this.#bytes[this.at];
      const isString = tag === TAG.string || tag === TAG.wide ||
        (tag >= TAG.shortString && tag < TAG.smallInt);
      if (!isString) throw this.error("expected a string as key");
      const key = this.value(depth) as string;
      const value = this.value(depth);
      if (key === "__proto__") { // an assignment would set the prototype
        Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
      } else record[key] = value;
    }
    return record;
  }

  map(depth: number): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    for (let left = this.length(2); left > 0; left--) {
      const key = this.value(depth);
      map.set(key, this.value(depth));
    }
    return map;
  }

  set(depth: number): Set<unknown> {
    const set = new Set<unknown>();
    for (let left = this.length(1); left > 0; left--) set.add(this.value(depth));
    return set;
  }

  typed(): unknown {
    const kind = this.byte();
    const type = TYPED[kind];
    if (type === undefined) throw this.error(`unknown kind of typed array ${kind}`);
    const length = this.length(1);
    if (length % type.BYTES_PER_ELEMENT !== 0) throw this.error(`${length} bytes are no whole ${type.name}`);
    return new type(this.block(length).slice().buffer);
  }

  bigint(): bigint {
    const length = this.length(1);
    if (length > MAX_BIGINT) {
      throw this.error(`a bigint of ${length} bytes, at most ${MAX_BIGINT} are allowed`);
    }
    let hex = "0x0";
    for (const byte of this.block(length)) hex += byte.toString(16).padStart(2, "0");
    return BigInt(hex);
  }

  text(length: number): string {
    const start = this.at;
    const bytes = this.block(length);
    // Short and ASCII is the common case, and several times faster than a call into the decoder.
    if (length < TAG.shortString) {
      let text = "";
      let at = start;
      for (; at < this.at; at++) {
        const byte = this.#bytes[at];
        if (byte >= 0x80) break;
        text += String.fromCharCode(byte);
      }
      if (at === this.at) return text;
    }
    try {
      return decoder.decode(bytes);
    } catch (cause) {
      throw new StateError(`Cannot decode state at byte ${start}: not UTF-8`, { cause });
    }
  }

  wide(): string {
    const length = this.length(1);
    if (length % 2 !== 0) throw this.error(`${length} bytes are no whole UTF-16`);
    const start = this.at;
    this.block(length);
    let text = "";
    for (let i = start; i < this.at; i += 2) text += String.fromCharCode(this.#view.getUint16(i, true));
    return text;
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw this.error("the bytes end too early");
    return this.#bytes[this.at++];
  }

  double(): number {
    const start = this.at;
    this.block(8);
    return this.#view.getFloat64(start, true);
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 53; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw this.error("a varint over 2^53 - 1");
  }

  /** A length or count of things of at least `size` bytes each, checked against what is left. */
  length(size: number): number {
    const length = this.varint();
    if (length * size > this.#bytes.length - this.at) {
      throw this.error(`a length of ${length} where ${this.#bytes.length - this.at} bytes are left`);
    }
    return length;
  }

  /** The next bytes, in place. */
  block(length: number): Uint8Array {
    if (length > this.#bytes.length - this.at) throw this.error("the bytes end too early");
    return this.#bytes.subarray(this.at, this.at += length);
  }

  error(problem: string): StateError {
    return new StateError(`Cannot decode state at byte ${this.at}: ${problem}`);
  }
}
