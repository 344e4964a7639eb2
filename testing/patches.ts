/**
 * Applies patches to the document: a table of operation to function.
 *
 * @module
 */
import type { WireNode } from "../protocol/mod.ts";
import type { Patch } from "../vdom/patch.ts";
import { chooseValues, switchOn } from "./controls.ts";
import type { Dom } from "./dom.ts";
import { type DomNode, rangeOf } from "./dom_node.ts";

/** A patch as it came over the wire. */
export type WirePatch = Patch<WireNode>;

/** What patches ask of the page around the document. */
export interface PatchHost {
  /** The document. */
  readonly dom: Dom;
  /** Changes what a control shows, now or when the server knows what the user typed. `what` names what is changed. */
  changeControl(node: DomNode, what: string, change: () => void): void;
  /** Follows an instruction that is not about a node's content: focus, navigate, dispatch … */
  instruct(patch: WirePatch): void;
}

/** The patch of an operation; some rows of the union have several operations. */
type PatchOf<O, P = WirePatch> = P extends { op: infer Q } ? O extends Q ? P : never : never;

type Apply<O> = (host: PatchHost, patch: PatchOf<O>) => void;

const TABLE: { readonly [O in WirePatch["op"]]?: Apply<O> } = {
  0x01: ({ dom }, p) => dom.get(p.num).setText(p.text),
  0x02: ({ dom }, p) => void dom.get(p.num).attrs.set(p.name, p.value),
  0x03: ({ dom }, p) => void dom.get(p.num).attrs.delete(p.name),
  0x04: ({ dom }, p) => place(dom, p.nodes, parentOf(dom.get(p.num)), dom.get(p.num)),
  0x05: ({ dom }, p) => remove(dom, dom.get(p.num)),
  0x06: ({ dom }, p) => move(dom.get(p.num), parentOf(dom.get(p.before)), dom.get(p.before)),
  0x07: ({ dom }, p) => {
    const node = dom.get(p.num);
    place(dom, p.nodes, parentOf(node), node);
    remove(dom, node);
  },
  0x08: (host, p) => setValue(host, p),
  0x09: (host, p) => {
    const node = host.dom.get(p.num);
    host.changeControl(node, "checked", () => switchOn(node, p.on));
  },
  0x0a: (host, p) => {
    const node = host.dom.get(p.num);
    host.changeControl(node, "selected", () => node.live.selected = p.on);
  },
  0x0e: ({ dom }, p) => {
    if (p.num === 0) place(dom, p.nodes, dom.body, dom.end);
    else place(dom, p.nodes, dom.get(p.num), null);
  },
  0x0f: ({ dom }, p) => {
    const node = dom.get(p.num);
    place(dom, p.nodes, parentOf(node), rangeOf(node).at(-1)!.next);
  },
  0x10: ({ dom }, p) => setTokens(dom.get(p.num), p.name, (set, token) => set.add(token)),
  0x11: ({ dom }, p) => setTokens(dom.get(p.num), p.name, (set, token) => set.delete(token)),
  0x12: ({ dom }, p) =>
    setTokens(dom.get(p.num), p.name, (set, token) => set.delete(token) || set.add(token)),
  0x13: ({ dom }, p) => setStyle(dom.get(p.num), p.name, p.value),
  0x14: ({ dom }, p) => setStyle(dom.get(p.num), p.name, null),
  0x15: ({ dom }, p) => void dom.get(p.num).attrs.set(`data-${p.name}`, p.value),
  0x16: ({ dom }, p) => {
    const node = dom.get(p.num);
    const { text } = node;
    if (p.offset + p.count > text.length) {
      throw new RangeError(`No range ${p.offset}+${p.count} in ${JSON.stringify(text)}`);
    }
    node.setText(text.slice(0, p.offset) + p.text + text.slice(p.offset + p.count));
  },
  0x17: (host, p) => {
    const node = host.dom.get(p.num);
    if (p.name === "indeterminate") host.changeControl(node, p.name, () => node.live.indeterminate = p.on);
  },
  0x18: ({ dom }, p) => {
    const { attrs } = dom.get(p.num);
    if (p.spec === "") attrs.delete("data-hid");
    else attrs.set("data-hid", `${p.num} ${p.spec}`);
  },
  0x1a: ({ dom }, p) => {
    if (p.parent === 0) move(dom.get(p.num), dom.body, dom.end);
    else move(dom.get(p.num), dom.get(p.parent), null);
  },
  0x1b: ({ dom }, p) => {
    const after = dom.get(p.after);
    move(dom.get(p.num), parentOf(after), rangeOf(after).at(-1)!.next);
  },
  0x40: ({ dom }, p) => dom.define(p.id, p.nodes, p.holes),
  0x42: ({ dom }, p) => {
    const node = dom.get(p.num);
    for (const child of [...node.children]) remove(dom, child);
    const { next } = dom;
    dom.next = p.first;
    for (const child of dom.build(p.nodes)) node.insert(child);
    dom.next = Math.max(next, dom.next);
  },
};

/**
 * Applies patches in order.
 *
 * @throws {RangeError} When a patch names a node that is not there: a bug of the framework.
 */
export function applyPatches(host: PatchHost, patches: readonly WirePatch[]): void {
  for (const patch of patches) {
    const apply = TABLE[patch.op] as ((host: PatchHost, patch: WirePatch) => void) | undefined;
    if (apply === undefined) host.instruct(patch);
    else apply(host, patch);
  }
}

function parentOf(node: DomNode): DomNode {
  if (node.parent === null) throw new RangeError(`The node ${node.num} is not in the document`);
  return node.parent;
}

function place(dom: Dom, nodes: readonly WireNode[], parent: DomNode, before: DomNode | null): void {
  for (const node of dom.build(nodes)) parent.insert(node, before);
}

function remove(dom: Dom, node: DomNode): void {
  parentOf(node);
  for (const part of rangeOf(node)) {
    dom.forget(part);
    part.detach();
  }
}

function move(node: DomNode, parent: DomNode, before: DomNode | null): void {
  for (const part of rangeOf(node)) parent.insert(part, before);
}

function setValue(host: PatchHost, { num, value }: { num: number; value: string }): void {
  const node = host.dom.get(num);
  host.changeControl(node, "value", () => {
    if (node.name === "select") {
      chooseValues(node, node.attrs.has("multiple") ? value.split("\0").slice(0, -1) : [value]);
    } else node.live.value = value;
  });
}

function setTokens(node: DomNode, names: string, change: (set: Set<string>, token: string) => void): void {
  const tokens = new Set((node.attr("class") ?? "").split(/\s+/).filter((token) => token !== ""));
  for (const name of names.split(" ")) change(tokens, name);
  node.attrs.set("class", [...tokens].join(" "));
}

function setStyle(node: DomNode, name: string, value: string | null): void {
  const pairs = (node.attr("style") ?? "").split(";").filter((pair) => pair.includes(":"));
  const style = new Map(pairs.map((pair): [string, string] => {
    const at = pair.indexOf(":");
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  }));
  if (value === null) style.delete(name);
  else style.set(name, value);
  node.attrs.set("style", [...style].map((pair) => pair.join(":")).join(";"));
}
