/**
 * Every operation that a patch can be: a button that causes it, and what it changes.
 *
 * @module
 */
import {
  type Child,
  type Component,
  component,
  createRef,
  each,
  Fragment,
  signal,
  useCtx,
} from "@vango/core";
import {
  b,
  button,
  div,
  em,
  input,
  label,
  li,
  option,
  p,
  select,
  span,
  textarea,
  ul,
} from "@vango/core/elements";
import type { Op } from "../../vdom/patch.ts";
import { Card } from "../jsx/views.tsx";
import { card } from "./row.ts";
import { WireRef } from "./wire_ref.ts";

/** An operation of the gallery. */
export interface PatchRow {
  /** What it does. */
  what: string;
  /** Runs in a setup: gives what the button does, and the view of what changes. */
  setup: (id: string) => { go?: () => void; view: () => Child };
}

type OpName = keyof typeof Op;

const chips = (names: readonly string[]) =>
  each(names, (name) => name, (name) => li({ class: "chip" }, name));

/** A list of an element's own. */
const owned = (what: string, before: string[], after: string[]): PatchRow => ({
  what,
  setup: (id) => {
    const names = signal(before, { name: "names" });
    return {
      go: () => void (names.value = names.value.join() === before.join() ? after : before),
      view: () =>
        ul({ id, class: "chips" }, ...names.value.map((name) => li({ key: name, class: "chip" }, name))),
    };
  },
});

/** A list that ends before its element does. */
const inner = (what: string, before: string[], after: string[]): PatchRow => ({
  what,
  setup: (id) => {
    const names = signal(before, { name: "names" });
    return {
      go: () => void (names.value = names.value.join() === before.join() ? after : before),
      view: () => ul({ id, class: "chips" }, Fragment(chips(names.value)), li({ class: "chip end" }, "end")),
    };
  },
});

/** A signal that turns a view on and off. */
const flip = (
  what: string,
  view: (id: string, on: { readonly value: boolean }) => () => Child,
  first = false,
): PatchRow => ({
  what,
  setup: (id) => {
    const on = signal(first, { name: "on" });
    return { go: () => void on.toggle(), view: view(id, on) };
  },
});

/** What the protocol has and no function of the framework makes yet: sent as it is. */
const reserved = (what: string, send: (ref: WireRef) => void, text = "An element"): PatchRow => ({
  what: `${what} Reserved: no function of the framework sends it yet.`,
  setup: (id) => {
    const ref = new WireRef();
    return { go: () => send(ref), view: () => p({ id, ref, class: "chip" }, text) };
  },
});

