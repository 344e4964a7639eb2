/**
 * What stands in a DOM, as plain data that can be compared: happy-dom's, a browser's, or what parse5 read. Left out is what may
 * differ between a page that lived and one that was rendered anew: `data-hid`, the order of classes, what users own, what an extension adds.
 *
 * Runs in browsers too: nothing of the server may be imported here.
 *
 * @module
 */
import { walk } from "../../client/nodes.ts";
import type { Live } from "../../client/state.ts";

/** A node. */
export type Shape =
  | { text: string }
  | { comment: string }
  | { tag: string; space: string; attrs: [name: string, value: string][]; kids: Shape[] };

/** Attributes that only say what a control shows at first. */
const LIVE = new Set(["value", "checked", "selected"]);
const CONTROLS = new Set(["input", "textarea", "select", "option"]);

/** The nodes from `first` up to `end`. */
export function shapesOfDom(first: Node | null, end: Node | null): Shape[] {
  const shapes: Shape[] = [];
  for (let node = first; node !== null && node !== end; node = node.nextSibling) {
    if (node.nodeType === 3) shapes.push({ text: node.nodeValue! });
    else if (node.nodeType === 8) shapes.push({ comment: node.nodeValue! });
    else {
      const element = node as Element;
      const isTemplate = element.localName === "template" && "content" in element;
      const inside = isTemplate ? (element as HTMLTemplateElement).content : element;
      shapes.push({
        tag: element.localName,
        space: element.namespaceURI!,
        attrs: [...element.attributes].map(({ name, value }) => [name, value]),
        kids: shapesOfDom(inside.firstChild, null),
      });
    }
  }
  return shapes;
}

/** The shapes without what may differ. */
export function essence(shapes: readonly Shape[]): Shape[] {
  return shapes.map((shape) => {
    // A text that became empty stays a text: it may be filled again.
    if (!("tag" in shape)) return "text" in shape && shape.text === "" ? { comment: "" } : shape;
    const { tag, space, attrs, kids } = shape;
    const own = attrs.flatMap(([name, value]): [string, string][] => {
      if (name === "data-hid" || name === "data-gramm" || LIVE.has(name) && CONTROLS.has(tag)) return [];
      if (name === "class") value = [...new Set(value.split(/\s+/))].filter(Boolean).sort().join(" ");
      if (name === "style") {
        const declarations = value.split(";").map((one) => one.trim().replace(/\s*:\s*/, ":"));
        value = declarations.filter(Boolean).sort().join(";");
      }
      return value === "" && /^(class|style)$/.test(name) ? [] : [[name, value]];
    });
    return {
      tag,
      space,
      attrs: own.sort(([a], [b]) => a < b ? -1 : 1),
      // What a control shows at first, and what only browsers without scripts show.
      kids: tag === "textarea" || tag === "noscript" ? [] : essence(kids),
    };
  });
}

/** A numbered node: its number, and its tag, "#text" (or an empty comment) or "#raw". */
export type Numbered = [num: number, name: string];

/** The numbers of a live page, in document order, with the events that elements take. */
export function numbersOfDom(document: Document): Numbered[] {
  const end = document.getElementById("vango")!;
  const out: Numbered[] = [];
  walk(firstOf(end), end, (node, kind) => {
    const name = kind === 1 ? (node as Element).localName.toLowerCase() : kind === 2 ? "#text" : "#raw";
    out.push([(node as Live).vango ?? 0, name]);
    const hid = kind === 1 ? (node as Element).getAttribute("data-hid") : null;
    if (hid !== null) out.push([(node as Live).vango ?? 0, `data-hid ${hid.slice(hid.indexOf(" ") + 1)}`]);
  });
  return out;
}

/** The first node of the live tree. */
export function firstOf(end: Node): Node | null {
  let node = end.previousSibling;
  while (node !== null && !(node.nodeType === 8 && node.nodeValue === "vango")) node = node.previousSibling;
  return node!.nextSibling;
}

/** What the controls of a page show, in document order. */
export function controlsOfDom(root: ParentNode): string[] {
  return [...root.querySelectorAll<HTMLInputElement>("input,textarea,select")].map((control) =>
    control.type === "checkbox" ? String(control.checked) : control.value
  );
}
