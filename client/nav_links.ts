/**
 * Which links are ours: the decision that docs/protocol.md ("Navigation") has as a table.
 *
 * @module
 */
import type { Page } from "./state.ts";

/** The link at which an event began; in a shadow tree, too. */
export function linkOf(event: Event): Element | undefined {
  return event.composedPath().find((node) => (node as Element).matches?.("a[href],area[href]")) as
    | Element
    | undefined;
}

/** Whether a click is one that a browser follows in the same tab, and nobody has prevented. */
export function isPlain(
  { defaultPrevented, button, ctrlKey, shiftKey, altKey, metaKey }: MouseEvent,
): boolean {
  return !(defaultPrevented || button || ctrlKey || shiftKey || altKey || metaKey);
}

/** Where a link leads, when it is a page of ours; null when the link is the browser's. */
export function destination({ document, location }: Page, link: Element): URL | null {
  const frame = link.getAttribute("target") ??
    document.querySelector("base[target]")?.getAttribute("target");
  if (
    frame && !/^_self$/i.test(frame) || link.matches('[download],[data-reload],[rel~="external" i]') ||
    // In what is edited a click sets the caret.
    (link as HTMLElement).isContentEditable
  ) return null;
  try {
    const url = new URL(link.getAttribute("href")!, document.baseURI);
    // A blob has the origin of its page.
    return url.origin === location.origin && url.protocol === location.protocol ? url : null;
  } catch {
    return null;
  }
}

/** Path and query: what a page is, as far as the server is concerned. */
export function pathOf({ pathname, search }: URL | Location): string {
  return pathname + search;
}

/** Whether an address is a place in the page that is shown: going there is the browser's. */
export function isPlace({ location }: Page, url: URL): boolean {
  return url.href.includes("#") && pathOf(url) === pathOf(location);
}
