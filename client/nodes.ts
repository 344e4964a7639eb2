/**
 * Which node has which number: document order from the marker on, checked against what the server says.
 *
 *     <!--vango--><h1>Count: 1</h1><!--r--><b>raw</b><!--/r--><p><!----></p><script id="vango" data-n="5" …>
 *                 1   2           3                          4  5
 *
 * A node carries its number as a property; the table has the node at that place. Both must agree for a number to be valid, so a
 * node that was removed, or copied by a script of the page, has none.
 *
 * @module
 */
import type { Client, Live } from "./state.ts";

/** Gives a node the next number. */
export function number<T extends Live>(c: Client, node: T): T {
  c.nodes[node.vango = c.next++] = node;
  return node;
}

/** The number of a node; -1 when it has none. */
export function numberOf(c: Client, node: Live): number {
  const n = node.vango ?? -1;
  return c.nodes[n] === node ? n : -1;
}

/** Takes the numbers of a node and of all below. */
export function forget(c: Client, node: Live): void {
  const n = numberOf(c, node);
  if (n > 0) c.nodes[n] = undefined;
  for (let child = node.firstChild; child; child = child.nextSibling) forget(c, child);
}

/** Whether the server does not own the content of an element. */
export function isOpaque(element: Element, tag: string): boolean {
  return /^(noscript|template|iframe|title|textarea|option|script|style)$/.test(tag) ||
    tag.includes("-") && !element.hasAttribute("data-own");
}

/** The nodes that stand for one number: a raw node is a comment, its markup and another comment. */
export function range(node: Node): ChildNode[] {
  const nodes = [node as ChildNode];
  if (node.nodeType === 8 && (node as Comment).data === "r") {
    let next = node as ChildNode;
    while (next.nextSibling && (next as Comment).data !== "/r") nodes.push(next = next.nextSibling);
  }
  return nodes;
}

/** Calls back for the nodes that have numbers, in document order, with the byte of their kind. */
export function walk(node: Node | null, end: Node | null, visit: (node: Node, kind: number) => void): void {
  for (; node && node !== end; node = node.nextSibling) {
    if (node.nodeType === 1) {
      const element = node as Element;
      const tag = element.localName;
      if (element.getAttribute("name") === "_vango") continue;
      visit(node, 1);
      if (!isOpaque(element, tag)) walk(node.firstChild, null, visit);
    } else if (node.nodeType === 3 || !(node as Comment).data) visit(node, 2);
    else if ((node as Comment).data === "r") {
      visit(node, 5);
      node = range(node).pop() as Node;
    }
  }
}

/** The first node of the live tree. */
export function firstNode(c: Client): Node | null {
  let node: Node = c.end;
  while (node.previousSibling && (node as Comment).data !== "vango") node = node.previousSibling;
  return node.nextSibling;
}

/** Numbers the page; false when the count or the checksum is not the server's. */
export function numberPage(c: Client): boolean {
  let sum = 0x811c9dc5;
  const add = (byte: number) => sum = Math.imul(sum ^ byte, 0x01000193);
  c.end.parentNode!.normalize();
  walk(firstNode(c), c.end, (node, kind) => {
    number(c, node);
    add(kind);
    if (kind === 1) {
      for (const char of (node as Element).localName.toLowerCase()) add(char.charCodeAt(0) & 255);
    }
  });
  const { n, sum: wanted } = c.end.dataset;
  return c.next - 1 === +n! && sum >>> 0 === +wanted!;
}
