/**
 * A DOM that only counts: what differs between contenders is then their own work.
 *
 * Insertions, moves, removals and changes of attributes and texts of nodes in the document count; what is done to a node that is
 * not in it yet counts as its insertion.
 *
 * @module
 */

/** What was asked for so far. */
export let operations = 0;

/** A node, an element or a text. */
export class FakeNode {
  ownerDocument: unknown = null;
  parentNode: FakeNode | null = null;
  firstChild: FakeNode | null = null;
  nodeType: number;
  localName: string;
  #text = "";
  #class = "";

  constructor(nodeType: number, localName: string) {
    this.nodeType = nodeType;
    this.localName = localName;
  }

  /** Counts a change of a node that is in the document. */
  #count(): void {
    if (this.parentNode !== null) operations++;
  }

  get nodeValue(): string {
    return this.#text;
  }
  set nodeValue(text: string) {
    this.#text = text;
    this.#count();
  }
  get data(): string {
    return this.#text;
  }
  set data(text: string) {
    this.nodeValue = text;
  }
  get textContent(): string {
    return this.firstChild?.nodeValue ?? this.#text;
  }
  set textContent(text: string) {
    const child = this.firstChild ??= new FakeNode(3, "#text");
    child.parentNode = null;
    child.#text = text;
    child.parentNode = this;
    this.#count();
  }
  get className(): string {
    return this.#class;
  }
  set className(name: string) {
    this.#class = name;
    this.#count();
  }
  setAttribute(_name: string, _value: string): void {
    this.#count();
  }
  removeAttribute(_name: string): void {
    this.#count();
  }
  insertBefore(node: FakeNode, _before: FakeNode | null): FakeNode {
    this.#adopt(node);
    return node;
  }
  appendChild(node: FakeNode): FakeNode {
    this.#adopt(node);
    return node;
  }
  removeChild(node: FakeNode): FakeNode {
    if (node.parentNode !== null) node.#count();
    node.parentNode = null;
    return node;
  }
  remove(): void {
    this.#count();
    this.parentNode = null;
  }

  #adopt(node: FakeNode): void {
    if (this.parentNode !== null) operations++;
    else if (this.nodeType === 1 && node.nodeType === 3) this.firstChild = node;
    node.parentNode = this;
  }
}

/** Makes nodes. */
export const fakeDocument = {
  createElement: (tag: string) => new FakeNode(1, tag),
  createElementNS: (_space: string, tag: string) => new FakeNode(1, tag),
  createTextNode(text: string) {
    const node = new FakeNode(3, "#text");
    node.nodeValue = text;
    return node;
  },
};

/** An element in the document, in which a list can be shown. */
export function makeRoot(): FakeNode {
  const root = new FakeNode(1, "div");
  root.parentNode = new FakeNode(9, "#document");
  return root;
}
