/**
 * Template nodes (decision D15): what is constant in a JSX expression is parsed once per process, rendered by concatenation,
 * compared slot by slot, and sent to a client once.
 *
 * Deno's `"jsx": "precompile"` calls {@linkcode jsxTemplate} with one array of strings per place in the source: its
 * identity is the template's. An instance is one node: `parts` has the values of its slots, `children` its regions
 * (template_plan.ts), `aux` the nodes of its live elements once it is mounted (template_live.ts).
 *
 *     <li id={id}>{name}<b>{x && <i/>}</b></li>
 *     Template · parts [id, name, node] · children [Region · children [Element i]]
 *
 * What a slot may hold is learnt: where a slot that held text holds a node, or a plain attribute a signal, the place gets a
 * *wider* template, and instances of the narrower one become instances of it when they are compared. An element that can be
 * in no template (a control, a form, a custom element) is a plain element, in a region of the template around it; where it is
 * the root, so is the expression.
 *
 * @module
 */
import { attributeValue, BOOLEAN_ATTRS, eventSpec, holdsSignal, isEventProp } from "./attrs.ts";
import {
  createNode,
  describe,
  fragment,
  type Key,
  Kind,
  OPAQUE,
  type Props,
  setList,
  textNode,
  textOf,
  toItems,
  VNode,
} from "./node.ts";
import type { TemplateHole } from "./patch.ts";
import { isElement, parseTemplate, type TemplateElement, type TemplateItem } from "./template_parse.ts";
import {
  canPlan,
  constantKey,
  type ContentPlan,
  type ElementPlan,
  Holds,
  planOf,
  type RegionPlan,
  type TemplatePlan,
} from "./template_plan.ts";

/** An attribute of a slot: what {@linkcode jsxAttr} makes. */
export class AttrSlot {
  /** Its name. */
  readonly name: string;
  /** Its value. */
  readonly value: unknown;
  /** Made by {@linkcode jsxAttr}. */
  constructor(name: string, value: unknown) {
    this.name = name;
    this.value = value;
  }
}

/** What an instance is on the wire. */
export interface WireInstance {
  /** The number by which the client knows the template. */
  id: number;
  /** The values of the holes that are not regions, in document order; null is an attribute that is not there. */
  values: (string | null)[];
  /** The items of the regions, in document order. */
  lists: (readonly VNode[])[];
}

/** The template of one element of a place in the source, as wide as it had to be so far. */
export class Template {
  /** What it is made of. */
  readonly plan: TemplatePlan;
  /** The tag of the root. */
  readonly tag: string;
  /** The place in the source. */
  readonly place: Place;
  /** What a renderer keeps of it. */
  rendering: unknown = null;
  #definition: { nodes: VNode[]; holes: TemplateHole[] } | null = null;

  /** Plans the template of an element. */
  constructor(place: Place, root: TemplateElement) {
    this.place = place;
    this.plan = planOf(root, place.names.length, place);
    this.tag = root.tag;
  }

  /** How many numbers an instance takes, what is in its regions aside. */
  get count(): number {
    return this.plan.count;
  }

  /** The wider template that takes what is in these slots; null when this one does. */
  widen(slots: readonly unknown[]): Template | null {
    const { holds, checked } = this.plan;
    for (let i = 0; i < checked.length; i++) {
      const value = slots[checked[i]];
      if (typeof value === "string" || typeof value === "number" || value === null) continue;
      const type = typeof value;
      if (type !== "object" && type !== "function" && type !== "symbol") continue;
      if (holds[checked[i]] === Holds.Class && type === "object" && !holdsSignal("class", value)) continue;
      return this.place.widen(this, slots);
    }
    return null;
  }

  /** Makes an instance. `plain`: the slots hold strings, numbers and null alone, which every template takes. */
  instance(slots: unknown[], plain = false): VNode {
    const wider = plain ? null : this.widen(slots);
    if (wider !== null) return wider.instance(slots);
    const { regions, keySlot, key } = this.plan;
    const children = regions.length === 0 ? null : regions.map((region) => this.#region(region, slots));
    const node = new VNode(
      Kind.Template,
      this,
      null,
      children,
      "",
      keySlot < 0 ? key : keyIn(slots[keySlot]),
    );
    node.parts = slots as VNode["parts"];
    return node;
  }

  #region(plan: RegionPlan, slots: unknown[]): VNode {
    const values = plan.parts.map((part) =>
      typeof part === "number" ? slots[part] : typeof part === "string" ? part : this.place.build(part, slots)
    );
    const region = regionNode(plan, []);
    if (plan.alone) setList(region, values);
    else for (const item of region.children = toItems(values)) item.slot += plan.slot;
    return region;
  }

