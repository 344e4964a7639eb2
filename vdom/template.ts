/**
 * Template nodes (decision D15): what is constant in a JSX expression is parsed once per process, rendered by concatenation,
 * compared slot by slot, and sent to a client once.
 *
 * Deno's `"jsx": "precompile"` calls {@linkcode jsxTemplate} with one array of strings per place in the source: its
 * identity is the template's. An instance keeps the values of its slots and one number: its nodes are base + offset. That
 * works while every slot is text or a plain attribute. Where one is not (a node, a list, a signal, a handler), or where the
 * template holds an element with a life of its own, the expression becomes the plain elements that it stands for. Both forms
 * give the same HTML, numbers and DOM, and one can continue the other.
 *
 * @module
 */
import { attributeValue, BOOLEAN_ATTRS, holdsSignal, isEventProp, isSafeUrl } from "./attrs.ts";
import {
  createNode,
  fragment,
  isSignal,
  type Key,
  Kind,
  OPAQUE,
  type Props,
  TEXT_ONLY,
  textOf,
  VNode,
} from "./node.ts";
import { Op, type Patch, type TemplateHole } from "./patch.ts";
import { isElement, parseTemplate, type TemplateElement, type TemplateItem } from "./template_parse.ts";

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

/** A place that each instance fills. */
export interface Hole {
  /** Its node: which of the template, in document order from 0. */
  offset: number;
  /** The tag of that element; "" for text. */
  tag: string;
  /** The attribute; "" for text. */
  name: string;
  /** The slots of a text in order, or the one of an attribute. */
  slots: number[];
  /** The constant text around the slots of a text, one more than slots. */
  statics: string[];
}

/** Elements whose state, content or parsing is special: a template that holds one is always made of plain elements. */
const SPECIAL = new Set(
  "input select button form details dialog audio video pre listing frame base html head body".split(" "),
);

let nextId = 1;

/** One place in the source. */
export class Template {
  /** Its number on the wire. */
  readonly id: number = nextId++;
  /** The constant markup. */
  readonly strings: readonly string[];
  /** Whether instances can be template nodes at all. */
  readonly fast: boolean;
  /** The tag of the one root element; "" when there is none. */
  readonly tag: string = "";
  /** What each node is, in document order: a tag, or "" for text. */
  readonly kinds: string[] = [];
  /** The places to fill, in document order. */
  readonly holes: Hole[] = [];
  /** For each slot the hole that it belongs to, or null for the root's key. */
  readonly holeOf: (Hole | null)[];
  readonly #items: TemplateItem[];
  #keySlot = -1;
  #definition: Patch | null = null;

  /** Parses the template. `slots` are the values of its first instance: they name the attributes. */
  constructor(strings: readonly string[], slots: readonly unknown[]) {
    this.strings = strings;
    this.#items = parseTemplate(strings);
    this.holeOf = new Array(slots.length).fill(null);
    const [root] = this.#items;
    let fast = this.#items.length === 1 && isElement(root);
    if (fast) this.tag = (root as TemplateElement).tag;
    const visit = (item: TemplateItem) => {
      const offset = this.kinds.length;
      if (!isElement(item)) {
        this.kinds.push("");
        if (item.parts.some((part) => typeof part === "number")) this.#addText(offset, item.parts);
        return;
      }
      const { tag } = item;
      this.kinds.push(tag);
      if (SPECIAL.has(tag) || TEXT_ONLY.has(tag) || OPAQUE.has(tag) || tag.includes("-")) fast = false;
      for (const [name, value] of item.attrs) {
        if (name === "key" || isEventProp(name) || !isSafeUrl(tag, name, value)) fast = false;
      }
      for (const slot of item.dynamic) {
        const value = slots[slot];
        if (!(value instanceof AttrSlot)) fast = false;
        else if (value.name === "key") {
          if (offset === 0) this.#keySlot = slot;
          else fast = false;
        } else if (value.name === "ref") fast = false;
        else {
          const hole = { offset, tag, name: value.name, slots: [slot], statics: [] };
          this.holes.push(hole);
          this.holeOf[slot] = hole;
        }
      }
      item.children.forEach(visit);
    };
    this.#items.forEach(visit);
    this.fast = fast;
  }

