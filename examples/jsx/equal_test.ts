/**
 * Views in precompiled JSX are equal to element functions, from HTML to the wire.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { renderToString } from "../../render/mod.ts";
import { b, br, button, div, h2, li, p, ul } from "../../vdom/elements.ts";
import { type Child, Kind, listOf, type VNode } from "../../vdom/node.ts";
import { Op } from "../../vdom/patch.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../../tests/support/plain_host.ts";
import { startApp } from "../../tests/support/app.ts";
import { getPage, hid, RawClient } from "../../tests/support/raw_client.ts";
import { Card, Form, List } from "./views.tsx";

function html(view: Child): string {
  const tree = new Tree(new PlainHost());
  const items = listOf(view);
  tree.mountList(items, true);
  tree.renumber(items);
  return renderToString(items);
}

Deno.test("precompiled JSX renders as element functions do", () => {
  const props = { id: "a", name: "B & C", tone: "warm", count: 3, note: null };
  assertEquals(
    html(Card(props)).replace(/ +>/g, ">"),
    html(
      div(
        { id: "a", class: ["card", "warm"] },
        h2("Hello, ", props.name, "!"),
        p({ title: null }, "You have ", 3, " <new> messages"),
        br(),
      ),
    ),
  );
  const rows = [{ id: 1, label: "x" }, { id: 2, label: "y" }];
  assertEquals(
    html(List({ rows, onPick() {} })).replace(/ +/g, " "),
    html(ul(rows.map((row) => li({ key: row.id, id: `r${row.id}` }, b(row.label), " no. ", row.id)))),
  );
});

Deno.test("rows of a precompiled list are instances of one template", () => {
  const list = List({ rows: [{ id: 1, label: "x" }, { id: 2, label: "y" }], onPick() {} }) as VNode;
  const [region] = list.children!;
  const rows = region.children!;
  assertEquals(rows.map((row) => [row.kind, row.key]), [[Kind.Template, 1], [Kind.Template, 2]]);
  assert(rows[0].type === rows[1].type);
});

Deno.test("controls and what takes events are plain elements in precompiled JSX", () => {
  const form = Form({ value: "v", onInput() {} }) as VNode;
  assertEquals(form.kind, Kind.Element);
  assertEquals(
    html(form),
    '<form data-hid="1 submit:12f"><label for="x">Name</label>' +
      '<input id="x" value="v" data-hid="4 input:10v"><button type="submit">Send</button></form>',
  );
});

Deno.test("a template goes to a client once, its instances as slots alone", async () => {
  const page = component(() => {
    const count = signal(1, { name: "count" });
    return () =>
      div(
        button({ onClick: () => count.value++ }, "+"),
        List({
          rows: Array.from({ length: count.value }, (_x, i) => ({ id: i, label: `row ${i}` })),
          onPick() {},
        }),
      );
  });
  await using server = startApp({ page });
  const got = await getPage(server.origin);
  const client = new RawClient(server.origin, got);
  await client.opened;
  client.hello(got);
  await client.next();
  const click = async () => {
    client.click(hid(got.html));
    let frame = await client.next();
    while (frame.kind !== "patches") frame = await client.next();
    return frame.frame.patches;
  };
  const first = await click();
  assertEquals(first.map((patch) => patch.op), [Op.TemplateDef, Op.Append]);
  const second = await click();
  assertEquals(second.map((patch) => patch.op), [Op.Append]);
  assert(second[0].op === Op.Append && first[0].op === Op.TemplateDef);
  assertEquals(second[0].nodes, [{ kind: 6, id: first[0].id, values: ["r2", "row 2", "2"] }]);
  await client.close();
});
