/**
 * `/`: what this is, and how much there is to do.
 *
 * @module
 */
import { component, computed, Link, type PageProps, useCtx } from "@vango/core";
import { div, h1, li, p, section, span, strong, ul } from "@vango/core/elements";
import { todos } from "../data/todos.ts";

/** The first page. */
export default component<PageProps<"/">>(() => {
  useCtx().title("Todo");
  const counts = computed(() => (todos().changes.value, todos().counts()));
  return () => {
    const { open, done } = counts.value;
    return section(
      { class: "hero" },
      h1("A list that is the same everywhere"),
      p(
        { class: "lead" },
        open === 0
          ? "Nothing is to be done. "
          : open === 1
          ? "One thing is to be done. "
          : `${open} things are to be done. `,
        "Open it in a second tab, or switch JavaScript off: it is the same list.",
      ),
      div(
        { class: "stats" },
        div({ class: "stat" }, strong(open), span("to do")),
        div({ class: "stat" }, strong(done), span("done")),
      ),
      Link(
        { href: "/todos", class: "button primary" },
        open === 0 && done === 0 ? "Write the first one" : "Open the list",
      ),
      ul(
        { class: "points" },
        li("Changes of one tab are in all others at once: one signal of the server."),
        li("Forms say the same things live and without JavaScript: one schema."),
        li("A restart loses nothing: SQLite keeps the list, the page keeps what you typed."),
      ),
    );
  };
}, { name: "Home" });
