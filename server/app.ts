/**
 * `createApp()`: the front door. Checks the options, makes what the parts share, and sends each request to its part.
 *
 * @module
 */
import { treeHash } from "../render/mod.ts";
import { type Component, component, isComponent, type Setup } from "../runtime/component.ts";
import { setUnsafeUrlReporter } from "../vdom/attrs.ts";
import type { VNode } from "../vdom/node.ts";
import { clientOf, parseNetworks } from "./address.ts";
import { currentBuild, ownFiles } from "./built.ts";
import { clientFiles } from "./client_files.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createCsp, type CspOptions, plainAnswer } from "./csp.ts";
import type { Ctx } from "./ctx.ts";
import { devHead, devHost, tellDev } from "./dev.ts";
import { type Engine, type PageFallback, SOCKET_PATH } from "./engine.ts";
import type { ApiContext, Endpoint, Method } from "./endpoint.ts";
import { defaultFallback, devFallback } from "./fallback.ts";
import { readEnv } from "./env.ts";
import { checkOptions, listenError, type OptionSpecs, VangoError } from "./errors.ts";
import { LIMIT_SPECS, type LimitOptions, resolveLimits } from "./limits.ts";
import { createLogger, type Logger } from "./log.ts";
import { type MemoryOptions, watchMemory } from "./memory.ts";
import { createMetrics, type MetricsSnapshot } from "./metrics.ts";
import type { Middleware } from "./middleware.ts";
import { Navigator } from "./navigation.ts";
import { NotFound } from "./not_found.ts";
import type { ErrorPageProps, LayoutProps, PageProps, RouteTable } from "./route_table.ts";
import { Routes } from "./router.ts";
import { serveRoute } from "./serve_route.ts";
import { createSealer, loadSecrets } from "./seal.ts";
import { MADE_OF, TEST_PARTS } from "./seam.ts";
import { createTokens, parseOrigins } from "./security.ts";
import { Sessions } from "./sessions.ts";
import { SocketServer } from "./socket.ts";
import type { StaticOptions } from "./static.ts";
import { memoryStore, type SessionStore } from "./store.ts";

/** Options of {@linkcode createApp}. */
export interface AppOptions {
  /** A page without params, at `/`. An application needs this, or `routes`, or calls of {@linkcode App.page}. */
  page?: Component<Record<never, never>>;
  /** Pages and APIs: what routes.gen.ts exports. */
  routes?: RouteTable;
  /** The folder of the application's own files, "public", or more about it. A page at the same path without params goes before. */
  static?: string | Omit<StaticOptions, "dev">;
  /** The document's title until a component sets another one. */
  title?: string;
  /** The document's language. Default "en". */
  lang?: string;
  /** Trusted elements of the document's head: link, meta, script, style. */
  head?: () => readonly VNode[];
  /** What is shown instead of a page that failed. */
  error?: PageFallback;
  /** Secrets of 32 characters or more, newest first. Default: VANGO_SECRET, else one of this process alone. */
  secret?: string | readonly string[];
  /** Names this build; unnamed state survives within one build only. Default: that of `vango build`, else a hash of the client. */
  build?: string;
  /** Runs around page, mount, posted form, navigation, event and API alike, and where there is nothing; not around `static`. */
  middleware?: readonly Middleware<Ctx, unknown>[];
  /** Where snapshots are kept. Default: the memory of the process. */
  store?: SessionStore;
  /** Limits of size, number and time. */
  limits?: LimitOptions;
  /** Changes to the content security policy. */
  csp?: CspOptions;
  /** Origins besides the server's own whose pages may connect. */
  origins?: readonly string[];
  /** Addresses and networks of trusted proxies. */
  proxies?: readonly string[];
  /** How memory is watched; false: not at all. */
  memory?: MemoryOptions | false;
  /** Whether forms and buttons post when JavaScript is off. Default true. */
  noscript?: boolean;
  /** Whether pages change by view transitions where the browser has them. Default false. */
  viewTransitions?: boolean;
  /** Whether mistakes are errors and errors are told to the browser. Default: VANGO_DEV is "1". */
  dev?: boolean;
  /** Where logs go. */
  logger?: Logger;
  /** Where the time comes from. Default: the machine. */
  clock?: Clock;
}

