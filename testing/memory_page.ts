/**
 * A page in this process: a document of the kit's own, the client that keeps it, and the server behind it.
 *
 * @module
 */
import { Op } from "../vdom/patch.ts";
import { type Actor, type Follow, perform } from "./actions.ts";
import { Client } from "./client.ts";
import { type FakeClock, turn } from "./clock.ts";
import { Dom } from "./dom.ts";
import type { DomNode } from "./dom_node.ts";
import { type Dispatched, Events } from "./events.ts";
import { type HowLoaded, isPlace, TabHistory } from "./history.ts";
import { Navigation, wayOf } from "./navigation.ts";
import { Page } from "./page.ts";
import type { PageParts } from "./page_parts.ts";
import type { WirePatch } from "./patches.ts";
import type { EventInit } from "./payloads.ts";
import { ORIGIN } from "./server.ts";
import type { Stage } from "./stage.ts";

/** A CustomEvent that the server dispatched. */
export interface DispatchedEvent {
  /** The name. */
  readonly name: string;
  /** The detail. */
  readonly detail: unknown;
}

/** Milliseconds of the clock until a page that lost its connection opens another one. */
const RETRY = 500;
/** Turns of the event loop after which a page that never rests is given up. */
const MAX_TURNS = 2000;
/** Turns for which an action waits for its handler's own awaits. */
const PATIENCE = 10;
/** What is asked where an element says that there are unsaved changes, and no more. */
const UNSAVED = "Leave this page? Changes that you made may not be saved.";

/** A page in this process, with a document of the kit's own. Made by `mount()`. */
export class MemoryPage extends Page {
  /** The time of the page's server and of what its client debounces. */
  declare readonly clock: FakeClock;
  /** The status of the answer that made the page. */
  status = 0;
  /** The headers of that answer. */
  headers: Headers = new Headers();
  /** Where the user or the page would have left the tab's application: other origins, other tabs, downloads. Absolute URLs. */
  readonly left: string[] = [];
  /** CustomEvents that the server dispatched, the oldest first. */
  readonly dispatched: DispatchedEvent[] = [];
  /** @ignore */
  protected readonly stage: Stage;
  readonly #actor: Actor;
  #dom: Dom = new Dom("");
  #client: Client | null = null;
  #navigation: Navigation | null = null;
  readonly #history: TabHistory = new TabHistory();
  #events: Events;
  #focused: DomNode | null = null;
  #javascript: boolean;
  #going: Promise<void> | null = null;
  #unfollow: () => void = () => {};

  /** Use `mount()`. */
  constructor(parts: PageParts & { readonly clock: FakeClock }, javascript: boolean) {
    super(parts);
    this.#javascript = javascript;
    this.#events = new Events(this.clock, (event) => this.#client?.send(event));
    this.#actor = this.#makeActor();
    this.stage = this.#makeStage();
  }

  /** @ignore */
  protected get tree(): Dom {
    return this.#dom;
  }

  /** Whether the page has a connection. */
  get connected(): boolean {
    return this.#client?.connected ?? false;
  }

