/**
 * Element functions, custom elements, and the facts that are generated beside them.
 *
 * @module
 */

import { assert, assertEquals, assertFalse, assertStrictEquals, assertThrows } from "@std/assert";
import { signal } from "@preact/signals-core";
import { attributesOf, attributeValue, BOOLEAN_ATTRS as WRITTEN_AS_PRESENCE } from "../../vdom/attrs.ts";
import * as elements from "../../vdom/elements.ts";
import { EVENTS } from "../../vdom/event_table.ts";
import { fragment, Kind, type VNode } from "../../vdom/node.ts";
import { HTML, MATHML, SVG } from "../../vdom/spec/mod.ts";
import * as facts from "../../vdom/spec_facts.ts";

const { br, customElement, defineElement, div, img, li, linearGradient, span, svgA, switch_, ul, var_ } =
  elements;

Deno.test("div() refuses a child that cannot be rendered", () => {
  const untyped = div as (...args: unknown[]) => unknown;
  assertThrows(() => untyped(() => "x"), TypeError, "Cannot render a function");
  assertThrows(() => untyped(Promise.resolve("x")), TypeError, "a promise");
  assertThrows(() => untyped(new Date(0)), TypeError, "an object of class Date");
  assertThrows(() => untyped(new Map()), TypeError, "an object of class Map");
  assertThrows(() => untyped("x", { class: "a" }), TypeError, "a plain object");
  assertThrows(() => untyped(Symbol("s")), TypeError, "a symbol");
});

Deno.test("br() refuses children, whether or not props come first", () => {
  const untyped = br as (...args: unknown[]) => unknown;
  assertThrows(() => untyped("x"), TypeError, "Cannot put children into <br>");
  assertThrows(() => untyped({}, "x"), TypeError, "Cannot put children into <br>");
  assertThrows(() => untyped(new Date(0)), TypeError, "Cannot put children into <br>");
});

Deno.test("div() refuses a key that is neither a string nor a number", () => {
  assertThrows(() => div({ key: {} as string }), TypeError, "as a key");
});

Deno.test("customElement() refuses what is not the name of a custom element", () => {
  for (const tag of ["div", "", "-a", "x-A", "1-a", "x y-z", "font-face", "annotation-xml", "x-><script>"]) {
    assertThrows(() => customElement(tag), TypeError, "Cannot make a custom element");
    assertThrows(() => defineElement(tag), TypeError, "Cannot make a custom element");
  }
});

Deno.test("div() takes props first and children after", () => {
  const node = div({ class: "card", key: 7 }, "a", span("b"));
  assertEquals([node.kind, node.type, node.key, node.slots], [Kind.Element, "div", 7, 2]);
  assertEquals(attributesOf(node), [["class", "card"]]);
  assertEquals(node.children?.map((item) => [item.kind, item.text]), [[Kind.Text, "a"], [Kind.Element, ""]]);
});

Deno.test("div() without props takes every argument as a child", () => {
  const node = div("a", 1, null, "b");
  assertEquals([node.props, node.slots], [null, 4]);
  assertEquals(node.children?.map((item) => item.text), ["a1b"]);
});

Deno.test("div() without arguments has no children", () => {
  assertEquals([div().props, div().children, div().slots], [null, null, 0]);
  assertEquals([div({}).children, div({}).slots], [null, 0]);
});

Deno.test("div() takes a node, an array or a signal as first child, not as props", () => {
  assertEquals(div(span()).children?.[0].type, "span");
  assertEquals(div([span()]).children?.[0].type, "span");
  assertEquals(div(signal("x")).children?.[0].text, "x");
});

Deno.test("div() takes an absent first child as a slot", () => {
  assertEquals(div(null, "a").slots, 2);
  assertEquals(div(false).slots, 1);
});

Deno.test("div() takes props without prototype, such as a parsed module's", () => {
  const props = Object.assign(Object.create(null), { id: "a" });
  assertEquals(attributesOf(div(props)), [["id", "a"]]);
  assertEquals(div(Object.create(null)).slots, 0);
});

Deno.test("img() takes props alone", () => {
  assertEquals(attributesOf(img({ src: "/a.png", alt: "" })), [["src", "/a.png"], ["alt", ""]]);
  assertEquals(br().children, null);
});

Deno.test("class merges strings, arrays, maps and signals", () => {
  const node = div({ class: ["a b", { c: true, d: false, e: signal(true) }, [null, signal("f")], false] });
  assertEquals(attributesOf(node), [["class", "a b c e f"]]);
});

