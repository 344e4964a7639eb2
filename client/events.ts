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
      // One digit is never followed by a letter that could be a digit.
      const family = /^ff/.test(code) ? "o" : code.slice(2) || code.replace(/[\da-f]+/, "");
      handlers.set(type, {
        code: parseInt(code.slice(0, 2), 16),
        family,
        opts: Object.fromEntries(options.map((option) => [option[0], option.slice(1)])),
        special: !/^[mkvf]?$/.test(family) || /,[^psv]/.test(token),
      });
    }
  }
  return handlers;
}

/** Listens for the events that a spec names. */
export function listen(c: Client, spec: string): void {
  for (const [type, { family, opts, special }] of parseSpec(c, spec)) {
    hear(c, type, opts.p !== undefined, family);
    // What is typed concerns the second script, see controls.ts; it comes before it is needed.
    if (special || INPUT.test(type) || type === "submit") loadRare(c);
  }
}

/** Listens for one type. A listener that prevents the default takes the place of one that browsers may make passive. */
function hear(c: Client, type: string, prevents = false, family = ""): void {
  const heard = c.heard.get(type);
  if (heard || heard === prevents) return;
  c.heard.set(type, prevents);
  c.doc.addEventListener(type, (event) => {
    if (c.heard.get(type) === prevents && !c.waits) handle(c, event);
  }, {
    // Events that do not bubble.
    capture: /[xo]/.test(family) ||
      /^(focus|blur|invalid|load|error|abort|resize|scroll|(before)?toggle|close|cancel)|enter$|leave$/.test(
        type,
      ),
    passive: !prevents && undefined,
    signal: c.quit.signal,
  });
}

/** Gives an event to those who take it. */
export function handle(c: Client, event: Event): void {
  let element = event.target as Element | null;
  while (element) {
    const handler = handlersOf(c, element)?.get(event.type);
    if (handler && run(c, event, element, handler)) return;
    element = event.bubbles ? element.parentElement : null;
  }
}

/** The handlers of an element that has a number. */
export function handlersOf(c: Client, element: Element): Map<string, Handler> | null {
  const spec = element.getAttribute?.("data-hid");
  return spec && numberOf(c, element) > 0 ? parseSpec(c, spec) : null;
}

/** Runs one handler; true when the event goes no further. */
function run(c: Client, event: Event, element: Element, handler: Handler): boolean {
  const { type, target, button, ctrlKey, shiftKey, altKey, metaKey } = event as MouseEvent;
  const { family, special, opts: { p, s } } = handler;
  const isClick = type === "click";
  // A click that opens a link elsewhere is the browser's.
  if (
    isClick && (element as HTMLAnchorElement).href && (button || ctrlKey || shiftKey || altKey || metaKey)
  ) return false;
  // Without the script these load a page. With it they never do, also where this handler does not take the event.
  if (type === "submit" || isClick && (element as HTMLButtonElement).form?.id === "vango-form") {
    event.preventDefault();
  }
  if (special && !c.rare) {
    loadRare(c).then(() => run(c, event, element, handler));
    return false;
  }
  if (special && !c.rare!.admits(event, element, handler)) return false;
  if (p !== undefined) event.preventDefault();
  if (s !== undefined) event.stopPropagation();
  const body = family ? payload(c, family, event, element) : null;
  const send = () => push(c, element, type, handler, body, target as Element);
  if (special) c.rare!.wait(element, handler, send);
  else send();
  return s !== undefined;
}
