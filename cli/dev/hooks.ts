/**
 * Loads the application's modules: notes who imports whom, gives each module the URL of its version, and changes its text
 * (transform.ts).
 *
 * `module.registerHooks` runs them in this thread, between Deno's own resolution and loading: what comes here is resolved by
 * deno.json and is JavaScript already.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import type { Graph } from "./graph.ts";
import { transformModule } from "./transform.ts";

/** The scheme of modules whose text is their URL. */
export const TOGETHER = "vango-together:";

interface Resolved {
  url: string;
  shortCircuit?: boolean;
}

interface Loaded {
  format?: string;
  shortCircuit?: boolean;
  source?: string | ArrayBuffer | Uint8Array | null;
}

/** The texts of modules as they were loaded last: one that runs again because of what it imports has the same. */
export interface Loader {
  /** Forgets the texts of files that changed. */
  forget(paths: Iterable<string>): void;
  /** Gives the names of packages that were imported and not found, since it was asked last. */
  takeMissing(): string[];
}

/** Registers the hooks. `main` is the path of the main module, whose `import.meta.main` is true. */
export function loadWithHooks(graph: Graph, main: string, hot: (path: string) => string): Loader {
  const texts = new Map<string, Loaded>();
  // By who imports what: deno.json is the same until the process ends.
  const resolutions = new Map<string, Resolved>();
  const missing = new Set<string>();
  registerHooks({
    resolve(specifier: string, context: { parentURL?: string }, next: (...args: unknown[]) => Resolved) {
      if (specifier.startsWith(TOGETHER)) return { url: specifier, shortCircuit: true };
      const key = `${context.parentURL?.replace(/\?.*$/s, "")} ${specifier}`;
      let resolved = resolutions.get(key);
      if (resolved === undefined) {
        resolved = next(specifier, context);
        // Of a package that is new to the process Deno gives a file that is not there.
        const { url } = resolved;
        if (!/^[./]|^\w+:/.test(specifier) && url.startsWith("file:") && !existsSync(new URL(url))) {
          missing.add(specifier);
        } else resolutions.set(key, resolved);
      }
      const path = graph.pathOf(resolved.url);
      const importer = context.parentURL === undefined ? undefined : graph.pathOf(context.parentURL);
      if (path === undefined) {
        if (importer !== undefined) graph.linkForeign(resolved.url);
        return resolved;
      }
      if (importer !== undefined) graph.link(importer, path);
      // A query that is there is the application's, or ours already.
      return resolved.url.includes("?") ? resolved : { ...resolved, url: graph.urlOf(path) };
    },
    load(url: string, context: unknown, next: (...args: unknown[]) => Loaded) {
      if (url.startsWith(TOGETHER)) {
        return {
          format: "module",
          source: decodeURIComponent(url.slice(TOGETHER.length)),
          shortCircuit: true,
        };
      }
      const path = graph.pathOf(url);
      if (path === undefined) return next(url, context);
      graph.load(path);
      const known = texts.get(path);
      if (known !== undefined) return known;
      const loaded = next(url, context);
      if (typeof loaded.source !== "string" || !/\.[mc]?[jt]sx?$/.test(path)) return loaded;
      const source = path === main
        ? loaded.source.replaceAll(/\bimport\.meta\.main\b/g, "true")
        : loaded.source;
      const made = { ...loaded, source: transformModule(source, { hot: hot(path) }), shortCircuit: true };
      texts.set(path, made);
      return made;
    },
  } as never);
  return {
    takeMissing() {
      const names = [...missing];
      missing.clear();
      return names;
    },
    forget(paths) {
      for (const path of paths) texts.delete(path);
    },
  };
}
