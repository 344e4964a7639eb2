/**
 * Every gate but the tests, one line each: `deno task ok`, or `deno task ok lint imports` for some.
 *
 * A gate is a name and a function that gives undefined when all is well, else what is wrong. All of them run; the
 * failures are printed at the end.
 *
 * @module
 */
import { exists, walk } from "@std/fs";
import { ROOT, runDeno, seconds } from "./_process.ts";
import { findStale } from "./gen.ts";
import { checkImports } from "./imports.ts";
import { checkSize } from "./size.ts";
import { checkSources } from "./sources.ts";

/** Files that start something in a browser when they are imported. */
const PROGRAMS = new Set(["client/main.ts", "client/rare_main.ts"]);

type Gate = () => Promise<string | undefined>;

const BROWSER_SAFE = ["core", "vdom", "render", "protocol", "runtime", "client"];
const SERVER_SIDE = [
  "core",
  "vdom",
  "render",
  "protocol",
  "runtime",
  "router",
  "errors",
  "server",
  "features",
  "middleware",
];
const SHIPPED = [...SERVER_SIDE, "stores", "client", "testing"];

const GATES: Record<string, Gate> = {
  fmt: () => deno("fmt", "--check"),
  lint: () => deno("lint"),
  check: () => deno("check"),
  "check:browser": async () => await checkWith("tools/browser.json", BROWSER_SAFE),
  "check:server": async () => await checkWith("tools/server.json", [...SERVER_SIDE, "stores"]),
  imports: async () => list(await checkImports()),
  sources: async () => list(await checkSources()),
  "doc:lint": async () => await deno("doc", "--lint", ...await entries()),
  "doc:test": async () =>
    await deno(
      "test",
      "-A",
      "--doc",
      "--permit-no-files",
      ...(await codeFiles(SHIPPED)).filter((file) => !PROGRAMS.has(file)),
    ),
  "doc:check": async () => await deno("check", "--doc-only", ...await documents()),
  generated: async () => list((await findStale()).map((file) => `${file} was stale and is now written anew`)),
  size: async () => list(await checkSize()),
  "publish:core": () => deno("publish", "--dry-run", "--allow-dirty"),
  "publish:cli": () => denoIn("cli", "publish", "--dry-run", "--allow-dirty"),
};

async function deno(...args: string[]): Promise<string | undefined> {
  return await denoIn(".", ...args);
}

async function denoIn(folder: string, ...args: string[]): Promise<string | undefined> {
  const { code, output } = await runDeno(args, { cwd: `${ROOT}/${folder}` });
  return code === 0 ? undefined : output.split("\n").filter((line) => !line.startsWith("Check ")).join("\n");
}

async function checkWith(config: string, modules: string[]): Promise<string | undefined> {
  const files = await codeFiles(modules);
  return files.length === 0 ? undefined : await deno("check", "--no-lock", "--config", config, ...files);
}

/** The files that the two packages export. */
async function entries(): Promise<string[]> {
  const files: string[] = [];
  for (const folder of ["", "cli/"]) {
    const { exports } = JSON.parse(await Deno.readTextFile(`${ROOT}/${folder}deno.json`));
    const paths = typeof exports === "string" ? [exports] : Object.values<string>(exports);
    files.push(...paths.map((path) => folder + path.replace(/^\.\//, "")));
  }
  return files;
}

/** The documents whose examples are type-checked. */
async function documents(): Promise<string[]> {
  const files = ["README.md", "CONTRIBUTING.md"];
  for await (const { path } of walk(`${ROOT}/docs`, { exts: ["md"], includeDirs: false })) files.push(path);
  return files;
}

async function codeFiles(modules: string[]): Promise<string[]> {
  const files: string[] = [];
  for (const module of modules) {
    if (!await exists(`${ROOT}/${module}`)) continue;
    for await (const { path } of walk(`${ROOT}/${module}`, { exts: ["ts", "tsx"], includeDirs: false })) {
      files.push(path.slice(ROOT.length + 1));
    }
  }
  return files.sort();
}

function list(lines: string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** Runs gates in order, printing one line each; gives the number of those that failed. */
export async function runGates(
  gates: Record<string, Gate>,
  print: (line: string) => void = console.log,
): Promise<number> {
  const failures: [string, string][] = [];
  for (const [name, gate] of Object.entries(gates)) {
    const start = performance.now();
    const wrong = await gate().catch((error: unknown) =>
      error instanceof Error ? error.message : String(error)
    );
    const time = seconds(performance.now() - start);
    print(`${wrong === undefined ? "ok  " : "FAIL"} ${name.padEnd(14)} ${time}`);
    if (wrong !== undefined) failures.push([name, wrong]);
  }
  for (const [name, wrong] of failures) print(`\n--- ${name} ---\n${wrong}`);
  print(
    failures.length === 0
      ? "All gates pass"
      : `\n${failures.length} gates fail: ${failures.map(([n]) => n).join(", ")}`,
  );
  return failures.length;
}

/**
 * The gates of the given names, or all of them.
 *
 * @throws {RangeError} When there is no gate of a name.
 */
export function selectGates(names: string[]): Record<string, Gate> {
  if (names.length === 0) return GATES;
  return Object.fromEntries(names.map((name) => {
    if (!Object.hasOwn(GATES, name)) {
      throw new RangeError(`Cannot run gate "${name}": expected one of ${Object.keys(GATES).join(", ")}`);
    }
    return [name, GATES[name]];
  }));
}

if (import.meta.main) Deno.exit(await runGates(selectGates(Deno.args)) === 0 ? 0 : 1);