  /** What an instance is on the wire. */
  wire(node: VNode): WireInstance {
    const slots = slotsOf(node);
    const values: (string | null)[] = [];
    const visit = (plan: ContentPlan): void => {
      if (plan.what === "region") return;
      if (plan.what === "text") {
        for (const slot of plan.holes) values.push(textOf(slots[slot]));
        return;
      }
      for (const [slot, name] of plan.dynamic) {
        if (isWritten(name)) values.push(attributeValue(plan.tag, name, slots[slot]));
      }
      if (takesEvents(plan)) values.push(specOfPlan(plan, slots) || null);
      plan.content.forEach(visit);
    };
    visit(this.plan.root);
    return { id: node.slots, values, lists: node.children?.map((region) => region.children!) ?? [] };
  }

  /** What a client must know to make instances. A region is an empty comment there. */
  definition(): { nodes: VNode[]; holes: TemplateHole[] } {
    if (this.#definition !== null) return this.#definition;
    const holes: TemplateHole[] = [];
    let offset = 0;
    const build = (plan: ContentPlan): VNode => {
      const at = offset++;
      if (plan.what === "region") {
        holes.push({ offset: at, name: "", statics: [] });
        return textNode("");
      }
      if (plan.what === "text") {
        if (plan.holes.length === 0) return textNode(plan.statics[0]);
        holes.push({ offset: at, name: "", statics: [...plan.statics] });
        return textNode("");
      }
      for (const [, name] of plan.dynamic) {
        if (isWritten(name)) holes.push({ offset: at, name, statics: [] });
      }
      if (takesEvents(plan)) holes.push({ offset: at, name: "data-hid", statics: [] });
      const content = plan.content.map(build);
      return new VNode(Kind.Element, plan.tag, staticProps(plan), content, "", null);
    };
    return this.#definition = { nodes: [build(this.plan.root)], holes };
  }
}

function keyIn(value: unknown): Key | null {
  if (typeof value === "string" || typeof value === "number") return value;
  if (value === null || value === undefined) return null;
  throw new TypeError(`Cannot use ${describe(value)} as a key: pass a string or a number`);
}

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
  const region = new VNode(Kind.Region, null, null, items, plan.path, null);
  region.slots = 1;
  return region;
}

/** The values of a template node's slots. */
export function slotsOf(node: VNode): readonly unknown[] {
  return node.parts as readonly unknown[];
}

/** One place in the source: the strings, and the templates of their elements. */
export class Place {
  /** The attribute of each slot; "" of a slot in content, null of one that says its attribute itself. */
  readonly names: (string | null)[];
  /** The slots in start tags. */
  readonly attributes: readonly number[];
  /** Elements that turned out to need a node of their own. */
  readonly live: Set<TemplateElement> = new Set();
  /** Elements whose content turned out to be more than text. */
  readonly lists: Set<TemplateElement> = new Set();
  readonly #items: readonly TemplateItem[];
  readonly #templates: Map<TemplateElement, Template> = new Map();
  /** The template of the one element that the place is; null when it is something else. */
  #root: Template | null = null;

  /** Parses the strings. `slots` are the values of the first instance: they name the attributes. */
  constructor(strings: readonly string[], slots: readonly unknown[]) {
    this.#items = parseTemplate(strings);
    this.names = slots.map((slot) => slot instanceof AttrSlot ? slot.name : "");
    const visit = (item: TemplateItem): void => {
      if (!isElement(item)) return;
      for (const slot of item.dynamic) if (this.names[slot] === "") this.names[slot] = null;
      item.children.forEach(visit);
    };
    this.#items.forEach(visit);
    this.attributes = this.names.flatMap((name, slot) => name === "" ? [] : [slot]);
    const [root] = this.#items;
    if (this.#items.length === 1 && isElement(root)) this.#root = this.#template(root);
  }

  #template(element: TemplateElement): Template | null {
    const known = this.#templates.get(element);
    if (known !== undefined) return known;
    if (!canPlan(element, this.names)) return null;
    const made = new Template(this, element);
    this.#templates.set(element, made);
    return made;
  }

