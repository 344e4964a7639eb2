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
import { OPAQUE, TEXT_ONLY } from "../vdom/node.ts";
import type { TemplateHole } from "../vdom/patch.ts";
import { isCheckable } from "./controls.ts";
import { fillTemplate, type WireTemplateDef } from "./template.ts";
import { DomNode, rangeOf } from "./dom_node.ts";
import { parseHtml } from "./parse.ts";
import { Tree } from "./tree.ts";

/** Whether the server does not own the content of an element. */
function isOpaque(node: DomNode): boolean {
  return OPAQUE.has(node.name) || TEXT_ONLY.has(node.name) ||
    node.name.includes("-") && !node.attrs.has("data-own");
}

function controlsIn(roots: readonly DomNode[]): DomNode[] {
  return roots.flatMap((root) =>
    [...root.elements()].filter(({ name }) => /^(input|textarea|option)$/.test(name))
  );
}

/** What controls share that are the same for a user: who they are, and what they show when nobody has touched them. */
function controlKey(node: DomNode): string {
  const attrs = ["id", "name", "type", "value", "checked", "selected"].map((name) => node.attr(name));
  return JSON.stringify([node.name, ...attrs, node.name === "input" ? "" : node.textContent]);
}

/** A page's document with its live tree. */
export class Dom extends Tree {
  /** The nodes by number. */
  readonly nodes: Map<number, DomNode> = new Map();
  /** The next number. */
  next = 1;
  readonly #templates: Map<number, WireTemplateDef> = new Map();

  /** Reads a document and numbers its live tree. */
  constructor(html: string) {
    super(parseHtml(html));
    if (this.end !== null) this.#number();
  }

  /** Data that the page carries for its client: of `data-n` the name is `n`. */
  data(name: string): string {
    return this.end?.attr(`data-${name}`) ?? "";
  }

  /** The node of a number. */
  get(num: number): DomNode {
    const node = this.nodes.get(num);
    if (node === undefined) throw new RangeError(`There is no node ${num}`);
    return node;
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

  /** Puts a whole new tree in the place of the live one, numbered from 1. What the server says nothing of stays as a user made it. */
  replaceTree(nodes: readonly WireNode[]): void {
    const before = Map.groupBy(controlsIn(this.roots), controlKey);
    for (const node of this.roots) node.detach();
    this.nodes.clear();
    this.next = 1;
    for (const node of this.build(nodes)) this.body.insert(node, this.end);
    for (const node of controlsIn(this.roots)) {
      const old = before.get(controlKey(node))?.shift();
      const isSet = node.name === "input" && !isCheckable(node) && node.attrs.has("value");
      if (old !== undefined && !isSet) Object.assign(node.live, old.live);
    }
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
