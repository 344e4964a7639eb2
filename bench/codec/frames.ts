/**
 * The frames of the codec benches: those of a page in use.
 *
 * @module
 */
import type { EventFrame, PatchFrame } from "../../protocol/mod.ts";
import type { Patch } from "../../vdom/patch.ts";
import type { Prepared } from "../contender.ts";

/** A click. */
export const CLICK: EventFrame = {
  seq: 300,
  ackDelta: 1,
  code: 0x01,
  num: 42,
  target: 0,
  payload: null,
};

/** The answer of a counter: one text patch. */
export const COUNTER: PatchFrame<never> = {
  seq: 300,
  received: 300,
  settled: null,
  patches: [{ op: 0x16, num: 7, offset: 7, count: 2, text: "43" }],
};

/** A hundred patches of five kinds. */
export const MIXED: PatchFrame<never> = {
  seq: 301,
  received: 301,
  settled: null,
  patches: Array.from({ length: 100 }, (_, i): Patch<never> => {
    switch (i % 5) {
      case 0:
        return { op: 0x01, num: 100 + i, text: `Row number ${i}` };
      case 1:
        return { op: 0x02, num: 100 + i, name: "class", value: i % 2 ? "row selected" : "row" };
      case 2:
        return { op: 0x16, num: 100 + i, offset: 4, count: 2, text: String(i) };
      case 3:
        return { op: 0x06, num: 100 + i, before: 90 + i };
      default:
        return { op: 0x08, num: 100 + i, value: `value ${i}` };
    }
  }),
};

/** A codec. */
export interface FrameCodec {
  encodeEvent(event: EventFrame): Uint8Array;
  decodeEvent(bytes: Uint8Array): unknown;
  encodePatches(frame: PatchFrame<never>): Uint8Array;
  decodePatches(bytes: Uint8Array): unknown;
}

/** Makes the operations of a codec, such as "encode a click". What is counted are bytes. */
export function prepareCodec(codec: FrameCodec): (operation: string) => Prepared {
  return (operation) => {
    const [, verb, what] = /^(encode|decode) (.*)$/.exec(operation) ?? [];
    if (what === "a click") {
      const bytes = Uint8Array.from(codec.encodeEvent(CLICK));
      const run = verb === "encode" ? () => codec.encodeEvent(CLICK) : () => codec.decodeEvent(bytes);
      return { run, counted: bytes.length };
    }
    const frame = what === "a text patch" ? COUNTER : what === "100 patches" ? MIXED : null;
    if (frame === null) throw new TypeError(`Cannot prepare ${operation}`);
    const bytes = Uint8Array.from(codec.encodePatches(frame));
    const run = verb === "encode" ? () => codec.encodePatches(frame) : () => codec.decodePatches(bytes);
    return { run, counted: bytes.length };
  };
}
