/**
 * What a new page does for those who do not see it change: the focus goes to its heading, and its title is read out.
 *
 * @module
 */
import type { Client, Live } from "./state.ts";

/** Where the focus may go, the best first. */
const PLACES = ["[data-focus]", "main h1", "h1", "main"];

/** Makes the region that screen readers read out: outside the live tree, so no number changes. The function tells it the page. */
export function createAnnouncer({ doc, end, quit }: Client): () => void {
  const region = doc.createElement("div");
  region.id = "vango-announcer";
  region.setAttribute("aria-live", "assertive");
  region.style.cssText = "position:fixed;top:0;width:1px;height:1px;clip-path:inset(50%);white-space:nowrap";
  end.parentNode!.append(region);
  quit.signal.addEventListener("abort", () => region.remove());
  return () => {
    const text = doc.title || doc.querySelector("h1")?.textContent || "";
    // The same words are told again only when they differ.
    region.textContent = text && region.textContent === text ? `${text}\xa0` : text;
  };
}

/**
 * Moves the focus to where a page begins, and gives the element. An input that stayed and has the focus keeps it.
 *
 * @param from The first number that is new on this page.
 */
export function moveFocus({ doc }: Client, from: number): Element | null {
  const { activeElement } = doc;
  const main = doc.querySelector(PLACES.join());
  if (activeElement?.matches("input,textarea,select,[contenteditable]")) return main;
  const fresh = [...doc.querySelectorAll<HTMLElement>("[autofocus]")].find((node: Live) =>
    node.vango! >= from
  );
  for (const element of [fresh, ...PLACES.map((place) => doc.querySelector<HTMLElement>(place))]) {
    if (element && take(element)) return element;
  }
  return main;
}

/** Gives an element the focus; one that takes none by itself takes it this once, and shows no ring. */
function take(element: HTMLElement): boolean {
  const { style, ownerDocument } = element;
  const lends = element.tabIndex < 0 && !element.hasAttribute("tabindex");
  if (lends) {
    element.tabIndex = -1;
    style.outlineStyle = "none";
    element.addEventListener("blur", () => {
      element.removeAttribute("tabindex");
      style.outlineStyle = "";
      if (!style.length) element.removeAttribute("style");
    }, { once: true });
  }
  element.focus({ preventScroll: true });
  return ownerDocument.activeElement === element;
}
