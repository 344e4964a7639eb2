/**
 * Optimistic changes, as the browser's client shows them: each belongs to one event, stands above what the server said, and
 * goes when its event has settled or was refused.
 *
 * @module
 */
import { valueOf } from "./controls.ts";
import type { DomNode } from "./dom_node.ts";
import type { Tree } from "./tree.ts";

/** What the `optimistic` option of a handler says. */
interface Change {
  class?: Record<string, string>;
  text?: string;
  attr?: Record<string, string | null>;
  value?: string;
  target?: string;
}

interface Overlay {
  readonly owner: object;
  readonly node: DomNode;
  readonly change: Change;
  readonly undo: (() => void)[];
}

/** The optimistic changes of a page, the oldest first. */
export class Overlays {
  #all: Overlay[] = [];

  /** How many there are. */
  get shown(): number {
    return this.#all.length;
  }

  /** Shows the change of an event. */
  show(owner: object, tree: Tree, node: DomNode, text: string): void {
    const change: Change = JSON.parse(decodeURIComponent(text));
    const found = change.target === undefined
      ? node
      : [...tree.document.elements()].find((at) => at.attr("id") === change.target);
    if (found === undefined) return;
    const overlay: Overlay = { owner, node: found, change, undo: [] };
    this.#all.push(overlay);
    put(overlay);
  }

  /** Takes all back, the newest first: patches are for what the server knows. */
  takeBack(): void {
    for (const { undo } of [...this.#all].reverse()) while (undo.length > 0) undo.pop()!();
  }

  /** Shows those again that are not over, and forgets the others. */
  showAgain(isOpen: (owner: object) => boolean): void {
    this.#all = this.#all.filter(({ owner }) => isOpen(owner));
    this.#all.forEach(put);
  }
}

function put({ node, change, undo }: Overlay): void {
  const set = (name: string, value: string | null) => {
    const had = node.attr(name);
    setAttr(node, name, value);
    undo.push(() => setAttr(node, name, had));
  };
  for (const [how, tokens] of Object.entries(change.class ?? {})) {
    const now = new Set((node.attr("class") ?? "").split(/\s+/).filter((token) => token !== ""));
    for (const token of tokens.split(" ").filter((token) => token !== "")) {
      if (how === "add" || how === "toggle" && !now.has(token)) now.add(token);
      else now.delete(token);
    }
    set("class", [...now].join(" "));
  }
  for (const [name, value] of Object.entries(change.attr ?? {})) set(name, value);
  if (change.text !== undefined) {
    const had = [...node.children];
    node.textContent = change.text;
    undo.push(() => {
      node.textContent = "";
      for (const child of had) node.insert(child);
    });
  }
  if (change.value !== undefined) {
    const { value } = node.live;
    node.live.value = change.value;
    undo.push(() => {
      // What the user typed meanwhile is theirs, and is not covered again.
      if (valueOf(node) !== change.value) delete change.value;
      else if (value === undefined) delete node.live.value;
      else node.live.value = value;
    });
  }
}

function setAttr(node: DomNode, name: string, value: string | null): void {
  if (value === null) node.attrs.delete(name);
  else node.attrs.set(name, value);
}
