/**
 * Reads HTML as the server writes it. Not a browser's parser: it repairs nothing, so what the renderer writes is the tree
 * that it gives. Trusted HTML of raw nodes is read as well as it is written.
 *
 * @module
 */
import { DROPS_NEWLINE, RAW_TEXT, VOID } from "../vdom/html_names.ts";
import { TEXT_ONLY } from "../vdom/node.ts";
import { DomNode } from "./dom_node.ts";

const ATTRIBUTE = /\s*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;

/** Reads a document or a part of one. */
export function parseHtml(html: string): DomNode {
  const root = new DomNode("#document");
  let open = root;
  let at = 0;
  const addText = (text: string) => {
    if (text !== "") open.insert(new DomNode("#text", decode(text)));
  };
  while (at < html.length) {
    const start = nextTag(html, at);
    addText(html.slice(at, start));
    if (start === html.length) break;
    if (html.startsWith("<!--", start)) {
      const end = endOf(html, "-->", start + 4);
      open.insert(new DomNode("#comment", html.slice(start + 4, end)));
      at = end + 3;
    } else if (html[start + 1] === "!") {
      at = endOf(html, ">", start) + 1;
    } else if (html[start + 1] === "/") {
      const end = endOf(html, ">", start);
      const name = html.slice(start + 2, end).trim();
      const closed = open.closest((node) => node.name === name);
      if (closed !== null) open = closed.parent!;
      at = end + 1;
    } else {
      const node = new DomNode(/^[^\s/>]+/.exec(html.slice(start + 1, start + 100))?.[0] ?? "");
      const [end, closes] = readAttributes(html, start + 1 + node.name.length, node);
      open.insert(node);
      at = end;
      if (VOID.has(node.name) || closes) continue;
      if (TEXT_ONLY.has(node.name) || RAW_TEXT.has(node.name)) {
        const close = endOf(html, `</${node.name}>`, at);
        const text = html.slice(at, close);
        node.textContent = dropNewline(node, RAW_TEXT.has(node.name) ? text : decode(text));
        at = close + node.name.length + 3;
      } else {
        open = node;
        if (DROPS_NEWLINE.has(node.name) && html[at] === "\n") at++;
      }
    }
  }
  return root;
}

/** Where the next tag or comment begins; the end of the text when there is none. */
function nextTag(html: string, from: number): number {
  for (let at = html.indexOf("<", from); at >= 0; at = html.indexOf("<", at + 1)) {
    if (/[a-zA-Z!/]/.test(html[at + 1] ?? "")) return at;
  }
  return html.length;
}

function endOf(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at;
}

/** Reads attributes up to the end of the tag; gives where it ends, and whether it closes itself. */
function readAttributes(html: string, from: number, node: DomNode): [end: number, closes: boolean] {
  let at = from;
  while (true) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(html);
    if (match === null) break;
    at = ATTRIBUTE.lastIndex;
    node.attrs.set(match[1], decode(match[2] ?? match[3] ?? match[4] ?? ""));
  }
  const end = endOf(html, ">", at);
  return [end + 1, html[end - 1] === "/"];
}

function dropNewline(node: DomNode, text: string): string {
  return DROPS_NEWLINE.has(node.name) && text.startsWith("\n") ? text.slice(1) : text;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  times: "×",
};

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return Object.hasOwn(NAMED, name) ? NAMED[name] : all;
  });
}
