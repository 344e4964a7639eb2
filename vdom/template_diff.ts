/**
 * The diff of two instances of one template: slot by slot, in document order, in the same steps that the plain elements would
 * take, so that what is inserted gets the same numbers.
 *
 * A region that is a list by itself is compared as any list. Another list with regions is matched as a whole, with stand-ins for its
 * constant items, unless each region's items go on one by one. Where a constant item would continue something else than itself (it can, in a list with keys), both instances
 * become plain elements.
 *
 * @module
 */
import { patchGiven, patchList, patchNode, placeItems, warnOfLength } from "./diff.ts";
import { isEventProp } from "./attrs.ts";
import { checkKeys, type Match, matchItems, NEW, same } from "./match.ts";
import { Kind, textOf, VNode } from "./node.ts";
import { patchAttribute, patchProps, recordOf } from "./props.ts";
import type { Template } from "./template.ts";
import { dynamicProps, textOfPlan } from "./template_slots.ts";
import { becomePlain, liveOf, livePlain, numberAt, slotsIn } from "./template_live.ts";
import { Do, type ElementPlan, type RegionPlan, type Step, type TemplatePlan } from "./template_plan.ts";
import { textPatch } from "./text.ts";
import type { Tree } from "./tree.ts";
import { SmallInstance } from "./vnode.ts";

/** How the list of an element goes on. */
interface OwnerMatch {
  /** The live items, stand-ins of constant ones included. */
  old: readonly VNode[];
  /** The new items likewise. */
  next: readonly VNode[];
  /** Where the items of each region begin in `next`, by the region. */
  starts: Map<number, number>;
  /** Which of them continues which. */
  match: Match;
}

/** Makes a live instance into another one of the same template. */
export function patchTemplate(tree: Tree, old: VNode, next: VNode): void {
  const { plan } = next.type as Template;
  const { owners } = plan;
  next.num = old.num;
  next.slots = old.slots;
  if (owners.length === 0) {
    next.aux = old.aux;
    return patchSlots(tree, plan, old, next);
  }
  // What a region took is part of the number of what is behind it.
  for (let i = 0; i < plan.regions.length; i++) next.children![i].lead = old.children![i].lead;
  const matches = matchOwners(tree, old, next, owners);
  if (matches === null) {
    becomePlain(next);
    return patchNode(tree, livePlain(old), next);
  }
  next.aux = old.aux;
  tree.path.push(next);
  for (const step of plan.steps) {
    if (step.op === Do.Region) {
      patchRegion(tree, plan.regions[step.index], owners[step.owner], old, next, matches[step.owner]);
    } else if (step.op === Do.End) {
      const at = matches[step.owner];
      const { offset, region } = owners[step.owner];
      if (at !== null) placeItems(tree, at.old, at.next, at.match, numberAt(next, offset, region));
    } else patchStep(tree, step, old, next);
  }
  tree.path.pop();
}

/**
 * Compares the slots of instances without regions. They are in document order, as the steps are. Small ones, as rows are, have no
 * other slot than these four: what there is not is undefined in both.
 */
function patchSlots(tree: Tree, { bySlot }: TemplatePlan, old: VNode, next: VNode): void {
  let last: Step | null = null;
  if (next instanceof SmallInstance && old instanceof SmallInstance) {
    if (old.props !== next.props) last = patchSlot(tree, bySlot[0], last, old, next);
    if (old.b !== next.b) last = patchSlot(tree, bySlot[1], last, old, next);
    if (old.c !== next.c) last = patchSlot(tree, bySlot[2], last, old, next);
    if (old.d !== next.d) patchSlot(tree, bySlot[3], last, old, next);
    return;
  }
  for (let i = 0; i < bySlot.length; i++) {
    if (old.valueAt(i) !== next.valueAt(i)) last = patchSlot(tree, bySlot[i], last, old, next);
  }
}

/** Takes the step of a slot, which may be that of the one before. */
function patchSlot(tree: Tree, step: Step | null, last: Step | null, old: VNode, next: VNode): Step | null {
  if (step !== last && step !== null) patchStep(tree, step, old, next);
  return step;
}

function patchStep(tree: Tree, step: Step, old: VNode, next: VNode): void {
  const { op, slot } = step;
  if (op === Do.Live) return patchLive(tree, liveOf(next), step, old, next);
  if (slot < 0) return patchTexts(tree, step, old, next);
  const was = old.valueAt(slot);
  const is = next.valueAt(slot);
  if (was === is) return;
  const num = numberAt(next, step.offset, step.region);
  if (op === Do.Text) patchText(tree, num, step, was, is);
  else patchHole(tree, num, step, was, is);
}

function patchHole(tree: Tree, num: number, step: Step, was: unknown, is: unknown): void {
  const { tag } = step.element!;
  // Neither is a style map or a live value: of these an element keeps what the browser has, in a node of its own.
  const before = recordOf(tag, step.name, was) as string | null;
  patchAttribute(tree, num, step.name, before, recordOf(tag, step.name, is) as string | null);
}

