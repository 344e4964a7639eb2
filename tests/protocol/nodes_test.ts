import { assertEquals, assertThrows } from "@std/assert";
import { decodePatches, encodePatches, type WireNode } from "../../protocol/mod.ts";
import { NAMES } from "../../protocol/names.ts";
import { createNode, fragment, Kind, textNode, VNode } from "../../vdom/node.ts";

/** What the browser gets of these items. */
function sent(...nodes: VNode[]): WireNode[] {
  const frame = decodePatches(
    encodePatches({ seq: 1, received: null, settled: null, patches: [{ op: 0x04, num: 1, nodes }] }),
  );
  const patch = frame.patches[0];
  return "nodes" in patch ? patch.nodes : [];
}

Deno.test("encodeNodes() refuses an element in a text-only element", () => {
  assertThrows(() => sent(createNode("option", null, [createNode("b", null, [])])), TypeError);
});

Deno.test("encodeNodes() writes fragments and components as their items", () => {
  const component = new VNode(
    Kind.Component,
    { displayName: "C" },
    null,
    [textNode("b"), fragment([], null)],
    "",
    null,
  );
  const list = fragment(["a", component], null);
  assertEquals(sent(list, textNode("c")), [
    { kind: 2, text: "a" },
    { kind: 2, text: "b" },
    { kind: 3 }, // an empty list has an empty text, which keeps its place
    { kind: 2, text: "c" },
  ]);
});

Deno.test("encodeNodes() writes a separator before a run that has one", () => {
  const full = textNode("a");
  full.lead = 5;
  const empty = textNode(null);
  empty.lead = 7;
  assertEquals(sent(full, empty, textNode("")), [
    { kind: 3 },
    { kind: 2, text: "a" },
    { kind: 3 },
    { kind: 3 },
    { kind: 3 },
  ]);
});

Deno.test("encodeNodes() counts a list that is longer than its items", () => {
  const many = fragment(Array.from({ length: 200 }, () => createNode("i", null, [])), null);
  assertEquals(sent(many).length, 200);
});

Deno.test("encodeNodes() sends the events of an element without its number", () => {
  const node = createNode("button", { class: "x", onClick: () => {}, onInput: (_: unknown) => {} }, []);
  assertEquals(sent(node), [
    { kind: 1, tag: "button", attrs: [["data-hid", "click:1 input:10v"], ["class", "x"]], children: [] },
  ]);
});

Deno.test("encodeNodes() sends the value of a textarea as its content, and no value attribute", () => {
  assertEquals(sent(createNode("textarea", { name: "q", value: "a\r\nb" }, [])), [
    { kind: 7, tag: "textarea", attrs: [["name", "q"]], text: "a\nb" },
  ]);
});

Deno.test("encodeNodes() marks a custom element that was rendered with children", () => {
  const child = createNode("p", null, []);
  assertEquals(sent(createNode("x-tabs", null, [child]), createNode("x-tabs", null, [])), [
    {
      kind: 1,
      tag: "x-tabs",
      attrs: [["data-own", ""]],
      children: [{ kind: 1, tag: "p", attrs: [], children: [] }],
    },
    { kind: 1, tag: "x-tabs", attrs: [], children: [] },
  ]);
});

Deno.test("encodeNodes() leaves out what a noscript holds, which a browser with a script would load", () => {
  const [node] = sent(createNode("noscript", null, [createNode("img", { src: "/seen.gif" }, [])]));
  assertEquals(node.kind === 1 && node.children, []);
});

Deno.test("encodeNodes() asks a template's type what its instance is on the wire", () => {
  const type = { wire: (node: VNode) => ({ id: 3, values: [String(node.key), null], lists: [] }) };
  assertEquals(sent(new VNode(Kind.Template, type, null, null, "", "slot")), [
    { kind: 6, id: 3, values: ["slot", null] },
  ]);
});

Deno.test("NAMES is the table of docs/protocol.md, each name once", () => {
  const doc = Deno.readTextFileSync(new URL("../../docs/protocol.md", import.meta.url));
  const listed = doc.match(/The static table, from 1: `([^`]+)`/)![1].split(/\s+/);
  assertEquals([...NAMES], listed);
  assertEquals(new Set(NAMES).size, NAMES.length);
});
