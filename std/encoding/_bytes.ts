/**
 * What the encoders accept, as bytes.
 *
 * @module
 */

/** The bytes of a buffer, a view, or a string in UTF-8. */
export function toBytes(data: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}
