/**
 * The server of a test: an application in this process, its cookie jar, and what it logged. A restart makes another one of
 * the same options.
 *
 * @module
 */
import { type App, type AppOptions, createApp } from "../server/app.ts";
import type { Engine } from "../server/engine.ts";
import type { LogFields, Logger, LogLevel } from "../server/log.ts";
import { type Made, MEMORY_SOCKETS, TEST_PARTS } from "../server/seam.ts";
import type { Sealer } from "../server/seal.ts";
import type { Session } from "../server/session.ts";
import type { Sessions } from "../server/sessions.ts";
import type { SessionStore } from "../server/store.ts";
import type { Clock } from "../server/clock.ts";
import { sendRequest } from "./requests.ts";
import type { MemorySocket } from "./socket.ts";

/** What the application logged. */
export interface TestLog {
  /** How grave. */
  readonly level: LogLevel;
  /** What happened. */
  readonly message: string;
  /** The fields, as they were given: `error` is the error itself. */
  readonly fields: LogFields;
}

/** How the server's process ends. */
export interface RestartOptions {
  /**
   * Whether it just ends, as when it is killed: nobody is told, nothing more is put away, and what changed since the last
   * snapshot is lost. A snapshot is made 500 ms after a change, and the clock of a test stands still: let it go on for what
   * shall survive. Default false.
   *
   * ```ts
   * import { component, signal } from "@vango/core";
   * import { button } from "@vango/core/elements";
   * import { mount } from "@vango/core/testing";
   *
   * const Counter = component(() => {
   *   const count = signal(0, { name: "count" });
   *   return () => button({ onClick: () => count.inc() }, count);
   * });
   *
   * await using page = await mount(Counter);
   * await page.get("button").click();
   * await page.clock.advance(1000); // a snapshot is made
   * await page.restart({ crash: true });
   * console.assert(page.text() === "1");
   * ```
   */
  crash?: boolean;
}

/** Where the test's pages are. */
export const ORIGIN = "http://localhost";

/** A secret for tests alone, so that what one process sealed another one opens. */
const SECRET = "the test kit's own secret, which keeps nothing secret";

/** An application under test. */
export class TestServer {
  /** Everything that was logged, the oldest first. */
  readonly logs: TestLog[] = [];
  /** The cookies by name. */
  readonly cookies: Map<string, string> = new Map();
  readonly #made: Made;
  /** The time of every part. */
  readonly clock: Clock;
  readonly #onError: (log: TestLog) => void;
  readonly #store: SessionStore | undefined;
  #app: App;
  #sessions: Sessions | null = null;
  readonly #sealing: Set<Promise<unknown>> = new Set();
  #deferred = 0;
  #requests = 0;
  #crashed = false;

  /** Starts an application. */
  constructor(made: Made, clock: Clock, onError: (log: TestLog) => void) {
    const { options } = made;
    this.#made = made;
    this.clock = clock;
    this.#onError = onError;
    this.#store = options.store === undefined ? undefined : this.#keep(options.store);
    this.#app = this.#start();
  }

  #start(): App {
    const options: AppOptions = {
      secret: SECRET,
      dev: true,
      logger: this.#logger({}, new Set()),
      ...this.#made.options,
      memory: false,
    };
    if (this.#store !== undefined) options.store = this.#store;
    TEST_PARTS.set(options, {
      clock: this.clock,
      defer: (fn) => {
        this.#deferred++;
        setImmediate(() => {
          this.#deferred--;
          fn();
        });
      },
      made: (engine, sessions) => {
        this.#sessions = sessions;
        for (const add of this.#made.added) add(engine.routes);
        this.#watchSealer(engine);
      },
    });
    return createApp(options);
  }

  /** A store of the test outlives the application; nothing comes from a process that crashed. */
  #keep(store: SessionStore): SessionStore {
    return {
      load: (id) => store.load(id),
      save: (id, bytes, options) => this.#crashed ? Promise.resolve() : store.save(id, bytes, options),
      delete: (id) => this.#crashed ? Promise.resolve() : store.delete(id),
      ...(store.claim === undefined ? {} : { claim: store.claim.bind(store) }),
      close: () => Promise.resolve(),
    };
  }

