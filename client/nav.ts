/**
 * Live navigation: the third script, for pages of an application with routes. A link becomes an event; its answer is a frame
 * that changes the page in place.
 *
 *     click ─► nav_links: ours? ─► nav_guard: nothing to lose? ─► event 70 up
 *     frame down: NavPush, patches ─► nav_entries ─► DOM ─► nav_scroll, nav_focus
 *
 * Where anything is amiss (no socket, no answer, a refusal) the browser loads the page, as it does without a script.
 *
 * @module
 */
import type { Core } from "./core.ts";
import { createEntries, entryOf } from "./nav_entries.ts";
import { createAnnouncer, moveFocus } from "./nav_focus.ts";
import { createGuard } from "./nav_guard.ts";
import { destination, isPlace, isPlain, linkOf, pathOf } from "./nav_links.ts";
import { createPrefetch } from "./nav_prefetch.ts";
import { createScrolls } from "./nav_scroll.ts";
import { createTransitions } from "./nav_view.ts";
import type { Operation } from "./patches.ts";
import type { Client } from "./state.ts";

/** How long an answer may take, which waits for the data of its page. */
const PATIENCE = 8_000;
const BUSY = "vango-navigating";

/** A navigation that was asked for. */
interface Visit {
  /** The number of its event. */
  seq: number;
  /** Where to. */
  url: URL;
  /** Whether the entry of the history is replaced. */
  replace: boolean;
  /** Whether the history is there already: the user went back or forward. */
  pop: boolean;
  /** The timer of its patience. */
  timer: number;
  /** Whether a page has come since the server received it. */
  met?: boolean;
}

