/**
 * Brings a running application up to date with its files: evaluates what changed and what imports it, as far as needed, and
 * has the live sessions follow.
 *
 *     changed ─► importers, until each export of a module is what it was ─► evaluate ─► commit ─► swap the sessions
 *                                                                            └ fails: nothing has happened
 *
 * A module *accepts* its own change where all that it exports keeps its identity: components, signals, contexts (hot.ts).
 * Then its importers stay as they are. The main module is never evaluated twice: a change that reaches it is a restart.
 *
 * @module
 */
import { existsSync } from "node:fs";
import type { Graph } from "./graph.ts";
import { TOGETHER } from "./hooks.ts";
import type { Hot } from "./hot.ts";

/** What of a running application an update needs: see DevApp of the package's dev entry. */
export interface Swappable {
  /** The routes that it has. */
  readonly routes: unknown;
  /** Has every session follow. */
  swap(change: { components: ReadonlySet<unknown>; routes?: unknown }): {
    failed: { error: unknown; component?: string } | null;
    sessions: number;
    lost: readonly string[];
  };
  /** Has them go back. */
  undo(): void;
  /** Gives every browser its newest state. */
  keep(): Promise<void>;
}

/** What became of an update. */
export type Outcome =
  /** Nothing that runs has changed. */
  | { kind: "none" }
  /** The sessions follow. */
  | { kind: "swapped"; modules: string[]; components: number; sessions: number; lost: string[] }
  /** It does not work; what was there goes on. */
  | { kind: "failed"; error: unknown; file: string; component?: string }
  /** Only a restart will do. */
  | { kind: "restart"; reason: string };

/** Turns after which an update is given up. */
const MAX_TURNS = 20;

type Namespace = Readonly<Record<string, unknown>>;

/** Keeps one application up to date. */
export class Updater {
  readonly #graph: Graph;
  readonly #hot: Hot;
  readonly #main: string;
  readonly #apps: () => readonly Swappable[];
  /** Files whose change has not worked yet. */
  readonly #pending: Set<string> = new Set();
  /** The exports of modules as they were when all worked; null of those that did not run then. */
  readonly #exports: Map<string, Namespace | null> = new Map();

  /** What packages export. */
  readonly #foreign: Set<unknown> = new Set();
  /** Tables of routes that an update replaces, by the ones before. */
  #tables: Map<unknown, unknown> = new Map();

  /** Makes it for the main module at a path. */
  constructor(graph: Graph, hot: Hot, main: string, apps: () => readonly Swappable[]) {
    this.#graph = graph;
    this.#hot = hot;
    this.#main = main;
    this.#apps = apps;
  }

  /** Takes changed files. Never throws. */
  async update(paths: readonly string[]): Promise<Outcome> {
    const graph = this.#graph;
    for (const path of paths) if (graph.has(path)) this.#pending.add(path);
    if (this.#pending.size === 0) return { kind: "none" };
    if (this.#pending.has(this.#main)) {
      return { kind: "restart", reason: `${graph.short(this.#main)} changed, which makes the application` };
    }
    const modules: Map<string, number> = new Map();
    const now: Map<string, Namespace> = new Map();
    this.#tables = new Map();
    this.#hot.begin();
    let wave = await this.#closure(this.#pending);
    for (let turn = 1; wave.size > 0; turn++) {
      if (turn > MAX_TURNS) return this.#stop("modules that import each other do not settle");
      graph.bump(wave);
      // Of a file that is gone those who import it are what is left to evaluate.
      for (const path of wave) if (!existsSync(path)) wave.delete(path);
      for (const path of wave) modules.set(path, turn);
      try {
        const exports = await importAll([...wave].map((path) => graph.urlOf(path)));
        [...wave].forEach((path, i) => now.set(path, exports[i]));
      } catch (thrown) {
        const error = await causeOf(thrown);
        this.#hot.drop();
        return { kind: "failed", error, file: [...wave][0] };
      }
      const more = new Set<string>();
      for (const path of wave) {
        const reason = this.#mustGoOn(path, now.get(path)!);
        if (reason === null) continue;
        for (const importer of graph.importers(path)) {
          if (importer === this.#main) {
            return this.#stop(`${graph.short(importer)} imports ${graph.short(path)}, ${reason}`);
          }
          // Who was evaluated in this turn has the newest version already.
          if (modules.get(importer) !== turn) more.add(importer);
        }
      }
      wave = await this.#closure(more);
    }
    if (modules.size === 0) {
      this.#hot.drop();
      this.#pending.clear();
      return { kind: "none" };
    }
    return this.#swap(now);
  }

  #stop(reason: string): Outcome {
    this.#hot.drop();
    return { kind: "restart", reason };
  }

