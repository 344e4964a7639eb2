/**
 * Development in the process of the application: starts it, has it follow its files, and tells people how that went.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import type { VangoError } from "@vango/core/errors";
import { brokenPage, type Channel, SCRIPT_URL } from "./channel.ts";
import { Graph } from "./graph.ts";
import { type Loader, loadWithHooks } from "./hooks.ts";
import { Hot } from "./hot.ts";
import { type ChildMessage, type ChildOptions, GAVE_UP, type Report, RESTART } from "./messages.ts";
import { reportOf, reportText } from "./report.ts";
import { painter } from "./_paint.ts";
import { type Swappable, Updater } from "./update.ts";

/** The global that applications look for: DEV of the package's dev entry. */
const DEV = Symbol.for("vango.dev");
/** How long the end of a process may take, in milliseconds. */
const LEAVE_MS = 1000;

/** Development of one application. */
export class Development {
  readonly #options: ChildOptions;
  readonly #channel: Channel;
  readonly #graph: Graph;
  readonly #updater: Updater;
  readonly #loader: Loader;
  readonly #apps: Swappable[] = [];
  readonly #paint = painter();
  /** Serves what is wrong, while the application could not be started; or the application, where it does not itself. */
  #server: Deno.HttpServer | null = null;
  #listens = false;
  #started = false;
  /** What is wrong with the names of the routes. */
  #problem: Report | null;
  #ends = false;

