/**
 * Three ways to write a program of jsx_programs.ts: element functions; the calls that `react-jsx` makes; and those that Deno's
 * `precompile` makes, whose strings this module writes as the transform does.
 *
 * examples/jsx runs the transform itself: what it makes of each trap is held there against the same rules.
 *
 * @module
 */
import { signal } from "../../core/mod.ts";
import { component } from "../../runtime/component.ts";
import { Fragment, jsx, jsxs } from "../../jsx_runtime.ts";
import { type Child, createNode, fragment, type Key, type Props, type VNode } from "../../vdom/node.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import type { ChildExpr, ElementExpr, ListExpr, SlotExpr, Values } from "./jsx_programs.ts";

/** A component around children, with an element and with state of its own, which is kept by its path. */
export const Box = component((props: { children?: Child }) => {
  signal(0, { name: "opened" });
  return () => createNode("section", null, [props.children]);
}, { name: "Box" });

/** A way to write. */
export interface Way {
  element(expr: ElementExpr, values: Values, row: string): VNode;
}

type Maker = (tag: string, props: Props, children: unknown[], key: Key | null | undefined) => VNode;

function keyOf(expr: ElementExpr, values: Values, row: string): Key | null | undefined {
  if (expr.key === null) return undefined;
  if (typeof expr.key !== "object") return expr.key;
  return row === "" ? values.key(expr.key.slot, row) : Number(row.split(".").pop());
}

function spreadOf(expr: ElementExpr, values: Values, row: string): Props {
  return expr.spread < 0 ? {} : { "data-s": values.attr("title", expr.spread, row) };
}

function propsOf(expr: ElementExpr, values: Values, row: string): Props {
  const props: Props = {};
  for (const { name, value } of expr.attrs) {
    props[name] = typeof value === "object" ? values.attr(name, value.slot, row) : value;
  }
  return { ...props, ...spreadOf(expr, values, row) };
}

/** The value of a slot, its nodes written by the way. */
function slotValue(
  way: Way,
  expr: SlotExpr,
  values: Values,
  row: string,
  list: (e: ListExpr) => VNode,
): unknown {
  const random = values.random(expr.slot, row);
  if (expr.row !== null && (expr.nodes.length === 0 || random.chance(50))) {
    return values.keys(random).map((key) => way.element(expr.row!, values, `${row}.${expr.slot}.${key}`));
  }
  if (expr.nodes.length === 0 || random.chance(35)) return values.text(random);
  if (random.chance(10)) return [values.text(random), values.text(random)];
  const node = random.pick(expr.nodes);
  return node.kind === "element" ? way.element(node, values, keyless(row)) : list(node as ListExpr);
}

/** Below a row a dynamic key is the row's; elsewhere it has values of its own. */
function keyless(row: string): string {
  return row;
}

/** Writes elements one by one, with functions or with the calls of react-jsx. */
function oneByOne(make: Maker, wrap: (children: unknown[], isBox: boolean) => VNode): Way {
  const child = (expr: ChildExpr, values: Values, row: string): unknown => {
    if (expr === null || typeof expr === "string") return expr;
    if (expr.kind === "element") return way.element(expr, values, row);
    if (expr.kind === "box") return wrap(expr.children.map((item) => child(item, values, row)), true);
    return slotValue(
      way,
      expr,
      values,
      row,
      (list) =>
        wrap(
          list.children.map((item) => child(item, values, row)),
          (list as { kind: string }).kind === "box",
        ),
    );
  };
  const way: Way = {
    element: (expr, values, row) =>
      make(
        expr.tag,
        propsOf(expr, values, row),
        expr.children.map((item) => child(item, values, row)),
        keyOf(expr, values, row),
      ),
  };
  return way;
}

/** What several children are as a prop. */
function childrenOf(children: unknown[]): Props {
  return children.length === 0 ? {} : { children: children.length === 1 ? children[0] : children };
}

/** Element functions. */
export const functions: Way = oneByOne(
  (tag, props, children, key) => createNode(tag, key === undefined ? props : { ...props, key }, children),
  (children, isBox) => isBox ? Box(childrenOf(children)) : fragment(children, null),
);

/** What react-jsx calls. */
export const reactJsx: Way = oneByOne(
  (tag, props, children, key) =>
    children.length > 1
      ? jsxs(tag, { ...props, children }, key)
      : jsx(tag, children.length === 0 ? props : { ...props, children: children[0] }, key),
  (children, isBox) => {
    const type = isBox ? Box as never : Fragment as never;
    return children.length > 1 ? jsxs(type, { children }) : jsx(type, childrenOf(children));
  },
);

