/**
 * JSON, as UTF-8.
 *
 * @module
 */
import { prepareCodec } from "./frames.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = (value: unknown) => encoder.encode(JSON.stringify(value));
const decode = (bytes: Uint8Array) => JSON.parse(decoder.decode(bytes));

/** See bench/contender.ts. */
export const prepare = prepareCodec({
  encodeEvent: encode,
  decodeEvent: decode,
  encodePatches: encode,
  decodePatches: decode,
});
