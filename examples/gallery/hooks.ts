/**
 * What a script that is attached to an element can do: push, be told of another config, and be spoken to.
 *
 * @module
 */
import {
  type Child,
  type Component,
  component,
  createRef,
  hook,
  type HookEvent,
  type HookProps,
  signal,
} from "@vango/core";
import { button, customElement, div, ul } from "@vango/core/elements";
import { card, createRecord, recordRow } from "./row.ts";

/** A way in which a hook and its server meet. */
export interface HookRow {
  /** What to do. */
  hint: string;
  /** What it does. */
  what: string;
  /** Runs in a setup: makes the view of what is acted on. */
  setup: (onEvent: (event: HookEvent) => void, id: string) => () => Child;
}

/** The pad, which the hook fills. */
const pad = (id: string, props: HookProps, more: object = {}): Child =>
  customElement("x-pad", { id, class: "pad", ...props, ...more });

/** By what happens. */
export const HOOKS: Record<"push" | "updated" | "dispatch", HookRow> = {
  push: {
    hint: "Press the button, which a script has made.",
    what: "The script pushes a name and data; the handler gets both.",
    setup: (onEvent, id) => () => pad(id, hook("pad", { config: { sign: "●" }, onEvent })),
  },
  updated: {
    hint: "Give the pad another sign: the script is told, and pushes what it draws now.",
    what: "A config that the view changes reaches the script; what it has made stays.",
    setup: (onEvent, id) => {
      const star = signal(false, { name: "star" });
      return () =>
        div(
          { class: "stack" },
          pad(id, hook("pad", { config: { sign: star.value ? "★" : "●" }, onEvent })),
          button({ id: `${id}-next`, type: "button", onClick: () => star.toggle() }, "Another sign"),
        );
    },
  },
  dispatch: {
    hint: "Draw some, then have the server clear the pad.",
    what: "The server dispatches an event on the element; the script listens, and pushes what it threw away.",
    setup: (onEvent, id) => {
      const ref = createRef();
      return () =>
        div(
          { class: "stack" },
          pad(id, hook("pad", { config: { sign: "●" }, onEvent }), { ref }),
          button({ id: `${id}-clear`, type: "button", onClick: () => ref.dispatch("clear") }, "Clear"),
        );
    },
  },
};

/** The script of the pad, at /hooks/pad.js. */
export const PAD = `
export default {
  mounted(pad, api) {
    const { ownerDocument: document } = pad;
    this.signs = document.createElement("output");
    const draw = document.createElement("button");
    draw.type = "button";
    draw.textContent = "Draw";
    draw.onclick = () => {
      this.signs.textContent += api.config.sign;
      api.push("drawn", { sign: api.config.sign, count: [...this.signs.textContent].length });
    };
    pad.append(draw, this.signs);
    pad.addEventListener("clear", () => {
      api.push("cleared", { signs: [...this.signs.textContent] });
      this.signs.textContent = "";
    }, { signal: api.signal });
  },
  updated(pad, api) {
    api.push("changed", { config: api.config });
  },
};
`;

/** A way with its row. */
export const HookCard: Component<{ id: keyof typeof HOOKS }> = component(({ id }) => {
  const { hint, what, setup } = HOOKS[id];
  const record = createRecord(`hook ${id}`);
  const view = setup(record.take, `h-${id}`);
  return () =>
    card(`h-${id}`, id, hint, view(), ul({ class: "rows" }, recordRow(`hook-${id}`, id, what, record)));
}, { name: "HookCard" });
