/**
 * Whether a page in use is what it would be if it were rendered now, and both of its ends count alike.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { renderDocument } from "../../render/mod.ts";
import { Runtime } from "../../runtime/runtime.ts";
import { checkNesting } from "../../vdom/nesting.ts";
import type { VNode } from "../../vdom/node.ts";
import { readBack } from "../render/_trees.ts";
import { controlsOfDom, essence, firstOf, numbersOfDom, type Shape, shapesOfDom } from "./dom_shape.ts";
import { controlsOfTree, numbersOfTree } from "./live_tree.ts";
import type { OpenPage } from "./loopback.ts";

/** Mounts a page anew, in a process of its own so to speak. */
function fresh(node: VNode): string {
  const runtime = new Runtime({
    requestFlush() {},
    onError: (error) => {
      throw error;
    },
  });
  runtime.mount(node);
  runtime.renumber();
  assertEquals(checkNesting(runtime.root), [], "the page passes the nesting check");
  const html = renderDocument({ body: runtime.root, clientSrc: "/client.js" });
  runtime.dispose();
  return html;
}

/** The live tree of a document. */
export function treeOf(document: Document): Shape[] {
  const end = document.getElementById("vango")!;
  return essence(shapesOfDom(firstOf(end), end));
}

/** Both ends agree with each other and with a fresh rendering; `make` gives the page as a new node. */
export function assertAgree(page: OpenPage, make: () => VNode): void {
  assertEquals(
    treeOf(page.document),
    essence(readBack(fresh(make()), true)),
    "the DOM is a fresh rendering",
  );
  assertEquals(
    numbersOfDom(page.document),
    numbersOfTree(page.session.runtime.root),
    "both ends count alike",
  );
  assertEquals(
    controlsOfDom(page.document),
    controlsOfTree(page.session.runtime.root),
    "controls show what is wanted",
  );
}
