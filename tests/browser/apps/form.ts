/**
 * A form with every kind of control; what the server holds of each is shown below it.
 *
 * @module
 */
import { type Child, type Component, component, signal, type VNode } from "../../../mod.ts";
import {
  button,
  datalist,
  dd,
  div,
  dl,
  dt,
  fieldset,
  form,
  h1,
  input,
  label,
  legend,
  main,
  optgroup,
  option,
  select,
  textarea,
} from "../../../vdom/elements.ts";
import type { ValueEventPayload } from "../../../vdom/events.ts";

/** The single-line inputs: type, a value that can be typed or set, and what is held at first. */
export const INPUTS = [
  ["text", ""],
  ["search", ""],
  ["email", "ada@example.com"],
  ["tel", ""],
  ["url", ""],
  ["password", ""],
  ["number", "3"],
  ["range", "20"],
  ["date", "2026-01-31"],
  ["time", "09:30"],
  ["month", ""],
  ["week", ""],
  ["datetime-local", ""],
  ["color", "#336699"],
] as const;

const field = (name: string, control: Child): VNode =>
  label({ class: "field" }, name[0].toUpperCase() + name.slice(1), control);

/** The page. */
export const FormPage: Component<Record<never, never>> = component(() => {
  const values = signal<Record<string, string>>(Object.fromEntries(INPUTS), { name: "values" });
  const notes = signal("first\nsecond", { name: "notes" });
  const agree = signal(false, { name: "agree" });
  const size = signal("m", { name: "size" });
  const fruit = signal("pear", { name: "fruit" });
  const colors = signal<string[]>(["red"], { name: "colors" });
  const files = signal<string[]>([], { name: "files" });
  const sent = signal("", { name: "sent" });
  const sizes = (name: string, text: string) =>
    label(
      input({
        type: "radio",
        name: "size",
        value: name,
        checked: size.value === name,
        onChange: (e: ValueEventPayload) => void (size.value = e.value),
      }),
      text,
    );
  const shown = () => ({
    ...values.value,
    notes: notes.value,
    agree: String(agree.value),
    size: size.value,
    fruit: fruit.value,
    colors: colors.value.join(" "),
    files: files.value.join(" "),
    sent: sent.value,
  });
  return () =>
    main(
      h1("Every control"),
      form(
        {
          class: "controls",
          id: "form",
          onSubmit: (e) => void (sent.value = e.fields.map(([name, value]) => `${name}=${value}`).join("&")),
        },
        INPUTS.map(([type]) =>
          field(
            type,
            input({
              type,
              name: type,
              list: type === "search" ? "words" : undefined,
              autocomplete: "off",
              value: values.value[type],
              onInput: (e) => values.update((all) => ({ ...all, [type]: e.value })),
            }),
          )
        ),
        datalist({ id: "words" }, option({ value: "alpha" }), option({ value: "beta" })),
        field(
          "fruit",
          select(
            { name: "fruit", value: fruit, onChange: (e) => void (fruit.value = e.value) },
            option({ value: "apple" }, "Apple"),
            optgroup(
              { label: "Others" },
              option({ value: "pear" }, "Pear"),
              option({ value: "plum" }, "Plum"),
            ),
          ),
        ),
        field(
          "colors",
          select(
            { name: "colors", multiple: true, size: 3, onChange: (e) => void (colors.value = e.values) },
            ["red", "green", "blue"].map((name) =>
              option({ value: name, selected: colors.value.includes(name) }, name)
            ),
          ),
        ),
        field(
          "notes",
          textarea({ name: "notes", rows: 3, value: notes, onInput: (e) => void (notes.value = e.value) }),
        ),
        field(
          "files",
          input({
            type: "file",
            name: "files",
            multiple: true,
            onChange: (e) => void (files.value = e.values),
          }),
        ),
        fieldset(legend("Size"), sizes("s", "Small"), sizes("m", "Medium"), sizes("l", "Large")),
        fieldset(
          legend("Terms"),
          label(
            input({
              type: "checkbox",
              name: "agree",
              checked: agree,
              onChange: (e) => void (agree.value = e.checked),
            }),
            "I agree",
          ),
        ),
        fieldset(
          { disabled: true },
          legend("Not yet"),
          label({ class: "field" }, "later", input({ name: "later", value: "no" })),
        ),
        div(
          { class: "bar wide" },
          button({ type: "submit", name: "how", value: "send" }, "Send"),
          button({ type: "reset" }, "Reset"),
          button({
            type: "button",
            id: "fill",
            onClick: () => {
              values.value = {
                ...values.value,
                text: "filled",
                range: "80",
                date: "2030-12-24",
                color: "#ff0000",
              };
              notes.value = "filled";
              agree.value = true;
              size.value = "l";
              fruit.value = "plum";
              colors.value = ["green", "blue"];
            },
          }, "Fill in"),
        ),
      ),
      dl(
        { class: "shown", id: "shown" },
        Object.entries(shown()).map(([name, value]) => [dt(name), dd({ id: `v-${name}` }, value)]),
      ),
    );
}, { name: "FormPage" });
