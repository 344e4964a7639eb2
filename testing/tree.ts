/**
 * A page's document as the kit reads it: the live tree between its marker and the client's script, and the head.
 *
 * @module
 */
import { DomNode } from "./dom_node.ts";

/** A document with its live tree. */
export class Tree {
  /** The whole document. */
  readonly document: DomNode;

  /** The body. */
  body!: DomNode;
  /** The client script's element, which ends the live tree. Null when the page is none of ours. */
  end!: DomNode | null;
  /** The comment that begins the live tree. */
  marker!: DomNode | null;

  /** Wraps a document. */
  constructor(document: DomNode) {
    this.document = document;
    this.locate();
  }

  /** Finds the borders of the live tree. */
  locate(): void {
    this.body = find(this.document, (node) => node.name === "body") ?? this.document;
    this.end = find(this.body, (node) => node.name === "script" && node.attr("id") === "vango");
    this.marker = find(this.body, (node) => node.name === "#comment" && node.text === "vango");
  }

  /** The top nodes of the live tree; of a page that is none of ours, the body's. */
  get roots(): DomNode[] {
    const { marker, end, body: { children } } = this;
    if (marker === null || end === null) return [...children];
    return children.slice(children.indexOf(marker) + 1, children.indexOf(end));
  }

  /** An element of the head: a title, a meta of this name, a link of this rel. With `make` it is made where it is not. */
  inHead(tag: string, name = "", make = false): DomNode | null {
    // Open Graph and the like have names with a colon, in an attribute of their own.
    const key = tag === "link" ? "rel" : name.includes(":") ? "property" : "name";
    const is = (node: DomNode) => node.name === tag && (tag === "title" || node.attr(key) === name);
    const found = find(this.document, (node) => is(node) && node.parent?.name === "head");
    if (found !== null || !make) return found;
    const made = new DomNode(tag);
    if (tag !== "title") made.attrs.set(key, name);
    (find(this.document, (node) => node.name === "head") ?? this.document).insert(made);
    return made;
  }

  /** Whether a node is in the document. */
  has(node: DomNode): boolean {
    let at = node;
    while (at.parent !== null) at = at.parent;
    return at === this.document;
  }
}

function find(node: DomNode, test: (node: DomNode) => boolean): DomNode | null {
  if (test(node)) return node;
  for (const child of node.children) {
    const found = find(child, test);
    if (found !== null) return found;
  }
  return null;
}
