/**
 * Changes of the DOM, by a table of operations: what a patch carries, and what it does. The operations that few pages need
 * are in rare_ops.ts and join the table when the second script comes.
 *
 * The letters say what follows the node's number in the bytes: `s` string, `a` attribute's name, `u` whole number, `n` nodes.
 *
 * A frame is read whole, its nodes built and numbered, before the first patch is applied: so a frame that needs the second
 * script waits for it without having changed anything.
 *
 * @module
 */
import { buildNodes, needRare, setAttr, setEvents } from "./build.ts";
import { forget, range } from "./nodes.ts";
import type { Client, Live } from "./state.ts";
import type { Cursor } from "./wire.ts";

/** Applies a patch to its node. */
// deno-lint-ignore no-explicit-any -- what a patch carries is told by the letters beside the function
export type Apply = (c: Client, node: any, ...args: any[]) => void;

/** An operation: what it carries (letters, or a function that reads it), and what it does. */
export type Operation = [
  carries: string | ((c: Client, from: Cursor, num: number) => unknown[]),
  apply: Apply,
];

/** A patch that was read: what it does, the number of its node, what it carries. */
export type Read = [apply: Apply, num: number, args: unknown[]];

type Parent = Node & { moveBefore?(node: Node, before: Node | null): void };
type Place = [parent: Node, before: Node | null];

/** Puts a node before another, moving it without a reset of its state where the browser can. */
export function put(c: Client, node: Node, [parent, before]: Place): void {
  const { activeElement } = c.doc;
  if (node.isConnected && (parent as Parent).moveBefore) (parent as Parent).moveBefore!(node, before);
  else {
    parent.insertBefore(node, before);
    if (activeElement !== c.doc.activeElement) (activeElement as HTMLElement).focus({ preventScroll: true });
  }
}

const before = (node: Node): Place => [node.parentNode!, node];
const after = (node: Node): Place => [node.parentNode!, range(node).pop()!.nextSibling];
const inside = (c: Client, node: Node): Place => node === c.end ? before(node) : [node, null];

const move = (c: Client, node: Node, place: Place): void =>
  range(node).forEach((part) => put(c, part, place));

const remove = (c: Client, node: Node): void =>
  range(node).forEach((part) => {
    forget(c, part);
    part.remove();
  });

const setText: Apply = (c, node, text) => {
  // An empty text has a comment in its place, which has no text to set.
  if (node.nodeType === 8) {
    const fresh: Live = c.doc.createTextNode(text);
    c.nodes[fresh.vango = node.vango] = fresh;
    node.replaceWith(fresh);
    // Of an element its text node: see build.ts.
  } else (node.firstChild ?? node).textContent = text;
};

const tokens = (how: "add" | "remove"): Apply => (_, node, names) => node.classList[how](...names.split(" "));

/** The operations that every page needs. */
export const OPS: Record<number, Operation> = {
  // SetText, SetAttr, RemoveAttr
  0x01: ["s", setText],
  0x02: ["as", (_, node, name, value) => setAttr(node, name, value)],
  0x03: ["a", (_, node, name) => node.removeAttribute(name)],
  // Insert, Remove, Move, Replace
  0x04: ["n", (c, node, nodes) => put(c, nodes, before(node))],
  0x05: ["", remove],
  0x06: ["u", (c, node, num) => move(c, node, before(at(c, num)))],
  0x07: ["n", (c, node, nodes) => {
    put(c, nodes, before(node));
    remove(c, node);
  }],
  // Append, InsertAfter
  0x0e: ["n", (c, node, nodes) => put(c, nodes, inside(c, node))],
  0x0f: ["n", (c, node, nodes) => put(c, nodes, after(node))],
  // AddClass, RemoveClass, SetStyle
  0x10: ["s", tokens("add")],
  0x11: ["s", tokens("remove")],
  0x13: ["ss", (_, node, name, value) => node.style.setProperty(name, value)],
  // TextRange
  0x16: [
    "uus",
    (c, node, offset, count, text) =>
      node.nodeType === 8 ? setText(c, node, text) : node.replaceData(offset, count, text),
  ],
  // SetEvents
  0x18: ["s", setEvents],
  // MoveEnd, MoveAfter
  0x1a: ["u", (c, node, num) => move(c, node, inside(c, at(c, num)))],
  0x1b: ["u", (c, node, num) => move(c, node, after(at(c, num)))],
};

/**
 * The node of a number.
 *
 * @throws {RangeError} When there is none.
 */
export function at(c: Client, num: number): Live {
  const node = c.nodes[num];
  if (!node) throw RangeError(`No node ${num}`);
  return node;
}

/** Reads the patches to the end of a frame; builds their nodes. */
export function readPatches(c: Client, from: Cursor): Read[] {
  const patches: Read[] = [];
  while (from.pos < from.bytes.length) {
    const op = from.uint();
    const num = op < 0x30 || op === 0x42 ? from.uint() : 0;
    const [carries, apply] = c.ops[op] ?? (needRare(c), c.ops[op]);
    patches.push([
      apply,
      num,
      typeof carries === "function"
        ? carries(c, from, num)
        : [...carries].map((letter) =>
          letter === "s"
            ? from.string()
            : letter === "u"
            ? from.uint()
            : letter === "a"
            ? from.word()
            : readNodes(c, from, num, op === 0x0e)
        ),
    ]);
  }
  return patches;
}

/** Reads nodes that will stand in an element, or beside a node. */
export function readNodes(c: Client, from: Cursor, num: number, inside: boolean): Node {
  const into = c.doc.createDocumentFragment() as DocumentFragment & { space?: string | null };
  const target = c.nodes[num];
  const parent = (inside ? target : target?.parentNode) as
    | Element & { space?: string | null }
    | null
    | undefined;
  // A fragment remembers where it will stand, for the patches of this frame that add to it.
  into.space = parent?.space ?? (parent?.localName === "foreignObject" ? null : parent?.namespaceURI);
  buildNodes(c, { from, maker: c.doc, into, space: into.space });
  return into;
}

/**
 * Applies patches that were read.
 *
 * @throws {RangeError} When a node is not there.
 */
export function applyPatches(c: Client, patches: Read[]): void {
  for (const [apply, num, args] of patches) apply(c, at(c, num), ...args);
}
