/**
 * Live navigation of a page with the kit's own document: what the browser's third script does (client/nav.ts), without scroll,
 * focus and announcements.
 *
 *     link ─► nothing to lose? ─► event 70 up ─► NavPush, NavReplace: the history ─► …
 *               └─ no connection, no answer, refused, Navigate ─► the page is loaded
 *
 * @module
 */
import { NAVIGATE_EVENT, PREFETCH_EVENT } from "../vdom/event_table.ts";
import type { WirePayload } from "../protocol/mod.ts";
import type { Stop } from "../server/clock.ts";
import type { Client } from "./client.ts";
import type { FakeClock } from "./clock.ts";
import type { DomNode } from "./dom_node.ts";
import type { OutEvent, Sent } from "./events.ts";
import { type Entry, isPlace, pathOf, type TabHistory } from "./history.ts";

/** Milliseconds of the clock that an answer may take. */
const PATIENCE = 8_000;
/** Milliseconds that a link is pointed at before its page is asked for. */
const HOVER = 65;
/** How long the server keeps a page ready. */
const FRESH = 30_000;

/** What navigation asks of its page. */
export interface NavigationHost {
  /** The time. */
  readonly clock: FakeClock;
  /** The history of the tab. */
  readonly history: TabHistory;
  /** Where the page is. */
  url: URL;
  /** The element that stands for the document in events. */
  readonly end: DomNode;
  /** The connection. */
  readonly client: Client;
  /** Sends what is debounced. */
  flushWaiting(): void;
  /** Asks the user before unsaved changes are left; true to go on. */
  mayLeave(): boolean;
  /** Loads an address. */
  load(url: URL, replace: boolean): void;
}

interface Visit {
  readonly sent: Sent;
  readonly url: URL;
  readonly replace: boolean;
  /** Ends its patience. */
  readonly stop: Stop;
  /** Whether a page has come. */
  met: boolean;
}

/** The navigation of one document. */
export class Navigation {
  readonly #host: NavigationHost;
  #visit: Visit | null = null;
  readonly #asked: Map<string, number> = new Map();

  /** Of a document with routes. */
  constructor(host: NavigationHost) {
    this.#host = host;
  }

  /** A link of this origin, or a script, leads somewhere; false when that is the browser's to do. */
  follow(url: URL): boolean {
    const { client } = this.#host;
    if (!client.connected || isPlace(url, this.#host.url)) return false;
    if (this.#host.mayLeave()) this.#go(url, false);
    return true;
  }

  /** The user went through the history, to an entry of this document. */
  popped(entry: Entry): void {
    const leaves = this.leaves(entry);
    this.#host.url = entry.url;
    if (leaves) this.#go(entry.url, true);
  }

  /** Whether that would leave the page, so that the user is to be asked. */
  leaves(entry: Entry): boolean {
    this.#settle();
    return pathOf(entry.url) !== pathOf(this.#host.url) || this.#visit !== null;
  }

  #go(url: URL, replace: boolean): void {
    const { client, clock, load } = this.#host;
    replace ||= url.href === this.#host.url.href;
    if (!client.connected) return load(url, replace);
    this.#host.flushWaiting();
    this.end();
    const sent = this.#send("navigate", NAVIGATE_EVENT, { path: pathOf(url) + url.hash, replace });
    const stop = clock.after(PATIENCE, () => {
      if (this.#visit?.sent !== sent) return;
      if (this.#visit.met) this.end();
      else this.#load(url, replace);
    });
    this.#visit = { sent, url, replace, stop, met: false };
  }

  #send(type: string, code: number, payload: WirePayload): Sent {
    const node = this.#host.end;
    const event: OutEvent = { node, target: node, token: { type, code, family: "", options: NONE }, payload };
    return this.#host.client.send(event);
  }

  #load(url: URL, replace: boolean): void {
    this.end();
    this.#host.load(url, replace);
  }

  /** The navigation that goes on is over: another one follows, or the page is left. */
  end(): void {
    const visit = this.#visit;
    if (visit === null) return;
    visit.stop();
    this.#host.client.forget(visit.sent);
    this.#visit = null;
  }

  /** The server says where the browser is. */
  brought(path: string, isPush: boolean): void {
    const host = this.#host;
    this.#settle();
    const visit = this.#visit;
    // The answer to one that another has followed: the history waits for the last.
    if (visit !== null && host.client.queued(visit.sent)) return;
    const adds = isPush && !visit?.met;
    if (visit !== null) visit.met = true;
    const url = new URL(visit === null || path.includes("#") ? path : path + visit.url.hash, host.url);
    if (adds) host.history.push(url, null);
    else host.history.replace(url, null);
    host.url = url;
  }

  /** The server says that a page is to be loaded. */
  sentAway(url: URL, replace: boolean): void {
    this.#settle();
    replace ||= this.#visit?.replace ?? false;
    this.#load(url, replace);
  }

  /** The server refused an event. */
  refused(sent: Sent): void {
    if (this.#visit?.sent === sent) this.#load(this.#visit.url, this.#visit.replace);
  }

  /** A navigation whose page is there is over when the server has settled it. */
  #settle(): void {
    if (this.#visit?.met && this.#host.client.settled(this.#visit.sent)) this.end();
  }

  /** An element is pointed at or has the focus: a link in or around it may want its page made ready. */
  pointed(element: DomNode, later: boolean): void {
    const { clock, client } = this.#host;
    const link = element.closest((at) => at.attr("data-prefetch") === "hover" && at.attrs.has("href"));
    if (link === null || wayOf((name) => link.attr(name), {}) !== "live") return;
    const url = new URL(link.attr("href")!, this.#host.url);
    const path = pathOf(url);
    const ask = () => {
      const last = this.#asked.get(path) ?? -Infinity;
      if (!client.connected || path === pathOf(this.#host.url) || clock.now() - last < FRESH) return;
      this.#asked.set(path, clock.now());
      this.#send("prefetch", PREFETCH_EVENT, { path });
    };
    if (url.origin !== this.#host.url.origin) return;
    if (later) clock.after(HOVER, ask);
    else ask();
  }
}

const NONE: ReadonlyMap<string, string> = new Map();

/** How a link leads: by the client, by the browser in this tab, or out of it. `attr` gives its attributes. */
export function wayOf(
  attr: (name: string) => string | null,
  click: Readonly<Record<string, unknown>>,
): "live" | "load" | "out" {
  const held = click.ctrlKey || click.metaKey || click.shiftKey || click.altKey;
  const target = attr("target") ?? "";
  if (held || !/^(_self|_top|_parent|)$/i.test(target) || attr("download") !== null) return "out";
  const isPlain = /^(_self|)$/i.test(target) && attr("data-reload") === null;
  return isPlain && !/(^|\s)external(\s|$)/i.test(attr("rel") ?? "") ? "live" : "load";
}
