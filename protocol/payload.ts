/**
 * What an event carries, family by family: plain data, as the handler gets it but for `type` and methods.
 *
 * Numbers of the screen are rounded to whole pixels. Hook values are JSON's, with NaN and the infinities as well.
 *
 * @module
 */
import { CUSTOM_EVENT, type Family, HOOK_EVENT, NAVIGATE_EVENT } from "../vdom/event_table.ts";
import type { Modifiers, PayloadByFamily, TouchPoint } from "../vdom/events.ts";
import type { Reader, Writer } from "./bytes.ts";

/** What a hook may send. */
export type HookValue = null | boolean | number | string | HookValue[] | { [key: string]: HookValue };

/** What a hook sends. */
export interface HookPayload {
  /** The name of the hook's event. */
  name: string;
  /** Its data. */
  data: { [key: string]: HookValue };
}

/** A navigation that the browser asks for. */
export interface NavigatePayload {
  /** Path and query, relative to the origin. */
  path: string;
  /** Whether the entry of the history is replaced. */
  replace: boolean;
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
export type WirePayload = WireByFamily[keyof WireByFamily] | HookPayload | NavigatePayload;

/** Every family's members at once: the encoder knows by the family which of them are there. */
type AnyPayload = { [F in keyof WireByFamily]: (p: WireByFamily[F]) => void }[keyof WireByFamily] extends
  (p: infer P) => void ? P : never;

const POINTERS = ["", "mouse", "pen", "touch"] as const;

/**
 * Writes the payload of an event.
 *
 * @throws {TypeError | RangeError} When it holds what the wire cannot.
 */
export function encodePayload(w: Writer, code: number, family: Family, payload: WirePayload): void {
  if (code === HOOK_EVENT) {
    const { name, data } = payload as HookPayload;
    w.string(name);
    return encodeEntries(w, data, 1);
  }
  if (code === NAVIGATE_EVENT) {
    const { path, replace } = payload as NavigatePayload;
    w.string(path);
    return w.bool(replace);
  }
  const p = payload as AnyPayload;
  switch (family) {
    case "m":
    case "p":
      encodePixels(w, p.clientX, p.clientY, p.pageX, p.pageY, p.offsetX, p.offsetY);
      w.u8(p.button);
      w.u8(p.buttons);
      encodeMods(w, p);
      if (family === "m") return;
      w.svarint(p.pointerId);
      w.u8(POINTERS.indexOf(p.pointerType));
      w.bool(p.isPrimary);
      w.f64(p.pressure);
      return encodePixels(w, p.width, p.height);
    case "w":
      w.f64(p.deltaX);
      w.f64(p.deltaY);
      w.f64(p.deltaZ);
      w.u8(p.deltaMode);
      encodePixels(w, p.clientX, p.clientY);
      return encodeMods(w, p);
    case "k":
      w.string(p.key);
      w.string(p.code);
      encodeMods(w, p);
      w.bool(p.repeat);
      return w.u8(p.location);
    case "v": {
      const n = p.valueAsNumber;
      const many = p.values.length > 0;
      // NaN is the only number that differs from itself.
      w.u8((p.checked ? 1 : 0) | (n === n ? 2 : 0) | (many ? 4 : 0));
      w.string(p.value);
      if (n === n) w.f64(n);
      if (many) encodeStrings(w, p.values);
      return;
    }
    case "b":
      w.string(p.inputType);
      return w.string(p.data);
    case "i":
      return w.string(p.data);
    case "f":
      return w.pairs(p.fields);
    case "s":
      return encodePixels(w, p.scrollTop, p.scrollLeft);
    case "r":
      return encodePixels(w, p.width, p.height);
    case "t":
      encodeMods(w, p);
      w.list(p.touches, encodePoint);
      w.list(p.targetTouches, encodePoint);
      return w.list(p.changedTouches, encodePoint);
    case "d":
      encodePixels(w, p.clientX, p.clientY, p.pageX, p.pageY);
      encodeMods(w, p);
      w.string(p.text);
      return encodeStrings(w, p.files);
    case "a":
    case "n":
      w.string(family === "a" ? p.animationName : p.propertyName);
      w.f64(p.elapsedTime);
      return w.string(p.pseudoElement);
    case "c":
      w.string(p.text);
      return encodeStrings(w, p.files);
    case "u":
      w.string(p.oldState);
      return w.string(p.newState);
    case "x":
      w.f64(p.currentTime);
      w.f64(p.duration);
      w.u8((p.paused ? 1 : 0) | (p.ended ? 2 : 0) | (p.muted ? 4 : 0));
      w.f64(p.volume);
      return w.f64(p.playbackRate);
    case "o":
      w.string(p.name);
      return w.string(p.detail);
  }
}

function encodePixels(w: Writer, ...pixels: number[]): void {
  for (const n of pixels) w.svarint(n);
}

function encodeMods(w: Writer, p: Modifiers): void {
  w.u8((p.ctrlKey ? 1 : 0) | (p.shiftKey ? 2 : 0) | (p.altKey ? 4 : 0) | (p.metaKey ? 8 : 0));
}

function encodeStrings(w: Writer, strings: string[]): void {
  w.list(strings, (w, s) => w.string(s));
}

function encodePoint(w: Writer, p: TouchPoint): void {
  encodePixels(w, p.id, p.clientX, p.clientY, p.pageX, p.pageY);
}

function encodeEntries(w: Writer, data: { [key: string]: HookValue }, depth: number): void {
  w.list(Object.entries(data), (w, [key, value]) => {
    w.string(key);
    encodeValue(w, value, depth);
  });
}

function encodeValue(w: Writer, value: HookValue, depth: number): void {
  if (depth > 64) throw new RangeError("Cannot encode a hook's data: it is nested deeper than 64");
  if (value === null || value === undefined) w.u8(0);
  else if (typeof value === "boolean") {
    w.u8(1);
    w.bool(value);
  } else if (typeof value === "number") {
    // -0 and what zigzag has no room for are doubles.
    const whole = Number.isInteger(value) && Math.abs(value) < 2 ** 52 && !Object.is(value, -0);
    w.u8(whole ? 2 : 3);
    if (whole) w.svarint(value);
    else w.f64(value);
  } else if (typeof value === "string") {
    w.u8(4);
    w.string(value);
  } else if (Array.isArray(value)) {
    w.u8(5);
    w.list(value, (w, item) => encodeValue(w, item, depth + 1));
  } else if (typeof value === "object") {
    w.u8(6);
    encodeEntries(w, value, depth + 1);
  } else throw new TypeError(`Cannot encode a ${typeof value} in a hook's data`);
}

/**
 * Reads the payload of an event.
 *
 * @throws {ProtocolError} When it is none; with code 0x02 when the event is unknown.
 */
export function decodePayload(r: Reader, code: number, family: Family): WirePayload | null {
  if (code === HOOK_EVENT) return { name: r.string(), data: decodeEntries(r, 1) };
  if (code === NAVIGATE_EVENT) return { path: r.string(), replace: r.bool() };
  switch (family) {
    case "-":
      return null;
    case "m":
      return decodeMouse(r);
    case "p":
      return {
        ...decodeMouse(r),
        pointerId: r.svarint(),
        pointerType: POINTERS[r.u8()] ?? r.fail(0x02, r.pos - 1),
        isPrimary: r.bool(),
        pressure: r.f64(),
        width: r.svarint(),
        height: r.svarint(),
      };
    case "w":
      return {
        deltaX: r.f64(),
        deltaY: r.f64(),
        deltaZ: r.f64(),
        deltaMode: r.u8(),
        clientX: r.svarint(),
        clientY: r.svarint(),
        ...decodeMods(r),
      };
    case "k":
      return { key: r.string(), code: r.string(), ...decodeMods(r), repeat: r.bool(), location: r.u8() };
    case "v": {
      const flags = bits(r, 7);
      const value = r.string();
      const valueAsNumber = flags & 2 ? r.f64() : NaN;
      return { value, checked: (flags & 1) > 0, values: flags & 4 ? decodeStrings(r) : [], valueAsNumber };
    }
    case "b":
      return { inputType: r.string(), data: r.string() };
    case "i":
      return { data: r.string() };
    case "f":
      return { fields: r.pairs() };
    case "s":
      return { scrollTop: r.svarint(), scrollLeft: r.svarint() };
    case "r":
      return { width: r.svarint(), height: r.svarint() };
    case "t": {
      const mods = decodeMods(r);
      const [touches, targetTouches, changedTouches] = [
        r.list(decodePoint),
        r.list(decodePoint),
        r.list(decodePoint),
      ];
      return { ...mods, touches, targetTouches, changedTouches };
    }
    case "d":
      return {
        clientX: r.svarint(),
        clientY: r.svarint(),
        pageX: r.svarint(),
        pageY: r.svarint(),
        ...decodeMods(r),
        text: r.string(),
        files: decodeStrings(r),
      };
    case "a":
      return { animationName: r.string(), elapsedTime: r.f64(), pseudoElement: r.string() };
    case "n":
      return { propertyName: r.string(), elapsedTime: r.f64(), pseudoElement: r.string() };
    case "c":
      return { text: r.string(), files: decodeStrings(r) };
    case "u":
      return { oldState: r.string(), newState: r.string() };
    case "x": {
      const [currentTime, duration, flags] = [r.f64(), r.f64(), bits(r, 7)];
      return {
        currentTime,
        duration,
        paused: (flags & 1) > 0,
        ended: (flags & 2) > 0,
        muted: (flags & 4) > 0,
        volume: r.f64(),
        playbackRate: r.f64(),
      };
    }
    case "o":
      // A code without a row that is not the custom event's either.
      if (code !== CUSTOM_EVENT) r.fail(0x02);
      return { name: r.string(), detail: r.string() };
  }
}

/** A byte with no bits but those of `allowed`. */
function bits(r: Reader, allowed: number): number {
  const b = r.u8();
  return b & ~allowed ? r.fail(0x02, r.pos - 1) : b;
}

function decodeMods(r: Reader): Modifiers {
  const b = bits(r, 15);
  return { ctrlKey: (b & 1) > 0, shiftKey: (b & 2) > 0, altKey: (b & 4) > 0, metaKey: (b & 8) > 0 };
}

function decodeMouse(r: Reader): WireByFamily["m"] {
  const [clientX, clientY, pageX] = [r.svarint(), r.svarint(), r.svarint()];
  const [pageY, offsetX, offsetY] = [r.svarint(), r.svarint(), r.svarint()];
  const button = r.u8();
  const buttons = r.u8();
  const mods = decodeMods(r);
  // A pointer that moves has button -1.
  return {
    clientX,
    clientY,
    pageX,
    pageY,
    offsetX,
    offsetY,
    button: button === 255 ? -1 : button,
    buttons,
    ...mods,
  };
}

function decodeStrings(r: Reader): string[] {
  return r.list((r) => r.string());
}

function decodePoint(r: Reader): TouchPoint {
  return {
    id: r.svarint(),
    clientX: r.svarint(),
    clientY: r.svarint(),
    pageX: r.svarint(),
    pageY: r.svarint(),
  };
}

function decodeEntries(r: Reader, depth: number): { [key: string]: HookValue } {
  const data: { [key: string]: HookValue } = {};
  for (let n = r.count(); n > 0; n--) {
    const key = r.string();
    const value = decodeValue(r, depth);
    // As JSON.parse does: a member of that name, never another prototype.
    if (key === "__proto__") {
      Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true });
    } else data[key] = value;
  }
  return data;
}

function decodeValue(r: Reader, depth: number): HookValue {
  if (depth > r.limits.maxHookDepth) r.fail(0x12);
  switch (r.u8()) {
    case 0:
      return null;
    case 1:
      return r.bool();
    case 2:
      return r.svarint();
    case 3:
      return r.f64();
    case 4:
      return r.string();
    case 5:
      return r.list((r) => decodeValue(r, depth + 1));
    case 6:
      return decodeEntries(r, depth + 1);
  }
  r.fail(0x16, r.pos - 1);
}
