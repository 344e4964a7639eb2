import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { signal } from "@preact/signals-core";
import { createNode, listOf, type VNode } from "../../vdom/node.ts";
import { patchList } from "../../vdom/diff.ts";
import { Op } from "../../vdom/patch.ts";
import { Tree } from "../../vdom/tree.ts";
import { ModelDom } from "../support/model_dom.ts";
import { PlainHost } from "../support/plain_host.ts";

const h = (tag: string, props: Record<string, unknown> | null, ...slots: unknown[]) =>
  createNode(tag, props, slots);

const valueArb = fc.constantFrom("", "x", "y z", null);
/** What stands in a slot: a value, or one of two signals. */
const slotArb = fc.oneof(
  valueArb.map((value) => ({ value })),
  fc.constantFrom(0, 1).map((bound) => ({ bound })),
);
const stepArb = fc.oneof(
  fc.record({ slots: fc.tuple(slotArb, slotArb, slotArb, slotArb, slotArb) }),
  fc.record({ write: fc.constantFrom(0, 1), value: valueArb }),
  fc.constant({ renumber: true as const }),
);

Deno.test("bound and plain values take each other's place: the DOM is always that of a fresh rendering", () => {
  fc.assert(
    fc.property(fc.array(stepArb, { minLength: 2, maxLength: 8 }), (steps) => {
      const signals = [signal<string | null>("x"), signal<string | null>(null)];
      type Slot = { value: string | null } | { bound: number };
      const view = (slots: readonly Slot[]): VNode[] => {
        const [a, b, c, d, e] = slots.map((slot) => "bound" in slot ? signals[slot.bound] : slot.value);
        return listOf([
          h("p", { title: a, lang: b, style: { color: c } }, "text ", d),
          h("title", null, e),
        ]);
      };
      const host = new PlainHost();
      const tree = new Tree(host);
      let slots: readonly Slot[] = [0, 1, 0, 1, 0].map((bound) => ({ bound }));
      let live = view(slots);
      tree.mountList(live, true);
      let dom = new ModelDom(live);
      for (const step of steps) {
        if ("slots" in step) {
          slots = step.slots;
          const next = view(slots);
          patchList(tree, live, next, -1, 2);
          live = next;
        } else if ("write" in step) {
          signals[step.write].value = step.value;
          host.flush();
        } else {
          tree.renumber(live);
          dom = new ModelDom(live);
        }
        dom.apply(tree.takePatches());
        const fresh = view(slots);
        new Tree(new PlainHost()).mountList(fresh, true);
        assertEquals(dom.shape(), new ModelDom(fresh).shape());
      }
      tree.unmountList(live);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a live value that the server let go is set again when it comes back", () => {
  const tree = new Tree(new PlainHost());
  let live = listOf(h("input", { value: "a" }));
  tree.mountList(live, true);
  const go = (value: string | null) => {
    const next = listOf(h("input", { value }));
    patchList(tree, live, next, -1, 1);
    live = next;
    return tree.takePatches();
  };
  assertEquals(go(null), []);
  // Meanwhile the user may have typed anything.
  assertEquals(go("a"), [{ op: Op.SetValue, num: 1, value: "a" }]);
});
