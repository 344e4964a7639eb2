import { component } from "@vango/core";
import {
  code,
  div,
  h1,
  p,
  section,
  span,
  table,
  tbody,
  td,
  th,
  thead,
  tr,
} from "@vango/core/elements";

const ENDPOINTS = [
  ["GET", "/api/health", "Says that the server is up"],
  ["GET", "/api/notes", "All notes, the newest first"],
  ["POST", "/api/notes", "Adds a note: { title, body }"],
  ["GET", "/api/notes/:id", "A note"],
  ["DELETE", "/api/notes/:id", "Removes a note"],
] as const;

export default component(() => () => [
  section(
    { class: "hero" },
    h1("{{title}}"),
    p(
      { class: "lead" },
      "An API: each file of ",
      code("routes/api/"),
      " is a path, and each method a function.",
    ),
  ),
  div(
    { class: "card scroll", tabindex: 0, role: "region", "aria-label": "Endpoints" },
    table(
      { class: "table" },
      thead(tr(th("Method"), th("Path"), th("What it does"))),
      tbody(
        ENDPOINTS.map(([method, path, what]) =>
          tr(
            { key: `${method} ${path}` },
            td(span({ class: "method" }, method)),
            td(code(path)),
            td(what),
          )
        ),
      ),
    ),
  ),
]);
