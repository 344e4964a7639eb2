/**
 * Tells of changed files of a project, several at once where they change together.
 *
 * The system tells of every write two or three times, and of reads. What is told within 30 ms of each other is one change, but
 * nothing waits for more than 200 ms.
 *
 * @module
 */
import { realpathSync } from "node:fs";

/** How long it is quiet before a change is told, in milliseconds. */
const QUIET_MS = 30;
/** How long a change waits at most. */
const MAX_MS = 200;

/** Where nothing is of interest: what builds, tests and packages write, and what is hidden; but not the variables. */
const IGNORED = /^\/(?:coverage|dist)(?:\/|$)|\/(?:node_modules|(?!\.env$)\.[^/]+)(?:\/|$)/;

/** Watches a folder until `stop()`. `changed` gets whole paths, each once. */
export function watchFiles(root: string, changed: (paths: string[]) => void): { stop(): void } {
  // The system names files by their real paths; the application by those of the folder that it was given.
  const real = realpathSync(root);
  const watcher = Deno.watchFs(root, { recursive: true });
  const paths = new Set<string>();
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let first = 0;
  const tell = () => {
    quiet = undefined;
    const all = [...paths];
    paths.clear();
    if (all.length > 0) changed(all);
  };
  (async () => {
    for await (const { kind, paths: found } of watcher) {
      if (kind === "access") continue;
      for (const path of found) {
        const short = path.startsWith(real)
          ? path.slice(real.length)
          : path.startsWith(root)
          ? path.slice(root.length)
          : null;
        if (short === null || IGNORED.test(short) || /(~|\.tmp|\.swp|\.swx)$/.test(short)) continue;
        if (paths.size === 0) first = performance.now();
        paths.add(root + short);
      }
      if (paths.size === 0) continue;
      clearTimeout(quiet);
      quiet = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, first + MAX_MS - performance.now())));
    }
  })();
  return {
    stop() {
      clearTimeout(quiet);
      watcher.close();
    },
  };
}
