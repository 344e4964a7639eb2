/**
 * The numbers of the state encoding, and its error: what the writer and the reader share.
 *
 * @module
 */

/** How deep values may nest. */
export const MAX_DEPTH = 256;
/** The bytes of the largest bigint. */
export const MAX_BIGINT = 1 << 20;

/** The first byte of a value; codec.ts has the layout. */
export const TAG = {
  null: 0x00,
  undefined: 0x01,
  false: 0x02,
  true: 0x03,
  int: 0x04,
  double: 0x05,
  string: 0x06,
  wide: 0x07,
  bigint: 0x08,
  negative: 0x09,
  date: 0x0a,
  array: 0x0b,
  object: 0x0c,
  map: 0x0d,
  set: 0x0e,
  buffer: 0x0f,
  typed: 0x10,
  shortString: 0x40,
  smallInt: 0x80,
} as const;

/** The typed arrays, by their number on the wire. */
export const TYPED = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
] as const;

/** Thrown when a value cannot be encoded, bytes cannot be decoded, or a snapshot does not fit. */
export class StateError extends Error {
  /** The stable code of this error. */
  readonly code = "E031";

  /** Makes the error. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StateError";
  }
}
