/**
 * Inferno's diff, with the calls that its compiler makes of JSX.
 *
 * @module
 */
import { createVNode, render } from "inferno";
import { type Item, prepareDiffer } from "./cases.ts";
import { fakeDocument, type FakeNode, makeRoot, operations } from "./fake_dom.ts";

Object.assign(globalThis, { document: fakeDocument });

/** Of an HTML element; of children with keys, and of text alone. */
const ELEMENT = 1;
const KEYED = 8;
const TEXT = 16;

const view = (items: readonly Item[]) =>
  createVNode(
    ELEMENT,
    "ul",
    null,
    items.map((item) => createVNode(ELEMENT, "li", item.tone, item.label, TEXT, { id: item.dom }, item.id)),
    KEYED,
  );

const show = (root: FakeNode, items: readonly Item[]) => render(view(items), root as unknown as Element);

/** See bench/contender.ts. */
export const prepare = prepareDiffer<FakeNode>({
  mount(items) {
    const root = makeRoot();
    show(root, items);
    return root;
  },
  patch: show,
  operations: () => operations,
});
