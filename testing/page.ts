/**
 * A page under test: the document, the client that keeps it, and the server behind it.
 *
 *     act: event ─► server ─► handler ─► flush ─► frame ─► document ─► the action resolves
 *
 * @module
 */
import { Op } from "../vdom/patch.ts";
import { checkInStep } from "./check.ts";
import { Client } from "./client.ts";
import { type FakeClock, turn } from "./clock.ts";
import { Dom, type DomNode } from "./dom.ts";
import { type Dispatched, Events } from "./events.ts";
import { ElementHandle } from "./handle.ts";
import { shortHtml, toHtml, toText } from "./html.ts";
import type { WirePatch } from "./patches.ts";
import type { EventInit } from "./payloads.ts";
import { Queries } from "./queries.ts";
import { ORIGIN, type RestartOptions, type TestLog, type TestServer } from "./server.ts";
import type { Stage } from "./stage.ts";

/** How a page behaves. */
export interface PageSettings {
  /** Whether the client runs. */
  javascript: boolean;
  /** Whether errors that nothing caught make the call fail during which they came. */
  throwErrors: boolean;
  /** Whether each answer is compared with a fresh rendering of the server's tree. */
  verify: boolean;
}

/** A CustomEvent that the server dispatched. */
export interface DispatchedEvent {
  /** The name. */
  readonly name: string;
  /** The detail. */
  readonly detail: unknown;
}

/** Turns of the event loop after which a page that never rests is given up. */
const MAX_TURNS = 2000;
/** Turns for which an action waits for its handler's own awaits. */
const PATIENCE = 10;
/** Real milliseconds that {@linkcode Page.settled} waits by default. */
const SETTLE_MS = 5000;

/** A page under test. Made by `mount()`. */
export class Page extends Queries implements AsyncDisposable {
  /** The time of the page's server and of what its client debounces. */
  readonly clock: FakeClock;
  /** The URL now. */
  url: URL;
  /** The status of the answer that made the page. */
  status = 0;
  /** The headers of that answer. */
  headers: Headers = new Headers();
  /** Where the page was told to go that is not of this application: absolute URLs. */
  readonly left: string[] = [];
  /** CustomEvents that the server dispatched, the oldest first. */
  readonly dispatched: DispatchedEvent[] = [];
  /** What went wrong and nothing caught, the oldest first. */
  readonly errors: unknown[] = [];
  readonly #server: TestServer;
  readonly #settings: PageSettings;
  readonly #setProps: (props: object) => void;
  readonly #stage: Stage;
  #dom: Dom = new Dom("");
  #client: Client | null = null;
  #events: Events;
  #focused: DomNode | null = null;
  #javascript: boolean;
  #going: Promise<void> | null = null;
  #thrown = 0;
  #unfollow: () => void = () => {};
  #closed = false;

  /** Use `mount()`. */
  constructor(
    server: TestServer,
    init: { clock: FakeClock; url: URL; settings: PageSettings; setProps: (props: object) => void },
  ) {
    super();
    this.clock = init.clock;
    this.url = init.url;
    this.#server = server;
    this.#settings = init.settings;
    this.#javascript = init.settings.javascript;
    this.#setProps = init.setProps;
    this.#events = new Events(this.clock, (event) => this.#client?.send(event));
    this.#stage = this.#makeStage();
  }

  /** @ignore */
  protected override roots(): readonly DomNode[] {
    return this.#dom.roots;
  }

