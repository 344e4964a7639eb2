/**
 * Asks the server to make a page ready, since the user may go there: when a link is pointed at (`data-prefetch="hover"`), seen
 * ("view"), or when the page's scripts say so. Within a budget, for it costs the server work.
 *
 * @module
 */
import { destination, pathOf } from "./nav_links.ts";
import type { Client } from "./state.ts";

/** What a link waits for before it counts as pointed at. */
const HOVER = 65;
const SECOND = 1_000;
/** How many in a second, and how many that the server has not settled. */
const RATE = 5;
const FLIGHT = 2;
/** How many wait for their turn, at most; those that were wanted last go first. */
const WAITING = 10;
/** How long the server keeps a page ready. */
const FRESH = 30_000;
/** How many paths are kept in mind. */
const KEPT = 100;
/** After this it is taken to have settled. */
const LOST = 10_000;

/** The prefetches of a page. */
export interface Prefetch {
  /** Asks for a path, as soon as the budget allows. */
  ask(path: string): void;
  /** Events that `over` says have settled make room. */
  settle(over: (seq: number) => boolean): void;
  /** Looks for new links to be asked for when they are seen. */
  look(): void;
}

/** Makes the prefetches. `send` sends an event of a path and gives its number. */
export function createPrefetch(c: Client, send: (path: string) => number): Prefetch {
  const { win, doc, quit: { signal } } = c;
  /** When a path was asked for. */
  const asked = new Map<string, number>();
  let waiting: string[] = [];
  const flight = new Set<number>();
  let timer = 0;
  let hovered: Element | undefined;
  let hover: number;

  const isFresh = (path: string, now: number) => now - asked.get(path)! < FRESH;
  const pump = () => {
    win.clearTimeout(timer);
    if (!c.ready || doc.hidden) waiting = [];
    while (waiting.length) {
      const now = Date.now();
      const recent = [...asked.values()].filter((at) => now - at < SECOND);
      if (flight.size >= FLIGHT || recent.length >= RATE) {
        timer = win.setTimeout(pump, SECOND);
        return;
      }
      const path = waiting.pop()!;
      if (isFresh(path, now)) continue;
      asked.set(path, now);
      if (asked.size > KEPT) asked.clear();
      const seq = send(path);
      flight.add(seq);
      win.setTimeout(() => settle((other) => other === seq), LOST);
    }
  };
  const settle = (over: (seq: number) => boolean) => {
    for (const seq of flight) if (over(seq)) flight.delete(seq);
    pump();
  };
  const ask = (path: string) => {
    const { connection } = win.navigator as Navigator & { connection?: { saveData?: boolean } };
    if (connection?.saveData || isFresh(path, Date.now()) || path === pathOf(win.location)) return;
    waiting = [...waiting.filter((other) => other !== path), path].slice(-WAITING);
    pump();
  };
  const askFor = (link: Element) => {
    const url = destination(win, link);
    if (url) ask(pathOf(url));
  };

  const linkAt = ({ target }: Event) =>
    (target as Element).closest?.('[href][data-prefetch="hover"]') ?? undefined;
  const on = (type: string, run: (event: Event) => void) =>
    doc.addEventListener(type, run, { passive: true, signal });
  on("mouseover", (event) => {
    const link = linkAt(event);
    if (link === hovered) return;
    win.clearTimeout(hover);
    hovered = link;
    if (link) hover = win.setTimeout(() => askFor(link), HOVER);
  });
  for (const type of ["focusin", "touchstart"]) {
    on(type, (event) => {
      const link = linkAt(event);
      if (link) askFor(link);
    });
  }

  let observer: IntersectionObserver | undefined;
  signal.addEventListener("abort", () => observer?.disconnect());
  return {
    ask,
    settle,
    look() {
      for (const link of doc.querySelectorAll('[href][data-prefetch="view"]')) {
        observer ??= new win.IntersectionObserver((entries) => {
          for (const { isIntersecting, target } of entries) {
            if (isIntersecting) askFor(target);
          }
        });
        observer.observe(link);
      }
    },
  };
}
