/**
 * A model of what a client keeps: nodes with numbers that it gave out itself, by the rules of docs/protocol.md. It
 * applies patches as a browser would, so a test can compare it with a fresh rendering.
 *
 * @module
 */
import { attributesOf, contentOf } from "../../vdom/attrs.ts";
import { Kind, OPAQUE, TEXT_ONLY, textNode, type VNode } from "../../vdom/node.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { plainView } from "../../vdom/template_live.ts";

/** A node of the model. */
export interface ModelNode {
  num: number;
  /** Tag, "#text" (an empty one stands for the empty comment), "#raw". */
  name: string;
  text: string;
  attrs: Map<string, string>;
  live: Map<string, string | boolean>;
  children: ModelNode[];
  parent: ModelNode | null;
}

function make(name: string, text: string): ModelNode {
  return { num: 0, name, text, attrs: new Map(), live: new Map(), children: [], parent: null };
}

/** The model of a document. */
export class ModelDom {
  readonly root: ModelNode = make("#root", "");
  readonly nodes: Map<number, ModelNode> = new Map([[0, this.root]]);
  next = 1;

  /** A model of freshly rendered items. */
  constructor(items: readonly VNode[]) {
    this.insert(this.root, 0, items);
  }

  /** Builds nodes for items, numbering them in document order. */
  build(items: readonly VNode[], numbered = true): ModelNode[] {
    const out: ModelNode[] = [];
    const number = (node: ModelNode) => {
      if (!numbered) return;
      node.num = this.next++;
      this.nodes.set(node.num, node);
    };
    for (const item of items) {
      switch (item.kind) {
        case Kind.Text: {
          if (item.lead !== 0) {
            const comment = make("#text", "");
            number(comment);
            out.push(comment);
          }
          const text = make("#text", item.text);
          number(text);
          out.push(text);
          break;
        }
        case Kind.Element: {
          const tag = item.type as string;
          const el = make(tag, "");
          number(el);
          for (const [name, value] of attributesOf(item)) {
            el.attrs.set(
              name,
              name === "class" ? value.split(/[\t\n\f\r ]+/).filter(Boolean).join(" ") : value,
            );
          }
          if (TEXT_ONLY.has(tag)) el.text = contentOf(item);
          else {for (const child of this.build(itemsOf(item), numbered && !OPAQUE.has(tag))) {
              child.parent = el;
              el.children.push(child);
            }}
          out.push(el);
          break;
        }
        case Kind.Template:
          out.push(...this.build([plainView(item)], numbered));
          break;
        case Kind.Raw: {
          const raw = make("#raw", item.text);
          number(raw);
          out.push(raw);
          break;
        }
        default:
          out.push(...this.build(itemsOf(item), numbered));
      }
    }
    return out;
  }

  insert(parent: ModelNode, at: number, items: readonly VNode[]): void {
    const built = this.build(items);
    for (const node of built) node.parent = parent;
    parent.children.splice(at, 0, ...built);
  }

