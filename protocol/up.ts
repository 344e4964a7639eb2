/**
 * One entry for everything that a browser may send: the server's. Its errors have a sentence for the log.
 *
 * @module
 */
import type { Family } from "../vdom/event_table.ts";
import { readBareEvent } from "./bare.ts";
import { readAck, readControlUp, type UpControl } from "./control.ts";
import { ProtocolError } from "./error.ts";
import { type EventFrame, readEvent } from "./event.ts";
import { explain } from "./explain.ts";
import { type ClientHello, readClientHello } from "./hello.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { fail, openFrame } from "./read.ts";

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
  limits: Partial<Limits> = DEFAULT_LIMITS,
): UpFrame {
  const bare = readBareEvent(bytes, limits);
  if (bare !== null) return { kind: "event", event: bare };
  try {
    const type = openFrame(bytes, limits);
    switch (type) {
      case 0:
        return { kind: "hello", hello: readClientHello() };
      case 1:
        return { kind: "event", event: readEvent(familyOf) };
      case 3:
        return { kind: "control", control: readControlUp() };
      case 4:
        return { kind: "ack", seq: readAck() };
    }
    return fail(type === 2 || type === 5 ? 0x17 : 0x16, 0);
  } catch (error) {
    throw error instanceof ProtocolError ? explain(error, bytes, limits) : error;
  }
}