/** Options of {@linkcode App.serve}. */
export interface ServeOptions {
  /** The port. Default: PORT, else 8000. 0 lets the system choose. */
  port?: number;
  /** The address to listen on. Default 127.0.0.1. */
  hostname?: string;
  /** Ends the server, gracefully. */
  signal?: AbortSignal;
  /** Called once it listens. Default: prints the address. */
  onListen?: (address: { hostname: string; port: number }) => void;
}

/** What `app.page()` takes besides a component: a setup. */
export type PageSetup<P extends string> = Setup<PageProps<P>>;

/** A running application. */
export interface App {
  /**
   * Adds a page; its params are typed by the pattern.
   *
   * @throws {RouteError} When the pattern cannot be read.
   * @throws {VangoError} "duplicate-route", with the first request: another page or API has the same paths.
   */
  page<const P extends string>(pattern: P, page: PageSetup<P>): App;
  /** Adds a page that is a component. */
  page<const P extends string>(pattern: P, page: Component<PageProps<P>>): App;
  /**
   * Adds an API: functions or endpoints by method, in capitals.
   *
   * @throws {RouteError} When the pattern cannot be read.
   */
  api<const P extends string>(
    pattern: P,
    methods: { readonly [M in Method]?: ((call: ApiContext<P>) => unknown) | Endpoint },
  ): App;
  /** Adds a layout around all pages at a path and below that were added by a call. */
  layout(pattern: string, layout: Component<LayoutProps>): App;
  /** Adds a page that is shown in the place of one that failed, likewise. */
  errorPage(pattern: string, page: Component<ErrorPageProps>): App;
  /** Adds a middleware around everything but the files of `static`; where there is no page it may answer, too. */
  use(middleware: Middleware<Ctx, unknown>): App;
  /**
   * Adds middleware around what was added by a call for a path and below; params are called as one likes.
   *
   * @throws {VangoError} "options", with the first request: nothing was added there, so it would guard nothing.
   */
  use(pattern: string, ...middleware: Middleware<Ctx, unknown>[]): App;
  /** Answers a request: a standard handler, for Deno.serve, `deno serve` and Deno Deploy. */
  fetch(request: Request, info?: { remoteAddr?: Deno.Addr }): Promise<Response>;
  /** Listens, and shuts down gracefully on SIGINT and SIGTERM. */
  serve(options?: ServeOptions): Deno.HttpServer;
  /** Tells every browser when to come back, keeps their state, and ends. */
  shutdown(): Promise<void>;
  /** What is counted, now. */
  metrics(): MetricsSnapshot;
  /** All routes, those that were added by calls included. */
  readonly routes: RouteTable;
}

const SPECS: OptionSpecs<AppOptions> = {
  page: { type: "any" },
  routes: { type: "any" },
  static: {
    type: "either",
    of: [{ type: "string" }, {
      type: "object",
      spec: { dir: { type: "string", required: true }, prefix: { type: "string" }, headers: { type: "any" } },
    }],
  },
  title: { type: "string" },
  lang: { type: "string" },
  head: { type: "function" },
  error: { type: "function" },
  secret: { type: "either", of: [{ type: "string" }, { type: "array", of: { type: "string" } }] },
  build: { type: "string" },
  middleware: { type: "array", of: { type: "function" } },
  store: { type: "any" },
  limits: { type: "object", spec: LIMIT_SPECS },
  csp: { type: "any" },
  origins: { type: "array", of: { type: "string" } },
  proxies: { type: "array", of: { type: "string" } },
  memory: { type: "any" },
  noscript: { type: "boolean" },
  viewTransitions: { type: "boolean" },
  dev: { type: "boolean" },
  logger: { type: "any" },
  clock: { type: "any" },
} as unknown as OptionSpecs<AppOptions>;

const SERVE_SPECS: OptionSpecs<ServeOptions> = {
  port: { type: "number", min: 0, max: 65_535 },
  hostname: { type: "string" },
  signal: { type: "any" },
  onListen: { type: "function" },
};

