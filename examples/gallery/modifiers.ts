/**
 * Every option of `on()`: what the browser does with an event before, instead of, or while it goes to the server.
 *
 * @module
 */
import { type Child, type Component, component, on, type OnOptions, signal } from "@vango/core";
import { a, button, div, input, label, p, ul } from "@vango/core/elements";
import { card, createRecord, recordRow, type RowRecord } from "./row.ts";

/** An option of the gallery. */
export interface ModifierRow {
  /** What to do. */
  hint: string;
  /** What it does. */
  what: string;
  /** Runs in a setup: makes the view of what is acted on. `plain` is a second handler beside the one with the option. */
  setup: (take: RowRecord["take"], id: string, plain: RowRecord["take"]) => () => Child;
  /** What the second handler is, where there is one. */
  beside?: string;
}

/** By the name of the option. */
export const MODIFIERS: Record<keyof OnOptions, ModifierRow> = {
  prevent: {
    hint: "Click the link: it leads nowhere.",
    what: "The browser does not do what it would: follow, tick, type.",
    setup: (take, id) => () =>
      a({ id, href: "/?followed", onClick: on(take, { prevent: true }) }, "A link to elsewhere"),
  },
  stop: {
    hint: "Click the button: the box around it does not hear.",
    what: "The event goes to no ancestor.",
    beside: "The box's own handler.",
    setup: (take, id, plain) => () =>
      div(
        { id: `${id}-box`, class: "pad", onClick: plain },
        button({ id, type: "button", onClick: on(take, { stop: true }) }, "Stops"),
      ),
  },
  once: {
    hint: "Click it twice: one event is sent.",
    what: "Only the first event is sent.",
    setup: (take, id) => () => button({ id, type: "button", onClick: on(take, { once: true }) }, "Once"),
  },
  passive: {
    hint: "Turn the wheel: the box scrolls at once, whatever the handler does.",
    what: "The handler never holds the browser up.",
    setup: (take, id) => () =>
      div(
        {
          id,
          class: "scroller",
          tabindex: 0,
          role: "group",
          "aria-label": "Scrolls too",
          onWheel: on(take, { passive: true }),
        },
        Array.from({ length: 12 }, (_, i) => p(`Line ${i + 1}`)),
      ),
  },
  self: {
    hint: "Click the button, then the box beside it.",
    what: "Only events whose target is the element itself.",
    setup: (take, id) => () =>
      div(
        { id, class: "pad", onClick: on(take, { self: true }) },
        button({ id: `${id}-inner`, type: "button" }, "Inside"),
      ),
  },
  debounce: {
    hint: "Write quickly: one event comes, when you pause.",
    what: "Sent when none followed for 300 ms.",
    setup: (take, id) => () =>
      label("Search ", input({ id, autocomplete: "off", onInput: on(take, { debounce: 300 }) })),
  },
  throttle: {
    hint: "Move the mouse over the box: at most three events a second, the first and the last among them.",
    what: "At most one in 300 ms; the last is never lost.",
    setup: (take, id) => () =>
      div({ id, class: "pad", onMouseMove: on(take, { throttle: 300 }) }, "Move here"),
  },
  keys: {
    hint: "Press Enter, Escape or Control and K; other keys are not sent.",
    what: "Only these keys.",
    setup: (take, id) => () =>
      label(
        "Keys ",
        input({
          id,
          autocomplete: "off",
          onKeyDown: on(take, { keys: ["Enter", "Escape", "Ctrl+k"], prevent: true }),
        }),
      ),
  },
  optimistic: {
    hint: "Click it: it says so at once, and the server follows after 0.6 s.",
    what: "What is shown until the handler has settled.",
    setup: (take, id) => {
      const saved = signal(0, { name: "saved" });
      const save = async (e: Parameters<typeof take>[0]) => {
        take(e);
        await new Promise((resolve) => setTimeout(resolve, 600));
        saved.inc();
      };
      return () =>
        button(
          {
            id,
            type: "button",
            onClick: on(save, { optimistic: { text: "Saving …", class: { add: "busy" } } }),
          },
          "Saved ",
          saved,
        );
    },
  },
};

/** An option with its rows. */
export const ModifierCard: Component<{ id: keyof OnOptions }> = component(({ id }) => {
  const { hint, what, setup, beside } = MODIFIERS[id];
  const record = createRecord(`modifier ${id}`), plain = createRecord(`beside ${id}`);
  const view = setup(record.take, `m-${id}`, plain.take);
  return () =>
    card(
      `m-${id}`,
      id,
      hint,
      view(),
      ul(
        { class: "rows" },
        recordRow(`modifier-${id}`, id, what, record),
        beside === undefined ? null : recordRow(`beside-${id}`, "none", beside, plain),
      ),
    );
}, { name: "ModifierCard" });
