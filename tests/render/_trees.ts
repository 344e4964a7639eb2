/**
 * Random trees for the renderer's tests, and the DOM that a parser must make of them.
 *
 * @module
 */
import fc from "fast-check";
import { defaultTreeAdapter as adapter, type DefaultTreeAdapterTypes as Dom, parse } from "parse5";
import { attributesOf, contentOf } from "../../vdom/attrs.ts";
import { MATH_TEXT, RAW_TEXT, SVG_HTML } from "../../vdom/html_names.ts";
import { componentNode, createNode, Kind, listOf, OPAQUE, TEXT_ONLY, VNode } from "../../vdom/node.ts";
import { Tree } from "../../vdom/tree.ts";
import { renderDocument, renderToString } from "../../render/mod.ts";
import { PlainHost } from "../support/plain_host.ts";

/** A host whose components show their `children` prop. */
class ViewHost extends PlainHost {
  tree: Tree | null = null;
  override mountComponent(node?: VNode): void {
    if (node === undefined) return;
    node.children = listOf(node.props?.children);
    this.tree?.mountList(node.children, true);
  }
}

/** Mounts a root list as a session does. */
export function mount(view: unknown): VNode[] {
  const items = listOf(view);
  const host = new ViewHost(false);
  host.tree = new Tree(host);
  host.tree.mountList(items, true);
  return items;
}

/** Element shorthand. */
export function h(tag: string, props: Record<string, unknown> | null, ...slots: unknown[]): VNode {
  return createNode(tag, props, slots);
}

/** Raw HTML. */
export function raw(html: string): VNode {
  return new VNode(Kind.Raw, null, null, null, html, null);
}

const NAMED = { displayName: "Shown" };

/** A component that shows its slots. */
export function shown(...slots: unknown[]): VNode {
  return componentNode(NAMED, { children: slots });
}

/** A node of a DOM, in a form that can be compared. */
export type Shape =
  | { text: string }
  | { comment: string }
  | { tag: string; space: string; attrs: [string, string][]; kids: Shape[] };

const SPACES = {
  html: "http://www.w3.org/1999/xhtml",
  svg: "http://www.w3.org/2000/svg",
  math: "http://www.w3.org/1998/Math/MathML",
};
type Space = keyof typeof SPACES;

/** The DOM that a tree stands for. `scripting`: a noscript holds its markup as text. */
export function shapesOf(
  items: readonly VNode[],
  scripting: boolean,
  parent: VNode | null = null,
  space: Space = "html",
): Shape[] {
  const shapes: Shape[] = [];
  const add = (shape: Shape) => {
    const last = shapes[shapes.length - 1];
    if ("text" in shape && last !== undefined && "text" in last) last.text += shape.text;
    else shapes.push(shape);
  };
  for (const item of items) {
    if (item.kind === Kind.Text) {
      if (item.lead !== 0) add({ comment: "" });
      add(item.text === "" ? { comment: "" } : { text: item.text });
    } else if (item.kind === Kind.Raw) {
      add({ comment: "r" });
      if (item.text !== "") add({ text: item.text });
      add({ comment: "/r" });
    } else if (item.kind === Kind.Element) {
      add(elementShape(item, scripting, parent, space));
    } else {
      shapesOf(item.children ?? [], scripting, parent, space).forEach(add);
    }
  }
  return shapes;
}

function elementShape(node: VNode, scripting: boolean, parent: VNode | null, space: Space): Shape {
  const tag = node.type as string;
  const inside = parent === null ? "html" : childSpace(tag, parent, space);
  const own: Space = inside !== "html" ? inside : tag === "svg" ? "svg" : tag === "math" ? "math" : "html";
  let kids: Shape[];
  if (TEXT_ONLY.has(tag) || own === "html" && RAW_TEXT.has(tag)) {
    const text = TEXT_ONLY.has(tag) ? contentOf(node) : (node.children ?? []).map((t) => t.text).join("");
    kids = text === "" ? [] : [{ text }];
  } else if (tag === "noscript" && scripting && own === "html") {
    const text = renderToString(node.children ?? []);
    kids = text === "" ? [] : [{ text }];
  } else {
    kids = shapesOf(node.children ?? [], scripting, node, own);
  }
  return { tag, space: SPACES[own], attrs: attributesOf(node).toSorted(), kids };
}

/** The namespace of a child before svg and math are looked at; `space` is the parent's own. */
function childSpace(tag: string, parent: VNode, space: Space): Space {
  const name = parent.type as string;
  if (space === "svg") return SVG_HTML.has(name) ? "html" : "svg";
  if (space === "html") return "html";
  if (MATH_TEXT.has(name)) return tag === "mglyph" ? "math" : "html";
  return name === "annotation-xml" && (tag === "svg" || parent.props?.encoding === "text/html")
    ? "html"
    : "math";
}

/** Parses a document; gives what stands between the marker and the client script. */
export function readBack(html: string, scripting: boolean): Shape[] {
  const document = parse(html, { scriptingEnabled: scripting });
  const root = document.childNodes.find((n) => n.nodeName === "html") as Dom.Element;
  const body = root.childNodes.find((n) => n.nodeName === "body") as Dom.Element;
  const kids = body.childNodes;
  const from = kids.findIndex((n) => adapter.isCommentNode(n) && n.data === "vango");
  const to = kids.findIndex((n) =>
    adapter.isElementNode(n) && n.attrs.some((a) => a.name === "id" && a.value === "vango")
  );
  return kids.slice(from + 1, to).map(toShape);
}

/** A whole page around a tree. */
export function page(items: readonly VNode[]): string {
  return renderDocument({ body: items, clientSrc: "/client.js" });
}

