/**
 * Specs: a counter, a form that is checked, controls whose handlers refuse and normalise, options of handlers.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, on, signal } from "../../mod.ts";
import {
  button,
  details,
  div,
  form,
  h1,
  input,
  label,
  li,
  option,
  p,
  select,
  summary,
  textarea,
  ul,
} from "../../vdom/elements.ts";
import type { Spec } from "./spec.ts";

const counter: Spec = {
  name: "a counter counts clicks and keys, with one frame for each",
  make: () => ({
    what: component(() => {
      const count = signal(0, { name: "count" });
      return () =>
        div(
          h1("Count: ", count),
          button({ onClick: () => count.inc() }, "+"),
          button({ onClick: () => count.dec(), disabled: count.value === 0 }, "-"),
        );
    }),
    async run(page) {
      assertEquals([page.connected, page.get("h1").text()], [true, "Count: 0"]);
      const plus = page.getByRole("button", { name: "+" });
      await plus.click();
      await plus.click();
      await plus.press("Enter");
      assertEquals(page.get("h1").text(), "Count: 3");
      await page.getByRole("button", { name: "-" }).click();
      assertEquals(
        page.html(),
        "<div><h1>Count: 2</h1><button>+</button><button>-</button></div>",
      );
      assertEquals([page.traffic, plus.focused], [{ frames: 4, resyncs: 0 }, false]);
    },
  }),
};

const todoForm: Spec = {
  name: "a form is checked, cleared, and submitted by Enter too",
  make: () => ({
    what: component(() => {
      const todos = signal<string[]>([], { name: "todos" });
      const wrong = signal("", { name: "wrong" });
      const text = signal("", { name: "text" });
      const add = (value: string) => {
        const trimmed = value.trim();
        wrong.value = trimmed === ""
          ? "Say what is to be done"
          : todos.value.includes(trimmed)
          ? "It is there already"
          : "";
        if (wrong.value !== "") return;
        todos.push(trimmed);
        text.value = "";
      };
      return () =>
        div(
          form(
            { onSubmit: (e) => add(e.get("text")) },
            label("What? ", input({ name: "text", value: text, onInput: (e) => text.value = e.value })),
            button("Add"),
          ),
          wrong.value === "" ? null : p({ role: "alert" }, wrong.value),
          ul(todos.value.map((todo) => li({ key: todo }, todo))),
        );
    }),
    async run(page) {
      const field = page.getByLabel("What?");
      const items = () => page.queryByRole("listitem") === null ? [] : page.getAllByRole("listitem");
      await page.getByRole("button", { name: "Add" }).click();
      assertEquals(page.getByRole("alert").text(), "Say what is to be done");
      await field.fill("write");
      await page.getByRole("button", { name: "Add" }).click();
      assertEquals([items().map((item) => item.text()), page.queryByRole("alert")], [["write"], null]);
      assertEquals(field.value, "");
      await field.type("write");
      await field.press("Enter");
      assertEquals(page.getByRole("alert").text(), "It is there already");
      assertEquals(field.value, "write");
      await page.get("form").submit({ text: "test" });
      assertEquals(page.getAllByRole("listitem").map((item) => item.text()), ["write", "test"]);
    },
  }),
};

const controlled: Spec = {
  name: "controls show what their handlers made of the input, and what a handler refuses goes back",
  make: () => ({
    what: component(() => {
      const code = signal("", { name: "code" });
      const agreed = signal(false, { name: "agreed" });
      const color = signal("red", { name: "color" });
      const note = signal("", { name: "note" });
      return () =>
        form(
          label(
            "Code ",
            input({ value: code, onInput: (e) => code.value = e.value.toUpperCase().slice(0, 3) }),
          ),
          label("Agree ", input({ type: "checkbox", checked: agreed, onChange: () => {} })),
          label(
            "Color ",
            select(
              { value: color, onChange: (e) => color.value = e.value === "blue" ? "red" : e.value },
              option({ value: "red" }, "Red"),
              option({ value: "green" }, "Green"),
              option({ value: "blue" }, "Blue"),
            ),
          ),
          label("Note ", textarea({ value: note, onInput: (e) => note.value = e.value })),
          p({ id: "state" }, `${code.value}|${agreed.value}|${color.value}|${note.value}`),
        );
    }),
    async run(page) {
      const state = () => page.get("#state").text();
      await page.getByLabel("Code").type("abcd");
      assertEquals([page.getByLabel("Code").value, state()], ["ABC", "ABC|false|red|"]);
      await page.getByLabel("Code").press("Backspace");
      assertEquals([page.getByLabel("Code").value, state()], ["AB", "AB|false|red|"]);
      await page.getByLabel("Agree").click();
      assertEquals([page.getByLabel("Agree").checked, state()], [false, "AB|false|red|"]);
      await page.getByLabel("Color").select("Green");
      assertEquals([page.getByLabel("Color").value, state()], ["green", "AB|false|green|"]);
      await page.getByLabel("Color").select("blue");
      assertEquals([page.getByLabel("Color").value, state()], ["red", "AB|false|red|"]);
      await page.getByLabel("Note").fill("two\nlines");
      assertEquals([page.getByLabel("Note").value, state()], ["two\nlines", "AB|false|red|two lines"]);
      assertEquals(page.focused, null);
    },
  }),
};

const together: Spec = {
  name: "a form takes the input of its controls, and what it refuses goes back",
  make: () => ({
    what: component(() => {
      const heard = signal("", { name: "heard" });
      return () =>
        form(
          { onInput: (e) => void (heard.value = e.value) },
          label("Fixed ", input({ value: "fixed" })),
          label("Box ", input({ type: "checkbox", checked: false, value: "box" })),
          p({ id: "heard" }, heard),
        );
    }),
    async run(page) {
      await page.getByLabel("Fixed").fill("mine");
      assertEquals([page.get("#heard").text(), page.getByLabel("Fixed").value], ["mine", "fixed"]);
      await page.getByLabel("Box").click();
      assertEquals([page.get("#heard").text(), page.getByLabel("Box").checked], ["box", false]);
    },
  }),
};

const options: Spec = {
  name:
    "handlers wait, filter keys and stop events as their options say; what a browser does of itself stays",
  make: () => {
    const heard: string[] = [];
    return {
      what: component(() => {
        const seen = signal("", { name: "seen" });
        return () =>
          div(
            { onClick: () => void heard.push("outer") },
            input({ id: "search", onInput: on((e) => void (seen.value = e.value), { debounce: 150 }) }),
            p({ id: "seen" }, seen),
            input({
              id: "keys",
              onKeyDown: on(() => void heard.push("save"), { keys: ["Ctrl+s"], prevent: true }),
            }),
            button(
              { id: "once", onClick: on(() => void heard.push("once"), { once: true, stop: true }) },
              "1",
            ),
            details(summary("More"), p("hidden")),
          );
      }),
      async run(page) {
        await page.get("#search").type("abc");
        await page.clock.advance(200);
        await page.waitFor(() => assertEquals(page.get("#seen").text(), "abc"), 5000);
        await page.get("#keys").press("s");
        await page.get("#keys").press("Ctrl+s");
        assertEquals([heard.filter((name) => name === "save").length, page.get("#keys").value], [1, "s"]);
        heard.length = 0;
        await page.get("#once").click();
        assertEquals(heard.splice(0), ["once"]);
        await page.get("summary").click();
        assertEquals([heard.splice(0), page.get("details").attr("open")], [["outer"], ""]);
      },
    };
  },
};

/** The specs of this file. */
export const forms: readonly Spec[] = [counter, todoForm, controlled, together, options];