function patchText(tree: Tree, num: number, step: Step, was: unknown, is: unknown): void {
  const { statics } = step.text!;
  if (statics[0] === "" && statics[1] === "" && typeof was === "string" && typeof is === "string") {
    // The usual case: what stands in an element is one text.
    return patchGiven(tree, num, was, is);
  }
  const before = textOf(was);
  const after = textOf(is);
  if (before === after) return;
  tree.patches.push(textPatch(num, statics[0] + before + statics[1], statics[0] + after + statics[1]));
}

/** A text of several slots. */
function patchTexts(tree: Tree, step: Step, old: VNode, next: VNode): void {
  const { holes } = step.text!;
  let i = 0;
  while (i < holes.length && old.valueAt(holes[i]) === next.valueAt(holes[i])) i++;
  if (i === holes.length) return;
  const before = textOfPlan(step.text!, old);
  const after = textOfPlan(step.text!, next);
  if (before !== after) {
    tree.patches.push(textPatch(numberAt(next, step.offset, step.region), before, after));
  }
}

/** A live element keeps its node while its attributes stay, and only its handlers are new functions. */
function patchLive(tree: Tree, live: VNode[], step: Step, old: VNode, next: VNode): void {
  const plan = step.element!;
  const node = live[step.index];
  let changed = false;
  for (const [slot, name] of plan.dynamic) {
    const value = next.valueAt(slot);
    const before = old.valueAt(slot);
    if (value === before) continue;
    if (
      typeof value === "function" && typeof before === "function" && isEventProp(name) &&
      (value.length === 0) === (before.length === 0)
    ) node.props![name] = value;
    else changed = true;
  }
  if (!changed) return;
  const made = new VNode(Kind.Element, plan.tag, dynamicProps(plan, next), null, "", null);
  made.slot = node.slot;
  made.num = node.num;
  live[step.index] = made;
  patchProps(tree, node, made);
}

function patchRegion(
  tree: Tree,
  { index, path, whole }: RegionPlan,
  owner: ElementPlan,
  old: VNode,
  next: VNode,
  at: OwnerMatch | null,
): void {
  if (path !== "") tree.path.push(path);
  const items = next.children![index].children!;
  const before = old.children![index].children!;
  if (whole) {
    const was = slotsIn(old, owner);
    const is = slotsIn(next, owner);
    if (tree.host.dev) warnOfLength(tree, was, before, is, items);
    patchList(tree, before, items, numberAt(next, owner.offset, owner.region), was === is ? is : -1);
  } else if (at === null) {
    for (let i = 0; i < items.length; i++) patchNode(tree, before[i], items[i]);
  } else {
    const start = at.starts.get(index)!;
    for (let i = 0; i < items.length; i++) {
      const from = at.match.from[start + i];
      if (from !== NEW) patchNode(tree, at.old[from], items[i]);
    }
  }
  if (path !== "") tree.path.pop();
}

/** Matches the lists with regions; for each null when its items go on one by one. Null when only plain elements can go on. */
function matchOwners(
  tree: Tree,
  old: VNode,
  next: VNode,
  owners: readonly ElementPlan[],
): (OwnerMatch | null)[] | null {
  const matches: (OwnerMatch | null)[] = new Array(owners.length);
  for (let i = 0; i < owners.length; i++) {
    const owner = owners[i];
    const [first] = owner.content;
    if (
      first.what === "region" && first.whole ||
      owner.content.every((item) => item.what !== "region" || goesOn(old, next, item.index))
    ) {
      matches[i] = null;
      continue;
    }
    const a = wholeList(old, owner);
    const b = wholeList(next, owner);
    const was = slotsIn(old, owner);
    const is = slotsIn(next, owner);
    if (tree.host.dev) {
      checkKeys(b.items);
      warnOfLength(tree, was, a.items, is, b.items);
    }
    const match = matchItems(a.items, b.items, was === is ? is : -1, 0);
    if (b.constant.some((at, k) => match.from[at] !== a.constant[k])) return null;
    matches[i] = { old: a.items, next: b.items, starts: b.starts, match };
  }
  return matches;
}

/** Whether each item of a region continues the one that stands in its place. */
function goesOn(old: VNode, next: VNode, region: number): boolean {
  const a = old.children![region].children!;
  const b = next.children![region].children!;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i].slot !== b[i].slot || !same(a[i], b[i])) return false;
  }
  return true;
}

/** All items of a list with regions. `constant`: where the stand-ins are. */
function wholeList(
  node: VNode,
  owner: ElementPlan,
): { items: VNode[]; constant: number[]; starts: Map<number, number> } {
  const items: VNode[] = [];
  const constant: number[] = [];
  const starts = new Map<number, number>();
  for (const item of owner.content) {
    if (item.what === "region") {
      starts.set(item.index, items.length);
      items.push(...node.children![item.index].children!);
      continue;
    }
    const made = item.what === "element"
      ? new VNode(Kind.Element, item.tag, null, null, "", null)
      : new VNode(Kind.Text, null, null, null, item.statics[0], null);
    made.slot = item.slot;
    made.num = numberAt(node, item.offset, item.region);
    constant.push(items.length);
    items.push(made);
  }
  return { items, constant, starts };
}
