/**
 * What the slots of an instance of a template say: props, events and texts of its elements.
 *
 * @module
 */
import { BOOLEAN_ATTRS, eventSpec, isEventProp } from "./attrs.ts";
import { type Key, Kind, type Props, textOf, VNode } from "./node.ts";
import type { Template } from "./template.ts";
import type { ElementPlan, RegionPlan } from "./template_plan.ts";
import { isSmall, SMALL, SmallInstance } from "./vnode.ts";

/** Whether a name in a start tag stands for an attribute: not a handler, a ref, or a property. */
export function isWritten(name: string): boolean {
  return name !== "ref" && name !== "indeterminate" && !isEventProp(name);
}

/** Whether an element may take events. */
export function takesEvents(plan: ElementPlan): boolean {
  return plan.live >= 0 && plan.dynamic.some(([, name]) => isEventProp(name));
}

/** The events that an element of an instance takes. */
export function specOfPlan(plan: ElementPlan, node: VNode): string {
  return eventSpec(new VNode(Kind.Element, plan.tag, propsOf(plan, node), null, "", null));
}

/** Constant attributes as props. */
export function staticProps(plan: { attrs: readonly [name: string, value: string][] }): Props | null {
  let props: Props | null = null;
  for (const [name, value] of plan.attrs) {
    (props ??= {})[name] = value === "" && BOOLEAN_ATTRS.has(name) ? true : value;
  }
  return props;
}

/** The props of a live element: those that can change. */
export function dynamicProps(plan: ElementPlan, node: VNode): Props {
  const props: Props = {};
  for (const [slot, name] of plan.dynamic) props[name] = node.valueAt(slot);
  return props;
}

/** All props of an element of an instance. */
export function propsOf(plan: ElementPlan, node: VNode): Props | null {
  let props = staticProps(plan);
  for (const [slot, name] of plan.dynamic) (props ??= {})[name] = node.valueAt(slot);
  return props;
}

/** The text of a text of an instance. */
export function textOfPlan(
  { holes, statics }: { holes: readonly number[]; statics: readonly string[] },
  node: VNode,
): string {
  let text = statics[0];
  for (let i = 0; i < holes.length; i++) text += textOf(node.valueAt(holes[i])) + statics[i + 1];
  return text;
}

/** Makes the node of a region. */
export function regionNode(plan: RegionPlan, items: VNode[]): VNode {
  const region = new VNode(Kind.Region, plan.path, null, items, "", null);
  region.slots = 1;
  return region;
}

/** The values of an instance's slots, as a list. */
export function slotsOf(node: VNode): readonly unknown[] {
  if (!isSmall(node)) return node.parts as readonly unknown[];
  return listOfSlots((node.type as Template).place.names.length, node.props, node.b, node.c, node.d);
}

/** A list of just so many values: four at most. */
export function listOfSlots(count: number, a: unknown, b: unknown, c: unknown, d: unknown): unknown[] {
  switch (count) {
    case 0:
      return [];
    case 1:
      return [a];
    case 2:
      return [a, b];
    case 3:
      return [a, b, c];
  }
  return [a, b, c, d];
}

/** Makes an instance of the values of its slots. */
export function instanceOf(
  template: Template,
  slots: readonly unknown[],
  children: VNode[] | null,
  key: Key | null,
): VNode {
  return slots.length > SMALL
    ? new VNode(Kind.Template, template, slots as unknown as Props, children, "", key)
    : new SmallInstance(template, children, key, slots[0], slots[1], slots[2], slots[3]);
}