  #logger(fields: LogFields, seen: Set<string>): Logger {
    const write = (level: LogLevel) => (message: string, own: LogFields = {}) => {
      const log: TestLog = { level, message, fields: { ...fields, ...own } };
      this.logs.push(log);
      if (level === "error") this.#onError(log);
    };
    const logger: Logger = {
      debug: write("debug"),
      info: write("info"),
      warn: write("warn"),
      error: write("error"),
      child: (own) => this.#logger({ ...fields, ...own }, seen),
      once: (key) => {
        if (seen.has(key)) return SILENT;
        seen.add(key);
        return logger;
      },
      enabled: () => true,
    };
    return logger;
  }

  /** Whether nothing is marked or about to be flushed, and no request waits for its answer. */
  get idle(): boolean {
    return this.#deferred === 0 && this.#requests === 0;
  }

  /** Waits until what is being sealed or opened is done: that takes real time, whatever the clock shows. */
  async sealed(): Promise<void> {
    while (this.#sealing.size > 0) await Promise.allSettled(this.#sealing);
  }

  #watchSealer(engine: Engine): void {
    const { sealer } = engine;
    const watch = <T>(work: Promise<T>): Promise<T> => {
      const done: Promise<unknown> = work.catch(() => {}).then(() => this.#sealing.delete(done));
      this.#sealing.add(done);
      return work;
    };
    Object.assign(engine, {
      sealer: {
        seal: (...args) => watch(sealer.seal(...args)),
        open: (...args) => watch(sealer.open(...args)),
      } satisfies Sealer,
    });
  }

  /** The session of an id. */
  session(id: string): Session | null {
    for (const session of this.#sessions ?? []) if (session.id === id) return session;
    return null;
  }

  /** Answers a request that came over the network. */
  async serve(request: Request, info: { remoteAddr: Deno.Addr }): Promise<Response> {
    this.#requests++;
    try {
      return await this.#app.fetch(request, info);
    } finally {
      this.#requests--;
    }
  }

  /** Sends a request with the test's cookies and keeps those of the answer. */
  async fetch(url: URL, init: RequestInit & { headers?: HeadersInit } = {}): Promise<Response> {
    const response = await this.#app.fetch(this.#request(url, init), INFO);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(";");
      const at = pair.indexOf("=");
      if (/;\s*max-age=0/i.test(cookie)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Goes to an address as a browser does, redirects followed; a form is posted. Null where it leads out of the application. */
  async go(
    to: URL,
    form?: [name: string, value: string][],
  ): Promise<{ url: URL; response: Response | null }> {
    let url = to;
    let init: RequestInit = form === undefined ? {} : {
      method: "POST",
      body: new URLSearchParams(form).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN },
    };
    for (let hops = 0;; hops++) {
      if (url.origin !== ORIGIN) return { url, response: null };
      const response = await this.fetch(url, init);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status > 399) return { url, response };
      if (hops === 20) throw new Error(`The page redirects without an end: ${url} to ${location}`);
      url = new URL(location, url);
      init = {};
    }
  }

  /** Sends a request as a script of the application's page would. */
  request(url: URL, init: RequestInit): Promise<Response> {
    return sendRequest(url, init, ORIGIN, (url, init) => this.fetch(url, init));
  }

  /** Brings a socket's end to the application, as an upgrade would. */
  async upgrade(socket: MemorySocket, url: URL, token: string): Promise<void> {
    const request = this.#request(url, {
      headers: { upgrade: "websocket", "sec-websocket-protocol": `vango.3, t.${token}`, origin: ORIGIN },
    });
    MEMORY_SOCKETS.set(request, socket);
    const response = await this.#app.fetch(request, INFO);
    if (!socket.taken) {
      throw new Error(`The server refused the socket: ${response.status} ${await response.text()}`);
    }
  }

  #request(url: URL, init: RequestInit): Request {
    const headers = new Headers(init.headers);
    const cookie = [...this.cookies].map((pair) => pair.join("=")).join("; ");
    if (cookie !== "") headers.set("cookie", cookie);
    return new Request(url, { ...init, headers });
  }

  /** Ends the process and starts another. After a crash nobody was told and nothing was put away. */
  async restart(crash: boolean): Promise<void> {
    this.#crashed = crash;
    await this.#app.shutdown();
    this.#crashed = false;
    this.#app = this.#start();
  }

  /** Ends the application; components are cleaned up. */
  async close(): Promise<void> {
    await this.#app.shutdown();
    await this.#made.options.store?.close();
  }
}

const INFO = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 50_000 } satisfies Deno.NetAddr,
};

const nothing = (): void => {};

const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => SILENT,
  once: () => SILENT,
  enabled: () => false,
};
