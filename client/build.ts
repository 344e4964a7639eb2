/**
 * Nodes from bytes: what patches insert. Numbers are given in the order of the bytes, which is document order.
 *
 * @module
 */
import { listen } from "./events.ts";
import { isOpaque, number } from "./nodes.ts";
import type { BuildContext, Client, Rare } from "./state.ts";

const HTML = "http://www.w3.org/1999/xhtml";

/** Reads a list of nodes and appends them. */
export function buildNodes(c: Client, ctx: BuildContext): void {
  const { from, maker, into } = ctx;
  for (let n = from.uint(); n--;) {
    const kind = from.uint();
    if (kind === 2) into.appendChild(number(c, maker.createTextNode(from.string())));
    else if (kind === 3) into.appendChild(number(c, maker.createComment("")));
    else if (kind & 1 && kind !== 5) buildElement(c, ctx, kind);
    else needRare(c).buildRare(ctx, kind);
  }
}

function buildElement(c: Client, ctx: BuildContext, kind: number): void {
  const { from, maker } = ctx;
  const tag = from.word();
  const space = tag === "svg"
    ? "http://www.w3.org/2000/svg"
    : tag === "math"
    ? "http://www.w3.org/1998/Math/MathML"
    : ctx.space || HTML;
  const element = number(c, maker.createElementNS(space, tag));
  from.list(() => {
    const name = from.word();
    const value = from.string();
    if (name === "data-hid") setEvents(c, element, value);
    else setAttr(element, name, value);
  });
  // A text node: a policy of Trusted Types refuses a string for all of a script.
  if (kind === 7) element.append(from.string());
  else {
    const next = c.next;
    const into = (element as HTMLTemplateElement).content ?? element;
    buildNodes(c, { from, maker, into, space: tag === "foreignObject" ? HTML : space });
    // What the server does not own has no numbers: the next nodes take them over.
    if (isOpaque(element, tag)) c.next = next;
  }
  ctx.into.appendChild(element);
}

/**
 * The second script.
 *
 * @throws {Error} When it is not there yet: the frame is read again when it is.
 */
export function needRare(c: Client): Rare {
  if (!c.rare) throw Error(`${c.wants = true}`);
  return c.rare;
}

/** Sets an attribute; never one that holds a script. */
export function setAttr(element: Element, name: string, value: string): void {
  if (/^on/i.test(name)) return;
  // A style attribute is refused by a strict policy; the same text through the object model is not.
  if (name === "style") (element as HTMLElement).style.cssText = value;
  else {
    try {
      element.setAttribute(name, value);
    } catch (error) {
      console.error(error);
    }
  }
}

/** Sets which events an element takes. */
export function setEvents(c: Client, element: Element, spec: string): void {
  if (spec) {
    element.setAttribute("data-hid", `${(element as { vango?: number }).vango} ${spec}`);
    listen(c, spec);
  } else element.removeAttribute("data-hid");
}
