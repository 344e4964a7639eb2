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

interface Hole {
  offset: number;
  name: string;
  statics: string[];
}

interface Template {
  nodes: DocumentFragment;
  holes: Hole[];
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
  let policy: { createHTML(html: string): string } | undefined;
  const { trustedTypes } = c.win as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: object): { createHTML(html: string): string } };
  };

  const raw = ({ from, maker, into, space }: BuildContext) => {
    const html = from.string();
    policy ??= trustedTypes?.createPolicy("vango", { createHTML: (html: string) => html }) ??
      { createHTML: (html) => html };
    const svg = space && /svg$/.test(space);
    const holder = maker.createElement("template");
    holder.innerHTML = policy.createHTML(svg ? `<svg>${html}</svg>` : html);
    const content = svg ? holder.content.firstChild! : holder.content;
    into.appendChild(number(c, maker.createComment("r")));
    while (content.firstChild) into.appendChild(content.firstChild);
    into.appendChild(maker.createComment("/r"));
  };

  const instance = ({ from, maker, into }: BuildContext) => {
    const template = templates.get(from.uint());
    if (!template) throw new RangeError("There is no such template");
    const copy = maker.importNode(template.nodes, true);
    const nodes: Node[] = [];
    walk(copy.firstChild, null, (node) => {
      nodes.push(number(c, node));
      const spec = (node as Element).getAttribute?.("data-hid");
      if (spec) setEvents(c, node as Element, spec.replace(/^\d+ /, ""));
    });
    const values = from.list(() => from.maybe());
    for (const { offset, name, statics } of template.holes) {
      const node = nodes[offset];
      if (name) {
        const value = values.shift();
        if (value !== null && value !== undefined) {
          if (name === "data-hid") setEvents(c, node as Element, value);
          else setAttr(node as Element, name, value);
        }
      } else {
        let text = statics[0];
        for (let i = 1; i < statics.length; i++) text += values.shift() + statics[i];
        fill(c, node, text);
      }
    }
    into.appendChild(copy);
  };

  return {
    buildRare: (ctx, kind) => kind === 5 ? raw(ctx) : instance(ctx),
    define: [(_, from) => {
      const id = from.uint();
      const { next } = c;
      const nodes = c.doc.createDocumentFragment();
      buildNodes(c, { from, maker: c.doc, into: nodes, space: null });
      c.next = next;
      const holes = from.list(() => {
        const hole: Hole = { offset: from.uint(), name: from.word(), statics: [] };
        if (!hole.name) hole.statics = from.list(() => from.string());
        return hole;
      });
      templates.set(id, { nodes, holes });
      return [];
    }, () => {}],
  };
}

/** Puts text into the node of a text hole: a text, an empty comment, or an element whose content is one text. */
function fill(c: Client, node: Node & { vango?: number }, text: string): void {
  if (node.nodeType === 1 || node.nodeType === 3 && text) node.textContent = text;
  else if (!text === (node.nodeType === 3)) {
    const fresh = text ? c.doc.createTextNode(text) : c.doc.createComment("");
    c.nodes[(fresh as typeof node).vango = node.vango!] = fresh;
    (node as ChildNode).replaceWith(fresh);
  }
}
