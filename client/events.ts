/**
 * One delegated listener for each event type that some element takes; `data-hid` says which, and how.
 *
 *     data-hid="7 click:1 keydown:20k,p,kEnter|Ctrl+s"
 *
 * An event goes to its target and, when it bubbles, to every ancestor that takes it, the innermost first, until one stops it.
 *
 * @module
 */
import { INPUT } from "./input.ts";
import { numberOf } from "./nodes.ts";
import { push } from "./queue.ts";
import { loadRare } from "./socket.ts";
import type { Client, Handler } from "./state.ts";
import { payload } from "./values.ts";

/** The handlers that a spec names, by event type. Any number before the spec is no concern. */
export function parseSpec(c: Client, spec: string): Map<string, Handler> {
  spec = spec.replace(/^\d+ /, "");
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
  for (const [type, { family, options: { p, d, t, o } }] of parseSpec(c, spec)) {
    hear(c, type, p === undefined, family);
    // What is typed before it is committed matters, and where a control is left.
    if (INPUT.test(type)) {
      hear(c, "input");
      hear(c, "focusout");
    }
    if (d || t || o || !/^[mkvf]?$/.test(family)) loadRare(c);
  }
}

/** Listens for one type. A listener that may prevent the default takes the place of a passive one. */
function hear(c: Client, type: string, harmless = true, family = ""): void {
  const passive = harmless && /^(touch|wheel)/.test(type);
  const heard = c.heard.get(type);
  if (heard === false || heard === passive) return;
  c.heard.set(type, passive);
  c.doc.addEventListener(type, (event) => {
    if (c.heard.get(type) === passive) handle(c, event);
  }, {
    // Events that do not bubble.
    capture: /[xo]/.test(family) ||
      /^(focus|blur|invalid|load|error|abort|resize|scroll|(before)?toggle|close|cancel)|enter$|leave$/.test(
        type,
      ),
    passive,
    signal: c.quit.signal,
  });
}

/** Gives an event to those who take it. */
export function handle(c: Client, event: Event): void {
  const { type, bubbles } = event;
  const target = event.target as Element;
  let typing = INPUT.test(type);
  if (/^(click|submit|change|focusout)$/.test(type)) c.rare?.flush();
  for (let element: Element | null = target; element; element = bubbles ? element.parentElement : null) {
    const spec = element.getAttribute?.("data-hid");
    if (!spec || numberOf(c, element) < 0) continue;
    const handlers = parseSpec(c, spec);
    const handler = handlers.get(type);
    if (typing && (handler || handlers.has("change"))) {
      typing = false;
      c.typed.set(target, Infinity);
    }
    if (handler && run(c, event, element, handler)) break;
  }
  // It was left as it was: no event will carry anything.
  if (type === "focusout" && c.typed.get(target) === Infinity) {
    c.typed.delete(target);
    c.rare?.release();
  }
}

/** Runs one handler; true when the event goes no further. */
function run(c: Client, event: Event, element: Element, handler: Handler): boolean {
  const { type, target } = event;
  const { f, k, p, v, s, d, t } = handler.options;
  const { button, ctrlKey, shiftKey, altKey, metaKey } = event as MouseEvent;
  const { href, form } = element as HTMLAnchorElement & HTMLButtonElement;
  const isClick = type === "click";
  const done = c.done.get(element) ?? new Set();
  if (
    done.has(handler) || f !== undefined && target !== element ||
    k && !k.split("|").some((filter) => matches(event as KeyboardEvent, filter)) ||
    // A click that opens a link elsewhere is the browser's.
    isClick && href && (button || ctrlKey || shiftKey || altKey || metaKey)
  ) return false;
  if (type === "submit" || p !== undefined && v === undefined || isClick && form?.id === "vango-form") {
    event.preventDefault();
  }
  if (s !== undefined) event.stopPropagation();
  if (handler.options[1] !== undefined) c.done.set(element, done.add(handler));
  const send = () => {
    const body = handler.family ? payload(c, handler.family, event, element) : null;
    const go = () => push(c, element, type, handler, body!, target as Element);
    if (body === undefined) loadRare(c).then(send);
    else if ((d ?? t) && c.rare) c.rare.wait(element, handler, go);
    else go();
  };
  if (k) c.rare?.flush();
  send();
  return s !== undefined;
}

/** Whether a key event passes a filter such as "Ctrl+s". Shift is free for characters, which show it themselves. */
function matches(event: KeyboardEvent, filter: string): boolean {
  const mods = filter.split("+");
  const name = mods.pop()!;
  const key = { Space: " ", Comma: ",", Bar: "|", Plus: "+" }[name] ?? name;
  return key.toLowerCase() === event.key.toLowerCase() &&
    ["Ctrl", "Alt", "Meta", "Shift"].every((mod) =>
      mods.includes(mod) === event[`${mod.toLowerCase()}Key` as "ctrlKey"] ||
      mod === "Shift" && !key[1] && event.shiftKey
    );
}
