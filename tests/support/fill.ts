/**
 * The document of a page's HTML as a browser would have it: read by parse5, since happy-dom's own parser knows little of the
 * rules for tables and SVG.
 *
 * @module
 */
import { defaultTreeAdapter as adapter, type DefaultTreeAdapterTypes as Dom, parse } from "parse5";

/** Puts what a parser makes of a page into an empty document. */
export function fill(document: Document, html: string): void {
  const root = parse(html, { scriptingEnabled: true }).childNodes.find((node) => node.nodeName === "html");
  for (const part of (root as Dom.Element).childNodes as Dom.Element[]) {
    const into = part.nodeName === "head" ? document.head : document.body;
    into.replaceChildren();
    copy(document, part, into);
  }
  // happy-dom takes the option before the third for the one that is selected.
  for (const option of document.querySelectorAll<HTMLOptionElement>("option[selected]")) {
    option.selected = true;
  }
}

function copy(document: Document, from: Dom.ParentNode, into: Node): void {
  for (const node of from.childNodes) {
    if (adapter.isTextNode(node)) into.appendChild(document.createTextNode(node.value));
    else if (adapter.isCommentNode(node)) into.appendChild(document.createComment(node.data));
    else if (adapter.isElementNode(node)) {
      // A script must not run: the test starts the client.
      const element = document.createElementNS(node.namespaceURI, node.tagName);
      for (const { name, value, prefix } of node.attrs) {
        element.setAttribute(prefix ? `${prefix}:${name}` : name, value);
      }
      if (node.tagName === "template") {
        copy(document, (node as Dom.Template).content, (element as HTMLTemplateElement).content);
      } else copy(document, node, element);
      into.appendChild(element);
    }
  }
}