/**
 * Makes an application of one page.
 *
 * @throws {VangoError} When an option is wrong: says which, and what to do.
 *
 * ```ts no-eval
 * import { component, createApp, signal } from "@vango/core";
 * import { button, div, h1 } from "@vango/core/elements";
 *
 * const Counter = component(() => {
 *   const count = signal(0);
 *   return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
 * });
 *
 * createApp({ page: Counter }).serve();
 * ```
 */
export function createApp(options: AppOptions): App {
  checkOptions(options, SPECS, "createApp()");
  if (options.page !== undefined && !isComponent(options.page)) {
    throw new VangoError("options", "Cannot use the page of createApp(): it is no component", {
      hint: "Pass what component() returns: createApp({ page: component(() => () => …) }).",
    });
  }
  const log = options.logger ?? createLogger();
  const { engine, sessions } = createEngine(options, log);
  const sockets = new SocketServer(engine, sessions);
  const memory = options.memory === false ? null : watchMemory({
    shed: (fraction) => sessions.shed(fraction),
    closeSilent: () => sessions.closeSilent(),
    looked: (_level, sample) => {
      engine.metrics.memoryRss = sample.rss;
      engine.metrics.memoryHeap = sample.heap;
    },
  }, options.memory);
  let down: Promise<void> | null = null;
  sessions.admission.refusing = () => down !== null ? 2_000 : memory?.refusing ? 5_000 : 0;
  setUnsafeUrlReporter((message) => log.once(message).warn(message));

  const { routes } = engine;
  const added: ((to: Routes) => void)[] = [];
  const add = (call: (to: Routes) => void): App => {
    call(routes);
    added.push(call);
    return app;
  };
  const app: App = {
    page(pattern, given) {
      const page = isComponent(given) ? given : component(given as PageSetup<string>, { name: pattern });
      return add((to) => to.page(pattern, page));
    },
    api: (pattern, methods) => add((to) => to.api(pattern, methods)),
    layout: (pattern, layout) => add((to) => to.below(pattern, { layout })),
    errorPage: (pattern, error) => add((to) => to.below(pattern, { error })),
    use: (first: string | Middleware<Ctx, unknown>, ...middleware: Middleware<Ctx, unknown>[]) =>
      add((to) => typeof first === "string" ? to.below(first, { middleware }) : to.use(first)),
    async fetch(request, info) {
      try {
        return await route(request, info);
      } catch (error) {
        // A host that is none: nothing could read the address.
        if (!URL.canParse(request.url)) return plainAnswer(400, "Bad request");
        log.error("A request failed", { error, path: new URL(request.url).pathname });
        return plainAnswer(500, "Internal server error");
      }
    },
    serve(serveOptions) {
      checkRoutes(routes);
      return listen(app, serveOptions ?? {}, log);
    },
    shutdown: () =>
      down ??= (async () => {
        await withTimeout(sessions.close(), engine.limits.shutdownTimeoutMs);
        sockets.close();
        memory?.close();
        await engine.store.close();
      })(),
    metrics: () => engine.metrics.snapshot(),
    get routes() {
      return routes.table;
    },
  };

  async function route(request: Request, info?: { remoteAddr?: Deno.Addr }): Promise<Response> {
    const development = devHost()?.handle(request) ?? null;
    if (development !== null) return await development;
    checkRoutes(routes);
    const path = new URL(request.url).pathname;
    const asset = engine.assets.handle(request);
    if (asset !== null) return await asset;
    const peer = info?.remoteAddr !== undefined && "hostname" in info.remoteAddr
      ? info.remoteAddr.hostname
      : "";
    const client = clientOf(request, peer, { networks: engine.proxies });
    if (path === SOCKET_PATH) return sockets.upgrade(request, client);
    return await serveRoute(engine, sessions, request, client);
  }
  MADE_OF.set(app, { options, added });
  return app;
}

