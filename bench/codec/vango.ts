/**
 * Vango's codec.
 *
 * @module
 */
import { decodeEvent, decodePatches, encodeEvent, encodePatches } from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { prepareCodec } from "./frames.ts";

/** See bench/contender.ts. */
export const prepare = prepareCodec({
  encodeEvent: (event) => encodeEvent(event, familyOf(event.code)),
  decodeEvent: (bytes) => decodeEvent(bytes, familyOf),
  encodePatches,
  decodePatches,
});