  /** @ignore */
  protected override waits(): string[] {
    return this.connected ? [...this.#client?.unsettled ?? [], ...this.resources()] : [];
  }

  /** @ignore */
  protected override isCovered(): boolean {
    return this.#client?.covered ?? false;
  }

  /** @ignore */
  protected override sever(): void {
    this.#client?.cut();
  }

  /** @ignore */
  protected override async comeBack(): Promise<void> {
    const client = this.#client;
    if (client?.connected) client.cut();
    await client?.connect();
  }

  /** Connects again: the session goes on, and what waited is sent. @throws {Error} When the page runs without JavaScript. */
  override async reconnect(): Promise<void> {
    if (this.#client === null) throw new Error("Cannot reconnect: the page runs without JavaScript");
    await super.reconnect();
  }

  /** Another page of the same application, with the same cookies, as in another tab. It ends with this one. */
  override async newPage(url: string = this.url.href): Promise<MemoryPage> {
    const page = new MemoryPage(
      { ...this.parts, clock: this.clock, url: this.resolve(url) },
      this.#javascript,
    );
    await page.visit(page.url.href);
    return page;
  }

  /** Turns JavaScript off and loads the page anew: from now on links lead and forms post. */
  async noscript(): Promise<void> {
    this.#javascript = false;
    await this.visit(this.url.href);
  }

  /** @ignore */
  protected override end(): Promise<void> {
    this.#unfollow();
    this.#client?.cut();
    return Promise.resolve();
  }

  // Inside.

  /** @ignore */
  protected override load(url: URL): Promise<void> {
    return this.#load(url, url.href === this.url.href ? "reload" : "push");
  }

  /** @ignore */
  protected override fetch(url: URL, init: RequestInit): Promise<Response> {
    return this.parts.server.request(url, init);
  }

  /** Loads a page: the answer to a request, redirects followed. */
  async #load(to: URL, how: HowLoaded, form?: { fields: [string, string][] }): Promise<void> {
    this.#navigation?.end();
    this.#navigation = null;
    this.#client?.cut();
    this.#client = null;
    this.watch.reset();
    const { url, response } = await this.parts.server.go(to, form?.fields);
    if (response === null) return void this.left.push(url.href);
    url.hash ||= to.hash;
    this.#history.load(url, how);
    this.url = url;
    this.status = response.status;
    this.headers = response.headers;
    await this.#show(await response.text());
  }

  async #show(html: string): Promise<void> {
    this.#unfollow();
    this.#unfollow = this.clock.follow(() => this.rest());
    this.#focused = null;
    this.#dom = new Dom(html);
    this.#events = new Events(this.clock, (event) => this.#client?.send(event));
    if (!this.#javascript || this.#dom.end === null) return;
    const client = this.#client = new Client(this.#dom, this.clock, {
      link: (onCut) => this.network.open(this.watch, onCut),
      path: () => this.url.pathname + this.url.search,
      lost: () => {
        this.clock.after(RETRY, () => {
          if (this.#client === client && this.network.online && !client.connected) {
            this.#going = client.connect();
          }
        });
      },
      open: (socket, token) => this.parts.server.upgrade(socket, new URL("/_vango/live", this.url), token),
      instruct: (patch) => this.#instruct(patch),
      fail: (error) => this.fail(error),
      refused: (sent) => this.#navigation?.refused(sent),
    });
    if (this.#dom.data("nav") !== "") this.#navigation = this.#navigate(client, this.#dom.end);
    if (this.network.online) await client.connect();
  }

