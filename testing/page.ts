/**
 * A page under test, whatever shows it: the kit's own document, a window of happy-dom, a browser.
 *
 *     act: event ─► server ─► handler ─► flush ─► frame ─► document ─► the action resolves
 *
 * @module
 */
import { checkInStep } from "./check.ts";
import { FakeClock, moment, turn } from "./clock.ts";
import type { DomNode } from "./dom_node.ts";
import { ElementHandle } from "./handle.ts";
import { shortHtml, toHtml, toText } from "./html.ts";
import { Network } from "./network.ts";
import { Queries } from "./queries.ts";
import { ORIGIN, type RestartOptions, type TestLog } from "./server.ts";
import type { PageParts } from "./page_parts.ts";
import { requestInit, type RequestOptions } from "./requests.ts";
import type { Stage } from "./stage.ts";
import type { TestClock } from "./test_clock.ts";
import type { Tree } from "./tree.ts";
import { Watch } from "./watch.ts";

/** Real milliseconds that {@linkcode Page.settled} waits by default. */
const SETTLE_MS = 5000;
/** Real milliseconds that an action waits for what the page of a navigation loads. */
const HOLD_MS = 1000;
/** Real milliseconds that {@linkcode Page.waitFor} waits by default. */
const WAIT_MS = 1000;

/**
 * A page under test. `mount()`, `mountDom()` and `mountBrowser()` make one; a test that takes a `Page` runs with each.
 *
 * What is read is the page as the last action or wait left it.
 */
export abstract class Page extends Queries implements AsyncDisposable {
  /** The time of the page and its server: it stands still until it is advanced, but in a browser, where it is the machine's. */
  readonly clock: TestClock;
  /** What is wrong with the connection. */
  readonly network: Network;
  /** The URL now. */
  url: URL;
  /**
   * Answers for the user what the page asks before unsaved changes are left: true to leave. Where the browser itself asks, before
   * another document is loaded, the text is "". A question that nobody answers fails the call during which it came.
   */
  onConfirm: ((message: string) => boolean) | null = null;
  /** What the page asked, the oldest first. */
  readonly asked: string[] = [];
  /** What went wrong and nothing caught, the oldest first. */
  readonly errors: unknown[] = [];
  /** @ignore */
  protected readonly parts: PageParts;
  /** @ignore */
  protected readonly watch: Watch = new Watch();
  /** @ignore */
  protected closed = false;
  #thrown = 0;

  /** Use `mount()`, `mountDom()` or `mountBrowser()`. */
  constructor(parts: PageParts) {
    super();
    this.parts = parts;
    this.clock = parts.clock;
    this.url = parts.url;
    this.network = new Network(parts.server.clock, () => this.rest());
    parts.group.push(this);
  }

  // What each kind of page has its own of.

  /** @ignore */
  protected abstract readonly tree: Tree;
  /** @ignore */
  protected abstract readonly stage: Stage;
  /** Whether the page has a connection. */
  abstract readonly connected: boolean;
  /**
   * Loads an address; the one that is shown: anew.
   *
   * @ignore
   */
  protected abstract load(url: URL): Promise<void>;
  /**
   * Goes through the history.
   *
   * @ignore
   */
  protected abstract travel(by: 1 | -1): Promise<void>;
  /**
   * Sends a request.
   *
   * @ignore
   */
  protected abstract fetch(url: URL, init: RequestInit): Promise<Response>;
  /**
   * Waits until nothing of this page moves.
   *
   * @ignore
   */
  protected abstract comeToRest(): Promise<void>;
  /**
   * What is still to be waited for, in words.
   *
   * @ignore
   */
  protected abstract waits(): string[];
  /**
   * Whether optimistic changes may stand above what the server said.
   *
   * @ignore
   */
  protected abstract isCovered(): boolean;
  /** @ignore */
  protected abstract sever(): void;
  /**
   * Connects again.
   *
   * @ignore
   */
  protected abstract comeBack(): Promise<void>;
  /**
   * Ends this page's own part.
   *
   * @ignore
   */
  protected abstract end(): Promise<void>;
  /** Another page of the same application, with the same cookies, as in another tab. It ends with this one. */
  abstract newPage(url?: string): Promise<Page>;

