/**
 * The numbered tree of a page: docs/protocol.md, "Numbers", "Nodes" and "Templates".
 *
 * Numbers are given by one walk over nodes in document order, to the page as it was parsed, to what is inserted, and to all
 * again after a resync.
 *
 * @module
 */
import { Dom, element, isToken, parseMarkup, run, type Space, spaceIn, spaceOf } from "./dom.ts";
import type { Hole, WireNode } from "./down.ts";

/** A node that a patch names and the page does not have: the client asks for a resync. */
export class UnknownNode extends Error {}

const TEXT_ONLY = new Set(["title", "textarea", "option", "script", "style"]);
const NOT_OURS = new Set(["noscript", "template", "iframe"]);

/** Whether the content of an element is one value. */
export function isTextOnly(node: Dom): boolean {
  return TEXT_ONLY.has(node.tag);
}

function hasNumberedContent(node: Dom): boolean {
  if (node.tag.includes("-") && !node.attrs.has("data-own")) return false;
  return !isTextOnly(node) && !NOT_OURS.has(node.tag);
}

/** The nodes that have numbers, in document order. */
export function* numbered(nodes: readonly Dom[]): Generator<Dom> {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (isToken(node)) continue;
    yield node;
    if (isRaw(node)) { while (!isRawEnd(nodes[++i])); }
    else if (hasNumberedContent(node)) yield* numbered(node.children);
  }
}

function isRaw(node: Dom): boolean {
  return node.kind === "comment" && node.text === "r";
}

function isRawEnd(node: Dom): boolean {
  return node.kind === "comment" && node.text === "/r";
}

/** All nodes of a number: of raw markup those up to its end. */
export function span(node: Dom): Dom[] {
  if (!isRaw(node)) return [node];
  const siblings = (node.parent as Dom).children;
  const start = node.index;
  return siblings.slice(start, siblings.findIndex((other, i) => i > start && isRawEnd(other)) + 1);
}

/** The node behind all nodes of a number. */
export function after(node: Dom): Dom | null {
  const last = span(node).at(-1) as Dom;
  return (last.parent as Dom).children[last.index + 1] ?? null;
}

/** FNV-1a over kinds and tags. */
export function checksum(nodes: Iterable<Dom>): number {
  let hash = 0x811c9dc5;
  const add = (byte: number) => hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  for (const node of nodes) {
    add(node.kind === "element" ? 1 : isRaw(node) ? 5 : 2);
    for (const char of node.tag.toLowerCase()) add(char.charCodeAt(0));
  }
  return hash;
}

function contains(node: Dom, other: Dom | null): boolean {
  return other !== null && (other === node || contains(node, other.parent));
}

/** The smallest element around both. */
function commonParent(a: Dom, b: Dom): Dom | null {
  let around = b.parent;
  while (around !== null && !contains(around, a)) around = around.parent;
  return around;
}

interface Template {
  nodes: WireNode[];
  holes: Hole[];
}

/** The tree between the marker and the script, with its numbers. */
export class Page {
  /** Holds the root list; stands for the body. */
  readonly root: Dom = element("body");
  readonly templates: Map<number, Template> = new Map();
  /** What instructions did besides the tree. */
  title = "";
  readonly metas: Map<string, string> = new Map();
  /** By rel. */
  readonly links: Map<string, string> = new Map();
  readonly done: Record<string, unknown>[] = [];
  #nodes = new Map<number, Dom>();
  #next = 1;

  /** The node of a number. */
  node(num: number): Dom {
    const node = this.#nodes.get(num);
    if (node === undefined) throw new UnknownNode(`The page has no node ${num}`);
    return node;
  }

  /** The parent of a number: 0 is the root. */
  parent(num: number): Dom {
    return num === 0 ? this.root : this.node(num);
  }

  /** How many numbers live nodes have, and their sum. */
  check(): { count: number; sum: number } {
    const nodes = [...numbered(this.root.children)];
    return { count: nodes.length, sum: checksum(nodes) };
  }

  /** Takes the nodes of a parsed page, whose `data-hid` have numbers; gives the numbers that the server told. */
  adopt(nodes: Dom[]): Map<Dom, number> {
    const told = new Map<Dom, number>();
    this.root.insert(nodes);
    for (const node of this.root.all()) {
      const [num, ...spec] = (node.attrs.get("data-hid") ?? "").split(" ");
      node.spec = spec.join(" ");
      if (num) told.set(node, Number(num));
    }
    this.renumber();
    return told;
  }

