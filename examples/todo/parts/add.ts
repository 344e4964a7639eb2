/**
 * The form for a new todo.
 *
 * @module
 */
import { component, form } from "@vango/core";
import { button, div, input, label, p } from "@vango/core/elements";
import { NewTodo } from "../data/schemas.ts";
import { todos } from "../data/todos.ts";

/** The form for a new todo. */
export const AddTodo = component(() => {
  const f = form(NewTodo, { name: "add" });
  const add = f.onSubmit(({ title, due }) => {
    if (todos().isTaken(title)) return f.setError("title", "This is on the list already");
    todos().add({ title, due });
    f.reset();
  });
  return () =>
    f.form(
      { onSubmit: add, class: "add", "aria-label": "New todo" },
      div(
        { class: "field grow" },
        label(f.label("title"), "What is to be done?"),
        input({ ...f.field("title"), autocomplete: "off", placeholder: "Water the plants" }),
        p({ ...f.errorProps("title"), class: "error" }, f.error("title")),
      ),
      div(
        { class: "field" },
        label(f.label("due"), "Until (optional)"),
        input(f.field("due", { type: "date" })),
        p({ ...f.errorProps("due"), class: "error" }, f.error("due")),
      ),
      button({ ...f.submitButton(), class: "primary" }, "Add"),
    );
}, { name: "AddTodo" });
