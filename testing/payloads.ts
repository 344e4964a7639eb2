/**
 * What the events of a test carry: plausible values, with those that the test gives in their place.
 *
 * @module
 */
import type { WirePayload } from "../protocol/mod.ts";
import {
  chosenOptions,
  fieldsOf,
  inputType,
  isCheckable,
  isOn,
  numberOf,
  optionValue,
  valueOf,
} from "./controls.ts";
import type { DomNode } from "./dom_node.ts";

/** What a test says of an event; what it leaves out is filled in. */
export type EventInit = Readonly<Record<string, unknown>>;

const MODS = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
const POINT = { clientX: 0, clientY: 0 };
const MOUSE = { ...POINT, pageX: 0, pageY: 0, offsetX: 0, offsetY: 0, button: 0, buttons: 0, ...MODS };

const DEFAULTS: Readonly<Record<string, EventInit>> = {
  m: MOUSE,
  p: { ...MOUSE, pointerId: 1, pointerType: "mouse", isPrimary: true, pressure: 0, width: 1, height: 1 },
  w: { deltaX: 0, deltaY: 0, deltaZ: 0, deltaMode: 0, ...POINT, ...MODS },
  k: { key: "", code: "", ...MODS, repeat: false, location: 0 },
  b: { inputType: "insertText", data: "" },
  i: { data: "" },
  s: { scrollTop: 0, scrollLeft: 0 },
  r: { width: 0, height: 0 },
  t: { ...MODS, touches: [], targetTouches: [], changedTouches: [] },
  d: { ...POINT, pageX: 0, pageY: 0, ...MODS, text: "", files: [] },
  a: { animationName: "", elapsedTime: 0, pseudoElement: "" },
  n: { propertyName: "", elapsedTime: 0, pseudoElement: "" },
  c: { text: "", files: [] },
  u: { oldState: "closed", newState: "open" },
  x: { currentTime: 0, duration: 0, paused: false, ended: false, muted: false, volume: 1, playbackRate: 1 },
};

/** The payload of an event of a family, of the element that it happened to. */
export function payloadOf(family: string, type: string, target: DomNode, init: EventInit): WirePayload {
  switch (family) {
    case "v":
      return { ...stateOf(target), ...init } as WirePayload;
    case "f": {
      const { submitter, fields } = init as { submitter?: DomNode; fields?: [string, string][] };
      const all = fields ?? fieldsOf(target, submitter ?? null);
      return { fields: all.filter(([name]) => !name.startsWith("_vango")) };
    }
    case "o":
      return { name: type, detail: JSON.stringify("detail" in init ? init.detail : init) ?? "null" };
    default:
      return { ...DEFAULTS[family], ...init } as WirePayload;
  }
}

/** The state of a control, as input and change events tell it. */
function stateOf(node: DomNode): EventInit {
  const values = node.name === "select" && node.attrs.has("multiple")
    ? chosenOptions(node).map(optionValue)
    : inputType(node) === "file"
    ? (node.live.value ?? "").split("\0").filter((name) => name !== "")
    : [];
  return {
    value: valueOf(node),
    checked: isCheckable(node) && isOn(node),
    values,
    valueAsNumber: numberOf(node),
  };
}
