/**
 * Debounce and throttle: which events of a handler are sent, and when.
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

/** Events that wait for their time. */
export interface Timing {
  /** Sends an event when its time has come; a newer one of the same element and handler takes its place. */
  wait(element: Element, handler: Handler, send: () => void): void;
  /** Sends what waits, since what follows must not overtake it. */
  flush(): void;
}

/** Makes the timing of a page's events. */
export function createTiming({ win }: Client): Timing {
  let all: Waiting[] = [];
  return {
    wait(element, handler, send) {
      const { d, t } = handler.options;
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
    flush() {
      const waiting = all;
      all = [];
      for (const { timer, send } of waiting) {
        win.clearTimeout(timer);
        send?.();
      }
    },
  };
}
