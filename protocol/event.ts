/**
 * The Event frame: one event of one node, and how far the browser has come with the server's frames.
 *
 *     31  01  05  01  2c      click (01) on node 44, event 5, no payload; one more frame applied
 *     |   |   |   code
 *     |   |   seq
 *     |   ackDelta (flag 1)
 *     type 1, flags 1 and 2
 *
 * An event that carries what a control shows may be handled above the control; flag 4 then tells which control it is.
 *
 * @module
 */
import type { Family } from "../vdom/event_table.ts";
import { readBareEvent } from "./bare.ts";
import type { Limits } from "./limits.ts";
import { readPayload, type WirePayload, writePayload } from "./payload.ts";
import { endFrame, openAs, readFlags, readU8, readUvarint } from "./read.ts";
import { beginFrame, finishFrame, writeU8, writeUvarint } from "./write.ts";

/** An Event frame. */
export interface EventFrame {
  /** The number of the event, from 1. */
  seq: number;
  /** How far the number of the last applied frame grew since the last ack of this connection. */
  ackDelta: number;
  /** Which event it is: a code of vdom/event_table.ts. */
  code: number;
  /** The number of the node; 0 where there is none. */
  num: number;
  /** The number of the control whose value it carries, where that is another node; 0 where it is the node itself, or none of ours. */
  target: number;
  /** What it carries; null when the handler takes nothing. */
  payload: WirePayload | null;
}

/** An Event frame to be written: without `target` where that is the node itself. */
export type EventToSend = Omit<EventFrame, "target"> & { target?: number };

/**
 * Writes an Event frame. `family` is that of the code.
 *
 * @throws {TypeError | RangeError} When the payload holds what the wire cannot, such as a function in a hook's data.
 */
export function encodeEvent(frame: EventToSend, family: Family): Uint8Array<ArrayBuffer> {
  const { ackDelta, target = 0, payload } = frame;
  const bare = payload === null || family === "-";
  beginFrame(1, (ackDelta > 0 ? 1 : 0) | (bare ? 2 : 0) | (target > 0 ? 4 : 0));
  if (ackDelta > 0) writeUvarint(ackDelta);
  writeUvarint(frame.seq);
  writeU8(frame.code);
  writeUvarint(frame.num);
  if (target > 0) writeUvarint(target);
  if (!bare) writePayload(frame.code, family, payload);
  return finishFrame();
}

/**
 * Reads an Event frame. `familyOf` tells the family of a code; "o" for a code that it does not know.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeEvent(
  bytes: Uint8Array,
  familyOf: (code: number) => Family,
  limits?: Partial<Limits>,
): EventFrame {
  const bare = readBareEvent(bytes, limits);
  if (bare !== null) return bare;
  openAs(1, bytes, limits);
  return readEvent(familyOf);
}

/** Reads what follows the first byte of an Event frame. */
export function readEvent(familyOf: (code: number) => Family): EventFrame {
  const flags = readFlags(7);
  const ackDelta = flags & 1 ? readUvarint() : 0;
  const seq = readUvarint();
  const code = readU8();
  const num = readUvarint();
  const target = flags & 4 ? readUvarint() : 0;
  const payload = flags & 2 ? null : readPayload(code, familyOf(code));
  endFrame();
  return { seq, ackDelta, code, num, target, payload };
}
