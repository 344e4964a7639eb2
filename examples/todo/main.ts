/**
 * A list of todos: `deno task todo` starts it. The list is in todo.db beside this file, or where TODO_DB says.
 *
 * @module
 */
import { type App, asset, createApp } from "@vango/core";
import { link, meta } from "@vango/core/elements";
import { todos } from "./data/todos.ts";
import { routes } from "./routes.gen.ts";

/** The application; tests mount it without a server. */
export const app: App = createApp({
  routes,
  static: `${import.meta.dirname}/public`,
  title: "Todo",
  viewTransitions: true,
  head: () => [
    link({ rel: "stylesheet", href: asset("/style.css") }),
    link({ rel: "icon", href: asset("/icon.svg"), type: "image/svg+xml" }),
    meta({ name: "description", content: "A list of todos that is the same in every tab." }),
  ],
});

if (import.meta.main) {
  todos(); // opened now: what is wrong with the file is said at the start, not to the first user
  app.serve();
}
