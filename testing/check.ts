/**
 * Compares what the browser has with what the server would render now: they must never differ, neither in what is there nor in
 * the numbers of elements that take events.
 *
 * @module
 */
import { renderToString } from "../render/mod.ts";
import type { Session } from "../server/session.ts";
import type { Tree } from "./tree.ts";
import { type DomNode, isAdded } from "./dom_node.ts";
import { shortTag, toHtml } from "./html.ts";
import { parseHtml } from "./parse.ts";

/** Characters of a message's text. */
const SHOWN = 300;

/**
 * Compares the document with a fresh rendering, what a user changed in controls aside.
 *
 * @throws {Error} When they differ: a bug of the framework.
 */
export function checkInStep(dom: Tree, session: Session): void {
  if (session.runtime.disposed || session.runtime.broken) return;
  const rendered = parseHtml(renderToString(session.runtime.root)).children;
  const has = shapeOf(dom.roots);
  const wants = shapeOf(rendered);
  if (has === wants) return checkNumbers(dom.roots, rendered);
  throw new Error(
    `The page is out of step with the server: a bug of the framework, unless a script changed what is the server's.\n` +
      `The page:   ${around(has, wants)}\nThe server: ${around(wants, has)}`,
  );
}

/** Compares the numbers of elements of the same shape. */
function checkNumbers(has: readonly DomNode[], wants: readonly DomNode[]): void {
  const page = has.flatMap((node) => [...owned(node)]);
  const server = wants.flatMap((node) => [...owned(node)]);
  server.forEach((node, i) => {
    const num = parseInt(node.attr("data-hid") ?? "");
    if (Number.isNaN(num) || page[i]?.num === num) return;
    throw new Error(
      `The numbers of the page are out of step with the server's: a bug of the framework.\n` +
        `${shortTag(node)} is ${num} for the server, ${page[i]?.num} in the page`,
    );
  });
}

/** The elements that are the server's, in document order. */
function* owned(node: DomNode): Generator<DomNode> {
  if (isAdded(node)) return;
  if (node.isElement) yield node;
  if (!isFilled(node)) { for (const child of node.children) yield* owned(child); }
}

/** Whether the content of an element is a script's: that of a custom element without children. */
function isFilled(node: DomNode): boolean {
  return node.name.includes("-") && !node.attrs.has("data-own");
}

/** A text where it first differs from another one. */
function around(text: string, other: string): string {
  let at = 0;
  while (text[at] === other[at]) at++;
  const from = at < SHOWN ? 0 : at - SHOWN / 2;
  return (from > 0 ? "…" : "") + text.slice(from, from + SHOWN) + (text.length > from + SHOWN ? "…" : "");
}

/** Nodes as text, in a form that does not tell the order of attributes and class names. */
function shapeOf(nodes: readonly DomNode[]): string {
  return toHtml(nodes.map(plain));
}

function plain(node: DomNode): DomNode {
  const Class = node.constructor as new (name: string, text: string) => DomNode;
  const copy = new Class(node.name, node.text);
  const attrs = [...node.attrs].sort(([a], [b]) => a < b ? -1 : 1);
  for (const [name, value] of attrs) {
    if (/^(value|checked|selected|open)$/.test(name)) continue;
    copy.attrs.set(
      name,
      name === "class" ? value.split(/\s+/).sort().join(" ") : name === "style" ? styleOf(value) : value,
    );
  }
  if (node.name !== "textarea" && !isFilled(node)) {
    for (const child of node.children) copy.insert(plain(child));
  }
  return copy;
}

function styleOf(text: string): string {
  return text.split(";").map((pair) => pair.trim()).filter((pair) => pair !== "").sort().join(";");
}
