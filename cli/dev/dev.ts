/**
 * `vango dev`, the process that was started: writes the routes, watches files, and runs the application in a process of its own,
 * which follows them (development.ts). It starts that process anew when it asks for it.
 *
 *     files ─► routes.gen.ts, if their names changed ─► "these changed" ─► the application's process ─► exit 86 ─► started anew
 *
 * @module
 */
import { exists } from "@std/fs";
import { dirname, join } from "node:path";
import { findError, type VangoError } from "@vango/core/errors";
import { writeRoutes } from "../_routes.ts";
import { CONFIG_FILE } from "../config.ts";
import { ENV_FILE, envFileArgs } from "../project.ts";
import { type ChildMessage, type ChildOptions, GAVE_UP, type Report, RESTART } from "./messages.ts";
import { frameOf } from "./report.ts";
import { DevStyles, type StyleFiles } from "./styles.ts";
import { watchFiles } from "./watch.ts";

/** What is developed, and how. */
export interface DevOptions {
  /** The folder of the project, a whole path. */
  readonly root: string;
  /** The main module, a whole path. */
  readonly main: string;
  /** The folder of the routes, a whole path. */
  readonly routes: string;
  /** The folder of files that are served as they are, a whole path. */
  readonly assets: string;
  /** The path that they are served below. */
  readonly prefix: string;
  /** The style sheet that Tailwind makes; undefined: none. */
  readonly styles?: StyleFiles;
  /** The port; undefined: the application's. */
  readonly port?: number;
  /** The address; undefined: the application's. */
  readonly hostname?: string;
  /** Whether to open a browser. */
  readonly open: boolean;
}

/** Where it writes. */
export interface DevOutput {
  /** Writes to standard output. */
  log(text: string): void;
  /** Writes to standard error. */
  error(text: string): void;
}

/** Files whose names make routes. */
const ROUTE_FILE = /\.(tsx?|jsx?)$/;

/**
 * Develops until the application's process ends or a signal comes; gives the exit code.
 *
 * @param read Says what is developed; asked again when vango.json changes. What it throws at first is thrown, later it is shown.
 */
export async function runDev(read: () => Promise<DevOptions>, output: DevOutput): Promise<number> {
  const run = new Run(read, await read(), output);
  return await run.run();
}

class Run {
  readonly #read: () => Promise<DevOptions>;
  #options: DevOptions;
  readonly #output: DevOutput;
  readonly #secret = crypto.randomUUID() + crypto.randomUUID();
  #styles: DevStyles | null;
  #child: Child | null = null;
  #problem: Report | null = null;
  /** The newest routes.gen.ts that was written here. */
  #written: { path: string; text: string } = { path: "", text: "" };
  /** What is wrong with vango.json. */
  #wrong: Report | null = null;
  /** Resolves when a file changes while nothing runs. */
  #woken: (() => void) | null = null;

  constructor(read: () => Promise<DevOptions>, options: DevOptions, output: DevOutput) {
    this.#read = read;
    this.#options = options;
    this.#output = output;
    this.#styles = stylesOf(options);
  }

  async run(): Promise<number> {
    const { root } = this.#options;
    await this.#writeRoutes();
    const styles = await this.#styles?.update();
    this.#problem ??= styles?.problem ?? null;
    let work = Promise.resolve();
    const watcher = watchFiles(root, (paths) => void (work = work.then(() => this.#changed(paths))));
    const end = () => void this.#child?.end();
    for (const signal of SIGNALS) Deno.addSignalListener(signal, end);
    let why: string | undefined;
    try {
      for (;;) {
        this.#child = await Child.start(this.#options, {
          why,
          problem: this.#wrong ?? this.#problem,
          secret: this.#secret,
        });
        const { code, reason } = await this.#child.ended();
        const ended = this.#child.ending;
        this.#child = null;
        if (code === GAVE_UP) return 1;
        if (code === 0 || ended) return 0;
        why = reason ?? `it had ended with exit code ${code}`;
        if (code === RESTART) continue;
        this.#output.error(
          `The application ended with exit code ${code}. It is started anew when a file changes.`,
        );
        await new Promise<void>((resolve) => this.#woken = resolve);
      }
    } finally {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, end);
      watcher.stop();
      await work;
    }
  }

