/**
 * The binary protocol between a page and its server: one codec for both ends. docs/protocol.md has the byte tables.
 *
 * A browser encodes events, controls, acks and its hello, and decodes with {@linkcode decodeDown}; a server encodes the
 * rest and decodes with {@linkcode decodeUp}. Every decoder throws a {@linkcode ProtocolError} for what is no frame.
 *
 * ```ts
 * import { decodeEvent, encodeEvent } from "@vango/core/protocol";
 *
 * const bytes = encodeEvent({ seq: 1, ackDelta: 0, code: 0x01, num: 7, payload: null }, "m");
 * console.log(bytes.length, decodeEvent(bytes, () => "m").num); // 4 7
 * ```
 *
 * @module
 */
export {
  Capability,
  CloseReason,
  ControlType,
  ErrorCode,
  FrameType,
  HelloAction,
  HelloFlag,
  HelloIntent,
  HelloStatus,
  MAJOR,
  MINOR,
  ResyncReason,
} from "./codes.ts";
export {
  type Control,
  decodeAck,
  decodeControlDown,
  decodeControlUp,
  decodeError,
  type DownControl,
  encodeAck,
  encodeControlDown,
  encodeControlUp,
  encodeError,
  type ErrorFrame,
  type SharedControl,
  type UpControl,
} from "./control.ts";
export { decodeDown, type DownFrame } from "./down.ts";
export { ProtocolError } from "./error.ts";
export { decodeEvent, encodeEvent, type EventFrame, type EventToSend } from "./event.ts";
export { explain } from "./explain.ts";
export {
  type AcceptedHello,
  type ClientHello,
  decodeClientHello,
  decodeServerHello,
  encodeClientHello,
  encodeServerHello,
  type HelloToSend,
  type RefusedHello,
  type ServerHello,
} from "./hello.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
export type { WireNode, WireTemplate } from "./nodes.ts";
export { frameType } from "./read.ts";
export { decodePatches, encodePatches, type PatchFrame, type Settled } from "./patch.ts";
export {
  type CustomPayload,
  type FormPayload,
  type HookPayload,
  type HookValue,
  type NavigatePayload,
  type PrefetchPayload,
  type WireByFamily,
  type WirePayload,
} from "./payload.ts";
export { decodeUp, type UpFrame } from "./up.ts";
export type { Family } from "../vdom/event_table.ts";
export type * from "../vdom/events.ts";
export type { Key, Kind, Props, SignalLike, VNode } from "../vdom/node.ts";
export type { Patch, TemplateHole } from "../vdom/patch.ts";
