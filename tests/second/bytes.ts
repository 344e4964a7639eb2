/**
 * The primitives of docs/protocol.md, written from that document alone: nothing here knows the product's codec.
 *
 * A Reader walks one frame and keeps its list of strings; a Writer makes one. Names of the static table are numbers from 1.
 *
 * @module
 */

/** The static table, from 1. */
const NAMES =
  ("data-hid class id style href type name value src alt title for placeholder disabled checked selected role " +
    "tabindex hidden width height aria-label div span p a button input label li ul tr td th form section h2 h3 img svg path " +
    "option select textarea strong i b").split(" ");

/** Bytes that are no frame: the code is one of the document's "Errors". */
export class WireError extends Error {
  /** Makes an error of a code at a byte. */
  constructor(readonly code: number, readonly at: number) {
    super(`Cannot read the frame at byte ${at}: error 0x${code.toString(16)}`);
  }
}

/** Reads one frame from its start to its end. */
export class Reader {
  at = 0;
  readonly #strings: string[] = [];

  /** Starts at the first byte. */
  constructor(readonly bytes: Uint8Array) {}

  /** Whether bytes remain. */
  get more(): boolean {
    return this.at < this.bytes.length;
  }

  fail(code: number): never {
    throw new WireError(code, this.at);
  }

  /** What follows the last field is no frame. */
  end(): void {
    if (this.more) this.fail(0x01);
  }

  take(count: number): Uint8Array {
    if (count > this.bytes.length - this.at) this.fail(0x13);
    return this.bytes.subarray(this.at, this.at += count);
  }

  u8(): number {
    return this.take(1)[0];
  }

  bool(): boolean {
    const byte = this.u8();
    return byte > 1 ? this.fail(0x01) : byte === 1;
  }

  uvarint(): number {
    let value = 0;
    for (let i = 0, unit = 1; i < 8; i++, unit *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * unit;
      if (byte >= 0x80) continue;
      // the shortest form only; 8 bytes could hold 2^56
      if (byte === 0 && i > 0 || value > Number.MAX_SAFE_INTEGER) this.fail(0x14);
      return value;
    }
    return this.fail(0x14);
  }

  svarint(): number {
    const v = this.uvarint();
    return v % 2 === 1 ? -(v + 1) / 2 : v / 2;
  }

  f64(): number {
    const bytes = this.take(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  }

  byteString(): Uint8Array {
    return this.take(this.uvarint());
  }

  string(h: number = this.uvarint()): string {
    if (h % 2 === 1) return this.#strings[(h - 1) / 2] ?? this.fail(0x15);
    const bytes = this.take(h / 2);
    let text: string;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return this.fail(0x15);
    }
    if (bytes.length >= 3) this.#strings.push(text);
    return text;
  }

  optionalString(): string | null {
    const v = this.uvarint();
    return v === 0 ? null : this.string(v - 1);
  }

  name(): string {
    const n = this.uvarint();
    return n === 0 ? this.string() : NAMES[n - 1] ?? this.fail(0x15);
  }

  number(): number {
    const kind = this.u8();
    if (kind === 2) return this.svarint();
    if (kind === 3) return this.f64();
    return kind === 7 ? NaN : this.fail(0x02);
  }

  list<T>(item: () => T): T[] {
    const count = this.uvarint();
    if (count > this.bytes.length - this.at) this.fail(0x11);
    return Array.from({ length: count }, item);
  }
}

/** Writes one frame. */
export class Writer {
  readonly #bytes: number[] = [];

  u8(byte: number): void {
    this.#bytes.push(byte);
  }

  bool(on: boolean): void {
    this.u8(on ? 1 : 0);
  }

  uvarint(value: number): void {
    for (; value >= 128; value = Math.floor(value / 128)) this.u8(value % 128 + 128);
    this.u8(value);
  }

  svarint(value: number): void {
    this.uvarint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  byteString(bytes: Uint8Array): void {
    this.uvarint(bytes.length);
    this.#bytes.push(...bytes);
  }

  /** Always in full: who encodes may write a string again, and frames up hold few. */
  string(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.uvarint(bytes.length * 2);
    this.#bytes.push(...bytes);
  }

  number(value: number): void {
    if (Number.isNaN(value)) return this.u8(7);
    // as vectors.json has it: whole numbers as varints, the rest as f64
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 52) {
      this.u8(2);
      return this.svarint(value);
    }
    this.u8(3);
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.#bytes.push(...new Uint8Array(view.buffer));
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.uvarint(items.length);
    items.forEach(write);
  }

  /** The frame. */
  done(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }
}