  async #changed(paths: string[]): Promise<void> {
    const { root } = this.#options;
    if ([CONFIG_FILE, ENV_FILE].some((name) => paths.includes(join(root, name)))) await this.#configure();
    const { routes } = this.#options;
    // What is made of the others tells of itself below, or was told with them.
    const changed: string[] = [];
    for (const path of paths) {
      if (path !== this.#styles?.output && !await this.#isWritten(path)) changed.push(path);
    }
    if (changed.length === 0) return;
    const styles = this.#styles?.concerns(changed) ? this.#styles.update() : undefined;
    if (
      paths.some((path) => path.startsWith(`${routes}/`) && ROUTE_FILE.test(path)) || this.#problem !== null
    ) {
      changed.push(...await this.#writeRoutes());
    }
    this.#woken?.();
    this.#woken = null;
    await this.#child?.tell({ changed: [...new Set(changed)], problem: this.#wrong ?? this.#problem });
    const made = await styles;
    if (
      made === undefined || this.#wrong !== null || this.#problem !== null ||
      !made.changed && made.problem === null
    ) return;
    await this.#child?.tell({ changed: made.changed ? [this.#styles!.output] : [], problem: made.problem });
  }

  /** Takes what vango.json and .env say now; the application's process, which starts anew for it, gets it. */
  async #configure(): Promise<void> {
    try {
      this.#options = await this.#read();
      this.#wrong = null;
      this.#styles = stylesOf(this.#options);
      await this.#styles?.update();
    } catch (error) {
      const { what = (error as Error).message, hint, place } = error as Partial<VangoError>;
      const path = join(this.#options.root, CONFIG_FILE);
      this.#wrong = {
        title: `Cannot use ${CONFIG_FILE}`,
        message: what,
        file: CONFIG_FILE,
        path,
        ...place === undefined ? {} : { line: place.line, column: place.column },
        frame: place === undefined ? [] : frameOf(path, place.line),
        stack: [],
        ...hint ? { hint } : {},
      };
    }
  }

  /** Whether a file is routes.gen.ts as it was written here: that was told then. */
  async #isWritten(path: string): Promise<boolean> {
    if (path !== this.#written.path) return false;
    if (await Deno.readTextFile(path).catch(() => "") === this.#written.text) return true;
    // Edited by hand; what takes that back is news, too.
    this.#written = { path: "", text: "" };
    return false;
  }

  /** Writes routes.gen.ts where it is stale; gives it then. */
  async #writeRoutes(): Promise<string[]> {
    const { routes, root } = this.#options;
    if (!await exists(routes)) return [];
    try {
      const { out, changed } = await writeRoutes({ folder: routes });
      this.#problem = null;
      if (!changed) return [];
      this.#written = { path: out, text: await Deno.readTextFile(out) };
      return [out];
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      const { hint = findError(code ?? "")?.fix } = error as Error & { hint?: string };
      const file = /[^\s(]\S*\.[jt]sx?/.exec(message)?.[0];
      const path = file === undefined ? undefined : join(routes, file);
      this.#problem = {
        title: `Cannot write the routes of ${routes.slice(root.length + 1)}/`,
        message,
        frame: [],
        stack: [],
        ...path !== undefined && await exists(path) ? { file: path.slice(root.length + 1), path } : {},
        ...hint === undefined ? {} : { hint },
      };
      return [];
    }
  }
}

function stylesOf({ root, styles }: DevOptions): DevStyles | null {
  return styles === undefined ? null : new DevStyles(root, styles);
}

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/** The application's process. */
class Child {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #note: string;
  /** Whether it was asked to end. */
  ending = false;

  private constructor(process: Deno.ChildProcess, note: string) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#note = note;
  }

  static async start(
    { root, main, port, hostname, open, assets, prefix }: DevOptions,
    { why, problem, secret }: { why?: string; problem: Report | null; secret: string },
  ): Promise<Child> {
    const note = await Deno.makeTempFile({ prefix: "vango-dev-" });
    const options: ChildOptions = {
      ...{ root, main, port, hostname, open, note, why },
      ...problem === null ? {} : { problem },
      assets: [{ dir: assets, prefix }],
    };
    const config = await configOf(root);
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        ...config === undefined ? ["--no-config"] : ["--config", config],
        ...await envFileArgs(root),
        import.meta.resolve("./child.ts"),
        JSON.stringify(options),
      ],
      cwd: root,
      env: {
        VANGO_DEV: Deno.env.get("VANGO_DEV") ?? "1",
        // The state of open pages is sealed with it, and the next process must be able to read it.
        VANGO_SECRET: Deno.env.get("VANGO_SECRET") ?? secret,
      },
      stdin: "piped",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
    return new Child(process, note);
  }

  async tell(message: ChildMessage): Promise<void> {
    try {
      await this.#input.write(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
    } catch {
      // It has ended meanwhile; the next one reads the files as they are.
    }
  }

  /** Has it end: it does when nothing more can come. */
  async end(): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    await this.#input.close().catch(() => {});
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 3000);
    await this.#process.status;
    clearTimeout(timer);
  }

  async ended(): Promise<{ code: number; reason?: string }> {
    const { code } = await this.#process.status;
    await this.#input.abort().catch(() => {});
    const reason = await Deno.readTextFile(this.#note).catch(() => "");
    await Deno.remove(this.#note).catch(() => {});
    return reason === "" ? { code } : { code, reason };
  }
}

/** The deno.json of a folder, or of the nearest one above it. */
async function configOf(folder: string): Promise<string | undefined> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    if (await exists(join(folder, name))) return join(folder, name);
  }
  return dirname(folder) === folder ? undefined : await configOf(dirname(folder));
}
