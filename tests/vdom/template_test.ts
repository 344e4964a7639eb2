import { assert, assertEquals, assertThrows } from "@std/assert";
import { signal } from "@preact/signals-core";
import fc from "fast-check";
import { renderToString, treeSum } from "../../render/mod.ts";
import { createNode, Kind, listOf, type VNode } from "../../vdom/node.ts";
import { patchList } from "../../vdom/diff.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import type { Template } from "../../vdom/template.ts";
import { slotsOf } from "../../vdom/template_slots.ts";
import { parseTemplate } from "../../vdom/template_parse.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../support/plain_host.ts";

const CARD = ['<div class="card" ', "><h2>Hi &lt;", "</h2><p ", ">", " and ", "</p><br></div>"];
const card = (id: unknown, name: unknown, cls: unknown, a: unknown, b: unknown) =>
  jsxTemplate(CARD, jsxAttr("id", id), jsxEscape(name), jsxAttr("class", cls), jsxEscape(a), jsxEscape(b));

/** The same card of element functions. */
const plainCard = (id: unknown, name: unknown, cls: unknown, a: unknown, b: unknown) =>
  createNode("div", { class: "card", id }, [
    createNode("h2", null, ["Hi <", name]),
    createNode("p", { class: cls }, [a, " and ", b]),
    createNode("br", null, []),
  ]);

function mounted(view: unknown): { tree: Tree; items: VNode[] } {
  const tree = new Tree(new PlainHost());
  const items = listOf(view);
  tree.mountList(items, true);
  tree.renumber(items);
  return { tree, items };
}

/** The markup without what differs by design: blanks between attributes and their order. */
function tidy(html: string): string {
  return html.replace(
    /<(\w+)([^>]*)>/g,
    (_all, tag, attrs: string) => `<${[tag, ...(attrs.match(/[^\s=]+="[^"]*"/g) ?? []).sort()].join(" ")}>`,
  );
}

Deno.test("jsxTemplate() keeps slots alone when all of them are text or plain attributes", () => {
  const node = card("a", "Bo", "x", 1, null);
  assertEquals(node.kind, Kind.Template);
  assertEquals((node.type as Template).count, 6);
  assertEquals(slotsOf(node).length, 5);
  assert(card("b", "x", null, 1, 2).type === node.type);
});

Deno.test("jsxTemplate() makes a wider template when a slot holds a node, a list or a signal, once", () => {
  const strings = ["<p>", " and ", "</p>"];
  const types = [1, createNode("b", null, []), 2, ["x"], signal(1)]
    .map((value) => jsxTemplate(strings, jsxEscape(value), jsxEscape("x")))
    .map((node) => [node.kind, node.type as Template] as const);
  assertEquals(types.map(([kind]) => kind), types.map(() => Kind.Template));
  assertEquals(types.map(([, type]) => type === types[1][1]), [false, true, true, true, true]);
});

Deno.test("jsxTemplate() makes plain elements of what is no part of a template", () => {
  assertEquals(jsxTemplate(["<form ", "><p>x</p></form>"], jsxAttr("onsubmit", () => 1)).kind, Kind.Element);
  assertEquals(jsxTemplate(["<p>x</p>", ""], jsxEscape("y")).kind, Kind.Fragment);
});

Deno.test("jsxTemplate() takes the key of its root out of the attributes", () => {
  const row = ["<li ", " ", ">", "</li>"];
  const node = jsxTemplate(row, jsxAttr("key", 7), jsxAttr("id", "i"), "x");
  assertEquals([node.kind, node.key], [Kind.Template, 7]);
  assertEquals(renderToString(mounted(node).items).replace(/\s+/g, " "), '<li id="i">x</li>');
});

Deno.test("a template renders as its elements do, an empty run as an empty comment", () => {
  const args = ["i", "<b>", "c", "", 0] as const;
  assertEquals(
    tidy(renderToString(mounted(card(...args)).items)),
    tidy(renderToString(mounted(plainCard(...args)).items)),
  );
  const empty = ["<p>", "</p>"];
  assertEquals(renderToString(mounted(jsxTemplate(empty, "")).items), "<p><!----></p>");
  assertEquals(renderToString(mounted(jsxTemplate(empty, "a&b")).items), "<p>a&amp;b</p>");
});

Deno.test("a template takes the numbers and the checksum that its elements take", () => {
  const a = mounted([card("i", "n", "c", "a", "b"), "tail"]);
  const b = mounted([plainCard("i", "n", "c", "a", "b"), "tail"]);
  assertEquals(a.tree.next, b.tree.next);
  assertEquals(treeSum(a.items), treeSum(b.items));
});

Deno.test("patchList() compares two instances slot by slot", () => {
  const { tree, items } = mounted(card("i", "n", "a b", 1, 2));
  const next = listOf(card("i", "n", "b", 1, 3));
  patchList(tree, items, next, -1, 1);
  assertEquals(tree.takePatches(), [
    { op: Op.RemoveClass, num: 4, name: "a" },
    { op: Op.TextRange, num: 5, offset: 6, count: 1, text: "3" },
  ]);
});

