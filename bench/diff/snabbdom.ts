/**
 * Snabbdom's diff, with its own module of attributes.
 *
 * @module
 */
import "./window.ts";
import { attributesModule, type DOMAPI, init, type VNode, vnode } from "snabbdom";
import { type Item, prepareDiffer } from "./cases.ts";
import { fakeDocument, type FakeNode, makeRoot, operations } from "./fake_dom.ts";

const api = {
  createElement: fakeDocument.createElement,
  createTextNode: fakeDocument.createTextNode,
  insertBefore: (parent: FakeNode, node: FakeNode, before: FakeNode | null) =>
    parent.insertBefore(node, before),
  removeChild: (parent: FakeNode, node: FakeNode) => parent.removeChild(node),
  appendChild: (parent: FakeNode, node: FakeNode) => parent.appendChild(node),
  parentNode: (node: FakeNode) => node.parentNode,
  // Where it goes is of no account to who only counts.
  nextSibling: () => null,
  tagName: (node: FakeNode) => node.localName,
  setTextContent: (node: FakeNode, text: string) => void (node.textContent = text),
  getTextContent: (node: FakeNode) => node.textContent,
  isElement: (node: FakeNode) => node.nodeType === 1,
  isText: (node: FakeNode) => node.nodeType === 3,
  isComment: () => false,
  isDocumentFragment: () => false,
} as unknown as DOMAPI;

const patchNodes = init([attributesModule], api);

const view = (items: readonly Item[]): VNode =>
  vnode(
    "ul",
    {},
    items.map((item) =>
      vnode(
        "li",
        { key: item.id, attrs: { id: item.dom, class: item.tone } },
        undefined,
        item.label,
        undefined,
      )
    ),
    undefined,
    undefined,
  );

/** See bench/contender.ts. */
export const prepare = prepareDiffer<{ node: VNode }>({
  mount(items) {
    const root = makeRoot();
    const place = fakeDocument.createElement("ul");
    root.appendChild(place);
    return { node: patchNodes(vnode("ul", {}, [], undefined, place as unknown as Element), view(items)) };
  },
  patch(shown, items) {
    shown.node = patchNodes(shown.node, view(items));
  },
  operations: () => operations,
});
