/**
 * Finds which part of a page is not as the server wrote it, when the number check has failed.
 *
 * The number in `data-hid` is the server's: where the count arrives at another one, something stands (or lacks) between the last
 * element that was right and this one. The smallest element around both is asked for again, and counting goes on from the
 * number that was found.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Client } from "./state.ts";

/** Numbers the page by its anchors. The elements whose content must be sent again, or null when only a resync helps. */
export function locateFaults(c: Client, { firstNode, number, numberOf, walk }: Core): Element[] | null {
  const faults: Element[] = [];
  let anchor: Element | null = null;
  let lost = false;
  c.nodes = [c.end];
  c.next = 1;
  walk(firstNode(c), c.end, (node) => {
    const hid = parseInt((node as Element).getAttribute?.("data-hid") ?? "");
    if (hid && hid !== c.next) {
      let around = node.parentElement;
      while (around && anchor && !around.contains(anchor)) around = around.parentElement;
      if (anchor && around && numberOf(c, around) > 0) faults.push(around);
      else lost = true;
      c.next = hid;
    }
    if (hid) anchor = node as Element;
    number(c, node);
  });
  if (lost || !faults.length || c.next - 1 !== +c.end.dataset.n!) {
    // Counted without gaps, no two nodes share a number: the resync must know all of the page for the server's.
    c.nodes = [c.end];
    c.next = 1;
    walk(firstNode(c), c.end, (node) => number(c, node));
    return null;
  }
  for (const element of faults) {
    walk(element.firstChild, null, (node) => {
      // Anchors are right, so events find their way; for the others a patch would meet the wrong node.
      if (!(node as Element).getAttribute?.("data-hid")) {
        if (numberOf(c, node) > 0) c.nodes[numberOf(c, node)] = undefined;
      }
    });
  }
  return faults.filter((element) => !faults.some((other) => other !== element && other.contains(element)));
}