Deno.test("an inserted template is defined once, then sent as its slots alone", () => {
  const ROW = ["<li ", ">row ", "</li>"];
  const list = (n: number) =>
    createNode("ul", null, [
      Array.from({ length: n }, (_x, i) => jsxTemplate(ROW, jsxAttr("id", `r${i}`), jsxEscape(i))),
    ]);
  const { tree, items } = mounted(list(0));
  let live = items;
  const step = (n: number): Patch[] => {
    const next = listOf(list(n));
    patchList(tree, live, next, -1, 1);
    live = next;
    return tree.takePatches();
  };
  // The empty list was an empty comment.
  assertEquals(step(1).map((p) => p.op), [Op.TemplateDef, Op.Replace]);
  assertEquals(step(3).map((p) => p.op), [Op.Append]);
});

const value = fc.oneof(fc.constantFrom<unknown>("", "x", "a b", null, false, 0, 12, '\r\n<&"'), fc.string());
const child = fc.oneof(
  value,
  fc.constantFrom("b", "i").map((tag) => ({ tag })),
  fc.array(fc.constantFrom("p", "q"), { maxLength: 2 }),
);
const asChild = (v: unknown): unknown =>
  Array.isArray(v)
    ? v.map((tag) => createNode(tag, { key: tag }, []))
    : typeof v === "object" && v !== null
    ? createNode((v as { tag: string }).tag, null, [])
    : v;

Deno.test("element functions and precompiled JSX give the same HTML, numbers and patches, whatever the slots become", () => {
  const args = fc.tuple(value, child, value, child, child);
  fc.assert(
    fc.property(args, args, (from, to) => {
      const make = (fn: typeof card, a: unknown[]) =>
        fn(a[0], asChild(a[1]), a[2], asChild(a[3]), asChild(a[4]));
      if (
        [from, to].some((a) => [a[1], a[3], a[4]].some((v) => Array.isArray(v) && new Set(v).size < v.length))
      ) return;
      const run = (fn: typeof card) => {
        const { tree, items } = mounted(make(fn, from));
        const before = tidy(renderToString(items));
        const next = listOf(make(fn, to));
        patchList(tree, items, next, -1, 1);
        const patches = tree.takePatches().map((p) => ({
          ...p,
          nodes: "nodes" in p ? renderToString(p.nodes) : undefined,
        }));
        return { before, patches, after: tidy(renderToString(next)), count: tree.next };
      };
      assertEquals(run(card), run(plainCard));
    }),
    { numRuns: 1000 },
  );
});

/** The patches from one list of slots to another, of a template and of its elements. */
function bothWays(from: () => unknown[], to: () => unknown[]): [template: unknown, elements: unknown] {
  const strings = ["<div>", "<b>s</b>", "", "", "", "<b>t</b></div>"];
  const template = (slots: unknown[]) => jsxTemplate(strings, ...slots);
  const elements = ([first, ...rest]: unknown[]) =>
    createNode("div", null, [first, createNode("b", null, ["s"]), ...rest, createNode("b", null, ["t"])]);
  const run = (way: (slots: unknown[]) => VNode) => {
    way(to()); // what the slots hold is known
    const { tree, items } = mounted(way(from()));
    const next = listOf(way(to()));
    patchList(tree, items, next, -1, 1);
    return [
      tree.takePatches().map((p) => ({ ...p, nodes: "nodes" in p ? renderToString(p.nodes) : undefined })),
      renderToString(next),
      tree.next,
    ];
  };
  return [run(template), run(elements)];
}

const el = (tag: string, key: string | null = null) => createNode(tag, key === null ? null : { key }, []);

Deno.test("an instance goes on as elements do when a list with keys pairs a constant element with another one", () => {
  const [template, elements] = bothWays(
    () => [el("b"), null, null, null, el("i", "k")],
    () => [null, null, null, null, el("u", "l")],
  );
  assertEquals(template, elements);
});

Deno.test("an instance goes on as elements do when a node goes to another slot between texts", () => {
  const [template, elements] = bothWays(
    () => [null, "a", "b", el("i"), "c"],
    () => [null, "a", el("i"), "b", "c"],
  );
  assertEquals(template, elements);
});

Deno.test("an instance goes on as elements do when a node moves over constant ones by its key", () => {
  const [template, elements] = bothWays(
    () => [el("i", "k"), null, null, null, el("u", "l")],
    () => [el("u", "l"), null, null, null, el("i", "k")],
  );
  assertEquals(template, elements);
});

Deno.test("parseTemplate() refuses what the transform does not write", () => {
  assertThrows(() => parseTemplate(["<p>"]), SyntaxError, "<p> is not closed");
  assertThrows(() => parseTemplate(["</p>"]), SyntaxError, "closes nothing");
  assertThrows(() => parseTemplate(["<p", '"x></p>']), SyntaxError, "unexpected");
});
