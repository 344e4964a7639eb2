/**
 * What stands around every page. It stays while the pages change.
 *
 * @module
 */
import { component, computed, type LayoutProps, NavLink } from "@vango/core";
import { a, div, footer, header, main, nav, span } from "@vango/core/elements";
import { todos } from "../data/todos.ts";

/** The frame of the application. */
export default component<LayoutProps>((props) => {
  const open = computed(() => (todos().changes.value, String(todos().counts().open)));
  return () =>
    div(
      { class: "frame" },
      a({ href: "#content", class: "skip" }, "Skip to the content"),
      header(
        { class: "top" },
        a({ href: "/", class: "brand" }, span({ class: "mark", "aria-hidden": "true" }), "Todo"),
        nav(
          { "aria-label": "Main" },
          NavLink({ href: "/" }, "Home"),
          NavLink(
            { href: "/todos" },
            "Todos ",
            span({ class: "badge", "aria-hidden": "true" }, open),
            span({ class: "sr" }, "(", open, " open)"),
          ),
        ),
      ),
      main({ id: "content", tabindex: -1 }, props.children),
      footer("Every change is in the database, and in every open tab. Built with Vango."),
    );
}, { name: "Frame" });
