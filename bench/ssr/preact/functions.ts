/**
 * Preact's SSR from its element function.
 *
 * @module
 */
import { h, type JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { click, prepareViews, type Views } from "../data.ts";

const views: Views<JSX.Element> = {
  card: (u) =>
    h(
      "div",
      { class: "card", id: `c${u.id}` },
      h("h2", { class: u.role }, "Hello ", u.name),
      h("p", null, "Some text that is a little longer"),
      h("a", { href: u.path, class: "link" }, u.mail),
      h("img", { src: u.path, alt: u.name }),
      h("span", null, u.id),
    ),
  table: (users) =>
    h(
      "table",
      null,
      h(
        "tbody",
        null,
        users.map((u) =>
          h(
            "tr",
            { key: u.id },
            h("td", { class: "id" }, u.id),
            h("td", null, u.name),
            h("td", null, u.mail),
            h("td", { class: u.role }, u.role),
          )
        ),
      ),
    ),
  buttons: (numbers) =>
    h(
      "div",
      null,
      numbers.map((i) => h("button", { key: i, type: "button", class: "b", onClick: click }, "Button ", i)),
    ),
};

/** See bench/contender.ts. */
export const prepare = prepareViews(views, (node) => renderToString(node));
