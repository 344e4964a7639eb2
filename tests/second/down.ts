/**
 * Reads what a server sends: docs/protocol.md, "Frames", "Patches" and "Nodes".
 *
 * @module
 */
import { Reader } from "./bytes.ts";

/** A node as it is written. */
export type WireNode =
  | { kind: 1; tag: string; attrs: [string, string][]; children: WireNode[] }
  | { kind: 2; text: string }
  | { kind: 3 }
  | { kind: 5; html: string }
  | { kind: 6; id: number; values: (string | null)[] }
  | { kind: 7; tag: string; attrs: [string, string][]; text: string }
  | { kind: 8; id: number; values: (string | null)[]; lists: WireNode[][] };

/** A place in a template that instances fill. */
export interface Hole {
  offset: number;
  name: string;
  statics: string[];
}

/** A patch: its op, and its fields by name. */
export type Patch = { op: number } & Record<string, unknown>;

/** Which events have settled: all below a number, and some from it on. */
export interface Settled {
  below: number;
  list: number[];
}

/** A frame from a server. */
export type Down =
  | { kind: "serverHello"; value: Record<string, unknown> & { status: number } }
  | {
    kind: "patches";
    value: { seq: number; received: number | null; settled: Settled | null; patches: Patch[] };
  }
  | { kind: "controlDown"; value: { type: number } & Record<string, unknown> }
  | { kind: "error"; value: { code: number; seq: number; fatal: boolean; message: string } };

/** Reads a frame from a server. */
export function readDown(bytes: Uint8Array): Down {
  const r = new Reader(bytes);
  const first = r.u8();
  const [type, flags] = [first & 15, first >> 4];
  if (flags !== 0 && type !== 2 || flags > 3 || flags === 2) r.fail(0x01);
  if (type === 0) return { kind: "serverHello", value: readHello(r) };
  if (type === 2) return { kind: "patches", value: readPatches(r, flags) };
  const frame: Down = type === 3
    ? { kind: "controlDown", value: readControl(r) }
    : type === 5
    ? { kind: "error", value: { code: r.uvarint(), seq: r.uvarint(), fatal: r.bool(), message: r.string() } }
    : r.fail(type < 5 ? 0x17 : 0x16);
  r.end();
  return frame;
}

function readHello(r: Reader): Record<string, unknown> & { status: number } {
  const status = r.u8();
  if (status !== 0) return { status, retryAfter: r.uvarint(), message: r.string() };
  // more may follow, from a server of a higher minor version
  return {
    status,
    action: r.u8(),
    session: r.string(),
    resumeKey: r.string(),
    build: r.string(),
    nextSeq: r.uvarint(),
    received: r.uvarint(),
    heartbeat: r.uvarint(),
    maxMessage: r.uvarint(),
  };
}

function readControl(r: Reader): { type: number } & Record<string, unknown> {
  const type = r.u8();
  switch (type) {
    case 0x01:
    case 0x02:
      return { type, value: r.uvarint() };
    case 0x12:
      return { type, seq: r.uvarint(), received: r.uvarint(), nodes: readNodes(r) };
    case 0x13:
      return { type, seq: r.uvarint() };
    case 0x20:
      return { type, reason: r.u8(), message: r.string() };
    case 0x21:
      return { type, delay: r.uvarint() };
    case 0x22:
      return { type, seq: r.uvarint(), sealed: r.byteString() };
  }
  return r.fail(type === 0x10 || type === 0x14 ? 0x17 : 0x16);
}

function readPatches(r: Reader, flags: number): Extract<Down, { kind: "patches" }>["value"] {
  const seq = r.uvarint();
  const received = flags & 1 ? r.uvarint() : null;
  const settled = flags & 2 ? readSettled(r, received as number) : null;
  const patches: Patch[] = [];
  while (r.more) patches.push(readPatch(r));
  return { seq, received, settled, patches };
}

function readSettled(r: Reader, received: number): Settled {
  const below = received - r.uvarint();
  if (below < 0) r.fail(0x01);
  let last = below;
  const list = r.list(() => last += r.uvarint());
  if (list.some((seq, i) => seq > received || i > 0 && seq <= list[i - 1])) r.fail(0x01);
  return { below, list };
}

/** The fields of each op behind its number, as "name:type". */
const FIELDS: Record<number, string> = {
  0x01: "num:u text:s",
  0x02: "num:u name:name value:s",
  0x03: "num:u name:name",
  0x04: "num:u nodes:nodes",
  0x05: "num:u",
  0x06: "num:u before:u",
  0x07: "num:u nodes:nodes",
  0x08: "num:u value:s",
  0x09: "num:u on:b",
  0x0a: "num:u on:b",
  0x0b: "num:u",
  0x0c: "num:u",
  0x0d: "num:u x:i y:i smooth:b",
  0x0e: "num:u nodes:nodes",
  0x0f: "num:u nodes:nodes",
  0x10: "num:u name:s",
  0x11: "num:u name:s",
  0x12: "num:u name:s",
  0x13: "num:u name:s value:s",
  0x14: "num:u name:s",
  0x15: "num:u name:s value:s",
  0x16: "num:u offset:u count:u text:s",
  0x17: "num:u name:s on:b",
  0x18: "num:u spec:s",
  0x1a: "num:u parent:u",
  0x1b: "num:u after:u",
  0x20: "num:u name:s detail:s",
  0x30: "pairs:pairs",
  0x31: "pairs:pairs",
  0x32: "path:s",
  0x33: "path:s",
  0x34: "url:s replace:b",
  0x35: "text:s",
  0x36: "name:s content:s?",
  0x37: "name:s content:s?",
  0x40: "id:u nodes:nodes holes:holes",
  0x42: "num:u first:u nodes:nodes",
};

const TYPES: Record<string, (r: Reader) => unknown> = {
  u: (r) => r.uvarint(),
  i: (r) => r.svarint(),
  b: (r) => r.bool(),
  s: (r) => r.string(),
  "s?": (r) => r.optionalString(),
  name: (r) => r.name(),
  nodes: readNodes,
  pairs: (r) => r.list(() => [r.string(), r.string()]),
  holes: (r) => r.list(() => readHole(r)),
};

function readPatch(r: Reader): Patch {
  const op = r.u8();
  const patch: Patch = { op };
  for (const field of (FIELDS[op] ?? r.fail(0x16)).split(" ")) {
    const [name, type] = field.split(":");
    patch[name] = TYPES[type](r);
  }
  return patch;
}

function readHole(r: Reader): Hole {
  const [offset, name] = [r.uvarint(), r.name()];
  return { offset, name, statics: name === "" ? r.list(() => r.string()) : [] };
}

function readNodes(r: Reader): WireNode[] {
  return r.list(() => readNode(r));
}

function readAttrs(r: Reader): [string, string][] {
  return r.list(() => [r.name(), r.string()]);
}

function readValues(r: Reader): (string | null)[] {
  return r.list(() => r.optionalString());
}

function readNode(r: Reader): WireNode {
  const kind = r.u8();
  switch (kind) {
    case 1:
      return { kind, tag: r.name(), attrs: readAttrs(r), children: readNodes(r) };
    case 2:
      return { kind, text: r.string() || r.fail(0x01) };
    case 3:
      return { kind };
    case 5:
      return { kind, html: r.string() };
    case 6:
      return { kind, id: r.uvarint(), values: readValues(r) };
    case 7:
      return { kind, tag: r.name(), attrs: readAttrs(r), text: r.string() };
    case 8:
      return { kind, id: r.uvarint(), values: readValues(r), lists: r.list(() => readNodes(r)) };
  }
  return r.fail(0x16);
}
