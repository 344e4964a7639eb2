/**
 * Numbers of items in a live tree (decision D3): giving them anew, and finding those at which a list begins and ends.
 *
 * @module
 */
import { eventSpec } from "./attrs.ts";
import { isBorder, Kind, OPAQUE, TEXT_ONLY, type VNode } from "./node.ts";
import { renumberTemplate } from "./template_live.ts";
import type { Tree } from "./tree.ts";

/** Numbers the live items of a list anew, and what is below them. `border`: the list is not an element's own. */
export function renumberList(tree: Tree, items: readonly VNode[], border: boolean): void {
  let separate = border;
  for (const item of items) {
    if (item.kind === Kind.Text) {
      item.lead = separate ? tree.next++ : 0;
      item.num = tree.next++;
      separate = false;
      continue;
    }
    if (item.kind === Kind.Element) {
      renumberElement(tree, item);
    } else if (item.kind === Kind.Raw) {
      item.num = tree.next++;
    } else if (item.kind === Kind.Template) {
      renumberTemplate(tree, item, {
        element: (element) => renumberElement(tree, element),
        list: (list) => renumberList(tree, list, false),
      });
    } else {
      renumberList(tree, item.children ?? [], true);
    }
    separate = isBorder(item);
  }
}

function renumberElement(tree: Tree, item: VNode): void {
  const tag = item.type as string;
  item.num = tree.next++;
  if (item.props !== null && eventSpec(item) !== "") tree.interactive.set(item);
  if (typeof item.content === "string") tree.next++;
  else if (TEXT_ONLY.has(tag)) { for (const run of item.children ?? []) run.num = item.num; }
  else if (item.children !== null && !OPAQUE.has(tag)) renumberList(tree, item.children, false);
}

/** The first number that an item has in the DOM. */
export function firstNum(node: VNode): number {
  while (isBorder(node) && node.kind !== Kind.Raw) node = node.children![0];
  return node.kind === Kind.Text && node.lead !== 0 ? node.lead : node.num;
}

/** The last number that an item has at its top level in the DOM. */
export function lastNum(node: VNode): number {
  while (isBorder(node) && node.kind !== Kind.Raw) node = node.children![node.children!.length - 1];
  return node.num;
}

/** Adds the numbers that an item has at its top level in the DOM, in order. */
export function rootNums(node: VNode, into: number[]): void {
  if (isBorder(node) && node.kind !== Kind.Raw) {
    for (const item of node.children!) rootNums(item, into);
  } else {
    if (node.kind === Kind.Text && node.lead !== 0) into.push(node.lead);
    into.push(node.num);
  }
}
