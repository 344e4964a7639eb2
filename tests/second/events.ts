/**
 * From what a user does to events: the handlers above a node, by their specs, and payloads from controls and forms.
 * docs/protocol.md, "data-hid".
 *
 * @module
 */
import { checkedOf, type Dom, isToken, optionsOf, selectedOf, valueOf } from "./dom.ts";
import { type Payload, payloadOf } from "./payloads.ts";

/** One event of a spec. */
export interface Spec {
  name: string;
  code: number;
  /** Empty: the handler takes no payload. */
  family: string;
  prevent: boolean;
  stop: boolean;
  once: boolean;
  self: boolean;
  keys: string[] | null;
  optimistic: Optimistic | null;
}

/** What an element shows until its handler has settled. */
export interface Optimistic {
  class?: { add?: string; remove?: string; toggle?: string };
  text?: string;
  attr?: Record<string, string | null>;
  value?: string;
  target?: string;
}

/** The events that an element takes. A code has at most two digits; a letter behind it is the family. */
export function parseSpecs(specs: string): Spec[] {
  return specs.split(" ").filter((spec) => spec !== "").map((spec) => {
    const [, name, code, family, rest] = /^(.+?):([0-9a-f]{1,2})([a-z]?)(?:,(.*))?$/.exec(
      spec,
    ) as RegExpExecArray;
    const options = (rest ?? "").split(",");
    const option = (letter: string) => options.find((text) => text.startsWith(letter))?.slice(1) ?? null;
    return {
      name,
      code: parseInt(code, 16),
      // a custom event's payload has its name: it always goes
      family: code === "ff" ? "o" : family,
      prevent: options.includes("p"),
      stop: options.includes("s"),
      once: options.includes("1"),
      self: options.includes("f"),
      keys: option("k")?.split("|") ?? null,
      optimistic: option("o") === null ? null : JSON.parse(decodeURIComponent(option("o") as string)),
    };
  });
}

/** A handler that an event reaches. */
export interface Reached {
  node: Dom;
  spec: Spec;
}

const STAYS = new Set([
  "focus",
  "blur",
  "scroll",
  "mouseenter",
  "mouseleave",
  "pointerenter",
  "pointerleave",
  "toggle",
]);
const fired = new WeakMap<Dom, Set<string>>();

/** The handlers of an event from a node upwards. */
export function reached(from: Dom, name: string, given: Payload): Reached[] {
  const found: Reached[] = [];
  for (let node: Dom | null = from; node !== null; node = STAYS.has(name) ? null : node.parent) {
    const spec = parseSpecs(node.spec).find((spec) => spec.name === name);
    if (
      spec === undefined || spec.self && node !== from ||
      spec.keys && !spec.keys.some((key) => isKey(key, given))
    ) {
      continue;
    }
    if (spec.once && fired.get(node)?.has(name)) continue;
    fired.set(node, (fired.get(node) ?? new Set()).add(name));
    found.push({ node, spec });
    if (spec.stop) break;
  }
  return found;
}

const WORDS: Record<string, string> = { Space: " ", Comma: ",", Bar: "|", Plus: "+" };

function isKey(filter: string, given: Payload): boolean {
  const parts = filter.split("+");
  const key = parts.pop() as string;
  const wanted = WORDS[key] ?? key;
  const held = (mod: string) => !!given[`${mod.toLowerCase()}Key`];
  // a character shows its Shift itself
  const mods = ["Ctrl", "Shift", "Alt", "Meta"].every((mod) =>
    parts.includes(mod) === held(mod) || mod === "Shift" && held(mod) && wanted.length === 1
  );
  return mods && String(given.key).toLowerCase() === wanted.toLowerCase();
}

/** What an event carries. */
export function makePayload(family: string, name: string, from: Dom, given: Payload): Payload {
  if (family === "o") return payloadOf("o", { name, ...given });
  if (family === "v") return payloadOf("v", { ...controlState(from), ...given });
  if (family === "f") return payloadOf("f", { fields: fieldsOf(from), ...given });
  return payloadOf(family, given);
}

function controlState(node: Dom): Payload {
  const values = node.tag === "select" && node.attrs.has("multiple")
    ? optionsOf(node).filter(selectedOf).map(valueOf)
    : [];
  const number = ["number", "range"].includes(node.attrs.get("type") ?? "") && valueOf(node) !== "";
  return {
    value: valueOf(node),
    checked: checkedOf(node),
    values,
    valueAsNumber: number ? Number(valueOf(node)) : NaN,
  };
}

/** Controls of a form. */
export function controlsOf(form: Dom): Dom[] {
  return form.find((node) => ["input", "select", "textarea"].includes(node.tag) && !isToken(node));
}

/** Name and value of each successful control, in tree order. */
function fieldsOf(form: Dom): [string, string][] {
  return controlsOf(form).flatMap((node): [string, string][] => {
    const [name, type] = [node.attrs.get("name") ?? "", node.attrs.get("type") ?? ""];
    if (name === "" || node.attrs.has("disabled") || ["submit", "button", "reset"].includes(type)) return [];
    if (["checkbox", "radio"].includes(type) && !checkedOf(node)) return [];
    const values = node.tag === "select" ? optionsOf(node).filter(selectedOf).map(valueOf) : [valueOf(node)];
    return values.map((value) => [name, value]);
  });
}
