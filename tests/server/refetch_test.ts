/**
 * The refetch of one subtree, for a browser whose DOM differs there.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { button, div, input, option, p, select } from "../../vdom/elements.ts";
import { jsxAttr, jsxTemplate } from "../../vdom/jsx.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid } from "../support/raw_client.ts";

Deno.test("a refetch sends the content of one element, with the numbers that it has", async () => {
  const page = component(() => () => div(div(p("a"), p("b")), p("c")));
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.control({ type: 0x14, num: 2 });
  const { patches } = await client.patches();
  assertEquals(patches, [{
    op: Op.Subtree,
    num: 2,
    first: 3,
    nodes: ["a", "b"].map((text) => ({
      kind: 1 as const,
      tag: "p",
      attrs: [],
      children: [{ kind: 2 as const, text }],
    })),
  }]);
  await client.close();
});

Deno.test("a refetch after a change is the whole tree", async () => {
  const page = component(() => {
    const items = signal(["a"]);
    return () =>
      div(
        button({ onClick: () => items.update((list) => [...list, "x"]) }, "+"),
        div(items.value.map((t) => p(t))),
      );
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  await client.patches();
  client.control({ type: 0x14, num: 1 });
  assertEquals((await client.nextControl(0x12)).type, 0x12);
  await client.close();
});

const strings = ["<p ", ">", "</p>"];

Deno.test("a refetch tells of the templates in it first", async () => {
  const page = component(() => () => div(div(jsxTemplate(strings, jsxAttr("class", "a"), "text"))));
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.control({ type: 0x14, num: 2 });
  const { patches } = await client.patches();
  assertEquals(patches.map(({ op }) => op), [Op.TemplateDef, Op.Subtree]);
  await client.close();
});

Deno.test("a refetch sets the live values of the controls in it", async () => {
  const page = component(() => {
    const text = signal("");
    return () => div(div(input({ value: text, onInput: (e) => text.value = e.value })));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.control({ type: 0x14, num: 2 });
  const { patches } = await client.patches();
  assertEquals(patches.map(({ op }) => op), [Op.Subtree, Op.SetValue]);
  await client.close();
});

Deno.test("a refetch of a select sets its value, which its options do not say", async () => {
  const page = component(() => () =>
    select({ value: "b", onInput: () => {} }, option({ value: "a" }), option({ value: "b" }))
  );
  await using server = startApp({ page });
  const { client } = await connect(server.origin, await getPage(server.origin));
  client.control({ type: 0x14, num: 1 });
  const { patches } = await client.patches();
  assertEquals(patches.map(({ op }) => op), [Op.Subtree, Op.SetValue]);
  assertEquals(patches[1], { op: Op.SetValue, num: 1, value: "b" });
  await client.close();
});