  #navigate(client: Client, end: DomNode): Navigation {
    // deno-lint-ignore no-this-alias
    const page = this;
    return new Navigation({
      client,
      end,
      clock: this.clock,
      history: this.#history,
      get url() {
        return page.url;
      },
      set url(url) {
        page.url = url;
      },
      flushWaiting: () => this.#events.flushWaiting(),
      mayLeave: () => this.#mayLeave(),
      load: (url, replace) => this.#go(url, replace),
    });
  }

  /** Has the page of an address loaded, where it is of this application. */
  #go(url: URL, replace: boolean): void {
    if (url.origin !== ORIGIN) this.left.push(url.href);
    else {
      const how = url.href === this.url.href ? "reload" : replace ? "replace" : "push";
      this.#going = this.#load(url, how);
    }
  }

  /** Asks before unsaved changes are lost. Where another document is loaded, the browser has its own words. */
  #mayLeave(loads = false): boolean {
    if (!this.#javascript || this.#client === null) return true;
    const element = [...this.#dom.document.elements()].find((node) => node.attrs.has("data-vango-unsaved"));
    if (element === undefined) return true;
    return this.confirm(loads ? "" : element.attr("data-vango-unsaved") || UNSAVED);
  }

  /** @ignore */
  protected override async travel(by: 1 | -1): Promise<void> {
    const to = this.#history.peek(by);
    if (to === null || to.document !== this.#history.current?.document) {
      if (to !== null && !this.#mayLeave(true)) return;
      return await this.#load(this.#history.move(by).url, "reload");
    }
    const navigation = this.#navigation;
    if (navigation?.leaves(to) && !this.#mayLeave()) return;
    this.#history.move(by);
    if (navigation === null) this.url = to.url;
    else navigation.popped(to);
  }

  /** @ignore */
  protected override async comeToRest(): Promise<void> {
    const { server } = this.parts;
    const begun = performance.now();
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      await turn();
      await this.loaded(begun);
      const going = this.#going;
      if (going !== null) {
        this.#going = null;
        await going;
        continue;
      }
      await server.sealed();
      if (!server.idle) continue;
      const client = this.#client;
      // What the network holds or has lost is not waited for.
      const isPatient = this.network.sound || turns < PATIENCE;
      if (client?.connected) {
        if (!client.isTold && isPatient) continue;
        if (turns < PATIENCE && client.unsettled.length > 0) continue;
      }
      return this.verify();
    }
    throw new Error("The page never rests: it keeps being flushed");
  }

  #makeStage(): Stage {
    // deno-lint-ignore no-this-alias
    const page = this;
    return {
      get focusedNode() {
        return page.#focused;
      },
      has: (node) => page.#dom.has(node),
      act: async (plan) => {
        if (page.closed) throw new Error("Cannot act on a page that was closed");
        for (const [node, action] of plan()) perform(page.#actor, node, action);
        await page.rest();
      },
    };
  }

  #makeActor(): Actor {
    // deno-lint-ignore no-this-alias
    const page = this;
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
      has: (node) => page.#dom.has(node),
      dispatch: (target, type, init = {}) => page.#dispatch(target, type, init),
      follow: (request) => page.#follow(request),
    };
  }

  #dispatch(target: DomNode, type: string, init: EventInit): Dispatched {
    if (this.#javascript) {
      if (type === "focusout") this.#events.flushWaiting();
      this.#client?.touched(target, type);
      if (type === "mouseover" || type === "focusin") this.#navigation?.pointed(target, type === "mouseover");
      return this.#events.dispatch(target, type, init);
    }
    return { handled: false, prevented: false };
  }

  #follow({ url: href, link, click = {}, fields = [], post = false }: Follow): void {
    const url = new URL(href, this.url);
    const way = link === undefined ? "load" : wayOf((name) => link.attr(name), click);
    if (way === "out" || url.origin !== ORIGIN) {
      this.left.push(url.href);
      return;
    }
    if (way === "live" && this.#navigation?.follow(url)) return;
    if (!post && fields.length === 0 && isPlace(url, this.url)) {
      if (url.href !== this.url.href) this.#history.push(url, null);
      this.url = url;
      return;
    }
    if (!post && fields.length > 0) url.search = new URLSearchParams(fields).toString();
    if (this.#mayLeave(true)) this.#going = this.#load(url, "push", post ? { fields } : undefined);
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
        if (patch.op === Op.UrlPush) this.#history.push(url, null);
        else this.#history.replace(url, null);
        this.url = url;
        return;
      }
      case Op.NavPush:
      case Op.NavReplace:
        return this.#navigation?.brought(patch.path, patch.op === Op.NavPush);
      case Op.Navigate: {
        const url = new URL(patch.url, this.url);
        if (this.#navigation === null) this.#go(url, patch.replace);
        else this.#navigation.sentAway(url, patch.replace);
        return;
      }
      case Op.SetTitle:
        this.#dom.inHead("title", "", true)!.textContent = patch.text;
        return;
      case Op.SetMeta:
        if (patch.content === null) this.#dom.inHead("meta", patch.name)?.detach();
        else this.#dom.inHead("meta", patch.name, true)!.attrs.set("content", patch.content);
        return;
      case Op.SetLink:
        if (patch.content === null) this.#dom.inHead("link", patch.name)?.detach();
        else this.#dom.inHead("link", patch.name, true)!.attrs.set("href", patch.content);
    }
  }
}