Deno.test("element functions carry the tag in the document's own case", () => {
  assertEquals(linearGradient().type, "linearGradient");
  assertEquals([var_().type, switch_().type, svgA().type], ["var", "switch", "a"]);
  assertEquals(elements.annotationXml().type, "annotation-xml");
  assertEquals([elements.svgTitle().type, elements.title().type], ["title", "title"]);
});

Deno.test("every row of the spec has its function", () => {
  const table = elements as unknown as Record<string, () => { type: string }>;
  for (const spec of [...HTML, ...SVG, ...MATHML]) {
    assertEquals(table[spec.fn ?? spec.tag]().type, spec.tag);
  }
  assertEquals([HTML.length, SVG.length, MATHML.length], [112, 63, 30]);
});

Deno.test("customElement() and defineElement() make elements with props and children", () => {
  const node = customElement("x-rating", { stars: 3 }, "text");
  assertEquals([node.type, node.props, node.slots], ["x-rating", { stars: 3 }, 1]);
  assertEquals(customElement("x-rating").children, null);
  const rating = defineElement<{ stars: number }>("x-rating");
  assertEquals(attributesOf(rating({ stars: 3, class: "a" })), [["stars", "3"], ["class", "a"]]);
});

Deno.test("a list of nodes keeps its keys", () => {
  const node = ul([1, 2].map((n) => li({ key: n }, n)));
  assertEquals(node.children?.map((item) => item.key), [1, 2]);
});

Deno.test("a list that is alone in an element or a fragment is the list of that", () => {
  const kinds = (node: VNode) => node.children!.map(({ kind, slot }) => [kind, slot]);
  assertEquals([ul(["a", li()]), ul([["a", li()]]), ul(fragment(["a", li()], null))], [
    ul("a", li()),
    ul("a", li()),
    ul("a", li()),
  ]);
  assertEquals(fragment([["a", li()]], "k"), fragment(["a", li()], "k"));
  assertEquals(ul(["a", li()]).slots, 2);
  assertEquals(kinds(ul([])), [[Kind.Text, 0]]);
  assertEquals(kinds(ul(fragment([], null))), [[Kind.Text, 0]]);
  assertEquals(kinds(ul(fragment(["a", li()], "k"))), [[Kind.Fragment, 0]]);
  assertEquals(kinds(ul(["a"], li())), [[Kind.Fragment, 0], [Kind.Element, 1]]);
});

Deno.test("a fragment that is the list of two elements is copied for the second", () => {
  const both = fragment([li()], null);
  const [first, second] = [ul(both), ul(both)];
  assertEquals(first, second);
  assert(first.children![0] !== second.children![0]);
});

Deno.test("spec_facts names what the renderer needs", () => {
  assertEquals([...facts.VOID].join(" "), "area base br col embed hr img input link meta source track wbr");
  for (const name of ["draggable", "spellcheck", "contenteditable", "aria-hidden", "stretchy"]) {
    assert(facts.ENUMERATED_BOOLEAN.has(name), name);
  }
  for (const name of ["href", "src", "action", "formaction", "poster", "data", "cite", "xlink:href"]) {
    assert(facts.URL_ATTRS.has(name), name);
  }
  for (const tag of ["svg", "foreignObject", "feBlend"]) assert(facts.SVG_TAGS.has(tag), tag);
  for (const tag of ["a", "script", "style", "title"]) assertFalse(facts.SVG_TAGS.has(tag), tag);
  assert(facts.MATHML_TAGS.has("annotation-xml"));
});

Deno.test("no attribute is both written as presence and as a word", () => {
  assertEquals([...facts.BOOLEAN_ATTRS].filter((name) => facts.ENUMERATED_BOOLEAN.has(name)), []);
});

Deno.test("spec_facts has every attribute that vdom/attrs.ts writes as presence", () => {
  assertEquals([...WRITTEN_AS_PRESENCE].filter((name) => !facts.BOOLEAN_ATTRS.has(name)), []);
});

Deno.test("every URL attribute of the spec refuses a script", () => {
  for (const name of facts.URL_ATTRS) {
    assertEquals(attributeValue("a", name, "javascript:alert(1)"), null, name);
  }
});

Deno.test("every attribute of the spec that takes a boolean is written as its standard has it", () => {
  for (const name of facts.ENUMERATED_BOOLEAN) {
    assertEquals(
      [attributeValue("div", name, true), attributeValue("div", name, false)],
      ["true", "false"],
      name,
    );
  }
  for (const name of facts.BOOLEAN_ATTRS) {
    assertEquals([attributeValue("div", name, true), attributeValue("div", name, false)], ["", null], name);
  }
});

Deno.test("there are props for more than 70 events, each with one wire code", () => {
  assert(EVENTS.length > 70);
  assertStrictEquals(new Set(EVENTS.map((row) => row[1])).size, EVENTS.length);
});
