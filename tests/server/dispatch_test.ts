/**
 * What events tell of controls, noted in time that grows with the event alone.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { noteFields, noteValue } from "../../server/dispatch.ts";
import type { ElementState } from "../../vdom/element_state.ts";
import { form, input, option, select } from "../../vdom/elements.ts";
import { Tree } from "../../vdom/tree.ts";
import type { VNode } from "../../vdom/node.ts";
import { PlainHost } from "../support/plain_host.ts";

const MANY = 100_000;

function mounted(node: VNode): { tree: Tree; node: VNode } {
  const tree = new Tree(new PlainHost());
  tree.mountList([node], true);
  return { tree, node };
}

const liveOf = (node: VNode) => (node.aux as ElementState).live;

/** Milliseconds that a call takes. */
function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

Deno.test("noteFields() takes a hundred thousand fields of one name in less than a second", () => {
  const boxes = Array.from(
    { length: 1000 },
    (_, i) => input({ type: "checkbox", name: "a", value: String(i), checked: true }),
  );
  const { tree, node } = mounted(form(...boxes));
  const fields = Array.from({ length: MANY }, (_, i): [string, string] => ["a", String(i + 1)]);
  const took = timed(() => noteFields(tree, node, fields));
  assert(took < 1000, `took ${took} ms`);
  assertEquals([liveOf(boxes[0])?.get("checked"), liveOf(boxes[999])?.get("checked")], [null, ""]);
});

Deno.test("noteValue() takes a select's hundred thousand values in less than a second", () => {
  const options = Array.from({ length: 1000 }, (_, i) => option({ value: String(i), selected: true }, "x"));
  const { tree, node } = mounted(select({ multiple: true }, ...options));
  const values = Array.from({ length: MANY }, (_, i) => String(i + 1));
  const payload = { value: "1", values, checked: false, valueAsNumber: NaN };
  const took = timed(() => noteValue(tree, [node], node, payload));
  assert(took < 1000, `took ${took} ms`);
  assertEquals([liveOf(options[0])?.get("selected"), liveOf(options[999])?.get("selected")], [null, ""]);
});