const SKIPPED = new Set(
  "input select option textarea button details dialog fieldset audio video script style".split(" "),
);
const VOID = new Set(["input"]);

function escape(text: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
  return text.replace(/[&<>"']/g, (char) => `&${names[char]};`);
}

/** What the transform makes of one place: strings, and what to call for each slot. */
interface Place {
  strings: string[];
  slots: ((values: Values, row: string) => unknown)[];
}

/** Precompiled JSX; `skip`: with `jsxPrecompileSkipElements` as scaffolds set it. */
export function precompiled(skip: boolean): Way {
  const places = new Map<object, Place>();

  const child = (expr: Exclude<ChildExpr, string>, place: Place): void => {
    if (expr === null) return slot(place, () => null);
    if (expr.kind === "element" && isTemplate(expr)) return element(expr, place);
    if (expr.kind === "element") return slot(place, (values, row) => way.element(expr, values, row));
    if (expr.kind === "box") return slot(place, (values, row) => box(expr.children, values, row));
    slot(place, (values, row) => jsxEscape(slotOf(expr, values, row)));
  };

  const slotOf = (expr: SlotExpr, values: Values, row: string): unknown =>
    slotValue(
      way,
      expr,
      values,
      row,
      (list) =>
        (list as { kind: string }).kind === "box"
          ? box(list.children, values, row)
          : run(list, values, row, (place) => content(list.children, place)),
    );

  const box = (children: ChildExpr[], values: Values, row: string): VNode =>
    jsx(Box as never, called(children, values, row));

  /**
   * The children that a call has: one is itself; several are a template without a root where there is an element for it and
   * something else that is constant, else one array, which a call cannot tell from a value that is an array.
   */
  const called = (children: ChildExpr[], values: Values, row: string): Props => {
    if (children.length === 0) return {};
    const elements = children.filter((item) =>
      item !== null && typeof item === "object" && item.kind === "element" && isTemplate(item)
    );
    const texts = children.filter((item) => typeof item === "string");
    if (children.length > 1 && elements.length > 0 && elements.length + texts.length > 1) {
      return { children: run(children, values, row, (place) => content(children, place)) };
    }
    const made = children.map((item): unknown => {
      if (item === null || typeof item === "string") return item;
      if (item.kind === "element") return way.element(item, values, row);
      return item.kind === "box" ? box(item.children, values, row) : slotOf(item, values, row);
    });
    return { children: made.length === 1 ? made[0] : made };
  };

  const slot = (place: Place, value: Place["slots"][number]): void => {
    place.slots.push(value);
    place.strings.push("");
  };
  const add = (place: Place, text: string): void => void (place.strings[place.strings.length - 1] += text);

  const content = (children: ChildExpr[], place: Place): void => {
    for (const item of children) {
      if (typeof item === "string") add(place, escape(item));
      else child(item, place);
    }
  };

  const element = (expr: ElementExpr, place: Place): void => {
    add(place, `<${expr.tag}`);
    if (expr.key !== null) {
      if (typeof expr.key === "number") add(place, ` key="${expr.key}"`);
      else {
        add(place, " ");
        slot(place, (values, row) => jsxAttr("key", keyOf(expr, values, row)));
      }
    }
    for (const { name, value } of expr.attrs) {
      if (typeof value === "string") {
        add(place, ` ${name}="${escape(value)}"`);
        continue;
      }
      if (value === true && name !== "hidden") {
        add(place, ` ${name}`);
        continue;
      }
      add(place, " ");
      const at = (values: Values, row: string) => value === true || values.attr(name, value.slot, row);
      if (/^(inert|checked)$/.test(name)) slot(place, (values, row) => at(values, row) ? name : "");
      else slot(place, (values, row) => jsxAttr(name.toLowerCase(), at(values, row)));
    }
    add(place, ">");
    if (VOID.has(expr.tag)) return;
    content(expr.children, place);
    add(place, `</${expr.tag}>`);
  };

  const isTemplate = (expr: ElementExpr): boolean => expr.spread < 0 && !(skip && SKIPPED.has(expr.tag));

  const run = (
    at: object,
    values: Values,
    row: string,
    write: (place: Place) => void,
  ): VNode => {
    let place = places.get(at);
    if (place === undefined) {
      places.set(at, place = { strings: [""], slots: [] });
      write(place);
    }
    return jsxTemplate(place.strings, ...place.slots.map((value) => value(values, row)));
  };

  const way: Way = {
    element(expr, values, row) {
      if (isTemplate(expr)) return run(expr, values, row, (place) => element(expr, place));
      const props = { ...propsOf(expr, values, row), ...called(expr.children, values, row) };
      return jsx(expr.tag, props, keyOf(expr, values, row));
    },
  };
  return way;
}
