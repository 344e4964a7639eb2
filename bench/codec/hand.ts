/**
 * The limit of a codec: straight-line code for exactly these frames, ASCII only, without checks and references.
 *
 * @module
 */
import type { EventFrame, PatchFrame } from "../../protocol/mod.ts";
import type { Patch } from "../../vdom/patch.ts";
import { prepareCodec } from "./frames.ts";

const buf = new Uint8Array(1 << 16);
let at = 0;

function put(n: number): void {
  while (n > 127) {
    buf[at++] = n & 127 | 128;
    n >>>= 7;
  }
  buf[at++] = n;
}

function putText(s: string): void {
  put(s.length * 2);
  for (let i = 0; i < s.length; i++) buf[at++] = s.charCodeAt(i);
}

function take(b: Uint8Array): number {
  let n = b[at++];
  if (n < 128) return n;
  n &= 127;
  for (let shift = 7;; shift += 7) {
    const c = b[at++];
    n |= (c & 127) << shift;
    if (c < 128) return n;
  }
}

function takeText(b: Uint8Array): string {
  const end = take(b) / 2 + at;
  let s = "";
  for (; at + 7 < end; at += 8) {
    s += String.fromCharCode(
      b[at],
      b[at + 1],
      b[at + 2],
      b[at + 3],
      b[at + 4],
      b[at + 5],
      b[at + 6],
      b[at + 7],
    );
  }
  while (at < end) s += String.fromCharCode(b[at++]);
  return s;
}

function handEvent(event: EventFrame): Uint8Array {
  at = 0;
  buf[at++] = 0x31;
  put(event.ackDelta);
  put(event.seq);
  buf[at++] = event.code;
  put(event.num);
  return buf.slice(0, at);
}

function handReadEvent(b: Uint8Array): EventFrame {
  at = 1;
  return { ackDelta: take(b), seq: take(b), code: b[at++], num: take(b), target: 0, payload: null };
}

function handPatches(frame: PatchFrame<never>): Uint8Array {
  at = 0;
  buf[at++] = 0x12;
  put(frame.seq);
  put(frame.received!);
  for (const p of frame.patches) {
    buf[at++] = p.op;
    switch (p.op) {
      case 0x01:
        put(p.num);
        putText(p.text);
        break;
      case 0x02:
        put(p.num);
        buf[at++] = 2;
        putText(p.value);
        break;
      case 0x16:
        put(p.num);
        put(p.offset);
        put(p.count);
        putText(p.text);
        break;
      case 0x06:
        put(p.num);
        put(p.before);
        break;
      case 0x08:
        put(p.num);
        putText(p.value);
    }
  }
  return buf.slice(0, at);
}

function handReadPatches(b: Uint8Array): PatchFrame<never> {
  at = 1;
  const seq = take(b);
  const received = take(b);
  const patches: Patch<never>[] = [];
  while (at < b.length) {
    const op = b[at++];
    const num = take(b);
    if (op === 0x01) patches.push({ op, num, text: takeText(b) });
    else if (op === 0x02) {
      at++;
      patches.push({ op, num, name: "class", value: takeText(b) });
    } else if (op === 0x16) patches.push({ op, num, offset: take(b), count: take(b), text: takeText(b) });
    else if (op === 0x06) patches.push({ op, num, before: take(b) });
    else patches.push({ op: 0x08, num, value: takeText(b) });
  }
  return { seq, received, settled: null, patches };
}

/** See bench/contender.ts. */
export const prepare = prepareCodec({
  encodeEvent: handEvent,
  decodeEvent: handReadEvent,
  encodePatches: handPatches,
  decodePatches: handReadPatches,
});
