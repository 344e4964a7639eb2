/**
 * How Vango makes HTML of a view: mounts it, which numbers it and registers handlers, and renders it.
 *
 * @module
 */
import { renderToString } from "../../render/mod.ts";
import { type Child, listOf } from "../../vdom/node.ts";
import { Tree } from "../../vdom/tree.ts";
import { BareHost } from "../bare_host.ts";

/** What views give. */
export type ElementChild = Child;

/** One for all pages: that of a session is the session's cost, not that of HTML. */
const tree = new Tree(new BareHost());

/** The HTML of a view, with its numbers. */
export function renderPage(view: Child): string {
  const items = listOf(view);
  tree.next = 1;
  tree.mountList(items, true);
  return renderToString(items);
}
