/**
 * The Event frame: one event of one node, and how far the browser has come with the server's frames.
 *
 *     31  01  05  01  2c      click (01) on node 44, event 5, no payload; one more frame applied
 *     |   |   |   code
 *     |   |   seq
 *     |   ackDelta (flag 1)
 *     type 1, flags 1 and 2
 *
 * @module
 */
import type { Family } from "../vdom/event_table.ts";
import { beginFrame, openFrame, type Reader } from "./bytes.ts";
import type { Limits } from "./limits.ts";
import { decodePayload, encodePayload, type WirePayload } from "./payload.ts";

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
  /** What it carries; null when the handler takes nothing. */
  payload: WirePayload | null;
}

/**
 * Writes an Event frame. `family` is that of the code.
 *
 * @throws {TypeError | RangeError} When the payload holds what the wire cannot, such as a function in a hook's data.
 */
export function encodeEvent(frame: EventFrame, family: Family): Uint8Array<ArrayBuffer> {
  const { ackDelta, payload } = frame;
  const bare = payload === null || family === "-";
  const w = beginFrame(1, (ackDelta > 0 ? 1 : 0) | (bare ? 2 : 0));
  if (ackDelta > 0) w.uvarint(ackDelta);
  w.uvarint(frame.seq);
  w.u8(frame.code);
  w.uvarint(frame.num);
  if (!bare) encodePayload(w, frame.code, family, payload);
  return w.finish();
}

/**
 * Reads an Event frame. `familyOf` tells the family of a code; "o" for a code that it does not know.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeEvent(
  bytes: Uint8Array,
  familyOf: (code: number) => Family,
  limits?: Limits,
): EventFrame {
  const r: Reader = openFrame(bytes, 1, 3, limits);
  const ackDelta = r.flags & 1 ? r.uvarint() : 0;
  const seq = r.uvarint();
  const code = r.u8();
  const num = r.uvarint();
  const payload = r.flags & 2 ? null : decodePayload(r, code, familyOf(code));
  r.end();
  return { seq, ackDelta, code, num, payload };
}