  /** @ignore */
  protected override roots(): readonly DomNode[] {
    return this.tree.roots;
  }

  /** @ignore */
  protected override handle(node: DomNode, again: () => DomNode | null, what: string): ElementHandle {
    return new ElementHandle(this.stage, node, again, what);
  }

  // Reading.

  /** The HTML of the page's tree, without what the framework adds for itself. */
  html(): string {
    return toHtml(this.tree.roots);
  }
  /** The text that a user reads; white space is one space. */
  text(): string {
    return toText(this.tree.roots);
  }
  /** The document's title. */
  get title(): string {
    return this.tree.inHead("title")?.textContent ?? "";
  }
  /** The content of a `<meta name>`; null when there is none. */
  meta(name: string): string | null {
    return this.tree.inHead("meta", name)?.attr("content") ?? null;
  }
  /** The element that has the focus, or null. */
  get focused(): ElementHandle | null {
    const { focusedNode: node } = this.stage;
    return node && this.handle(node, () => null, "the element that had the focus");
  }
  /** How many frames with changes came since the page was loaded, and how often the whole tree came anew. */
  get traffic(): { frames: number; resyncs: number } {
    return { frames: this.watch.frames, resyncs: this.watch.resyncs };
  }
  /** What the application logged, the oldest first. */
  get logs(): readonly TestLog[] {
    return this.parts.server.logs;
  }

  // Time and connection.

  /** Waits until every handler and resource is done and the page shows what came of it. @throws {Error} When that takes longer than `timeout` real milliseconds (5000). */
  async settled(timeout: number = SETTLE_MS): Promise<void> {
    const end = performance.now() + timeout;
    await this.rest();
    for (let waits = this.waits(); waits.length > 0; waits = this.waits()) {
      if (performance.now() > end) {
        throw new Error(`The page did not settle within ${timeout} ms. It waits for ${waits.join("; ")}`);
      }
      await turn();
      await this.rest();
    }
  }

  /**
   * Calls a function until it no longer throws, and gives what it gives: for what the page does of itself, such as widgets.
   *
   * @throws What the function threw last, when that took longer than `timeout` real milliseconds (1000).
   */
  async waitFor<T>(check: () => T, timeout: number = WAIT_MS): Promise<T> {
    const end = performance.now() + timeout;
    while (true) {
      await this.rest();
      try {
        return check();
      } catch (error) {
        if (performance.now() > end) throw error;
      }
      await turn();
    }
  }

  /** Cuts the connection and lets none be opened: what the user does from now on waits. */
  async disconnect(): Promise<void> {
    this.network.online = false;
    this.sever();
    await this.rest();
  }

  /** Connects again: the session goes on, and what waited is sent. */
  async reconnect(): Promise<void> {
    this.network.online = true;
    this.sever();
    await this.comeBack();
    await this.rest();
  }

  /**
   * Ends the server's process, starts another one and connects to it: state comes back from the sealed snapshot that the
   * page holds. By default the old process takes its leave, as in a deploy, and gives a connected page a fresh one. With
   * `crash` it just ends: snapshots are due 500 ms after a change, so a change right before is lost. For one that shall
   * survive, write `await page.clock.advance(1000)` first.
   */
  async restart(options: RestartOptions = {}): Promise<void> {
    const { crash = false } = options;
    const { group, server } = this.parts;
    if (crash) { for (const page of group) page.sever(); }
    await server.restart(crash);
    await turn();
    for (const page of group) {
      page.network.online = true;
      await page.comeBack();
    }
    await this.rest();
  }

  /** Loads the page anew. */
  async reload(): Promise<void> {
    await this.visit(this.url.href);
  }

  /** Goes to another page of the application, as if its address were typed: the page is loaded, even where a link would be followed live. */
  async visit(url: string): Promise<void> {
    this.network.online = true;
    await this.load(new URL(url, this.url));
    await this.rest();
  }

  /** Goes back, as by the browser's button. @throws {Error} When this is where the history begins. */
  async back(): Promise<void> {
    await this.travel(-1);
    await this.rest();
  }

