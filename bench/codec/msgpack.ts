/**
 * MessagePack.
 *
 * @module
 */
import { Decoder, Encoder } from "@msgpack/msgpack";
import { prepareCodec } from "./frames.ts";

const encoder = new Encoder();
const decoder = new Decoder();
const encode = (value: unknown) => encoder.encode(value);
const decode = (bytes: Uint8Array) => decoder.decode(bytes);

/** See bench/contender.ts. */
export const prepare = prepareCodec({
  encodeEvent: encode,
  decodeEvent: decode,
  encodePatches: encode,
  decodePatches: decode,
});
