/**
 * The document as text: the HTML that a test compares with, and the text that a user reads.
 *
 * What the framework adds for itself is left out: `data-hid`, `data-own`, separators, the fields with which forms post when
 * JavaScript is off.
 *
 * @module
 */
import { escapeAttribute, escapeText, HIDDEN_FORM } from "../render/mod.ts";
import { RAW_TEXT, VOID } from "../vdom/html_names.ts";
import { type DomNode, isAdded } from "./dom_node.ts";

const BLOCKS: ReadonlySet<string> = new Set(
  ("address article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search section select summary table tbody " +
    "td textarea tfoot th thead tr ul").split(" "),
);

/** The HTML of nodes. */
export function toHtml(nodes: readonly DomNode[]): string {
  return nodes.map(nodeToHtml).join("");
}

function nodeToHtml(node: DomNode): string {
  if (node.name === "#comment") return "";
  if (node.name === "#text") {
    return RAW_TEXT.has(node.parent?.name ?? "") ? node.text : escapeText(node.text);
  }
  if (node.name === "#document") return toHtml(node.children);
  if (isAdded(node)) return "";
  const tag = `<${node.name}${attributes(node)}>`;
  return VOID.has(node.name) ? tag : `${tag}${toHtml(node.children)}</${node.name}>`;
}

function attributes(node: DomNode): string {
  const posts = node.name === "form" && node.children.some(isAdded);
  const does = node.attr("name") === "_vango-do";
  let text = "";
  for (const [name, value] of node.attrs) {
    if (name === "data-hid" || name === "data-own") continue;
    // What a removed last token leaves is the same to every reader.
    if (value === "" && (name === "class" || name === "style")) continue;
    if (posts && name === "method" && value === "post") continue;
    if (does && (name === "name" || name === "value" || name === "form" && value === HIDDEN_FORM)) continue;
    text += ` ${name}="${escapeAttribute(value)}"`;
  }
  return text;
}

/** The text that a user reads: white space is one space, blocks are apart. What is hidden is left out. */
export function toText(nodes: readonly DomNode[]): string {
  return squeeze(nodes.map(nodeToText).join(""));
}

function nodeToText(node: DomNode): string {
  if (node.name === "#text") return node.text;
  if (node.name === "#comment" || isUnseen(node)) return "";
  const text = node.children.map(nodeToText).join("");
  return BLOCKS.has(node.name) ? `\n${text}\n` : text;
}

/** Whether an element is never seen by its kind, hidden by its attribute, or in what is closed. */
export function isUnseen(node: DomNode): boolean {
  if (/^(script|style|template|noscript|head|title)$/.test(node.name) || node.attrs.has("hidden")) {
    return true;
  }
  if (node.name === "dialog") return !node.attrs.has("open");
  const { parent } = node;
  return parent?.name === "details" && !parent.attrs.has("open") &&
    parent.children.find((child) => child.name === "summary") !== node;
}

/** Text with its white space made into single spaces. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** HTML for a message: on lines, not longer than `max` characters. */
export function shortHtml(nodes: readonly DomNode[], max = 1200): string {
  const html = lines(nodes, "  ");
  return html.length <= max ? html : html.slice(0, max) + "\n  …";
}

function lines(nodes: readonly DomNode[], indent: string): string {
  const out: string[] = [];
  for (const node of nodes) {
    if (node.name === "#comment" || node.isElement && (isAdded(node) || /^(script|style)$/.test(node.name))) {
      continue;
    }
    const html = nodeToHtml(node);
    if (html.trim() === "") continue;
    if (html.length + indent.length <= 100 || !node.isElement) out.push(indent + squeeze(html).slice(0, 200));
    else {
      out.push(`${indent}<${node.name}${attributes(node)}>`);
      out.push(lines(node.children, indent + "  "));
      out.push(`${indent}</${node.name}>`);
    }
  }
  return out.join("\n");
}

/** An element's start tag with the beginning of its text, for a message. */
export function shortTag(node: DomNode): string {
  const text = squeeze(node.textContent);
  const tag = `<${node.name}${attributes(node)}>`;
  if (VOID.has(node.name)) return tag;
  return `${tag}${text.length > 40 ? text.slice(0, 40) + "…" : text}</${node.name}>`;
}
