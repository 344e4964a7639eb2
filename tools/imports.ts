/**
 * Checks who imports whom: the arrows of `deno info --json` against the table of docs/architecture.md.
 *
 * A module is a folder at the root, or a file there (mod.ts is "mod"). The table names, for each, the modules that it
 * may import, those of which it may import types only, and the packages. What the table does not name, it forbids:
 *
 *     core ──┬─ runtime ──┐
 *     vdom ──┼─ render ───┤
 *            └─ protocol ─┼─► client (vdom: types only)
 *     router ─────────────┴─► server (of client: the built script only) ─► features, middleware, stores
 *
 * `_x.ts` is private to its folder and the folders below it.
 *
 * @module
 */
import { walk } from "@std/fs";
import { ROOT, runDeno } from "./_process.ts";

/** One import: two paths from the root, or a path and a package ("npm:x", "jsr:@std/x", "node:x"). */
export interface Arrow {
  /** The file that imports. */
  from: string;
  /** The file or package that it imports. */
  to: string;
  /** Whether only types are imported. */
  types: boolean;
}

/** What one module may import. */
interface Rule {
  /** Modules, or single files. */
  may: string[];
  /** Modules of which only types may be imported. */
  types?: string[];
  /** Packages, by name without version; `node:*` allows the runtime's own. */
  packages?: string[];
}

const BASE = ["core", "vdom", "render", "protocol", "runtime", "router"];
const CLIENT_SCRIPT = "client/dist.ts";
const SERVER_PACKAGES = ["@opentelemetry/api", "@std/encoding", "@std/http", "node:*"];
const EXTENSION: Rule = { may: [...BASE, "errors", "server"], packages: SERVER_PACKAGES };
const ENTRIES = [
  "mod.ts",
  "jsx_runtime.ts",
  "vdom/elements.ts",
  "errors/mod.ts",
  "features/openapi.ts",
  "server/production.ts",
  "protocol/mod.ts",
  "router/mod.ts",
  "testing/mod.ts",
  "testing/browser_page.ts",
  "testing/dom_page.ts",
];

const TABLE: Record<string, Rule> = {
  core: { may: [], packages: ["@preact/signals-core"] },
  vdom: { may: [] },
  router: { may: [] },
  errors: { may: [] },
  render: { may: ["vdom"] },
  protocol: { may: ["vdom"] },
  runtime: { may: ["core", "vdom"] },
  client: { may: ["protocol"], types: ["vdom"] },
  server: { may: [...BASE, "errors", CLIENT_SCRIPT], packages: SERVER_PACKAGES },
  features: EXTENSION,
  middleware: EXTENSION,
  stores: EXTENSION,
  testing: { may: [...BASE, "errors", "server", "client"], packages: ["@std/assert", "node:*"] },
  mod: { may: [...BASE, "errors", "server", "features", "middleware", "stores"] },
  jsx_runtime: { may: ["vdom"] },
  cli: { may: ENTRIES, packages: ["@std/fs", "esbuild", "tailwindcss", "node:*"] },
  ui: { may: ENTRIES },
};

/** Folders that may import anything: nothing that is published comes from them. */
const FREE = new Set(["tests", "bench", "tools", "examples", "docs", "std"]);

/** What `deno info --json` says that matters here. */
export interface Graph {
  /** The modules, with what each imports. */
  modules: {
    specifier: string;
    dependencies?: { specifier: string; code?: { specifier?: string }; type?: { specifier?: string } }[];
  }[];
}

/** The arrows of a graph between the files below a root, and from them to packages. */
export function readArrows(graph: Graph, rootUrl: string): Arrow[] {
  const shorten = (url: string) => url.startsWith(rootUrl) ? url.slice(rootUrl.length) : url;
  return graph.modules.filter((module) => module.specifier.startsWith(rootUrl)).flatMap((module) =>
    (module.dependencies ?? []).map(({ specifier, code, type }) => ({
      from: shorten(module.specifier),
      to: packageName(specifier) ?? shorten(code?.specifier ?? type?.specifier ?? specifier),
      types: code === undefined,
    }))
  );
}

