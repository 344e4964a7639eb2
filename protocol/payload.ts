/**
 * What an event carries, family by family: plain data, as the handler gets it but for `type` and methods.
 *
 * Numbers of the screen are rounded to whole pixels. Hook values are JSON's, with NaN and the infinities as well.
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";
import {
  CUSTOM_EVENT,
  type Family,
  HOOK_EVENT,
  NAVIGATE_EVENT,
  PREFETCH_EVENT,
} from "../vdom/event_table.ts";
import type { Modifiers, PayloadByFamily, TouchPoint } from "../vdom/events.ts";
import type { HookValue } from "../vdom/hook.ts";
import { RARE_FIELDS } from "./fields.ts";
import {
  checkDepth,
  fail,
  readBool,
  readF64,
  readList,
  readPairs,
  readSmall,
  readString,
  readSvarint,
  readU8,
} from "./read.ts";
import { writeF64, writeList, writeString, writeSvarint, writeU8 } from "./write.ts";

export type { HookValue };

/** What a hook sends. */
export interface HookPayload {
  /** The name of the hook's event. */
  name: string;
  /** Its data. */
  data: { [key: string]: HookValue };
}

/** A navigation that the browser asks for. */
export interface NavigatePayload {
  /** Path, query and fragment, relative to the origin. */
  path: string;
  /** Whether the entry of the history is replaced. */
  replace: boolean;
}

/** A page that the browser asks to be made ready. */
export interface PrefetchPayload {
  /** Path and query, relative to the origin. */
  path: string;
}

/** The fields of a form. */
export interface FormPayload {
  /** Name and value of every successful control, in tree order. */
  fields: [name: string, value: string][];
}

/** An event without a row in the table. */
export interface CustomPayload {
  /** The name of the event. */
  name: string;
  /** Its detail, as JSON. */
  detail: string;
}

/** The payload of each family on the wire. */
export type WireByFamily =
  & { [F in Exclude<Family, "-" | "f" | "o">]: Omit<PayloadByFamily[F], "type"> }
  & { f: FormPayload; o: CustomPayload };

/** What an event carries on the wire. */
export type WirePayload =
  | WireByFamily[keyof WireByFamily]
  | HookPayload
  | NavigatePayload
  | PrefetchPayload;

const MOUSE = "clientX clientY pageX pageY offsetX offsetY button buttons &";

/** The fields of each family in the order of the wire, for the writer; see fields.ts. */
const FIELDS: { readonly [F in Family]?: string } = {
  ...RARE_FIELDS,
  m: MOUSE,
  p: `${MOUSE} ${RARE_FIELDS.p}`,
  k: "key code & repeat location",
  v: "value checked values #valueAsNumber",
  f: "fields",
};

/** The fields of events that have no family. */
const ROUTE_FIELDS: { readonly [code: number]: string | undefined } = {
  [NAVIGATE_EVENT]: "path replace",
  [PREFETCH_EVENT]: "path",
};

/**
 * Writes the payload of an event.
 *
 * @throws {TypeError | RangeError} When it holds what the wire cannot.
 */
export function writePayload(code: number, family: Family, payload: WirePayload): void {
  if (code === HOOK_EVENT) {
    writeString((payload as HookPayload).name);
    writeEntries((payload as HookPayload).data);
  } else writeFields(ROUTE_FIELDS[code] ?? FIELDS[family]!, payload);
}

function writeFields(fields: string, from: object): void {
  for (const field of fields.split(" ")) {
    const p = from as Record<string, unknown>;
    if (field === "&") writeU8(+!!p.ctrlKey | +!!p.shiftKey << 1 | +!!p.altKey << 2 | +!!p.metaKey << 3);
    else if (field[0] === "#") writeNumber(p[field.slice(1)] as number);
    else writeField(p[field]);
  }
}

function writeField(value: unknown): void {
  if (typeof value === "number") writeSvarint(value);
  else if (typeof value === "boolean") writeU8(value);
  else if (Array.isArray(value)) writeList(value, writeItem);
  // What the DOM has not is null: the data of an input event that deletes, say.
  else writeString((value ?? "") as string);
}

function writeItem(item: unknown): void {
  if (typeof item === "string") writeString(item);
  else if (Array.isArray(item)) item.forEach(writeField);
  else writeFields("id clientX clientY pageX pageY", item as object);
}

function writeNumber(n: number): void {
  // -0 and what zigzag has no room for are doubles; NaN, the number of every text control, is one byte.
  if (n % 1 === 0 && Math.abs(n) < 2 ** 52 && !Object.is(n, -0)) {
    writeU8(2);
    writeSvarint(n);
  } else {
    writeU8(isNaN(n) ? 7 : 3);
    if (!isNaN(n)) writeF64(n);
  }
}

function writeEntries(data: { [key: string]: HookValue }): void {
  writeList(Object.entries(data), ([key, value]) => {
    writeString(key);
    writeHookValue(value);
  });
}