  #swap(now: ReadonlyMap<string, Namespace>): Outcome {
    const modules = [...now.keys()];
    const components = this.#hot.commit();
    const lost: string[] = [];
    let sessions = 0;
    const done: Swappable[] = [];
    for (const app of this.#apps()) {
      done.push(app);
      const routes = this.#tables.get(app.routes);
      const result = app.swap(routes === undefined ? { components } : { components, routes });
      if (result.failed !== null) {
        this.#hot.undo();
        for (const each of done) each.undo();
        return { kind: "failed", ...result.failed, file: modules[0] };
      }
      sessions += result.sessions;
      lost.push(...result.lost);
    }
    this.#pending.clear();
    for (const [path, exports] of now) this.#exports.set(path, exports);
    return {
      kind: "swapped",
      modules: modules.map((path) => this.#graph.short(path)),
      components: components.size,
      sessions,
      lost,
    };
  }

  /** What will have to be evaluated, as far as can be known before. */
  async #closure(from: ReadonlySet<string>): Promise<Set<string>> {
    await this.#learnForeign();
    const found = new Set(from);
    for (let level = [...from]; level.length > 0;) {
      await this.#learnExports(level);
      const next = new Set<string>();
      for (const path of level) {
        const exports = this.#exports.get(path) ?? null;
        if (
          exports !== null && existsSync(path) && Object.values(exports).every((each) => this.#isStable(each))
        ) {
          continue;
        }
        for (const importer of this.#graph.importers(path)) {
          if (importer !== this.#main && !found.has(importer)) next.add(importer);
        }
      }
      for (const path of next) found.add(path);
      level = [...next];
    }
    return found;
  }

  /** Notes what modules export that were not asked about before. */
  async #learnExports(paths: readonly string[]): Promise<void> {
    const unknown = paths.filter((path) => !this.#exports.has(path));
    if (unknown.length === 0) return;
    try {
      const exports = await importAll(unknown.map((path) => this.#graph.urlOf(path)));
      unknown.forEach((path, i) => this.#exports.set(path, exports[i]));
    } catch {
      // One of them does not run: it is seen which.
      for (const path of unknown) {
        const found = await importAll([this.#graph.urlOf(path)]).catch(() => [null]);
        this.#exports.set(path, found[0]);
      }
    }
  }

  /** Whether a value will be the same, or can be replaced where it is used. */
  #isStable(value: unknown): boolean {
    return this.#hot.isKept(value) || this.#foreign.has(value) || this.#isTable(value);
  }

  #isTable(value: unknown): boolean {
    return value !== undefined && this.#apps().some((app) => app.routes === value);
  }

  /** What packages export is the same in every version of a module that exports it on. */
  async #learnForeign(): Promise<void> {
    for (const url of this.#graph.takeForeign()) {
      try {
        for (const value of Object.values((await importAll([url]))[0])) this.#foreign.add(value);
      } catch {
        // Nobody could import it.
      }
    }
  }

  /** Why those who import a module must be evaluated too; null where nothing that it exports is another thing. */
  #mustGoOn(path: string, now: Namespace): string | null {
    const before = this.#exports.get(path) ?? null;
    if (before === null) return "which did not run before";
    // What is exported besides concerns nobody yet: who imports it changes too.
    for (const name of Object.keys(before)) {
      if (!Object.hasOwn(now, name)) return `which does not export ${name} any more`;
      if (Object.is(before[name], now[name])) continue;
      if (!this.#isTable(before[name])) return `whose export ${name} is no component, signal or context`;
      this.#tables.set(before[name], now[name]);
    }
    return null;
  }
}

/**
 * Imports modules and gives their exports. By one module that imports them all: each `import()` of its own is a graph of its own to
 * Deno, and 160 of them took half a minute where this takes a tenth of a second.
 */
async function importAll(urls: readonly string[]): Promise<Namespace[]> {
  const imports = urls.map((url, i) => `import * as m${i} from ${JSON.stringify(url)};`).join("");
  const source = `${imports}export const all=[${urls.map((_, i) => `m${i}`).join()}];//${++imported}`;
  return (await import(TOGETHER + encodeURIComponent(source))).all;
}

/** Of a module that is imported by another one Deno says that it is not there when it cannot be read; by itself it says why. */
async function causeOf(error: unknown): Promise<unknown> {
  const url = /unprepared module: (file:\S+), imported from/.exec(String(error))?.[1];
  if (url === undefined || !existsSync(new URL(url.replace(/\?.*$/s, "")))) return error;
  try {
    await import(url);
    return error;
  } catch (cause) {
    return cause;
  }
}

/** No two of these modules are the same, as one that failed is not tried again. */
let imported = 0;
