/**
 * Where `vango dev` takes hold of a running application: it puts a {@linkcode DevHost} under a global symbol before the
 * application's modules are loaded, and each application that is made tells it how its live sessions are made to follow
 * newer versions of components and routes. Without a host, as in production, all of this is one look at a global.
 *
 * The host is found by symbol and not imported, so that the command line and the application need not have the same copy of
 * this package.
 *
 * @module
 */
import { type Swap, swapInstances } from "../runtime/swap.ts";
import { createNode, type VNode } from "../vdom/node.ts";
import { runWithCtx } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import type { RouteTable } from "./route_table.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** The symbol under which `globalThis` holds the host. */
export const DEV: unique symbol = Symbol.for("vango.dev") as never;

/** What development does around an application. */
export interface DevHost {
  /** Where to listen instead of where the application says; undefined leaves it that. */
  readonly listen: { readonly port?: number; readonly hostname?: string };
  /** The URL of the script that every page loads besides the client, on this origin. */
  readonly script: string;
  /** Told of each application that is made. */
  made(app: DevApp): void;
  /** Told of where an application listens. */
  listening(address: { hostname: string; port: number }): void;
  /** Answers what is development's alone; null: the application answers. */
  handle(request: Request): Promise<Response> | Response | null;
  /** Told of an error of the application's code, also where a boundary shows something else instead. */
  failed(error: unknown, where: { component: string; source: string }): void;
}

/** What a newer version is made of. */
export interface DevChange {
  /** The components whose setups are others now. */
  readonly components: ReadonlySet<unknown>;
  /** The routes that take the place of the application's; undefined: they stay. */
  readonly routes?: RouteTable;
}

/** What a swap did to the sessions of an application. */
export interface DevSwap {
  /** The error of the newer version, and whose it is; null when all went well. Else {@linkcode DevApp.undo} must follow. */
  readonly failed: { readonly error: unknown; readonly component?: string } | null;
  /** How many sessions follow. */
  readonly sessions: number;
  /** Which state did not go on, and why. */
  readonly lost: readonly string[];
}

/** A running application, as development sees it. */
export interface DevApp {
  /** The routes that it was made with; undefined when it has none but those of calls. */
  readonly routes: RouteTable | undefined;
  /** Has every session follow: instances of changed components, and all below them, are made anew with their state. */
  swap(change: DevChange): DevSwap;
  /** Has them go back: the setups of before are in their components again. */
  undo(): void;
  /** Gives every browser its newest state, for a process that comes after this one. */
  keep(): Promise<void>;
}

/** The host, if there is one. */
export function devHost(): DevHost | null {
  return (globalThis as { [DEV]?: DevHost })[DEV] ?? null;
}

/** Tells the host of an application. */
export function tellDev(engine: Engine, sessions: Sessions, routes: RouteTable | undefined): void {
  devHost()?.made(new LiveApp(engine, sessions, routes));
}

/** The element that loads development's script; none where there is no host. */
export function devHead(): VNode[] {
  const host = devHost();
  return host === null ? [] : [createNode("script", { type: "module", src: host.script }, [])];
}

/** For how long a page that is being rendered may miss a change, in milliseconds. */
const HISTORY_MS = 60_000;

class LiveApp implements DevApp {
  routes: RouteTable | undefined;
  readonly #engine: Engine;
  readonly #sessions: Sessions;
  /** What {@linkcode undo} takes back. */
  #swaps: [Session, Swap][] = [];
  #before: RouteTable | undefined;

  /** What changed lately, and when. */
  #history: { at: number; components: ReadonlySet<unknown> }[] = [];

  constructor(engine: Engine, sessions: Sessions, routes: RouteTable | undefined) {
    this.#engine = engine;
    this.#sessions = sessions;
    this.routes = routes;
    const { park } = sessions;
    sessions.park = (session) => {
      this.#catchUp(session);
      park.call(sessions, session);
    };
  }

  /** A page may have begun before a change and be ready after it. */
  #catchUp(session: Session): void {
    // Nothing was heard of it since it was made.
    const missed = this.#history.filter(({ at }) => at >= session.lastHeard);
    if (missed.length === 0) return;
    const components = new Set(missed.flatMap((change) => [...change.components]));
    within(session, () => {
      const { failed } = swapInstances(session.runtime, components);
      // What others follow is not taken back for one page.
      if (failed !== null) session.runtime.failPage(failed.error);
    });
  }

  swap({ components, routes }: DevChange): DevSwap {
    this.#swaps = [];
    this.#before = undefined;
    if (routes !== undefined) {
      this.#before = this.routes;
      try {
        this.#route(routes);
      } catch (error) {
        return { failed: { error }, sessions: 0, lost: [] };
      }
    }
    const lost = new Set<string>();
    let sessions = 0;
    for (const session of this.#sessions) {
      const swap = within(session, () => swapInstances(session.runtime, components));
      this.#swaps.push([session, swap]);
      if (swap.failed !== null) return { failed: swap.failed, sessions: 0, lost: [] };
      for (const reason of swap.lost) lost.add(reason);
      if (swap.instances > 0 || routes !== undefined) sessions++;
    }
    const at = this.#engine.shared.now();
    this.#history = [...this.#history.filter((change) => at - change.at < HISTORY_MS), { at, components }];
    return { failed: null, sessions, lost: [...lost] };
  }

  undo(): void {
    if (this.#before !== undefined) this.#route(this.#before);
    for (const [session, swap] of this.#swaps) within(session, () => swap.undo());
    this.#swaps = [];
  }

  async keep(): Promise<void> {
    const connected = [...this.#sessions].filter(({ wire }) => wire !== null);
    await Promise.allSettled(connected.map((session) => {
      session.flush();
      return this.#sessions.keeper.send(session);
    }));
  }

  /**
   * Gives the application other routes, and each session the page that its path has now.
   *
   * @throws {RouteError | VangoError} When the routes are wrong; they were not taken then unless `undo()` comes.
   */
  #route(table: RouteTable): void {
    const { routes } = this.#engine;
    routes.replace(table);
    this.routes = table;
    routes.check();
    for (const session of this.#sessions) {
      const { ctx } = session;
      within(session, () => ctx.go(new URL(ctx.url), routes.pageFor(ctx.url.pathname)));
    }
  }
}

/** Works on a session as its own flush does; what changed is one frame. */
function within<T>(session: Session, work: () => T): T {
  try {
    return runWithCtx(session.ctx, () => {
      session.runtime.resetPage();
      return work();
    });
  } finally {
    session.requestFlush();
  }
}
