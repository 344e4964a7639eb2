/**
 * Insertions that wait for the end of their frame. They name live nodes, whose bytes are made when the frame is complete; what changes
 * before then would be told twice, by the insertion and by its own patch.
 *
 *     insert p "a", then p's text + "b"      the client: p "ab", then p "abb"
 *
 * So an insertion gets a copy of its nodes before one of them changes. Hardly any frame needs that: an effect or a boundary of what
 * was just inserted makes it so.
 *
 * @module
 */
import { copyAround, type VNode } from "./vnode.ts";
import { Op, type Patch } from "./patch.ts";

/** Gives the insertions among patches, from one on, copies of their nodes. */
export function copyInserted(patches: Patch[], from: number): void {
  for (let i = from; i < patches.length; i++) {
    const patch = patches[i];
    switch (patch.op) {
      case Op.Insert:
      case Op.InsertAfter:
      case Op.Append:
      case Op.Replace:
        patches[i] = { ...patch, nodes: patch.nodes.map(copyOf) };
    }
  }
}

/** A live node as it is now, components with what they show; for who writes it. Props and slots never change. */
function copyOf(node: VNode): VNode {
  const copy = copyAround(node, node.children?.map(copyOf) ?? null);
  copy.slot = node.slot;
  copy.slots = node.slots;
  copy.num = node.num;
  return copy;
}
