/**
 * The document as a browser would have it: elements, text and comments, with the numbers that patches name nodes by.
 *
 *     <!--vango-->  h1(1)  "Count: 1"(2)  button(3) …  <script id="vango">
 *     marker        the live tree: numbered in document order, see docs/protocol.md, "Numbers"
 *
 * A model, not a browser: no layout, no styles, no scripts.
 *
 * @module
 */
import type { WireNode } from "../protocol/mod.ts";
import { HIDDEN_FORM, TOKEN_FIELD } from "../render/mod.ts";
import { OPAQUE, TEXT_ONLY } from "../vdom/node.ts";
import type { TemplateHole } from "../vdom/patch.ts";
import { fillTemplate, type WireTemplateDef } from "./template.ts";
import { parseHtml } from "./parse.ts";

/** What the user or a patch made of a control, apart from its attributes. */
export interface LiveState {
  /** The value of an input or textarea. */
  value?: string;
  /** Whether a checkbox or radio is on. */
  checked?: boolean;
  /** Whether an option is chosen. */
  selected?: boolean;
  /** Whether a checkbox is neither on nor off. */
  indeterminate?: boolean;
}

/** A node of the document. */
export class DomNode {
  /** The tag, "#text", "#comment" or "#document". A text and an empty comment may become each other. */
  name: string;
  /** The text of a text or comment. */
  text: string;
  /** The attributes, in order. */
  readonly attrs: Map<string, string> = new Map();
  /** What changed of a control. */
  readonly live: LiveState = {};
  /** The children. */
  readonly children: DomNode[] = [];
  /** The parent; null at the top, and once it is removed. */
  parent: DomNode | null = null;
  /** The number; 0 where it has none. */
  num = 0;

  /** Makes a node that is nowhere yet. */
  constructor(name: string, text = "") {
    this.name = name;
    this.text = text;
  }

  /** Whether it is an element. */
  get isElement(): boolean {
    return !this.name.startsWith("#");
  }

  /** The value of an attribute, or null. */
  attr(name: string): string | null {
    return this.attrs.get(name) ?? null;
  }

  /** Puts a node at the end, or before a child. */
  insert(node: DomNode, before: DomNode | null = null): void {
    node.detach();
    const at = before === null ? this.children.length : this.children.indexOf(before);
    if (at < 0) throw new Error(`Cannot insert before a node that is no child of <${this.name}>`);
    this.children.splice(at, 0, node);
    node.parent = this;
  }

  /** Sets the text of a text, of an empty comment (which becomes a text), or the whole content of an element. */
  setText(text: string): void {
    if (this.isElement) this.textContent = text;
    else {
      if (text !== "") this.name = "#text";
      this.text = text;
    }
  }

  /** Takes it out of its parent. */
  detach(): void {
    const parent = this.parent;
    if (parent === null) return;
    parent.children.splice(parent.children.indexOf(this), 1);
    this.parent = null;
  }

  /** The next sibling, or null. */
  get next(): DomNode | null {
    const siblings = this.parent?.children;
    return siblings === undefined ? null : siblings[siblings.indexOf(this) + 1] ?? null;
  }

  /** All text below it, as it stands. */
  get textContent(): string {
    if (this.name === "#text") return this.text;
    if (this.name === "#comment") return "";
    return this.children.map((child) => child.textContent).join("");
  }

  /** Makes one text its whole content. */
  set textContent(text: string) {
    for (const child of [...this.children]) child.detach();
    if (text !== "") this.insert(new DomNode("#text", text));
  }

  /** It and the elements below it, in document order. */
  *elements(): Generator<DomNode> {
    if (this.isElement) yield this;
    for (const child of this.children) yield* child.elements();
  }

  /** The same without what the framework adds for itself. */
  *authored(): Generator<DomNode> {
    if (isAdded(this)) return;
    if (this.isElement) yield this;
    for (const child of this.children) yield* child.authored();
  }

  /** Its ancestors, the nearest first. */
  *ancestors(): Generator<DomNode> {
    for (let at = this.parent; at !== null; at = at.parent) yield at;
  }

  /** The nearest of it and its ancestors that a test takes, or null. */
  closest(test: (node: DomNode) => boolean): DomNode | null {
    for (let at: DomNode | null = this as DomNode; at !== null; at = at.parent) {
      if (at.isElement && test(at)) return at;
    }
    return null;
  }
}

/** Whether the framework adds an element for itself, to post without JavaScript: a form's token, or the hidden form. */
export function isAdded(node: DomNode): boolean {
  return node.name === "input" && node.attr("name") === TOKEN_FIELD ||
    node.name === "form" && node.attr("id") === HIDDEN_FORM;
}

/** Whether the server does not own the content of an element. */
function isOpaque(node: DomNode): boolean {
  return OPAQUE.has(node.name) || TEXT_ONLY.has(node.name) ||
    node.name.includes("-") && !node.attrs.has("data-own");
}

/** The nodes that stand for one number: of a raw node its comment, its markup and the end. */
export function rangeOf(node: DomNode): DomNode[] {
  if (node.name !== "#comment" || node.text !== "r") return [node];
  const nodes = [node];
  for (let at = node.next; at !== null; at = at.next) {
    nodes.push(at);
    if (at.name === "#comment" && at.text === "/r") break;
  }
  return nodes;
}

/** A page's document with its live tree. */
export class Dom {
  /** The whole document. */
  readonly document: DomNode;
  /** The body. */
  readonly body: DomNode;
  /** The client script's element, which ends the live tree. Null when the page is none of ours. */
  readonly end: DomNode | null;
  /** The nodes by number. */
  readonly nodes: Map<number, DomNode> = new Map();
  /** The next number. */
  next = 1;
  readonly #marker: DomNode | null;
  readonly #templates: Map<number, WireTemplateDef> = new Map();

