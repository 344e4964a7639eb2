/**
 * What forms and buttons carry to post without JavaScript.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { findByPath } from "../../vdom/path.ts";
import { renderToString } from "../../render/mod.ts";
import { h, mount, shown } from "./_trees.ts";

const on = () => {};
const html = (view: unknown) =>
  renderToString(mount(view), { post: { value: (path) => `T:${path}` } }).replace(/ data-hid="[^"]*"/g, "");
const input = (path: string) => `<input type="hidden" name="_vango" value="T:${path}">`;

Deno.test("a form whose handler cannot be posted to its page gets no token", () => {
  for (const props of [{}, { action: "https://else.where/" }, { method: "get" }, { method: "DIALOG" }]) {
    const form = props as Record<string, string>;
    const handler = Object.keys(form).length === 0 ? {} : { onSubmit: on };
    assertEquals(html(h("form", { ...form, ...handler })).includes("_vango"), false, JSON.stringify(props));
  }
});

Deno.test("a form with a submit handler posts, with its token first", () => {
  assertEquals(
    html(h("form", { onSubmit: on }, h("b", null))),
    `<form method="post">${input("0")}<b></b></form>`,
  );
  assertEquals(html(h("form", { onSubmit: on, method: "POST" })), `<form method="POST">${input("0")}</form>`);
});

Deno.test("a path goes through components, lists and keys", () => {
  const view = h("div", null, "a", shown([h("form", { key: "k.1", onSubmit: on })]));
  assertEquals(html(view), `<div>a<form method="post">${input("0.1.0.kk%2E1")}</form></div>`);
  assertEquals(findByPath(mount(view), "0.1.0.kk%2E1")?.type, "form");
});

Deno.test("a button with a click handler outside of forms belongs to the hidden form", () => {
  assertEquals(
    html(h("p", null, h("button", { onClick: on }, "x"))),
    '<p><button form="vango-form" name="_vango-do" value="0.0">x</button></p>',
  );
});

Deno.test("a button in a form that posts names its handler", () => {
  assertEquals(
    html(h("form", { onSubmit: on }, h("button", { onClick: on }))),
    `<form method="post">${input("0")}<button name="_vango-do" value="0.0"></button></form>`,
  );
});

Deno.test("a button after a form is outside of it", () => {
  assertEquals(
    html([h("form", { onSubmit: on }, h("i", null)), h("button", { onClick: on })]),
    `<form method="post">${
      input("0")
    }<i></i></form><button form="vango-form" name="_vango-do" value="1"></button>`,
  );
});

Deno.test("a button that has a name, value, form or no submission of its own stays as it is", () => {
  for (
    const [name, value] of [["name", "n"], ["value", "v"], ["form", "f"], ["formaction", "/x"], [
      "type",
      "button",
    ], ["type", "reset"]]
  ) {
    assertEquals(html(h("button", { onClick: on, [name]: value })), `<button ${name}="${value}"></button>`);
  }
  assertEquals(html(h("button", null)), "<button></button>");
  assertEquals(html(h("form", null, h("button", { onClick: on }))), "<form><button></button></form>");
});

Deno.test("nothing posts unless asked for", () => {
  assertEquals(
    renderToString([h("form", { onSubmit: on }, h("button", { onClick: on }))]),
    "<form><button></button></form>",
  );
});
