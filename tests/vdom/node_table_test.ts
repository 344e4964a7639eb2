/**
 * Nodes by their number, few and many.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { createNode, type VNode } from "../../vdom/node.ts";
import { NodeTable } from "../../vdom/node_table.ts";

function numbered(num: number): VNode {
  const node = createNode("button", null, []);
  node.num = num;
  return node;
}

Deno.test("NodeTable finds what a Map finds, over any edits, few and many", () => {
  const table = new NodeTable();
  const map = new Map<number, VNode>();
  let random = 7;
  const next = (below: number) => (random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0) % below;
  for (let i = 0; i < 5000; i++) {
    const num = next(i % 1000 < 500 ? 8 : 40);
    if (next(3) > 0) {
      const node = numbered(num);
      table.set(node);
      map.set(num, node);
    } else {
      table.delete(num);
      map.delete(num);
    }
    if (next(400) === 0) {
      table.clear();
      map.clear();
    }
    assertEquals(table.size, map.size);
    for (let n = 0; n < 40; n++) {
      assertEquals([table.get(n) === map.get(n), table.has(n)], [true, map.has(n)]);
    }
    assertEquals(table.keys(), [...map.keys()]);
  }
});

Deno.test("NodeTable.set() puts a node in the place of the one with its number", () => {
  const table = new NodeTable();
  const [old, other, next] = [numbered(4), numbered(5), numbered(4)];
  table.set(old);
  table.set(other);
  table.set(next);
  assertEquals([table.get(4) === next, table.keys()], [true, [4, 5]]);
});
