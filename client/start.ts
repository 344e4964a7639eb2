/**
 * Brings a page to life: numbers its nodes, listens, takes over what happened before, connects.
 *
 * @module
 */
import { handle, listen } from "./events.ts";
import { numberPage } from "./nodes.ts";
import { OPS } from "./patches.ts";
import { connect, loadRare, quit, watch } from "./socket.ts";
import type { Client, ConnectionState, Page } from "./state.ts";
import { sendUnsent } from "./unsent.ts";

/** What can be put in the place of the browser's own. */
export interface StartOptions {
  /** Makes sockets. Default: the window's WebSocket. */
  socket?: typeof WebSocket;
  /** Loads the second script. Default: `import()`. */
  load?: Client["load"];
}

/** What a page's scripts get, as `window.vango`. */
export interface Vango {
  /** The state of the connection. */
  readonly state: ConnectionState;
  /** Ends the connection; links and forms are the browser's again. */
  close(): void;
  /** Opens a fresh socket at once. */
  reconnect(): void;
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
  const { s, k, x } = end.dataset;
  const c: Client = {
    win,
    doc,
    end,
    socket: options.socket ?? win.WebSocket,
    load: options.load ?? ((url) => import(url)),
    nodes: [end],
    next: 1,
    ops: { ...OPS },
    sound: true,
    mend: [],
    specs: new Map(),
    heard: new Map(),
    done: new WeakMap(),
    queue: [],
    seq: 0,
    typed: new Map(),
    composing: null,
    ws: null,
    state: "",
    ready: false,
    closed: false,
    stale: false,
    intent: 0,
    session: s ?? "",
    key: k ?? "",
    sealed: Uint8Array.from(
      win.atob((x ?? "").replace(/-/g, "+").replace(/_/g, "/")),
      (char) => char.charCodeAt(0),
    ),
    last: 0,
    acked: 0,
    unacked: 0,
    ackTimer: 0,
    timer: 0,
    beat: 0,
    heartbeat: 0,
    seen: 0,
    alive: true,
    tries: 0,
    max: Infinity,
    frames: [],
    rare: null,
    wants: false,
    loading: null,
    quit: new win.AbortController(),
  };
  (end as { vango?: number }).vango = 0;
  c.sound = numberPage(c);
  for (const element of doc.querySelectorAll("[data-hid]")) {
    listen(c, element.getAttribute("data-hid")!);
  }
  if (doc.querySelector("[data-vango-link]")) loadRare(c);
  for (const which of ["start", "end"]) {
    doc.addEventListener(`composition${which}`, ({ target }) => {
      c.composing = which === "end" ? null : target;
      c.rare?.release();
    }, { signal: c.quit.signal });
  }
  takeOver(c);
  watch(c);
  const api: Vango = {
    get state() {
      return c.state;
    },
    close: () => quit(c),
    reconnect: () => connect(c),
  };
  (win as { vango?: unknown }).vango = api;
  if (c.sound) connect(c);
  else {
    loadRare(c).then(() => {
      const faults = c.rare!.locate();
      c.sound = !!faults;
      c.mend = faults ?? [];
    }).finally(() => connect(c));
  }
  return api;
}

/** Takes over what happened before: what was typed, then what was clicked and submitted. */
function takeOver(c: Client): void {
  const { vango: early } = c.win as { vango?: Event[] & { f?: EventListener } };
  sendUnsent(c);
  if (!early?.f) return;
  for (const type of ["click", "submit"]) c.win.removeEventListener(type, early.f, true);
  for (const event of early) handle(c, event);
}
