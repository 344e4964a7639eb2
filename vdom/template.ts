/**
 * Template nodes (decision D15): what is constant in a JSX expression is parsed once per process, rendered by concatenation,
 * compared slot by slot, and sent to a client once.
 *
 * What the transform makes of a JSX expression (jsx.ts) makes an instance, which is one node: it has the values of its slots,
 * `children` its regions (template_plan.ts), `aux` the nodes of its live elements once it is mounted (template_live.ts).
 *
 *     <li id={id}>{name}<b>{x && <i/>}</b></li>
 *     Template · values id, name, node · children [Region · children [Element i]]
 *
 * What a slot may hold is learnt: where a slot that held text holds a node, or a plain attribute a signal, the place gets a
 * *wider* template, and instances of the narrower one become instances of it when they are compared. An element that can be
 * in no template (a control, a form, a custom element) is a plain element, in a region of the template around it; where it is
 * the root, so is the expression.
 *
 * @module
 */
import { coded } from "./coded.ts";
import { attributeValue, holdsSignal } from "./attrs.ts";
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
import {
  instanceOf,
  isWritten,
  listOfSlots,
  regionNode,
  specOfPlan,
  staticProps,
  takesEvents,
} from "./template_slots.ts";
import { isElement, parseTemplate, type TemplateElement, type TemplateItem } from "./template_parse.ts";
import {
  canPlan,
  constantKey,
  type ContentPlan,
  Holds,
  planOf,
  type RegionPlan,
  type TemplatePlan,
} from "./template_plan.ts";
import { SMALL, SmallInstance } from "./vnode.ts";

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
  /** Whether {@linkcode Template.row} can make instances. */
  readonly isRow: boolean;
  // What the first slots may hold.
  readonly #a: number;
  readonly #b: number;
  readonly #c: number;
  readonly #d: number;
  readonly #keySlot: number;

  /** Plans the template of an element. */
  constructor(place: Place, root: TemplateElement) {
    this.place = place;
    this.plan = planOf(root, place.names.length, place);
    this.tag = root.tag;
    const { holds, keySlot, regions } = this.plan;
    this.isRow = regions.length === 0 && holds.length <= SMALL;
    [this.#a = Holds.Any, this.#b = Holds.Any, this.#c = Holds.Any, this.#d = Holds.Any] = holds;
    this.#keySlot = keySlot;
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
      // Nearly all are.
      if (typeof value === "string" || typeof value === "number") continue;
      if (!takes(holds[checked[i]], value)) return this.place.widen(this, slots);
    }
    return null;
  }

  /** Makes an instance. */
  instance(slots: unknown[]): VNode {
    const wider = this.widen(slots);
    if (wider !== null) return wider.instance(slots);
    const { regions, keySlot, key } = this.plan;
    const children = regions.length === 0 ? null : regions.map((region) => this.#region(region, slots));
    return instanceOf(this, slots, children, keySlot < 0 ? key : keyIn(slots[keySlot]));
  }

  /** Makes an instance of at most four slots and no regions; null when they hold what only a wider template takes. */
  row(a: unknown, b: unknown, c: unknown, d: unknown): VNode | null {
    if (!takes(this.#a, a) || !takes(this.#b, b) || !takes(this.#c, c) || !takes(this.#d, d)) return null;
    const at = this.#keySlot;
    const key = at < 0 ? this.plan.key : keyIn(at === 0 ? a : at === 1 ? b : at === 2 ? c : d);
    return new SmallInstance(this, null, key, a, b, c, d);
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
    const values: (string | null)[] = [];
    const visit = (plan: ContentPlan): void => {
      if (plan.what === "region") return;
      if (plan.what === "text") {
        for (const slot of plan.holes) values.push(textOf(node.valueAt(slot)));
        return;
      }
      for (const [slot, name] of plan.dynamic) {
        if (isWritten(name)) values.push(attributeValue(plan.tag, name, node.valueAt(slot)));
      }
      if (takesEvents(plan)) values.push(specOfPlan(plan, node) || null);
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

/** Whether a slot that holds this may hold a value. */
function takes(holds: number, value: unknown): boolean {
  if (holds === Holds.Any || typeof value === "string" || typeof value === "number" || value === null) {
    return true;
  }
  const type = typeof value;
  if (type === "object") return holds === Holds.Class && !holdsSignal("class", value);
  return type !== "function" && type !== "symbol";
}

function keyIn(value: unknown): Key | null {
  if (typeof value === "string" || typeof value === "number") return value;
  if (value === null || value === undefined) return null;
  throw coded("E041", new TypeError(`Cannot use ${describe(value)} as a key: pass a string or a number`));
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
  /** The same, when {@linkcode Template.row} can make instances of it. */
  row: Template | null = null;
  /** Whether it has more than {@linkcode SMALL} slots. */
  readonly isLong: boolean;
  /**
   * Makes what the place stands for, of at most four slots. A function of its own for each way: the engine, which finds several of them
   * where this is called, inlines none, so that what calls this stays small enough to be inlined itself.
   */
  makeShort: (place: Place, a: unknown, b: unknown, c: unknown, d: unknown) => VNode = makeByList;

  /** Parses the strings. `names`: the attributes of the slots that said one; "" of the others. */
  constructor(strings: readonly string[], names: readonly string[]) {
    this.#items = parseTemplate(strings);
    this.names = [...names];
    this.isLong = names.length > SMALL;
    const visit = (item: TemplateItem): void => {
      if (!isElement(item)) return;
      for (const slot of item.dynamic) if (this.names[slot] === "") this.names[slot] = null;
      item.children.forEach(visit);
    };
    this.#items.forEach(visit);
    this.attributes = this.names.flatMap((name, slot) => name === "" ? [] : [slot]);
    const [root] = this.#items;
    if (this.#items.length === 1 && isElement(root)) this.#setRoot(this.#template(root));
  }

  #setRoot(root: Template | null): void {
    this.#root = root;
    this.row = root?.isRow ? root : null;
    this.makeShort = this.row === null ? makeByList : makeRow;
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
    if (this.#root?.plan.root.source === root.source) this.#setRoot(wider);
    return wider;
  }

  /** Makes what the place stands for. */
  make(slots: unknown[]): VNode {
    return this.#root === null ? this.#other(slots) : this.#root.instance(slots);
  }

  /** What is not one element that can be a template. */
  #other(slots: unknown[]): VNode {
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

function makeRow(place: Place, a: unknown, b: unknown, c: unknown, d: unknown): VNode {
  return place.row!.row(a, b, c, d) ?? makeByList(place, a, b, c, d);
}

function makeByList(place: Place, a: unknown, b: unknown, c: unknown, d: unknown): VNode {
  return place.make(listOfSlots(place.names.length, a, b, c, d));
}

function isTextLike(value: unknown): boolean {
  return value === null ||
    typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol";
}
