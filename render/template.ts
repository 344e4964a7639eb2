/**
 * Instances of templates as HTML: the constant markup, escaped once per process, with the slots in between.
 *
 *     <li class={c}>No. {n}</li>   →   `<li` class `>No. ` text `</li>`
 *
 * A piece is constant markup and what comes after it. The writer stops at a region, writes its items, and goes on.
 *
 * @module
 */
import { attributeValue, isEventProp } from "../vdom/attrs.ts";
import { textOf, type VNode } from "../vdom/node.ts";
import { SMALL, type SmallInstance } from "../vdom/vnode.ts";
import type { Template } from "../vdom/template.ts";
import { isWritten, specOfPlan, staticProps, takesEvents, textOfPlan } from "../vdom/template_slots.ts";
import type { ContentPlan, ElementPlan, TextPlan } from "../vdom/template_plan.ts";
import { escapeAttribute, escapeText, flatten, isPlain, isPlainText } from "./escape.ts";
import { type Namespace, prefixOf, spaceIn, T_SPACE, T_VOID, tagOf } from "./names.ts";

/** What the writer lends. */
export interface TemplateWriter {
  /** What was written. */
  out: string;
  /** The namespace of what is written next. */
  space: Namespace;
}

/** What follows the constant markup of a piece. */
const After = { End: 0, Text: 1, TextOrComment: 2, Texts: 3, Attribute: 4, Events: 5, Region: 6 } as const;

/** What a piece has besides its constant markup. */
interface PieceParts {
  /** The slot of a text or attribute; of an element that takes one event that handler's. */
  slot: number;
  /** What is written before an attribute's value. */
  prefix: string;
  /** The attribute in lower case. */
  name: string;
  /** The element of an attribute, or which takes events. */
  element: ElementPlan | null;
  /** A text with several slots and nothing else. */
  text: TextPlan | null;
  /** The elements around a region that may change the namespace, outermost first. */
  spaces: readonly string[];
}

/** Constant markup and what follows it. A class, so that all of them have one shape for the engine. */
class Piece implements PieceParts {
  /** The markup, with the quote of the attribute before it and the beginning of its own. */
  readonly html: string;
  /** The markup alone. */
  readonly bare: string;
  /** Whether an attribute is before it. */
  readonly closes: boolean;
  readonly slot: number;
  readonly prefix: string;
  readonly name: string;
  readonly element: ElementPlan | null;
  readonly text: TextPlan | null;
  readonly spaces: readonly string[];
  /** The one event that the element takes, by what a plain handler asks for; null until one was met. */
  withPayload: string | null = null;
  withoutPayload: string | null = null;
  /** The piece that follows; null of the last one. */
  next: Piece | null = null;
  constructor(
    bare: string,
    readonly after: number,
    before: Piece | undefined,
    more: Partial<PieceParts>,
  ) {
    if (before !== undefined) before.next = this;
    this.closes = before?.after === After.Attribute;
    this.bare = flatten(bare);
    this.html = flatten((this.closes ? '"' : "") + bare + (more.prefix ?? ""));
    this.slot = more.slot ?? -1;
    this.prefix = more.prefix ?? "";
    this.name = more.name ?? "";
    this.element = more.element ?? null;
    this.text = more.text ?? null;
    this.spaces = more.spaces ?? [];
  }
}

interface Rendering {
  pieces: Piece[];
  /** For each region the piece that follows it. */
  resume: number[];
  /** Whether its instances keep their slots themselves. */
  small: boolean;
}

/**
 * Writes an instance from behind the region before `region` up to that region.
 *
 * @returns The items of the region; null when the instance is complete.
 */
