/**
 * `mountDom()`: the browser's own client in a window of happy-dom, over a socket in memory.
 *
 * @module
 */
import * as rare from "../client/rare.ts";
import { start, type Vango } from "../client/start.ts";
import type { Page as ClientWindow } from "../client/state.ts";
import { FakeClock, turn } from "./clock.ts";
import { act } from "./dom_actions.ts";
import { type Driver, MirrorPage } from "./mirror_page.ts";
import { begin, makeParts, type Mountable, type PageOptions } from "./mount.ts";
import type { Link } from "./network.ts";
import type { PageParts } from "./page.ts";
import { ORIGIN } from "./server.ts";
import { type Kept, type Snapshot, takeSnapshot } from "./snapshot.ts";
import { MemorySocket } from "./socket.ts";
import type { Action } from "./stage.ts";
import type { Props } from "../vdom/node.ts";

/** What of happy-dom the kit uses: its `Window`. */
export type WindowClass = new (options: {
  url: string;
  settings: { navigation: { disableMainFrameNavigation: boolean } };
}) => {
  readonly document: { write(html: string): void };
  readonly happyDOM: { close(): Promise<void> };
};

/** Options of {@linkcode mountDom}. */
export interface DomOptions<P = Props> extends PageOptions<P> {
  /** The class `Window` of happy-dom, which is yours to install: `import { Window } from "happy-dom"`. */
  Window: WindowClass;
  /** The clock; default: one of the page's own, which stands still. */
  clock?: FakeClock;
  /** Whether Date, setTimeout and setInterval of the process follow `page.clock` until the page is closed. Default false. */
  fakeTime?: boolean;
}

/**
 * Mounts what `mount()` mounts, with the browser's own client in a window of happy-dom: its parser, its events, its forms.
 * The socket is in memory, and time stands still as with `mount()`.
 *
 * @throws {TypeError} When there is no Window. {Error} When the page fails and no boundary of the application catches it.
 *
 * ```ts
 * import { component, signal } from "@vango/core";
 * import { button, h1 } from "@vango/core/elements";
 * import { mountDom } from "@vango/core/testing";
 * import { Window } from "happy-dom";
 *
 * const Counter = component(() => {
 *   const count = signal(0);
 *   return () => [h1("Count: ", count), button({ onClick: () => count.inc() }, "+")];
 * });
 *
 * await using page = await mountDom(Counter, { Window });
 * await page.getByRole("button", { name: "+" }).click();
 * console.assert(page.get("h1").text() === "Count: 1");
 * ```
 */
export async function mountDom<P extends object>(
  what: Mountable<P>,
  options: DomOptions<P>,
): Promise<DomPage> {
  if (typeof options?.Window !== "function") {
    throw new TypeError('mountDom() needs a Window: pass { Window } of the package "happy-dom"');
  }
  const clock = options.clock ?? new FakeClock({ globals: options.fakeTime });
  return await begin(new DomPage({ ...makeParts(what, options, clock), clock }, options.Window));
}

/** A page in a window of happy-dom. Made by `mountDom()`. */
export class DomPage extends MirrorPage {
  /** The time of the page's server and of its client. */
  declare readonly clock: FakeClock;
  /** @ignore */
  protected readonly driver: DomDriver;
  readonly #Window: WindowClass;

  /** Use `mountDom()`. */
  constructor(parts: PageParts & { readonly clock: FakeClock }, Window: WindowClass) {
    super(parts);
    this.#Window = Window;
    this.driver = new DomDriver(parts, Window, (onCut) => {
      return this.network.online ? this.network.open(this.watch, onCut) : null;
    });
  }

  /** The window, for what a test wants to know of it. Another one after each load. */
  get window(): Window & typeof globalThis {
    return this.driver.window;
  }

  /** Another page of the same application, with the same cookies, as in another tab. It ends with this one. */
  override async newPage(url: string = this.url.href): Promise<DomPage> {
    const page = new DomPage({ ...this.parts, clock: this.clock, url: this.resolve(url) }, this.#Window);
    await page.reload();
    return page;
  }

  /** Happy-dom is kept from loading what a link or a form leads to: the kit does. @ignore */
  protected override async followed(from: URL): Promise<boolean> {
    const { url } = this;
    if (url.pathname + url.search === from.pathname + from.search || this.driver.isHere(url)) return false;
    await this.load(url);
    return true;
  }
}

/** Drives a window of happy-dom. */
class DomDriver implements Driver {
  window!: ClientWindow;
  readonly #parts: PageParts & { readonly clock: FakeClock };
  readonly #Window: WindowClass;
  readonly #open: (onCut: () => void) => Link | null;
  #close: () => Promise<void> = () => Promise.resolve();
  #vango: Vango | null = null;
  #socket: PageSocket | null = null;
  /** Paths that the page took without loading them, by history.pushState. */
  #pushed = "";

