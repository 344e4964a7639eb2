/**
 * The differ: what one list of items must become, as patches. In the same walk it numbers what is new, registers
 * handlers and ends what is gone.
 *
 * Items are matched by key; without keys slot by slot when both lists come from one call site (they have as many slots),
 * else by position between the equal ends. Then, from the end of the list to its start, each item that is new is
 * inserted before its successor, and each that is not part of the longest increasing subsequence is moved there: the
 * least possible moves.
 *
 *     [a b c d] -> [d a b c]   one move: d before a
 *
 * @module
 */
import { coded } from "./coded.ts";
import { contentOf, nameOf } from "./attrs.ts";
import { type Binding, TextBinding } from "./binding.ts";
import { domText, isBorder, isOrdinary, Kind, OPAQUE, TEXT_ONLY, VNode } from "./node.ts";
import { NO_PATCHES, Op } from "./patch.ts";
import { equalProps, patchProps } from "./props.ts";
import { checkKeys, longestIncreasing, type Match, matchItems, NEW, same } from "./match.ts";
import { firstNum, lastNum, rootNums } from "./numbers.ts";
import type { Tree } from "./tree.ts";
import type { Template } from "./template.ts";
import { patchTemplate } from "./template_diff.ts";
import { becomePlain, livePlain, widenLive } from "./template_live.ts";
import { givenTextPatch, textPatch } from "./text.ts";

/**
 * Makes the live items `old` into `next`: pushes the patches, mounts what is new, unmounts what is gone.
 *
 * @param parent The number of the element whose list it is, or -1 when it is a component's, array's or fragment's.
 * @param slots How many slots both lists have, so that slots can be compared one by one; -1 when they have not as many.
 * @throws {TypeError} When two items have the same key, in development.
 */
export function patchList(
  tree: Tree,
  old: readonly VNode[],
  next: readonly VNode[],
  parent: number,
  slots: number,
): void {
  const { dev } = tree.host;
  if (dev) checkKeys(next);
  // Most lists go on as they are. Where lists are compared by slots, items that came from one slot are each other's.
  const shared = Math.min(old.length, next.length);
  let start = 0;
  while (start < shared) {
    const was = old[start];
    const is = next[start];
    if (slots >= 0 && is.key === null && was.slot !== is.slot || !same(was, is)) break;
    // What nearly all items are is asked here: a call less for each of them.
    if (was.kind === Kind.Element && is.kind === Kind.Element) patchElement(tree, was, is);
    else if (was.kind === Kind.Template && was.type === is.type) patchTemplate(tree, was, is);
    else patchNode(tree, was, is);
    start++;
  }
  if (start === old.length && start === next.length) return;
  const match = matchItems(old, next, slots, start);
  const { from } = match;
  for (let i = start; i < next.length; i++) {
    const at = from[i];
    if (at === NEW) continue;
    const was = old[at];
    const is = next[i];
    if (was.kind === Kind.Element && is.kind === Kind.Element) patchElement(tree, was, is);
    else if (was.kind === Kind.Template && was.type === is.type) patchTemplate(tree, was, is);
    else patchNode(tree, was, is);
  }
  placeItems(tree, old, next, match, parent);
}

/** Puts matched items, whose pairs are patched, where they belong: mounts what is new, moves, unmounts what is gone. */
export function placeItems(
  tree: Tree,
  old: readonly VNode[],
  next: readonly VNode[],
  { start: kept, from, replaced, gone }: Match,
  parent: number,
): void {
  let moved = false;
  let last = -1;
  for (let i = kept; i < next.length; i++) {
    const at = from[i];
    if (at === NEW) continue;
    if (at < last) moved = true;
    else last = at;
  }
  const stay = moved ? longestIncreasing(from, kept) : null;
  const border = parent === -1;
  // The end of a border list, which is never empty, is known by what stands there now, which may be patched already.
  const end = border ? lastNum(current(old, next, from, kept)) : 0;
  let s = stay === null ? -1 : stay.length - 1;
  for (let i = next.length - 1; i >= kept; i--) {
    const item = next[i];
    if (from[i] !== NEW) {
      if (stay !== null) {
        if (s >= 0 && stay[s] === i) s--;
        else move(tree, item, next[i + 1], parent, end);
      }
      continue;
    }
    const instead = replaced === null ? NEW : replaced[i];
    if (instead !== NEW) {
      replace(tree, old[instead], item, needsLead(next, i, border));
      continue;
    }
    let start = i;
    while (start > kept && from[start - 1] === NEW && (replaced === null || replaced[start - 1] === NEW)) {
      start--;
    }
    insert(tree, next, start, i + 1, parent, end, border);
    i = start;
  }
  if (gone !== null) { for (const item of gone) remove(tree, item); }
  if (needsLeads(next, kept)) settleLeads(tree, next, from, kept, border);
}

/** The live node that stands at the end of the old list now. */
function current(
  old: readonly VNode[],
  next: readonly VNode[],
  from: readonly number[],
  kept: number,
): VNode {
  if (old.length === kept) return next[kept - 1];
  const at = from.lastIndexOf(old.length - 1);
  return at === -1 ? old[old.length - 1] : next[at];
}