  /**
   * Numbers a changed page by the numbers that the server told, and gives the elements whose content differs; null where all
   * must be sent again. Below a fault only the elements that were told keep their numbers.
   */
  locate(told: ReadonlyMap<Dom, number>, count: number): Dom[] | null {
    const faults: Dom[] = [];
    const order = [...numbered(this.root.children)];
    let [num, anchor, lost]: [number, Dom | null, boolean] = [1, null, false];
    this.#nodes.clear();
    for (const node of order) {
      const right = told.get(node);
      if (right !== undefined && right !== num) {
        const around = anchor === null ? null : commonParent(anchor, node);
        if (around === null || around === this.root) lost = true;
        else faults.push(around);
        num = right;
      }
      if (right !== undefined) anchor = node;
      node.num = num++;
      this.#nodes.set(node.num, node);
    }
    if (lost || faults.length === 0 || num - 1 !== count) {
      this.renumber();
      return null;
    }
    this.#next = num;
    for (const node of faults.flatMap((fault) => [...numbered(fault.children)])) {
      if (!told.has(node)) this.#nodes.delete(node.num);
    }
    return faults.filter((fault) => !faults.some((other) => other !== fault && contains(other, fault)));
  }

  /** Numbers all from 1. */
  renumber(): void {
    this.#nodes.clear();
    this.#next = 1;
    for (const node of this.root.all()) node.num = 0;
    this.number(this.root.children);
  }

  /** Gives the next numbers to nodes that came, from `first` on where it is told. */
  number(nodes: readonly Dom[], first: number = this.#next): void {
    let num = first;
    for (const node of numbered(nodes)) {
      node.num = num++;
      this.#nodes.set(node.num, node);
      this.setSpec(node, node.spec);
    }
    this.#next = Math.max(this.#next, num);
  }

  /** Takes nodes out, and forgets their numbers. */
  drop(nodes: readonly Dom[]): void {
    for (const top of nodes) {
      for (const node of top.all()) if (node.num) this.#nodes.delete(node.num);
      top.remove();
    }
  }

  /** Whether a node is in the tree. */
  has(node: Dom): boolean {
    return this.#nodes.get(node.num) === node;
  }

  /** Puts another node in the place of one; it has its number. */
  swap(node: Dom, other: Dom): void {
    (node.parent as Dom).insert([other], node);
    node.remove();
    other.num = node.num;
    this.#nodes.set(other.num, other);
  }

  /** The events of an element, in its attribute too. */
  setSpec(node: Dom, spec: string): void {
    node.spec = spec;
    if (spec === "") node.attrs.delete("data-hid");
    else node.attrs.set("data-hid", `${node.num} ${spec}`);
  }

  /** Makes nodes for a place in an element, without numbers. */
  build(nodes: readonly WireNode[], parent: Dom): Dom[] {
    return this.#build(nodes, spaceIn(parent), parent);
  }

  #build(nodes: readonly WireNode[], space: Space, parent: Dom): Dom[] {
    return nodes.flatMap((node) => {
      if (node.kind === 6) return this.#instance(node.id, node.values, [], space, parent);
      if (node.kind === 8) return this.#instance(node.id, node.values, node.lists, space, parent);
      if (node.kind === 5) return rawNodes(node.html, parent);
      const made = bare(node, space);
      if (node.kind === 1) made.insert(this.#build(node.children, spaceIn(made), made));
      return [made];
    });
  }

  #instance(id: number, values: (string | null)[], lists: WireNode[][], space: Space, parent: Dom): Dom[] {
    const template = this.templates.get(id);
    if (template === undefined) throw new UnknownNode(`The page has no template ${id}`);
    let [offset, value, list] = [0, 0, 0];
    const copy = (nodes: readonly WireNode[], space: Space, parent: Dom): Dom[] =>
      nodes.flatMap((node) => {
        const at = offset++;
        const holes = template.holes.filter((hole) => hole.offset === at);
        const [hole] = holes;
        if (hole?.name === "" && hole.statics.length === 0) return this.#build(lists[list++], space, parent);
        if (hole?.name === "") {
          return [run(hole.statics.reduce((text, constant) => text + (values[value++] ?? "") + constant))];
        }
        const made = bare(node, space);
        for (const { name } of holes) setAttr(made, name, values[value++]);
        if (node.kind === 1) made.insert(copy(node.children, spaceIn(made), made));
        return [made];
      });
    return copy(template.nodes, space, parent);
  }
}

/** A node without its content. */
function bare(node: WireNode, around: Space): Dom {
  if (node.kind === 2) return run(node.text);
  if (node.kind !== 1 && node.kind !== 7) return run("");
  const made = element(node.tag, spaceOf(node.tag, around));
  for (const [name, value] of node.attrs) setAttr(made, name, value);
  if (node.kind === 7) made.textContent = node.text;
  return made;
}

function setAttr(node: Dom, name: string, value: string | null): void {
  if (value === null) return;
  if (name === "data-hid") node.spec = value;
  else node.attrs.set(name, value);
}

function rawNodes(html: string, parent: Dom): Dom[] {
  return [new Dom("comment", "", "r"), ...parseMarkup(html, parent), new Dom("comment", "", "/r")];
}
