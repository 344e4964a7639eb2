/**
 * Makes the live tree what the server says it is, with as many of its nodes as can be: focus, selection, scroll, media and
 * what the user typed stay with them.
 *
 * The new tree is built beside the old one, with its numbers. Then the lists are compared: an element is found again by its id, or
 * else as the next one of its tag; it takes the number and the attributes of its counterpart, and its list is compared in turn.
 *
 * @module
 */
import { changeControl, setValue } from "./input.ts";
import { forget, isOpaque, range } from "./nodes.ts";
import { put } from "./patches.ts";
import type { Client, Live } from "./state.ts";

/** Whether a node stands in the tree for the server; others, of scripts of the page, are left alone. */
export type IsOurs = (node: Live) => boolean;

/** What an old and a new node must share. Text and empty comments may take each other's place. */
function likeness(node: Node): string {
  if (node.nodeType === 1) return `${(node as Element).id}#${node.nodeName}`;
  return (node as Comment).data === "r" && node.nodeType === 8 ? "r" : "t";
}

/** Makes the nodes from `first` up to `end` in `parent` what `fresh` are. */
export function morphList(c: Client, parent: Node, first: Node | null, end: Node | null, fresh: Node[], ours: IsOurs): void {
  const free = new Map<string, Live[]>();
  for (let node = first; node && node !== end; node = range(node).pop()!.nextSibling) {
    if (!ours(node)) continue;
    const key = likeness(node);
    const list = free.get(key);
    if (list) list.push(node);
    else free.set(key, [node]);
  }
  // The end of raw markup goes with its beginning.
  const wanted: [Node, Live | undefined][] = [];
  for (let i = 0; i < fresh.length; i += range(fresh[i]).length) {
    wanted.push([fresh[i], free.get(likeness(fresh[i]))?.shift()]);
  }
  for (const list of free.values()) { for (const node of list) drop(c, node); }
  let at = first?.parentNode === parent ? first : parent.firstChild;
  while (at && at !== end && !ours(at as Live)) at = at.nextSibling;
  for (const [node, old] of wanted) {
    const kept = old && take(c, old, node, ours) ? old : node;
    if (kept !== old && old) {
      if (at === old) at = range(old).pop()!.nextSibling;
      drop(c, old);
    }
    if (kept === at) at = range(kept).pop()!.nextSibling;
    else { for (const part of range(kept)) put(c, part, parent, at); }
    while (at && at !== end && !ours(at as Live)) at = at.nextSibling;
  }
}

function drop(c: Client, node: Node): void {
  for (const part of range(node)) {
    forget(c, part);
    part.remove();
  }
}
