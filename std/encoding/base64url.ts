/**
 * Base64 with the URL-safe alphabet and no padding (RFC 4648, section 5).
 *
 * @module
 */
import { toBytes } from "./_bytes.ts";

/** Encodes bytes, or the UTF-8 bytes of a string, without padding. */
export function encodeBase64Url(data: ArrayBuffer | Uint8Array | string): string {
  return toBytes(data).toBase64({ alphabet: "base64url", omitPadding: true });
}

/**
 * Decodes what {@linkcode encodeBase64Url} wrote.
 *
 * @throws {TypeError} When the text is not base64url.
 */
export function decodeBase64Url(b64url: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.fromBase64(b64url, { alphabet: "base64url" });
  } catch (cause) {
    throw new TypeError(`Cannot decode ${b64url.length} characters as base64url`, { cause });
  }
}
