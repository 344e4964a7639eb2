/**
 * How Vango shows a list and makes it into another: as the view of a component.
 *
 * @module
 */
import { patchList } from "../../vdom/diff.ts";
import { type Child, listOf, type VNode } from "../../vdom/node.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { Tree } from "../../vdom/tree.ts";
import { BareHost } from "../bare_host.ts";
import { type Differ, type Item, prepareDiffer } from "./cases.ts";

interface Shown {
  tree: Tree;
  items: VNode[];
}

/** How many operations a patch is: of an insertion one for each node, of a definition none. */
function operationsOf(patch: Patch): number {
  switch (patch.op) {
    case Op.Insert:
    case Op.InsertAfter:
    case Op.Append:
    case Op.Replace:
      return patch.nodes.length;
    case Op.TemplateDef:
      return 0;
  }
  return 1;
}

/** Prepares a view of the list. */
export function prepareView(view: (items: readonly Item[]) => Child) {
  let operations = 0;
  // Counted where it is asked for: a look at each patch is no work of the differ.
  let newest: readonly Patch[] = [];
  const differ: Differ<Shown> = {
    mount(items) {
      const tree = new Tree(new BareHost());
      const shown = listOf(view(items));
      tree.mountList(shown, true);
      return { tree, items: shown };
    },
    patch(shown, items) {
      const next = listOf(view(items));
      patchList(shown.tree, shown.items, next, -1, 1);
      shown.items = next;
      newest = shown.tree.takePatches();
    },
    operations() {
      for (const patch of newest) operations += operationsOf(patch);
      newest = [];
      return operations;
    },
  };
  return prepareDiffer(differ);
}
