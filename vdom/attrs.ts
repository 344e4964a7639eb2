/**
 * From props to attributes: what an element has in HTML and on the wire.
 *
 * One place decides which props are attributes, how values are written, which URLs are refused and which events an
 * element takes, so that the renderer, the codec and the differ cannot disagree. Signals are read with `.value`: inside a
 * Reaction that subscribes, elsewhere it does nothing.
 *
 * @module
 */
import { coded } from "./coded.ts";
import { endsDeclaration } from "./css_value.ts";
import { CUSTOM_EVENT, EVENTS, type Family, HOOK_EVENT } from "./event_table.ts";
import { HOOK } from "./hook.ts";
import { describe, isSignal, Kind, type Props, textOf, type VNode } from "./node.ts";
import { ENUMERATED_BOOLEAN } from "./spec_facts.ts";

/** Attributes that are there or not, whatever their value (HTML, boolean attributes). */
export const BOOLEAN_ATTRS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ ("allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden " +
    "inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected " +
    "shadowrootclonable shadowrootdelegatesfocus shadowrootserializable")
    .split(" "),
);

const URL_ATTRS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ "href src action formaction xlink:href poster data cite background ping manifest icon"
    .split(" "),
);

const EVENT_BY_NAME: ReadonlyMap<string, readonly [code: number, family: Family]> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ EVENTS.map(([name, code, family]) => [name, [code, family]]),
);

const FAMILY_BY_CODE: ReadonlyMap<number, Family> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ EVENTS.map(([, code, family]) => [code, family]),
);

/** The payload family of an event code; "o" for codes without a row. */
export function familyOf(code: number): Family {
  return FAMILY_BY_CODE.get(code) ?? "o";
}

/** How a handler wants its event: see `on()`. */
export interface HandlerOptions {
  /** Calls preventDefault in the browser. */
  prevent?: boolean;
  /** Stops propagation in the browser. */
  stop?: boolean;
  /** Sends the first event only. */
  once?: boolean;
  /** Never prevents the default; lets the browser scroll at once. */
  passive?: boolean;
  /** Only events whose target is the element itself. */
  self?: boolean;
  /** Waits until no event came for this many milliseconds. */
  debounce?: number;
  /** Sends at most one event in this many milliseconds. */
  throttle?: number;
  /** Keys, such as "Enter" or "Ctrl+s"; other keys are not sent. */
  keys?: readonly string[];
  /** What the browser shows until the handler has settled; JSON. */
  optimistic?: unknown;
}

/** A handler with options, as `on()` makes it. */
export interface HandlerLike {
  /** The function. */
  readonly handler: (event: never) => unknown;
  /** Its options. */
  readonly options: HandlerOptions;
}

/** Whether a prop holds an event handler by its name: `onClick`, `onclick`, `on:my-event`. */
export function isEventProp(name: string): boolean {
  return name.length > 2 && (name.charCodeAt(0) | 32) === 111 && (name.charCodeAt(1) | 32) === 110;
}

/** The DOM name of the event of a prop. */
export function eventName(prop: string): string {
  return prop.charCodeAt(2) === 58 ? prop.slice(3) : prop.slice(2).toLowerCase();
}

/** The function of a handler prop; null when the value is no handler. */
export function handlerOf(value: unknown): ((event: never) => unknown) | null {
  if (typeof value === "function") return value as (event: never) => unknown;
  if (typeof value === "object" && value !== null && typeof (value as HandlerLike).handler === "function") {
    return (value as HandlerLike).handler;
  }
  return null;
}

/** Whether an element takes events. */
export function isInteractive(props: Props | null): boolean {
  if (props === null) return false;
  for (const name in props) {
    if (isEventProp(name) && handlerOf(props[name]) !== null) return true;
  }
  return false;
}

/**
 * The events that an element takes, in the form that `data-hid` has after the number, or "" when it takes none.
 * See docs/protocol.md, "data-hid".
 */
export function eventSpec(node: VNode): string {
  let spec = "";
  const props = node.props;
  if (props === null) return spec;
  for (const name in props) {
    if (!isEventProp(name)) continue;
    const handler = handlerOf(props[name]);
    if (handler === null) continue;
    spec += (spec === "" ? "" : " ") + eventToken(eventName(name), handler, props[name], isControlled(node));
  }
  return spec;
}

/** Whether the server has a value for what a control shows. */
export function isControlled({ type, props }: VNode): boolean {
  return type === "select" || props?.value !== undefined || props?.checked !== undefined;
}

