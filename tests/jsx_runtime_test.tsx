// deno-lint-ignore-file jsx-key -- what is tested
/** @jsxRuntime automatic */
/** @jsxImportSource @vango/core */
/**
 * JSX gives the same nodes as the element functions.
 *
 * @module
 */

import { assertEquals, assertThrows } from "@std/assert";
import { signal } from "@preact/signals-core";
import { Fragment, jsx, jsxs, type JsxType } from "../jsx_runtime.ts";
import { br, button, div, li, span, ul } from "../vdom/elements.ts";
import { type Child, Kind, type VNode } from "../vdom/node.ts";

Deno.test("jsx() refuses a type that is neither a tag nor a function", () => {
  assertThrows(() => jsx(undefined as unknown as JsxType, {}), TypeError, "is the component imported?");
  assertThrows(() => jsx({} as JsxType, {}), TypeError, "a plain object");
});

Deno.test("jsx() refuses children of a void element", () => {
  assertThrows(() => jsx("br", { children: "x" }), TypeError, "Cannot put children into <br>");
});

Deno.test("JSX gives the nodes that element functions give", () => {
  const count = signal(1);
  assertEquals(
    <div class="a" key="k">
      n: {count} <span>x</span>
      {null}
      <br />
    </div>,
    div({ class: "a", key: "k" }, "n: ", count, " ", span("x"), null, br()),
  );
  assertEquals(<div />, div());
  assertEquals(<div>{[<span>x</span>]}</div>, div([span("x")]));
});

Deno.test("jsx() takes several children in one array, as the precompile transform passes them", () => {
  const count = signal(1);
  const children = () => ["No. ", count, [li({ key: 1 }, "x")]];
  assertEquals(jsx("button", { children: children() }), jsxs("button", { children: children() }));
  assertEquals(jsx(Fragment, { children: children() }), jsxs(Fragment, { children: children() }));
  assertEquals(jsx("button", { children: children() }), button(...children()));
});

Deno.test("JSX keeps the key of a row that is keyed after a spread", () => {
  const props = { class: "row" };
  const list = <ul>{[1, 2].map((n) => <li key={n} {...props}>{n}</li>)}</ul>;
  assertEquals(list.children?.map((item) => item.key), [1, 2]);
  assertEquals(<ul>a{[1].map((n) => <li key={n}>{n}</li>)}</ul>, ul("a", [li({ key: 1 }, 1)]));
});

Deno.test("a function from props to nodes is called, and its node takes the key", () => {
  const Row = (props: { label: string; children?: Child }): VNode => <li>{props.label}{props.children}</li>;
  const node = <Row key={7} label="x">y</Row>;
  assertEquals([node.type, node.key, node.children?.[0].text], ["li", 7, "xy"]);
});

Deno.test("a function that returns no node gives a list, with the key", () => {
  const Word = (): string => "word";
  const node = <Word key="k" />;
  assertEquals([node.kind, node.key, node.children?.[0].text], [Kind.Fragment, "k", "word"]);
  assertEquals((<Word />).kind, Kind.Fragment);
});

Deno.test("a node that its function keyed itself keeps that key", () => {
  const Own = (): VNode => <li key="own" />;
  assertEquals((<Own key="outer" />).key, "own");
});

Deno.test("JSX fragments are lists, with a key where one is given", () => {
  assertEquals((<>a{signal("b")}</>).children?.[0].text, "ab");
  const keyed = (
    <Fragment key="k">
      a<b>c</b>
    </Fragment>
  );
  assertEquals([keyed.kind, keyed.key, keyed.slots], [Kind.Fragment, "k", 2]);
});

Deno.test("JSX does not change the props that were spread into it", () => {
  const props = Object.freeze({ class: "a", children: "x" });
  assertEquals(<div {...props} />, div({ class: "a" }, "x"));
});