function toShape(node: Dom.ChildNode): Shape {
  if (adapter.isTextNode(node)) return { text: node.value };
  if (adapter.isCommentNode(node)) return { comment: node.data };
  const element = node as Dom.Element;
  const content = element.tagName === "template"
    ? (element as Dom.Template).content.childNodes
    : element.childNodes;
  const attrs = element.attrs.filter((a) => a.name !== "data-hid")
    .map((a): [string, string] => [a.prefix ? `${a.prefix}:${a.name}` : a.name, a.value]);
  return {
    tag: element.tagName,
    space: element.namespaceURI,
    attrs: attrs.toSorted(),
    kids: content.map(toShape),
  };
}

/** What a random tree is made from: numbers that pick from the menu of the place. */
interface Plan {
  pick: number;
  props: number;
  text: string;
  kids: Plan[];
}

const texts = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\n",
    "\n\n",
    "a",
    "a b",
    "\r\nx",
    "\r",
    "\0",
    "<",
    ">",
    "&",
    "&amp;",
    "&lt",
    "\u00a0",
    '"',
    "'",
    "<!--",
    "-->",
  ),
  fc.constantFrom(
    "</p>",
    "<b>",
    "\ud800",
    "\udc00x",
    "\u2028",
    "\ufeff",
    "\f",
    "\t",
    "]]>",
    "<![CDATA[",
    "&nbsp;",
    "&#0;",
    "</textarea>",
    "</noscript",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

/** Random plans. */
export const plans: fc.Arbitrary<Plan[]> = fc.letrec<{ plan: Plan; kids: Plan[] }>((tie) => ({
  plan: fc.record({
    pick: fc.noBias(fc.nat(9999)),
    props: fc.noBias(fc.nat(9999)),
    text: texts,
    kids: tie("kids"),
  }),
  kids: fc.oneof(
    { maxDepth: 6, depthSize: "max" },
    { weight: 1, arbitrary: fc.constant<Plan[]>([]) },
    { weight: 5, arbitrary: fc.array(tie("plan"), { minLength: 1, maxLength: 3, size: "max" }) },
  ),
})).kids;

const split = (text: string) => text.split(" ");
const FLOW = split(
  "div p span a b i em strong ul ol dl table select form button input img br hr h1 h2 h3 pre textarea svg math section article " +
    "label fieldset legend details summary figure figcaption iframe noscript template style script object video audio " +
    "x-box address blockquote nobr font ruby main nav header footer menu dialog search center dir listing xmp code small " +
    "title link meta optgroup option datalist progress canvas map area ins del marquee applet noembed noframes hgroup wbr",
);
const MENUS: Record<string, string[]> = {
  table: split("thead tbody tfoot caption colgroup tbody"),
  thead: split("tr"),
  tbody: split("tr"),
  tfoot: split("tr"),
  tr: split("td th"),
  colgroup: split("col"),
  select: split("option optgroup hr option script"),
  optgroup: split("option"),
  ul: split("li"),
  ol: split("li"),
  dl: split("dt dd div"),
  ruby: split("rb rt rp rtc span"),
  svg: split(
    "g path title desc foreignObject a style script circle text linearGradient textPath image svg font",
  ),
  g: split("g path foreignObject desc title rect use a input"),
  foreignObject: FLOW,
  math: split("mi mo mn ms mtext mrow annotation-xml mfrac semantics"),
  mi: split("span b i mglyph svg"),
  mtext: FLOW,
  "annotation-xml": split("svg div mrow"),
  template: split("tr td col tbody div p li caption"),
};
const ALL = [
  ...new Set([
    ...FLOW,
    ...Object.values(MENUS).flat(),
    "foreignobject",
    "body",
    "image",
    "DIV",
    "param",
    "source",
  ]),
];
const NAMES = [
  "id",
  "class",
  "title",
  "data-x",
  "hidden",
  "href",
  "color",
  "encoding",
  "xlink:href",
  "viewBox",
  "type",
  "value",
];

function propsOf(n: number, tag: string, text: string): Record<string, unknown> | null {
  if (n % 3 !== 0) return null;
  const name = NAMES[n % NAMES.length];
  if (name === "viewBox" && tag !== "svg") return null;
  if (name === "xlink:href" && tag !== "a" && tag !== "use") return null;
  if (name === "encoding") return { encoding: "text/html" };
  const props: Record<string, unknown> = { [name]: name === "hidden" ? n % 2 === 0 : text };
  if (n % 5 === 0) props.onClick = (_: unknown) => {};
  return props;
}

/** Makes the slots that plans stand for. */
export function build(list: readonly Plan[], parent = "div", live = true): unknown[] {
  return list.map((plan): unknown => {
    const { pick, kids, text } = plan;
    if (pick % 10 < 2) {
      return pick % 3 === 0
        ? null
        : /^(table|tr|tbody|colgroup|thead)$/.test(parent) && pick % 2
        ? " "
        : text;
    }
    if (pick % 40 === 2) return raw(parent in MENUS ? "" : "x");
    if (pick % 20 === 3) return build(kids, parent, live);
    if (pick % 20 === 13 && live) return shown(...build(kids, parent, live));
    const menu = pick % 10 === 4 ? ALL : MENUS[parent] ?? FLOW;
    const tag = menu[plan.props * 7 % menu.length];
    const textOnly = TEXT_ONLY.has(tag) || RAW_TEXT.has(tag);
    const safe = text.replace(/<\/|<!--/g, "");
    const slots = textOnly
      ? [safe]
      : /^(br|hr|img|input|area|link|meta|wbr|col|param|source)$/.test(tag)
      ? []
      : build(kids, tag, live && !OPAQUE.has(tag));
    const props = propsOf(plan.pick, tag, plan.text);
    if (props !== null && !live) delete props.onClick;
    return h(tag, props, ...slots);
  });
}