  #addText(offset: number, parts: readonly (string | number)[]): void {
    const hole: Hole = { offset, tag: "", name: "", slots: [], statics: [""] };
    for (const part of parts) {
      if (typeof part === "string") hole.statics[hole.statics.length - 1] += part;
      else {
        hole.slots.push(part);
        hole.statics.push("");
        this.holeOf[part] = hole;
      }
    }
    this.holes.push(hole);
  }

  /** How many numbers an instance takes. */
  get count(): number {
    return this.kinds.length;
  }

  /** The key of an instance, or null. */
  keyOf(slots: readonly unknown[]): Key | null {
    const slot = slots[this.#keySlot];
    const key = slot instanceof AttrSlot ? slot.value : null;
    return typeof key === "string" || typeof key === "number" ? key : null;
  }

  /** Whether all slots are such that an instance can be a template node. */
  fits(slots: readonly unknown[]): boolean {
    if (!this.fast) return false;
    for (let i = 0; i < slots.length; i++) {
      const value = slots[i];
      if (typeof value === "string") continue;
      if (value instanceof AttrSlot) {
        const { name, value: v } = value;
        if (typeof v === "function" || isEventProp(name) || isSignal(v)) return false;
        if (typeof v === "object" && v !== null && (name !== "class" || holdsSignal(name, v))) return false;
      } else if (typeof value === "function" || typeof value === "object" && value !== null) {
        return false;
      }
    }
    return true;
  }

  /** The plain elements that an instance stands for. */
  expand(slots: readonly unknown[], key: Key | null): VNode {
    const build = (item: TemplateElement): VNode => {
      let props: Props | null = null;
      for (const [name, value] of item.attrs) {
        (props ??= {})[name] = value === "" && BOOLEAN_ATTRS.has(name) ? true : value;
      }
      for (const slot of item.dynamic) {
        const value = slots[slot];
        if (value instanceof AttrSlot) (props ??= {})[value.name] = value.value;
      }
      return createNode(item.tag, props, content(item.children));
    };
    const content = (items: readonly TemplateItem[]): unknown[] => {
      const list: unknown[] = [];
      for (const item of items) {
        if (isElement(item)) list.push(build(item));
        else for (const part of item.parts) list.push(typeof part === "string" ? part : slots[part]);
      }
      return list;
    };
    const [root] = this.#items;
    if (this.#items.length === 1 && isElement(root)) return build(root);
    return fragment(content(this.#items), key);
  }

  /** The text of a text hole of an instance. */
  textAt(hole: Hole, slots: readonly unknown[]): string {
    let text = hole.statics[0];
    for (let i = 0; i < hole.slots.length; i++) text += textOf(slots[hole.slots[i]]) + hole.statics[i + 1];
    return text;
  }

  /** The text of an attribute hole of an instance; null when it has none. */
  attrAt(hole: Hole, slots: readonly unknown[]): string | null {
    return attributeValue(hole.tag, hole.name, (slots[hole.slots[0]] as AttrSlot).value);
  }

  /** What an instance is on the wire. */
  wire(node: VNode): { id: number; values: (string | null)[] } {
    const slots = slotsOf(node);
    const values: (string | null)[] = [];
    for (const hole of this.holes) {
      if (hole.name !== "") values.push(this.attrAt(hole, slots));
      else for (const slot of hole.slots) values.push(textOf(slots[slot]));
    }
    return { id: this.id, values };
  }

  /** The patch that tells a client of the template. */
  definition(): Patch {
    if (this.#definition !== null) return this.#definition;
    const empty: unknown[] = this.holeOf.map(() => "");
    const holes: TemplateHole[] = this.holes.map(({ offset, name, statics }) => ({ offset, name, statics }));
    // Text with slots is empty in the definition: each instance gives it whole.
    const bare = (item: TemplateItem): TemplateItem =>
      isElement(item) ? { ...item, dynamic: [], children: item.children.map(bare) } : {
        parts: item.parts.some((part) => typeof part === "number")
          ? item.parts.filter((p) => typeof p === "number")
          : item.parts,
      };
    const items = this.#items.map(bare);
    const nodes = [expandItems(items, empty)];
    return this.#definition = { op: Op.TemplateDef, id: this.id, nodes, holes };
  }
}

function expandItems(items: readonly TemplateItem[], slots: readonly unknown[]): VNode {
  const build = (item: TemplateItem): unknown[] =>
    isElement(item)
      ? [createNode(item.tag, Object.fromEntries(item.attrs), item.children.flatMap(build))]
      : item.parts.map((part) => typeof part === "string" ? part : slots[part]);
  return build(items[0])[0] as VNode;
}

const templates: WeakMap<readonly string[], Template> = new WeakMap();

/** The slots of a template node. */
export function slotsOf(node: VNode): readonly unknown[] {
  return node.aux as readonly unknown[];
}

/**
 * What a precompiled JSX expression calls. Not for applications.
 *
 * @param strings The constant markup: one array per place in the source.
 * @param slots What goes between the strings.
 */
export function jsxTemplate(strings: readonly string[], ...slots: unknown[]): VNode {
  let template = templates.get(strings);
  if (template === undefined) templates.set(strings, template = new Template(strings, slots));
  if (!template.fits(slots)) return template.expand(slots, null);
  const node = new VNode(Kind.Template, template, null, null, "", template.keyOf(slots));
  node.aux = slots;
  return node;
}

/** What a precompiled JSX expression calls for an attribute in a slot. Not for applications. */
export function jsxAttr(name: string, value: unknown): AttrSlot {
  return new AttrSlot(name, value);
}

/** What a precompiled JSX expression calls for a child in a slot. Escaping is the renderer's alone. Not for applications. */
export function jsxEscape(value: unknown): unknown {
  return value;
}

/** Makes a template node that is not mounted into the plain elements that it stands for, in its place. */
export function becomePlain(node: VNode): void {
  const plain = (node.type as Template).expand(slotsOf(node), node.key);
  node.kind = plain.kind;
  node.type = plain.type;
  node.props = plain.props;
  node.children = plain.children;
  node.slots = plain.slots;
  node.aux = null;
}

/** The live plain elements of a live template node, with its numbers. */
export function livePlain(node: VNode): VNode {
  const plain = (node.type as Template).expand(slotsOf(node), node.key);
  plain.slot = node.slot;
  let next = node.num;
  const number = (item: VNode) => {
    item.num = next++;
    item.children?.forEach(number);
  };
  number(plain);
  return plain;
}