/** Whether a run at `i` has a separator before it. */
function needsLead(items: readonly VNode[], i: number, border: boolean): boolean {
  return items[i].kind === Kind.Text && (i === 0 ? border : isBorder(items[i - 1]));
}

function needsLeads(items: readonly VNode[], kept: number): boolean {
  for (let i = kept; i < items.length; i++) if (items[i].kind === Kind.Text) return true;
  return false;
}

/** Gives runs that were kept their separator, or takes it, when what stands before them changed. */
function settleLeads(
  tree: Tree,
  items: readonly VNode[],
  from: readonly number[],
  kept: number,
  border: boolean,
): void {
  for (let i = kept; i < items.length; i++) {
    const run = items[i];
    if (run.kind !== Kind.Text || from[i] === NEW) continue;
    const needs = needsLead(items, i, border);
    if (needs && run.lead === 0) {
      const comment = new VNode(Kind.Text, null, null, null, "", null);
      comment.num = run.lead = tree.next++;
      tree.patches.push({ op: Op.Insert, num: run.num, nodes: [comment] });
    } else if (!needs && run.lead !== 0) {
      tree.patches.push({ op: Op.Remove, num: run.lead });
      run.lead = 0;
    }
  }
}

function insert(
  tree: Tree,
  items: readonly VNode[],
  start: number,
  end: number,
  parent: number,
  tail: number,
  border: boolean,
): void {
  const nodes = items.slice(start, end);
  for (let i = start; i < end; i++) {
    if (items[i].kind === Kind.Text) tree.mountRun(items[i], needsLead(items, i, border));
    else tree.mountNode(items[i]);
  }
  pushDefinitions(tree);
  if (end < items.length) tree.patches.push({ op: Op.Insert, num: firstNum(items[end]), nodes });
  else if (border) tree.patches.push({ op: Op.InsertAfter, num: tail, nodes });
  else tree.patches.push({ op: Op.Append, num: parent, nodes });
  pushAfter(tree);
}

/** Templates go ahead of their first instance. */
function pushDefinitions(tree: Tree): void {
  const definitions = tree.takeDefinitions();
  if (definitions.length > 0) tree.patches.push(...definitions);
}

function pushAfter(tree: Tree): void {
  if (tree.after.length === 0) return;
  tree.patches.push(...tree.after);
  tree.after = NO_PATCHES;
}

function move(tree: Tree, item: VNode, successor: VNode | undefined, parent: number, tail: number): void {
  if (successor !== undefined && (item.kind === Kind.Element || item.kind === Kind.Template)) {
    // One node before another, as nearly all moves are.
    const before = successor.kind === item.kind ? successor.num : firstNum(successor);
    tree.patches.push({ op: Op.Move, num: item.num, before });
    return;
  }
  const nums: number[] = [];
  rootNums(item, nums);
  if (successor !== undefined) {
    const before = firstNum(successor);
    for (const num of nums) tree.patches.push({ op: Op.Move, num, before });
  } else if (parent !== -1) {
    for (const num of nums) tree.patches.push({ op: Op.MoveEnd, num, parent });
  } else {
    let after = tail;
    for (const num of nums) {
      tree.patches.push({ op: Op.MoveAfter, num, after });
      after = num;
    }
  }
}

function remove(tree: Tree, item: VNode): void {
  const nums: number[] = [];
  rootNums(item, nums);
  tree.unmountNode(item);
  for (const num of nums) tree.patches.push({ op: Op.Remove, num });
}

/** Puts a new item where an old one is: one patch when the old one is one DOM node. */
function replace(tree: Tree, old: VNode, next: VNode, separate: boolean): void {
  const nums: number[] = [];
  rootNums(old, nums);
  tree.unmountNode(old);
  for (let i = 1; i < nums.length; i++) tree.patches.push({ op: Op.Remove, num: nums[i] });
  if (next.kind === Kind.Text) tree.mountRun(next, separate);
  else tree.mountNode(next);
  pushDefinitions(tree);
  tree.patches.push({ op: Op.Replace, num: nums[0], nodes: [next] });
  pushAfter(tree);
}

/** Makes a live node into another description of it: same kind, type and key. */
export function patchNode(tree: Tree, old: VNode, next: VNode): void {
  if (next.kind === Kind.Element && old.kind === Kind.Element) return patchElement(tree, old, next);
  if (old.kind === Kind.Template || next.kind === Kind.Template) {
    if (old.type === next.type) return patchTemplate(tree, old, next);
    if (old.kind === next.kind && isNewer(next.type as Template, old.type as Template)) {
      tree.keepInserted(old.num);
      widenLive(old, next.type as Template);
    }
    if (old.type === next.type) return patchTemplate(tree, old, next);
    // Of two forms of one element each can continue the other, as plain elements.
    if (old.kind === Kind.Template) old = livePlain(old);
    if (next.kind === Kind.Template) becomePlain(next);
  }
  switch (next.kind) {
    case Kind.Text:
      return patchRun(tree, old, next, false);
    case Kind.Raw:
      next.num = old.num;
      return;
  }
  if (next.kind === Kind.Element) return patchElement(tree, old, next);
  tree.path.push(next);
  switch (next.kind) {
    case Kind.Fragment:
      if (tree.host.dev) warnOfLength(tree, old.slots, old.children!, next.slots, next.children!);
      patchList(tree, old.children!, next.children!, -1, commonSlots(old, next));
      break;
    case Kind.Component:
      next.aux = old.aux;
      next.children = old.children;
      tree.host.updateComponent(old, next);
      break;
    default:
      throw coded("E039", new TypeError(`Cannot patch ${nameOf(next)}`));
  }
  tree.path.pop();
}

