/**
 * Handlers with options: which events they take, and when those are sent.
 *
 * @module
 */
import type { Client, Handler } from "./state.ts";

interface Waiting {
  element: Element;
  handler: Handler;
  timer: number;
  send?: () => void;
}

/** What the options of handlers need. */
export interface Timing {
  /** Whether a handler takes an event: by its target, its key, and whether it has had its only one. */
  admits(event: Event, element: Element, handler: Handler): boolean;
  /** Sends an event when its time has come; a newer one of the same element and handler takes its place. */
  wait(element: Element, handler: Handler, send: () => void): void;
  /** Sends what waits, since what follows must not overtake it. */
  flush(): void;
}

/** Makes the timing of a page's events. */
export function createTiming({ win }: Client): Timing {
  let all: Waiting[] = [];
  const done = new WeakMap<Element, Set<Handler>>();

  const flush = () => {
    const waiting = all;
    all = [];
    for (const { timer, send } of waiting) {
      win.clearTimeout(timer);
      send?.();
    }
  };

  return {
    flush,
    admits(event, element, handler) {
      const { f, k, 1: once } = handler.opts;
      const had = done.get(element) ?? new Set();
      if (had.has(handler) || f !== undefined && event.target !== element) return false;
      if (k && !k.split("|").some((filter) => matches(event as KeyboardEvent, filter))) return false;
      if (once !== undefined) done.set(element, had.add(handler));
      if (k) flush();
      return true;
    },
    wait(element, handler, send) {
      const { d, t } = handler.opts;
      if (!d && !t) return send();
      let it = all.find((other) => other.element === element && other.handler === handler);
      const first = !it;
      const waiting = it ??= { element, handler, timer: 0 };
      if (first) all.push(waiting);
      const expire = () => {
        const { send } = waiting;
        waiting.send = undefined;
        // A throttled event that waited begins the next span.
        if (send && !d) waiting.timer = win.setTimeout(expire, +t!);
        else all = all.filter((other) => other !== waiting);
        send?.();
      };
      if (d || first) {
        win.clearTimeout(waiting.timer);
        waiting.timer = win.setTimeout(expire, +(d ?? t)!);
      }
      if (d || !first) waiting.send = send;
      else send();
    },
  };
}

/** Whether a key event passes a filter such as "Ctrl+s". Shift is free for characters, which show it themselves. */
function matches(event: KeyboardEvent, filter: string): boolean {
  const mods = filter.split("+");
  const name = mods.pop()!;
  const key = { Space: " ", Comma: ",", Bar: "|", Plus: "+" }[name] ?? name;
  const { ctrlKey, shiftKey, altKey, metaKey } = event;
  return key.toLowerCase() === event.key.toLowerCase() && mods.includes("Ctrl") === ctrlKey &&
    mods.includes("Alt") === altKey && mods.includes("Meta") === metaKey &&
    (mods.includes("Shift") === shiftKey || !key[1] && shiftKey);
}
