/**
 * References: what they ask of the browser, and when they ask nothing.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { patchList } from "../../vdom/diff.ts";
import { createNode, listOf } from "../../vdom/node.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { createRef, type ElementRef } from "../../vdom/ref.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../support/plain_host.ts";

/** A tree of `<p>` and an input with the reference, number 2; what is asked of the browser. */
function mounted(ref: ElementRef) {
  const asked: Patch[] = [];
  const host = Object.assign(new PlainHost(), { instruct: (patch: Patch) => void asked.push(patch) });
  const tree = new Tree(host);
  const live = listOf([createNode("p", null, []), createNode("input", { ref }, [])]);
  tree.mountList(live, true);
  return { tree, live, asked };
}

Deno.test("focus(), blur(), scrollTo() and dispatch() are asked for the number of the element", () => {
  const ref = createRef();
  const { asked } = mounted(ref);
  ref.focus();
  ref.blur();
  ref.scrollTo(1.6, -3, { smooth: true });
  ref.dispatch("seen", { at: 1 });
  assertEquals(asked, [
    { op: Op.Focus, num: 2 },
    { op: Op.Blur, num: 2 },
    { op: Op.ScrollTo, num: 2, x: 2, y: -3, smooth: true },
    { op: Op.Dispatch, num: 2, name: "seen", detail: '{"at":1}' },
  ]);
});

Deno.test("a reference asks nothing before its element is there and after it is gone", () => {
  const ref = createRef();
  ref.focus();
  const { tree, live, asked } = mounted(ref);
  assertEquals(ref.mounted, true);
  patchList(tree, live, listOf([createNode("p", null, []), null]), -1, 2);
  ref.focus();
  assertEquals([ref.mounted, asked], [false, []]);
});

Deno.test("dispatch() refuses a detail that JSON cannot carry", () => {
  assertThrows(() => createRef().dispatch("seen", () => {}), TypeError, "Cannot dispatch seen");
});