  /** @ignore */
  protected override handle(node: DomNode, again: () => DomNode | null, what: string): ElementHandle {
    return new ElementHandle(this.#stage, node, again, what);
  }

  // Reading.

  /** The HTML of the page's tree, without what the framework adds for itself. */
  html(): string {
    return toHtml(this.#dom.roots);
  }
  /** The text that a user reads; white space is one space. */
  text(): string {
    return toText(this.#dom.roots);
  }
  /** The document's title. */
  get title(): string {
    return this.#dom.inHead("title")?.textContent ?? "";
  }
  /** The content of a `<meta name>`; null when there is none. */
  meta(name: string): string | null {
    return this.#dom.inHead("meta", name)?.attr("content") ?? null;
  }
  /** The element that has the focus, or null. */
  get focused(): ElementHandle | null {
    const node = this.#focused;
    return node === null ? null : this.handle(node, () => null, "the element that had the focus");
  }
  /** Whether the page has a connection. */
  get connected(): boolean {
    return this.#client?.connected ?? false;
  }
  /** How many frames with changes came, and how often the whole tree came anew. */
  get traffic(): { frames: number; resyncs: number } {
    return { frames: this.#client?.frames ?? 0, resyncs: this.#client?.resyncs ?? 0 };
  }
  /** What the application logged, the oldest first. */
  get logs(): readonly TestLog[] {
    return this.#server.logs;
  }

  // Time and connection.

  /** Waits until every handler and resource is done and the page shows what came of it. @throws {Error} When that takes longer than `timeout` real milliseconds (5000). */
  async settled(timeout: number = SETTLE_MS): Promise<void> {
    const end = performance.now() + timeout;
    await this.#rest();
    for (let waits = this.#waits(); waits.length > 0; waits = this.#waits()) {
      if (performance.now() > end) {
        throw new Error(`The page did not settle within ${timeout} ms. It waits for ${waits.join("; ")}`);
      }
      await turn();
      await this.#rest();
    }
  }

  #waits(): string[] {
    if (!this.connected) return [];
    const waits = this.#client?.unsettled ?? [];
    const resources = this.#server.session(this.#client?.session ?? "")?.runtime.waiting ?? 0;
    return resources === 0 ? waits : [...waits, `${resources} resource${resources === 1 ? "" : "s"}`];
  }

  /** Cuts the connection: what the user does from now on waits. */
  async disconnect(): Promise<void> {
    this.#client?.cut();
    await this.#rest();
  }

  /** Connects again: the session goes on, and what waited is sent. */
  async reconnect(): Promise<void> {
    if (this.#client === null) throw new Error("Cannot reconnect: the page runs without JavaScript");
    if (this.#client.connected) this.#client.cut();
    await this.#client.connect();
    await this.#rest();
  }

  /**
   * Ends the server's process, starts another one and connects to it: state comes back from the sealed snapshot that the
   * page holds. By default the old process takes its leave, as in a deploy, and gives a connected page a fresh one. With
   * `crash` it just ends: snapshots are due 500 ms after a change, and the clock stands still, so a change right before is
   * lost. For one that shall survive, write `await page.clock.advance(1000)` first.
   */
  async restart(options: RestartOptions = {}): Promise<void> {
    const crash = options.crash ?? false;
    if (crash) this.#client?.cut();
    await this.#server.restart(crash);
    await turn();
    if (this.#client !== null) await this.reconnect();
  }

  /** Turns JavaScript off and loads the page anew: from now on links lead and forms post. */
  async noscript(): Promise<void> {
    this.#javascript = false;
    await this.visit(this.url.href);
  }

  /** Loads the page anew. */
  async reload(): Promise<void> {
    await this.visit(this.url.href);
  }

  /** Goes to another page of the application, as if its address were typed. */
  async visit(url: string): Promise<void> {
    await this.#load(new URL(url, this.url));
    await this.#rest();
  }

  /** Gives a mounted component other props: those named replace the ones before. */
  async setProps(props: object): Promise<void> {
    this.#setProps(props);
    await this.#rest();
  }

  /** Waits until what was marked outside of the page (a signal that a test wrote) is in the page. */
  async flushed(): Promise<void> {
    await this.#rest();
  }

  /** Ends the page and its server: components are cleaned up, faked globals are given back. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#unfollow();
    this.#client?.cut();
    await this.#server.close();
    this.clock[Symbol.dispose]();
  }

  /** See {@linkcode close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  // Inside.

  /** Takes an error. Not for tests. */
  fail(error: unknown): void {
    this.errors.push(error);
  }

  /** Loads a page: the answer to a request, redirects followed. */
  async #load(to: URL, form?: { fields: [string, string][] }): Promise<void> {
    this.#client?.cut();
    this.#client = null;
    let url = to;
    let init: RequestInit = form === undefined ? {} : {
      method: "POST",
      body: new URLSearchParams(form.fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN },
    };
    for (let hops = 0;; hops++) {
      const response = await this.#server.fetch(url, init);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status > 399) {
        this.url = url;
        this.status = response.status;
        this.headers = response.headers;
        return await this.#show(await response.text());
      }
      if (hops === 20) throw new Error(`The page redirects without an end: ${url} to ${location}`);
      url = new URL(location, url);
      init = {};
      if (url.origin !== ORIGIN) return void this.left.push(url.href);
    }
  }

  async #show(html: string): Promise<void> {
    this.#unfollow();
    this.#unfollow = this.clock.follow(() => this.#rest());
    this.#focused = null;
    this.#dom = new Dom(html);
    this.#events = new Events(this.clock, (event) => this.#client?.send(event));
    if (!this.#javascript || this.#dom.end === null) return;
    const client = this.#client = new Client(this.#dom, this.clock, {
      open: (socket, token) =>
        this.#server.upgrade(socket, new URL(this.#dom.data("w") || "/_vango/live", this.url), token),
      instruct: (patch) => this.#instruct(patch),
      fail: (error) => this.fail(error),
    });
    await client.connect();
  }

  /** Waits until nothing moves: events were answered, marks flushed, pages loaded. */
  async #rest(): Promise<void> {
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      await turn();
      const going = this.#going;
      if (going !== null) {
        this.#going = null;
        await going;
        continue;
      }
      await this.#server.sealed();
      if (!this.#server.idle) continue;
      const client = this.#client;
      if (client?.connected && (!client.isTold || turns < PATIENCE && client.unsettled.length > 0)) continue;
      if (this.#settings.verify && client?.connected) {
        const session = this.#server.session(client.session);
        if (session !== null) checkInStep(this.#dom, session);
      }
      return this.#throwErrors();
    }
    throw new Error("The page never rests: it keeps being flushed");
  }

  #throwErrors(): void {
    if (this.#thrown === this.errors.length) return;
    const error = this.errors[this.#thrown];
    this.#thrown = this.errors.length;
    if (this.#settings.throwErrors) throw error;
  }

  #makeStage(): Stage {
    const page = this as Page;
    return {
      get scripted() {
        return page.#javascript;
      },
      get focusedNode() {
        return page.#focused;
      },
      set focusedNode(node) {
        page.#focused = node;
      },
      get top() {
        return page.#dom.roots;
      },
      has: (node) => page.#dom.has(node),
      dispatch: (target, type, init = {}) => page.#dispatch(target, type, init),
      follow: ({ url, fields, post }) => page.#follow(url, fields, post ?? false),
      act: async (fn) => {
        if (page.#closed) throw new Error("Cannot act on a page that was closed");
        fn();
        await page.#rest();
      },
    };
  }

  #dispatch(target: DomNode, type: string, init: EventInit): Dispatched {
    if (this.#javascript) return this.#events.dispatch(target, type, init);
    return { handled: false, prevented: false };
  }

  #follow(href: string, fields: [string, string][] = [], post = false): void {
    const url = new URL(href, this.url);
    if (url.origin !== ORIGIN) {
      this.left.push(url.href);
      return;
    }
    const here = url.pathname + url.search === this.url.pathname + this.url.search;
    if (!post && fields.length === 0 && here && url.hash !== "") {
      this.url = url;
      return;
    }
    if (!post && fields.length > 0) url.search = new URLSearchParams(fields).toString();
    this.#going = this.#load(url, post ? { fields } : undefined);
  }

  #instruct(patch: WirePatch): void {
    switch (patch.op) {
      case Op.Focus:
        this.#focused = this.#dom.get(patch.num);
        return;
      case Op.Blur:
        if (this.#focused?.num === patch.num) this.#focused = null;
        return;
      case Op.Dispatch: {
        const detail: unknown = patch.detail === "" ? null : JSON.parse(patch.detail);
        this.dispatched.push({ name: patch.name, detail });
        if (patch.num > 0) this.#dispatch(this.#dom.get(patch.num), patch.name, { detail });
        return;
      }
      case Op.UrlPush:
      case Op.UrlReplace: {
        const url = new URL(this.url);
        for (const [name, value] of patch.pairs) {
          if (value === "") url.searchParams.delete(name);
          else url.searchParams.set(name, value);
        }
        this.url = url;
        return;
      }
      case Op.NavPush:
      case Op.NavReplace:
        this.url = new URL(patch.path, this.url);
        return;
      case Op.Navigate:
        return this.#follow(patch.url);
      case Op.SetTitle:
        this.#dom.inHead("title", "", true)!.textContent = patch.text;
        return;
      case Op.SetMeta:
        if (patch.content === null) this.#dom.inHead("meta", patch.name)?.detach();
        else this.#dom.inHead("meta", patch.name, true)!.attrs.set("content", patch.content);
    }
  }

  /** The page, for a failing test: on lines, shortened. */
  override toString(): string {
    return `Page ${this.url.pathname}\n${shortHtml(this.#dom.roots)}`;
  }
}
