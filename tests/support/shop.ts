/**
 * A page whose every button shows something at once and has a handler that writes, fails, or waits for the test to end it.
 *
 * What it shows depends on its signals alone, as a world of worlds.ts does, so it can be rendered anew at any time.
 *
 * @module
 */
import { Signal } from "../../core/mod.ts";
import { type Component, component, on, type Optimistic } from "../../mod.ts";
import { b, button, input, li, p, section, ul } from "../../vdom/elements.ts";
import { componentNode, type VNode } from "../../vdom/node.ts";
import type { Random } from "./random.ts";

/** What the buttons above the list show at once. */
const CHANGES: readonly Optimistic[] = [
  { target: "p", class: { add: "busy0" } },
  { target: "p", class: { add: "busy1", remove: "x" } },
  { target: "p", class: { toggle: "y" } },
  { target: "p", text: "Saving", attr: { title: "wait" } },
  { target: "p", attr: { title: null, lang: "en" } },
  { target: "field", value: "" },
  { target: "field", value: "optimistic", class: { add: "x" } },
  { text: "…", attr: { "aria-busy": "true" } },
  { target: "list", text: "Nothing" },
  { target: "nowhere", text: "x" },
];
/** Those of a class token that can be looked at while handlers wait; the first of them the server writes too, at times. */
export const BUSY = [0, 1];
const KEYS = ["a", "b", "c", "d", "e"];

/** What a handler is to do. */
export type Outcome = "write" | "throw" | "wait";

/** The state of a page, and what its handlers do. */
export class Shop {
  readonly #random: Random;
  readonly #label = new Signal("start");
  readonly #class = new Signal<string | null>("x");
  readonly #title = new Signal<string | null>(null);
  readonly #value = new Signal("v");
  readonly #keys = new Signal<string[]>(["a", "b", "c"]);
  readonly #done = new Signal<ReadonlySet<string>>(new Set());
  /** Handlers that wait, in the order of their events: which change, and how each is ended. */
  waiting: { which: number; end: (fails: boolean) => void }[] = [];
  /** What the handlers of the next events do. */
  outcome: Outcome = "write";
  /** The page. */
  readonly component: Component<Record<never, never>>;

  /** Makes a shop; `random` decides what is written, and which input is refused. */
  constructor(random: Random) {
    this.#random = random;
    this.component = component(() => () =>
      section(
        p({ id: "p", class: this.#class, title: this.#title.value }, this.#label, b("!")),
        CHANGES.map((optimistic, which) =>
          button({ id: `b${which}`, onClick: on(() => this.#handle(which), { optimistic }) }, which)
        ),
        input({
          id: "field",
          value: this.#value,
          onInput: (e) => {
            if (this.#random.in(3)) return;
            this.#value.value = e.value;
          },
        }),
        ul({ id: "list" }, this.#keys.value.map((key) => this.#item(key))),
      ), { name: "Shop" });
  }

  /** An item that can be done and be taken away. */
  #item(key: string): VNode {
    const isDone = this.#done.value.has(key);
    const toggle = () =>
      this.#handle(-1, () => {
        const done = new Set(this.#done.peek());
        if (!done.delete(key)) done.add(key);
        this.#done.value = done;
      });
    const remove = () =>
      this.#handle(-1, () => this.#keys.value = this.#keys.peek().filter((other) => other !== key));
    return li(
      { key, id: `i${key}`, class: { done: isDone } },
      button({ onClick: on(toggle, { optimistic: { target: `i${key}`, class: { toggle: "done" } } }) }, key),
      button({ onClick: on(remove, { optimistic: { target: `i${key}`, attr: { hidden: "" } } }) }, "x"),
    );
  }

  /** The page as a node: another one at each call. */
  page(): VNode {
    return componentNode(this.component, {});
  }

  #handle(which: number, write = () => this.edit()): Promise<void> | void {
    if (this.outcome === "throw") throw new Error("planted");
    if (this.outcome === "write") return write();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const end = (fails: boolean) => {
      if (fails) return reject(new Error("planted, late"));
      write();
      resolve();
    };
    this.waiting.push({ which, end });
    return promise;
  }

  /** Changes something, as another user would. */
  edit(): void {
    const random = this.#random;
    switch (random.below(6)) {
      case 0:
        this.#label.value = random.pick(["", "one", "two", "Saving"]);
        break;
      case 1:
        this.#class.value = random.pick([null, "x", "x y", "y z", "busy0"]);
        break;
      case 2:
        this.#title.value = random.pick([null, "t", "wait"]);
        break;
      case 3:
        this.#value.value = random.pick(["", "v", "optimistic"]);
        break;
      case 4: {
        const keys = KEYS.filter(() => random.in(2));
        random.shuffle(keys);
        this.#keys.value = keys;
        break;
      }
      default:
        this.#done.value = new Set(KEYS.filter(() => random.in(2)));
    }
  }
}
