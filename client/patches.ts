/**
 * Changes of the DOM, by a table of operations: what a patch carries, and what it does.
 *
 * The letters say what follows the node's number in the bytes: `s` string, `a` attribute's name, `u` whole number, `z`
 * whole number that may be negative, `n` nodes, `p` pairs, `o` string or null, `d` a template's definition.
 *
 * A frame is read whole, its nodes built and numbered, before the first patch is applied: so a frame that needs the second
 * script waits for it without having changed anything.
 *
 * @module
 */
import { buildNodes, needRare, setAttr, setEvents } from "./build.ts";
import { changeControl, setValue } from "./input.ts";
import { forget, range } from "./nodes.ts";
import type { BuildContext, Client, Live } from "./state.ts";
import type { Cursor } from "./wire.ts";

// deno-lint-ignore no-explicit-any -- what a patch carries is told by the letters beside the function
type Apply = (c: Client, node: any, ...args: any[]) => void;

/** A patch that was read: its operation, the number of its node, and what it carries. */
export type Read = [op: number, num: number, ...args: unknown[]];

type Parent = Node & { moveBefore?(node: Node, before: Node | null): void };

/** Puts a node before another, moving it without a reset of its state where the browser can. */
export const put = (c: Client, node: Node, parent: Parent, before: Node | null): void => {
  const { activeElement } = c.doc;
  if (parent.moveBefore && node.isConnected) parent.moveBefore(node, before);
  else {
    parent.insertBefore(node, before);
    if (activeElement !== c.doc.activeElement) (activeElement as HTMLElement).focus({ preventScroll: true });
  }
};

const move = (c: Client, node: Node, parent: Node, before: Node | null): void => {
  for (const part of range(node)) put(c, part, parent, before);
};

const remove = (c: Client, node: Node): void => {
  for (const part of range(node)) {
    forget(c, part);
    part.remove();
  }
};

const setText = (c: Client, node: Live & CharacterData, text: string): void => {
  if (node.nodeType !== 8) node.textContent = text;
  else if (text) {
    const fresh = c.doc.createTextNode(text) as Live;
    c.nodes[fresh.vango = node.vango!] = fresh;
    node.replaceWith(fresh);
  }
};

const inside = (c: Client, parent: Node): [Node, Node | null] => parent === c.end ? [parent.parentNode!, parent] : [parent, null];

const after = (node: Node): [Node, Node | null] => [node.parentNode!, range(node).pop()!.nextSibling];

const toggle = (how: "add" | "remove" | "toggle"): Apply => (_, node, tokens) => {
  for (const token of tokens.split(" ")) node.classList[how](token);
};

const query = (how: "pushState" | "replaceState"): Apply => (c, _, pairs) => {
  const url = new URL(c.win.location.href);
  for (const [name, value] of pairs) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  c.win.history[how](null, "", url);
};

const path = (how: "pushState" | "replaceState"): Apply => (c, _, to) => {
  if (!/^\/(?![/\\])/.test(to)) return;
  c.win.history[how](null, "", to);
  if (how < "q") c.win.scrollTo(0, 0);
};

const live = (op: number, set: (c: Client, node: never, value: string & number) => void): Apply => (c, node, value) =>
  changeControl(c, node, op, () => set(c, node as never, value as never));

