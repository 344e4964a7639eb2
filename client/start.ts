/**
 * Brings a page to life: numbers its nodes, listens, takes over what happened before, connects.
 *
 * @module
 */
import { CORE } from "./core.ts";
import { handle, listen } from "./events.ts";
import { numberPage } from "./nodes.ts";
import { OPS } from "./patches.ts";
import { connect, loadRare, quit, watch } from "./socket.ts";
import type { Client, ConnectionState, Page } from "./state.ts";

export type { ConnectionState, Page };

/** What can be put in the place of the browser's own. */
export interface StartOptions {
  /** Makes sockets. Default: the window's WebSocket. */
  socket?: typeof WebSocket;
  /** Loads the second script, a module that exports `createRare`. Default: `import()`. */
  load?: (url: string) => Promise<object>;
}

/** What a page's scripts get, as `window.vango`. */
export interface Vango {
  /** The state of the connection. */
  readonly state: ConnectionState | undefined;
  /** Ends the connection; links and forms are the browser's again. */
  close(): void;
  /** Opens a fresh socket at once. */
  reconnect(): void;
  /**
   * Goes to a page as a link does. There as soon as the third script is, on pages with routes.
   *
   * @param to A path, or an http or https URL.
   */
  navigate?(to: string, options?: { replace?: boolean }): void;
  /** Has the server make a page ready, if the budget allows. There with {@linkcode navigate}. */
  prefetch?(path: string): void;
}

/**
 * Starts the client of a page.
 *
 * @param win The window.
 * @param options What stands in for the browser's own, in tests.
 * @throws {TypeError} When the page has no script element `#vango`.
 */
export function start(win: Page, options: StartOptions = {}): Vango {
  const doc = win.document;
  const end = doc.getElementById("vango") as HTMLScriptElement;
  const { t = "", x = "", nav } = end.dataset;
  const c: Client = {
    win,
    doc,
    end,
    socket: options.socket ?? win.WebSocket,
    load: (options.load ?? ((url) => import(url))) as Client["load"],
    nodes: [end],
    next: 1,
    ops: { ...OPS },
    sound: true,
    specs: new Map(),
    heard: new Map(),
    queue: [],
    seq: 0,
    typed: new Map(),
    intent: 0,
    session: t.slice(0, 22),
    key: t.slice(22),
    sealed: [...win.atob(x.replace(/-/g, "+").replace(/_/g, "/"))].map((char) => char.charCodeAt(0)),
    last: 0,
    acked: 0,
    unacked: 0,
    tries: 0,
    max: Infinity,
    frames: [],
    quit: new win.AbortController(),
  };
  (end as { vango?: number }).vango = 0;
  c.sound = numberPage(c);
  const api: Vango = {
    get state() {
      return c.state;
    },
    close: () => quit(c),
    reconnect: () => connect(c),
  };
  const { vango: early } = win as { vango?: Early };
  (win as { vango?: unknown }).vango = api;
  watch(c);
  takeOver(c, early?.f ? early : []);
  if (nav) c.load(nav).then(({ createNav }) => createNav(c, CORE));
  return api;
}

type Early = Event[] & { f?: EventListener };

/**
 * Listens, and takes over what happened before: first what was typed, then what was clicked and submitted. Where that needs the
 * second script, the inline script goes on to hold clicks and submits until it is there.
 */
async function takeOver(c: Client, early: Early): Promise<void> {
  c.waits = true;
  for (const element of c.doc.querySelectorAll("[data-hid]")) listen(c, element.getAttribute("data-hid")!);
  try {
    if (c.sound) connect(c);
    else loadRare(c);
    if (c.loading) {
      await c.loading;
      if (!c.sound) c.sound = !!(c.mend = c.rare!.locate());
    }
  } finally {
    c.waits = false;
    for (const type of ["click", "submit"]) c.win.removeEventListener(type, early.f as EventListener, true);
    c.rare?.sendUnsent();
    for (const event of early) handle(c, event);
    if (!c.ws) connect(c);
  }
}