  /** Reads a document and numbers its live tree. */
  constructor(html: string) {
    this.document = parseHtml(html);
    this.body = find(this.document, (n) => n.name === "body") ?? this.document;
    this.end = find(this.body, (n) => n.name === "script" && n.attr("id") === "vango");
    this.#marker = find(this.body, (n) => n.name === "#comment" && n.text === "vango");
    if (this.end !== null) this.#number();
  }

  /** Data that the page carries for its client: of `data-n` the name is `n`. */
  data(name: string): string {
    return this.end?.attr(`data-${name}`) ?? "";
  }

  /** The top nodes of the live tree; of a page that is none of ours, the body's. */
  get roots(): DomNode[] {
    const { children } = this.body;
    if (this.#marker === null || this.end === null) return [...children];
    return children.slice(children.indexOf(this.#marker) + 1, children.indexOf(this.end));
  }

  /** An element of the head: a title, or a meta of this name. With `make` it is made where it is not. */
  inHead(tag: string, name = "", make = false): DomNode | null {
    const is = (node: DomNode) => node.name === tag && (tag !== "meta" || node.attr("name") === name);
    const found = find(this.document, (node) => is(node) && node.parent?.name === "head");
    if (found !== null || !make) return found;
    const made = new DomNode(tag);
    if (tag === "meta") made.attrs.set("name", name);
    (find(this.document, (node) => node.name === "head") ?? this.document).insert(made);
    return made;
  }

  /** The node of a number. */
  get(num: number): DomNode {
    const node = this.nodes.get(num);
    if (node === undefined) throw new RangeError(`There is no node ${num}`);
    return node;
  }

  /** Whether a node is in the document. */
  has(node: DomNode): boolean {
    let at = node;
    while (at.parent !== null) at = at.parent;
    return at === this.document;
  }

  /** Numbers the nodes that have numbers again, in document order. */
  renumber(): void {
    const numbered = new Set(this.nodes.values());
    this.nodes.clear();
    this.next = 1;
    const walk = (nodes: readonly DomNode[]): void => {
      for (const node of nodes) {
        if (numbered.has(node)) this.#give(node);
        walk(node.children);
      }
    };
    walk(this.roots);
  }

  /** Puts a whole new tree in the place of the live one, numbered from 1. */
  replaceTree(nodes: readonly WireNode[]): void {
    for (const node of this.roots) node.detach();
    this.nodes.clear();
    this.next = 1;
    for (const node of this.build(nodes)) this.body.insert(node, this.end);
  }

  /** Makes nodes of the wire into nodes of the document, and numbers them. */
  build(nodes: readonly WireNode[], numbered = true): DomNode[] {
    return nodes.flatMap((node) => this.#build(node, numbered));
  }

  #build(node: WireNode, numbered: boolean): DomNode[] {
    const give = (made: DomNode): DomNode => numbered ? this.#give(made) : made;
    switch (node.kind) {
      case 1:
      case 7: {
        const element = give(new DomNode(node.tag));
        for (const [name, value] of node.attrs) {
          element.attrs.set(name, name === "data-hid" ? `${element.num} ${value}` : value);
        }
        if (node.kind === 7) element.textContent = node.text;
        else {
          for (const child of this.build(node.children, numbered && !isOpaque(element))) {
            element.insert(child);
          }
        }
        return [element];
      }
      case 2:
        return [give(new DomNode("#text", node.text))];
      case 3:
        return [give(new DomNode("#comment"))];
      case 5: {
        const start = give(new DomNode("#comment", "r"));
        const content = parseHtml(node.html).children;
        for (const child of content) child.parent = null;
        return [start, ...content, new DomNode("#comment", "/r")];
      }
      case 6:
      case 8: {
        const template = this.#templates.get(node.id);
        if (template === undefined) throw new RangeError(`There is no template ${node.id}`);
        return this.build(fillTemplate(template, node.values, node.kind === 8 ? node.lists : []), numbered);
      }
    }
  }

  /** What the instances of a template have in common. */
  define(id: number, nodes: readonly WireNode[], holes: readonly TemplateHole[]): void {
    this.#templates.set(id, { nodes, holes });
  }

  /** Takes the numbers of a node and of all below. */
  forget(node: DomNode): void {
    if (this.nodes.get(node.num) === node) this.nodes.delete(node.num);
    for (const child of node.children) this.forget(child);
  }

  #give(node: DomNode): DomNode {
    node.num = this.next++;
    this.nodes.set(node.num, node);
    return node;
  }

  /** Numbers a page that was just read, and checks what the server says of it. */
  #number(): void {
    let sum = 0x811c9dc5;
    const add = (byte: number) => void (sum = Math.imul(sum ^ byte, 0x01000193));
    const walk = (nodes: readonly DomNode[]): void => {
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i];
        if (node.isElement) {
          if (node.attr("name") === "_vango") continue;
          this.#give(node);
          add(1);
          for (const char of node.name.toLowerCase()) add(char.charCodeAt(0) & 255);
          if (!isOpaque(node)) walk(node.children);
        } else if (node.name === "#text" || node.text === "") {
          this.#give(node);
          add(2);
        } else if (node.text === "r") {
          this.#give(node);
          add(5);
          i += rangeOf(node).length - 1;
        }
      }
    };
    walk(this.roots);
    const found = [String(this.next - 1), String(sum >>> 0)];
    if (found[0] === this.data("n") && found[1] === this.data("sum")) return;
    throw new Error(
      `The HTML of the page is not the tree that the server numbered: it has ${found[0]} nodes (sum ${
        found[1]
      }), ` +
        `the server says ${this.data("n")} (sum ${this.data("sum")}). Look for wrong nesting or raw HTML.`,
    );
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
