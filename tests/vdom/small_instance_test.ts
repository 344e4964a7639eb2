import { assert, assertEquals } from "@std/assert";
import { renderToString } from "../../render/mod.ts";
import { copyInserted } from "../../vdom/inserted.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { fragment, isVNode, Kind, listOf, VNode } from "../../vdom/node.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { slotsOf } from "../../vdom/template_slots.ts";
import { Tree } from "../../vdom/tree.ts";
import { SMALL, SmallInstance } from "../../vdom/vnode.ts";
import { PlainHost } from "../support/plain_host.ts";

/** A place with `count` slots: attributes, then a text; and a maker of its instances, of texts. */
function placeOf(count: number): (values: readonly unknown[]) => VNode {
  if (count === 0) {
    const strings = ["<i>x</i>"];
    return () => jsxTemplate(strings);
  }
  const strings = ["<i ", ...new Array(count - 2 < 0 ? 0 : count - 2).fill(" "), ">", "</i>"];
  if (count === 1) strings.splice(0, 2, "<i>");
  return (values) =>
    jsxTemplate(
      strings,
      ...values.map((value, i) => i < count - 1 ? jsxAttr(`data-${i}`, value) : jsxEscape(value)),
    );
}

const valuesOf = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`);

function html(view: unknown): string {
  const tree = new Tree(new PlainHost());
  const items = listOf(view);
  tree.mountList(items, true);
  return renderToString(items);
}

Deno.test("an instance of at most four slots keeps them itself, of more in a list; both say the same", () => {
  for (let count = 0; count <= 9; count++) {
    const make = placeOf(count);
    const values = valuesOf(count);
    const node = make(values);
    assertEquals([node.kind, node instanceof SmallInstance], [Kind.Template, count <= SMALL]);
    assertEquals(slotsOf(node), values);
    values.forEach((value, i) => assertEquals(node.valueAt(i), value));
    const attributes = values.slice(0, -1).map((value, i) => ` data-${i}="${value}"`).join("");
    assertEquals(
      html(node).replaceAll(/ +/g, " "),
      count === 0 ? "<i>x</i>" : `<i${attributes}>${values[count - 1]}</i>`,
    );
  }
});

Deno.test("an instance with few slots is a VNode to whoever asks", () => {
  const node = placeOf(2)(["a", "b"]);
  assert(node instanceof VNode && isVNode(node));
  assertEquals([node.children, node.nested, node.text, node.lead], [null, null, "", 0]);
  // As many fields as a node has, and three: what is compared of a row stands together.
  assertEquals(
    Object.keys(node).length,
    Object.keys(new VNode(Kind.Raw, null, null, null, "", null)).length + 3,
  );
});

Deno.test("an instance that stands in two places is another one in each", () => {
  for (let count = 1; count <= 6; count++) {
    const node = placeOf(count)(valuesOf(count));
    const list = fragment([node, node], null);
    const [first, second] = list.children!;
    assert(first !== second);
    assertEquals(slotsOf(second), slotsOf(first));
    const alone = html(placeOf(count)(valuesOf(count)));
    assertEquals(html(list), alone + alone);
  }
});

Deno.test("what waits to be sent is copied with all values of its instances, at any depth", () => {
  const inner = placeOf(4)(["a", "b", "c", "d"]);
  const outer = jsxTemplate(["<p>", "</p>"], jsxEscape(inner));
  const tree = new Tree(new PlainHost());
  const items = listOf(outer);
  tree.mountList(items, true);
  const patches: Patch[] = [{ op: Op.Append, num: 1, nodes: items }];
  copyInserted(patches, 0);
  const [copy] = (patches[0] as { nodes: VNode[] }).nodes;
  assert(copy !== items[0]);
  assertEquals(renderToString([copy]), renderToString(items));
  const [region] = copy.children!;
  assertEquals(slotsOf(region.children![0]), ["a", "b", "c", "d"]);
  assertEquals(region.children![0].num, items[0].children![0].children![0].num);
});
