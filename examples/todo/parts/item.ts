/**
 * One todo of the list.
 *
 * @module
 */
import { component, Link, type VNode } from "@vango/core";
import { button, div, li, path, svg } from "@vango/core/elements";
import { type Todo, todos } from "../data/todos.ts";
import { href } from "../routes.gen.ts";
import { dueDay } from "./due.ts";

/** Props of {@linkcode TodoItem}. */
export interface TodoItemProps {
  /** The todo. */
  todo: Todo;
  /** Called once it is deleted. */
  onDelete: () => void;
}

/** One todo of the list: a button that says whether it is done, a link to it, a button that deletes it. */
export const TodoItem = component<TodoItemProps>((props) => {
  const toggle = () => todos().setDone(props.todo.id, !props.todo.done);
  const remove = () => {
    todos().remove(props.todo.id);
    props.onDelete();
  };
  return () => {
    const { id, title, done, due, note } = props.todo;
    return li(
      { class: ["todo", done && "done"] },
      doneButton(title, done, toggle),
      div(
        { class: "text" },
        Link({ href: href("/todos/:id:int", { id }), class: "title" }, title),
        due === null ? null : dueDay(due, done),
        note === "" ? null : div({ class: "note" }, note),
      ),
      button(
        { class: "quiet delete", onClick: remove, "aria-label": `Delete ${title}`, title: "Delete" },
        bin(),
      ),
    );
  };
}, { name: "TodoItem" });

/** A checkbox that is a button: without JavaScript a click on it posts. */
export function doneButton(title: string, done: boolean, toggle: () => void): VNode {
  return button({
    class: "check",
    role: "checkbox",
    "aria-checked": done ? "true" : "false",
    "aria-label": `Done: ${title}`,
    onClick: toggle,
  });
}

/** A bin. */
function bin(): VNode {
  return svg(
    { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" },
    path({
      d: "M3 5h14M8 5V3h4v2m-7 0 1 12h8l1-12M8.5 8.5v5m3-5v5",
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.5,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}