/** @throws {VangoError} When there is nothing to show. */
function checkRoutes(routes: Routes): void {
  if (!routes.empty) return;
  throw new VangoError("no-page", "Cannot start an application that has no page", {
    hint: 'Pass one, createApp({ page }), or routes, createApp({ routes }), or add one: app.page("/", …).',
  });
}

function createEngine(options: AppOptions, log: Logger): { engine: Engine; sessions: Sessions } {
  const limits = resolveLimits(options.limits);
  const secrets = loadSecrets(options.secret, log);
  const parts = TEST_PARTS.get(options);
  const clock = options.clock ?? parts?.clock ?? systemClock;
  const metrics = createMetrics();
  const routes = new Routes({ table: options.routes, middleware: options.middleware, gone: NotFound });
  if (options.page !== undefined) routes.page("/", options.page);
  const made = currentBuild();
  const dev = options.dev ?? (made === null && readEnv("VANGO_DEV") === "1");
  const { assets, client } = clientFiles();
  const files = ownFiles(options.static, dev);
  const engine: Engine = {
    routes,
    fallback: options.error ?? (dev ? devFallback : defaultFallback),
    document: {
      title: options.title,
      lang: options.lang ?? "en",
      head: () => [...devHead(), ...options.head?.() ?? []],
    },
    limits,
    metrics,
    log,
    clock,
    sealer: createSealer(secrets, { ttlMs: limits.sealedTtlMs, clock }),
    tokens: createTokens(secrets),
    store: options.store ?? memoryStore({ clock }),
    csp: createCsp(options.csp),
    origins: parseOrigins(options.origins ?? []),
    proxies: parseNetworks(options.proxies ?? []),
    assets,
    client,
    files,
    build: options.build ?? treeHash(client.url).toString(36) + (made?.id ?? ""),
    dev,
    noscript: options.noscript ?? true,
    viewTransitions: options.viewTransitions ?? false,
    shared: {
      limits,
      metrics,
      log,
      navigator: new Navigator(routes, limits, clock, files),
      title: options.title ?? "",
      after: (ms, fn) => clock.after(ms, fn),
      defer: parts?.defer ?? ((fn) => void setImmediate(fn)),
      now: () => clock.monotonic(),
      dev,
      flushed: (session) => sessions.keeper.changed(session),
    },
  };
  const sessions = new Sessions(engine);
  parts?.made(engine, sessions);
  tellDev(engine, sessions, options.routes);
  return { engine, sessions };
}

function listen(app: App, options: ServeOptions, log: Logger): Deno.HttpServer {
  checkOptions(options, SERVE_SPECS, "serve()");
  const development = devHost();
  const port = development?.listen.port ?? options.port ?? portOf(readEnv("PORT"));
  const hostname = development?.listen.hostname ?? options.hostname ?? "127.0.0.1";
  let server: Deno.HttpServer;
  try {
    server = Deno.serve({
      port,
      hostname,
      onListen: (address) => {
        if (development !== null) return development.listening(address);
        if (options.onListen !== undefined) return options.onListen(address);
        const host = hostname === "127.0.0.1" ? "localhost" : hostname;
        console.log(`Listening on http://${host}:${address.port}/`);
      },
      onError: (error) => {
        log.error("A request failed", { error });
        return plainAnswer(500, "Internal server error");
      },
    }, (request, info) => app.fetch(request, info));
  } catch (error) {
    throw listenError(error, { hostname, port, variable: options.port === undefined });
  }
  const end = async () => {
    await app.shutdown();
    await server.shutdown();
  };
  const onSignal = () => void end();
  for (const name of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(name, onSignal);
  if (options.signal?.aborted) onSignal();
  options.signal?.addEventListener("abort", onSignal, { once: true });
  server.finished.finally(() => {
    for (const name of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(name, onSignal);
  });
  return server;
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === "") return 8000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new VangoError("port", `Cannot listen on the port ${JSON.stringify(text)} of PORT`, {
    hint: "Use a whole number from 0 to 65535.",
  });
}

async function withTimeout(work: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([work, new Promise<void>((resolve) => timer = setTimeout(resolve, ms))]);
  clearTimeout(timer);
}
