/**
 * What is known of a template before it has an instance: its elements in document order, and what fills its places.
 *
 * A *slot* is a value of an instance, a *hole* the place that it fills. Holes are of four kinds:
 *
 *     attribute   plain text, written where it stands
 *     text        one text node, whatever the slots in it are
 *     live        an element with handlers, a ref, signals or a style map: a node of its own keeps them
 *     region      a part of a child list that holds nodes, lists or signals: its items are nodes of their own
 *
 *     <li class={c} onClick={f}>No. {n}<b>{x && <i/>}</b></li>
 *     0 li live (c, f) · 1 text (n) · 2 b, which owns region 0 (x)
 *
 * Static nodes and text holes are counted, regions are not: a static node has the number of the instance, plus its offset, plus
 * what the regions before it took.
 *
 * @module
 */
import { checkName, isEventProp, isSafeUrl } from "./attrs.ts";
import { domText, type Key, OPAQUE, TEXT_ONLY } from "./node.ts";
import { VOID } from "./spec_facts.ts";
import { isElement, type TemplateElement, type TemplateItem } from "./template_parse.ts";

/** An element of a template. */
export interface ElementPlan {
  /** What it is. */
  readonly what: "element";
  /** Its tag. */
  readonly tag: string;
  /** Its constant attributes. */
  readonly attrs: readonly [name: string, value: string][];
  /** The slots in its start tag, the key's left out. */
  readonly dynamic: readonly [slot: number, name: string][];
  /** Which live element of the template it is; -1 when it is none. */
  readonly live: number;
  /** Whether all of these are handlers by their names. */
  readonly handlers: boolean;
  /** Which counted node of the template it is. */
  readonly offset: number;
  /** The last region before it; -1 for none. */
  readonly region: number;
  /** Its slot in the list that it stands in. */
  readonly slot: number;
  /** How many slots its own list has. */
  readonly slots: number;
  /** Its content. */
  readonly content: readonly ContentPlan[];
  /** The element as it was parsed. */
  readonly source: TemplateElement;
}

/** One text node of a template: constant, or with slots in it. */
export interface TextPlan {
  /** What it is. */
  readonly what: "text";
  /** Which counted node of the template it is. */
  readonly offset: number;
  /** The last region before it; -1 for none. */
  readonly region: number;
  /** Its slot in the list that it stands in. */
  readonly slot: number;
  /** The slots in it, in order. */
  readonly holes: readonly number[];
  /** The constant text around them: one more than there are slots. */
  readonly statics: readonly string[];
}

/** A part of a child list whose items are nodes of their own. */
export interface RegionPlan {
  /** What it is. */
  readonly what: "region";
  /** Which region of the template it is. */
  readonly index: number;
  /** How many counted nodes are before it. */
  readonly offset: number;
  /** The last region before it; -1 for none. */
  readonly region: number;
  /** The slot of its first part in the list that it stands in. */
  readonly slot: number;
  /** Constant text, the slots, and elements that cannot be part of a template. */
  readonly parts: readonly (string | number | TemplateElement)[];
  /** The way from the root to its list: slots, joined by dots. */
  readonly path: string;
  /** Whether it is the whole of its list, as one slot or element: a list that this holds is that list. */
  readonly alone: boolean;
  /** Whether its list holds nothing else. */
  readonly whole: boolean;
}

/** What an element holds. */
export type ContentPlan = ElementPlan | TextPlan | RegionPlan;

/** What a slot may hold in an instance. */
export const Holds = {
  /** Anything: of a region, a live element or another template. */
  Any: 0,
  /** A text-like value. */
  Text: 1,
  /** Text, a number or a boolean. */
  Attribute: 2,
  /** As an attribute, and a class value without signals. */
  Class: 3,
} as const;

/** What the differ does at a step. */
export const Do = { Attribute: 0, Text: 1, Live: 2, Region: 3, End: 4 } as const;

/** One thing to compare, in document order. */
export interface Step {
  /** What to do. */
  readonly op: number;
  /** The slot of an attribute, or of a text with one slot; else -1. */
  readonly slot: number;
  /** The attribute. */
  readonly name: string;
  /** Which counted node it is about. */
  readonly offset: number;
  /** The last region before that. */
  readonly region: number;
  /** The element of an attribute or a live element, or which has the regions. */
  readonly element: ElementPlan | null;
  /** The text. */
  readonly text: TextPlan | null;
  /** Which region, or live element. */
  readonly index: number;
  /** Which of the elements with regions has the region, or ends. */
  readonly owner: number;
}

