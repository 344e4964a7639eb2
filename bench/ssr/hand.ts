/**
 * The limit of SSR: concatenation by hand.
 *
 * @module
 */
import { prepareViews, type User, type Views } from "./data.ts";

const SPECIAL = /[&<>"]/;

function escape(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(
    /[&<>"]/g,
    (c) => c === "&" ? "&amp;" : c === "<" ? "&lt;" : c === ">" ? "&gt;" : "&quot;",
  );
}

const views: Views<string> = {
  card(u: User): string {
    return `<div class="card" id="c${u.id}"><h2 class="${escape(u.role)}">Hello ${
      escape(u.name)
    }</h2><p>Some text that is a little longer</p><a href="${escape(u.path)}" class="link">${
      escape(u.mail)
    }</a><img src="${escape(u.path)}" alt="${escape(u.name)}"><span>${u.id}</span></div>`;
  },
  table(users) {
    let out = "<table><tbody>";
    for (const u of users) {
      out += `<tr><td class="id">${u.id}</td><td>${escape(u.name)}</td><td>${escape(u.mail)}</td><td class="${
        escape(u.role)
      }">${escape(u.role)}</td></tr>`;
    }
    return out + "</tbody></table>";
  },
  buttons(numbers) {
    let out = "<div>";
    // An element that takes events has its number: without it a click could not be told.
    for (const i of numbers) {
      out += `<button type="button" class="b" data-hid="${i * 2 + 2} click:1">Button ${i}</button>`;
    }
    return out + "</div>";
  },
};

/** See bench/contender.ts. */
export const prepare = prepareViews(views, (html) => html);
