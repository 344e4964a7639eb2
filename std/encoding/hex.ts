/**
 * Base 16, lower case (RFC 4648, section 8).
 *
 * @module
 */
import { toBytes } from "./_bytes.ts";

/** Encodes bytes, or the UTF-8 bytes of a string, as lower-case hexadecimal digits. */
export function encodeHex(src: string | Uint8Array | ArrayBuffer): string {
  return toBytes(src).toHex();
}