/** By the name of the operation. */
export const PATCHES: Record<OpName, PatchRow> = {
  SetText: flip(
    "A whole text, where nothing of the old one is left.",
    (id, on) => () => p({ id }, on.value ? "Freitag" : "Monday"),
  ),
  TextRange: {
    what: "A part of a text: from 1 to 2 it is one character.",
    setup: (id) => {
      const count = signal(1, { name: "count" });
      return { go: () => void count.inc(), view: () => p({ id }, "The count is now ", count) };
    },
  },
  SetAttr: flip(
    "An attribute.",
    (id, on) => () => p({ id, "data-tone": on.value ? "warm" : "cool" }, "Warm or cool"),
  ),
  RemoveAttr: flip(
    "No attribute.",
    (id, on) => () => p({ id, "data-tone": on.value ? null : "warm" }, "Warm or not"),
  ),
  AddClass: flip(
    "A class more.",
    (id, on) => () => p({ id, class: ["chip", { strong: on.value }] }, "Class"),
  ),
  RemoveClass: flip(
    "A class less.",
    (id, on) => () => p({ id, class: ["chip", { strong: !on.value }] }, "Class"),
  ),
  ToggleClass: reserved(
    "A class on or off, as it is in the browser.",
    (ref) => ref.send((num) => ({ op: 0x12, num, name: "strong" })),
  ),
  SetStyle: flip(
    "A declaration.",
    (id, on) => () => p({ id, style: { "margin-left": on.value ? "2rem" : "0" } }, "Moves in"),
  ),
  RemoveStyle: flip(
    "A declaration less.",
    (id, on) => () =>
      p({ id, style: { "margin-left": on.value ? null : "2rem", "font-weight": 600 } }, "Moves out"),
  ),
  SetData: reserved(
    "A data attribute, by its short name.",
    (ref) => ref.send((num) => ({ op: 0x15, num, name: "tone", value: "warm" })),
  ),
  SetProp: {
    what: "A property that no attribute shows: neither on nor off.",
    setup: (id) => {
      const some = signal(false, { name: "some" });
      return {
        go: () => void some.toggle(),
        view: () =>
          label({ class: "inline" }, input({ id, type: "checkbox", indeterminate: some }), " Some of them"),
      };
    },
  },
  SetEvents: flip(
    "Which events an element takes.",
    (id, on) => () =>
      button(
        { id, type: "button", onClick: on.value ? () => {} : undefined },
        on.value ? "Listens" : "Does not listen",
      ),
  ),
  SetValue: {
    what: "What a control shows. What was typed and not yet told is never written over.",
    setup: (id) => {
      const value = signal("old", { name: "value" });
      return {
        go: () => void (value.value = value.value === "new" ? "old" : "new"),
        view: () =>
          label("Value ", textarea({ id, rows: 1, value, onInput: (e) => void (value.value = e.value) })),
      };
    },
  },
  SetChecked: {
    what: "Whether a box is ticked.",
    setup: (id) => {
      const checked = signal(false, { name: "checked" });
      return {
        go: () => void checked.toggle(),
        view: () =>
          label(
            { class: "inline" },
            input({ id, type: "checkbox", checked, onChange: (e) => void (checked.value = e.checked) }),
            " Ticked",
          ),
      };
    },
  },
  SetSelected: flip("Whether an option is chosen.", (id, on) => () =>
    label(
      "Fruit ",
      select(
        { id, multiple: true, size: 2 },
        option({ selected: !on.value }, "apple"),
        option({ selected: on.value }, "pear"),
      ),
    )),
  Insert: owned("New nodes before another.", ["a", "c"], ["a", "b", "c"]),
  Append: owned("New nodes at the end of an element.", ["a", "b"], ["a", "b", "c"]),
  InsertAfter: inner("New nodes at the end of a list that has no element of its own.", ["a", "b"], [
    "a",
    "b",
    "c",
  ]),
  Remove: owned("A node goes.", ["a", "b", "c"], ["a", "c"]),
  Move: owned("A node goes before another, with its state.", ["a", "b", "c"], ["c", "a", "b"]),
  MoveEnd: owned("A node goes to the end of its element.", ["a", "b", "c"], ["b", "c", "a"]),
  MoveAfter: inner("A node goes to the end of a list without an element.", ["a", "b", "c"], ["b", "c", "a"]),
  Replace: flip(
    "A node in the place of another.",
    (id, on) => () => p({ id }, "It is ", on.value ? b("bold") : em("soft"), "."),
  ),
  Focus: {
    what: "The focus, by a reference.",
    setup: (id) => {
      const ref = createRef();
      return { go: () => ref.focus(), view: () => label("Field ", input({ id, ref, autocomplete: "off" })) };
    },
  },
  Blur: {
    what: "The focus away: press any key in the field.",
    setup: (id) => {
      const ref = createRef();
      return {
        view: () =>
          label("Press a key ", input({ id, ref, autocomplete: "off", onKeyDown: () => ref.blur() })),
      };
    },
  },
  ScrollTo: {
    what: "A place in a box, or in the window.",
    setup: (id) => {
      const ref = createRef();
      return {
        go: () => ref.scrollTo(0, 120),
        view: () =>
          div(
            { id, ref, class: "scroller", tabindex: 0, role: "group", "aria-label": "Is scrolled" },
            Array.from({ length: 12 }, (_, i) => p(`Line ${i + 1}`)),
          ),
      };
    },
  },
  Dispatch: {
    what: "An event for scripts of the page, or for a handler: this one went to the browser and back.",
    setup: (id) => {
      const ref = createRef();
      const heard = signal("Nothing yet", { name: "heard" });
      return {
        go: () => ref.dispatch("picked", { name: "pear" }),
        view: () => p({ id, ref, "on:picked": (e) => void (heard.value = JSON.stringify(e.detail)) }, heard),
      };
    },
  },
  SetTitle: {
    what: "The title of the document.",
    setup: (id) => {
      const ctx = useCtx();
      return { go: () => ctx.title("Gallery, patched"), view: () => p({ id }, "Look at the tab.") };
    },
  },
  SetMeta: {
    what: "A meta of the document: here the colour of the browser's frame.",
    setup: (id) => {
      const ctx = useCtx();
      return { go: () => ctx.meta("theme-color", "#4f46e5"), view: () => p({ id }, "Phones show it.") };
    },
  },
  SetLink: {
    what: "A link of the document: here the address that search engines shall know.",
    setup: (id) => {
      const ctx = useCtx();
      return { go: () => ctx.link("canonical", "/gallery"), view: () => p({ id }, "Robots follow it.") };
    },
  },
  UrlPush: reserved(
    "Query parameters, with an entry in the history.",
    (ref) => ref.send(() => ({ op: 0x30, pairs: [["q", "1"]] })),
    "?q=1",
  ),
  UrlReplace: reserved(
    "Query parameters, in the present entry.",
    (ref) => ref.send(() => ({ op: 0x31, pairs: [["q", "2"]] })),
    "?q=2",
  ),
  NavPush: reserved(
    "A path, with an entry in the history.",
    (ref) => ref.send(() => ({ op: 0x32, path: "/?nav=1" })),
    "/?nav=1",
  ),
  NavReplace: reserved(
    "A path, in the present entry.",
    (ref) => ref.send(() => ({ op: 0x33, path: "/?nav=2" })),
    "/?nav=2",
  ),
  Navigate: {
    what: "Another page, as a link would. This one is loaded again.",
    setup: (id) => {
      const ctx = useCtx();
      return { go: () => ctx.navigate("/?navigated"), view: () => p({ id }, "Here and back") };
    },
  },
  TemplateDef: {
    what: "What all cards have in common is sent with the first; of the others come the differences.",
    setup: (id) => {
      const count = signal(0, { name: "count" });
      return {
        go: () => void count.inc(),
        view: () =>
          div(
            { id, class: "stack" },
            Array.from({ length: count.value }, (_, i) =>
              div(
                { key: i },
                Card({ id: `${id}-${i}`, name: `card ${i + 1}`, tone: "warm", count: i, note: null }),
              )),
          ),
      };
    },
  },
  Subtree: {
    what:
      "The answer when something changed the page before its client started: that part alone is fetched again.",
    setup: (id) => {
      const count = signal(0, { name: "count" });
      return {
        view: () =>
          div(
            { id, class: "bar" },
            button({ type: "button", "aria-label": "Less", onClick: () => count.dec() }, "−"),
            span("Count: ", count),
            button({ type: "button", "aria-label": "More", onClick: () => count.inc() }, "+"),
          ),
      };
    },
  },
};

/** An operation: its button, and what it changes. */
export const PatchCard: Component<{ id: OpName }> = component(({ id }) => {
  const { what, setup } = PATCHES[id];
  const { go, view } = setup(`p-${id}`);
  return () =>
    card(
      `p-${id}`,
      id,
      what,
      view(),
      go === undefined ? null : div(button({ id: `go-${id}`, type: "button", onClick: go }, "Go")),
    );
}, { name: "PatchCard" });
