/**
 * The modules of the application that run, which imports which, and in which version each is.
 *
 * A version is a query on the URL: `file:///app/x.ts?v=3`. Modules that did not change keep their URL, hence their identity.
 * Only files of the project are in it; what it imports from elsewhere is not watched.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";

/** The graph of one process. */
export class Graph {
  /** The folder of the project, with a slash at its end. */
  readonly root: string;
  readonly #versions: Map<string, number> = new Map();
  readonly #imports: Map<string, Set<string>> = new Map();
  readonly #importers: Map<string, Set<string>> = new Map();
  readonly #known: Set<string> = new Set();
  readonly #foreign: string[] = [];
  #version = 0;

  /** The graph of a project; nothing is loaded yet. */
  constructor(root: string) {
    this.root = root.endsWith("/") ? root : `${root}/`;
  }

  /** The path of a module of the project; undefined for a URL of anything else. */
  pathOf(url: string): string | undefined {
    if (!url.startsWith("file:")) return undefined;
    const path = fileURLToPath(url.replace(/[?#].*$/s, ""));
    return path.startsWith(this.root) && !path.includes("/node_modules/") ? path : undefined;
  }

  /** The URL of a module in its present version. */
  urlOf(path: string): string {
    const version = this.#versions.get(path);
    return pathToFileURL(path).href + (version === undefined ? "" : `?v=${version}`);
  }

  /** Notes that one module imports another. */
  link(importer: string, path: string): void {
    add(this.#imports, importer, path);
    add(this.#importers, path, importer);
  }

  /** Notes that a module imports one that is none of the project's. */
  linkForeign(url: string): void {
    if (this.#known.has(url)) return;
    this.#known.add(url);
    this.#foreign.push(url);
  }

  /** The modules of others that were imported for the first time since this was last asked. */
  takeForeign(): readonly string[] {
    return this.#foreign.splice(0);
  }

  /** A module is loaded: what its version before imported does not count any more. */
  load(path: string): void {
    for (const imported of this.#imports.get(path) ?? []) this.#importers.get(imported)?.delete(path);
    this.#imports.set(path, new Set());
  }

  /** Whether a module is in it. */
  has(path: string): boolean {
    return this.#imports.has(path) || (this.#importers.get(path)?.size ?? 0) > 0;
  }

  /** The modules that import a module. */
  importers(path: string): ReadonlySet<string> {
    return this.#importers.get(path) ?? new Set();
  }

  /** How many modules there are. */
  get size(): number {
    return this.#imports.size;
  }

  /** Gives modules a new version, all the same one. */
  bump(paths: Iterable<string>): void {
    this.#version++;
    for (const path of paths) this.#versions.set(path, this.#version);
  }

  /** A path as it is written in messages: from the project's folder. */
  short(path: string): string {
    return path.startsWith(this.root) ? path.slice(this.root.length) : path;
  }
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const set = to.get(key);
  if (set === undefined) to.set(key, new Set([value]));
  else set.add(value);
}
