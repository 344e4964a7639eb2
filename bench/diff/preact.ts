/**
 * Preact's diff. It reads the DOM's links between siblings while it works, so its nodes have them.
 *
 * @module
 */
import { h, render } from "preact";
import { type Item, prepareDiffer } from "./cases.ts";
import { FakeNode, operations } from "./fake_dom.ts";

/** A counting node that knows its siblings. */
class LinkedNode extends FakeNode {
  nextSibling: LinkedNode | null = null;
  previousSibling: LinkedNode | null = null;
  lastChild: LinkedNode | null = null;
  childNodes: LinkedNode[] = [];

  override insertBefore(node: LinkedNode, before: LinkedNode | null): LinkedNode {
    if (node.parentNode !== null) unlink(node.parentNode as LinkedNode, node);
    super.insertBefore(node, before);
    const last = before === null ? this.lastChild : before.previousSibling;
    node.previousSibling = last;
    node.nextSibling = before;
    if (last === null) this.firstChild = node;
    else last.nextSibling = node;
    if (before === null) this.lastChild = node;
    else before.previousSibling = node;
    return node;
  }
  override appendChild(node: LinkedNode): LinkedNode {
    return this.insertBefore(node, null);
  }
  override removeChild(node: LinkedNode): LinkedNode {
    unlink(this, node);
    super.removeChild(node);
    return node;
  }
  override remove(): void {
    (this.parentNode as LinkedNode | null)?.removeChild(this);
  }
}

function unlink(parent: LinkedNode, node: LinkedNode): void {
  const { previousSibling, nextSibling } = node;
  if (previousSibling === null) parent.firstChild = nextSibling;
  else previousSibling.nextSibling = nextSibling;
  if (nextSibling === null) parent.lastChild = previousSibling;
  else nextSibling.previousSibling = previousSibling;
  node.previousSibling = node.nextSibling = null;
}

const linkedDocument = {
  createElement: (tag: string) => made(1, tag),
  createElementNS: (_space: string, tag: string) => made(1, tag),
  createTextNode(text: string) {
    const node = made(3, "#text");
    node.nodeValue = text;
    return node;
  },
};

function made(type: number, name: string): LinkedNode {
  const node = new LinkedNode(type, name);
  node.ownerDocument = linkedDocument;
  return node;
}

Object.assign(globalThis, { document: linkedDocument });

const show = (root: FakeNode, items: readonly Item[]) =>
  render(
    h("ul", null, items.map((item) => h("li", { key: item.id, id: item.dom, class: item.tone }, item.label))),
    root as unknown as Element,
  );

/** See bench/contender.ts. */
export const prepare = prepareDiffer<FakeNode>({
  mount(items) {
    const root = made(1, "div");
    root.parentNode = made(9, "#document");
    show(root, items);
    return root;
  },
  patch: show,
  operations: () => operations,
});
