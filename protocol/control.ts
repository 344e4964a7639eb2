/**
 * Control, Ack and Error frames: what keeps a connection in order.
 *
 * Each direction has its own union and its own pair of functions, so that a browser's bundle carries only the halves
 * that it uses.
 *
 * @module
 */
import type { VNode } from "../vdom/node.ts";
import type { CloseReason, ErrorCode, ResyncReason } from "./codes.ts";
import type { Limits } from "./limits.ts";
import { decodeNodes, encodeNodes, type WireNode } from "./nodes.ts";
import {
  endFrame,
  fail,
  openAs,
  readBool,
  readBytes,
  readFlags,
  readSmall,
  readString,
  readU8,
  readUvarint,
} from "./read.ts";
import { beginFrame, finishFrame, writeBytes, writeString, writeU8, writeUvarint } from "./write.ts";

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
  beginFrame(3);
  writeU8(control.type);
  if (control.type === 0x10) {
    writeUvarint(control.lastSeq);
    writeU8(control.reason);
  } else if (control.type === 0x14) writeUvarint(control.num);
  else encodeShared(control);
  return finishFrame();
}

/**
 * Reads a browser's Control frame.
 *
 * @throws {ProtocolError} When it is none; with code 0x17 when only a server sends it.
 */
export function decodeControlUp(bytes: Uint8Array, limits?: Partial<Limits>): UpControl {
  openAs(3, bytes, limits);
  return readControlUp();
}

/** Reads what follows the first byte of a browser's Control frame. */
export function readControlUp(): UpControl {
  readFlags(0);
  const control = readUp(readU8());
  endFrame();
  return control;
}

function readUp(type: number): UpControl {
  switch (type) {
    case 0x10:
      return { type, lastSeq: readUvarint(), reason: readSmall(3) as ResyncReason };
    case 0x14:
      return { type, num: readUvarint() };
    case 0x12:
    case 0x13:
    case 0x21:
    case 0x22:
      fail(0x17, 1);
  }
  return readShared(type);
}

/** Writes a server's Control frame. */
export function encodeControlDown(control: DownControl): Uint8Array<ArrayBuffer> {
  beginFrame(3);
  writeU8(control.type);
  switch (control.type) {
    case 0x12:
      writeUvarint(control.seq);
      writeUvarint(control.received);
      encodeNodes(control.nodes);
      break;
    case 0x13:
      writeUvarint(control.seq);
      break;
    case 0x21:
      writeUvarint(control.delay);
      break;
    case 0x22:
      writeUvarint(control.seq);
      writeBytes(control.sealed);
      break;
    default:
      encodeShared(control);
  }
  return finishFrame();
}

/**
 * Reads a server's Control frame.
 *
 * @throws {ProtocolError} When it is none; with code 0x17 when only a browser sends it.
 */
export function decodeControlDown(bytes: Uint8Array, limits?: Partial<Limits>): DownControl<WireNode> {
  openAs(3, bytes, limits);
  return readControlDown();
}

/** Reads what follows the first byte of a server's Control frame. */
export function readControlDown(): DownControl<WireNode> {
  const type = readU8();
  switch (type) {
    case 0x12:
      return { type, seq: readUvarint(), received: readUvarint(), nodes: decodeNodes() };
    case 0x13:
      return { type, seq: readUvarint() };
    case 0x21:
      return { type, delay: readUvarint() };
    case 0x22:
      return { type, seq: readUvarint(), sealed: readBytes() };
    case 0x10:
    case 0x14:
      fail(0x17, 1);
  }
  return readShared(type);
}

function encodeShared(control: SharedControl): void {
  if (control.type === 0x20) {
    writeU8(control.reason);
    writeString(control.message);
  } else writeUvarint(control.value);
}

function readShared(type: number): SharedControl {
  if (type === 0x01 || type === 0x02) return { type, value: readUvarint() };
  if (type !== 0x20) fail(0x16, 1);
  return { type, reason: readU8() as CloseReason, message: readString() };
}

/** Writes an Ack frame: `seq` is the last frame applied. */
export function encodeAck(seq: number): Uint8Array<ArrayBuffer> {
  beginFrame(4);
  writeUvarint(seq);
  return finishFrame();
}

/**
 * Reads an Ack frame.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeAck(bytes: Uint8Array, limits?: Partial<Limits>): number {
  openAs(4, bytes, limits);
  return readAck();
}

/** Reads what follows the first byte of an Ack frame. */
export function readAck(): number {
  readFlags(0);
  const seq = readUvarint();
  endFrame();
  return seq;
}

/** Writes an Error frame. */
export function encodeError(error: ErrorFrame): Uint8Array<ArrayBuffer> {
  beginFrame(5);
  writeUvarint(error.code);
  writeUvarint(error.seq);
  writeU8(error.fatal);
  writeString(error.message);
  return finishFrame();
}

/**
 * Reads an Error frame. A code that is not in the table is passed on as it is.
 *
 * @throws {ProtocolError} When it is none.
 */
export function decodeError(bytes: Uint8Array, limits?: Partial<Limits>): ErrorFrame {
  openAs(5, bytes, limits);
  return readError();
}

/** Reads what follows the first byte of an Error frame. */
export function readError(): ErrorFrame {
  return { code: readUvarint() as ErrorCode, seq: readUvarint(), fatal: readBool(), message: readString() };
}
