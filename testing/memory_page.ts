/**
 * A page in this process: a document of the kit's own, the client that keeps it, and the server behind it.
 *
 * @module
 */
import { Op } from "../vdom/patch.ts";
import { type Actor, perform } from "./actions.ts";
import { Client } from "./client.ts";
import { type FakeClock, turn } from "./clock.ts";
import { Dom } from "./dom.ts";
import type { DomNode } from "./dom_node.ts";
import { type Dispatched, Events } from "./events.ts";
import { Page, type PageParts } from "./page.ts";
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
/** A page in this process, with a document of the kit's own. Made by `mount()`. */
export class MemoryPage extends Page {
  /** The time of the page's server and of what its client debounces. */
  declare readonly clock: FakeClock;
  /** The status of the answer that made the page. */
  status = 0;
  /** The headers of that answer. */
  headers: Headers = new Headers();
  /** Where the page was told to go that is not of this application: absolute URLs. */
  readonly left: string[] = [];
  /** CustomEvents that the server dispatched, the oldest first. */
  readonly dispatched: DispatchedEvent[] = [];
  /** @ignore */
  protected readonly stage: Stage;
  readonly #actor: Actor;
  #dom: Dom = new Dom("");
  #client: Client | null = null;
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
    await page.reload();
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
    return this.#load(url);
  }

  /** Loads a page: the answer to a request, redirects followed. */
  async #load(to: URL, form?: { fields: [string, string][] }): Promise<void> {
    this.#client?.cut();
    this.#client = null;
    this.watch.reset();
    const { url, response } = await this.parts.server.go(to, form?.fields);
    if (response === null) return void this.left.push(url.href);
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
    });
    await client.connect();
  }

  /** @ignore */
  protected override async comeToRest(): Promise<void> {
    const { server } = this.parts;
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      await turn();
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
      follow: ({ url, fields, post }) => page.#follow(url, fields, post ?? false),
    };
  }

  #dispatch(target: DomNode, type: string, init: EventInit): Dispatched {
    if (this.#javascript) {
      if (type === "focusout") this.#events.flushWaiting();
      this.#client?.touched(target, type);
      return this.#events.dispatch(target, type, init);
    }
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
}
