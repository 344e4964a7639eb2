/**
 * New nodes on the wire: written from VNodes on the server, read as plain WireNodes in the browser.
 *
 * Components and fragments leave no trace: their items are written in their place. What the differ numbers is written in
 * the order of the numbers, separators (an empty comment before a run whose `lead` is set) included, so that the browser
 * can number what it inserts by counting.
 *
 * @module
 */
import { attributesOf, contentOf, eventSpec } from "../vdom/attrs.ts";
import { Kind, TEXT_ONLY, type VNode } from "../vdom/node.ts";
import type { Reader, Writer } from "./bytes.ts";
import { ProtocolError } from "./error.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { ATTRS, TAGS } from "./names.ts";

/** A node as the browser gets it. */
export type WireNode =
  /** An element; its attribute `data-hid`, if any, lacks the number. */
  | { kind: 1; tag: string; attrs: [name: string, value: string][]; children: WireNode[] }
  /** Text, not empty. */
  | { kind: 2; text: string }
  /** An empty comment: an empty run, or a separator. */
  | { kind: 3 }
  /** Trusted HTML. */
  | { kind: 5; html: string }
  /** An instance of a template that an earlier TemplateDef defined: the values of its slots, null for no attribute. */
  | { kind: 6; id: number; values: (string | null)[] }
  /** An element whose content is one text: title, textarea, option, script, style. */
  | { kind: 7; tag: string; attrs: [name: string, value: string][]; text: string };

/** What the codec asks of the `type` of a VNode of kind Template. */
export interface WireTemplate {
  /**
   * What an instance is on the wire: the number of its template, which a TemplateDef of this or an earlier frame has
   * told, and the values of its slots in the order of the holes; null is an attribute that is not there.
   */
  wire(node: VNode): { id: number; values: readonly (string | null)[] };
}

const TAG_INDEX: ReadonlyMap<string, number> = /* @__PURE__ */ indexOf(TAGS);
/** The numbers of the attributes of the static table. */
export const ATTR_INDEX: ReadonlyMap<string, number> = /* @__PURE__ */ indexOf(ATTRS);

function indexOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, i) => [name, i]));
}

/**
 * Writes a list of items.
 *
 * @throws {ProtocolError} With code 0x12, when elements are nested deeper than a browser takes.
 */
export function encodeNodes(w: Writer, items: readonly VNode[], depth = 0): void {
  if (depth > DEFAULT_LIMITS.maxDepth) {
    throw new ProtocolError(
      0x12,
      -1,
      `Cannot encode nodes: they are nested deeper than ${DEFAULT_LIMITS.maxDepth}`,
    );
  }
  w.uvarint(countNodes(items));
  encodeItems(w, items, depth);
}

/** How many nodes of the wire a list of items is. */
function countNodes(items: readonly VNode[]): number {
  let n = 0;
  for (const item of items) {
    if (item.kind === Kind.Fragment || item.kind === Kind.Component) n += countNodes(item.children ?? []);
    else n += item.lead === 0 ? 1 : 2;
  }
  return n;
}

function encodeItems(w: Writer, items: readonly VNode[], depth: number): void {
  for (const item of items) {
    switch (item.kind) {
      case Kind.Element:
        encodeElement(w, item, depth);
        break;
      case Kind.Text:
        if (item.lead !== 0) w.u8(3);
        if (item.text === "") w.u8(3);
        else {
          w.u8(2);
          w.string(item.text);
        }
        break;
      case Kind.Raw:
        w.u8(5);
        w.string(item.text);
        break;
      case Kind.Template: {
        const { id, values } = (item.type as WireTemplate).wire(item);
        w.u8(6);
        w.uvarint(id);
        w.list(values, (w, value) => w.optional(value));
        break;
      }
      default:
        encodeItems(w, item.children ?? [], depth);
    }
  }
}

function encodeElement(w: Writer, node: VNode, depth: number): void {
  const tag = node.type as string;
  const textOnly = TEXT_ONLY.has(tag);
  w.u8(textOnly ? 7 : 1);
  w.name(TAG_INDEX, tag);
  const attrs = attributesOf(node);
  const spec = eventSpec(node);
  w.uvarint(attrs.length + (spec === "" ? 0 : 1));
  if (spec !== "") {
    w.name(ATTR_INDEX, "data-hid");
    w.string(spec);
  }
  for (const [name, value] of attrs) {
    w.name(ATTR_INDEX, name);
    w.string(value);
  }
  if (textOnly) w.string(contentOf(node));
  else if (node.children === null) w.u8(0);
  else encodeNodes(w, node.children, depth + 1);
}

/** Reads a list of nodes. */
export function decodeNodes(r: Reader, depth = 0): WireNode[] {
  if (depth > r.limits.maxDepth) r.fail(0x12);
  return r.list((r) => decodeNode(r, depth));
}

function decodeNode(r: Reader, depth: number): WireNode {
  const kind = r.u8();
  switch (kind) {
    case 1:
    case 7: {
      const tag = r.name(TAGS);
      const attrs = r.list<[string, string]>((r) => [r.name(ATTRS), r.string()]);
      return kind === 1
        ? { kind, tag, attrs, children: decodeNodes(r, depth + 1) }
        : { kind, tag, attrs, text: r.string() };
    }
    case 2:
      return { kind, text: r.string() };
    case 3:
      return { kind };
    case 5:
      return { kind, html: r.string() };
    case 6:
      return { kind, id: r.uvarint(), values: r.list((r) => r.optional()) };
  }
  r.fail(0x16, r.pos - 1);
}
