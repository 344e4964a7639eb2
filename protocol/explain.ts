/**
 * Sentences for the codec's errors. Only servers import this: a browser has no use for the text.
 *
 * @module
 */
import { ProtocolError } from "./error.ts";
import type { Limits } from "./limits.ts";

const FRAMES = ["hello", "event", "patches", "control", "ack", "error"];

/**
 * The same error, with a message that says what was met and what was wanted. Never quotes more than one byte of the
 * frame, so it can be logged.
 */
export function explain(error: ProtocolError, bytes: Uint8Array, limits: Partial<Limits>): ProtocolError {
  const { code, offset } = error;
  const type = bytes.length === 0 ? -1 : bytes[0] & 15;
  const frame = type < 0
    ? "an empty frame"
    : FRAMES[type]
    ? `${FRAMES[type]} frame`
    : `frame of type ${hex(type)}`;
  const met = offset < bytes.length ? hex(bytes[offset]) : "the end";
  const wish = wanted(code, offset, met, bytes.length, limits);
  return new ProtocolError(code, offset, `Cannot decode ${frame} at byte ${offset}: ${wish}`);
}

function wanted(code: number, offset: number, met: string, length: number, limits: Partial<Limits>): string {
  switch (code) {
    case 0x01:
      return `expected no ${met} here`;
    case 0x02:
      return `expected a known event and a payload of its family, not ${met}`;
    case 0x10:
      return `expected at most ${limits.maxFrame} bytes, not ${
        length > limits.maxFrame! ? length : "as many as its strings unfold to"
      }`;
    case 0x11:
      return `expected at most ${limits.maxItems} items, and no more than bytes remain`;
    case 0x12:
      return `expected at most ${limits.maxDepth} nested nodes and ${limits.maxHookDepth} nested values`;
    case 0x13:
      return `expected more than ${length} bytes`;
    case 0x14:
      return "expected a varint of at most 2^53-1 in its shortest form";
    case 0x15:
      return "expected UTF-8, or the number of a known string";
    case 0x16:
      return offset === 0 ? "expected 0x00 to 0x05" : `expected a known type, not ${met}`;
    case 0x17:
      return "expected what a browser sends";
  }
  return `met ${met}`;
}

function hex(n: number): string {
  return `0x${n.toString(16).padStart(2, "0")}`;
}
