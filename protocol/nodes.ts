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
import { readName, writeName } from "./names.ts";
import { checkDepth, fail, readList, readOptional, readString, readU8, readUvarint } from "./read.ts";
import { writeList, writeOptional, writeText, writeU8, writeUvarint } from "./write.ts";

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
  /** Such an instance with nodes in it: those of each of its regions, too. */
  | { kind: 8; id: number; values: (string | null)[]; lists: WireNode[][] }
  /** An element whose content is one text: title, textarea, option, script, style. */
  | { kind: 7; tag: string; attrs: [name: string, value: string][]; text: string };

/** What the codec asks of the `type` of a VNode of kind Template. */
export interface WireTemplate {
  /**
   * What an instance is on the wire: the number of its template, which a TemplateDef of this or an earlier frame has
   * told, the values of its slots in the order of the holes (null is an attribute that is not there), and the items of its
   * regions.
   */
  wire(node: VNode): {
    id: number;
    values: readonly (string | null)[];
    lists: readonly (readonly VNode[])[];
  };
}

/** Writes a list of items. */
export function encodeNodes(items: readonly VNode[]): void {
  writeUvarint(countNodes(items));
  encodeItems(items);
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

function encodeItems(items: readonly VNode[]): void {
  for (const item of items) {
    switch (item.kind) {
      case Kind.Element:
        encodeElement(item);
        break;
      case Kind.Text:
        if (item.lead !== 0) writeU8(3);
        if (item.text === "") writeU8(3);
        else {
          writeU8(2);
          writeText(item.text);
        }
        break;
      case Kind.Raw:
        writeU8(5);
        writeText(item.text);
        break;
      case Kind.Template: {
        const { id, values, lists } = (item.type as WireTemplate).wire(item);
        writeU8(lists.length === 0 ? 6 : 8);
        writeUvarint(id);
        writeList(values, writeOptional);
        if (lists.length > 0) writeList(lists, encodeNodes);
        break;
      }
      default:
        encodeItems(item.children ?? []);
    }
  }
}

function encodeElement(node: VNode): void {
  const tag = node.type as string;
  const textOnly = TEXT_ONLY.has(tag);
  writeU8(textOnly ? 7 : 1);
  writeName(tag);
  const attrs = attributesOf(node);
  const spec = eventSpec(node);
  writeUvarint(attrs.length + (spec === "" ? 0 : 1));
  if (spec !== "") {
    writeName("data-hid");
    writeText(spec);
  }
  for (const [name, value] of attrs) {
    writeName(name);
    writeText(value);
  }
  if (textOnly) writeText(contentOf(node));
  // Who reads this runs scripts: what a noscript holds would be made of elements there, whose images load.
  else if (node.content === null || tag === "noscript") writeU8(0);
  else encodeNodes(node.children!);
}

/** Reads a list of nodes. */
export function decodeNodes(depth = 0): WireNode[] {
  checkDepth(depth, "maxDepth");
  return readList(() => decodeNode(depth));
}

function decodeNode(depth: number): WireNode {
  const kind = readU8();
  switch (kind) {
    case 1:
    case 7: {
      const tag = readName();
      const attrs = readList<[string, string]>(() => [readName(), readString()]);
      return kind === 1
        ? { kind, tag, attrs, children: decodeNodes(depth + 1) }
        : { kind, tag, attrs, text: readString() };
    }
    case 2:
      return { kind, text: readString() };
    case 3:
      return { kind };
    case 5:
      return { kind, html: readString() };
    case 6:
      return { kind, id: readUvarint(), values: readList(readOptional) };
    case 8: {
      const id = readUvarint();
      const values = readList(readOptional);
      return { kind, id, values, lists: readList(() => decodeNodes(depth + 1)) };
    }
  }
  return fail(0x16);
}
