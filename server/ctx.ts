/**
 * `useCtx()`: the request, the session and what a component may ask of the browser.
 *
 * One context lives as long as its session. It is found through the owner of the code that runs, or, after an `await` in a
 * handler or a resource, through AsyncLocalStorage.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { AsyncLocalStorage } from "node:async_hooks";
import { batch, follow, getOwner, type ReadonlySignal, Signal } from "../core/mod.ts";
import { Runtime } from "../runtime/runtime.ts";
import { isSignal } from "../vdom/node.ts";
import { Op, type Patch } from "../vdom/patch.ts";
import { parseCookies } from "./cookie.ts";
import { DocumentHead, type HeadKey, headPatch } from "./document_head.ts";
import type { RedirectStatus } from "./http_error.ts";
import type { Composed } from "./middleware.ts";
import type { Params } from "./route_table.ts";
import type { PageMatch } from "./router.ts";
import { type PackedHeaders, unpackHeaders } from "./packed_headers.ts";
import { sharedText } from "./shared_texts.ts";

export { type PackedHeaders, packHeaders } from "./packed_headers.ts";

/** Why code runs that middleware guards. */
export type Phase = "page" | "mount" | "event" | "post" | "navigation" | "prefetch" | "api";

/** What a context needs of the session behind it. */
export interface CtxHost {
  /** Queues an instruction for the browser; kept in order with the patches. */
  instruct(patch: Patch): void;
  /** Shows the page of a path of this application; false when it has none. */
  travel(to: string, replace: boolean): boolean;
  /** The title of documents whose page sets none. */
  readonly title: string;
}

/** How {@linkcode Ctx.navigate} goes. */
export interface NavigateOptions {
  /** Whether the present entry of the history is replaced. Default false. */
  replace?: boolean;
}

/** The session, as the application sees it. */
export interface SessionInfo {
  /** The session's id: unguessable, but no secret that proves anything. */
  readonly id: string;
  /** Values of the session that no signal holds; they live in memory only. */
  readonly data: Map<string, unknown>;
}

const NO_PARAMS: Params = Object.freeze({});
const NO_METAS: ReadonlyMap<string, string> = new Map();

/** The context of a page's session. While the session rests it holds texts: objects are made of them when asked for. */
export class Ctx {
  /** Why the code runs now. */
  phase: Phase = "page";
  /** Where the answer shall lead instead, once {@linkcode navigate} was called before there is a socket. */
  redirect: { url: string; replace: boolean; status: RedirectStatus } | null = null;
  /** The status of the page's answer. Default 200; settable until the page is sent. */
  status = 200;
  /** Whether an error page or a 404 page was shown in the place of the page: wherever one goes, it is made anew. */
  failed = false;
  readonly #id: string;
  #url: URL | string;
  readonly #common: string;
  readonly #cookie: string;
  #headers: Headers | null = null;
  #cookies: ReadonlyMap<string, string> | null = null;
  #session: SessionInfo | null = null;
  #head: DocumentHead | null = null;
  #host: CtxHost | null = null;
  #match: PageMatch | null;
  /** What pages follow of the two above; null until one does. */
  #matched: Signal<PageMatch | null> | null = null;
  #href: Signal<string> | null = null;

  /** Made by the server. */
  constructor(init: {
    url: URL;
    match?: PageMatch | null;
    headers: PackedHeaders;
    session: string;
  }) {
    this.#url = init.url;
    this.#match = init.match ?? null;
    this.#common = init.headers.common;
    this.#cookie = init.headers.cookie;
    this.#id = init.session;
  }

  /** The page's URL, without its fragment. Followed: a view that read it runs again when the page's address has changed. */
  get url(): URL {
    // Only where there are routes does it ever change.
    if (this.#matched !== null) void (this.#href ??= new Signal(String(this.#url))).value;
    return this.#parsed();
  }

  #parsed(): URL {
    return typeof this.#url === "string" ? this.#url = new URL(this.#url) : this.#url;
  }