/** Starts navigation on the page of a client. */
export async function createNav(c: Client, core: Core): Promise<void> {
  const { win, doc, quit: { signal } } = c;
  const { history, location } = win;
  const scrolls = createScrolls(c);
  const announce = createAnnouncer(c);
  const guard = createGuard(c);
  const entries = createEntries(win);
  // Of a page that was loaded again, or come back to: as early as can be.
  scrolls.restore(entries.current[1], true);
  // Nearly every page that comes needs the second script.
  await core.loadRare(c);
  if (c.closed) return;

  /** What is shown: the id of its entry, and its path. */
  let shown = entries.current[1];
  let path = pathOf(location);
  let visit: Visit | undefined;
  /** What is to do when the page that comes is there. */
  let arrive: (() => void) | undefined;
  /** How far a step through the history went that was undone, to ask first. */
  let undone = 0;
  let sure = false;

  const send = (type: string, code: number, path: string, ...more: number[]): number => {
    const out: number[] = [];
    core.putText(out, path);
    core.push(c, c.end, type, { code, family: "", opts: {} }, [...out, ...more], c.end);
    return c.seq;
  };
  const prefetch = createPrefetch(c, (path) => send("prefetch", 0x71, path));
  const awaitTransition = createTransitions(c);

  /** The navigation is over. What is kept for the way back must not ask for it again. */
  const end = (): void => {
    win.clearTimeout(visit?.timer);
    c.queue = c.queue.filter(({ seq }) => seq !== visit?.seq);
    doc.documentElement.classList.remove(BUSY);
    visit = undefined;
  };

  /** Leaves it to the browser. */
  const load = ({ href }: URL, replace: boolean): void => {
    end();
    guard.leave();
    if (href === location.href) location.reload();
    else location[replace ? "replace" : "assign"](href);
  };

  /** Goes to a page of ours. */
  const go = (url: URL, replace: boolean, pop = false): void => {
    replace ||= url.href === location.href;
    if (!c.ready) return load(url, replace);
    c.rare!.flush();
    end();
    const timer = win.setTimeout(() => visit!.met ? end() : load(url, replace), PATIENCE);
    visit = { seq: c.seq + 1, url, replace, pop, timer };
    doc.documentElement.classList.add(BUSY);
    send("navigate", 0x70, pathOf(url) + url.hash, +replace);
  };

  const clicked = (event: Event): void => {
    const link = linkOf(event);
    const url = link && c.ready && isPlain(event as MouseEvent) && destination(win, link);
    if (!url) return;
    if (isPlace(win, url)) return scrolls.save(shown);
    event.preventDefault();
    if (guard.ask()) go(url, false);
  };

  const popped = ({ state }: PopStateEvent): void => {
    if (entries.placing) return;
    const { current } = entries;
    const to = entryOf(state);
    const stays = pathOf(location) === path && !visit;
    if (undone && to?.[1] === current[1]) {
      const places = undone;
      undone = 0;
      sure = guard.ask();
      if (sure) history.go(places);
      return;
    }
    if (!stays && !sure && guard.blocks()) {
      undone = to ? to[0] - current[0] : -1;
      return history.go(-undone);
    }
    sure = false;
    scrolls.save(shown);
    if (to) entries.move(to);
    // Without our state it is a place in this page that was just gone to, or an entry that a script has made.
    else entries.add(stays ? 1 : -1);
    if (!stays) return go(new URL(location.href), true, true);
    shown = entries.current[1];
    if (to && !scrolls.restore(shown)) entries.place();
  };

  /** Makes an operation keep what belongs to our entries. */
  const adopt = (places: number): boolean => {
    // A path that was refused has changed nothing.
    if (!entries.mark()) return false;
    if (places) entries.add(places);
    shown = entries.current[1];
    path = pathOf(location);
    return true;
  };

  // UrlPush, UrlReplace
  for (const [op, places] of [[0x30, 1], [0x31, 0]]) {
    const [carries, apply] = c.ops[op];
    c.ops[op] = [carries, (...args) => {
      scrolls.save(shown);
      apply(...args);
      adopt(places);
    }];
  }

  const [, push] = c.ops[0x32];
  const [, replace] = c.ops[0x33];
  const bring = (isPush: boolean): Operation => {
    /** The first number that is new on the page that comes. */
    let from = 0;
    return [(_, cursor) => {
      awaitTransition();
      from = c.next;
      return [cursor.string()];
    }, (_, node, to: string) => {
      const { seq, url, pop, met } = visit ?? {} as Partial<Visit>;
      // The answer to one that another has followed: the history waits for the last.
      if (seq && c.queue.some((event) => event.seq === seq)) return;
      const adds = isPush && !met;
      if (visit) visit.met = true;
      scrolls.save(shown);
      const before = path;
      (adds ? push : replace)(c, node, url && !to.includes("#") ? to + url.hash : to);
      if (!adopt(+adds)) return;
      const isPage = location.pathname !== before.split("?")[0];
      arrive = () => {
        if (isPage) announce();
        const place = location.hash && !pop;
        const element = isPage && !place ? moveFocus(c, from) : null;
        if (pop && scrolls.restore(shown)) return;
        // Another query in the same entry keeps the place; a link to what is shown does not.
        if (isPush || isPage || pop || url && path === before) scrolls.top(element);
        if (location.hash) entries.place();
      };
    }];
  };
  // NavPush, NavReplace, Navigate
  c.ops[0x32] = bring(true);
  c.ops[0x33] = bring(false);
  const [carries, leave] = c.ops[0x34];
  c.ops[0x34] = [carries, (c, node, to, replace) => {
    const url = new URL(to, location.href);
    // What was asked for is the user's wish, who was asked before.
    if (visit && /^http/.test(url.protocol)) load(url, visit.replace || replace);
    else leave(c, node, to, replace);
  }];

  const rare = c.rare!;
  const { rewind, resync } = rare;
  const settle = (): void => {
    const run = arrive ?? scrolls.retry;
    arrive = undefined;
    run();
  };
  rare.rewind = (over) => {
    rewind(over);
    if (visit?.met && over(visit.seq)) end();
    prefetch.settle(over);
    // A frame that failed half-way is followed by a resync, which brings the page.
    if (!c.stale) settle();
  };
  rare.resync = (from) => {
    resync(from);
    settle();
  };

  const on = (target: EventTarget, type: string, run: (event: never) => void, capture = false) =>
    target.addEventListener(type, run as EventListener, { capture, signal });
  // The last of the document's listeners, whenever the others came: a handler of the link runs before, and may prevent it.
  on(win, "click", () => {
    doc.removeEventListener("click", clicked);
    doc.addEventListener("click", clicked, { signal });
  }, true);
  on(win, "popstate", popped);
  on(doc, "vango:error", ({ detail: { seq } }: CustomEvent) => {
    if (seq === visit?.seq) load(visit!.url, visit!.replace);
  });
  const keep = () => {
    scrolls.save(shown);
    scrolls.store();
  };
  const charge = (ours: boolean) => history.scrollRestoration = ours ? "manual" : "auto";
  on(doc, "visibilitychange", keep);
  on(win, "pagehide", () => {
    end();
    keep();
    // Before our script runs again, the browser has scrolled.
    charge(false);
  });
  on(win, "pageshow", () => charge(true));
  charge(true);

  const look = () => {
    guard.look();
    prefetch.look();
  };
  const observer = new win.MutationObserver(look);
  const attributeFilter = ["data-vango-unsaved", "data-prefetch"];
  observer.observe(doc, { subtree: true, childList: true, attributes: true, attributeFilter });
  look();
  signal.addEventListener("abort", () => {
    end();
    observer.disconnect();
    charge(false);
  });

  Object.assign((win as unknown as { vango: object }).vango, {
    navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
      const url = new URL(to, doc.baseURI);
      if (!/^https?:$/.test(url.protocol)) {
        throw TypeError(`Cannot navigate to ${to}: pass a path or an http URL`);
      }
      const ours = url.origin === location.origin;
      if (ours && isPlace(win, url)) {
        scrolls.save(shown);
        if (replace) entries.place(url.href);
        else location.assign(url.href);
      } else if (guard.ask()) (ours ? go : load)(url, replace);
    },
    prefetch(to: string): void {
      const url = new URL(to, doc.baseURI);
      if (url.origin === location.origin) prefetch.ask(pathOf(url));
    },
  });
}
