/**
 * Instances of templates in a live tree: their numbers, and the plain elements that they stand for.
 *
 * A counted node has the number of the instance, plus its offset, plus what the regions before it took when the instance was
 * numbered (`lead` of the last one). The items of a region are numbered as those of any list; what is inserted into it later
 * has numbers of its own and shifts nothing.
 *
 *     <div>{a}<p>x</p></div>     a: two elements with a text each
 *     10   11–14  15 16          p: 10 + offset 1 + lead 4
 *
 * @module
 */
import { checkKeys } from "./match.ts";
import { Kind, VNode } from "./node.ts";
import { mountProps } from "./props.ts";
import type { Template } from "./template.ts";
import { dynamicProps, propsOf, regionNode, textOfPlan } from "./template_slots.ts";
import type { ContentPlan, ElementPlan } from "./template_plan.ts";
import { stateOf } from "./element_state.ts";
import type { Tree } from "./tree.ts";

/** The number of a counted node of a live instance. */
export function numberAt(node: VNode, offset: number, region: number): number {
  return node.num + offset + (region < 0 ? 0 : node.children![region].lead);
}

/** How many slots the list of an element of an instance has. */
export function slotsIn(node: VNode, { slots, content }: ElementPlan): number {
  const only = slots === 1 ? content[0] : null;
  return only?.what === "region" ? node.children![only.index].slots : slots;
}

/** The live elements of a live instance. */
export function liveOf(node: VNode): VNode[] {
  return node.aux as VNode[];
}

/** Numbers what an instance holds and brings it to life. */
export function mountTemplate(tree: Tree, node: VNode): void {
  const { plan } = node.type as Template;
  const base = node.num = tree.next;
  if (plan.fills.length === 0) {
    tree.next = base + plan.count;
    return;
  }
  const live: VNode[] = [];
  node.aux = live;
  let lead = 0;
  for (const fill of plan.fills) {
    const num = base + fill.offset + lead;
    if (fill.what === "element") {
      const made = liveElement(fill, node, num);
      live.push(made);
      if (fill.handlers && takesAll(fill, node)) {
        // Nothing but plain handlers, the most common case of all.
        tree.interactive.set(made);
        stateOf(made).owner = tree.host.owner();
      } else mountProps(tree, made, made.props!);
      continue;
    }
    const region = node.children![fill.index];
    tree.next = num;
    if (fill.path !== "") tree.path.push(fill.path);
    tree.mountList(region.children!, false);
    if (fill.path !== "") tree.path.pop();
    lead = region.lead = tree.next - base - fill.offset;
  }
  tree.next = base + plan.count + lead;
  if (tree.host.dev) checkOwners(node);
}

/** Whether every handler of an element that has nothing else is a function. */
function takesAll(plan: ElementPlan, node: VNode): boolean {
  for (const [slot] of plan.dynamic) if (typeof node.valueAt(slot) !== "function") return false;
  return true;
}

/** A region alone does not see the keys of the others of its list. */
function checkOwners(node: VNode): void {
  for (const { content } of (node.type as Template).plan.owners) {
    const regions = content.filter((item) => item.what === "region");
    if (regions.length > 1) checkKeys(regions.flatMap(({ index }) => node.children![index].children!));
  }
}

/** The node that a live element is. */
function liveElement(plan: ElementPlan, node: VNode, num: number): VNode {
  const made = new VNode(Kind.Element, plan.tag, dynamicProps(plan, node), null, "", null);
  made.slot = plan.slot;
  made.num = num;
  return made;
}

/** Numbers a live instance anew. */
export function renumberTemplate(
  tree: Tree,
  node: VNode,
  renumber: { element(element: VNode): void; list(items: readonly VNode[]): void },
): void {
  const { plan } = node.type as Template;
  const base = node.num = tree.next;
  let lead = 0;
  for (const fill of plan.fills) {
    const num = base + fill.offset + lead;
    tree.next = num;
    if (fill.what === "element") {
      renumber.element(liveOf(node)[fill.live]);
      continue;
    }
    const region = node.children![fill.index];
    renumber.list(region.children!);
    lead = region.lead = tree.next - base - fill.offset;
  }
  tree.next = base + plan.count + lead;
}

/**
 * The plain elements of an instance: of a live one, with its numbers and around its own items.
 *
 * @param how "new": nothing is mounted. "own": the live elements themselves, which the instance then has no more.
 * "view": something to look at, which leaves the instance as it is.
 */
