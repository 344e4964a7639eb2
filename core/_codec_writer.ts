/**
 * The writer of the state encoding: see codec.ts for the layout.
 *
 * @module
 */

import { MAX_BIGINT, MAX_DEPTH, StateError, TAG, TYPED } from "./_codec_format.ts";

const encoder = new TextEncoder();

/** One step from a value to one inside it: an index, a key, or the key of a Map in an array. */
type Step = number | string | [unknown];

/** Writes one value into bytes that grow; after {@linkcode Writer.value}, they are `bytes` up to `at`. */
export class Writer {
  bytes: Uint8Array = new Uint8Array(128);
  at = 0;
  #view = new DataView(this.bytes.buffer);
  #seen: Set<object> = new Set();
  #path: Step[] = [];

  value(value: unknown, depth: number): void {
    switch (typeof value) {
      case "string":
        return this.string(value);
      case "number":
        return this.number(value);
      case "boolean":
        return this.byte(value ? TAG.true : TAG.false);
      case "undefined":
        return this.byte(TAG.undefined);
      case "bigint":
        return this.bigint(value);
      case "object":
        return value === null ? this.byte(TAG.null) : this.object(value, depth);
      default:
        throw this.error(
          typeof value === "function" ? `a function (${value.name || "anonymous"})` : "a symbol",
        );
    }
  }

  object(value: object, depth: number): void {
    if (depth >= MAX_DEPTH) throw this.error(`a value nested more than ${MAX_DEPTH} deep`);
    if (this.#seen.has(value)) {
      throw this.error("an object seen before in it (a cycle or a repeated reference)");
    }
    this.#seen.add(value);
    const proto = Object.getPrototypeOf(value);
    if (proto === Array.prototype) this.array(value as unknown[], depth);
    else if (proto === Object.prototype || proto === null) {
      this.record(value as Record<string, unknown>, depth);
    } else if (proto === Map.prototype) this.map(value as Map<unknown, unknown>, depth);
    else if (proto === Set.prototype) this.set(value as Set<unknown>, depth);
    else if (proto === Date.prototype) {
      this.byte(TAG.date);
      this.double((value as Date).getTime());
    } else if (proto === ArrayBuffer.prototype) {
      this.byte(TAG.buffer);
      this.block(new Uint8Array(value as ArrayBuffer));
    } else {
      const kind = TYPED.findIndex((type) => proto === type.prototype);
      if (kind < 0) throw this.error(`an instance of ${proto.constructor?.name || "an unnamed class"}`);
      const { buffer, byteOffset, byteLength } = value as Uint8Array;
      this.byte(TAG.typed);
      this.byte(kind);
      this.block(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }

  array(items: readonly unknown[], depth: number): void {
    this.byte(TAG.array);
    this.varint(items.length);
    for (let i = 0; i < items.length; i++) this.inner(i, items[i], depth);
  }

  record(record: Record<string, unknown>, depth: number): void {
    if (Object.getOwnPropertySymbols(record).length > 0) throw this.error("an object with symbols as keys");
    const keys = Object.keys(record);
    this.byte(TAG.object);
    this.varint(keys.length);
    for (const key of keys) {
      this.string(key);
      this.inner(key, record[key], depth);
    }
  }

  map(map: Map<unknown, unknown>, depth: number): void {
    this.byte(TAG.map);
    this.varint(map.size);
    for (const [key, value] of map) {
      this.inner([key], key, depth);
      this.inner([key], value, depth);
    }
  }

  set(set: Set<unknown>, depth: number): void {
    this.byte(TAG.set);
    this.varint(set.size);
    let index = 0;
    for (const item of set) this.inner(index++, item, depth);
  }

  /** Writes a value that is inside the present one. */
  inner(step: Step, value: unknown, depth: number): void {
    this.#path.push(step);
    this.value(value, depth + 1);
    this.#path.pop();
  }

  number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      this.byte(TAG.double);
      this.double(value);
    } else if (value >= 0 && value < 0x80) {
      this.byte(TAG.smallInt | value);
    } else if (Math.abs(value) < 2 ** 48) {
      this.byte(TAG.int);
      this.varint(value < 0 ? -2 * value - 1 : 2 * value);
    } else { // eight bytes as a varint or more: a double is no longer
      this.byte(TAG.double);
      this.double(value);
    }
  }

  string(value: string): void {
    if (!value.isWellFormed()) {
      this.byte(TAG.wide);
      this.varint(value.length * 2);
      this.reserve(value.length * 2);
      for (let i = 0; i < value.length; i++, this.at += 2) {
        this.#view.setUint16(this.at, value.charCodeAt(i), true);
      }
      return;
    }
    // The common case, short and ASCII: no call into the encoder.
    const { length } = value;
    if (length < 0x40) {
      this.reserve(length + 1);
      let i = 0;
      for (; i < length; i++) {
        const code = value.charCodeAt(i);
        if (code >= 0x80) break;
        this.bytes[this.at + 1 + i] = code;
      }
      if (i === length) {
        this.bytes[this.at] = TAG.shortString | length;
        this.at += length + 1;
        return;
      }
    }
    const utf8 = encoder.encode(value);
    if (utf8.length < 0x40) {
      this.byte(TAG.shortString | utf8.length);
      this.raw(utf8);
    } else {
      this.byte(TAG.string);
      this.block(utf8);
    }
  }

  bigint(value: bigint): void {
    let hex = (value < 0n ? -value : value).toString(16);
    if (hex.length % 2 === 1) hex = "0" + hex;
    if (hex.length / 2 > MAX_BIGINT) throw this.error(`a bigint of more than ${MAX_BIGINT} bytes`);
    const bytes = new Uint8Array(hex.length / 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    this.byte(value < 0n ? TAG.negative : TAG.bigint);
    this.block(bytes);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  double(value: number): void {
    this.reserve(8);
    this.#view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** A whole number from 0 to 2^53 - 1. */
  varint(value: number): void {
    this.reserve(8);
    while (value >= 0x80) {
      this.bytes[this.at++] = (value % 0x80) | 0x80;
      value = Math.floor(value / 0x80);
    }
    this.bytes[this.at++] = value;
  }

  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  reserve(count: number): void {
    const needed = this.at + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.at));
    this.bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** The error for what was found at the present path. */
  error(found: string): StateError {
    return new StateError(`Cannot encode the value at ${pathText(this.#path)}: it is ${found}`);
  }
}

/** Writes a path as an expression: `$.user.tags[2]`, `$.get("a")` into a Map, long ones with their middle left out. */
function pathText(path: readonly Step[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    if (typeof step === "string") {
      return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    }
    const [key] = step;
    if (typeof key === "string") return `.get(${JSON.stringify(key)})`;
    return typeof key === "object" || typeof key === "function" ? ".get(…)" : `.get(${String(key)})`;
  });
  if (steps.length > 16) steps.splice(8, steps.length - 16, "…");
  return "$" + steps.join("");
}