function eventToken(
  name: string,
  handler: (event: never) => unknown,
  value: unknown,
  controlled: boolean,
): string {
  // What a hook pushes always has its data.
  if (name === HOOK) return `${HOOK}:${HOOK_EVENT.toString(16)}h`;
  const row = EVENT_BY_NAME.get(name);
  if (/[\s:,"]/.test(name) || name === "") {
    throw coded("E045", new TypeError(`Cannot listen for an event named ${JSON.stringify(name)}`));
  }
  let token = `${name}:${(row?.[0] ?? CUSTOM_EVENT).toString(16)}`;
  const family = row?.[1] ?? "o";
  // What controls show that the server has a value for is told also to a handler that does not ask: it may refuse (D7).
  const isTold = handler.length > 0 || name === "submit" || controlled && family === "v";
  if (family !== "-" && isTold) token += family;
  if (typeof value === "function") return token;
  const o = (value as HandlerLike).options;
  if (o.prevent) token += ",p";
  if (o.stop) token += ",s";
  if (o.once) token += ",1";
  if (o.passive) token += ",v";
  if (o.self) token += ",f";
  if (o.debounce) token += `,d${o.debounce}`;
  if (o.throttle) token += `,t${o.throttle}`;
  if (o.keys?.length) token += `,k${o.keys.map(keyFilter).join("|")}`;
  if (o.optimistic !== undefined) token += `,o${encodeURIComponent(JSON.stringify(o.optimistic))}`;
  return token;
}

function keyFilter(filter: string): string {
  const at = filter.length < 2 ? -1 : filter.lastIndexOf("+", filter.length - 2);
  const modifiers = filter.slice(0, at + 1);
  const key = filter.slice(at + 1);
  const names: Record<string, string> = { " ": "Space", ",": "Comma", "|": "Bar", "+": "Plus" };
  return modifiers + (names[key] ?? key);
}

/** Whether two handler props make the same token, so that a re-render that only made new closures patches nothing. */
export function sameToken(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "function" && typeof b === "function") return (a.length === 0) === (b.length === 0);
  const x = handlerOf(a);
  const y = handlerOf(b);
  if (x === null || y === null) return x === y;
  return eventToken("x", x, a, false) === eventToken("x", y, b, false);
}

/** Whether a prop is an attribute by its name: not `key`, `children`, a handler, or a live property. */
export function isAttribute(tag: string, name: string): boolean {
  switch (name) {
    case "key":
    case "children":
    case "ref":
    case "indeterminate":
      return false;
    case "value":
      return tag !== "select" && tag !== "textarea";
  }
  return !isEventProp(name);
}

/** Whether a value is a signal, or a class or style value that holds one. */
export function holdsSignal(name: string, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isSignal(value)) return true;
  if (name !== "class" && name !== "style" || handlerOf(value) !== null) return false;
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    if (holdsSignal(name, part)) return true;
  }
  return false;
}

/**
 * The text of an attribute, or null when the element shall not have it.
 *
 * @throws {TypeError} When the name could not be an attribute's, or the value cannot be written.
 */
export function attributeValue(tag: string, name: string, value: unknown): string | null {
  if (typeof value === "object" && value !== null && isSignal(value)) value = value.value;
  if (value === null || value === undefined) return null;
  if (typeof value === "string") {
    if (isUrlAttr(tag, name) && !isSafeUrl(tag, name.toLowerCase(), value)) return null;
    return textOf(value);
  }
  if (typeof value === "boolean") {
    if (value) return BOOLEAN_ATTRS.has(name) || !wantsWord(name) ? "" : "true";
    return wantsWord(name) ? "false" : null;
  }
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (name === "class") return classText(value);
  if (name === "style") return styleText(value);
  throw coded(
    "E046",
    new TypeError(`Cannot set the attribute ${name} of <${tag}> to ${describe(value)}: pass a string`),
  );
}

/** Attributes whose false and true are words: `aria-*`, `data-*` and the enumerated ones of HTML, SVG and MathML. */
function wantsWord(name: string): boolean {
  return name.startsWith("aria-") || name.startsWith("data-") || ENUMERATED_BOOLEAN.has(name) ||
    name === "autocorrect";
}

/** Merges a class value (strings, arrays, maps of name to boolean) into tokens; null when nothing is left. */
export function classText(value: unknown): string | null {
  const tokens: string[] = [];
  collectClass(value, tokens);
  return tokens.length === 0 ? null : tokens.length === 1 ? tokens[0] : [...new Set(tokens)].join(" ");
}

function collectClass(value: unknown, into: string[]): void {
  if (typeof value === "object" && value !== null && isSignal(value)) value = value.value;
  if (typeof value === "string") {
    if (!/\s/.test(value)) {
      if (value !== "") into.push(textOf(value));
    } else {
      for (const token of value.split(/\s+/)) if (token !== "") into.push(textOf(token));
    }
  } else if (Array.isArray(value)) {
    for (const part of value) collectClass(part, into);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, on] of Object.entries(value)) {
      if (isSignal(on) ? on.value : on) collectClass(name, into);
    }
  } else if (typeof value === "number") {
    into.push(String(value));
  }
}

/** The declarations of a style map, as pairs; a number is written plainly, null and false leave one out. */
export function stylePairs(value: object): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const [name, raw] of Object.entries(value)) {
    const v = isSignal(raw) ? raw.value : raw;
    if (v === null || v === undefined || v === false || v === "") continue;
    const property = name.startsWith("--") ? name : name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
    if (!/^-{0,2}[a-zA-Z_\u0080-\uffff][\w\u0080-\uffff-]*$/.test(property)) {
      throw badStyle(`${JSON.stringify(name)}: it is no property name`);
    }
    const text = textOf(v);
    if (endsDeclaration(text)) {
      throw badStyle(`${name} to ${JSON.stringify(text)}: it would end the declaration`);
    }
    pairs.push([property, text]);
  }
  return pairs;
}

