/**
 * How long does plain-node rendering take, next to string concatenation by hand?
 *
 * Build and render together, since a page is built for each request. `deno bench -A bench/render_bench.ts`.
 *
 * @module
 */
import { createNode as h, listOf, type VNode } from "../vdom/node.ts";
import { renderToStream, renderToString } from "../render/mod.ts";

const USERS = Array.from({ length: 1000 }, (_, i) => ({
  id: i,
  name: i % 10 === 0 ? `O'Brien & <Sons> ${i}` : `User number ${i}`,
  mail: `user${i}@example.org`,
  path: `/users/${i}`,
  role: i % 3 === 0 ? "admin" : "member",
}));

const click = (): void => {};

/** Numbers a tree without components, as mounting does. */
function number(items: readonly VNode[]): readonly VNode[] {
  let next = 1;
  const walk = (list: readonly VNode[]): void => {
    for (const node of list) {
      if (node.kind !== 3) node.num = next++;
      if (node.children !== null) walk(node.children);
    }
  };
  walk(items);
  return items;
}

const escapeByHand = (text: string): string =>
  /[&<>"]/.test(text)
    ? text.replace(/[&<>"]/g, (c) => c === "&" ? "&amp;" : c === "<" ? "&lt;" : c === ">" ? "&gt;" : "&quot;")
    : text;

let turn = 0;
const someone = () => USERS[turn++ % 1000];

const card = () => {
  const u = someone();
  return h("div", { class: "card", id: `c${u.id}` }, [
    h("h2", { class: u.role }, ["Hello ", u.name]),
    h("p", null, ["Some text that is a little longer"]),
    h("a", { href: u.path, class: "link" }, [u.mail]),
    h("img", { src: u.path, alt: u.name }, []),
    h("span", null, [u.id]),
  ]);
};

function cardByHand(): string {
  const u = someone();
  return `<div class="card" id="c${u.id}"><h2 class="${escapeByHand(u.role)}">Hello ${
    escapeByHand(u.name)
  }</h2><p>Some text that is a little longer</p><a href="${escapeByHand(u.path)}" class="link">${
    escapeByHand(u.mail)
  }</a><img src="${escapeByHand(u.path)}" alt="${escapeByHand(u.name)}"><span>${u.id}</span></div>`;
}

const table = () =>
  h("table", null, [
    h("tbody", null, [
      USERS.map((u) =>
        h("tr", { key: u.id }, [
          h("td", { class: "id" }, [u.id]),
          h("td", null, [u.name]),
          h("td", null, [u.mail]),
          h("td", { class: u.role }, [u.role]),
        ])
      ),
    ]),
  ]);

function tableByHand(): string {
  let out = "<table><tbody>";
  for (const u of USERS) {
    out += `<tr><td class="id">${u.id}</td><td>${escapeByHand(u.name)}</td><td>${
      escapeByHand(u.mail)
    }</td><td class="${escapeByHand(u.role)}">${escapeByHand(u.role)}</td></tr>`;
  }
  return out + "</tbody></table>";
}

const buttons = () =>
  h("div", null, [
    Array.from({ length: 100 }, (_, i) => h("button", { class: "b", onClick: click }, ["Button ", i])),
  ]);

function buttonsByHand(): string {
  let out = "<div>";
  for (let i = 0; i < 100; i++) out += `<button class="b" data-hid="${i} click:1">Button ${i}</button>`;
  return out + "</div>";
}

let sink = 0;

/** Reads one character, which makes the string flat, as sending it does. */
function consume(html: string): void {
  sink += html.charCodeAt(html.length >> 1);
}

const cases: [group: string, build: () => VNode, hand: () => string][] = [
  ["card of 6 elements", card, cardByHand],
  ["table, 1,000 rows of 4", table, tableByHand],
  ["100 buttons", buttons, buttonsByHand],
];

for (const [group, build, hand] of cases) {
  Deno.bench("by hand", { group, baseline: true }, () => consume(hand()));
  Deno.bench("build and renderToString", { group }, () => consume(renderToString(number(listOf(build())))));
  const made = number(listOf(build()));
  Deno.bench("renderToString alone", { group }, () => consume(renderToString(made)));
  Deno.bench("renderToStream alone", { group }, async () => {
    for await (const chunk of renderToStream(made)) sink += chunk.length;
  });
}

addEventListener("unload", () => {
  if (sink === 0) throw new Error("Nothing was rendered");
});