  /** Goes forward again. @throws {Error} When this is where the history ends. */
  async forward(): Promise<void> {
    await this.travel(1);
    await this.rest();
  }

  /**
   * Sends a request as a script of the page would: with its cookies and its origin, redirects followed. `json` is sent as JSON.
   * What it changes in the page is there when the promise resolves.
   *
   * ```ts
   * import type { Page } from "@vango/core/testing";
   *
   * export const add = (page: Page): Promise<Response> =>
   *   page.request("/api/sums", { method: "POST", json: { a: 1, b: 2 } });
   * ```
   */
  async request(url: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.fetch(this.resolve(url), requestInit(options));
    await this.rest();
    return response;
  }

  /** Gives a mounted component other props: those named replace the ones before. @throws {TypeError} When no component was mounted. */
  async setProps(props: object): Promise<void> {
    this.parts.setProps(props);
    await this.rest();
  }

  /** Waits until what was marked outside of the page (a signal that a test wrote) is in the page. */
  async flushed(): Promise<void> {
    await this.rest();
  }

  /** Ends the page; of the first one also its server: components are cleaned up, faked globals are given back. */
  async close(): Promise<void> {
    if (this.closed) return;
    const { group, server, clock } = this.parts;
    const isFirst = group[0] === this;
    for (const page of isFirst ? [...group].reverse() : [this]) {
      if (page.closed) continue;
      page.closed = true;
      await page.end();
    }
    if (!isFirst) return void group.splice(group.indexOf(this), 1);
    await server.close();
    clock[Symbol.dispose]();
  }

  /** See {@linkcode close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  // Inside.

  /**
   * Asks the user.
   *
   * @ignore
   */
  protected confirm(message: string): boolean {
    this.asked.push(message);
    if (this.onConfirm !== null) return this.onConfirm(message);
    this.fail(new Error(`The page asks ${JSON.stringify(message)}, and nobody answers: set page.onConfirm`));
    return false;
  }

  /** Takes an error. Not for tests. */
  fail(error: unknown): void {
    this.errors.push(error);
  }

  /**
   * Waits until nothing moves: events were answered, marks flushed, pages loaded. Of every page of the group, since what one
   * does may concern another.
   *
   * @ignore
   */
  protected async rest(): Promise<void> {
    for (const page of this.parts.group) if (!page.closed) await page.comeToRest();
    for (const page of this.parts.group) page.#throwErrors();
  }

  /**
   * Compares the page with a fresh rendering, once everything that the server sent is in it.
   *
   * @ignore
   */
  protected verify(): void {
    if (!this.parts.verify || !this.connected || this.isCovered()) return;
    const session = this.parts.server.session(this.watch.session);
    if (session !== null && this.watch.last === session.outbox.lastSeq) checkInStep(this.tree, session);
  }

  /**
   * Waits while the server waits with its frames for what the page of a navigation loads: that takes real time.
   *
   * @ignore
   */
  protected async loaded(since: number): Promise<void> {
    const { clock, network, parts, watch } = this;
    if (clock instanceof FakeClock && clock.global) return;
    const holds = () => {
      const session = parts.server.session(watch.session);
      return network.online && session !== null && session.wire !== null && session.holds;
    };
    while (holds() && performance.now() < since + HOLD_MS) await moment();
  }

  /**
   * What the server still works on for this page.
   *
   * @ignore
   */
  protected resources(): string[] {
    const count = this.parts.server.session(this.watch.session)?.runtime.waits.size ?? 0;
    return count === 0 ? [] : [`${count} resource${count === 1 ? "" : "s"}`];
  }

  /**
   * A URL that this page goes to.
   *
   * @ignore
   */
  protected resolve(url: string): URL {
    return new URL(url, this.url.href === "about:blank" ? ORIGIN : this.url);
  }

  #throwErrors(): void {
    if (this.#thrown === this.errors.length) return;
    const error = this.errors[this.#thrown];
    this.#thrown = this.errors.length;
    if (this.parts.throwErrors) throw error;
  }

  /** The page, for a failing test: on lines, shortened. */
  override toString(): string {
    return `Page ${this.url.pathname}\n${shortHtml(this.tree.roots)}`;
  }
}