  /** The newest template of the same element: instances of the others can become its own. */
  newest(template: Template): Template {
    return this.#templates.get(template.plan.root.source)!;
  }

  /** The template that takes what is in these slots, too. */
  widen(template: Template, slots: readonly unknown[]): Template {
    const { root, holds } = template.plan;
    const visit = (element: TemplateElement): void => {
      for (const slot of element.dynamic) {
        const value = slots[slot];
        const isObject = typeof value === "object" && value !== null;
        const isClass = isObject && holds[slot] === Holds.Class && !holdsSignal("class", value);
        if (isObject && !isClass || typeof value === "function" || typeof value === "symbol") {
          this.live.add(element);
        }
      }
      for (const item of element.children) {
        if (isElement(item)) visit(item);
        else if (item.parts.some((part) => typeof part === "number" && !isTextLike(slots[part]))) {
          this.lists.add(element);
        }
      }
    };
    const newest = this.newest(template);
    visit(root.source);
    const wider = new Template(this, root.source);
    if (newest !== template && newest.widen(slots) === null) return newest;
    this.#templates.set(root.source, wider);
    if (this.#root?.plan.root.source === root.source) this.#root = wider;
    return wider;
  }

  /** Makes what the place stands for. */
  make(slots: unknown[]): VNode {
    let plain = true;
    for (let i = 0; i < slots.length; i++) {
      let value = slots[i];
      // An attribute's slot, wherever it stands, holds what jsxAttr made.
      if (typeof value === "object" && value instanceof AttrSlot) slots[i] = value = value.value;
      if (typeof value !== "string" && typeof value !== "number" && value !== null) plain = false;
    }
    if (this.#root !== null) return this.#root.instance(slots, plain);
    const [root] = this.#items;
    if (this.#items.length === 1 && isElement(root)) return this.build(root, slots);
    return fragment(this.#content(this.#items, slots), null);
  }

  /** Makes an element: an instance of its template, or a plain one. */
  build(element: TemplateElement, slots: unknown[], plain = false): VNode {
    const template = plain ? null : this.#template(element);
    if (template !== null) return template.instance(slots);
    let props: Props | null = staticProps(element);
    const key = constantKey(element);
    if (key !== null) props!.key = key;
    for (const slot of element.dynamic) {
      const name = this.names[slot] ?? slots[slot];
      // The transform makes of an attribute that is there or not its name, or nothing.
      if (typeof name === "string" && name !== "") {
        (props ??= {})[name] = this.names[slot] === null ? true : slots[slot];
      }
    }
    return createNode(
      element.tag,
      props,
      this.#content(element.children, slots, plain || OPAQUE.has(element.tag)),
    );
  }

  #content(items: readonly TemplateItem[], slots: unknown[], plain = false): unknown[] {
    return items.flatMap((item) =>
      isElement(item)
        ? [this.build(item, slots, plain)]
        : item.parts.map((part) => typeof part === "string" ? part : slots[part])
    );
  }
}

function isTextLike(value: unknown): boolean {
  return value === null ||
    typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol";
}

const places: WeakMap<readonly string[], Place> = new WeakMap();
let lastStrings: readonly string[] | null = null;
let lastPlace: Place | null = null;

/**
 * What a precompiled JSX expression calls. Not for applications.
 *
 * @param strings The constant markup: one array per place in the source.
 * @param slots What goes between the strings.
 */
export function jsxTemplate(strings: readonly string[], ...slots: unknown[]): VNode {
  // The rows of a list are of one place.
  if (strings === lastStrings) return lastPlace!.make(slots);
  let place = places.get(strings);
  if (place === undefined) places.set(strings, place = new Place(strings, slots));
  lastStrings = strings;
  lastPlace = place;
  return place.make(slots);
}

/** What a precompiled JSX expression calls for an attribute in a slot. Not for applications. */
export function jsxAttr(name: string, value: unknown): AttrSlot {
  return new AttrSlot(name, value);
}

/** What a precompiled JSX expression calls for a child in a slot. Escaping is the renderer's alone. Not for applications. */
export function jsxEscape(value: unknown): unknown {
  return value;
}
