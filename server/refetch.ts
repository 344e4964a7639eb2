/**
 * The answer to a refetch: the content of one element again, for a client whose DOM differs there.
 *
 * It can be given as long as the nodes below the element have the numbers that document order gave them, one after the other;
 * after edits inside it the whole tree is sent instead.
 *
 * @module
 */
import { Kind, ownsContent, type VNode } from "../vdom/node.ts";
import { plainView } from "../vdom/template_live.ts";
import type { Tree } from "../vdom/tree.ts";
import { Op, type Patch } from "../vdom/patch.ts";

/**
 * The patches that send the content of the element `num` again: the templates in it that the client does not know, the
 * content, and the live values of its controls, or of the select that it is, which markup does not carry. Null when there is
 * no such element, or when its numbers have gaps.
 */
export function subtreePatches(tree: Tree, root: readonly VNode[], num: number): Patch[] | null {
  const node = findElement(root, num);
  if (node === null || !ownsContent(node.type as string, node.children !== null)) return null;
  const nodes = node.children ?? [];
  if (follows(nodes, num + 1) < 0) return null;
  return [...tree.untold(nodes), { op: Op.Subtree, num, first: num + 1, nodes }, ...tree.livePatches([node])];
}

/** The element of a number, those that are constant in templates too. */
function findElement(items: readonly VNode[], num: number): VNode | null {
  for (const listed of items) {
    const item = listed.kind === Kind.Template ? plainView(listed) : listed;
    if (item.kind === Kind.Element && item.num === num) return item;
    const found = item.nested === null ? null : findElement(item.nested, num);
    if (found !== null) return found;
  }
  return null;
}

/** The number after these items when theirs go on from `next` without a gap; else -1. */
function follows(items: readonly VNode[], next: number): number {
  for (const listed of items) {
    const item = listed.kind === Kind.Template ? plainView(listed) : listed;
    if (item.kind === Kind.Text && item.lead !== 0 && item.lead !== next++) return -1;
    if (item.kind === Kind.Text || item.kind === Kind.Element || item.kind === Kind.Raw) {
      if (item.num !== next++) return -1;
    }
    if (item.kind === Kind.Element && typeof item.content === "string") {
      next++;
      continue;
    }
    const children = item.children;
    if (children === null || (item.kind === Kind.Element && !ownsContent(item.type as string, true))) {
      continue;
    }
    next = follows(children, next);
    if (next < 0) return -1;
  }
  return next;
}