  constructor(
    parts: PageParts & { readonly clock: FakeClock },
    Window: WindowClass,
    open: (onCut: () => void) => Link | null,
  ) {
    this.#parts = parts;
    this.#Window = Window;
    this.#open = open;
  }

  pause(): Promise<void> {
    return turn();
  }

  async applied(): Promise<void> {
    while (this.#socket?.busy) await turn();
  }

  snapshot(): Promise<Snapshot | null> {
    return Promise.resolve(takeSnapshot(this.window));
  }

  async perform(id: number, action: Action): Promise<void> {
    const kept = (this.window as unknown as { vangoKit?: Kept }).vangoKit;
    const element = kept?.nodes.get(id);
    if (element === undefined) throw new Error("The element is not in the page any more");
    act(this.window, element as HTMLElement, action);
    await turn();
  }

  isHere(url: URL): boolean {
    return url.pathname + url.search === this.#pushed;
  }

  async load(to: URL): Promise<void> {
    await this.close();
    const { server } = this.#parts;
    let url = to;
    for (let hops = 0;; hops++) {
      const response = await server.fetch(url);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status > 399) {
        return this.#show(url, await response.text());
      }
      if (hops === 20) throw new Error(`The page redirects without an end: ${url} to ${location}`);
      url = new URL(location, url);
      if (url.origin !== ORIGIN) throw new Error(`The page led out of the application: ${url.href}`);
    }
  }

  #show(url: URL, html: string): void {
    const { clock } = this.#parts;
    const window = new this.#Window({
      url: url.href,
      settings: { navigation: { disableMainFrameNavigation: true } },
    });
    const win = this.window = window as unknown as ClientWindow;
    this.#close = () => window.happyDOM.close();
    this.#pushed = url.pathname + url.search;
    useClock(win, clock);
    for (const name of ["pushState", "replaceState"] as const) {
      const real = win.history[name].bind(win.history);
      win.history[name] = (state: unknown, unused: string, to?: string | URL | null) => {
        real(state, unused, to);
        this.#pushed = win.location.pathname + win.location.search;
      };
    }
    window.document.write(html);
    if (win.document.getElementById("vango") === null) return;
    // deno-lint-ignore no-this-alias
    const driver = this;
    this.#vango = start(win, {
      load: () => Promise.resolve(rare),
      socket: class extends PageSocket {
        constructor(address: string, protocols: string[]) {
          super(
            driver.#open,
            (socket) => driver.#parts.server.upgrade(socket, new URL(address), protocols[1].slice(2)),
          );
          driver.#socket = this;
        }
      } as unknown as typeof WebSocket,
    });
  }

  sever(): void {
    this.#socket?.cut();
  }

  reconnect(): Promise<void> {
    this.#vango?.reconnect();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#vango?.close();
    this.#vango = null;
    this.#socket = null;
    await this.#close();
    this.#close = () => Promise.resolve();
  }
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

/** The client's end of a socket in memory, as a WebSocket looks to the client. */
class PageSocket {
  binaryType = "";
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #memory: MemorySocket;
  #link: Link | null = null;
  #opening = true;

  constructor(open: (onCut: () => void) => Link | null, upgrade: (socket: MemorySocket) => Promise<void>) {
    this.#memory = new MemorySocket({
      message: (bytes) => this.#link?.carry("down", bytes, (data) => this.onmessage?.({ data })),
      closed: () => this.#closed(),
    });
    this.#begin(open, upgrade);
  }

  /** Whether something is on its way that needs no time. */
  get busy(): boolean {
    return this.#opening || !this.#memory.idle;
  }

  async #begin(
    open: (onCut: () => void) => Link | null,
    upgrade: (socket: MemorySocket) => Promise<void>,
  ): Promise<void> {
    await turn();
    try {
      this.#link = this.readyState === 0 ? open(() => this.cut()) : null;
      if (this.#link === null) return this.#closed();
      await upgrade(this.#memory);
      this.#memory.dispatch(new Event("open"));
      this.readyState = 1;
      this.onopen?.();
    } catch {
      // A refused upgrade tells a browser nothing but that it was refused.
      this.#closed();
    } finally {
      this.#opening = false;
    }
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.#link?.carry("up", bytes, (frame) => this.#memory.sendUp(frame));
  }

  close(): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.#link?.close();
    this.#memory.cut();
  }

  /** The network breaks it. */
  cut(): void {
    this.close();
    this.#closed();
  }

  #closed(): void {
    this.readyState = 3;
    this.#link?.close();
    this.onclose?.();
  }
}