/** Tells of a list without keys whose length changed: its items are not told apart. */
export function warnOfLength(
  tree: Tree,
  before: number,
  old: readonly VNode[],
  after: number,
  next: readonly VNode[],
): void {
  if (before !== after && isUnkeyed(old) && isUnkeyed(next)) tree.host.listChanged?.(before, after);
}

/** Whether a list has items that may hold state, and none of its items has a key. */
export function isUnkeyed(items: readonly VNode[]): boolean {
  let holds = false;
  for (const item of items) {
    if (item.key !== null) return false;
    if (item.kind !== Kind.Text && item.kind !== Kind.Raw) holds = true;
  }
  return holds;
}

/** Whether a template is the newest one of the same place as another. */
function isNewer(template: Template, old: Template): boolean {
  return template !== old && template.place === old.place && old.place.newest(old) === template;
}

function patchRun(tree: Tree, old: VNode, next: VNode, whole: boolean): void {
  next.num = old.num;
  next.lead = old.lead;
  const binding = old.aux as Binding | null;
  if (next.parts !== null && binding === null) next.aux = new TextBinding(tree, next, whole);
  if (old.text !== next.text) {
    tree.patches.push(
      whole ? { op: Op.SetText, num: next.num, text: next.text } : textPatch(next.num, old.text, next.text),
    );
  }
  if (binding === null) return;
  if (next.parts === null) return binding.dispose();
  next.aux = binding;
  binding.rebind(next);
}

function patchElement(tree: Tree, old: VNode, next: VNode): void {
  const tag = next.type as string;
  next.num = old.num;
  // The usual case of an element among many: nothing is known of it but its props, and they are the same.
  if (old.aux !== null || !equalProps(old.props, next.props)) patchProps(tree, old, next);
  const held = old.content;
  const holds = next.content;
  if (typeof held === "string" && typeof holds === "string") {
    if (held !== holds) patchGiven(tree, next.num + 1, held, holds);
    return;
  }
  const ordinary = isOrdinary(tag);
  if (!ordinary && TEXT_ONLY.has(tag)) return patchContent(tree, old, next);
  const a = old.children;
  const b = next.children;
  if (a === null && b === null) return;
  if (!ordinary && OPAQUE.has(tag)) return;
  if (a !== null && b !== null && a.length === 1 && b.length === 1) {
    const was = a[0];
    const is = b[0];
    // The most common list of all, one run of text.
    if (was.kind === Kind.Text && is.kind === Kind.Text) {
      if (was.parts === null && is.parts === null && was.lead === 0) {
        is.num = was.num;
        if (was.text !== is.text) tree.patches.push(textPatch(is.num, was.text, is.text));
      } else patchRun(tree, was, is, false);
      return;
    }
  }
  tree.path.push(next);
  if (tree.host.dev) warnOfLength(tree, old.slots, a ?? [], next.slots, b ?? []);
  patchList(tree, a ?? [], b ?? [], next.num, commonSlots(old, next));
  tree.path.pop();
}

/** Makes the text node `num` say another text; both as they were given. */
export function patchGiven(tree: Tree, num: number, old: string, next: string): void {
  const patch = givenTextPatch(num, old, next);
  if (patch !== null) {
    tree.patches.push(patch);
    return;
  }
  const was = domText(old);
  const is = domText(next);
  if (was !== is) tree.patches.push(textPatch(num, was, is));
}

function patchContent(tree: Tree, old: VNode, next: VNode): void {
  // A textarea with a value prop has a live value; its content is only what the value was at first.
  const valued = next.type === "textarea" && next.props?.value !== undefined && next.props.value !== null;
  const was = old.children?.[0];
  const is = next.children?.[0];
  if (was !== undefined && is !== undefined && was.kind === Kind.Text && is.kind === Kind.Text && !valued) {
    contentOf(next);
    patchRun(tree, was, is, true);
    return;
  }
  (was?.aux as Binding | null | undefined)?.dispose();
  const before = was?.text ?? "";
  tree.mountContent(next);
  const text = valued ? before : contentOf(next);
  if (text !== before) tree.patches.push({ op: Op.SetText, num: next.num, text });
}

/** How many slots two nodes' lists have, or -1 when they have not as many. */
function commonSlots(old: VNode, next: VNode): number {
  return old.slots === next.slots ? next.slots : -1;
}