function writeHookValue(value: HookValue): void {
  if (value === null || value === undefined) writeU8(0);
  else if (typeof value === "boolean") {
    writeU8(1);
    writeU8(value);
  } else if (typeof value === "number") writeNumber(value);
  else if (typeof value === "string") {
    writeU8(4);
    writeString(value);
  } else if (Array.isArray(value)) {
    writeU8(5);
    writeList(value, writeHookValue);
  } else if (typeof value === "object") {
    writeU8(6);
    writeEntries(value);
  } else throw coded("E082", new TypeError(`Cannot encode a ${typeof value}`));
}

/**
 * Reads the payload of an event.
 *
 * @throws {ProtocolError} When it is none; with code 0x02 when the event is unknown.
 */
export function readPayload(code: number, family: Family): WirePayload | null {
  if (code === HOOK_EVENT) return { name: readString(), data: readEntries(1) };
  if (code === NAVIGATE_EVENT) return { path: readString(), replace: readBool() };
  if (code === PREFETCH_EVENT) return { path: readString() };
  switch (family) {
    case "-":
      return null;
    case "m":
      return readMouse();
    case "p":
      return {
        ...readMouse(),
        pointerId: readSvarint(),
        pointerType: pointerType(readString()),
        isPrimary: readBool(),
        pressure: readNumber(),
        width: readSvarint(),
        height: readSvarint(),
      };
    case "w":
      return {
        deltaX: readNumber(),
        deltaY: readNumber(),
        deltaZ: readNumber(),
        deltaMode: readSvarint(),
        clientX: readSvarint(),
        clientY: readSvarint(),
        ...readMods(),
      };
    case "k":
      return {
        key: readString(),
        code: readString(),
        ...readMods(),
        repeat: readBool(),
        location: readSvarint(),
      };
    case "v":
      return { value: readString(), checked: readBool(), values: readStrings(), valueAsNumber: readNumber() };
    case "b":
      return { inputType: readString(), data: readString() };
    case "i":
      return { data: readString() };
    case "f":
      return { fields: readPairs() };
    case "s":
      return { scrollTop: readSvarint(), scrollLeft: readSvarint() };
    case "r":
      return { width: readSvarint(), height: readSvarint() };
    case "t":
      return {
        ...readMods(),
        touches: readPoints(),
        targetTouches: readPoints(),
        changedTouches: readPoints(),
      };
    case "d":
      return {
        clientX: readSvarint(),
        clientY: readSvarint(),
        pageX: readSvarint(),
        pageY: readSvarint(),
        ...readMods(),
        text: readString(),
        files: readStrings(),
      };
    case "a":
      return { animationName: readString(), elapsedTime: readNumber(), pseudoElement: readString() };
    case "n":
      return { propertyName: readString(), elapsedTime: readNumber(), pseudoElement: readString() };
    case "c":
      return { text: readString(), files: readStrings() };
    case "u":
      return { oldState: readString(), newState: readString() };
    case "x":
      return {
        currentTime: readNumber(),
        duration: readNumber(),
        paused: readBool(),
        ended: readBool(),
        muted: readBool(),
        volume: readNumber(),
        playbackRate: readNumber(),
      };
    case "o":
      // A code without a row that is not the custom event's either.
      if (code !== CUSTOM_EVENT) fail(0x02);
      return { name: readString(), detail: readString() };
  }
}

/** A pointer of a kind that browsers may add is "", as it is for one that they cannot tell. */
function pointerType(s: string): WireByFamily["p"]["pointerType"] {
  return s === "mouse" || s === "pen" || s === "touch" ? s : "";
}

function readMods(): Modifiers {
  const b = readSmall(15, 0x02);
  return { ctrlKey: (b & 1) > 0, shiftKey: (b & 2) > 0, altKey: (b & 4) > 0, metaKey: (b & 8) > 0 };
}

function readMouse(): WireByFamily["m"] {
  return {
    clientX: readSvarint(),
    clientY: readSvarint(),
    pageX: readSvarint(),
    pageY: readSvarint(),
    offsetX: readSvarint(),
    offsetY: readSvarint(),
    button: readSvarint(),
    buttons: readSvarint(),
    ...readMods(),
  };
}

function readStrings(): string[] {
  return readList(readString);
}

function readPoints(): TouchPoint[] {
  return readList(() => ({
    id: readSvarint(),
    clientX: readSvarint(),
    clientY: readSvarint(),
    pageX: readSvarint(),
    pageY: readSvarint(),
  }));
}

function readNumber(kind: number = readU8()): number {
  return kind === 2 ? readSvarint() : kind === 3 ? readF64() : kind === 7 ? NaN : fail(0x16);
}

function readEntries(depth: number): { [key: string]: HookValue } {
  const data: { [key: string]: HookValue } = {};
  for (const [key, value] of readList(() => [readString(), readHookValue(depth)] as const)) {
    // As JSON.parse does: a member of that name, never another prototype.
    if (key === "__proto__") {
      Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true });
    } else data[key] = value;
  }
  return data;
}

function readHookValue(depth: number): HookValue {
  checkDepth(depth, "maxHookDepth");
  const kind = readU8();
  switch (kind) {
    case 0:
      return null;
    case 1:
      return readBool();
    case 4:
      return readString();
    case 5:
      return readList(() => readHookValue(depth + 1));
    case 6:
      return readEntries(depth + 1);
  }
  return readNumber(kind);
}
