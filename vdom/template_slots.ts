/**
 * What the slots of an instance of a template say: props, events and texts of its elements.
 *
 * @module
 */
import { BOOLEAN_ATTRS, eventSpec, isEventProp } from "./attrs.ts";
import { Kind, type Props, textOf, VNode } from "./node.ts";
import type { ElementPlan, RegionPlan } from "./template_plan.ts";

/** Whether a name in a start tag stands for an attribute: not a handler, a ref, or a property. */
export function isWritten(name: string): boolean {
  return name !== "ref" && name !== "indeterminate" && !isEventProp(name);
}

/** Whether an element may take events. */
export function takesEvents(plan: ElementPlan): boolean {
  return plan.live >= 0 && plan.dynamic.some(([, name]) => isEventProp(name));
}

/** The events that an element of an instance takes. */
export function specOfPlan(plan: ElementPlan, slots: readonly unknown[]): string {
  return eventSpec(new VNode(Kind.Element, plan.tag, propsOf(plan, slots), null, "", null));
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
export function dynamicProps(plan: ElementPlan, slots: readonly unknown[]): Props {
  const props: Props = {};
  for (const [slot, name] of plan.dynamic) props[name] = slots[slot];
  return props;
}

/** All props of an element of an instance. */
export function propsOf(plan: ElementPlan, slots: readonly unknown[]): Props | null {
  let props = staticProps(plan);
  for (const [slot, name] of plan.dynamic) (props ??= {})[name] = slots[slot];
  return props;
}

/** The text of a text of an instance. */
export function textOfPlan(
  { holes, statics }: { holes: readonly number[]; statics: readonly string[] },
  slots: readonly unknown[],
): string {
  let text = statics[0];
  for (let i = 0; i < holes.length; i++) text += textOf(slots[holes[i]]) + statics[i + 1];
  return text;
}

/** Makes the node of a region. */
export function regionNode(plan: RegionPlan, items: VNode[]): VNode {
  const region = new VNode(Kind.Region, plan.path, null, items, "", null);
  region.slots = 1;
  return region;
}

/** The values of a template node's slots. */
export function slotsOf(node: VNode): readonly unknown[] {
  return node.parts as readonly unknown[];
}
