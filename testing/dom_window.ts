/**
 * A window of happy-dom as one tab shows it: its timers follow a clock, its history is the tab's, and where it goes is told instead
 * of loaded.
 *
 * @module
 */
import type { Page as ClientWindow } from "../client/state.ts";
import type { FakeClock } from "./clock.ts";
import { type HowLoaded, isPlace, type TabHistory } from "./history.ts";
import { wayOf } from "./navigation.ts";

/** What of happy-dom the kit uses: its `Window`. */
export type WindowClass = new (options: {
  url: string;
  settings: { navigation: { disableMainFrameNavigation: boolean } };
}) => {
  readonly document: { write(html: string): void };
  readonly happyDOM: { close(): Promise<void>; setURL(url: string): void };
};

/** What a window tells of. */
export interface WindowHooks {
  /** The history of the tab; the window's document is at its present entry. */
  readonly history: TabHistory;
  /** A link or a script leads to another document. */
  load(url: URL, how: HowLoaded): void;
  /** A link or a script opens another tab, or downloads. */
  leave(url: URL): void;
  /** A script goes through the history. */
  travel(by: number): void;
  /** A script asks the user. */
  confirm(message: string): boolean;
}

/** Makes a window behave. To be called before its document is written. */
export function adoptWindow(win: ClientWindow, clock: FakeClock, hooks: WindowHooks): void {
  useClock(win, clock);
  useHistory(win, hooks);
  useLocation(win, hooks);
  useLinks(win, hooks);
  win.confirm = (message) => hooks.confirm(message ?? "");
}

/** Has a window be at another entry of its document's. */
export function showEntry(win: ClientWindow, { history }: WindowHooks): void {
  const { url, state } = history.current!;
  const oldURL = win.location.href;
  goTo(win, url, state);
  win.dispatchEvent(new win.PopStateEvent("popstate", { state }));
  if (new URL(oldURL).hash !== url.hash) {
    win.dispatchEvent(new win.HashChangeEvent("hashchange", { oldURL, newURL: url.href }));
  }
}

/** What happy-dom's own history is for: the address and the state, of the present entry alone. */
const REAL: WeakMap<ClientWindow, History["replaceState"]> = new WeakMap();

function goTo(win: ClientWindow, url: URL, state: unknown): void {
  REAL.get(win)!(state, "", url.href);
}

function useHistory(win: ClientWindow, hooks: WindowHooks): void {
  const { history } = win;
  REAL.set(win, history.replaceState.bind(history));
  const change = (how: "push" | "replace") => (state: unknown, _unused: string, to?: string | URL | null) => {
    const url = new URL(to ?? "", win.document.baseURI);
    if (url.origin !== win.location.origin) throw new TypeError(`Cannot show the address ${url}`);
    // A state is a copy, as a browser's is.
    const copy = structuredClone(state);
    hooks.history[how](to === undefined || to === null ? new URL(win.location.href) : url, copy);
    goTo(win, hooks.history.current!.url, copy);
  };
  const go = (by = 0) => by === 0 ? win.location.reload() : hooks.travel(by);
  Object.assign(history, {
    pushState: change("push"),
    replaceState: change("replace"),
    go,
    back: () => go(-1),
    forward: () => go(1),
  });
  // Of a page that was loaded again, or come back to.
  const { state } = hooks.history.current!;
  if (state !== null) goTo(win, new URL(win.location.href), state);
}

/** Goes to an address, as the browser does: to a place in the page, or to another document. */
function go(win: ClientWindow, to: string | URL, how: "push" | "replace", hooks: WindowHooks): void {
  const url = new URL(to, win.document.baseURI);
  if (!isPlace(url, new URL(win.location.href))) return hooks.load(url, how);
  hooks.history[url.href === win.location.href ? "replace" : how](url, null);
  showEntry(win, hooks);
}

function useLocation(win: ClientWindow, hooks: WindowHooks): void {
  const { location } = win;
  const href = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(location), "href")!;
  const assign = (to: string | URL) => go(win, String(to), "push", hooks);
  Object.defineProperties(location, {
    href: { configurable: true, get: () => href.get!.call(location), set: assign },
    assign: { configurable: true, value: assign },
    replace: { configurable: true, value: (to: string | URL) => go(win, String(to), "replace", hooks) },
    reload: { configurable: true, value: () => hooks.load(new URL(location.href), "reload") },
  });
}

/** Links open windows in happy-dom, and do so before the listeners of the document could prevent it. */
function useLinks(win: ClientWindow, hooks: WindowHooks): void {
  let click: MouseEvent | null = null;
  win.addEventListener("click", (event) => void (click = event), { capture: true });
  const open = (to = "about:blank") => {
    const url = new URL(to, win.document.baseURI);
    const event = click;
    const link = (event?.target as Element | undefined)?.closest<HTMLAnchorElement>("a[href],area[href]");
    if (event === null || link?.href !== url.href) hooks.leave(url);
    else {
      queueMicrotask(() => {
        if (event.defaultPrevented) return;
        const way = wayOf((name) => link.getAttribute(name), event as unknown as Record<string, unknown>);
        if (way === "out") hooks.leave(url);
        else go(win, url, "push", hooks);
      });
    }
    return null;
  };
  Object.assign(win, { open });
}

/** Puts a window's timers on a clock. */
function useClock(win: Window, clock: FakeClock): void {
  let last = 0;
  const stops = new Map<number, () => void>();
  const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number => {
    const id = ++last;
    stops.set(
      id,
      clock.after(ms, () => {
        stops.delete(id);
        run(...args);
      }),
    );
    return id;
  };
  const repeat = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number => {
    const id = ++last;
    const again = () =>
      stops.set(
        id,
        clock.after(Math.max(1, ms), () => {
          again();
          run(...args);
        }),
      );
    again();
    return id;
  };
  const clear = (id?: number) => {
    stops.get(id ?? 0)?.();
    stops.delete(id ?? 0);
  };
  Object.assign(win, { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: clear });
}
