/**
 * What each patch does to the page: docs/protocol.md, "Patches".
 *
 * @module
 */
import { choose, type Dom, run } from "./dom.ts";
import type { Hole, Patch, WireNode } from "./down.ts";
import { after, isTextOnly, type Page, span } from "./page.ts";

/** Applies a patch. */
export function applyPatch(page: Page, patch: Patch): void {
  OPS[patch.op](page, patch as never);
}

type Fields = {
  num: number;
  name: string;
  value: string;
  text: string;
  nodes: WireNode[];
  holes: Hole[];
  [field: string]: unknown;
};

const OPS: Record<number, (page: Page, patch: Fields) => void> = {
  0x01: (page, { num, text }) => setText(page, page.node(num), text),
  0x02: (page, { num, name, value }) => void page.node(num).attrs.set(name, value),
  0x03: (page, { num, name }) => void page.node(num).attrs.delete(name),
  0x04: (page, { num, nodes }) => put(page, page.node(num).parent as Dom, page.node(num), nodes),
  0x05: (page, { num }) => page.drop(span(page.node(num))),
  0x06: (page, { num, before }) => {
    const place = page.node(before as number);
    (place.parent as Dom).insert(span(page.node(num)), place);
  },
  0x07: (page, { num, nodes }) => {
    const old = page.node(num);
    put(page, old.parent as Dom, old, nodes);
    page.drop(span(old));
  },
  0x08: (page, { num, value }) => setValue(page.node(num), value),
  0x09: (page, { num, on }) => void (page.node(num).checked = on as boolean),
  0x0a: (page, { num, on }) => void (page.node(num).selected = on as boolean),
  0x0b: instruct,
  0x0c: instruct,
  0x0d: instruct,
  0x0e: (page, { num, nodes }) => put(page, page.parent(num), null, nodes),
  0x0f: (page, { num, nodes }) => put(page, page.node(num).parent as Dom, after(page.node(num)), nodes),
  0x10: (page, { num, name }) => setClasses(page.node(num), (has) => [...has, ...words(name)]),
  0x11: (page, { num, name }) =>
    setClasses(page.node(num), (has) => has.filter((c) => !words(name).includes(c))),
  0x12: (page, { num, name }) => toggleClasses(page.node(num), name),
  0x13: (page, { num, name, value }) => setStyle(page.node(num), name, value),
  0x14: (page, { num, name }) => setStyle(page.node(num), name, null),
  0x15: (page, { num, name, value }) => void page.node(num).attrs.set(`data-${name}`, value),
  0x16: (page, { num, offset, count, text }) => {
    const node = page.node(num);
    const old = node.kind === "element" ? node.textContent : node.text;
    const start = offset as number;
    setText(page, node, old.slice(0, start) + text + old.slice(start + (count as number)));
  },
  0x17: (page, { num, name, on }) => void page.node(num).props.set(name, on as boolean),
  0x18: (page, { num, spec }) => page.setSpec(page.node(num), spec as string),
  0x1a: (page, { num, parent }) => page.parent(parent as number).insert(span(page.node(num))),
  0x1b: (page, { num, after: place }) => {
    const node = page.node(place as number);
    const nodes = span(page.node(num));
    (node.parent as Dom).insert(nodes, skip(after(node), nodes));
  },
  0x20: instruct,
  0x30: instruct,
  0x31: instruct,
  0x32: instruct,
  0x33: instruct,
  0x34: instruct,
  0x35: (page, { text }) => void (page.title = text),
  0x36: (page, { name, content }) =>
    void (content === null ? page.metas.delete(name) : page.metas.set(name, `${content}`)),
  0x37: (page, { name, content }) =>
    void (content === null ? page.links.delete(name) : page.links.set(name, `${content}`)),
  0x40: () => {}, // told when the frame is read
  0x42: (page, { num, first, nodes }) => {
    const node = page.node(num);
    page.drop([...node.children]);
    put(page, node, null, nodes, first as number);
  },
};

/** Notes a definition: it holds even where its frame is not applied. */
export function define(page: Page, patches: readonly Patch[]): void {
  for (const { op, id, nodes, holes } of patches as (Patch & Fields)[]) {
    if (op === 0x40) page.templates.set(id as number, { nodes, holes });
  }
}

function put(page: Page, parent: Dom, before: Dom | null, nodes: WireNode[], first?: number): void {
  const made = page.build(nodes, parent);
  parent.insert(made, before);
  page.number(made, first);
}

/** The first node from `node` on that does not move itself. */
function skip(node: Dom | null, moving: readonly Dom[]): Dom | null {
  while (node !== null && moving.includes(node)) node = (node.parent as Dom).children[node.index + 1] ?? null;
  return node;
}

function setText(page: Page, node: Dom, text: string): void {
  if (node.kind === "element" && isTextOnly(node)) node.textContent = text;
  else if (node.kind === "text" && text !== "") node.text = text;
  else page.swap(node, run(text));
}

/** A select of many takes its values each with a NUL behind it. */
export function setValue(node: Dom, value: string): void {
  if (node.tag !== "select") node.value = value;
  else choose(node, node.attrs.has("multiple") ? value.split("\0").slice(0, -1) : [value]);
}

function words(tokens: string): string[] {
  return tokens.split(" ").filter((token) => token !== "");
}

/** Changes the classes of an element. */
export function setClasses(node: Dom, change: (has: string[]) => string[]): void {
  const classes = new Set(change(words(node.attrs.get("class") ?? "")));
  node.attrs.set("class", [...classes].join(" "));
}

/** Turns classes on and off. */
export function toggleClasses(node: Dom, tokens: string): void {
  for (const token of words(tokens)) {
    setClasses(node, (has) => has.includes(token) ? has.filter((c) => c !== token) : [...has, token]);
  }
}

/** Sets one property of the style attribute; null takes it away. */
function setStyle(node: Dom, property: string, value: string | null): void {
  const rules = (node.attrs.get("style") ?? "").split(";").map((rule) =>
    rule.split(":").map((part) => part.trim())
  );
  const style = new Map(
    rules.filter(([name]) => name !== "").map(([name, ...rest]) => [name, rest.join(":")]),
  );
  if (value === null) style.delete(property);
  else style.set(property, value);
  node.attrs.set("style", [...style].map(([name, text]) => `${name}: ${text}`).join("; "));
}

/** What is no change of the tree is noted for the tests. */
function instruct(page: Page, patch: Fields): void {
  if (patch.num) page.node(patch.num);
  page.done.push(patch);
}