/** One line for each arrow that the table forbids, naming the file and the arrow. */
export function wrongArrows(arrows: Arrow[]): string[] {
  return arrows.flatMap((arrow) => {
    const reason = whyWrong(arrow);
    return reason === undefined ? [] : [`${arrow.from} -> ${arrow.to}: ${reason}`];
  });
}

function whyWrong({ from, to, types }: Arrow): string | undefined {
  const owner = moduleOf(from);
  const target = moduleOf(to);
  if (isPrivate(from, to)) return `${to.split("/").at(-1)} is private to its folder`;
  if (FREE.has(owner) || owner === target) return undefined;
  const rule = TABLE[owner] ?? (from === "cli.ts" ? TABLE.cli : undefined);
  if (rule === undefined) return `${owner} is not in the import table of tools/imports.ts`;
  if (from === "cli.ts" && target === "cli") return undefined;
  if (isPackage(to)) {
    const allowed = rule.packages ?? [];
    if (allowed.includes(to) || (to.startsWith("node:") && allowed.includes("node:*"))) return undefined;
    return `${owner} may import ${
      allowed.length === 0 ? "no packages" : `the packages ${allowed.join(", ")}`
    }`;
  }
  if (rule.may.includes(target) || rule.may.includes(to)) return undefined;
  if (types && rule.types?.includes(target)) return undefined;
  return `${owner} may import ${describe(rule)}`;
}

function describe({ may, types = [] }: Rule): string {
  const names = may.length === 0 ? "no other module" : may.join(", ");
  return types.length === 0 ? names : `${names} and the types of ${types.join(", ")}`;
}

function isPrivate(from: string, to: string): boolean {
  const slash = to.lastIndexOf("/");
  return to.startsWith("_", slash + 1) && !isPackage(to) && !from.startsWith(to.slice(0, slash + 1)) &&
    moduleOf(from) !== "tests";
}

/** The folder at the root, or the name of a file there; a package is a module of its own. */
function moduleOf(path: string): string {
  if (isPackage(path)) return path;
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.tsx?$/, "");
}

/** The name of a package, without scheme, version and subpath, if the specifier is one; our own is none. */
function packageName(specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return specifier;
  if (/^[./]|^(file|https?|data):/.test(specifier)) return undefined;
  const name = /^(?:npm:|jsr:)?\/?((?:@[^/]+\/)?[^/@]+)/.exec(specifier)?.[1];
  return name?.startsWith("@vango/") ? undefined : name;
}

function isPackage(path: string): boolean {
  return path.startsWith("node:") || path.startsWith("@") || !/[./]/.test(path) ||
    /^(npm|jsr|https?):/.test(path);
}

/** The files of every module that the table names, and the entries at the root. */
async function shippedFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(ROOT)) {
    if (entry.isFile && /\.tsx?$/.test(entry.name)) files.push(entry.name);
    if (!entry.isDirectory || entry.name.startsWith(".") || FREE.has(entry.name)) continue;
    if (entry.name === "node_modules") continue;
    // Templates are files of applications.
    const skip = [/\/cli\/templates\//];
    for await (
      const file of walk(`${ROOT}/${entry.name}`, { exts: ["ts", "tsx"], includeDirs: false, skip })
    ) {
      files.push(file.path.slice(ROOT.length + 1));
    }
  }
  return files.sort();
}

/** The import graph of some files, as Deno resolves it with the configuration of the repository. */
export async function readGraph(files: string[]): Promise<Graph> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    entry,
    files.map((file) => `import ${JSON.stringify(`file://${ROOT}/${file}`)};\n`).join(""),
  );
  // What Deno downloads meanwhile it tells on the other stream.
  const { code, output, stdout } = await runDeno(["info", "--json", "--config", "deno.json", entry], {
    cwd: ROOT,
  });
  await Deno.remove(entry);
  if (code !== 0) throw new Error(`Cannot read the import graph: ${output}`);
  return JSON.parse(stdout) as Graph;
}

/** Checks the files of the repository; gives one line for each wrong arrow. */
export async function checkImports(): Promise<string[]> {
  const graph = await readGraph(await shippedFiles());
  return wrongArrows(readArrows(graph, `file://${ROOT}/`));
}

if (import.meta.main) {
  const wrong = await checkImports();
  for (const line of wrong) console.log(line);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