/** The plan of a template. */
export interface TemplatePlan {
  /** The root. */
  readonly root: ElementPlan;
  /** What is compared, in document order. */
  readonly steps: readonly Step[];
  /** The step of each slot that is no region's; null of the others, and of the key's. */
  readonly bySlot: readonly (Step | null)[];
  /** Elements with regions, in document order. */
  readonly owners: readonly ElementPlan[];
  /** Live elements. */
  readonly live: readonly ElementPlan[];
  /** Regions. */
  readonly regions: readonly RegionPlan[];
  /** Live elements and regions, in document order. */
  readonly fills: readonly (ElementPlan | RegionPlan)[];
  /** What each slot may hold: one of {@linkcode Holds}. */
  readonly holds: readonly number[];
  /** The slots that may not hold anything. */
  readonly checked: readonly number[];
  /** The slot of the root's key; -1 when it has none. */
  readonly keySlot: number;
  /** The root's constant key. */
  readonly key: Key | null;
  /** How many nodes are counted. */
  readonly count: number;
}

/** What a plan depends on besides the strings. */
export interface PlanContext {
  /** The attribute of each slot; "" of a slot in content, null of one that says its attribute itself. */
  readonly names: readonly (string | null)[];
  /** Elements that turned out to need a node of their own. */
  readonly live: ReadonlySet<TemplateElement>;
  /** Elements whose content turned out to be more than text. */
  readonly lists: ReadonlySet<TemplateElement>;
}

/** Elements whose state, content or parsing is special, or which have a meaning to what is around them. */
const SPECIAL = new Set(
  ("input select optgroup button form details dialog audio video pre listing frame base html head body meta link xmp " +
    "noembed noframes annotation-xml").split(" "),
);

/** Whether an element is in no template, since its state, its content or what is around it depends on how it is made. */
export function isSpecial(tag: string): boolean {
  return SPECIAL.has(tag);
}

/** Attributes with a meaning to the server, in lower case. */
const SPECIAL_ATTRS = new Set("value checked selected contenteditable children data-hid data-own".split(" "));

/** Whether an element can be a part of a template: else it is made as a plain one. */
export function canPlan(
  element: TemplateElement,
  names: readonly (string | null)[],
  foreign = false,
): boolean {
  const { tag } = element;
  if (SPECIAL.has(tag) || TEXT_ONLY.has(tag) || OPAQUE.has(tag) || tag.includes("-")) return false;
  if (foreign && VOID.has(tag)) return false;
  const seen = new Set<string>();
  const isPlain = (name: string): boolean => {
    const lower = name.toLowerCase();
    if (SPECIAL_ATTRS.has(lower) || seen.has(lower)) return false;
    seen.add(lower);
    return true;
  };
  for (const [name, value] of element.attrs) {
    if (!isPlain(name) || isEventProp(name) || !isSafeUrl(tag, name, value)) return false;
  }
  for (const slot of element.dynamic) {
    const name = names[slot];
    if (name === null || !isPlain(name)) return false;
  }
  return true;
}

/** Whether the content of an element is of another kind than HTML. */
function isForeign(tag: string, foreign: boolean): boolean {
  return tag === "svg" || tag === "math" || foreign && tag !== "foreignObject";
}

/** Whether an element has a key. */
function hasKey(element: TemplateElement, names: readonly (string | null)[]): boolean {
  return element.attrs.some(([name]) => name === "key") ||
    element.dynamic.some((slot) => names[slot] === "key");
}

/** The key that a constant attribute says: the transform writes a number as text, and a text as a slot. */
export function constantKey(element: TemplateElement): Key | null {
  const found = element.attrs.find(([name]) => name === "key");
  if (found === undefined) return null;
  return String(Number(found[1])) === found[1] ? Number(found[1]) : found[1];
}

/** Whether this attribute needs a node of its own for its element, whatever its value. */
function isLiveName(name: string): boolean {
  return isEventProp(name) || name === "ref" || name === "indeterminate";
}

