/**
 * A copy of a real document, which the kit reads as it reads its own: searches, roles, texts and messages are the same
 * everywhere. A node of the copy stays the same object for as long as the real one lives.
 *
 * @module
 */
import { DomNode } from "./dom_node.ts";
import type { Snapshot, SnapshotNode } from "./snapshot.ts";
import { Tree } from "./tree.ts";

/** The copy of a document. */
export class Mirror extends Tree {
  /** The element that has the focus. */
  focused: DomNode | null = null;
  #nodes: Map<number, DomNode> = new Map();
  #ids: WeakMap<DomNode, number> = new WeakMap();

  /** A copy of nothing yet. */
  constructor() {
    super(new DomNode("#document"));
  }

  /** The id of the real node of a copied one. */
  idOf(node: DomNode): number {
    return this.#ids.get(node) ?? 0;
  }

  /** Begins anew, with another document. */
  clear(): void {
    this.#nodes.clear();
    this.focused = null;
    this.document.children.length = 0;
    this.locate();
  }

  /** Makes the copy what the document is now. */
  update(snapshot: Snapshot): void {
    const before = this.#nodes;
    this.#nodes = new Map();
    for (const node of before.values()) node.parent = null;
    const body = this.#copy(snapshot.body, before);
    const head = new DomNode("head");
    if (snapshot.title !== null) {
      const title = new DomNode("title");
      title.textContent = snapshot.title;
      head.insert(title);
    }
    for (const [name, content] of snapshot.metas) {
      const meta = new DomNode("meta");
      meta.attrs.set("name", name).set("content", content);
      head.insert(meta);
    }
    this.document.children.length = 0;
    this.document.insert(head);
    this.document.insert(body);
    this.focused = this.#nodes.get(snapshot.focused) ?? null;
    this.locate();
  }

  #copy(from: SnapshotNode, before: Map<number, DomNode>): DomNode {
    const [id, name] = from;
    const node = before.get(id) ?? new DomNode(name);
    this.#nodes.set(id, node);
    this.#ids.set(node, id);
    node.children.length = 0;
    if (from.length === 3) {
      node.text = from[2];
      return node;
    }
    const [, , attrs, live, children] = from;
    node.attrs.clear();
    for (const [attr, value] of attrs) node.attrs.set(attr, value);
    node.num = live.num ?? 0;
    node.live.value = live.value;
    node.live.checked = live.checked;
    node.live.selected = live.selected;
    node.live.indeterminate = live.indeterminate;
    for (const child of children) {
      const copy = this.#copy(child, before);
      copy.parent = node;
      node.children.push(copy);
    }
    return node;
  }
}
