/**
 * Navigation over the socket: another page takes the place of the present one, and only what differs is patched.
 *
 *     navigate(path) ─► canonical ─► page? ─► middleware, redirects (10 at most) ─► the session is there ─► frame
 *                           │           └─ none ─┐         └─ answered by itself
 *                           └─ wrong ────────────┴───────────────────────────────► a full load: HTTP answers
 *
 * What the page starts to load has a while to come, so that it is in the same frame. Of two navigations the later one counts.
 *
 * @module
 */
import { canonicalPath, RouteError } from "../router/mod.ts";
import { Op } from "../vdom/patch.ts";
import type { PageState } from "../runtime/snapshot.ts";
import type { Clock } from "./clock.ts";
import { MAX_ADDRESS } from "./connection.ts";
import type { Ctx } from "./ctx.ts";
import { runWithCtx } from "./ctx.ts";
import { VangoError } from "./errors.ts";
import { HttpError, Redirect } from "./http_error.ts";
import { type Limits, TokenBucket } from "./limits.ts";
import { Prefetched, renderAside } from "./prefetch.ts";
import { isPlain, type PageMatch, type Routes } from "./router.ts";
import type { StaticFiles } from "./static.ts";
import type { Patch } from "../vdom/patch.ts";

/** Redirects that one navigation follows. */
const MAX_REDIRECTS = 10;

/** How often the application's own code may lead on while no event comes: pages that lead to each other would never end. */
const LEAD_RATE = { perSecond: 10, burst: 20 };

/** What navigation needs of a session. */
export interface Traveller {
  /** Where it is. */
  readonly ctx: Ctx;
  /** Whether it is over. */
  readonly closed: boolean;
  /** The number of the last event that came. */
  readonly received: number;
  /** Whether the page failed, and something else is shown. */
  readonly failed: boolean;
  /** Queues an instruction for the browser. */
  instruct(patch: Patch): void;
  /** Gives what is made from now on, until the next frame, its state. */
  offer(state: PageState | null): void;
  /** Frames wait for what the page loads from now on. */
  hold(ms: number): void;
}

/** A place that was found. */
interface Target {
  readonly url: URL;
  readonly match: PageMatch;
}

/** Takes the sessions of one application from page to page. */
export class Navigator {
  readonly #routes: Routes;
  readonly #files: StaticFiles | null;
  readonly #limits: Limits;
  readonly #prefetched: Prefetched;
  /** The newest navigation of each session. */
  readonly #newest: WeakMap<Traveller, object> = new WeakMap();
  /** What the application's code may still do, of those sessions that it led on since their last event. */
  readonly #leads: WeakMap<Traveller, { after: number; rate: TokenBucket }> = new WeakMap();
  readonly #clock: Clock;

  /** Navigates among routes. */
  constructor(routes: Routes, limits: Limits, clock: Clock, files: StaticFiles | null = null) {
    this.#routes = routes;
    this.#files = files;
    this.#limits = limits;
    this.#clock = clock;
    this.#prefetched = new Prefetched(clock);
  }

  /** Whether there is anywhere to go. */
  get live(): boolean {
    return this.#routes.live;
  }

  /** Whether a path, with query and fragment, has a page, or something that is shown instead. */
  knows(session: Traveller, to: string): boolean {
    return this.live && this.#find(session.ctx, to) !== null;
  }

