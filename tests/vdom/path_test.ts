/**
 * Paths of elements: there and back, and hostile ones.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { Kind, ownsContent, type VNode } from "../../vdom/node.ts";
import { findByPath, isPath, MAX_PATH, PathTracker } from "../../vdom/path.ts";
import { build, h, mount, plans, shown } from "../render/_trees.ts";

Deno.test("findByPath() gives null for paths that name nothing", () => {
  const items = mount([h("div", null, "text", h("b", { key: "k" }), h("title", null, "x"), [h("i", null)])]);
  const hostile = [
    "",
    ".",
    "..",
    "0.",
    ".0",
    "0..0",
    "-1",
    "0.9",
    "00",
    "0.kk.0",
    "1",
    "0.0",
    "0.2.0",
    "0.3",
    "kconstructor",
    "__proto__",
    "0.__proto__",
    "length",
    "0.length",
    "0.k",
    "NaN",
    "1e0",
    "0x0",
    " 0",
    "0.kk ",
    "0.3.1",
    "\0",
    "0.k%6B",
    "0.".repeat(3000),
    "0".repeat(MAX_PATH + 1),
    "\ud800",
    "0.3.0.0",
  ];
  for (const path of hostile) assertEquals(findByPath(items, path), null, JSON.stringify(path.slice(0, 40)));
});

Deno.test("isPath() takes what segments are joined to, and nothing else", () => {
  for (const path of ["0", "12.3", "0.2.0.ka%2Eb%2F%C3%BC", "k", "0.k.1", "k~!*'()-_"]) {
    assert(isPath(path), path);
  }
  const hostile = [
    "",
    ".",
    "0.",
    ".0",
    "0..1",
    "-1",
    "x",
    "__proto__",
    "0.x",
    "k\n",
    "k/",
    " 0",
    "0\n",
    "kü",
  ];
  for (const path of [...hostile, "0".repeat(MAX_PATH + 1)]) assert(!isPath(path), JSON.stringify(path));
});

Deno.test("findByPath() finds by slot, by key and through lists and components", () => {
  const target = h("b", { key: "a.b/ü" });
  const items = mount(h("div", null, "x", "y", shown([target])));
  const path = "0.2.0.ka%2Eb%2F%C3%BC";
  assertStrictEquals(findByPath(items, path), target);
});

Deno.test("findByPath() takes keys with lone surrogates", () => {
  const items = mount(h("p", null, [h("b", { key: "\ud800" })]));
  assertEquals(findByPath(items, "0.k%EF%BF%BD")?.type, "b");
});

Deno.test("findByPath() does not look into content that takes no events", () => {
  const items = mount([h("template", null, h("b", null)), h("x-y", null, h("b", null))]);
  assertEquals(findByPath(items, "0.0"), null);
  assertEquals(findByPath(items, "1.0")?.type, "b");
});

Deno.test("PathTracker gives the path of each element of a random tree, by which findByPath() finds it", () => {
  let elements = 0;
  const walk = (items: readonly VNode[], roots: readonly VNode[], tracker: PathTracker): void => {
    for (const item of items) {
      if (item.kind === Kind.Text || item.kind === Kind.Raw) continue;
      tracker.enter(item);
      if (item.kind === Kind.Element) {
        assertStrictEquals(findByPath(roots, tracker.path()), item);
        elements++;
      }
      if (item.kind !== Kind.Element || ownsContent(item.type as string, item.children !== null)) {
        walk(item.children ?? [], roots, tracker);
      }
      tracker.leave();
    }
  };
  fc.assert(
    fc.property(plans, (plan) => {
      const items = mount(build(plan));
      const tracker = new PathTracker();
      walk(items, items, tracker);
      assertEquals(tracker.path(), "");
    }),
    { numRuns: 500, seed: 1 },
  );
  assert(elements > 1000);
});
