/**
 * Vango's SSR from element functions.
 *
 * @module
 */
import { type ElementChild, renderPage } from "./vango.ts";
import { a, button, div, h2, img, p, span, table, tbody, td, tr } from "../../vdom/elements.ts";
import { click, prepareViews, type Views } from "./data.ts";

const views: Views<ElementChild> = {
  card: (u) =>
    div(
      { class: "card", id: `c${u.id}` },
      h2({ class: u.role }, "Hello ", u.name),
      p("Some text that is a little longer"),
      a({ href: u.path, class: "link" }, u.mail),
      img({ src: u.path, alt: u.name }),
      span(u.id),
    ),
  table: (users) =>
    table(
      tbody(
        users.map((u) =>
          tr({ key: u.id }, td({ class: "id" }, u.id), td(u.name), td(u.mail), td({ class: u.role }, u.role))
        ),
      ),
    ),
  buttons: (numbers) =>
    div(numbers.map((i) => button({ key: i, type: "button", class: "b", onClick: click }, "Button ", i))),
};

/** See bench/contender.ts. */
export const prepare = prepareViews(views, renderPage);
