/**
 * Hooks: the fourth script, for pages with elements that have a script of the application attached.
 *
 *     data-hook="sortable" data-hook-src="/hooks/sortable.js" data-hook-config="{…}" data-hid="7 @hook:60h"
 *
 * Who has a hook is found by looking, when anything was inserted, removed or given another config: a frame has been applied whole
 * then, so what was moved or compared anew is still there, and stays mounted. Nothing here is between an event and its patches.
 *
 * @module
 */
import type { HookApi, HookModule } from "../vdom/hook.ts";
import type { Core } from "./core.ts";
import { putData } from "./hook_values.ts";
import type { Client, Live } from "./state.ts";
import type { Bytes } from "./wire.ts";

/** A hook of an element. */
interface Attached {
  /** Name and URL: another one is another hook. */
  which: string;
  /** The config as it was last seen. */
  text: string | null;
  /** Ends its listeners. */
  abort: AbortController;
  /** What its functions get. */
  api: { -readonly [K in keyof HookApi]: HookApi[K] };
  /** The module, once it is there: the object that is `this`. */
  made?: HookModule;
}

const EVENT = { code: 0x60, family: "", opts: {} };

/** Attaches the hooks of a page, now and whenever there are new ones. */
export function createHooks(c: Client, core: Core): void {
  const { win, doc, quit: { signal } } = c;
  if (c.closed) return;
  const rare = c.rare!;
  const all = new Map<Element, Attached>();
  /** Who waits to hear what became of an event, by its number. */
  const waiting = new Map<number, (done: boolean) => void>();

  const answer = (seq: number, done: boolean): void => {
    waiting.get(seq)?.(done);
    waiting.delete(seq);
  };

  const push = (element: Element, name: string, data: object): Promise<boolean> => {
    const out: Bytes = [];
    putData(core, out, name, data);
    return new Promise((resolve) => {
      if (c.closed) return resolve(false);
      waiting.set(c.seq + 1, resolve);
      core.push(c, element, "hook", EVENT, out, element);
    });
  };

  /** Runs a function of a hook; what it throws is told, and nothing else. */
  const run = async (element: Element, it: Attached, what: keyof HookModule): Promise<void> => {
    try {
      await it.made?.[what]?.call(it.made as never, element as HTMLElement, it.api);
    } catch (error) {
      if (what === "mounted") it.made = undefined;
      tell(it, error);
    }
  };

  const tell = ({ which }: Attached, error: unknown): void => {
    const [hook] = which.split(" ");
    console.error(`Hook ${hook}:`, error);
    const detail = { code: 0, seq: 0, message: `${error}`, hook, error };
    doc.dispatchEvent(new win.CustomEvent("vango:error", { detail }));
  };

  const attach = async (element: Element, which: string, text: string | null): Promise<void> => {
    const abort = new win.AbortController();
    const it: Attached = {
      which,
      text,
      abort,
      api: {
        config: parse(text),
        signal: abort.signal,
        push: (name, data = {}) => push(element, name, data),
      },
    };
    all.set(element, it);
    try {
      const url = new URL(which.split(" ")[1], win.location.origin);
      if (url.origin !== win.location.origin) throw TypeError(`${url} is of another origin`);
      const { default: found } = await c.load(url.href);
      if (!found) throw TypeError(`${url} has no default export`);
      // What is gone, or has another hook by now, is not mounted.
      if (all.get(element) !== it) return;
      it.made = Object.create(found);
      run(element, it, "mounted");
    } catch (error) {
      tell(it, error);
    }
  };

  const look = (): void => {
    const found = new Map<Element, string>();
    for (const element of doc.querySelectorAll('[data-hook][data-hid*="@hook:"]')) {
      // What has no number is not the server's: a copy that a script made, markup that is raw.
      if (!(element as Live).vango) continue;
      found.set(element, `${element.getAttribute("data-hook")} ${element.getAttribute("data-hook-src")}`);
    }
    for (const [element, it] of all) {
      if (found.get(element) === it.which) continue;
      all.delete(element);
      run(element, it, "destroyed");
      it.abort.abort();
    }
    for (const [element, which] of found) {
      const text = element.getAttribute("data-hook-config");
      const it = all.get(element);
      if (!it) attach(element, which, text);
      else if (it.text !== text) {
        it.text = text;
        it.api.config = parse(text);
        run(element, it, "updated");
      }
    }
  };

  const settle = (over: (seq: number) => boolean): void => {
    for (const seq of waiting.keys()) {
      // An event that failed is over, too: that it did is told at once, this a moment later.
      if (over(seq)) queueMicrotask(() => answer(seq, true));
    }
  };
  const { rewind, resync } = rare;
  rare.rewind = (over) => {
    rewind(over);
    settle(over);
  };
  rare.resync = (from) => {
    resync(from);
    // Whatever was received has settled.
    settle((seq) => !c.queue.some((event) => event.seq === seq));
  };
  doc.addEventListener(
    "vango:error",
    (event) => answer((event as CustomEvent<{ seq: number }>).detail.seq, false),
    { signal },
  );
  const observer = new win.MutationObserver(look);
  const attributeFilter = ["data-hook", "data-hook-src", "data-hook-config"];
  observer.observe(doc, { subtree: true, childList: true, attributes: true, attributeFilter });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    for (const seq of waiting.keys()) answer(seq, false);
  });
  look();
}

function parse(text: string | null): Record<string, unknown> {
  return JSON.parse(text ?? "{}");
}
