/**
 * How far is the codec from one that is written by hand for a single frame, without checks, and from JSON?
 *
 * The frames are those of a page in use: a click, an input event, one text patch, and a hundred mixed patches.
 *
 * @module
 */
import {
  decodeEvent,
  decodePatches,
  encodeEvent,
  encodePatches,
  type EventFrame,
  type PatchFrame,
} from "../protocol/mod.ts";
import { familyOf } from "../vdom/attrs.ts";
import { createNode, type VNode } from "../vdom/node.ts";
import type { Patch } from "../vdom/patch.ts";

const CLICK: EventFrame = { seq: 300, ackDelta: 1, code: 0x01, num: 42, target: 0, payload: null };
const INPUT: EventFrame = {
  seq: 301,
  ackDelta: 0,
  code: 0x10,
  num: 43,
  target: 0,
  payload: { value: "hello, world!", checked: false, values: [], valueAsNumber: NaN },
};
const COUNTER: PatchFrame = {
  seq: 300,
  received: 300,
  settled: null,
  patches: [{ op: 0x16, num: 7, offset: 7, count: 2, text: "43" }],
};
const PATCHES: Patch[] = Array.from({ length: 100 }, (_, i): Patch => {
  switch (i % 5) {
    case 0:
      return { op: 0x01, num: 100 + i, text: `Row number ${i}` };
    case 1:
      return { op: 0x02, num: 100 + i, name: "class", value: i % 2 ? "row selected" : "row" };
    case 2:
      return { op: 0x16, num: 100 + i, offset: 4, count: 2, text: String(i) };
    case 3:
      return { op: 0x06, num: 100 + i, before: 90 + i };
    default:
      return { op: 0x08, num: 100 + i, value: `value ${i}` };
  }
});
const MIXED: PatchFrame = { seq: 301, received: 301, settled: null, patches: PATCHES };
const ROWS: VNode[] = Array.from({ length: 100 }, (_, i) =>
  createNode("tr", { class: "row" }, [
    createNode("td", { class: "cell" }, [`Row ${i}`]),
    createNode("td", null, [createNode("button", { class: "btn", onClick: () => {} }, ["Remove"])]),
  ]));
const INSERT: PatchFrame = {
  seq: 302,
  received: 302,
  settled: null,
  patches: [{ op: 0x0e, num: 5, nodes: ROWS }],
};

// The limit: straight-line code for exactly these frames, ASCII only, no checks, no references.

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

function handPatches(frame: PatchFrame): Uint8Array {
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

const clickBytes = encodeEvent(CLICK, "m");
const inputBytes = encodeEvent(INPUT, "v");
const counterBytes = encodePatches(COUNTER);
const mixedBytes = encodePatches(MIXED);
const insertBytes = encodePatches(INSERT);
const handMixed = handPatches(MIXED);
const utf8 = new TextEncoder();
const text = new TextDecoder();
const json = (value: unknown) => utf8.encode(JSON.stringify(value));
const parse = (bytes: Uint8Array) => JSON.parse(text.decode(bytes));
let sink = 0;

function pair(group: string, cases: Record<string, () => { length: number } | object>): void {
  let baseline = true;
  for (const [name, fn] of Object.entries(cases)) {
    Deno.bench(name, { group, baseline }, () => {
      const result = fn();
      sink += "length" in result ? result.length as number : 1;
    });
    baseline = false;
  }
}

pair(`encode a click (${clickBytes.length} bytes; JSON ${json(CLICK).length})`, {
  "by hand": () => handEvent(CLICK),
  "encodeEvent()": () => encodeEvent(CLICK, "m"),
  "JSON": () => json(CLICK),
});
const jsonClick = json(CLICK);
pair("decode a click", {
  "by hand": () => handReadEvent(clickBytes),
  "decodeEvent()": () => decodeEvent(clickBytes, familyOf),
  "JSON": () => parse(jsonClick),
});
const jsonInput = json(INPUT);
pair(`decode an input event (${inputBytes.length} bytes; JSON ${jsonInput.length})`, {
  "decodeEvent()": () => decodeEvent(inputBytes, familyOf),
  "JSON": () => parse(jsonInput),
});
pair(`encode one text patch (${counterBytes.length} bytes; JSON ${json(COUNTER).length})`, {
  "by hand": () => handPatches(COUNTER),
  "encodePatches()": () => encodePatches(COUNTER),
  "JSON": () => json(COUNTER),
});
pair(
  `encode 100 mixed patches (${mixedBytes.length} bytes, by hand ${handMixed.length}; JSON ${
    json(MIXED).length
  })`,
  {
    "by hand": () => handPatches(MIXED),
    "encodePatches()": () => encodePatches(MIXED),
    "JSON": () => json(MIXED),
  },
);
const jsonMixed = json(MIXED);
pair("decode 100 mixed patches", {
  "by hand": () => handReadPatches(handMixed),
  "decodePatches()": () => decodePatches(mixedBytes),
  "JSON": () => parse(jsonMixed),
});
pair(`100 inserted rows (${insertBytes.length} bytes)`, {
  "encodePatches()": () => encodePatches(INSERT),
  "decodePatches()": () => decodePatches(insertBytes),
});

globalThis.addEventListener("unload", () => {
  if (sink < 0) console.log(sink);
});
