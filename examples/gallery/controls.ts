/**
 * Every control: what the handler got last, and a value that the server sets.
 *
 * @module
 */
import { type Child, type Component, component, signal, type VNode } from "@vango/core";
import {
  button,
  div,
  fieldset,
  form,
  input,
  label,
  legend,
  option,
  select,
  textarea,
  ul,
} from "@vango/core/elements";
import type { BaseEvent, ValueEventPayload } from "@vango/core/protocol";
import type { InputProps } from "../../vdom/props_html.ts";
import { card, createRecord, recordRow, type RowRecord } from "./row.ts";

/** A control of the gallery. */
export interface ControlRow {
  /** What it is. */
  title: string;
  /** What to do with it. */
  hint: string;
  /** Runs in a setup: makes the state of the control and returns the view of what is acted on. */
  setup: (take: (event: BaseEvent) => void, id: string) => () => Child;
}

type InputType = NonNullable<Exclude<InputProps["type"], object>>;

/** The inputs that hold one value: what they show at first, and what the server sets. */
const VALUES = {
  text: ["", "From the server", "Write a line."],
  search: ["", "signals", "Write, and clear it by its cross."],
  email: ["", "ada@example.com", "Write an address."],
  tel: ["", "+44 20 7946 0958", "Write a number to call."],
  url: ["", "https://example.com/", "Write an address of the web."],
  password: ["", "swordfish", "Write what nobody may see. The server does."],
  number: ["3", "42", "Write a number, or step by the arrow keys: it arrives as text and as a number."],
  range: ["20", "80", "Pull it. Each step is an event."],
  date: ["2026-01-31", "2030-12-24", "Choose a day: as a number it is milliseconds."],
  time: ["09:30", "23:59", "Choose a time."],
  month: ["2026-01", "2030-12", "Choose a month."],
  week: ["2026-W05", "2030-W52", "Choose a week."],
  "datetime-local": ["2026-01-31T09:30", "2030-12-24T18:00", "Choose a moment."],
  color: ["#4f46e5", "#e11d48", "Choose a colour."],
} as const satisfies { [T in InputType]?: readonly [first: string, set: string, hint: string] };

const setButton = (id: string, onClick: () => void): VNode =>
  button({ id: `${id}-set`, type: "button", class: "small", onClick }, "Set by the server");

function valueInput(type: keyof typeof VALUES): ControlRow {
  const [first, set, hint] = VALUES[type];
  return {
    title: `input, ${type}`,
    hint,
    setup: (take, id) => {
      const value = signal<string>(first, { name: "value" });
      const onInput = (e: ValueEventPayload) => {
        value.value = e.value;
        take(e);
      };
      return () => [
        label("Value ", input({ id, type, value, onInput, autocomplete: "off" })),
        setButton(id, () => void (value.value = set)),
      ];
    },
  };
}

/** A control whose events are told, with nothing to hold. */
const told = (
  title: string,
  hint: string,
  view: (take: (event: BaseEvent) => void, id: string) => Child,
): ControlRow => ({
  title,
  hint,
  setup: (take, id) => () => view(take, id),
});

/** Buttons show what they do by a form around them. */
const inForm = (title: string, hint: string, view: (id: string) => Child): ControlRow =>
  told(
    title,
    hint,
    (take, id) =>
      form(
        { id: `${id}-form`, class: "bar", onSubmit: take, onReset: take },
        input({ type: "hidden", name: "kept", value: "yes" }),
        view(id),
      ),
  );

const FRUIT = ["apple", "pear", "plum"];

