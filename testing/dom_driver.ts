/**
 * Drives a page in a window of happy-dom: loads it, starts the browser's client in it, does what a user does.
 *
 * @module
 */
import * as hooks from "../client/hooks.ts";
import * as nav from "../client/nav.ts";
import * as rare from "../client/rare.ts";
import { start, type Vango } from "../client/start.ts";
import type { Page as ClientWindow } from "../client/state.ts";
import type { HookApi, HookModule } from "../vdom/hook.ts";
import { type FakeClock, turn } from "./clock.ts";
import { act } from "./dom_actions.ts";
import { adoptWindow, showEntry, type WindowClass, type WindowHooks } from "./dom_window.ts";
import { type HowLoaded, TabHistory } from "./history.ts";
import type { Driver } from "./mirror_page.ts";
import type { Link } from "./network.ts";
import type { PageParts } from "./page_parts.ts";
import { PageSocket } from "./page_socket.ts";
import { type Kept, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Action } from "./stage.ts";

/** What a window needs of its page. */
interface Hooks {
  /** Begins a connection, or gives null where there is no network. */
  open(onCut: () => void): Link | null;
  /** Takes an error of the page's scripts. */
  fail(error: unknown): void;
  /** Takes an address outside of the application, or of another tab. */
  leave(url: URL): void;
  /** Asks the user. */
  confirm(message: string): boolean;
}

/** Turns of the event loop within which a hook is mounted. */
const MOUNTING = 100;

/** An address that is to be loaded. */
interface Load {
  readonly url: URL;
  readonly how: HowLoaded;
  /** Fields to be posted. */
  readonly fields?: [string, string][];
  /** Steps through the history that lead there. */
  readonly by?: number;
}

/** Drives a window of happy-dom. */
export class DomDriver implements Driver {
  window!: ClientWindow;
  readonly #parts: PageParts & { readonly clock: FakeClock };
  readonly #Window: WindowClass;
  readonly #scripted: boolean;
  readonly #hooks: Hooks;
  readonly #windowHooks: WindowHooks;
  readonly #history: TabHistory = new TabHistory();
  #vango: Vango | null = null;
  #socket: PageSocket | null = null;
  #window: InstanceType<WindowClass> | null = null;
  #next: Load | null = null;
  /** How to push, by the element of a hook. */
  readonly #pushes: WeakMap<Element, HookApi["push"]> = new WeakMap();

  /** Drives windows of a class. */
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
    this.#windowHooks = {
      history: this.#history,
      load: (url, how) => void (this.#next = { url, how }),
      leave: hooks.leave,
      confirm: hooks.confirm,
      travel: (by) => void setImmediate(() => this.#history.peek(by) !== null && this.#step(by)),
    };
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
    if (action.type === "push") await this.#push(element as Element, action);
    else act(this.window, element as HTMLElement, action);
    await turn();
  }

  /** Happy-dom loads no pages: it only tells where a link, a form or a script leads. The page is loaded here. */
  async follow(): Promise<boolean> {
    const next = this.#next;
    this.#next = null;
    if (next === null) return false;
    const event = new this.window.Event("beforeunload", { cancelable: true });
    if (!this.window.dispatchEvent(event) && !this.#hooks.confirm("")) return false;
    await this.#go(next);
    return true;
  }

  load(url: URL): Promise<void> {
    return this.#go({ url, how: url.href === this.#history.current?.url.href ? "reload" : "push" });
  }

  async travel(by: 1 | -1): Promise<void> {
    this.#step(by);
    // A script may go on, or back again.
    await turn();
    await turn();
  }

  #step(by: number): void {
    const history = this.#history;
    const from = history.current;
    const to = history.peek(by);
    if (to !== null && to.document !== from?.document) this.#next = { url: to.url, how: "reload", by };
    else {
      history.move(by);
      showEntry(this.window, this.#windowHooks);
    }
  }

  async #go({ url: to, how, fields, by = 0 }: Load): Promise<void> {
    const { url, response } = await this.#parts.server.go(to, fields);
    if (response === null) return this.#hooks.leave(url);
    url.hash ||= to.hash;
    await this.close();
    if (by !== 0) this.#history.move(by);
    this.#history.load(url, how);
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
    adoptWindow(win, clock, this.#windowHooks);
    win.addEventListener("error", ({ error }) => this.#hooks.fail(error));
    win.addEventListener("submit", (event) => this.#takeSubmit(event));
    window.document.write(html);
    if (!this.#scripted || win.document.getElementById("vango") === null) return;
    // deno-lint-ignore no-this-alias
    const driver = this;
    this.#vango = start(win, {
      load: (url) => this.#load(url),
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

  /**
   * What a script of the page imports: the client's own are here. Those of hooks are written for a browser, whose globals are not
   * here: in the place of each stands one that pushes what the test says.
   */
  #load(url: string): Promise<object> {
    const own = /^\/_vango\/(rare|nav|hooks)-[^/]*$/.exec(url)?.[1];
    if (own !== undefined) return Promise.resolve({ rare, nav, hooks }[own as "rare" | "nav" | "hooks"]);
    const pushes = this.#pushes;
    const stand: HookModule = {
      mounted: (element, api) => void pushes.set(element, api.push),
      destroyed: (element) => void pushes.delete(element),
    };
    return Promise.resolve({ default: stand });
  }

  /** Pushes for the hook of an element, as soon as that is mounted. */
  async #push(element: Element, { name, data }: Extract<Action, { type: "push" }>): Promise<void> {
    for (let turns = 0; !this.#pushes.has(element); turns++) {
      if (turns === MOUNTING) throw new Error("The hook of the element was not mounted");
      await turn();
    }
    // Whether it is taken the page tells, as of every event.
    void this.#pushes.get(element)!(name, data);
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
      this.window.location.href,
    );
    const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get";
    if (method.toLowerCase() === "post") this.#next = { url, how: "push", fields };
    else {
      url.search = new URLSearchParams(fields).toString();
      this.#next = { url, how: "push" };
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
