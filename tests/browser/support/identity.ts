/**
 * Whether nodes are still the same nodes: a mark is a property of the node object, which no markup can carry over.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** Marks the elements that match, in document order, with 1, 2, 3 …; gives how many there are. */
export async function mark(page: Page, selector: string): Promise<number> {
  return await page.evaluate((selector) => {
    const nodes = [...document.querySelectorAll(selector)] as (Element & { vangoMark?: number })[];
    nodes.forEach((node, index) => node.vangoMark = index + 1);
    return nodes.length;
  }, selector);
}

/** The marks of the elements that match, in document order; 0 for an element that was made since. */
export async function marks(page: Page, selector: string): Promise<number[]> {
  return await page.evaluate((selector) => {
    const nodes = [...document.querySelectorAll(selector)] as (Element & { vangoMark?: number })[];
    return nodes.map((node) => node.vangoMark ?? 0);
  }, selector);
}