  /**
   * Goes where the application's own code leads, as {@linkcode go}.
   *
   * @throws {VangoError} "redirects", too, when it leads on and on although nobody does anything.
   */
  lead(session: Traveller, to: string, replace: boolean): Promise<void> {
    const after = session.received;
    let lead = this.#leads.get(session);
    if (lead?.after !== after) {
      this.#leads.set(session, lead = { after, rate: new TokenBucket(LEAD_RATE) });
    }
    if (lead.rate.take(this.#clock.monotonic())) return this.go(session, to, replace);
    return Promise.reject(
      new VangoError("redirects", `Cannot go to ${to}: pages led on ${LEAD_RATE.burst} times at once`, {
        hint: "Look for pages that lead to each other: navigate() in setup, view or effect.",
      }),
    );
  }

  /**
   * Goes to a path of this origin, with query and fragment. The browser is told to load what is no page.
   *
   * @throws {VangoError} "redirects": more than ten. Whatever a middleware throws.
   */
  async go(session: Traveller, to: string, replace: boolean): Promise<void> {
    if (session.closed) return;
    const turn = {};
    this.#newest.set(session, turn);
    let target = this.#find(session.ctx, to);
    let load = to;
    for (let redirects = 0; target !== null; redirects++) {
      if (this.#mayBeFile(target)) {
        const file = await this.#isFile(target);
        if (session.closed || this.#newest.get(session) !== turn) return;
        if (file) break;
      }
      const { guard } = target.match.place;
      if (guard === null) return this.#arrive(session, target, replace);
      if (redirects > MAX_REDIRECTS) {
        throw new VangoError(
          "redirects",
          `Cannot go to ${to}: it was redirected more than ${MAX_REDIRECTS} times`,
          {
            hint: "Look for middleware that leads to pages which lead back.",
          },
        );
      }
      const there = session.ctx.at(target.url, target.match, "navigation");
      const passed = await passes(there);
      if (session.closed || this.#newest.get(session) !== turn) return;
      if (there.redirect === null) {
        if (passed) return this.#arrive(session, target, replace);
        break;
      }
      load = there.redirect.url;
      replace ||= there.redirect.replace;
      target = load[0] === "/" ? this.#find(there, load) : null;
    }
    // No page, a file, another origin, or a middleware that answers by itself: that is HTTP's.
    session.instruct({ op: Op.Navigate, url: target === null ? load : pathOf(target.url), replace });
  }

  /** Loads what the page of a path would load, if the session may go there and has not asked for too much. */
  async prefetch(session: Traveller, to: string): Promise<void> {
    const target = session.closed ? null : this.#find(session.ctx, to);
    if (target === null || target.match.place.status !== 200) return;
    const { url, match } = target;
    const path = url.pathname + url.search;
    if (path === session.ctx.path) return;
    const over = this.#prefetched.begin(session, path);
    if (over === null) return;
    let state: PageState | null = null;
    try {
      const there = session.ctx.at(url, match, "prefetch");
      const file = this.#mayBeFile(target) && await this.#isFile(target);
      if (!file && await passes(there) && !over.aborted) state = await renderAside(there, over);
    } finally {
      this.#prefetched.end(session, path, over.aborted ? null : state);
    }
  }

  /** How many pages are kept that were loaded ahead. */
  get kept(): number {
    return this.#prefetched.size;
  }

  /** What was loaded ahead for a session; null when it never asked for anything. */
  keptFor(session: Traveller): readonly PageState[] | null {
    return this.#prefetched.of(session);
  }

  /** A session is over, or its user did something: nothing is kept for it, or loaded. */
  forget(session: Traveller): void {
    this.#prefetched.forget(session);
  }

  /** Whether a file goes before the page, if there is one: what has params, or stands for nothing, takes any path. */
  #mayBeFile({ match }: Target): boolean {
    return this.#files !== null && (match.place.status !== 200 || !isPlain(match.params));
  }

  async #isFile({ url }: Target): Promise<boolean> {
    return await this.#files!(new Request(url, { method: "HEAD" })) !== null;
  }

  #find(from: Ctx, to: string): Target | null {
    const url = to.length > MAX_ADDRESS ? null : from.resolve(to);
    if (url === null) return null;
    try {
      url.pathname = canonicalPath(url.pathname);
    } catch (error) {
      if (error instanceof RouteError) return null;
      throw error;
    }
    const match = this.#routes.pageAt(url.pathname);
    return match === null ? null : { url, match };
  }

  #arrive(session: Traveller, { url, match }: Target, replace: boolean): void {
    const { ctx } = session;
    const path = pathOf(url);
    const here = ctx.match;
    const { failed } = session;
    // The same page with another query stays as it is, unless it failed: then it is tried anew.
    const same = !failed && here !== null && here.place === match.place && sameParams(here, match);
    // To where one is already is no step forward.
    const op = replace || path === ctx.path ? Op.NavReplace : Op.NavPush;
    session.instruct({ op, path });
    url.hash = "";
    if (!same) session.offer(this.#prefetched.take(session, url.pathname + url.search));
    ctx.go(url, same ? here : failed ? { ...match } : match);
    session.hold(this.#limits.navigationWaitMs);
  }
}

/** Whether the middleware of a context's page lets it pass; a redirect is noted in the context. */
async function passes(there: Ctx): Promise<boolean> {
  const { guard } = there;
  if (guard === null) return true;
  let passed = false;
  try {
    const given = await runWithCtx(there, () => guard(there, () => Promise.resolve(passed = true)));
    // What it answers in the place of what next() gave is its answer.
    return passed && !(given instanceof Response);
  } catch (error) {
    if (error instanceof Redirect) there.navigate(error.location, error);
    else if (!(error instanceof HttpError)) throw error;
    return false;
  }
}

function pathOf({ pathname, search, hash }: URL): string {
  return pathname + search + hash;
}

function sameParams(a: PageMatch, b: PageMatch): boolean {
  // Patterns are the same, and so are the names.
  for (const name in a.params) if (a.params[name] !== b.params[name]) return false;
  return true;
}
