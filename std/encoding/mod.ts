/**
 * A stand-in for the part of `@std/encoding` that this repository uses; see std/README.md.
 *
 * @module
 */
export { decodeBase64Url, encodeBase64Url } from "./base64url.ts";
export { encodeHex } from "./hex.ts";
