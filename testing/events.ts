/**
 * From what a user does to event frames: who takes an event on its way up, under which options, and what waits.
 *
 *     data-hid="7 click:1 keydown:20k,p,kEnter|Ctrl+s"
 *
 * The same rules as the browser's client follows; docs/protocol.md, "data-hid", has the form.
 *
 * @module
 */
import type { Stop } from "../server/clock.ts";
import type { DomNode } from "./dom_node.ts";
import type { FakeClock } from "./clock.ts";
import { shortTag } from "./html.ts";
import { type EventInit, payloadOf } from "./payloads.ts";
import type { WirePayload } from "../protocol/mod.ts";

/** One event that an element takes. */
export interface Token {
  /** The event's DOM name. */
  readonly type: string;
  /** Its code on the wire. */
  readonly code: number;
  /** The letter of its payload; "" for none. */
  readonly family: string;
  /** The options by letter. */
  readonly options: ReadonlyMap<string, string>;
}

/** An event on its way to the server. */
export interface OutEvent {
  /** Who takes it. */
  readonly node: DomNode;
  /** To whom it happened. */
  readonly target: DomNode;
  /** What it is. */
  readonly token: Token;
  /** What it carries. */
  readonly payload: WirePayload | null;
}

/** An event that was sent, or waits for a connection. */
export interface Sent {
  /** What it is. */
  readonly event: OutEvent;
}

/** What became of an event. */
export interface Dispatched {
  /** Whether any element took it (even if it only waits, or a filter stopped it). */
  handled: boolean;
  /** Whether the browser's own action is prevented. */
  prevented: boolean;
}

/** An event in words, for messages. */
export function nameOf({ node, token, payload }: OutEvent): string {
  if (payload !== null && "path" in payload) return `the ${token.type} to ${payload.path}`;
  return `the ${token.type} of ${shortTag(node)}`;
}

/** The events that an element takes. */
export function tokensOf(node: DomNode): Token[] {
  const spec = node.attr("data-hid");
  if (spec === null) return [];
  return spec.split(" ").slice(1).map((text) => {
    const [head, ...options] = text.split(",");
    const at = head.lastIndexOf(":");
    const code = head.slice(at + 1);
    // One or two digits, then perhaps a letter: of two characters, the second may be either.
    const digits = code.length === 3 || /^.[\da-f]$/.test(code) ? 2 : 1;
    return {
      type: head.slice(0, at),
      code: parseInt(code.slice(0, digits), 16),
      // A custom event must tell its name.
      family: code.startsWith("ff") ? "o" : code.slice(digits),
      options: new Map(options.map((option) => [option[0], option.slice(1)])),
    };
  });
}

/** Events that go no further than their target (UI Events; HTML). */
const NO_BUBBLE =
  /^(@hook|focus|blur|mouseenter|mouseleave|pointerenter|pointerleave|load|error|abort|scroll|scrollend|toggle|beforetoggle|invalid|close|cancel|play|pause|ended|timeupdate|resize)$/;

interface Waiting {
  readonly node: DomNode;
  readonly type: string;
  stop: Stop;
  send: (() => void) | null;
}

/** Gives events to those who take them. */
export class Events {
  readonly #clock: FakeClock;
  readonly #send: (event: OutEvent) => void;
  readonly #done: WeakMap<DomNode, Set<string>> = new WeakMap();
  #waiting: Waiting[] = [];

  /** Sends with `send`; what is debounced or throttled waits on the clock. */
  constructor(clock: FakeClock, send: (event: OutEvent) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** How many events wait for their time. */
  get waiting(): number {
    return this.#waiting.filter((waiting) => waiting.send !== null).length;
  }

  /** Dispatches an event on an element. */
  dispatch(target: DomNode, type: string, init: EventInit = {}): Dispatched {
    if (/^(click|submit|change|focusout)$/.test(type)) this.flushWaiting();
    const result: Dispatched = { handled: false, prevented: false };
    for (let node: DomNode | null = target; node !== null; node = node.parent) {
      const token = tokensOf(node).find((token) => token.type === type);
      if (token !== undefined) {
        result.handled = true;
        if (this.#run(token, node, target, init, result)) break;
      }
      if (NO_BUBBLE.test(type)) break;
    }
    return result;
  }

  /** Runs one handler; true when the event goes no further. */
  #run(token: Token, node: DomNode, target: DomNode, init: EventInit, result: Dispatched): boolean {
    const { options, type } = token;
    const done = this.#done.get(node);
    const keys = options.get("k");
    if (options.has("f") && target !== node || done?.has(type)) return false;
    if (keys !== undefined && !keys.split("|").some((filter) => isKey(init, filter))) return false;
    if (options.has("1")) this.#done.set(node, (done ?? new Set()).add(type));
    if (type === "submit" || options.has("p") && !options.has("v")) result.prevented = true;
    const payload = token.family === "" ? null : payloadOf(token.family, type, target, init);
    const send = () => this.#send({ node, target, token, payload });
    if (options.has("d") || options.has("t")) this.#wait(token, node, send);
    else {
      if (keys !== undefined) this.flushWaiting();
      send();
    }
    return options.has("s");
  }

  /** Debounces or throttles: sends the newest event when its time has come. */
  #wait({ options, type }: Token, node: DomNode, send: () => void): void {
    const debounce = options.get("d");
    const ms = Number(debounce ?? options.get("t"));
    let waiting = this.#waiting.find((other) => other.node === node && other.type === type);
    const first = waiting === undefined;
    if (waiting === undefined) this.#waiting.push(waiting = { node, type, stop: () => {}, send: null });
    const it = waiting;
    const expire = () => {
      const { send } = it;
      it.send = null;
      if (send !== null && debounce === undefined) it.stop = this.#clock.after(ms, expire);
      else this.#waiting = this.#waiting.filter((other) => other !== it);
      send?.();
    };
    if (debounce !== undefined || first) {
      it.stop();
      it.stop = this.#clock.after(ms, expire);
    }
    if (debounce !== undefined || !first) it.send = send;
    else send();
  }

  /** Sends what waits, since what follows must not overtake it. */
  flushWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { stop, send } of waiting) {
      stop();
      send?.();
    }
  }
}

const KEY_NAMES: Readonly<Record<string, string>> = { Space: " ", Comma: ",", Bar: "|", Plus: "+" };

/** Whether a key event passes a filter such as "Ctrl+s". Shift is free for characters, which show it themselves. */
function isKey(init: EventInit, filter: string): boolean {
  const names = filter.split("+");
  const name = names.pop() ?? "";
  const key = KEY_NAMES[name] ?? name;
  const has = (mod: string) => names.includes(mod);
  return key.toLowerCase() === String(init.key ?? "").toLowerCase() && has("Ctrl") === !!init.ctrlKey &&
    has("Alt") === !!init.altKey && has("Meta") === !!init.metaKey &&
    (has("Shift") === !!init.shiftKey || key.length === 1 && !has("Shift"));
}

/** The events that elements from this one up take, for a message. */
export function takenEvents(node: DomNode): string[] {
  return tokensOf(node).map((token) => token.type);
}
