/**
 * Nodes of one shape that are sent as instances of a template are the nodes that they stand for.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeDown, encodePatches, type WireNode } from "../../protocol/mod.ts";
import { shareShapes } from "../../server/shapes.ts";
import { fillTemplate, type WireTemplateDef } from "../../testing/template.ts";
import { each } from "../../vdom/helpers.ts";
import { patchList } from "../../vdom/diff.ts";
import { a, b, button, div, h1, li, p, path, td, textarea, tr, ul } from "../../vdom/elements.ts";
import { type Child, fragment, listOf } from "../../vdom/node.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../support/plain_host.ts";

/** The patches that append rows to an empty list. */
function appended(rows: Child): Patch[] {
  const tree = new Tree(new PlainHost());
  const old = listOf(ul(li({ key: "first" })));
  tree.mountList(old, true);
  patchList(tree, old, listOf(ul(li({ key: "first" }), rows)), -1, 1);
  return tree.takePatches();
}

function sent(patches: Patch[]) {
  const bytes = encodePatches({ seq: 1, received: null, settled: null, patches });
  const frame = decodeDown(bytes);
  assert(frame.kind === "patches");
  return { size: bytes.length, patches: frame.frame.patches };
}

/** Decoded patches with the nodes that instances stand for; attributes in the order of their names. */
function expanded(patches: ReturnType<typeof sent>["patches"]): unknown[] {
  let template: WireTemplateDef | null = null;
  const plain = (node: WireNode): WireNode => {
    if (node.kind === 6) return plain(fillTemplate(template!, node.values, [])[0]);
    if (node.kind !== 1 && node.kind !== 7) return node;
    const attrs = node.attrs.toSorted(([x], [y]) => x < y ? -1 : 1);
    return node.kind === 7 ? { ...node, attrs } : { ...node, attrs, children: node.children.map(plain) };
  };
  return patches.flatMap((patch): unknown[] => {
    if (patch.op === Op.TemplateDef) {
      assertEquals(patch.id, 0);
      template = patch;
      return [];
    }
    return "nodes" in patch ? [{ ...patch, nodes: patch.nodes.map(plain) }] : [patch];
  });
}

const ops = (patches: { op: number }[]) => patches.map(({ op }) => op);
const many = (row: (i: number) => Child) => each(Array.from({ length: 1000 }, (_x, i) => i), (i) => i, row);

Deno.test("shareShapes() leaves few nodes and nodes that are in no template as they are", () => {
  for (
    const rows of [
      [1, 2, 3].map((i) => li({ key: i }, i)),
      many((i) => li(button(i), b(i))),
      many((i) => li(textarea(i), b(i))),
      many((i) => `text ${i}`),
      many((i) => i % 3 ? li(i) : p(i)),
    ]
  ) {
    const patches = appended(rows);
    assert(shareShapes(patches) === patches);
  }
});

Deno.test("shareShapes() sends what rows have in common once", () => {
  const patches = appended(
    many((i) => tr({ id: `r${i}`, class: "row" }, td(i), td(a({ onClick() {} }, "x")))),
  );
  const shared = sent(shareShapes(patches));
  const plain = sent(patches);
  assertEquals(ops(shared.patches), [Op.TemplateDef, Op.Append]);
  const [definition, append] = shared.patches;
  assert(definition.op === Op.TemplateDef && append.op === Op.Append);
  assertEquals(definition.holes.map(({ offset, name }) => [offset, name]), [[0, "id"], [2, ""], [
    4,
    "data-hid",
  ]]);
  assertEquals(append.nodes[7], { kind: 6, id: 0, values: ["r7", "7", "click:1"] });
  assertEquals(expanded(shared.patches), expanded(plain.patches));
  assert(shared.size < plain.size / 2, `${shared.size} of ${plain.size}`);
});

Deno.test("shareShapes() leaves what is of another shape among the others", () => {
  const patches = appended(many((i) => i % 100 === 99 ? h1(i) : li(b(i), b("x"), b("y"))));
  const shared = sent(shareShapes(patches));
  assertEquals(ops(shared.patches), [Op.TemplateDef, Op.Append]);
  assertEquals(expanded(shared.patches), expanded(sent(patches).patches));
});

const text = fc.constantFrom<Child>("", "x", "long <text>", 7, null, false);
const attrs = fc.record({
  id: fc.constantFrom("a", "b", ""),
  class: fc.constantFrom<never>(...["", "x", ["x", "y"], { x: true }] as never[]),
  style: fc.constantFrom<never>(...["", "color:red", { color: "red", "--x": 1 }] as never[]),
  href: fc.constantFrom("/x", "javascript:alert(1)"),
  hidden: fc.boolean(),
  "aria-hidden": fc.boolean(),
  onClick: fc.constantFrom<never>(undefined as never, (() => {}) as never),
}, { requiredKeys: [] });

Deno.test("shareShapes() changes no node of any rows", () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom("plain", "plain", "list", "deep", "odd"), attrs, text, text),
        { minLength: 1, maxLength: 12 },
      ),
      (rows) => {
        const patches = appended(
          rows.map(([kind, props, one, other], key) => {
            const link = a({ ...props }, one);
            if (kind === "odd") return button({ key, ...props } as never, one);
            if (kind === "list") return li({ key }, link, fragment([one, b(other)], null), other);
            return kind === "deep"
              ? div({ key }, [p(one), [link]], path({ d: "M0" }))
              : li({ key }, link, other);
          }),
        );
        const shared = sent(shareShapes(patches, 4));
        if (ops(shared.patches).includes(Op.TemplateDef)) found++;
        assertEquals(expanded(shared.patches), expanded(sent(patches).patches));
      },
    ),
    { numRuns: 500 },
  );
  assert(found > 100, `${found} had a shape`);
});
