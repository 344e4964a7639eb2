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
  readonly happyDOM: { close(): Promise<void>; setURL(url: string): void };
};

export { MirrorPage } from "./mirror_page.ts";

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
 * import { mountDom } from "@vango/core/testing/dom";
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
  const parts = { ...makeParts(what, options, clock), clock };
  return await begin(new DomPage(parts, options.Window, options.javascript ?? true));
}

/** A page in a window of happy-dom. Made by `mountDom()`. */
export class DomPage extends MirrorPage {
  /** The time of the page's server and of its client. */
  declare readonly clock: FakeClock;
  /** Where the page was told to go that is not of this application: absolute URLs. */
  readonly left: string[] = [];
  /** @ignore */
  protected readonly driver: DomDriver;
  readonly #Window: WindowClass;
  readonly #scripted: boolean;

  /** Use `mountDom()`. */
  constructor(parts: PageParts & { readonly clock: FakeClock }, Window: WindowClass, scripted: boolean) {
    super(parts, scripted);
    this.#Window = Window;
    this.#scripted = scripted;
    this.driver = new DomDriver(parts, Window, scripted, {
      open: (onCut) => this.network.online ? this.network.open(this.watch, onCut) : null,
      fail: (error) => this.fail(error),
      leave: (url) => this.left.push(url.href),
    });
  }

  /** The window, for what a test wants to know of it. Another one after each load. */
  get window(): Window & typeof globalThis {
    return this.driver.window;
  }

  /** Another page of the same application, with the same cookies, as in another tab. It ends with this one. */
  override async newPage(url: string = this.url.href): Promise<DomPage> {
    const parts = { ...this.parts, clock: this.clock, url: this.resolve(url) };
    const page = new DomPage(parts, this.#Window, this.#scripted);
    await page.reload();
    return page;
  }

  /** @ignore */
  protected override async followed(): Promise<boolean> {
    return await this.driver.follow();
  }
}

/** What a window needs of its page. */
interface Hooks {
  /** Begins a connection, or gives null where there is no network. */
  open(onCut: () => void): Link | null;
  /** Takes an error of the page's scripts. */
  fail(error: unknown): void;
  /** Takes an address outside of the application. */
  leave(url: URL): void;
}

/** Drives a window of happy-dom. */
class DomDriver implements Driver {
  window!: ClientWindow;
  readonly #parts: PageParts & { readonly clock: FakeClock };
  readonly #Window: WindowClass;
  readonly #scripted: boolean;
  readonly #hooks: Hooks;
  #vango: Vango | null = null;
  #socket: PageSocket | null = null;
  #window: InstanceType<WindowClass> | null = null;
  /** Where the document is: what was loaded, or what a script made of the address. */
  #url: URL = new URL(ORIGIN);
  #form: { url: URL; fields?: [string, string][] } | null = null;

  constructor(
    parts: PageParts & { readonly clock: FakeClock },
    Window: WindowClass,
    scripted: boolean,
    hooks: Hooks,
  ) {
    this.#parts = parts;
    this.#Window = Window;
    this.#scripted = scripted;
    this.#hooks = hooks;
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

  /** Happy-dom loads no pages: it only notes where a link or a script leads. The page is loaded here. */
  async follow(): Promise<boolean> {
    const form = this.#form;
    this.#form = null;
    if (form !== null) {
      await this.#go(form.url, form.fields);
      return true;
    }
    const url = new URL(this.window.location.href);
    if (url.pathname + url.search + url.origin === this.#here) return false;
    await this.load(url);
    return true;
  }

  load(to: URL): Promise<void> {
    return this.#go(to);
  }

  async #go(to: URL, form?: [string, string][]): Promise<void> {
    const { url, response } = await this.#parts.server.go(to, form);
    if (response === null) {
      this.#hooks.leave(url);
      return this.#window?.happyDOM.setURL(this.#url.href);
    }
    await this.close();
    this.#show(url, await response.text());
  }

  #show(url: URL, html: string): void {
    const { clock } = this.#parts;
    const window = new this.#Window({
      url: url.href,
      settings: { navigation: { disableMainFrameNavigation: true } },
    });
    const win = this.window = window as unknown as ClientWindow;
    this.#window = window;
    useClock(win, clock);
    for (const name of ["pushState", "replaceState"] as const) {
      const real = win.history[name].bind(win.history);
      win.history[name] = (state: unknown, unused: string, to?: string | URL | null) => {
        real(state, unused, to);
        this.#stay();
      };
    }
    win.addEventListener("error", ({ error }) => this.#hooks.fail(error));
    win.addEventListener("submit", (event) => this.#takeSubmit(event));
    window.document.write(html);
    this.#stay();
    if (!this.#scripted || win.document.getElementById("vango") === null) return;
    // deno-lint-ignore no-this-alias
    const driver = this;
    this.#vango = start(win, {
      load: () => Promise.resolve(rare),
      socket: class extends PageSocket {
        constructor(address: string, protocols: string[]) {
          super(
            driver.#hooks.open,
            (socket) => driver.#parts.server.upgrade(socket, new URL(address), protocols[1].slice(2)),
          );
          driver.#socket = this;
        }
      } as unknown as typeof WebSocket,
    });
  }

  #stay(): void {
    this.#url = new URL(this.window.location.href);
  }

  get #here(): string {
    return this.#url.pathname + this.#url.search + this.#url.origin;
  }

  /** A form that no handler took is sent, as a browser does. */
  #takeSubmit(event: Event): void {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { submitter } = event as SubmitEvent;
    const fields = [...new this.window.FormData(form, submitter)].map((
      [name, value],
    ): [string, string] => [name, String(value)]);
    const url = new URL(
      submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "",
      this.#url,
    );
    const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get";
    if (method.toLowerCase() === "post") this.#form = { url, fields };
    else {
      url.search = new URLSearchParams(fields).toString();
      this.#form = { url };
    }
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
    await this.#window?.happyDOM.close();
    this.#window = null;
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
