/**
 * Paths: the name of an element that survives a re-render, for what crosses one (form posts, queued events).
 *
 * A path is the segments (segment.ts) of the items from the root to the element, joined by dots; components, arrays and
 * fragments are items too.
 *
 *     0.2.kabc.1      root slot 0, in it slot 2, in that list the item with key "abc", in it slot 1
 *
 * @module
 */
import { Kind, ownsContent, type VNode } from "./node.ts";
import { plainView } from "./template_live.ts";
import { pathOf, segmentOf, type Way } from "./segment.ts";

/** The longest path that is looked up, in UTF-16 units. */
export const MAX_PATH = 4096;

/** One or more segments, joined by dots; those of keys as encodeURIComponent writes them, dots encoded too. */
const PATH = /^(?:\d+|k[\w%!~*'()-]*)(?:\.(?:\d+|k[\w%!~*'()-]*))*$/;

/** Whether a text from the wire can be a path, of this tree or another. */
export function isPath(text: string): boolean {
  return text.length <= MAX_PATH && PATH.test(text);
}

/** The path to where a walk stands. The walker enters an item before its content and leaves it after. */
export class PathTracker {
  readonly #way: Way = [];

  /** Goes into an item of the list at which the walk stands. */
  enter(item: VNode): void {
    this.#way.push(item);
  }

  /** Goes back to the list of the item that was entered last. */
  leave(): void {
    this.#way.pop();
  }

  /** The path of the item that was entered last; "" at the root. */
  path(): string {
    return pathOf(this.#way);
  }
}

/**
 * Finds the element that a path names in the tree as it is now.
 *
 * @param items The root list of a mounted tree.
 * @param path A path from the wire, trusted in nothing.
 * @returns The first element that has the path, or null. Content that takes no events (of noscript, template, iframe and
 * text-only elements) is not looked into.
 */
export function findByPath(items: readonly VNode[], path: string): VNode | null {
  if (path === "" || path.length > MAX_PATH) return null;
  let list: readonly VNode[] | null = items;
  let found: VNode | undefined;
  for (const segment of path.split(".")) {
    found = list?.find((item) => item.kind !== Kind.Text && segmentOf(item) === segment);
    if (found === undefined) return null;
    if (found.kind === Kind.Template) found = plainView(found);
    list = contentList(found);
  }
  return found?.kind === Kind.Element ? found : null;
}

function contentList(node: VNode): readonly VNode[] | null {
  switch (node.kind) {
    case Kind.Element:
      return ownsContent(node.type as string, node.content !== null) ? node.nested : null;
    case Kind.Fragment:
    case Kind.Component:
      return node.children;
    default:
      return null;
  }
}