/** The other inputs. */
const SPECIAL: Record<Exclude<InputType, keyof typeof VALUES>, ControlRow> = {
  checkbox: {
    title: "input, checkbox",
    hint: "Tick it, or let the server do so.",
    setup: (take, id) => {
      const checked = signal(false, { name: "checked" });
      const onChange = (e: ValueEventPayload) => {
        checked.value = e.checked;
        take(e);
      };
      return () => [
        label(
          { class: "inline" },
          input({ id, type: "checkbox", value: "agreed", checked, onChange }),
          " I agree",
        ),
        setButton(id, () => void checked.toggle()),
      ];
    },
  },
  radio: {
    title: "input, radio",
    hint: "Choose one of a group.",
    setup: (take, id) => {
      const size = signal("m", { name: "size" });
      const onChange = (e: ValueEventPayload) => {
        size.value = e.value;
        take(e);
      };
      return () => [
        fieldset(
          { id },
          legend("Size"),
          ["s", "m", "l"].map((value) =>
            label(
              { key: value, class: "inline" },
              input({
                id: `${id}-${value}`,
                type: "radio",
                name: "size",
                value,
                checked: size.value === value,
                onChange,
              }),
              ` ${value.toUpperCase()}`,
            )
          ),
        ),
        setButton(id, () => void (size.value = "l")),
      ];
    },
  },
  file: told(
    "input, file",
    "Choose files: their names arrive, their content stays.",
    (take, id) => label("Files ", input({ id, type: "file", multiple: true, onChange: take })),
  ),
  hidden: inForm(
    "input, hidden",
    "Nobody sees it; it comes with the form.",
    (id) => button({ id, name: "by", value: "hand" }, "Send"),
  ),
  submit: inForm(
    "input, submit",
    "Sends its form, and its own name and value.",
    (id) => input({ id, type: "submit", name: "by", value: "Send" }),
  ),
  image: inForm(
    "input, image",
    "Sends its form, and where it was clicked.",
    (id) => input({ id, type: "image", name: "at", src: "/dot.svg", alt: "Send", width: 32, height: 32 }),
  ),
  reset: inForm("input, reset", "Resets its form.", (id) => input({ id, type: "reset", value: "Reset" })),
  button: told(
    "input, button",
    "Does nothing by itself.",
    (take, id) => input({ id, type: "button", value: "Press", onClick: take }),
  ),
};

/** The controls that are no inputs. */
const OTHERS = {
  textarea: {
    title: "textarea",
    hint: "Write lines.",
    setup: (take, id) => {
      const value = signal("first\nsecond", { name: "value" });
      const onInput = (e: ValueEventPayload) => {
        value.value = e.value;
        take(e);
      };
      return () => [
        label("Notes ", textarea({ id, rows: 3, value, onInput })),
        setButton(id, () => void (value.value = "one\ntwo")),
      ];
    },
  },
  select: {
    title: "select",
    hint: "Choose one.",
    setup: (take, id) => {
      const value = signal("pear", { name: "value" });
      const onChange = (e: ValueEventPayload) => {
        value.value = e.value;
        take(e);
      };
      return () => [
        label("Fruit ", select({ id, value, onChange }, FRUIT.map((name) => option({ value: name }, name)))),
        setButton(id, () => void (value.value = "plum")),
      ];
    },
  },
  "select-multiple": {
    title: "select, multiple",
    hint: "Choose several, with Control or Shift.",
    setup: (take, id) => {
      const chosen = signal(["apple"], { name: "chosen" });
      const onChange = (e: ValueEventPayload) => {
        chosen.value = e.values;
        take(e);
      };
      return () => [
        label(
          "Fruit ",
          select(
            { id, multiple: true, size: 3, onChange },
            FRUIT.map((name) => option({ value: name, selected: chosen.value.includes(name) }, name)),
          ),
        ),
        setButton(id, () => void (chosen.value = ["pear", "plum"])),
      ];
    },
  },
  contenteditable: told(
    "contenteditable",
    "Write into it; its text arrives.",
    (take, id) =>
      div({
        id,
        class: "pad editable",
        contenteditable: "plaintext-only",
        role: "textbox",
        "aria-label": "Editable",
        onInput: take,
      }, "Edit me"),
  ),
  button: told(
    "button",
    "Press it by mouse, by Enter or by Space.",
    (take, id) => button({ id, type: "button", onClick: take }, "Press"),
  ),
} satisfies Record<string, ControlRow>;

const types = Object.keys(VALUES) as (keyof typeof VALUES)[];

/** Every control, by its id: the type of an input, or the name of another control. */
export const CONTROLS: Readonly<Record<string, ControlRow>> = {
  ...Object.fromEntries(types.map((type) => [`input-${type}`, valueInput(type)])),
  ...Object.fromEntries(Object.entries(SPECIAL).map(([type, row]) => [`input-${type}`, row])),
  ...OTHERS,
};

/** What the handler of a control got last. */
const row = (id: string, record: RowRecord) =>
  ul({ class: "rows" }, recordRow(`control-${id}`, "handler", "What it got last.", record));

/** A control with its row. */
export const ControlCard: Component<{ id: string }> = component(({ id }) => {
  const { title, hint, setup } = CONTROLS[id];
  const record = createRecord(`control ${id}`);
  const view = setup(record.take, `c-${id}`);
  return () => card(`c-${id}`, title, hint, view(), row(id, record));
}, { name: "ControlCard" });
