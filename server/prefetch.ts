/**
 * Owns what was loaded for pages that are not shown yet: a page is rendered aside, as a parked one is (setups and resources run,
 * effects do not), its state is kept for a while, and the page begins from it when the browser goes there.
 *
 * What a session may ask for is bounded: in number, in rate, in time.
 *
 * @module
 */
import { Runtime } from "../runtime/runtime.ts";
import { type PageState, takeState } from "../runtime/snapshot.ts";
import type { Clock } from "./clock.ts";
import { type Ctx, runWithCtx } from "./ctx.ts";
import { TokenBucket } from "./limits.ts";
import { pageOf } from "./route_view.ts";

/** How long what was loaded may be used, in milliseconds. */
const TTL = 30_000;
/** Pages that are kept: for one session, for all. */
const MAX_KEPT = 4;
const MAX_KEPT_IN_ALL = 1000;
/** Pages that are rendered aside at a time: of one session, of all. */
const MAX_RUNNING = 2;
const MAX_RUNNING_IN_ALL = 50;
/** How often one session may ask. */
const RATE = { perSecond: 5, burst: 10 };
/** How long a page may load, in milliseconds. */
const TIMEOUT = 5_000;

/** What was loaded for the sessions of one server. */
export class Prefetched {
  readonly #clock: Clock;
  readonly #of: WeakMap<object, Kept> = new WeakMap();
  /** All that is kept, oldest first, which is the order in which its time ends. */
  readonly #all: Set<Page> = new Set();
  #running = 0;

  /** Nothing was loaded yet. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many pages are kept. */
  get size(): number {
    return this.#all.size;
  }

  /**
   * Counts a page that a session loads; ended with {@linkcode end}. Gives what aborts when the session is over, or null when it may
   * not load the page now.
   */
  begin(session: object, path: string): AbortSignal | null {
    const now = this.#sweep();
    let kept = this.#of.get(session);
    if (kept === undefined) this.#of.set(session, kept = new Kept());
    if (kept.pages.has(path) || kept.running >= MAX_RUNNING || this.#running >= MAX_RUNNING_IN_ALL) {
      return null;
    }
    if (!kept.rate.take(now)) return null;
    kept.running++;
    this.#running++;
    return kept.over.signal;
  }

  /** Ends what was begun; keeps the state that came of it, if any. */
  end(session: object, path: string, state: PageState | null): void {
    const until = this.#sweep() + TTL;
    const kept = this.#of.get(session)!;
    kept.running--;
    this.#running--;
    if (state === null) return;
    const page = { kept, path, state, until };
    this.#drop(kept.pages.get(path));
    kept.pages.set(path, page);
    this.#all.add(page);
    if (kept.pages.size > MAX_KEPT) this.#drop(kept.pages.values().next().value);
    if (this.#all.size > MAX_KEPT_IN_ALL) this.#drop(this.#all.values().next().value);
  }

  /** The state that was loaded for a path, once; null when there is none. */
  take(session: object, path: string): PageState | null {
    this.#sweep();
    const page = this.#of.get(session)?.pages.get(path);
    this.#drop(page);
    return page?.state ?? null;
  }

  /** What is kept for a session; null when it never asked. */
  of(session: object): readonly PageState[] | null {
    const kept = this.#of.get(session);
    return kept === undefined ? null : Array.from(kept.pages.values(), ({ state }) => state);
  }

  /** What is kept for a session is forgotten, what loads is abandoned: it is over, or its user did something. */
  forget(session: object): void {
    const kept = this.#of.get(session);
    if (kept === undefined) return;
    for (const page of kept.pages.values()) this.#drop(page);
    if (kept.running === 0) return;
    kept.over.abort();
    kept.over = new AbortController();
  }

  /** Drops what is too old; gives the time. */
  #sweep(): number {
    const now = this.#clock.monotonic();
    for (const page of this.#all) {
      if (page.until > now) break;
      this.#drop(page);
    }
    return now;
  }

  #drop(page: Page | undefined): void {
    if (page === undefined) return;
    page.kept.pages.delete(page.path);
    this.#all.delete(page);
  }
}

/** What was loaded for a page. */
interface Page {
  readonly kept: Kept;
  readonly path: string;
  readonly state: PageState;
  readonly until: number;
}

/** What was loaded for one session. */
class Kept {
  readonly rate: TokenBucket = new TokenBucket(RATE);
  readonly pages: Map<string, Page> = new Map();
  /** Aborts what loads now. */
  over: AbortController = new AbortController();
  running = 0;
}

/**
 * Renders a page aside, until `over` aborts: then what it waits for is abandoned. Gives its state, or null when any of it failed or led
 * elsewhere.
 */
export async function renderAside(ctx: Ctx, over: AbortSignal): Promise<PageState | null> {
  let failed = false;
  const runtime: Runtime = new Runtime({
    requestFlush() {},
    onError: () => void (failed = true),
    takes: () => failed = true,
    context: ctx,
  });
  const dispose = () => runWithCtx(ctx, () => runtime.dispose());
  over.addEventListener("abort", dispose);
  try {
    const settled = await runWithCtx(ctx, () => {
      runtime.mount(pageOf(ctx, true));
      return runtime.settle(TIMEOUT);
    });
    return failed || !settled || ctx.redirect !== null ? null : takeState(runtime.root);
  } finally {
    over.removeEventListener("abort", dispose);
    dispose();
  }
}
