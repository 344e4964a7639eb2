/**
 * A DOM of the least: elements, texts and comments, with the live values of controls beside their attributes.
 *
 * HTML is read by parse5; the rest of the second client knows these nodes alone.
 *
 * @module
 */
import { type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5";

/** A namespace. */
export type Space = "html" | "svg" | "math";

/** A node: `tag` is empty for what is no element. */
export class Dom {
  parent: Dom | null = null;
  children: Dom[] = [];
  attrs: Map<string, string> = new Map();
  /** The number of the node; 0 for none. */
  num = 0;
  /** The events that the element takes, as in `data-hid`. */
  spec = "";
  /** Live properties; null while the attribute tells. */
  value: string | null = null;
  checked: boolean | null = null;
  selected: boolean | null = null;
  props: Map<string, boolean> = new Map();

  constructor(
    readonly kind: "element" | "text" | "comment",
    readonly tag: string,
    public text: string,
    readonly space: Space = "html",
  ) {}

  get index(): number {
    return this.parent?.children.indexOf(this) ?? -1;
  }

  /** Puts nodes into this one: before a child, or at the end. */
  insert(nodes: readonly Dom[], before: Dom | null = null): void {
    for (const node of nodes) node.remove();
    const at = before === null ? this.children.length : before.index;
    this.children.splice(at, 0, ...nodes);
    for (const node of nodes) node.parent = this;
  }

  remove(): void {
    if (this.parent === null) return;
    this.parent.children.splice(this.index, 1);
    this.parent = null;
  }

  /** This node and all below it, in document order. */
  *all(): Generator<Dom> {
    yield this;
    for (const child of this.children) yield* child.all();
  }

  /** Elements below that pass the test. */
  find(test: (node: Dom) => boolean): Dom[] {
    return [...this.all()].filter((node) => node.kind === "element" && node !== this && test(node));
  }

  closest(tag: string): Dom | null {
    return this.tag === tag ? this : this.parent?.closest(tag) ?? null;
  }

  get textContent(): string {
    return this.kind === "text" ? this.text : this.children.map((child) => child.textContent).join("");
  }

  set textContent(text: string) {
    for (const child of [...this.children]) child.remove();
    if (text !== "") this.insert([new Dom("text", "", text)]);
  }
}

/** An element. */
export function element(tag: string, space: Space = "html", attrs: Iterable<[string, string]> = []): Dom {
  const node = new Dom("element", tag, "", space);
  for (const [name, value] of attrs) node.attrs.set(name, value);
  return node;
}

/** A run: a text, or an empty comment. */
export function run(text: string): Dom {
  return new Dom(text === "" ? "comment" : "text", "", text);
}

/** The namespace of what stands in an element. */
export function spaceIn(parent: Dom): Space {
  return parent.tag === "foreignObject" ? "html" : parent.space;
}

/** The namespace of an element of a tag in a place. */
export function spaceOf(tag: string, around: Space): Space {
  return tag === "svg" ? "svg" : tag === "math" ? "math" : around;
}

/** Reads a page. */
export function parsePage(html: string): Dom {
  return fromParse5(parse(html).childNodes.find((node) => node.nodeName === "html") as Node5);
}

/** Reads markup in the place of an element's content. */
export function parseMarkup(html: string, parent: Dom): Dom[] {
  const spaces = { html: "http://www.w3.org/1999/xhtml", svg: "http://www.w3.org/2000/svg", math: MATH };
  const context = { nodeName: parent.tag, tagName: parent.tag, attrs: [], childNodes: [], parentNode: null };
  const at = {
    ...context,
    namespaceURI: spaces[spaceIn(parent)],
  } as unknown as DefaultTreeAdapterTypes.Element;
  return parseFragment(at, html, {}).childNodes.map(fromParse5);
}

type Node5 = DefaultTreeAdapterTypes.ChildNode;
const MATH = "http://www.w3.org/1998/Math/MathML";

function fromParse5(node: Node5): Dom {
  if ("value" in node) return new Dom("text", "", node.value);
  if (!("tagName" in node)) return new Dom("comment", "", "data" in node ? node.data : "");
  const space = node.namespaceURI === MATH ? "math" : node.namespaceURI.endsWith("svg") ? "svg" : "html";
  const made = element(node.tagName, space);
  for (const { prefix, name, value } of node.attrs) {
    made.attrs.set(prefix ? `${prefix}:${name}` : name, value);
  }
  const content = "content" in node ? (node.content as DefaultTreeAdapterTypes.DocumentFragment) : node;
  made.insert(content.childNodes.map(fromParse5));
  return made;
}

/**
 * The tree as text, for comparison: attributes sorted, what controls show in the place of the attributes that it began with,
 * `data-hid` without its number; no form tokens, and no content of a noscript, which no frame has.
 */
export function shape(nodes: readonly Dom[], indent = ""): string {
  return nodes.filter((node) => !isToken(node)).map((node) => {
    if (node.kind !== "element") return `${indent}${node.kind} ${JSON.stringify(node.text)}\n`;
    const attrs = [...node.attrs].map(([name, value]) => `${name}=${tidy(name, value)}`).sort();
    const live = [valueOf(node), checkedOf(node), selectedOf(node), node.spec].map((state) =>
      JSON.stringify(state)
    );
    const head = `${indent}${node.space} ${node.tag} ${
      attrs.filter((attr) => !/^$|=$/.test(attr)).join(" ")
    } ${live}\n`;
    return ["textarea", "noscript"].includes(node.tag) ? head : head + shape(node.children, indent + "  ");
  }).join("");
}

function tidy(name: string, value: string): string {
  if (["data-hid", "value", "checked", "selected"].includes(name)) return "";
  const parts = name === "style" ? value.split(";") : name === "class" ? value.split(" ") : null;
  return parts?.map((part) => part.replace(/\s/g, "")).filter((part) => part !== "").sort().join(" ") ??
    `"${value}"`;
}

/** Whether a node is the hidden input of a form that posts without JavaScript. */
export function isToken(node: Dom): boolean {
  return node.tag === "input" && node.attrs.get("name") === "_vango";
}

/** What a control shows. */
export function valueOf(node: Dom): string {
  if (node.tag === "textarea") return node.value ?? node.textContent;
  if (node.tag === "option") return node.attrs.get("value") ?? node.textContent;
  if (node.tag === "select") return optionsOf(node).filter(selectedOf).map(valueOf)[0] ?? "";
  const box = ["checkbox", "radio"].includes(node.attrs.get("type") ?? "");
  return node.value ?? node.attrs.get("value") ?? (box ? "on" : "");
}

/** Whether a box is on. */
export function checkedOf(node: Dom): boolean {
  return node.checked ?? node.attrs.has("checked");
}

/** Whether an option is chosen; of a select of one, the last that is, else the first of all. */
export function selectedOf(node: Dom): boolean {
  if (node.tag !== "option") return false;
  const own = (option: Dom) => option.selected ?? option.attrs.has("selected");
  const select = node.closest("select");
  if (select === null || select.attrs.has("multiple")) return own(node);
  const options = optionsOf(select);
  return (options.findLast(own) ?? options[0]) === node;
}

/** The options of a select. */
export function optionsOf(select: Dom): Dom[] {
  return select.find((node) => node.tag === "option");
}

/** Chooses options: what a user or a patch does. */
export function choose(select: Dom, values: readonly string[]): void {
  for (const option of optionsOf(select)) option.selected = values.includes(valueOf(option));
}
