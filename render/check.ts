/**
 * Two numbers that tell whether both ends hold the same tree: the checksum of a tree's shape, which the client computes
 * again from the DOM, and the hash of its HTML, which a snapshot carries.
 *
 * @module
 */
import { Kind, ownsContent, type VNode } from "../vdom/node.ts";
import type { Template } from "../vdom/template.ts";
import type { ContentPlan } from "../vdom/template_plan.ts";
import { RenderError } from "./errors.ts";

/** What {@linkcode treeSum} computes. */
export interface TreeSum {
  /** How many numbers the tree took. */
  count: number;
  /** The checksum: 32 bits, unsigned. */
  sum: number;
}

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Counts and sums the numbered nodes of a mounted tree, in document order: FNV-1a over 1 and the lower-case tag for an
 * element, 2 for a text, empty run or separator, 5 for a raw node. See docs/protocol.md, "Numbers".
 */
export function treeSum(items: readonly VNode[]): TreeSum {
  const sum: TreeSum = { count: 0, sum: FNV_BASIS | 0 };
  addItems(items, sum);
  sum.sum >>>= 0;
  return sum;
}

function addItems(items: readonly VNode[], sum: TreeSum): void {
  for (const item of items) {
    switch (item.kind) {
      case Kind.Text:
        if (item.lead !== 0) addNode(sum, 2);
        addNode(sum, 2);
        break;
      case Kind.Element: {
        const tag = item.type as string;
        addNode(sum, 1);
        addTag(sum, tag);
        if (typeof item.content === "string") addNode(sum, 2);
        else if (item.children !== null && ownsContent(tag, true)) addItems(item.children, sum);
        break;
      }
      case Kind.Raw:
        addNode(sum, 5);
        break;
      case Kind.Fragment:
      case Kind.Component:
        if (item.children !== null) addItems(item.children, sum);
        break;
      case Kind.Template:
        addTemplate(sum, item);
        break;
      default:
        throw new RenderError("kind", `Cannot sum a node of kind ${item.kind}`);
    }
  }
}

function addTemplate(sum: TreeSum, node: VNode): void {
  const add = (plan: ContentPlan): void => {
    if (plan.what === "region") addItems(node.children![plan.index].children!, sum);
    else if (plan.what === "text") addNode(sum, 2);
    else {
      addNode(sum, 1);
      addTag(sum, plan.tag);
      plan.content.forEach(add);
    }
  };
  add((node.type as Template).plan.root);
}

function addTag(sum: TreeSum, tag: string): void {
  const lower = tag.toLowerCase();
  for (let i = 0; i < lower.length; i++) {
    sum.sum = Math.imul(sum.sum ^ (lower.charCodeAt(i) & 0xff), FNV_PRIME);
  }
}

function addNode(sum: TreeSum, byte: number): void {
  sum.count++;
  sum.sum = Math.imul(sum.sum ^ byte, FNV_PRIME);
}

/**
 * A hash of HTML, as an integer of 53 bits: not for secrets. Two lanes of multiply and xor over the UTF-16 units, each
 * lane mixed into the other at the end.
 */
export function treeHash(html: string): number {
  let a = 0x2f0b4c47 ^ html.length;
  let b = 0x63d1a9e5;
  for (let i = 0; i < html.length; i++) {
    const c = html.charCodeAt(i);
    a = Math.imul(a ^ c, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b + c, 0x85ebca77);
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ b >>> 16, 0x27d4eb2f);
  b = Math.imul(b ^ a >>> 15, 0xc2b2ae3d);
  return ((b ^ b >>> 16) & 0x1fffff) * 0x100000000 + ((a ^ a >>> 14) >>> 0);
}