const OPS: Record<number, [letters: string, apply: Apply]> = {
  // SetText, SetAttr, RemoveAttr
  0x01: ["s", setText],
  0x02: ["as", (_, node, name, value) => setAttr(node, name, value)],
  0x03: ["a", (_, node, name) => node.removeAttribute(name)],
  // Insert, Remove, Move, Replace
  0x04: ["n", (_, node, nodes) => node.parentNode.insertBefore(nodes, node)],
  0x05: ["", remove],
  0x06: ["u", (c, node, num) => move(c, node, at(c, num).parentNode!, at(c, num))],
  0x07: ["n", (c, node, nodes) => {
    node.parentNode.insertBefore(nodes, node);
    remove(c, node);
  }],
  // SetValue, SetChecked, SetSelected
  0x08: ["s", live(0x08, (c, node, value) => setValue(c, node, value))],
  0x09: ["u", live(0x09, (_, node: HTMLInputElement, on) => node.checked = !!on)],
  0x0a: ["u", live(0x0a, (_, node: HTMLOptionElement, on) => node.selected = !!on)],
  // Focus, Blur, ScrollTo
  0x0b: ["", (_, node) => node.focus()],
  0x0c: ["", (_, node) => node.blur()],
  0x0d: ["zzu", (c, node, left, top, smooth) =>
    (node === c.end ? c.win : node).scrollTo({ left, top, behavior: smooth ? "smooth" : "instant" })],
  // Append, InsertAfter
  0x0e: ["n", (c, node, nodes) => {
    const [parent, before] = inside(c, node);
    parent.insertBefore(nodes, before);
  }],
  0x0f: ["n", (_, node, nodes) => {
    const [parent, before] = after(node);
    parent.insertBefore(nodes, before);
  }],
  // AddClass, RemoveClass, ToggleClass, SetStyle, RemoveStyle, SetData
  0x10: ["s", toggle("add")],
  0x11: ["s", toggle("remove")],
  0x12: ["s", toggle("toggle")],
  0x13: ["ss", (_, node, name, value) => node.style.setProperty(name, value)],
  0x14: ["s", (_, node, name) => node.style.removeProperty(name)],
  0x15: ["ss", (_, node, name, value) => node.setAttribute(`data-${name}`, value)],
  // TextRange
  0x16: ["uus", (c, node, offset, count, text) =>
    node.nodeType === 8 ? setText(c, node, text) : node.replaceData(offset, count, text)],
  // SetProp, SetEvents
  0x17: ["su", (c, node, name, on) => {
    if (!/^on/.test(name)) changeControl(c, node, name, () => node[name] = !!on);
  }],
  0x18: ["s", setEvents],
  // MoveEnd, MoveAfter
  0x1a: ["u", (c, node, num) => move(c, node, ...inside(c, at(c, num)))],
  0x1b: ["u", (c, node, num) => move(c, node, ...after(at(c, num)))],
  // Dispatch
  0x20: ["ss", (c, node, name, detail) =>
    (node === c.end ? c.doc : node).dispatchEvent(
      new c.win.CustomEvent(name, { bubbles: true, cancelable: true, detail: detail ? JSON.parse(detail) : null }),
    )],
  // UrlPush, UrlReplace, NavPush, NavReplace, Navigate
  0x30: ["p", query("pushState")],
  0x31: ["p", query("replaceState")],
  0x32: ["s", path("pushState")],
  0x33: ["s", path("replaceState")],
  0x34: ["su", (c, _, to, replace) => {
    const url = new URL(to, c.win.location.href);
    if (/^(https?|mailto|tel):$/.test(url.protocol)) c.win.location[replace ? "replace" : "assign"](url.href);
  }],
  // SetTitle, SetMeta
  0x35: ["s", (c, _, text) => c.doc.title = text],
  0x36: ["so", (c, _, name, content) => {
    let meta = [...c.doc.querySelectorAll("meta")].find((meta) => meta.name === name);
    if (content === null) meta?.remove();
    else {
      if (!meta) c.doc.head.append(meta = c.doc.createElement("meta"));
      meta.name = name;
      meta.content = content;
    }
  }],
  // TemplateDef, Subtree
  0x40: ["d", () => {}],
  0x42: ["un", (c, node, _, nodes) => c.rare!.subtree(node, nodes)],
};

function at(c: Client, num: number): Live {
  const node = c.nodes[num];
  if (!node) throw new RangeError(`There is no node ${num}`);
  return node;
}

/** Reads the patches to the end of a frame; builds their nodes. */
export function readPatches(c: Client, from: Cursor): Read[] {
  const patches: Read[] = [];
  while (from.at < from.bytes.length) {
    const op = from.uint();
    const about = op < 0x30 || op === 0x42;
    const read: Read = [op, about ? from.uint() : 0];
    for (const letter of OPS[op][0]) read.push(readArgument(c, from, letter, read));
    patches.push(read);
  }
  return patches;
}

function readArgument(c: Client, from: Cursor, letter: string, [op, num, first]: Read): unknown {
  if (letter === "u") return from.uint();
  if (letter === "z") return from.int();
  if (letter === "a") return from.name();
  if (letter === "o") return from.maybe();
  if (letter === "p") return from.list(() => [from.text(), from.text()]);
  if (letter === "s") return from.text();
  const into = c.doc.createDocumentFragment() as DocumentFragment & Partial<Element>;
  const target = c.nodes[num] as Partial<Element> | undefined;
  const parent = (op === 0x0e || op === 0x42 ? target : target?.parentNode) as Partial<Element> | null | undefined;
  // A fragment remembers what it will stand in, for the patches of this frame that add to it.
  const space = parent?.localName === "foreignObject" ? null : parent?.namespaceURI;
  Object.assign(into, { namespaceURI: space });
  const ctx: BuildContext = { from, maker: c.doc, into, space };
  if (letter === "d") return needRare(c).define(ctx);
  const next = c.next;
  if (op === 0x42) {
    needRare(c);
    c.next = first as number;
  }
  buildNodes(c, ctx);
  c.next = Math.max(next, c.next);
  return into;
}

/**
 * Applies patches that were read.
 *
 * @throws {RangeError} When a node is not there.
 */
export function applyPatches(c: Client, patches: Read[]): void {
  for (const [op, num, ...args] of patches) OPS[op][1](c, at(c, num), ...args);
}
