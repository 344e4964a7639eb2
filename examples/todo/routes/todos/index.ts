/**
 * `/todos`: the list. `?show=open` and `?show=done` are a part of it.
 *
 * @module
 */
import { component, computed, createRef, Link, type PageProps, resource, useCtx } from "@vango/core";
import { button, div, h1, nav, p, section, ul } from "@vango/core/elements";
import { type Show, todos } from "../../data/todos.ts";
import { AddTodo } from "../../parts/add.ts";
import { TodoItem } from "../../parts/item.ts";

const FILTERS: readonly (readonly [show: Show, name: string, href: string])[] = [
  ["all", "All", "/todos"],
  ["open", "To do", "/todos?show=open"],
  ["done", "Done", "/todos?show=done"],
];

const EMPTY: Readonly<Record<Show, string>> = {
  all: "Nothing here yet. What comes first?",
  open: "Nothing is left to do.",
  done: "Nothing is done yet.",
};

/** The list of todos. */
export default component<PageProps<"/todos">>(() => {
  const ctx = useCtx();
  const heading = createRef();
  // Whatever else the query says is all of them: an address may come from anywhere.
  const show = computed<Show>(() =>
    FILTERS.find(([show]) => show === ctx.url.searchParams.get("show"))?.[0] ?? "all"
  );
  const list = resource(({ source }) => todos().list(source.show), {
    name: "list",
    source: () => ({ show: show.value, changes: todos().changes.value }),
  });
  const counts = computed(() => (todos().changes.value, todos().counts()));
  ctx.title(computed(() => `Todos (${counts.value.open})`));
  // The button that had the focus is gone with its todo: without this, who uses the keyboard begins anew.
  const toHeading = () => heading.focus();
  const clear = () => {
    todos().clearDone();
    heading.focus();
  };
  return () => {
    const items = list.value ?? [];
    const { open, done } = counts.value;
    return section(
      h1({ ref: heading, tabindex: -1 }, "Todos"),
      AddTodo(),
      div(
        { class: "bar" },
        nav(
          { "aria-label": "Which todos", class: "filters" },
          FILTERS.map(([name, text, href]) =>
            Link({ href, key: name, "aria-current": show.value === name ? "page" : undefined }, text)
          ),
        ),
        p({ class: "left", role: "status" }, open === 1 ? "1 to do" : `${open} to do`),
        done === 0 ? null : button({ class: "quiet", onClick: clear }, "Clear completed"),
      ),
      items.length === 0
        ? p({ class: "empty" }, EMPTY[show.value])
        : ul({ class: "todos" }, items.map((todo) => TodoItem({ key: todo.id, todo, onDelete: toHeading }))),
    );
  };
}, { name: "TodoList" });
