/**
 * What may stand in noscript, template and iframe: the server does not own it once it is in the page.
 *
 * @module
 */
import { coded } from "./coded.ts";
import { eventSpec, nameOf } from "./attrs.ts";
import { isSignal, Kind, type VNode } from "./node.ts";

/**
 * Checks content that cannot change: it holds markup alone.
 *
 * @throws {TypeError} When it holds a component, a signal or a handler.
 */
export function checkStatic(root: VNode, node: VNode): void {
  for (const item of node.children ?? []) {
    const bound = item.parts !== null || Object.values(item.props ?? {}).some(isSignal);
    if (item.kind === Kind.Component || bound || (item.kind === Kind.Element && eventSpec(item) !== "")) {
      throw coded(
        "E051",
        new TypeError(
          `Cannot put ${nameOf(item)}${
            bound ? " with a signal" : ""
          } into <${root.type}>: its content is not live`,
        ),
      );
    }
    checkStatic(root, item);
  }
}