  /** Puts hooks and host in place; nothing of the application is loaded yet. */
  constructor(options: ChildOptions, channel: Channel) {
    this.#options = options;
    this.#channel = channel;
    this.#problem = options.problem ?? null;
    const hot = new Hot();
    this.#graph = new Graph(options.root);
    this.#updater = new Updater(this.#graph, hot, options.main, () => this.#apps);
    (globalThis as Record<symbol, unknown>)[DEV] = {
      listen: { port: options.port, hostname: options.hostname },
      script: SCRIPT_URL,
      made: (app: Swappable) => void this.#apps.push(app),
      listening: (address: { hostname: string; port: number }) => {
        this.#listens = true;
        this.#announce(address);
      },
      handle: (request: Request) => channel.handle(request),
      failed: (error: unknown, { component, source }: { component: string; source: string }) =>
        this.#failed(error, `The ${source} of ${nameOf(component)} failed`),
      module: (path: string) => hot.module(path),
    };
    this.#loader = loadWithHooks(
      this.#graph,
      options.main,
      (path) => `globalThis[Symbol.for("vango.dev")].module(${JSON.stringify(path)})`,
    );
    for (const name of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(name, () => void this.end());
    // One forgotten await must not end development.
    globalThis.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      this.#failed(event.reason, "A promise was rejected and nobody took it");
    });
    globalThis.addEventListener("error", (event) => {
      event.preventDefault();
      this.#failed(event.error, "Something failed outside of any component");
    });
  }

  /** Loads the main module. One that fails is shown in the browser, until a file changes. */
  async start(load: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    const { main } = this.#options;
    try {
      const exported = await load() as { default?: { fetch?: Deno.ServeHandler } };
      if (!this.#listens && typeof exported.default?.fetch === "function") {
        this.#serve(exported.default.fetch);
      }
      if (this.#apps.length === 0) {
        const message = `${this.#graph.short(main)} made no application: call createApp(…).serve()`;
        throw Object.assign(new Error(message), { code: "no-app" });
      }
      if (!this.#listens && this.#server === null) {
        throw Object.assign(
          new Error(`${this.#graph.short(main)} made an application that does not listen`),
          { code: "no-app", hint: "Call app.serve() at the end, or export default app." },
        );
      }
      this.#started = true;
      this.#log(`Ready in ${Math.round(performance.now() - began)} ms: ${this.#graph.size} modules`);
      if (this.#problem !== null) this.#tell(this.#problem);
    } catch (error) {
      if (isPortError(error)) {
        const { message, what = message, hint = "" } = error as Error & Partial<VangoError>;
        console.error(
          `${what}\n${hint.replace(/choose another port.*$/, "choose another port: vango dev --port N.")}`,
        );
        Deno.exit(GAVE_UP);
      }
      this.#tell(reportOf(error, this.#graph, `Cannot start ${this.#graph.short(main)}`, main));
      if (!this.#listens) this.#serve(null);
    }
  }

  /** Takes what the command tells. */
  async take({ changed, problem }: ChildMessage): Promise<void> {
    if (this.#ends) return;
    this.#loader.forget(changed);
    const had = this.#problem;
    this.#problem = problem;
    if (problem !== null) return this.#tell(problem);
    const reason = this.#restartFor(changed);
    if (reason !== null) return await this.#restart(reason);
    const styles = changed.filter((path) => path.endsWith(".css") && !this.#graph.has(path));
    if (styles.length > 0) this.#swapStyles(styles);
    if (!this.#started) {
      return await this.#restart(`${this.#shorts(changed)} changed, and it could not be started before`);
    }
    const began = performance.now();
    const outcome = await this.#updater.update(changed);
    switch (outcome.kind) {
      case "none":
        if (had !== null) this.#channel.report = null;
        return;
      case "restart":
        return await this.#restart(outcome.reason);
      case "failed": {
        const added = this.#loader.takeMissing().find((name) => this.#isMapped(name));
        if (added !== undefined) {
          return await this.#restart(`${added} is imported, which is new in deno.json`);
        }
        const at = this.#named(outcome.error) ?? outcome.file;
        const file = this.#graph.short(at);
        const title = outcome.component === undefined
          ? `Cannot load ${file}`
          : capital(`${nameOf(outcome.component)} does not work`);
        return this.#tell(reportOf(outcome.error, this.#graph, title, at));
      }
      case "swapped": {
        const { modules, sessions, lost } = outcome;
        const ms = performance.now() - began;
        this.#channel.report = null;
        this.#channel.send({ type: "swapped", modules, lost, ms });
        const pages = ["no page is open", "1 page followed"][sessions] ?? `${sessions} pages followed`;
        this.#log(`${shorten(modules)} in ${Math.round(ms)} ms: ${pages}`);
        for (const each of lost) this.#log(this.#paint("dim", `  State was not kept: ${each}`));
      }
    }
  }

  /** Ends the application and this process. */
  async end(): Promise<void> {
    await this.#leave(0);
  }

  async #restart(reason: string): Promise<void> {
    this.#log(`Starts anew: ${reason}`);
    this.#channel.send({ type: "restart", reason });
    await Deno.writeTextFile(this.#options.note, reason);
    await this.#leave(RESTART);
  }

  /** Browsers get their newest state before the process ends, but nothing is waited for long. */
  async #leave(code: number): Promise<void> {
    if (this.#ends) return;
    this.#ends = true;
    const kept = Promise.allSettled(this.#apps.map((app) => app.keep()));
    // Listeners of the application's own for the signal have a moment, too.
    await Promise.race([kept.then(() => delay(code === 0 ? 50 : 0)), delay(LEAVE_MS)]);
    this.#channel.close();
    Deno.exit(code);
  }

  /** The file of routes that an error is about, where that is not what was being loaded: routes.gen.ts hands all of them over. */
  #named(error: unknown): string | undefined {
    const { code, message = "" } = error as { code?: unknown; message?: string };
    const file = code === "route-module" ? /^Cannot use (.+?) as /.exec(message)?.[1] : undefined;
    const path = file === undefined ? undefined : `${this.#options.root}/${file}`;
    return path !== undefined && existsSync(path) ? path : undefined;
  }

  /** Whether deno.json says what the name of a package is. */
  #isMapped(name: string): boolean {
    const [base] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? [name];
    return ["deno.json", "deno.jsonc"].some((file) => {
      const path = `${this.#options.root}/${file}`;
      return existsSync(path) &&
        [`"${base}"`, `"${base}/"`].some((key) => readFileSync(path, "utf8").includes(key));
    });
  }

  /** Why a change of these files cannot be followed by a running process; null when it can. */
  #restartFor(paths: readonly string[]): string | null {
    const { root } = this.#options;
    const name = (path: string) => path.slice(root.length).replace(/^\//, "");
    const found = paths.map(name).find((each) =>
      /^(deno\.jsonc?|package\.json|vango\.json|\.env)$/.test(each)
    );
    return found === undefined ? null : `${found} changed`;
  }

  #swapStyles(files: readonly string[]): void {
    const paths = files.flatMap((file) =>
      this.#options.assets.filter(({ dir }) => file.startsWith(`${dir}/`))
        .map(({ dir, prefix }) => `${prefix.replace(/\/$/, "")}${file.slice(dir.length)}`)
    );
    this.#channel.send({ type: "styles", paths });
    this.#log(`${this.#shorts(files)}: style sheets were swapped`);
  }

  #failed(error: unknown, title: string): void {
    this.#tell(reportOf(error, this.#graph, title));
  }

  #tell(report: Report): void {
    this.#channel.report = report;
    console.error(`\n${reportText(report, this.#paint)}\n`);
  }

  #announce({ hostname, port }: { hostname: string; port: number }): void {
    const host = /^(127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(hostname) ? "localhost" : hostname;
    const url = `http://${host}:${port}/`;
    this.#log(`Listening on ${this.#paint("cyan", url)}`);
    if (this.#options.open && this.#options.why === undefined) void open(url);
  }

  /** Serves an application that does not listen itself; null: what is wrong. */
  #serve(fetch: Deno.ServeHandler | null): void {
    const { port, hostname } = this.#options;
    const broken = () => {
      const report = this.#channel.report;
      return report === null
        ? new Response("Starting", { status: 503, headers: { refresh: "1" } })
        : brokenPage(report);
    };
    this.#server = Deno.serve({
      port: port ?? Number(process.env.PORT || 8000),
      hostname: hostname ?? "127.0.0.1",
      onListen: (address) => this.#announce(address),
    }, (request, info) => {
      if (fetch !== null) return fetch(request, info);
      return this.#channel.handle(request) ?? broken();
    });
  }

  #shorts(paths: readonly string[]): string {
    return shorten(paths.map((path) => this.#graph.short(path)));
  }

  #log(text: string): void {
    console.log(`${this.#paint("bold", "vango")} ${text}`);
  }
}

function shorten(names: readonly string[]): string {
  return names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
}

/** A component as messages name it; one without a name has its place for one. */
function nameOf(component: string): string {
  return /:\d+$/.test(component) ? `the component at ${component}` : component;
}

function capital(text: string): string {
  return text.startsWith("the ") ? `T${text.slice(1)}` : text;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isPortError(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof Deno.errors.AddrInUse || (at as { code?: unknown }).code === "port-taken") return true;
  }
  return false;
}

/** Opens the user's browser, where there is one. */
async function open(url: string): Promise<void> {
  const [command, ...args] = Deno.build.os === "darwin"
    ? ["open", url]
    : Deno.build.os === "windows"
    ? ["cmd", "/c", "start", "", url]
    : ["xdg-open", url];
  try {
    await new Deno.Command(command, { args, stdout: "null", stderr: "null", stdin: "null" }).output();
  } catch {
    console.error(`Cannot open a browser: ${command} is not there. Open ${url} yourself.`);
  }
}