function badStyle(what: string): TypeError {
  return coded("E048", new TypeError(`Cannot set the style property ${what}`));
}

function styleText(value: object): string | null {
  return stylePairs(value).map(([name, v]) => `${name}:${v}`).join(";") || null;
}

/** Whether an attribute holds a URL. SVG's animations can set one, too. */
function isUrlAttr(tag: string, name: string): boolean {
  const lower = name.toLowerCase();
  if (URL_ATTRS.has(lower)) return true;
  return (tag === "animate" || tag === "set") &&
    (lower === "to" || lower === "from" || lower === "values" || lower === "by");
}

let onUnsafeUrl: (message: string) => void = () => {};

/** Sets who is told of refused URLs (the server logs them). Returns the one before. */
export function setUnsafeUrlReporter(report: (message: string) => void): (message: string) => void {
  const before = onUnsafeUrl;
  onUnsafeUrl = report;
  return before;
}

/**
 * Whether a URL may stand in an attribute: `javascript:` and `vbscript:` never, `data:` only as the source of an image,
 * audio or video. The scheme is read as a browser reads it: leading controls and spaces, and tabs and newlines anywhere,
 * do not count (URL standard, basic URL parser).
 */
export function isSafeUrl(tag: string, name: string, url: string): boolean {
  if (url.indexOf(":") < 0) return true;
  const bare = url.replace(/[\t\n\r]/g, "").replace(/^[\0- ]+/, "").slice(0, 40).toLowerCase();
  let ok = true;
  if (bare.startsWith("javascript:") || bare.startsWith("vbscript:")) ok = false;
  else if (bare.startsWith("data:")) {
    const media = tag === "img" || tag === "source" || tag === "video" || tag === "audio" ||
      tag === "image" ||
      tag === "track" || (tag === "link" && name === "href") || (tag === "input" && name === "src");
    ok = media && (name === "src" || name === "href" || name === "poster" || name === "xlink:href");
  }
  if (!ok) onUnsafeUrl(`Refused the URL ${JSON.stringify(url.slice(0, 80))} in ${name} of <${tag}>`);
  return ok;
}

// deno-lint-ignore no-control-regex
const NAME = /^[^\s"'>/=\0-\x1f\x7f]+$/;
const known = new Set<string>();

/** Throws when a name could not be an attribute's. */
export function checkName(tag: string, name: string): void {
  if (known.has(name)) return;
  if (!NAME.test(name)) {
    throw coded("E046", new TypeError(`Cannot set an attribute named ${JSON.stringify(name)} on <${tag}>`));
  }
  if (known.size < 2000) known.add(name);
}

/** Calls back for each prop of an element that is an attribute, with its value as it stands in the props. */
export function eachAttribute(
  tag: string,
  props: Props | null,
  fn: (name: string, value: unknown) => void,
): void {
  if (props === null) return;
  for (const name in props) {
    if (!isAttribute(tag, name)) {
      if (isEventProp(name) && typeof props[name] === "string") {
        throw coded("E047", new TypeError(`Cannot set ${name} of <${tag}> as text: pass a function`));
      }
      continue;
    }
    checkName(tag, name);
    fn(name, props[name]);
  }
}

/** The attributes of an element, as pairs of name and text, without data-hid. */
export function attributesOf(node: VNode): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  const tag = node.type as string;
  eachAttribute(tag, node.props, (name, value) => {
    const text = attributeValue(tag, name, value);
    if (text !== null) pairs.push([name, text]);
  });
  if (node.children !== null && tag.includes("-")) pairs.push(["data-own", ""]);
  return pairs;
}

/** The content of a text-only element: of a textarea its `value`, where it has one. */
export function contentOf(node: VNode): string {
  if (
    node.type === "textarea" && node.props !== null && node.props.value !== undefined &&
    node.props.value !== null
  ) {
    const value = node.props.value;
    return textOf(isSignal(value) ? value.value : value);
  }
  let text = "";
  for (const item of node.children ?? []) {
    if (item.kind !== Kind.Text) {
      throw coded(
        "E049",
        new TypeError(`Cannot put ${nameOf(item)} into <${node.type}>: it holds text alone`),
      );
    }
    text += item.text;
  }
  return text;
}

/** Names a node for a message. */
export function nameOf(node: VNode): string {
  switch (node.kind) {
    case Kind.Element:
      return `<${node.type}>`;
    case Kind.Text:
      return "text";
    case Kind.Component:
      return `the component ${(node.type as { displayName?: string }).displayName || "(unnamed)"}`;
    case Kind.Fragment:
      return "a list";
    case Kind.Raw:
      return "raw HTML";
    default:
      return "a template";
  }
}
