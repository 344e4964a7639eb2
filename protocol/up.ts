/**
 * One entry for everything that a browser may send: the server's. Its errors have a sentence for the log.
 *
 * @module
 */
import type { Family } from "../vdom/event_table.ts";
import { frameType } from "./bytes.ts";
import { decodeAck, decodeControlUp, type UpControl } from "./control.ts";
import { ProtocolError } from "./error.ts";
import { decodeEvent, type EventFrame } from "./event.ts";
import { explain } from "./explain.ts";
import { type ClientHello, decodeClientHello } from "./hello.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";

/** A frame from a browser. */
export type UpFrame =
  | { kind: "hello"; hello: ClientHello }
  | { kind: "event"; event: EventFrame }
  | { kind: "control"; control: UpControl }
  | { kind: "ack"; seq: number };

/**
 * Reads a frame from a browser.
 *
 * @throws {ProtocolError} When it is none; with code 0x17 when only a server sends it.
 */
export function decodeUp(
  bytes: Uint8Array,
  familyOf: (code: number) => Family,
  limits: Limits = DEFAULT_LIMITS,
): UpFrame {
  try {
    const type = frameType(bytes);
    switch (type) {
      case 0:
        return { kind: "hello", hello: decodeClientHello(bytes, limits) };
      case 1:
        return { kind: "event", event: decodeEvent(bytes, familyOf, limits) };
      case 3:
        return { kind: "control", control: decodeControlUp(bytes, limits) };
      case 4:
        return { kind: "ack", seq: decodeAck(bytes, limits) };
    }
    throw new ProtocolError(type === 2 || type === 5 ? 0x17 : 0x16, 0);
  } catch (error) {
    throw error instanceof ProtocolError ? explain(error, bytes, limits) : error;
  }
}
