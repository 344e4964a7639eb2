/**
 * Where the window and the named containers (`data-scroll="name"`) are scrolled to, by entry of the history: kept in memory,
 * and in the tab's storage while another document is there.
 *
 * A position is set as soon as the content is as tall as it was: at once, or when later frames or images have made it so, for
 * up to three seconds, unless the user does anything before.
 *
 * @module
 */
import type { Client } from "./state.ts";

type Position = [name: string, left: number, top: number];

const STORE = "vango-scroll";
const KEPT = 50;
const PATIENCE = 3_000;

/** Positions of a page's entries. */
export interface Scrolls {
  /** Notes the positions under an entry's id. */
  save(id: string): void;
  /** Sets the positions of an entry; false when none are known. `gently`: only of what nobody has scrolled yet. */
  restore(id: string, gently?: boolean): boolean;
  /** Tries again what could not be reached. */
  retry(): void;
  /** Scrolls to the top: the window, and containers around `element`. */
  top(element: Element | null): void;
  /** Puts all positions into the tab's storage. */
  store(): void;
}

/** Makes the positions, from what the tab's storage has. */
export function createScrolls({ win, doc, quit: { signal } }: Client): Scrolls {
  let known = new Map<string, Position[]>();
  let wanted: Position[] = [];
  let timer: number;
  try {
    known = new Map(JSON.parse(win.sessionStorage.getItem(STORE)!));
  } catch {
    // No storage, or not ours.
  }

  /** What scrolls, by name; the window's name is empty. */
  const all = (): [string, Element][] => [
    ["", doc.documentElement],
    ...[...doc.querySelectorAll<HTMLElement>("[data-scroll]")].map((element): [string, Element] => [
      element.dataset.scroll!,
      element,
    ]),
  ];
  const go = (element: Element, left: number, top: number) =>
    element.scrollTo({ left, top, behavior: "instant" });
  const forget = () => {
    wanted = [];
    win.clearTimeout(timer);
  };
  const retry = () => {
    if (!wanted.length) return;
    const boxes = new Map(all());
    wanted = wanted.filter(([name, left, top]) => {
      const box = boxes.get(name);
      if (box) go(box, left, top);
      return !box || Math.abs(box.scrollTop - top) + Math.abs(box.scrollLeft - left) > 2;
    });
  };

  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    win.addEventListener(type, forget, { capture: true, passive: true, signal });
  }
  // Of images, and of the window.
  win.addEventListener("load", retry, { capture: true, signal });

  return {
    retry,
    save(id) {
      known.delete(id);
      known.set(id, all().map(([name, { scrollLeft, scrollTop }]) => [name, scrollLeft, scrollTop]));
    },
    restore(id, gently) {
      forget();
      const positions = known.get(id);
      if (!positions) return false;
      const boxes = new Map(all());
      // Firefox gives an entry the positions of another one that its document had; people do not scroll to the very pixel.
      const met = JSON.stringify([...known]) + ",0,0]";
      wanted = positions.filter(([name]) => {
        const box = boxes.get(name);
        return !gently || !box || met.includes(`,${box.scrollLeft},${box.scrollTop}]`);
      });
      timer = win.setTimeout(forget, PATIENCE);
      retry();
      return true;
    },
    top(element) {
      forget();
      for (const [name, box] of all()) if (!name || box.contains(element)) go(box, 0, 0);
    },
    store() {
      try {
        win.sessionStorage.setItem(STORE, JSON.stringify([...known].slice(-KEPT)));
      } catch {
        // No storage, or it is full: positions are lost with the document.
      }
    },
  };
}
