/**
 * The decoders of protocol/ on wrong frames: they answer or refuse with a typed error, and what they answer is written and read
 * back as it was.
 *
 * @module
 */
import {
  decodeDown,
  decodeUp,
  DEFAULT_LIMITS,
  type DownFrame,
  ErrorCode,
  ProtocolError,
  type UpFrame,
} from "../../protocol/mod.ts";
import { encodeSample, type Sample } from "../../tests/protocol/support.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { type Corpus, wrongFrame } from "./mutate.ts";
import type { Random } from "./random.ts";

const CODES = new Set<number>(Object.values(ErrorCode));

/** Reads one wrong frame as a server would. */
export function feedUp(random: Random, corpus: Corpus): void {
  feed(wrongFrame(random, corpus), (bytes) => decodeUp(bytes, familyOf, DEFAULT_LIMITS), upSample);
}

/** Reads one wrong frame as a test's client would. */
export function feedDown(random: Random, corpus: Corpus): void {
  feed(wrongFrame(random, corpus), decodeDown, downSample);
}

/**
 * Reads bytes, and what they mean once more.
 *
 * @throws {Error} When the decoder fails, or does not read what the encoder made of its answer.
 */
export function feed<T>(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => T,
  sampleOf: (frame: T) => Sample | null,
): void {
  let frame: T;
  try {
    frame = decode(bytes);
  } catch (error) {
    checkRefusal(error, bytes);
    return;
  }
  const sample = sampleOf(frame);
  if (sample === null) return;
  let again: T;
  try {
    again = decode(encodeSample(sample));
  } catch (error) {
    throw new Error(`Read ${fingerprint(frame)}, and cannot write it [${toHex(bytes)}]`, { cause: error });
  }
  if (fingerprint(again) !== fingerprint(frame)) {
    throw new Error(`Read ${fingerprint(frame)}, wrote it, and read ${fingerprint(again)} [${toHex(bytes)}]`);
  }
}

function checkRefusal(error: unknown, bytes: Uint8Array): void {
  const typed = error instanceof ProtocolError && CODES.has(error.code) && error.offset <= bytes.length;
  if (!typed) throw new Error(`A decoder failed without a typed error [${toHex(bytes)}]`, { cause: error });
}

/** A value as text, with what JSON leaves out. */
function fingerprint(value: unknown): string {
  return JSON.stringify(
    value,
    (_, v) =>
      typeof v === "number" && (!Number.isFinite(v) || Object.is(v, -0))
        ? Object.is(v, -0) ? "-0" : String(v)
        : v instanceof Uint8Array
        ? v.toHex()
        : v,
  );
}

/** Bytes as hex. */
export function toHex(bytes: Uint8Array): string {
  return new Uint8Array(bytes).toHex();
}

function upSample(frame: UpFrame): Sample | null {
  switch (frame.kind) {
    case "event":
      return { kind: "event", value: frame.event };
    case "ack":
      return { kind: "ack", value: frame.seq };
    case "control":
      return { kind: "controlUp", value: frame.control };
    case "hello":
      // Of another version only the version is read.
      return frame.hello.major === 3 && frame.hello.minor === 0
        ? { kind: "clientHello", value: frame.hello }
        : null;
  }
}

/** Frames with nodes are left out: the encoder takes trees, which are not every list of nodes that can be read. */
function downSample(frame: DownFrame): Sample | null {
  switch (frame.kind) {
    case "patches":
      return frame.frame.patches.some((patch) => "nodes" in patch)
        ? null
        : { kind: "patches", value: frame.frame };
    case "control":
      return frame.control.type === 0x12 ? null : { kind: "controlDown", value: frame.control };
    case "hello":
      return { kind: "serverHello", value: frame.hello };
    case "error":
      return { kind: "error", value: frame.error };
  }
}
