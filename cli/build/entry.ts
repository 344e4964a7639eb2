/**
 * The modules that a build has: which build it is, and the two ways to serve it.
 *
 * The code of the application is not copied or bundled: the entries import its main module where it is. Deno compiles it as it does in
 * development, JSX included, and Deno Deploy follows the imports.
 *
 * @module
 */
import { exists } from "@std/fs";
import { relative } from "node:path";
import { VangoError } from "@vango/core/errors";
import type { Project } from "../project.ts";
import { NAMES_JS } from "./names_dist.ts";
import { slashed } from "./sources.ts";

/** The main modules that are looked for, in this order. */
export const MAINS: readonly string[] = ["main.ts", "main.tsx", "app.ts", "server.ts"];

/** The main module of an application. */
export interface Main {
  /** Its path below the project's folder: "main.ts". */
  readonly file: string;
  /** Under which name it exports the application. */
  readonly name: "app" | "default";
}

/**
 * Finds the main module of a project, and how it exports the application.
 *
 * @throws {VangoError} "no-main" when there is none, "no-app" when it exports none.
 */
export async function findMain(project: Project): Promise<Main> {
  for (const file of MAINS) {
    if (!await exists(project.path(file))) continue;
    const text = await Deno.readTextFile(project.path(file));
    if (/^\s*export\s+(?:const|let|var)\s+app\b|^\s*export\s*\{[^}]*\bapp\b\s*[,}]/m.test(text)) {
      return { file, name: "app" };
    }
    if (/^\s*export\s+default\b|^\s*export\s*\{[^}]*\bas\s+default\b/m.test(text)) {
      return { file, name: "default" };
    }
    throw new VangoError("no-app", `${file} exports no application`, {
      hint:
        "Write: export const app = createApp({ routes }), and below it: if (import.meta.main) app.serve().",
    });
  }
  throw new VangoError("no-main", `${project.root} has no main.ts`, {
    hint: "It makes the application: export const app = createApp({ routes }).",
  });
}

/** The text of the modules, by name. */
export function entryTexts(project: Project, out: string, main: Main): Record<string, string> {
  const root = `${slashed(relative(out, project.root))}/`;
  const path = `${root}${main.file}`;
  const app = main.name === "app" ? "app" : "default: app";
  // Not an import of its own: by then its modules would be loaded already, without names.
  const importApp = `import "./build.ts";

const { ${app} } = await import(${JSON.stringify(path)});`;
  const head = (what: string) =>
    `// deno-fmt-ignore-file
// deno-lint-ignore-file
/**
 * ${what}
 * Written by \`vango build\`; do not edit.
 *
 * @module
 */`;
  return {
    "names.js": `// Written by \`vango build\`; do not edit.
// deno-fmt-ignore-file
// deno-lint-ignore-file
${NAMES_JS}
`,
    "build.ts": `${
      head("Says which build runs, and names the state of the modules that are loaded after it.")
    }
import { useBuild } from "@vango/core/production";
import manifest from "./manifest.json" with { type: "json" };
import { nameState } from "./names.js";

nameState(new URL(${JSON.stringify(root)}, import.meta.url));
useBuild(manifest, new URL("./public/", import.meta.url));
`,
    "server.ts": `${head("The application in production, for hosts that call it, as deno serve does.")}
${importApp}

export default { fetch: app.fetch } satisfies Deno.ServeDefaultExport;
`,
    "start.ts": `${
      head("The application in production, as a server of its own that ends gracefully: vango start runs it.")
    }
${importApp}

app.serve({ hostname: Deno.env.get("VANGO_HOST") || undefined });
`,
  };
}
