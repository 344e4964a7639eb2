/**
 * `/todos/:id`: one todo, to be read and changed.
 *
 * @module
 */
import {
  component,
  computed,
  form,
  HttpError,
  Link,
  type PageProps,
  resource,
  signal,
  Unsaved,
  untracked,
  useCtx,
} from "@vango/core";
import { button, div, h1, input, label, p, section, textarea } from "@vango/core/elements";
import { EditTodo } from "../../data/schemas.ts";
import { todos } from "../../data/todos.ts";
import { dueDay } from "../../parts/due.ts";
import { doneButton } from "../../parts/item.ts";

/** One todo. */
export default component<PageProps<"/todos/:id:int">>((props) => {
  const ctx = useCtx();
  // Another id is another page, with a setup of its own.
  const id = untracked(() => props.params.id);
  const todo = resource(() => todos().find(id), { name: "todo", source: () => todos().changes.value });
  const first = untracked(() => todo.value);
  if (!first) throw new HttpError(404, "There is no such todo"); // shown by _404.ts
  ctx.title(computed(() => todo.value?.title ?? "Deleted"));

  const seen = signal(first.edits, { name: "seen" });
  const f = form(EditTodo, {
    name: "edit",
    initial: { title: first.title, due: first.due ?? "", note: first.note },
  });
  const save = f.onSubmit(({ title, due = null, note }) => {
    const now = todos().find(id);
    if (now === null) return f.setError("It was deleted meanwhile: there is nothing to save to.");
    if (!now.done && todos().isTaken(title, id)) return f.setError("title", "This is on the list already");
    if (!todos().edit(id, seen.value, { title, due, note })) {
      seen.value = now.edits;
      return f.setError(`Somebody changed it meanwhile, to “${now.title}”. Save again to replace that.`);
    }
    seen.value = now.edits + 1;
    f.reset({ title, due: due ?? "", note });
  });
  const isChanged = computed(() => {
    const { title, due, note } = f.values.value;
    const saved = todo.value;
    return !!saved && saved.edits === seen.value &&
      (title !== saved.title || due !== (saved.due ?? "") || note !== saved.note);
  });
  const remove = () => {
    todos().remove(id);
    ctx.navigate("/todos");
  };

  return () => {
    const now = todo.value;
    if (!now) {
      return section(
        { class: "card" },
        h1("This todo was deleted"),
        p("Somebody has deleted it while you looked at it."),
        Link({ href: "/todos", class: "button" }, "Back to the list"),
      );
    }
    return section(
      Link({ href: "/todos", class: "back" }, "← All todos"),
      div(
        { class: ["head", now.done && "done"] },
        doneButton(now.title, now.done, () => todos().setDone(id, !now.done)),
        h1(now.title),
        now.due === null ? null : dueDay(now.due, now.done),
      ),
      f.form(
        { onSubmit: save, class: "card edit", "aria-label": "Change this todo" },
        div(
          { class: "field" },
          label(f.label("title"), "What is to be done?"),
          input({ ...f.field("title"), autocomplete: "off" }),
          p({ ...f.errorProps("title"), class: "error" }, f.error("title")),
        ),
        div(
          { class: "field" },
          label(f.label("due"), "Until (optional)"),
          input(f.field("due", { type: "date" })),
          p({ ...f.errorProps("due"), class: "error" }, f.error("due")),
        ),
        div(
          { class: "field" },
          label(f.label("note"), "Note (optional)"),
          textarea({ ...f.field("note"), rows: 6 }),
          p({ ...f.errorProps("note"), class: "error" }, f.error("note")),
        ),
        p({ ...f.errorProps(), class: "error" }, f.error()),
        div(
          { class: "actions" },
          button({ ...f.submitButton(), class: "primary" }, "Save"),
          p({ role: "status", class: "saved" }, f.submitted.value ? "Saved" : ""),
        ),
        Unsaved({ when: isChanged.value, message: "Leave without saving what you changed?" }),
      ),
      button({ class: "quiet danger", onClick: remove }, "Delete this todo"),
    );
  };
}, { name: "TodoPage" });
