/**
 * `useCtx()`: the request, the session and what a component may ask of the browser.
 *
 * One context lives as long as its session. It is found through the owner of the code that runs, or, after an `await` in a
 * handler or a resource, through AsyncLocalStorage.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { effect, getOwner, type ReadonlySignal } from "../core/mod.ts";
import { Runtime } from "../runtime/runtime.ts";
import { isSignal } from "../vdom/node.ts";
import { Op, type Patch } from "../vdom/patch.ts";
import { parseCookies } from "./cookie.ts";
import { sharedText } from "./shared_texts.ts";

/** Why code runs that middleware guards. */
export type Phase = "page" | "mount" | "event" | "post";

/** What a context needs of the session behind it. */
export interface CtxHost {
  /** Queues an instruction for the browser; kept in order with the patches. */
  instruct(patch: Patch): void;
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

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
const NO_METAS: ReadonlyMap<string, string> = new Map();

/** Headers as texts, since an object of them takes eight times as much. */
export interface PackedHeaders {
  /** A line for each but the cookies, name and value: one text for all sessions for which it is the same. */
  readonly common: string;
  /** The cookies, which are one browser's own; "" when there are none. */
  readonly cookie: string;
}

/** Packs headers. */
export function packHeaders(headers: Headers): PackedHeaders {
  const common = [...headers].filter(([name]) => name !== "cookie");
  // join() gives a flat text, where adding up would keep every piece of it.
  const text = common.map((pair) => pair.join(":")).join("\n");
  return { common: sharedText(text), cookie: headers.get("cookie") ?? "" };
}

function unpackHeaders({ common, cookie }: PackedHeaders): Headers {
  const headers = new Headers();
  for (const line of common.split("\n")) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1));
  }
  if (cookie !== "") headers.append("cookie", cookie);
  return headers;
}

/** The context of a page's session. While the session rests it holds texts: objects are made of them when asked for. */
export class Ctx {
  /** Parameters of the route. */
  readonly params: Readonly<Record<string, string>>;
  /** Why the code runs now. */
  phase: Phase = "page";
  /** The title of the document now; null when nobody set one. */
  documentTitle: string | null = null;
  /** Where the answer shall lead instead, once {@linkcode navigate} was called before there is a socket. */
  redirect: { url: string; replace: boolean } | null = null;
  /** The status of the page's answer. Default 200; settable until the page is sent. */
  status = 200;
  readonly #id: string;
  #url: URL | string;
  readonly #common: string;
  readonly #cookie: string;
  #headers: Headers | null = null;
  #cookies: ReadonlyMap<string, string> | null = null;
  #session: SessionInfo | null = null;
  #metas: Map<string, string> | null = null;
  #host: CtxHost | null = null;

  /** Made by the server. */
  constructor(init: {
    url: URL;
    params?: Record<string, string>;
    headers: PackedHeaders;
    session: string;
  }) {
    this.#url = init.url;
    this.params = init.params ?? NO_PARAMS;
    this.#common = init.headers.common;
    this.#cookie = init.headers.cookie;
    this.#id = init.session;
  }

  /** The page's URL. */
  get url(): URL {
    return typeof this.#url === "string" ? this.#url = new URL(this.#url) : this.#url;
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

  /** The metas of the document now, by name. */
  get documentMetas(): ReadonlyMap<string, string> {
    return this.#metas ?? NO_METAS;
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

  /**
   * Goes to another page of this origin, or to an absolute URL of http or https. Before there is a socket (first rendering,
   * posted form) it becomes a redirect: 303.
   *
   * @throws {TypeError} When `to` is no such URL.
   */
  navigate(to: string, options: NavigateOptions = {}): void {
    const url = URL.canParse(to, this.url) ? new URL(to, this.url) : null;
    if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
      throw new TypeError(`Cannot navigate to ${JSON.stringify(to)}: pass a path, or an http or https URL`);
    }
    // "/.//host" is a path of ours, but its normal form "//host" would lead to another origin.
    const path = url.pathname.startsWith("//") ? `/.${url.pathname}` : url.pathname;
    const target = url.origin === this.url.origin ? path + url.search + url.hash : url.href;
    const replace = options.replace ?? false;
    if (this.#host === null) this.redirect = { url: target, replace };
    else this.#host.instruct({ op: Op.Navigate, url: target, replace });
  }

  /** Tells a browser whose page came from elsewhere what the document has besides its tree, and where to go. */
  repeat(): void {
    const { documentTitle, documentMetas, redirect } = this;
    if (documentTitle !== null) this.#host?.instruct({ op: Op.SetTitle, text: documentTitle });
    for (const [name, content] of documentMetas) this.#host?.instruct({ op: Op.SetMeta, name, content });
    this.redirect = null;
    if (redirect !== null) this.#host?.instruct({ op: Op.Navigate, ...redirect });
  }

  /** Sets the document's title. A signal is followed. Call it in setup, an effect or a handler. */
  title(title: string | ReadonlySignal<string>): void {
    if (typeof title !== "string") {
      this.#setTitle(title.peek());
      if (getOwner() !== null) effect(() => this.#setTitle(title.value));
    } else this.#setTitle(title);
  }

  #setTitle(text: string): void {
    if (this.documentTitle === text) return;
    this.documentTitle = text;
    this.#host?.instruct({ op: Op.SetTitle, text });
  }

  /** Sets the content of a `<meta name>`; null removes it. A signal is followed. */
  meta(name: string, content: string | null | ReadonlySignal<string | null>): void {
    if (isSignal(content)) {
      this.#setMeta(name, content.peek() as string | null);
      if (getOwner() !== null) effect(() => this.#setMeta(name, content.value as string | null));
    } else this.#setMeta(name, content as string | null);
  }

  #setMeta(name: string, content: string | null): void {
    if ((this.documentMetas.get(name) ?? null) === content) return;
    if (content === null) this.#metas?.delete(name);
    else (this.#metas ??= new Map()).set(name, content);
    this.#host?.instruct({ op: Op.SetMeta, name, content });
  }

  /**
   * Dispatches a CustomEvent on the document. Nothing happens before there is a socket.
   *
   * @throws {TypeError} When JSON cannot carry `detail`.
   */
  dispatch(name: string, detail: unknown = null): void {
    const json = JSON.stringify(detail);
    if (json === undefined) throw new TypeError(`Cannot dispatch ${name}: JSON cannot carry its detail`);
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
    throw new Error("Cannot use useCtx() here: call it in the setup, view, effect or handler of a component");
  }
  return ctx;
}