export function writeTemplate(writer: TemplateWriter, node: VNode, region: number): readonly VNode[] | null {
  const template = node.type as Template;
  const { pieces, resume, small } = (template.rendering ??= compile(template)) as Rendering;
  // Of a small instance a list for the time of this call: reading two kinds of nodes slot by slot takes longer.
  const slots = small
    ? [node.props, (node as SmallInstance).b, (node as SmallInstance).c, (node as SmallInstance).d]
    : node.props as unknown as readonly unknown[];
  let html = writer.out;
  // Whether the value of an attribute is open: its quote is the first character of the next piece.
  let quoted = false;
  // One use of the text behind the loop, and none in it but to add: so the engine can build it in place.
  let piece = pieces[region === 0 ? 0 : resume[region - 1]];
  for (;; piece = piece.next!) {
    const { after } = piece;
    if (after === After.Attribute) {
      const value = slots[piece.slot];
      const text = typeof value === "string" && isPlain(value) ? value : attributeText(piece, value);
      if (text !== null && quoted === piece.closes) html += piece.html;
      else html += (quoted ? '"' : "") + piece.bare + (text === null ? "" : piece.prefix);
      if (text !== null) html += text;
      quoted = text !== null;
      continue;
    }
    html += quoted === piece.closes ? piece.html : piece.bare;
    quoted = false;
    if (after === After.Text || after === After.TextOrComment) {
      const value = slots[piece.slot];
      if (typeof value === "number") html += value;
      else if (typeof value === "string" && value !== "" && isPlainText(value)) html += value;
      else html += contentText(piece, value);
      continue;
    }
    if (after === After.End || after === After.Region) break;
    html += after === After.Texts ? textsOf(piece, node) : node.num === 0 ? "" : hidOf(node, piece);
  }
  writer.out = html;
  if (piece.after !== After.Region) return null;
  for (const tag of piece.spaces) writer.space = spaceIn(tag, writer.space);
  return node.children![region].children;
}

function attributeText(piece: Piece, value: unknown): string | null {
  const text = attributeValue(piece.element!.tag, piece.name, value);
  return text === null ? null : escapeAttribute(text);
}

function contentText(piece: Piece, value: unknown): string {
  const text = textOf(value);
  return text !== "" ? escapeText(text) : piece.after === After.TextOrComment ? "<!---->" : "";
}

function textsOf(piece: Piece, node: VNode): string {
  const text = textOfPlan(piece.text!, node);
  return text === "" ? "<!---->" : escapeText(text);
}

function hidOf(node: VNode, piece: Piece): string {
  const plan = piece.element!;
  const handler = node.valueAt(piece.slot);
  let spec: string;
  if (typeof handler === "function") {
    // One event, which is with or without a payload.
    spec = handler.length > 0
      ? piece.withPayload ??= escapeAttribute(specOfPlan(plan, node))
      : piece.withoutPayload ??= escapeAttribute(specOfPlan(plan, node));
  } else spec = escapeAttribute(specOfPlan(plan, node));
  if (spec === "") return "";
  const num = node.num + plan.offset + (plan.region < 0 ? 0 : node.children![plan.region].lead);
  return ` data-hid="${num} ${spec}"`;
}

function compile(template: Template): Rendering {
  const pieces: Piece[] = [];
  const resume: number[] = [];
  let html = "";
  const add = (after: number, more: Partial<PieceParts> = {}): void => {
    pieces.push(new Piece(html, after, pieces[pieces.length - 1], more));
    html = "";
  };
  const addElement = (plan: ElementPlan, around: readonly string[]): void => {
    const tag = tagOf(plan.tag);
    html += tag.open;
    const props = staticProps(plan);
    for (const name in props) {
      const prefix = prefixOf(plan.tag, name);
      const text = attributeValue(plan.tag, name.toLowerCase(), props[name]);
      if (prefix !== null && text !== null) html += prefix + escapeAttribute(text) + '"';
    }
    for (const [slot, name] of plan.dynamic) {
      const prefix = isWritten(name) ? prefixOf(plan.tag, name) : null;
      if (prefix !== null) add(After.Attribute, { slot, prefix, name: name.toLowerCase(), element: plan });
    }
    if (takesEvents(plan)) {
      const events = plan.dynamic.filter(([, name]) => isEventProp(name));
      add(After.Events, { slot: events.length === 1 ? events[0][0] : -1, element: plan });
    }
    html += ">";
    if ((tag.traits & T_VOID) !== 0) return;
    const inside = (tag.traits & T_SPACE) !== 0 ? [...around, plan.tag] : around;
    for (const item of plan.content) addContent(item, inside);
    html += tag.close;
  };
  const addContent = (plan: ContentPlan, around: readonly string[]): void => {
    if (plan.what === "element") addElement(plan, around);
    else if (plan.what === "region") {
      add(After.Region, { spaces: around });
      resume.push(pieces.length);
    } else if (plan.holes.length > 1 && plan.statics.every((text) => text === "")) {
      add(After.Texts, { text: plan });
    } else {
      const after = plan.statics.some((text) => text !== "") ? After.Text : After.TextOrComment;
      html += escapeText(plan.statics[0]);
      plan.holes.forEach((slot, i) => {
        add(after, { slot });
        html += escapeText(plan.statics[i + 1]);
      });
    }
  };
  addElement(template.plan.root, []);
  add(After.End);
  return { pieces, resume, small: template.place.names.length <= SMALL };
}
