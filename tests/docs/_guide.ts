/**
 * What a guide in docs/guides shows: files of a project, modules that stand alone, and commands.
 *
 *     ```ts ignore                 a file of the project: its first line is its path. A later one of the same path replaces it
 *     // routes/index.ts
 *
 *     ```js ignore                 the same: a script for the browser
 *     // public/hooks/map.js
 *
 *     ```ts                        a module that stands alone: it type-checks and runs
 *
 *     ```sh                        commands, run in the project's folder, one a line
 *
 * @module
 */
import { walk } from "@std/fs";
import { dirname } from "node:path";
import { generateRoutes } from "../../router/mod.ts";
import { ROOT } from "../../tools/_process.ts";
import { readDocument } from "./_documents.ts";

/** A guide, read. */
export interface Guide {
  /** Its path. */
  readonly path: string;
  /** Modules that stand alone. */
  readonly modules: readonly string[];
  /** Files by path, and commands, in the order in which a reader meets them. */
  readonly steps: readonly (GuideFile | GuideCommand)[];
}

/** A file that the reader writes. */
export interface GuideFile {
  readonly file: string;
  readonly text: string;
}

/** A command that the reader runs. */
export interface GuideCommand {
  readonly command: string;
}

const BLOCK = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;
const NAMED = /^\/\/ ([\w./[\]():_-]+\.(?:tsx?|js|css|json))\n/;

/**
 * Reads a guide.
 *
 * @throws {Error} When a block is in a language that no test understands, or would be run by none.
 */
export async function readGuide(path: string): Promise<Guide> {
  const modules: string[] = [];
  const steps: (GuideFile | GuideCommand)[] = [];
  for (const [block, language, info, text] of (await readDocument(path)).matchAll(BLOCK)) {
    const file = NAMED.exec(text)?.[1];
    const isFile = file !== undefined && info.trim() === "ignore";
    if (isFile && (language === "ts" || language === "js" && file.endsWith(".js"))) {
      steps.push({ file, text });
    } else if (language === "ts" && file === undefined && info.trim() === "") modules.push(text);
    else if (language === "text" || (language === "css" && file === undefined)) continue;
    else if (language === "sh") {
      for (const line of text.split("\n")) {
        const command = line.replace(/\s+#.*/, "").trim();
        if (command !== "") steps.push({ command });
      }
    } else {throw new Error(
        `Cannot test this block of ${path}: expected a module, a named file or commands:\n${block}`,
      );}
  }
  return { path, modules, steps };
}

/** The guides. */
export async function guides(): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of walk(`${ROOT}/docs/guides`, { exts: ["md"], includeDirs: false })) {
    paths.push(path.slice(ROOT.length + 1));
  }
  return paths.sort();
}

/** Writes the files of a guide, and routes.gen.ts where there are routes. */
export async function writeProject(folder: string, steps: readonly GuideFile[]): Promise<void> {
  for (const { file, text } of steps) {
    await Deno.mkdir(dirname(`${folder}/${file}`), { recursive: true });
    await Deno.writeTextFile(`${folder}/${file}`, text);
  }
  const names = [...new Set(steps.map(({ file }) => file))].filter((file) => file.startsWith("routes/"));
  if (names.length === 0) return;
  const routes = generateRoutes(names.map((name) => name.slice("routes/".length)));
  await Deno.writeTextFile(`${folder}/routes.gen.ts`, routes);
}

/** Runs Deno with the configuration of the repository; gives what it printed when it failed. */
export async function failureOf(args: string[], cwd: string): Promise<string | undefined> {
  const [command, ...rest] = args;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [command, "--config", `${ROOT}/deno.json`, ...rest],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return success ? undefined : decoder.decode(stdout) + decoder.decode(stderr);
}
