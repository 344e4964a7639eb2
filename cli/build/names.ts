/**
 * Names the state of an application as its modules are loaded, as `vango dev` does: `const count = signal(0)` has the key "count",
 * so it survives a new build (decision D4, docs/decisions/0019-names-in-production.md).
 *
 * This is bundled into names_dist.ts, of which `vango build` writes dist/names.js: it runs beside the application, without the
 * command line.
 *
 * @module
 */
import * as nodeModule from "node:module";
import { transformModule } from "../dev/transform.ts";

interface Loaded {
  source?: unknown;
}

type Load = (url: string, context: unknown, next: (url: string, context: unknown) => Loaded) => Loaded;

/** What Deno has since 2.8. */
interface Hooks {
  readonly registerHooks?: (hooks: { load: Load }) => void;
}

/**
 * Names the state in the modules below a folder that are loaded from now on. Where the runtime has no hooks it does nothing: signals
 * without a name then survive restarts of one build.
 */
export function nameState(root: URL): void {
  (nodeModule as unknown as Hooks).registerHooks?.({
    load(url, context, next) {
      const loaded = next(url, context);
      const own = url.startsWith(root.href) && !url.includes("/node_modules/") && /\.[mc]?[jt]sx?$/.test(url);
      if (!own || typeof loaded.source !== "string") return loaded;
      return { ...loaded, source: transformModule(loaded.source) };
    },
  });
}