  #get(num: number): ModelNode {
    const node = this.nodes.get(num);
    if (node === undefined) throw new Error(`No node has the number ${num}`);
    return node;
  }

  #place(node: ModelNode): [ModelNode, number] {
    const parent = node.parent;
    if (parent === null) throw new Error(`Node ${node.num} is not in the document`);
    const at = parent.children.indexOf(node);
    if (at < 0) throw new Error(`Node ${node.num} is not among its parent's children`);
    return [parent, at];
  }

  #detach(node: ModelNode): void {
    const [parent, at] = this.#place(node);
    parent.children.splice(at, 1);
    node.parent = null;
  }

  #forget(node: ModelNode): void {
    this.nodes.delete(node.num);
    node.children.forEach((c) => this.#forget(c));
  }

  #attach(node: ModelNode, parent: ModelNode, at: number): void {
    node.parent = parent;
    parent.children.splice(at, 0, node);
  }

  /** Applies patches in order. */
  apply(patches: readonly Patch[]): void {
    for (const p of patches) this.#apply(p);
  }

  #apply(p: Patch): void {
    switch (p.op) {
      case Op.SetText:
        this.#get(p.num).text = p.text;
        break;
      case Op.TextRange: {
        const node = this.#get(p.num);
        if (p.offset + p.count > node.text.length) {
          throw new Error(`Range past the end of ${JSON.stringify(node.text)}`);
        }
        node.text = node.text.slice(0, p.offset) + p.text + node.text.slice(p.offset + p.count);
        break;
      }
      case Op.SetAttr:
        this.#get(p.num).attrs.set(p.name, p.value);
        break;
      case Op.RemoveAttr:
        this.#get(p.num).attrs.delete(p.name);
        break;
      case Op.AddClass:
      case Op.RemoveClass: {
        const { attrs } = this.#get(p.num);
        const tokens = new Set((attrs.get("class") ?? "").split(" ").filter(Boolean));
        for (const t of p.name.split(" ")) p.op === Op.AddClass ? tokens.add(t) : tokens.delete(t);
        if (tokens.size) attrs.set("class", [...tokens].join(" "));
        else attrs.delete("class");
        break;
      }
      case Op.SetValue:
        this.#get(p.num).live.set("value", p.value);
        break;
      case Op.SetChecked:
      case Op.SetSelected:
        this.#get(p.num).live.set("on", p.on);
        break;
      case Op.Insert: {
        const [parent, at] = this.#place(this.#get(p.num));
        this.insert(parent, at, p.nodes);
        break;
      }
      case Op.InsertAfter: {
        const [parent, at] = this.#place(this.#get(p.num));
        this.insert(parent, at + 1, p.nodes);
        break;
      }
      case Op.Append: {
        const parent = this.#get(p.num);
        this.insert(parent, parent.children.length, p.nodes);
        break;
      }
      case Op.Replace: {
        const node = this.#get(p.num);
        const [parent, at] = this.#place(node);
        this.#detach(node);
        this.#forget(node);
        this.insert(parent, at, p.nodes);
        break;
      }
      case Op.Remove: {
        const node = this.#get(p.num);
        this.#detach(node);
        this.#forget(node);
        break;
      }
      case Op.Move:
      case Op.MoveAfter: {
        const node = this.#get(p.num);
        this.#detach(node);
        const [parent, at] = this.#place(this.#get(p.op === Op.Move ? p.before : p.after));
        this.#attach(node, parent, p.op === Op.Move ? at : at + 1);
        break;
      }
      case Op.MoveEnd: {
        const node = this.#get(p.num);
        this.#detach(node);
        const parent = this.#get(p.parent);
        this.#attach(node, parent, parent.children.length);
        break;
      }
      case Op.SetStyle:
      case Op.RemoveStyle: {
        const { attrs } = this.#get(p.num);
        const style = new Map(
          (attrs.get("style") ?? "").split(";").filter(Boolean).map((d) => d.split(":") as [string, string]),
        );
        if (p.op === Op.SetStyle) style.set(p.name, p.value);
        else style.delete(p.name);
        if (style.size) attrs.set("style", [...style].map((d) => d.join(":")).join(";"));
        else attrs.delete("style");
        break;
      }
      case Op.TemplateDef:
        break;
      case Op.SetEvents:
      case Op.SetProp:
        this.#get(p.num);
        break;
      default:
        throw new Error(`The model does not know op ${p.op}`);
    }
  }

  /** The content as plain data, without numbers; of inputs and options what they show, not what they showed at first. */
  shape(node: ModelNode = this.root): unknown {
    const attrs = new Map(node.attrs);
    if (node.name === "input" || node.name === "option") {
      const on = node.name === "input" ? "checked" : "selected";
      if (node.live.get("on") ?? attrs.has(on)) attrs.set(on, "");
      else attrs.delete(on);
    }
    if (node.name === "input") attrs.set("value", String(node.live.get("value") ?? attrs.get("value") ?? ""));
    return [node.name, node.text, [...attrs].sort(), node.children.map((c) => this.shape(c))];
  }

  /** All numbers in document order. */
  numbers(node: ModelNode = this.root): number[] {
    return node.children.flatMap((c) => [c.num, ...this.numbers(c)]).filter((n) => n !== 0);
  }
}

/** All numbers of live items in document order. */
export function treeNumbers(items: readonly VNode[]): number[] {
  const out: number[] = [];
  for (const any of items) {
    const item = any.kind === Kind.Template ? plainView(any) : any;
    if (item.kind === Kind.Text) {
      if (item.lead !== 0) out.push(item.lead);
      out.push(item.num);
    } else {
      if (item.kind === Kind.Element || item.kind === Kind.Raw) out.push(item.num);
      if (item.kind !== Kind.Element || !TEXT_ONLY.has(item.type as string)) {
        out.push(
          ...treeNumbers(
            item.kind === Kind.Element && OPAQUE.has(item.type as string) ? [] : itemsOf(item),
          ),
        );
      }
    }
  }
  return out;
}

/** The items of a node, which stays as it is: a text that an element keeps itself becomes no item of it. */
function itemsOf(node: VNode): readonly VNode[] {
  if (node.kind === Kind.Text || node.kind === Kind.Raw) return [];
  const { content, num } = node;
  if (typeof content !== "string") return content ?? [];
  const run = textNode(content);
  run.slot = 0;
  if (num !== 0) run.num = num + 1;
  return [run];
}
