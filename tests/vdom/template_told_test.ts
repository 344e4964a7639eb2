/**
 * Which templates a client is told of, and when again.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { createNode, Kind, listOf, type VNode } from "../../vdom/node.ts";
import { patchList } from "../../vdom/diff.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { MAX_TOLD } from "../../vdom/told.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../support/plain_host.ts";

/** Many places in the source, each of one text. */
const PLACES = Array.from({ length: MAX_TOLD + 10 }, (_x, i) => [`<p title="${i}">`, "</p>"]);
const of = (place: number) => jsxTemplate(PLACES[place], jsxEscape("x"));

/** The instance that patches insert. */
function inserted(patches: readonly Patch[]): VNode {
  const nodes = patches.flatMap((patch) =>
    "nodes" in patch && patch.op !== Op.TemplateDef ? patch.nodes : []
  );
  return nodes.find(({ kind }) => kind === Kind.Template)!;
}

/** A list whose one item is replaced again and again. */
class Page {
  readonly tree = new Tree(new PlainHost());
  #turn = 0;
  items: VNode[] = listOf(createNode("div", null, [[]]));
  constructor() {
    this.tree.mountList(this.items, true);
    this.tree.renumber(this.items);
  }
  /** Shows other nodes: none of them continues one that is there. */
  show(...nodes: VNode[]): Patch[] {
    nodes.forEach((node, i) => node.key = `${this.#turn}.${i}`);
    this.#turn++;
    const next = listOf(createNode("div", null, [nodes]));
    patchList(this.tree, this.items, next, -1, 1);
    this.items = next;
    return this.tree.takePatches();
  }
}

const definitions = (patches: readonly Patch[]): number[] =>
  patches.flatMap((patch) => patch.op === Op.TemplateDef ? [patch.id] : []);

Deno.test("a template is told once, whatever is shown in between", () => {
  const page = new Page();
  assertEquals(definitions(page.show(of(0))), [1]);
  assertEquals(definitions(page.show(createNode("b", null, []))), []);
  assertEquals(definitions(page.show(of(0))), []);
});

Deno.test("a client keeps a bounded number of templates: the one that was used longest ago gives its number to another", () => {
  const page = new Page();
  for (let i = 0; i < MAX_TOLD; i++) assertEquals(definitions(page.show(of(i))), [i + 1]);
  assertEquals(definitions(page.show(of(0))), []);
  assertEquals(definitions(page.show(of(MAX_TOLD))), [2]);
});

Deno.test("a template that was evicted is told again on need, under the number that is free then", () => {
  const page = new Page();
  for (let i = 0; i <= MAX_TOLD; i++) page.show(of(i));
  const patches = page.show(of(0));
  assertEquals(definitions(patches), [2]);
  assertEquals(inserted(patches).slots, 2);
});

Deno.test("no template is evicted that the same patches use", () => {
  const page = new Page();
  const ids = definitions(page.show(...PLACES.map((_x, i) => of(i))));
  assertEquals(new Set(ids).size, PLACES.length);
});

Deno.test("after a renumbering, which begins a resync, every template is told anew", () => {
  const page = new Page();
  page.show(of(0), of(1));
  page.tree.renumber(page.items);
  assertEquals(definitions(page.tree.untold(page.items)), [1, 2]);
  assertEquals(definitions(page.tree.untold(page.items)), []);
});

Deno.test("an instance is sent as its values, with the nodes of its regions", () => {
  const page = new Page();
  const row = ["<li ", ">no. ", "<b>", "</b></li>"];
  const make = (id: string) =>
    jsxTemplate(row, jsxAttr("id", id), jsxEscape(7), jsxEscape(createNode("u", null, [])));
  const patches = page.show(make("a"));
  const node = inserted(patches);
  const wire = (node.type as { wire(node: VNode): { values: unknown; lists: VNode[][] } }).wire(node);
  assertEquals(wire.values, ["a", "7"]);
  assertEquals(wire.lists.map((list) => list.map(({ type }) => type)), [["u"]]);
  assert(node.num > 0);
});
