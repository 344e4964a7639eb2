/**
 * Writes what a browser sends, and reads it back for the vectors: docs/protocol.md, "Frames".
 *
 * @module
 */
import { Reader, Writer } from "./bytes.ts";
import { type Payload, readPayload, writePayload } from "./payloads.ts";

/** What a browser says first. */
export interface Hello {
  major: number;
  minor: number;
  intent: number;
  session: string;
  key: string;
  build: string;
  path: string;
  lastSeq: number;
  lastEvent: number;
  flags: number;
  sealed: Uint8Array;
  width: number;
  height: number;
  tzOffset: number;
  caps: number;
}

/** An Event frame. */
export interface EventFrame {
  seq: number;
  ackDelta: number;
  code: number;
  num: number;
  target: number;
  payload: Payload | null;
}

/** Writes a hello. */
export function writeHello(hello: Hello): Uint8Array<ArrayBuffer> {
  const w = new Writer();
  for (const byte of [0, hello.major, hello.minor, hello.intent]) w.u8(byte);
  for (const text of [hello.session, hello.key, hello.build, hello.path]) w.string(text);
  for (const number of [hello.lastSeq, hello.lastEvent, hello.flags]) w.uvarint(number);
  w.byteString(hello.sealed);
  w.uvarint(hello.width);
  w.uvarint(hello.height);
  w.svarint(hello.tzOffset);
  w.uvarint(hello.caps);
  return w.done();
}

/** Writes an event. */
export function writeEvent(event: EventFrame, family: string): Uint8Array<ArrayBuffer> {
  const w = new Writer();
  const flags = (event.ackDelta ? 1 : 0) | (event.payload ? 0 : 2) | (event.target ? 4 : 0);
  w.u8(1 | flags << 4);
  if (event.ackDelta) w.uvarint(event.ackDelta);
  w.uvarint(event.seq);
  w.u8(event.code);
  w.uvarint(event.num);
  if (event.target) w.uvarint(event.target);
  if (event.payload) writePayload(w, family, event.payload);
  return w.done();
}

/** Writes a control: its numbers one after the other, and the message of a Close. */
export function writeControl(subtype: number, numbers: number[], message?: string): Uint8Array<ArrayBuffer> {
  const w = new Writer();
  w.u8(3);
  w.u8(subtype);
  for (const number of numbers) w.uvarint(number);
  if (message !== undefined) w.string(message);
  return w.done();
}

/** Writes an ack. */
export function writeAck(seq: number): Uint8Array<ArrayBuffer> {
  const w = new Writer();
  w.u8(4);
  w.uvarint(seq);
  return w.done();
}

/** A frame that a browser sends, read back. */
export function readUp(
  bytes: Uint8Array,
  familyOf: (code: number) => string,
): { kind: string; value: unknown } {
  const r = new Reader(bytes);
  const first = r.u8();
  const [type, flags] = [first & 15, first >> 4];
  if (flags !== 0 && type !== 1 || flags > 7) r.fail(0x01);
  const frame = type === 0
    ? { kind: "clientHello", value: readHello(r) }
    : type === 1
    ? { kind: "event", value: readEvent(r, flags, familyOf) }
    : type === 3
    ? { kind: "controlUp", value: readControl(r) }
    : type === 4
    ? { kind: "ack", value: r.uvarint() }
    : r.fail(type === 2 || type === 5 ? 0x17 : 0x16);
  r.end();
  return frame;
}

function readHello(r: Reader): Hello {
  return {
    major: r.u8(),
    minor: r.u8(),
    intent: r.u8(),
    session: r.string(),
    key: r.string(),
    build: r.string(),
    path: r.string(),
    lastSeq: r.uvarint(),
    lastEvent: r.uvarint(),
    flags: r.uvarint(),
    sealed: r.byteString(),
    width: r.uvarint(),
    height: r.uvarint(),
    tzOffset: r.svarint(),
    caps: r.uvarint(),
  };
}

function readEvent(r: Reader, flags: number, familyOf: (code: number) => string): EventFrame {
  const ackDelta = flags & 1 ? r.uvarint() : 0;
  const [seq, code, num] = [r.uvarint(), r.u8(), r.uvarint()];
  const target = flags & 4 ? r.uvarint() : 0;
  return { seq, ackDelta, code, num, target, payload: flags & 2 ? null : readPayload(r, familyOf(code)) };
}

function readControl(r: Reader): Record<string, unknown> {
  const type = r.u8();
  if (type === 0x01 || type === 0x02) return { type, value: r.uvarint() };
  if (type === 0x10) return { type, lastSeq: r.uvarint(), reason: r.u8() };
  if (type === 0x14) return { type, num: r.uvarint() };
  if (type === 0x20) return { type, reason: r.u8(), message: r.string() };
  return r.fail(type === 0x12 || type === 0x13 || type === 0x21 || type === 0x22 ? 0x17 : 0x16);
}
