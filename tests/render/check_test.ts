/**
 * The checksum of a tree and the hash of its HTML.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { type Kind, VNode } from "../../vdom/node.ts";
import { RenderError, renderToString, treeHash, treeSum } from "../../render/mod.ts";
import { h, mount, raw, shown } from "./_trees.ts";

/** FNV-1a, 32 bits, of bytes written by hand. */
function fnv(...bytes: (number | string)[]): number {
  let sum = 0x811c9dc5n;
  for (const b of bytes.flatMap((x) => typeof x === "string" ? [...x].map((c) => c.charCodeAt(0)) : [x])) {
    sum = ((sum ^ BigInt(b)) * 0x01000193n) & 0xffffffffn;
  }
  return Number(sum);
}

Deno.test("treeSum() refuses nodes that it does not know", () => {
  assertThrows(() => treeSum([new VNode(99 as Kind, null, null, null, "", null)]), RenderError);
  assertThrows(() => renderToString([new VNode(99 as Kind, null, null, null, "", null)]), RenderError);
});

Deno.test("treeSum() of no nodes is the basis", () => {
  assertEquals(treeSum([]), { count: 0, sum: 0x811c9dc5 });
});

Deno.test("treeSum() sums elements, texts, separators and raw nodes in document order", () => {
  const items = mount(h("div", null, "a", shown("b"), raw("<i>"), null, h("b", null)));
  assertEquals(treeSum(items), { count: 8, sum: fnv(1, "div", 2, 2, 2, 5, 2, 2, 1, "b") });
});

Deno.test("treeSum() leaves out what is not numbered", () => {
  const items = mount([
    h("title", null, "x"),
    h("template", null, h("b", null)),
    h("X-A", null),
    h("x-b", null, h("i", null)),
  ]);
  assertEquals(treeSum(items), { count: 5, sum: fnv(1, "title", 1, "template", 1, "x-a", 1, "x-b", 1, "i") });
});

Deno.test("treeSum() counts the numbers that the tree took", () => {
  const items = mount(
    h("ul", null, [1, 2].map((i) => h("li", null, i, [i])), h("select", null, h("option", null, "x"))),
  );
  let last = 0;
  const walk = (list: readonly VNode[]) => {
    for (const n of list) {
      last = Math.max(last, n.num, n.lead);
      walk(n.children ?? []);
    }
  };
  walk(items);
  assertEquals(treeSum(items).count, last);
});

Deno.test("treeHash() is a whole number of 53 bits that tells small changes apart", () => {
  const seen = new Set<number>();
  for (let i = 0; i < 20_000; i++) seen.add(treeHash(`<p data-hid="${i} click:1">x</p>`));
  assertEquals(seen.size, 20_000);
  for (const hash of seen) assert(Number.isSafeInteger(hash) && hash >= 0);
  assertNotEquals(treeHash("ab"), treeHash("ba"));
  assertNotEquals(treeHash(""), treeHash("\0"));
  assertEquals(treeHash("abc"), treeHash("abc"));
});
