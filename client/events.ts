/**
 * One delegated listener for each event type that some element takes; `data-hid` says which, and how.
 *
 *     data-hid="7 click:1 keydown:20k,p,kEnter|Ctrl+s"
 *
 * An event goes to its target and, when it bubbles, to every ancestor that takes it, the innermost first, until one stops it.
 *
 * @module
 */
import { noteTyped, releaseHeld } from "./input.ts";
import { numberOf } from "./nodes.ts";
import { push } from "./queue.ts";
import { loadRare } from "./socket.ts";
import type { Client, Handler } from "./state.ts";
import { payload } from "./values.ts";

/** The handlers that a spec names, by event type. */
export function parseSpec(c: Client, spec: string): Map<string, Handler> {
  let handlers = c.specs.get(spec);
  if (!handlers) {
    c.specs.set(spec, handlers = new Map());
    for (const token of spec.split(" ")) {
      const [head, ...options] = token.split(",");
      const [type, code] = head.split(":");
      handlers.set(type, {
        code: parseInt(code.slice(0, 2), 16),
        // One digit is never followed by a letter that could be a digit.
        family: /^ff/.test(code) ? "o" : code.slice(2) || code.replace(/[\da-f]+/, ""),
        options: Object.fromEntries(options.map((option) => [option[0], option.slice(1)])),
      });
    }
  }
  return handlers;
}

/** Listens for the events that a spec names. */
export function listen(c: Client, spec: string): void {
  for (const [type, { family, options }] of parseSpec(c, spec)) {
    hear(c, type, family, options.p === undefined);
    // What is typed before it is committed matters, and where a control is left.
    if (type === "change") hear(c, "input", "", true);
    if (family === "v" || options.d || options.t) hear(c, "focusout", "", true);
    if (options.o || !/^[mkvf]?$/.test(family)) loadRare(c);
  }
}

/** Listens for one type. A listener that may prevent the default takes the place of a passive one. */
export function hear(c: Client, type: string, family: string, mayBePassive: boolean): void {
  const passive = mayBePassive && /^(touch|wheel)/.test(type);
  const heard = c.heard.get(type);
  if (heard === passive || heard === false) return;
  c.heard.set(type, passive);
  const capture = /[xo]/.test(family) ||
    /^(focus|blur|invalid|load|error|abort|resize|scroll.*|.*toggle|close|cancel|(mouse|pointer)(enter|leave))$/
      .test(type);
  const listener = (event: Event) => c.heard.get(type) === passive && handle(c, event);
  c.doc.addEventListener(type, listener, { capture, passive, signal: c.quit.signal });
}

/** Gives an event to those who take it. */
export function handle(c: Client, event: Event): void {
  const { type } = event;
  const target = event.target as Element;
  let noted = !/^(input|change)$/.test(type);
  if (/^(click|submit|change|focusout)$/.test(type)) flushWaiting(c);
  for (let element: Element | null = target; element; element = element.parentElement) {
    const spec = element.getAttribute?.("data-hid");
    if (spec && numberOf(c, element) > 0) {
      const handlers = parseSpec(c, spec.slice(spec.indexOf(" ") + 1));
      const handler = handlers.get(type);
      if (!noted && (handler || handlers.has("change"))) {
        noted = true;
        noteTyped(c, target, Infinity);
      }
      if (handler && run(c, event, element, handler)) break;
    }
    if (!event.bubbles) break;
  }
  // It was left as it was: no event comes any more.
  if (type === "focusout" && c.typed.get(target) === Infinity) {
    c.typed.delete(target);
    releaseHeld(c);
  }
}

/** Runs one handler; true when the event goes no further. */
function run(c: Client, event: Event, element: Element, handler: Handler): boolean {
  const { type, target } = event;
  const { f, k, p, v, s, d, t } = handler.options;
  const { button, ctrlKey, shiftKey, altKey, metaKey } = event as MouseEvent;
  const done = c.done.get(element) ?? new Set();
  if (
    f !== undefined && target !== element ||
    k && !k.split("|").some((filter) => matches(event as KeyboardEvent, filter)) ||
    done.has(handler) ||
    // A click that opens a link elsewhere is the browser's.
    type === "click" && (element as HTMLAnchorElement).href && (button || ctrlKey || shiftKey || altKey || metaKey)
  ) return false;
  if (
    type === "submit" || p !== undefined && v === undefined ||
    type === "click" && (element as HTMLButtonElement).form?.id === "vango-form"
  ) event.preventDefault();
  if (s !== undefined) event.stopPropagation();
  if (handler.options[1] !== undefined) c.done.set(element, done.add(handler));
  const send = () => {
    const body = handler.family ? payload(c, handler.family, event, element) : null;
    if (body === undefined) loadRare(c).then(send);
    else {
      const go = () => push(c, element, type, handler, body, target as Element);
      if (d ?? t) wait(c, element, type, handler, go);
      else {
        if (k) flushWaiting(c);
        go();
      }
    }
  };
  send();
  return s !== undefined;
}

/** Whether a key event passes a filter such as "Ctrl+s". Shift is free for characters, which show it themselves. */
function matches(event: KeyboardEvent, filter: string): boolean {
  const names = filter.split("+");
  const name = names.pop()!;
  const key = { Space: " ", Comma: ",", Bar: "|", Plus: "+" }[name] ?? name;
  const has = (mod: string) => names.includes(mod);
  return key.toLowerCase() === event.key.toLowerCase() && has("Ctrl") === event.ctrlKey &&
    has("Alt") === event.altKey && has("Meta") === event.metaKey &&
    (has("Shift") === event.shiftKey || !key[1] && !has("Shift"));
}

/** Debounces or throttles: sends the newest event when its time has come. */
function wait(c: Client, element: Element, type: string, { options: { d, t } }: Handler, send: () => void): void {
  let waiting = c.waiting.find((other) => other.element === element && other.type === type);
  const first = !waiting;
  if (!waiting) c.waiting.push(waiting = { element, type, timer: 0 });
  const it = waiting;
  const expire = () => {
    const { send } = it;
    if (send && !d) {
      it.send = undefined;
      it.timer = c.win.setTimeout(expire, +t!);
    } else c.waiting = c.waiting.filter((other) => other !== it);
    send?.();
  };
  if (d || first) {
    c.win.clearTimeout(it.timer);
    it.timer = c.win.setTimeout(expire, +(d ?? t)!);
  }
  if (d || !first) it.send = send;
  else send();
}

/** Sends what waits, since what follows must not overtake it. */
export function flushWaiting(c: Client): void {
  const waiting = c.waiting;
  c.waiting = [];
  for (const { timer, send } of waiting) {
    c.win.clearTimeout(timer);
    send?.();
  }
}
