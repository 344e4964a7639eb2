/**
 * Control, Ack and Error frames: what keeps a connection in order.
 *
 * Each direction has its own union and its own pair of functions, so that a browser's bundle carries only the halves
 * that it uses.
 *
 * @module
 */
import type { VNode } from "../vdom/node.ts";
import { beginFrame, openFrame, type Reader, type Writer } from "./bytes.ts";
import type { CloseReason, ErrorCode, ResyncReason } from "./codes.ts";
import type { Limits } from "./limits.ts";
import { decodeNodes, encodeNodes, type WireNode } from "./nodes.ts";

/** Controls that either side sends. */
export type SharedControl =
  /** Ping and Pong: a number, echoed. */
  | { type: 0x01 | 0x02; value: number }
  /** Close: the connection ends; `message` is empty unless in development. */
  | { type: 0x20; reason: CloseReason; message: string };

/** Controls that a browser sends. */
export type UpControl =
  | SharedControl
  /** ResyncRequest: send everything after `lastSeq`, or the whole tree. */
  | { type: 0x10; lastSeq: number; reason: ResyncReason }
  /** Refetch: send the content of this node again. */
  | { type: 0x14; num: number };

/** Controls that a server sends. `N` is what nodes are. */
export type DownControl<N = VNode> =
  | SharedControl
  /** Resync: the whole tree; its nodes are numbered from 1. `received` is the last event that it was computed after. */
  | { type: 0x12; seq: number; received: number; nodes: N[] }
  /** Renumber: number the tree again in document order, from 1. */
  | { type: 0x13; seq: number }
  /** GoAway: connect again after `delay` milliseconds. */
  | { type: 0x21; delay: number }
  /** Sealed: a snapshot to hold for the next hello. */
  | { type: 0x22; seq: number; sealed: Uint8Array };

/** Any control. */
export type Control<N = VNode> = UpControl | DownControl<N>;

/** What a server tells of an error. */
export interface ErrorFrame {
  /** What went wrong. */
  code: ErrorCode;
  /** The event that it is about; 0 for none. */
  seq: number;
  /** Whether the session is over. */
  fatal: boolean;
  /** For people; empty unless in development. */
  message: string;
}

/** Writes a browser's Control frame. */
export function encodeControlUp(control: UpControl): Uint8Array<ArrayBuffer> {
  const w = beginFrame(3);
  w.u8(control.type);
  if (control.type === 0x10) {
    w.uvarint(control.lastSeq);
    w.u8(control.reason);
  } else if (control.type === 0x14) w.uvarint(control.num);
  else encodeShared(w, control);
  return w.finish();
}

/**
 * Reads a browser's Control frame.
 *
 * @throws {ProtocolError} When it is none; with code 0x17 when only a server sends it.
 */
export function decodeControlUp(bytes: Uint8Array, limits?: Limits): UpControl {
  const r: Reader = openFrame(bytes, 3, 0, limits);
  const type = r.u8();
  let control: UpControl;
  if (type === 0x10) {
    const lastSeq = r.uvarint();
    const reason = r.u8();
    if (reason > 3) r.fail(0x01, r.pos - 1);
    control = { type, lastSeq, reason: reason as ResyncReason };
  } else if (type === 0x14) control = { type, num: r.uvarint() };
  else if (type === 0x12 || type === 0x13 || type === 0x21 || type === 0x22) r.fail(0x17, 1);
  else control = decodeShared(r, type);
  r.end();
  return control;
}

/** Writes a server's Control frame. */
export function encodeControlDown(control: DownControl): Uint8Array<ArrayBuffer> {
  const w = beginFrame(3);
  w.u8(control.type);
  switch (control.type) {
    case 0x12:
      w.uvarint(control.seq);
      w.uvarint(control.received);
      encodeNodes(w, control.nodes);
      break;
    case 0x13:
      w.uvarint(control.seq);
      break;
    case 0x21:
      w.uvarint(control.delay);
      break;
    case 0x22:
      w.uvarint(control.seq);
      w.bytes(control.sealed);
      break;
    default:
      encodeShared(w, control);
  }
  return w.finish();
}

/**
 * Reads a server's Control frame.
 *
 * @throws {ProtocolError} When it is none; with code 0x17 when only a browser sends it.
 */
export function decodeControlDown(bytes: Uint8Array, limits?: Limits): DownControl<WireNode> {
  const r: Reader = openFrame(bytes, 3, 0, limits);
  const type = r.u8();
  const control = decodeDown(r, type);
  r.end();
  return control;
}

function decodeDown(r: Reader, type: number): DownControl<WireNode> {
  switch (type) {
    case 0x12:
      return { type, seq: r.uvarint(), received: r.uvarint(), nodes: decodeNodes(r) };
    case 0x13:
      return { type, seq: r.uvarint() };
    case 0x21:
      return { type, delay: r.uvarint() };
    case 0x22:
      return { type, seq: r.uvarint(), sealed: r.blob() };
    case 0x10:
    case 0x14:
      r.fail(0x17, 1);
  }
  return decodeShared(r, type);
}

function encodeShared(w: Writer, control: SharedControl): void {
  if (control.type === 0x20) {
    w.u8(control.reason);
    w.string(control.message);
  } else w.uvarint(control.value);
}

function decodeShared(r: Reader, type: number): SharedControl {
  if (type === 0x01 || type === 0x02) return { type, value: r.uvarint() };
  if (type !== 0x20) r.fail(0x16, 1);
  return { type, reason: r.u8() as CloseReason, message: r.string() };
}

/** Writes an Ack frame: `seq` is the last frame applied. */
export function encodeAck(seq: number): Uint8Array<ArrayBuffer> {
  const w = beginFrame(4);
  w.uvarint(seq);
  return w.finish();
}

/**
 * Reads an Ack frame.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeAck(bytes: Uint8Array, limits?: Limits): number {
  const r: Reader = openFrame(bytes, 4, 0, limits);
  const seq = r.uvarint();
  r.end();
  return seq;
}

/** Writes an Error frame. */
export function encodeError(error: ErrorFrame): Uint8Array<ArrayBuffer> {
  const w = beginFrame(5);
  w.uvarint(error.code);
  w.uvarint(error.seq);
  w.bool(error.fatal);
  w.string(error.message);
  return w.finish();
}

/**
 * Reads an Error frame. A code that is not in the table is passed on as it is.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeError(bytes: Uint8Array, limits?: Limits): ErrorFrame {
  const r: Reader = openFrame(bytes, 5, 0, limits);
  const error = { code: r.uvarint() as ErrorCode, seq: r.uvarint(), fatal: r.bool(), message: r.string() };
  r.end();
  return error;
}
