/**
 * The frames that nearly all are, read in one go, without the state that reading a longer one needs: a click, and its answer.
 *
 * A reader gives null for all others, and for a frame with anything wrong: whoever reads those says what it is, and where.
 *
 * @module
 */
import type { EventFrame } from "./event.ts";
import type { Limits } from "./limits.ts";
import type { WireNode } from "./nodes.ts";
import type { PatchFrame } from "./patch.ts";
import { asciiAt } from "./read.ts";

/** Reads an Event frame without payload and target, whose numbers take a byte or two; null for all others. */
export function readBareEvent(bytes: Uint8Array, limits?: Partial<Limits>): EventFrame | null {
  const head = bytes[0];
  if (head !== 0x31 && head !== 0x21) return null;
  let at = 1;
  let ackDelta = 0;
  if (head === 0x31) {
    ackDelta = shortAt(bytes, at);
    at += ackDelta < 128 ? 1 : 2;
  }
  const seq = shortAt(bytes, at);
  at += seq < 128 ? 1 : 2;
  const code = bytes[at++];
  const num = shortAt(bytes, at);
  at += num < 128 ? 1 : 2;
  // What is not there or not short is negative, and stays so beside the others.
  return (ackDelta | seq | num) < 0 || at !== bytes.length ||
      limits !== undefined && at > limits.maxFrame!
    ? null
    : { seq, ackDelta, code, num, target: 0, payload: null };
}

/**
 * Reads a Patches frame after an event, with one SetText or TextRange, whose numbers take a byte or two, and less than 40 characters of
 * ASCII; null for all others.
 */
export function readBareText(bytes: Uint8Array, limits?: Partial<Limits>): PatchFrame<WireNode> | null {
  if (bytes[0] !== 0x12) return null;
  let at = 1;
  const seq = shortAt(bytes, at);
  at += seq < 128 ? 1 : 2;
  const received = shortAt(bytes, at);
  at += received < 128 ? 1 : 2;
  const op = bytes[at++];
  if (op !== 0x16 && op !== 0x01) return null;
  const num = shortAt(bytes, at);
  at += num < 128 ? 1 : 2;
  let offset = 0;
  let count = 0;
  if (op === 0x16) {
    offset = shortAt(bytes, at);
    at += offset < 128 ? 1 : 2;
    count = shortAt(bytes, at);
    at += count < 128 ? 1 : 2;
  }
  const n = bytes[at++];
  const end = bytes.length;
  // What is not there or not short is negative, and stays so beside the others.
  if (
    (seq | received | num | offset | count) < 0 || n > 79 || at + n / 2 !== end ||
    end > (limits?.maxFrame ?? end)
  ) return null;
  const text = asciiAt(bytes, at, end);
  if (text === null) return null;
  return {
    seq,
    received,
    settled: null,
    patches: [op === 0x16 ? { op, num, offset, count, text } : { op: 0x01, num, text }],
  };
}

/** A whole number of one byte or two, in its shortest form; -1 when there is none. */
function shortAt(bytes: Uint8Array, at: number): number {
  const low = bytes[at];
  if (low < 128) return low;
  const high = bytes[at + 1];
  return high > 0 && high < 128 ? low & 127 | high << 7 : -1;
}
