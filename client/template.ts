/**
 * Raw markup and templates: nodes that are not written one by one.
 *
 * A template is built once, without numbers; an instance is its copy with the holes filled, numbered in document order.
 *
 *     def 3   <li class=?><b>?</b></li>     holes: 0 class, 2 text
 *     3 "on" "a"  ->  <li class="on"><b>a</b></li>, three numbers
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Operation } from "./patches.ts";
import type { BuildContext, Client } from "./state.ts";
import type { Cursor } from "./wire.ts";

interface Hole {
  offset: number;
  name: string;
  statics: string[];
}

interface Template {
  /** Where the definition's nodes begin, in the frame that told it: they are made again for each namespace. */
  from: Cursor;
  start: number;
  /** The nodes by the namespace of their surroundings: undefined is HTML. */
  made: Map<string | undefined, DocumentFragment>;
  holes: Hole[];
}

interface Policy {
  createHTML(html: string): string;
}

/** Raw markup and templates. */
export interface Templates {
  /** Builds nodes of the kinds raw (5) and template instance (6). */
  buildRare(ctx: BuildContext, kind: number): void;
  /** The operation TemplateDef: it is done when it is read. */
  define: Operation;
}

/** Makes the builder of raw nodes and template instances. */
export function createTemplates(c: Client, core: Core): Templates {
  const { buildNodes, number, setAttr, setEvents, walk } = core;
  const templates = new Map<number, Template>();
  const rules: Policy = { createHTML: (html) => html };
  let policy: Policy | undefined;
  const { trustedTypes } = c.win as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  };

  const raw = ({ from, maker, into, space }: BuildContext) => {
    const html = from.string();
    policy ??= trustedTypes?.createPolicy("vango", rules) ?? rules;
    const svg = /svg$/.test(space!);
    const holder = maker.createElement("template");
    holder.innerHTML = policy.createHTML(svg ? `<svg>${html}</svg>` : html);
    const content = svg ? holder.content.firstChild! : holder.content;
    into.appendChild(number(c, maker.createComment("r")));
    while (content.firstChild) into.appendChild(content.firstChild);
    into.appendChild(maker.createComment("/r"));
  };

  const make = (from: Cursor, space: string | null | undefined) => {
    const { next } = c;
    const nodes = c.doc.createDocumentFragment();
    buildNodes(c, { from, maker: c.doc, into: nodes, space });
    c.next = next;
    return nodes;
  };

  const nodesOf = (template: Template, space: string | null | undefined) => {
    const key = /svg|Math/.exec(space!)?.[0];
    const { from, start, made } = template;
    if (!made.has(key)) {
      // The frame may still be read: its own place and its own list of strings stay as they are.
      const again = Object.assign(Object.create(from), { pos: start, strings: [...from.strings] });
      made.set(key, make(again, space));
    }
    return made.get(key)!;
  };

  const instance = ({ from, maker, into, space }: BuildContext, kind: number) => {
    const template = templates.get(from.uint());
    if (!template) throw new RangeError("There is no such template");
    const copy = maker.importNode(nodesOf(template, space), true);
    const nodes: Node[] = [];
    walk(copy.firstChild, null, (node) => nodes.push(node));
    const values = from.list(() => from.maybe());
    if (kind > 6) from.uint();
    let at = 0;
    const { holes } = template;
    nodes.forEach((node, offset) => {
      let hole = holes[at];
      if (hole?.offset === offset && !hole.name && !hole.statics.length) {
        // The comment in the place of a region makes room for its nodes, which are numbered here.
        at++;
        const parent = node.parentNode as Element;
        const inner = parent.localName === "foreignObject" ? null : parent.namespaceURI;
        const list = maker.createDocumentFragment();
        buildNodes(c, { from, maker, into: list, space: inner });
        parent.replaceChild(list, node);
        return;
      }
      number(c, node);
      for (; hole?.offset === offset; hole = holes[++at]) {
        const { name, statics } = hole;
        if (!name) fill(c, node, statics.reduce((text, constant) => text + values.shift() + constant));
        else {
          const value = values.shift();
          if (value != null) {
            if (name === "data-hid") setEvents(c, node as Element, value);
            else setAttr(node as Element, name, value);
          }
        }
      }
    });
    into.appendChild(copy);
  };

  return {
    buildRare: (ctx, kind) => kind === 5 ? raw(ctx) : instance(ctx, kind),
    define: [(_, from) => {
      const id = from.uint();
      const start = from.pos;
      const made = new Map([[undefined as string | undefined, make(from, null)]]);
      const holes = from.list(() => {
        const hole: Hole = { offset: from.uint(), name: from.word(), statics: [] };
        if (!hole.name) hole.statics = from.list(() => from.string());
        return hole;
      });
      templates.set(id, { from, start, made, holes });
      return [];
    }, () => {}],
  };
}

/** Puts text into the node of a text hole: an empty comment, which a text replaces. */
function fill(c: Client, node: Node & { vango?: number }, text: string): void {
  if (!text) return;
  const fresh: typeof node = c.doc.createTextNode(text);
  c.nodes[fresh.vango = node.vango!] = fresh;
  (node as ChildNode).replaceWith(fresh);
}