  /** The params of the page's path; a page gets them as its prop, too. Followed. */
  get params(): Params {
    return (this.#matched === null ? this.#match : this.#matched.value)?.params ?? NO_PARAMS;
  }

  /** The page that the path has. */
  get match(): PageMatch | null {
    return this.#match;
  }

  /** What runs around everything that happens to the page; null when nothing does. */
  get guard(): Composed<Ctx, unknown> | null {
    return this.#match?.place.guard ?? null;
  }

  /** The page that the path has, as a signal. */
  matched(): ReadonlySignal<PageMatch | null> {
    return this.#matched ??= new Signal(this.#match);
  }

  /** The page's path and query. */
  get path(): string {
    if (typeof this.#url !== "string") return this.#url.pathname + this.#url.search;
    const from = this.#url.indexOf("/", this.#url.indexOf("//") + 2);
    const to = this.#url.indexOf("#", from);
    return to < 0 ? this.#url.slice(from) : this.#url.slice(from, to);
  }

  /** The headers of the request that made the page; of a restored session those of its socket's request. */
  get headers(): Headers {
    return this.#headers ??= unpackHeaders({ common: this.#common, cookie: this.#cookie });
  }

  /** The cookies of that request. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies ??= parseCookies(this.headers.get("cookie"));
  }

  /** The session. */
  get session(): SessionInfo {
    return this.#session ??= { id: this.#id, data: new Map() };
  }

  /** Its texts while it rests, for who counts bytes. */
  get packed(): readonly string[] {
    return [String(this.#url), this.#common, this.#cookie];
  }

  /** The application's own values, for who counts bytes; null when there are none. */
  get ownData(): ReadonlyMap<string, unknown> | null {
    return this.#session?.data ?? null;
  }

  /** How many things are said of the document, for who counts bytes; null when nobody ever said one. */
  get headSize(): number | null {
    return this.#head?.size ?? null;
  }

  /** The title of the document now; null when nobody set one. */
  get documentTitle(): string | null {
    return this.#head?.get("title") ?? null;
  }

  /** The metas of the document now, by name. */
  get documentMetas(): ReadonlyMap<string, string> {
    return this.#named("meta ");
  }

  /** The links of the document now, by rel. */
  get documentLinks(): ReadonlyMap<string, string> {
    return this.#named("link ");
  }

  #named(kind: "meta " | "link "): ReadonlyMap<string, string> {
    if (this.#head === null) return NO_METAS;
    const found = new Map<string, string>();
    for (const [key, content] of this.#head.all) {
      if (key.startsWith(kind)) found.set(key.slice(kind.length), content);
    }
    return found;
  }

  /** Makes texts of what was asked for: the page is sent, or its socket open, and most sessions only wait from now on. */
  rest(): void {
    if (typeof this.#url !== "string") this.#url = sharedText(this.#url.href);
    this.#headers = null;
    this.#cookies = null;
  }

  /** Connects the context to its session: instructions go there from now on. */
  attach(host: CtxHost): void {
    this.#host = host;
  }

  /** The URL of a path of this origin; null for what is none. "//host" is a path of ours here, never another origin. */
  resolve(path: string): URL | null {
    const { origin } = this.#parsed();
    if (path[0] !== "/" || !URL.canParse(origin + path)) return null;
    const url = new URL(origin + path);
    return url.origin === origin ? url : null;
  }

  /** A context of the same session at another address, for who decides whether it may go there. It has no browser. */
  at(url: URL, match: PageMatch | null, phase: Phase): Ctx {
    const headers = { common: this.#common, cookie: this.#cookie };
    const there = new Ctx({ url, match, headers, session: this.#id });
    there.#session = this.session;
    there.phase = phase;
    return there;
  }

  /** The page is another one now, or at another address. Who follows either is marked. */
  go(url: URL, match: PageMatch): void {
    this.#url = url;
    this.#match = match;
    this.failed = false;
    // What no component said was about the page before.
    this.#head?.drop(null);
    batch(() => {
      if (this.#matched !== null) this.#matched.value = match;
      if (this.#href !== null) this.#href.value = url.href;
    });
    this.status = match.place.status;
  }

  /**
   * Goes to another page of this origin, or to an absolute URL of http or https. A page of this application is shown in the
   * place of the present one, over the socket; whatever else is loaded. Before there is a socket (first rendering, posted
   * form) it becomes a redirect: 303.
   *
   * Another host must be named with its scheme: `//evil.example` is refused.
   *
   * @throws {TypeError} When `to` is no such URL.
   */
  navigate(to: string, options: NavigateOptions = {}): void {
    const from = this.#parsed();
    const url = URL.canParse(to, from) ? new URL(to, from) : null;
    const own = url !== null && url.origin === from.origin;
    // "//host" and "/\\host" look like paths, and a text from outside may be one: another host is named with its scheme.
    if (url === null || !own && !/^https?:\/\/[^\\\p{Cc}]+$/iu.test(to)) {
      throw coded(
        "E102",
        new TypeError(`Cannot navigate to ${JSON.stringify(to)}: pass a path, or an http or https URL`),
      );
    }
    // "/.//host" is a path of ours, but its normal form "//host" would lead to another origin.
    const path = url.pathname.startsWith("//") ? `/.${url.pathname}` : url.pathname;
    const target = own ? path + url.search + url.hash : url.href;
    const replace = options.replace ?? false;
    const host = this.#host;
    if (host === null) this.redirect = { url: target, replace, status: 303 };
    else if (!own || !host.travel(target, replace)) host.instruct({ op: Op.Navigate, url: target, replace });
  }

  /** Tells a browser that gets the tree whole what the document has besides: what told it so may be lost. */
  tellHead(): void {
    const [head, host] = [this.#head, this.#host];
    if (head === null || host === null) return;
    for (const key of head.keys) host.instruct(headPatch(key, head.get(key), host.title));
  }

  /** Tells a browser whose page came from elsewhere what the document has besides its tree, and where to go. */
  repeat(): void {
    const { redirect } = this;
    this.tellHead();
    this.redirect = null;
    if (redirect !== null) {
      const { url, replace } = redirect;
      this.#host?.instruct({ op: Op.Navigate, url, replace });
    }
  }

  /**
   * Sets the document's title, as long as the component lives that calls it: in setup, an effect or a handler. A signal is
   * followed. The newest counts: a page's stands before that of the layout around it.
   */
  title(title: string | ReadonlySignal<string>): void {
    this.#say("title", title);
  }

  /** Sets the content of a `<meta name>` likewise; null: there is none. A name with a colon (`og:title`) is a `property`. */
  meta(name: string, content: string | null | ReadonlySignal<string | null>): void {
    this.#say(`meta ${name}`, content);
  }

  /**
   * Sets the address of a `<link rel>` likewise: "canonical", "alternate", "icon", "prev"; null: there is none.
   *
   * @throws {TypeError} When it would load a style or a script ("stylesheet", "modulepreload"): those belong to `head`.
   */
  link(rel: string, href: string | null | ReadonlySignal<string | null>): void {
    if (/\b(stylesheet|modulepreload|import|manifest)\b/i.test(rel)) {
      throw coded(
        "E117",
        new TypeError(
          `Cannot set a link of rel ${rel} for a page: put it into the option "head" of createApp()`,
        ),
      );
    }
    this.#say(`link ${rel}`, href);
  }

  #say(key: HeadKey, content: string | null | ReadonlySignal<string | null>): void {
    const owner = getOwner();
    const head = this.#head ??= new DocumentHead((key, content) =>
      this.#host?.instruct(headPatch(key, content, this.#host.title))
    );
    if (!isSignal(content)) return head.set(owner, key, content);
    head.set(owner, key, content.peek() as string | null);
    if (owner !== null) follow(() => head.set(owner, key, content.value as string | null));
  }

  /**
   * Dispatches a CustomEvent on the document. Nothing happens before there is a socket.
   *
   * @throws {TypeError} When JSON cannot carry `detail`.
   */
  dispatch(name: string, detail: unknown = null): void {
    const json = JSON.stringify(detail);
    if (json === undefined) {
      throw coded("E056", new TypeError(`Cannot dispatch ${name}: JSON cannot carry its detail`));
    }
    this.#host?.instruct({ op: Op.Dispatch, num: 0, name, detail: json });
  }

  /** Scrolls the window, in CSS pixels. */
  scrollTo(x: number, y: number, options: { smooth?: boolean } = {}): void {
    this.#host?.instruct({
      op: Op.ScrollTo,
      num: 0,
      x: Math.round(x),
      y: Math.round(y),
      smooth: options.smooth ?? false,
    });
  }
}

/** Whose code runs, where it is not known from the start: a socket's events run in its cell, which its hello fills. */
export interface CtxCell {
  /** The context of the session; null while there is none. */
  ctx: Ctx | null;
}

const storage: AsyncLocalStorage<CtxCell> = new AsyncLocalStorage();

/**
 * Runs a function so that {@linkcode useCtx} finds the context, in what it awaits too. Costs next to nothing where the
 * context is that of the cell already, which it is for a socket's events and for the flush that they schedule.
 */
export function runWithCtx<T>(ctx: Ctx, fn: () => T): T {
  return storage.getStore()?.ctx === ctx ? fn() : storage.run({ ctx }, fn);
}

/** What follows from now on, awaits of whoever called included, runs in a cell. */
export function enterCell(cell: CtxCell): void {
  storage.enterWith(cell);
}

/**
 * The context of the page whose code runs: in setup, views, effects, handlers, resources, and after their awaits.
 *
 * @throws {Error} When no page's code runs.
 *
 * ```ts
 * import { component, useCtx } from "@vango/core";
 * import { p } from "@vango/core/elements";
 *
 * const Where = component(() => {
 *   const ctx = useCtx();
 *   return () => p("You are at ", ctx.url.pathname);
 * });
 * ```
 */
export function useCtx(): Ctx {
  const scope = getOwner()?.scope;
  if (scope instanceof Runtime && scope.context instanceof Ctx) return scope.context;
  const ctx = storage.getStore()?.ctx ?? null;
  if (ctx === null) {
    throw coded(
      "E001",
      new Error("Cannot use useCtx() here: call it in the setup, view, effect or handler of a component"),
    );
  }
  return ctx;
}
