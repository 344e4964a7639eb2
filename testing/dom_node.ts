/**
 * A node of a document as the kit models it: no layout, no styles, no scripts.
 *
 * @module
 */
import { HIDDEN_FORM, TOKEN_FIELD } from "../render/mod.ts";

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