/** Plans the template of an element for which {@linkcode canPlan} holds. */
export function planOf(root: TemplateElement, slots: number, context: PlanContext): TemplatePlan {
  const { names } = context;
  const steps: Step[] = [];
  const owners: ElementPlan[] = [];
  const live: ElementPlan[] = [];
  const regions: RegionPlan[] = [];
  const fills: (ElementPlan | RegionPlan)[] = [];
  const holds: number[] = new Array(slots).fill(Holds.Any);
  let count = 0;
  const keySlot = root.dynamic.find((slot) => names[slot] === "key") ?? -1;

  const step = (op: number, with_: Partial<Step>): void => {
    const none = { op, slot: -1, name: "", offset: 0, region: regions.length - 1, element: null, text: null };
    steps.push({ ...none, index: -1, owner: -1, ...with_ });
  };

  const planElement = (
    source: TemplateElement,
    slot: number,
    path: string,
    foreign: boolean,
  ): ElementPlan => {
    const { tag } = source;
    const dynamic = source.dynamic.filter((at) => names[at] !== "key")
      .map((at): [number, string] => [at, names[at] as string]);
    const isLive = context.live.has(source) || dynamic.some(([, name]) => isLiveName(name));
    const content: ContentPlan[] = [];
    const groups = groupsOf(source.children, names, isForeign(tag, foreign));
    const plan: ElementPlan = {
      what: "element",
      tag,
      attrs: source.attrs.filter(([name]) => name !== "key").map(([name, value]) => [name, domText(value)]),
      dynamic,
      live: isLive ? live.length : -1,
      handlers: dynamic.every(([, name]) => isEventProp(name)),
      offset: count++,
      region: regions.length - 1,
      slot,
      slots: source.children.reduce((n, item) => n + (isElement(item) ? 1 : item.parts.length), 0),
      content,
      source,
    };
    for (const [, name] of dynamic) checkName(tag, name);
    for (const [name] of plan.attrs) checkName(tag, name);
    if (isLive) {
      step(Do.Live, { element: plan, index: live.length, offset: plan.offset });
      live.push(plan);
      fills.push(plan);
    } else {
      for (const [at, name] of dynamic) {
        holds[at] = name === "class" ? Holds.Class : Holds.Attribute;
        step(Do.Attribute, { slot: at, name, offset: plan.offset, element: plan });
      }
    }
    const isList = context.lists.has(source) ||
      groups.some((group) => Array.isArray(group) && group.some((part) => typeof part === "object"));
    const owner = owners.length;
    if (isList) owners.push(plan);
    let next = 0;
    for (const group of groups) {
      if (!Array.isArray(group)) {
        const below = path === "" ? String(next) : `${path}.${next}`;
        content.push(planElement(group, next++, below, isForeign(tag, foreign)));
        continue;
      }
      const isFilled = group.some((part) => typeof part !== "string");
      if (isFilled && isList) {
        const region: RegionPlan = {
          what: "region",
          index: regions.length,
          offset: count,
          region: regions.length - 1,
          slot: next,
          parts: group,
          path,
          alone: plan.slots === 1,
          whole: groups.length === 1,
        };
        step(Do.Region, { index: region.index, owner });
        regions.push(region);
        fills.push(region);
        content.push(region);
      } else content.push(planText(group as (string | number)[], next));
      next += group.length;
    }
    if (isList) step(Do.End, { owner });
    return plan;
  };

  const planText = (parts: readonly (string | number)[], slot: number): TextPlan => {
    const holes: number[] = [];
    const statics = [""];
    for (const part of parts) {
      if (typeof part === "string") statics[statics.length - 1] += domText(part);
      else {
        holes.push(part);
        statics.push("");
        holds[part] = Holds.Text;
      }
    }
    const text: TextPlan = {
      what: "text",
      offset: count++,
      region: regions.length - 1,
      slot,
      holes,
      statics,
    };
    if (holes.length > 0) {
      step(Do.Text, { slot: holes.length === 1 ? holes[0] : -1, offset: text.offset, text });
    }
    return text;
  };

  const plan = planElement(root, 0, "", false);
  const checked = holds.flatMap((hold, slot) => hold === Holds.Any ? [] : [slot]);
  const key = constantKey(root);
  const bySlot: (Step | null)[] = new Array(slots).fill(null);
  for (const step of steps) for (const slot of slotsOfStep(step)) bySlot[slot] = step;
  return { root: plan, steps, bySlot, owners, live, regions, fills, holds, checked, keySlot, key, count };
}

function slotsOfStep({ op, slot, text, element }: Step): readonly number[] {
  if (op === Do.Text) return text!.holes;
  if (op === Do.Live) return element!.dynamic.map(([at]) => at);
  return op === Do.Attribute ? [slot] : [];
}

/** Content as elements that are part of the template, and what stands between them. */
function groupsOf(
  items: readonly TemplateItem[],
  names: readonly (string | null)[],
  foreign: boolean,
): (TemplateElement | (string | number | TemplateElement)[])[] {
  const groups: (TemplateElement | (string | number | TemplateElement)[])[] = [];
  let open: (string | number | TemplateElement)[] | null = null;
  const add = (...parts: (string | number | TemplateElement)[]): void => {
    if (open === null) groups.push(open = []);
    open.push(...parts);
  };
  for (const item of items) {
    if (!isElement(item)) add(...item.parts);
    else if (hasKey(item, names) || !canPlan(item, names, foreign)) add(item);
    else {
      groups.push(item);
      open = null;
    }
  }
  return groups;
}
