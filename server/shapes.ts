/**
 * Finds inserted nodes that are alike, as rows of element functions are, and has their markup sent once: a definition of a
 * template, then what differs from node to node (decision D15, for those who do not precompile JSX).
 *
 *     <tr id="r1"><td>1</td><td>x</td></tr>      <tr id=?><td>?</td><td>x</td></tr>
 *     <tr id="r2"><td>2</td><td>x</td></tr>      "r1" "1" · "r2" "2"
 *
 * A template takes numbers as its nodes do, so nothing but the bytes differs, and nothing is remembered: the number 0 stands
 * for the shape of one patch, and is defined again for the next.
 *
 * @module
 */
import { attributesOf, eventSpec } from "../vdom/attrs.ts";
import { isOrdinary, Kind, textNode, VNode } from "../vdom/node.ts";
import { Op, type Patch, type TemplateHole } from "../vdom/patch.ts";
import { staticProps } from "../vdom/template_slots.ts";
import { isSpecial } from "../vdom/template_plan.ts";

/** The number of the template of a shape. Those of precompiled JSX begin with 1. */
const SHAPE = 0;

/** Elements that are written once for all instead of once each: it saves four bytes of each, and the client's second script is 6 KB. */
const MIN_ELEMENTS = 2_000;

const NONE: readonly never[] = [];

/** Puts definitions and instances in the place of many nodes of one shape: of `min` elements together. */
export function shareShapes(patches: Patch[], min: number = MIN_ELEMENTS): Patch[] {
  let shared: Patch[] | null = null;
  for (let i = 0; i < patches.length; i++) {
    const patch = patches[i];
    const { op } = patch;
    const found = op === Op.Append || op === Op.Insert || op === Op.InsertAfter
      ? shareNodes(patch.nodes, min)
      : null;
    if (found !== null) {
      shared ??= patches.slice(0, i);
      shared.push(found.definition, { ...patch, nodes: found.nodes } as Patch);
    } else shared?.push(patch);
  }
  return shared ?? patches;
}

/** What the nodes of one shape have in common, and what each has for itself. */
interface Shape {
  /** Tags, names of attributes, texts: what is the same wherever this is. */
  outline: string;
  /** Specs of events, values of attributes and texts, in document order. */
  values: string[];
  /** How many elements it has. */
  elements: number;
}

function shareNodes(nodes: readonly VNode[], min: number): { definition: Patch; nodes: VNode[] } | null {
  const items = [...flat(nodes)];
  // Most are few: one in the middle, which is like most if any is, tells what there is to gain.
  const first = shapeOf(items[items.length >> 1]);
  if (first === null || items.length * first.elements < min) return null;
  const shapes = items.map(shapeOf);
  const alike = shapes.filter((shape) => shape?.outline === first.outline) as Shape[];
  if (alike.length * first.elements < min) return null;
  const differs = first.values.map((value, at) => alike.some(({ values }) => values[at] !== value));
  const definition = define(items[items.length >> 1], first.values, differs);
  const type = { wire: ({ parts }: VNode) => ({ id: SHAPE, values: parts, lists: NONE }) };
  return {
    definition,
    nodes: items.map((item, i) => {
      const shape = shapes[i];
      if (shape === null || shape.outline !== first.outline) return item;
      const instance = new VNode(Kind.Template, type, null, null, "", null);
      instance.parts = shape.values.filter((_value, at) => differs[at]);
      return instance;
    }),
  };
}

/** Items as the wire has them: without components and fragments around. */
function* flat(items: readonly VNode[]): Generator<VNode> {
  for (const item of items) {
    if (item.kind === Kind.Fragment || item.kind === Kind.Component) yield* flat(item.children ?? NONE);
    else yield item;
  }
}

/** The shape of an element; null when it has something that is in no template. */
function shapeOf(item: VNode): Shape | null {
  const shape: Shape = { outline: "", values: [], elements: 0 };
  return item.kind === Kind.Element && addElement(item, shape) ? shape : null;
}

function addElement(node: VNode, shape: Shape): boolean {
  const tag = node.type as string;
  if (!isOrdinary(tag) || isSpecial(tag)) return false;
  shape.elements++;
  shape.outline += `<${tag}`;
  const spec = eventSpec(node);
  if (spec !== "") {
    shape.outline += " data-hid";
    shape.values.push(spec);
  }
  for (const [name, value] of attributesOf(node)) {
    shape.outline += ` ${name}`;
    shape.values.push(value);
  }
  shape.outline += ">";
  for (const item of flat(node.children ?? NONE)) {
    if (item.kind === Kind.Element) {
      if (!addElement(item, shape)) return false;
    } else if (item.kind === Kind.Text) {
      shape.outline += item.lead === 0 ? "t" : "st";
      shape.values.push(item.text);
    } else return false;
  }
  shape.outline += "/";
  return true;
}

/** The definition of a shape, made of one node that has it. */
function define(from: VNode, values: readonly string[], differs: boolean[]): Patch {
  const holes: TemplateHole[] = [];
  let offset = 0;
  let at = 0;
  const element = (node: VNode): VNode => {
    const own = offset++;
    const attrs: [name: string, value: string][] = [];
    const attribute = (name: string) => {
      // A copy takes no events: its spec is its own, whatever it is.
      if (name === "data-hid") differs[at] = true;
      if (differs[at]) holes.push({ offset: own, name, statics: [] });
      else attrs.push([name, values[at]]);
      at++;
    };
    if (eventSpec(node) !== "") attribute("data-hid");
    for (const [name] of attributesOf(node)) attribute(name);
    const children: VNode[] = [];
    for (const item of flat(node.children ?? NONE)) {
      if (item.kind === Kind.Element) children.push(element(item));
      else {
        if (item.lead !== 0) {
          children.push(textNode(""));
          offset++;
        }
        if (differs[at]) holes.push({ offset, name: "", statics: ["", ""] });
        children.push(textNode(differs[at] ? "" : values[at]));
        offset++;
        at++;
      }
    }
    return new VNode(Kind.Element, node.type, staticProps({ attrs }), children, "", null);
  };
  return { op: Op.TemplateDef, id: SHAPE, nodes: [element(from)], holes };
}
