/**
 * Helpers: fragments, conditions, choices, keyed lists, text, trusted markup, handlers with options.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertFalse,
  assertNotStrictEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { computed, effect, signal } from "@preact/signals-core";
import { eventSpec } from "../../vdom/attrs.ts";
import { div, input, li, span, ul } from "../../vdom/elements.ts";
import {
  each,
  Fragment,
  Handler,
  isHandler,
  match,
  on,
  raw,
  text,
  trustHtml,
  unless,
  when,
} from "../../vdom/helpers.ts";
import { type Child, fragment, Kind, textNode, type VNode } from "../../vdom/node.ts";

const fail = (): Child => {
  throw new Error("a branch was called that should not be");
};

Deno.test("raw() refuses a plain string, a forged object and the end mark of raw markup", () => {
  const untyped = raw as (value: unknown) => unknown;
  assertThrows(() => untyped("<b>x</b>"), TypeError, "pass what trustHtml() made");
  assertThrows(() => untyped({ html: "<b>x</b>" }), TypeError, "a plain object");
  assertThrows(() => untyped(null), TypeError);
  for (const mark of ["<!--/r-->", "<!--/r--!>", "<!/r>", "<//r>"]) {
    assertThrows(() => raw(trustHtml(`<b>x</b>${mark}`)), TypeError, `the comment "/r"`);
  }
});

Deno.test("raw() refuses trusted markup that went through JSON", () => {
  const forged = JSON.parse(JSON.stringify(trustHtml("<b>x</b>")));
  assertThrows(() => raw(forged), TypeError);
});

Deno.test("trustHtml() refuses what is not a string", () => {
  assertThrows(() => trustHtml(7 as unknown as string), TypeError, "Cannot trust 7 as HTML");
});

Deno.test("raw() makes a raw node of trusted markup", () => {
  const node = raw(trustHtml("<b>x</b><!-- /r -->"));
  assertEquals([node.kind, node.text, node.key], [Kind.Raw, "<b>x</b><!-- /r -->", null]);
  assert(Object.isFrozen(trustHtml("")));
});

Deno.test("each() refuses a key that is neither a string nor a number", () => {
  assertThrows(() => each([{}], (item) => item as string, () => "x"), TypeError, "as a key");
  assertThrows(() => each([1], () => undefined as unknown as string, () => "x"), TypeError, "as a key");
});

Deno.test("each() gives each item's node its key", () => {
  const list = each(["a", "b"], (item) => item, (item, index) => li(item, index));
  assertEquals(list.kind, Kind.Fragment);
  assertEquals(list.children?.map((item) => [item.type, item.key, item.slot]), [["li", "a", 0], [
    "li",
    "b",
    1,
  ]]);
});

Deno.test("each() wraps what is no node, or is text, in a keyed list", () => {
  const list = each([1, 2, 3], (n) => n, (n) => n === 1 ? "text" : n === 2 ? null : textNode("x"));
  assertEquals(list.children?.map((item) => [item.kind, item.key]), [
    [Kind.Fragment, 1],
    [Kind.Fragment, 2],
    [Kind.Fragment, 3],
  ]);
});

Deno.test("each() does not change a node that stands elsewhere", () => {
  const shared = span("x");
  div(shared);
  const list = each([1, 2], (n) => n, () => shared);
  assertEquals([shared.key, list.children?.map((item) => item.key)], [null, [1, 2]]);
});

Deno.test("each() gives one node returned for two items to both", () => {
  const shared = span("x");
  const list = each([1, 2], (n) => n, () => shared);
  assertEquals(list.children?.map((item) => item.key), [1, 2]);
});

Deno.test("each() reads any iterable, and a signal of one with subscription", () => {
  assertEquals(each(new Set([1, 2]), (n) => n, (n) => li(n)).slots, 2);
  const items = signal([1]);
  const size = computed(() => each(items, (n) => n, (n) => li(n)).slots);
  assertEquals(size.value, 1);
  items.value = [1, 2, 3];
  assertEquals(size.value, 3);
});

Deno.test("when() calls one branch alone, with the narrowed value", () => {
  assertEquals(when({ name: "Ada" }, (user) => user.name, fail), "Ada");
  assertEquals(when(0, fail, () => "none"), "none");
  assertEquals(when("", fail), null);
});

Deno.test("when() reads a signal, which is never itself the condition", () => {
  const open = signal(false);
  assertEquals(when(open, fail, () => "closed"), "closed");
  const seen: Child[] = [];
  const stop = effect(() => void seen.push(when(open, () => "open", () => "closed")));
  open.value = true;
  stop();
  assertEquals(seen, ["closed", "open"]);
});

Deno.test("unless() is the reverse of when()", () => {
  assertEquals(unless(true, fail), null);
  assertEquals(unless(signal(null), () => "x"), "x");
});

Deno.test("match() throws where there is neither branch nor fallback", () => {
  const untyped = match as (value: unknown, branches: unknown) => unknown;
  assertThrows(() => untyped("c", { a: fail }), RangeError, `Cannot match "c": there are branches for a`);
  assertThrows(() => untyped("constructor", { a: fail }), RangeError, "Cannot match");
});

Deno.test("match() calls the branch of the value, of a signal too", () => {
  assertEquals(match("a" as "a" | "b", { a: () => 1, b: fail }), 1);
  assertEquals(match(signal<1 | 2>(2), { 1: fail, 2: () => "two" }), "two");
  assertEquals(match("z" as string, { a: fail }, (other) => other), "z");
});

Deno.test("Fragment() takes children, props and children, or JSX props", () => {
  assertEquals(Fragment("a", span()).slots, 2);
  const keyed = Fragment({ key: "k" }, "a");
  assertEquals([keyed.key, keyed.children?.[0].text], ["k", "a"]);
  assertEquals(Fragment({ children: ["a", span()] }).slots, 2);
  assertEquals([Fragment({ children: "a" }).slots, Fragment({}).slots, Fragment().slots], [1, 0, 0]);
});

Deno.test("Fragment() refuses a key that is neither a string nor a number", () => {
  assertThrows(() => Fragment({ key: true as unknown as string }), TypeError, "as a key");
});

Deno.test("text() refuses what is not text", () => {
  const untyped = text as (...args: unknown[]) => unknown;
  assertThrows(() => untyped(span()), TypeError, "as text");
  assertThrows(() => untyped(["a"]), TypeError, "as text");
  assertThrows(() => untyped({}), TypeError, "a plain object");
});

Deno.test("text() makes one run of its parts, and keeps signals bound", () => {
  const count = signal(1);
  const content = (node: VNode) =>
    node.children?.map((item) => [item.kind, item.text, item.parts?.length ?? 0]);
  assertEquals(content(text("a", 1, null, true, "b")), [[Kind.Text, "a1b", 0]]);
  assertEquals(content(text("n: ", count)), [[Kind.Text, "n: 1", 2]]);
  assertEquals(content(text`n: ${count}!`), [[Kind.Text, "n: 1!", 3]]);
});

Deno.test("on() refuses what is no handler and options that contradict each other", () => {
  assertThrows(() => on("run()" as unknown as () => void), TypeError, "Cannot handle an event with run()");
  assertThrows(() => on(() => {}, { debounce: -1 }), RangeError, "at least 0");
  assertThrows(() => on(() => {}, { throttle: NaN }), RangeError, "Cannot throttle an event by NaN ms");
  assertThrows(() => on(() => {}, { throttle: Infinity }), RangeError);
  assertThrows(() => on(() => {}, { debounce: "9" as unknown as number }), TypeError, "pass milliseconds");
  assertThrows(() => on(() => {}, { debounce: 1, throttle: 1 }), TypeError, "debounce and throttle");
  assertThrows(() => on(() => {}, { prevent: true, passive: true }), TypeError, "prevent and passive");
  for (const key of ["", "Crtl+s", "ctrl+s", "Enter+Ctrl"]) {
    assertThrows(() => on(() => {}, { keys: [key] }), TypeError, "Cannot filter keys");
  }
});

Deno.test("on() gives a handler that the event list understands", () => {
  const handler = on(() => {}, { prevent: true, debounce: 200, keys: ["Enter", "Ctrl+s", "Ctrl++", "+"] });
  assert(handler instanceof Handler);
  assert(isHandler(handler));
  assertEquals(eventSpec(input({ onKeyDown: handler })), "keydown:20,p,d200,kEnter|Ctrl+s|Ctrl+Plus|Plus");
});

Deno.test("isHandler() knows a handler by its brand alone", () => {
  assertFalse(isHandler({ handler: () => {}, options: {} }));
  assertFalse(isHandler(() => {}));
  assertFalse(isHandler(null));
});

Deno.test("helpers can be nested in element functions", () => {
  const node = ul(when(true, () => each([1], (n) => n, (n) => li(n))), unless(true, fail));
  assertEquals(node.children?.map((item) => item.kind), [Kind.Fragment, Kind.Text]);
  assertStrictEquals(node.slots, 2);
  assertNotStrictEquals(fragment([], null), fragment([], null));
});
