/**
 * Reads the constant strings of a JSX expression, as Deno's precompile transform writes them, into a tree with places for
 * its slots.
 *
 *     ["<h1>Count: ", "</h1>"]  →  h1 [ run ["Count: ", slot 0] ]
 *     ["<a ", ">go</a>"]        →  a, attribute of slot 0, [ run ["go"] ]
 *
 * @module
 */
import { coded } from "./coded.ts";

/** A run of text: constant parts and the numbers of its slots. */
export interface TemplateRun {
  /** Constant text, or the index of a slot. */
  parts: (string | number)[];
}

/** An element of a template. */
export interface TemplateElement {
  /** Its tag. */
  tag: string;
  /** Its constant attributes. */
  attrs: [name: string, value: string][];
  /** The slots in its start tag: attributes whose names the slots say. */
  dynamic: number[];
  /** Its content. */
  children: TemplateItem[];
}

/** An item of a template. */
export type TemplateItem = TemplateElement | TemplateRun;

/** Whether an item is an element. */
export function isElement(item: TemplateItem): item is TemplateElement {
  return "tag" in item;
}

const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, dec, hex, name) => {
    if (dec !== undefined) return String.fromCodePoint(Number(dec));
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    return ENTITIES[name] ?? all;
  });
}

/**
 * Reads the strings of a template.
 *
 * @throws {SyntaxError} When they are not what the transform writes: an element that is not closed, a slot in an attribute.
 */
export function parseTemplate(strings: readonly string[]): TemplateItem[] {
  const root: TemplateItem[] = [];
  const open: TemplateElement[] = [];
  let inTag: TemplateElement | null = null;
  const content = () => open.length === 0 ? root : open[open.length - 1].children;
  const addText = (part: string | number) => {
    if (part === "") return;
    const list = content();
    const last = list[list.length - 1];
    if (last !== undefined && !isElement(last)) last.parts.push(part);
    else list.push({ parts: [part] });
  };
  const wrong = (what: string): never => {
    throw coded(
      "E055",
      new SyntaxError(`Cannot read the template ${JSON.stringify(strings.join("${}"))}: ${what}`),
    );
  };
  for (let i = 0; i < strings.length; i++) {
    const text = strings[i];
    let at = 0;
    while (at < text.length) {
      if (inTag !== null) {
        const attr = /\s*(?:(\/?>)|([^\s"'>/=]+)(?:="([^"]*)")?)/y;
        attr.lastIndex = at;
        const found = attr.exec(text);
        if (found === null) {
          if (text.slice(at).trim() === "") break;
          return wrong(`unexpected ${JSON.stringify(text.slice(at, at + 12))} in a start tag`);
        }
        at = attr.lastIndex;
        if (found[2] !== undefined) inTag.attrs.push([found[2], decode(found[3] ?? "")]);
        else {
          if (!VOID.has(inTag.tag) && found[1] !== "/>") open.push(inTag);
          inTag = null;
        }
        continue;
      }
      const lt = text.indexOf("<", at);
      if (lt !== at) {
        addText(decode(text.slice(at, lt < 0 ? text.length : lt)));
        at = lt < 0 ? text.length : lt;
        continue;
      }
      const tag = /<(\/?)([a-zA-Z][^\s>/]*)/y;
      tag.lastIndex = at;
      const found = tag.exec(text);
      if (found === null) return wrong(`unexpected ${JSON.stringify(text.slice(at, at + 12))}`);
      at = tag.lastIndex;
      if (found[1] === "") {
        inTag = { tag: found[2], attrs: [], dynamic: [], children: [] };
        content().push(inTag);
      } else {
        const closed = open.pop();
        if (closed?.tag !== found[2]) return wrong(`</${found[2]}> closes nothing`);
        at = text.indexOf(">", at) + 1;
        if (at === 0) return wrong("an end tag is cut");
      }
    }
    if (i === strings.length - 1) break;
    if (inTag !== null) inTag.dynamic.push(i);
    else addText(i);
  }
  if (open.length > 0 || inTag !== null) {
    return wrong(`<${(inTag ?? open[open.length - 1]).tag}> is not closed`);
  }
  return root;
}
