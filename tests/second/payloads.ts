/**
 * The payloads of events by family, as one table of fields that both directions read: docs/protocol.md, "Event payloads".
 *
 * @module
 */
import type { Reader, Writer } from "./bytes.ts";

/** A payload: values by the DOM's names. */
export type Payload = Record<string, unknown>;

const MOUSE = "clientX:s clientY:s pageX:s pageY:s offsetX:s offsetY:s button:s buttons:s :mods";
const FAMILIES: Record<string, string> = {
  m: MOUSE,
  p: `${MOUSE} pointerId:s pointerType:string isPrimary:bool pressure:n width:s height:s`,
  w: "deltaX:n deltaY:n deltaZ:n deltaMode:s clientX:s clientY:s :mods",
  k: "key:string code:string :mods repeat:bool location:s",
  v: "value:string checked:bool values:strings valueAsNumber:n",
  b: "inputType:string data:string",
  i: "data:string",
  f: "fields:pairs",
  s: "scrollTop:s scrollLeft:s",
  r: "width:s height:s",
  t: ":mods touches:points targetTouches:points changedTouches:points",
  d: "clientX:s clientY:s pageX:s pageY:s :mods text:string files:strings",
  a: "animationName:string elapsedTime:n pseudoElement:string",
  n: "propertyName:string elapsedTime:n pseudoElement:string",
  c: "text:string files:strings",
  u: "oldState:string newState:string",
  x: "currentTime:n duration:n paused:bool ended:bool muted:bool volume:n playbackRate:n",
  o: "name:string detail:string",
  hook: "name:string data:map",
  navigate: "path:string replace:bool",
  prefetch: "path:string",
};
const MODS = ["ctrlKey", "shiftKey", "altKey", "metaKey"];
const POINT = ["id", "clientX", "clientY", "pageX", "pageY"];

function fieldsOf(family: string): [name: string, type: string][] {
  const fields = FAMILIES[family];
  if (fields === undefined) throw new RangeError(`Cannot code a payload of family "${family}"`);
  return fields.split(" ").map((field) => field.split(":") as [string, string]);
}

/** Reads a payload. */
export function readPayload(reader: Reader, family: string): Payload {
  const payload: Payload = {};
  for (const [name, type] of fieldsOf(family)) {
    if (type === "mods") readMods(reader, payload);
    else payload[name] = READ[type](reader);
  }
  return payload;
}

/** Writes a payload. */
export function writePayload(writer: Writer, family: string, payload: Payload): void {
  for (const [name, type] of fieldsOf(family)) {
    if (type === "mods") writer.u8(MODS.reduce((bits, mod, i) => bits | (payload[mod] ? 1 << i : 0), 0));
    else WRITE[type](writer, payload[name] as never);
  }
}

function readMods(reader: Reader, payload: Payload): void {
  const bits = reader.u8();
  if (bits > 15) reader.fail(0x02);
  MODS.forEach((mod, i) => payload[mod] = (bits >> i & 1) === 1);
}

const READ: Record<string, (reader: Reader) => unknown> = {
  s: (r) => r.svarint(),
  n: (r) => r.number(),
  bool: (r) => r.bool(),
  string: (r) => r.string(),
  strings: (r) => r.list(() => r.string()),
  pairs: (r) => r.list(() => [r.string(), r.string()]),
  points: (r) => r.list(() => Object.fromEntries(POINT.map((name) => [name, r.svarint()]))),
  map: (r) => readMap(r, 0),
};

const WRITE: Record<string, (writer: Writer, value: never) => void> = {
  s: (w, value: number) => w.svarint(value),
  n: (w, value: number) => w.number(value),
  bool: (w, value: boolean) => w.bool(value),
  string: (w, value: string) => w.string(value),
  strings: (w, value: string[]) => w.list(value, (item) => w.string(item)),
  pairs: (w, value: [string, string][]) => w.list(value, ([k, v]) => (w.string(k), w.string(v))),
  points: (w, value: Record<string, number>[]) =>
    w.list(value, (point) => POINT.forEach((name) => w.svarint(point[name]))),
  map: (w, value: Record<string, unknown>) => writeMap(w, value),
};

function readMap(reader: Reader, depth: number): Record<string, unknown> {
  if (depth > 64) reader.fail(0x12);
  // a key again replaces the one before, and __proto__ is a key like any other
  return Object.fromEntries(reader.list(() => [reader.string(), readHookValue(reader, depth + 1)]));
}

function readHookValue(reader: Reader, depth: number): unknown {
  if (depth > 64) reader.fail(0x12);
  const kind = reader.bytes[reader.at];
  if (kind === 2 || kind === 3 || kind === 7) return reader.number();
  reader.u8();
  if (kind === 0) return null;
  if (kind === 1) return reader.bool();
  if (kind === 4) return reader.string();
  if (kind === 5) return reader.list(() => readHookValue(reader, depth + 1));
  return kind === 6 ? readMap(reader, depth) : reader.fail(0x02);
}

function writeMap(writer: Writer, map: Record<string, unknown>): void {
  writer.list(Object.entries(map), ([key, value]) => {
    writer.string(key);
    writeHookValue(writer, value);
  });
}

function writeHookValue(writer: Writer, value: unknown): void {
  if (typeof value === "number") return writer.number(value);
  const kind = value === null
    ? 0
    : typeof value === "boolean"
    ? 1
    : typeof value === "string"
    ? 4
    : Array.isArray(value)
    ? 5
    : 6;
  writer.u8(kind);
  if (kind === 1) writer.bool(value as boolean);
  if (kind === 4) writer.string(value as string);
  if (kind === 5) writer.list(value as unknown[], (item) => writeHookValue(writer, item));
  if (kind === 6) writeMap(writer, value as Record<string, unknown>);
}

/** A payload in which all is zero, false or empty, but for what is given. */
export function payloadOf(family: string, given: Payload): Payload {
  const payload: Payload = {};
  for (const [name, type] of fieldsOf(family)) {
    if (type === "mods") { for (const mod of MODS) payload[mod] = false; }
    else payload[name] = type in EMPTY ? EMPTY[type] : [];
  }
  return { ...payload, ...given };
}

const EMPTY: Record<string, unknown> = { s: 0, n: 0, bool: false, string: "", map: {} };