function plainOf(node: VNode, how: "new" | "own" | "view"): VNode {
  const { plan } = node.type as Template;
  const place = (made: VNode, { slot, offset, region }: { slot: number; offset: number; region: number }) => {
    made.slot = slot;
    if (how !== "new") made.num = numberAt(node, offset, region);
    return made;
  };
  const element = (from: ElementPlan): VNode => {
    const own = how === "own" && from.live >= 0 ? liveOf(node)[from.live] : null;
    const made = own ?? new VNode(Kind.Element, from.tag, null, null, "", null);
    made.props = propsOf(from, node);
    if (how === "view" && from.live >= 0 && node.aux !== null) made.aux = liveOf(node)[from.live].aux;
    made.slots = slotsIn(node, from);
    if (from.content.length > 0) made.children = from.content.flatMap(content);
    return place(made, from);
  };
  const content = (from: ContentPlan): readonly VNode[] => {
    if (from.what === "element") return [element(from)];
    if (from.what === "region") return node.children![from.index].children!;
    return [place(new VNode(Kind.Text, null, null, null, textOfPlan(from, node), null), from)];
  };
  return element(plan.root);
}

/** Makes an instance that is not mounted into the plain elements that it stands for, in its place. */
export function becomePlain(node: VNode): void {
  const plain = plainOf(node, "new");
  node.kind = plain.kind;
  node.type = plain.type;
  node.props = plain.props;
  node.children = plain.children;
  node.slots = plain.slots;
}

/** The live plain elements of a live instance, which they replace. */
export function livePlain(node: VNode): VNode {
  return plainOf(node, "own");
}

/** The plain elements of a live instance, to look at. */
export function plainView(node: VNode): VNode {
  return plainOf(node, "view");
}

/** The items of a live element somewhere below these: its own, or those that the instance whose element it is has there. */
export function itemsOf(page: readonly VNode[], live: VNode): readonly VNode[] {
  return live.children ?? instanceItems(page, live) ?? [];
}

function instanceItems(page: readonly VNode[], live: VNode): readonly VNode[] | null {
  for (const item of page) {
    if (item.kind === Kind.Template && item.aux !== null && liveOf(item).includes(live)) {
      return elementAt(plainView(item), live.num)!.children;
    }
    const found = item.nested === null ? null : instanceItems(item.nested, live);
    if (found !== null) return found;
  }
  return null;
}

function elementAt(item: VNode, num: number): VNode | null {
  if (item.num === num && item.kind === Kind.Element) return item;
  for (const child of item.nested ?? []) {
    const found = elementAt(child, num);
    if (found !== null) return found;
  }
  return null;
}

/** Makes the instances among items that are not mounted plain, at any depth: for content that is markup alone. */
export function allPlain(items: readonly VNode[] | null): void {
  for (const item of items ?? []) {
    if (item.kind === Kind.Template) becomePlain(item);
    if (item.kind !== Kind.Component) allPlain(item.nested);
  }
}

/** Makes a live instance one of a wider template of the same element. */
export function widenLive(node: VNode, to: Template): void {
  const from = node.type as Template;
  const leads = node.children?.map((region) => region.lead) ?? [];
  const regions: VNode[] = [];
  const live: VNode[] = [];
  let more = 0;
  const visit = (a: ContentPlan, b: ContentPlan): void => {
    if (a.what === "element" && b.what === "element") {
      if (b.live >= 0) {
        const num = numberAt(node, a.offset, a.region);
        live.push(a.live >= 0 ? liveOf(node)[a.live] : liveElement(b, node, num));
      }
      a.content.forEach((item, i) => visit(item, b.content[i]));
    } else if (a.what === "region" && b.what === "region") {
      regions.push(node.children![a.index]);
      leads[a.index] += more;
    } else if (a.what === "text" && b.what === "region") {
      const run = new VNode(Kind.Text, null, null, null, textOfPlan(a, node), null);
      run.slot = b.slot;
      run.num = numberAt(node, a.offset, a.region);
      const region = regionNode(b, [run]);
      // The text was counted; an item of a region is not.
      more++;
      region.lead = more + (a.region < 0 ? 0 : node.children![a.region].lead);
      regions.push(region);
    }
  };
  visit(from.plan.root, to.plan.root);
  node.children?.forEach((region, i) => region.lead = leads[i]);
  node.type = to;
  node.children = regions.length === 0 ? null : regions;
  node.aux = live;
}
