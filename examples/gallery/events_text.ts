/**
 * The events of keys, text, focus, clipboard and forms.
 *
 * @module
 */
import { button, div, form, input, label, textarea } from "@vango/core/elements";
import type { Stage } from "./row.ts";

/** The stages. */
export const TEXT_STAGES: readonly Stage[] = [
  {
    id: "keys",
    title: "Keys",
    hint: "Press keys; hold one, so that it repeats.",
    events: ["keydown", "keypress", "keyup"],
    setup: (take) => () => label("Type ", input({ id: "keys", autocomplete: "off", ...take() })),
  },
  {
    id: "write",
    title: "Write",
    hint:
      "Write, select a part of it, leave the field. An input method composes, as for Japanese or for accents.",
    events: [
      "beforeinput",
      "input",
      "change",
      "select",
      "compositionstart",
      "compositionupdate",
      "compositionend",
    ],
    setup: (take) => () => label("Text ", textarea({ id: "write", rows: 2, autocomplete: "off", ...take() })),
  },
  {
    id: "focus",
    title: "Focus",
    hint: "Focus and blur tell of the group alone, focusin and focusout of what is in it too.",
    events: ["focus", "blur", "focusin", "focusout"],
    setup: (take) => () =>
      div(
        {
          id: "focus",
          class: "pad",
          tabindex: 0,
          role: "group",
          "aria-label": "A group with a button",
          ...take(),
        },
        button({ id: "focus-inner", type: "button" }, "Inside"),
      ),
  },
  {
    id: "clipboard",
    title: "Clipboard",
    hint: "Select the text; copy it, cut it, paste it again.",
    events: ["copy", "cut", "paste"],
    setup: (take) => () =>
      label("Text ", input({ id: "clipboard", autocomplete: "off", placeholder: "Write here", ...take() })),
  },
  {
    id: "form",
    title: "Form",
    hint:
      "Submit it empty, then filled in; reset it. The page is not loaded again, and without JavaScript it would be.",
    events: ["submit", "reset"],
    setup: (take) => () =>
      form(
        { id: "form", class: "stack", ...take() },
        label("Name ", input({ id: "form-name", name: "name", required: true, autocomplete: "off" })),
        label({ class: "inline" }, input({ type: "checkbox", name: "news", value: "yes" }), " Send me news"),
        div(
          { class: "bar" },
          button({ id: "form-send", name: "how", value: "fast" }, "Send"),
          button({ id: "form-reset", type: "reset" }, "Reset"),
        ),
      ),
  },
  {
    id: "invalid",
    title: "Validity",
    hint: "Submit this form: the browser finds its field invalid, and no submit event comes.",
    events: ["invalid"],
    setup: (take) => () =>
      form(
        { class: "stack", onSubmit: () => {} },
        label(
          "Seven or more ",
          input({ id: "invalid", type: "number", min: 7, required: true, value: "3", ...take() }),
        ),
        div({ class: "bar" }, button({ id: "invalid-send" }, "Send")),
      ),
  },
];
