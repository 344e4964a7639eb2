/**
 * Makes the style sheet of a project with Tailwind: its compiler, and the classes that the project's sources name.
 *
 *     styles/app.css ─ compile() ────────────────┐
 *     every .ts and .tsx ─ findCandidates() ─► build() ─► CSS
 *
 * The compiler is plain JavaScript, so there is nothing to install: no native scanner, no node_modules. It is loaded when it is first
 * needed.
 *
 * @module
 */
import { exists } from "@std/fs";
import { dirname, join, matchesGlob, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { VangoError } from "@vango/core/errors";
import { listProject, slashed } from "../build/sources.ts";
import type { Project } from "../project.ts";
import { findCandidates } from "./candidates.ts";

/** As in the import map, which a published package has not: what is resolved at run time needs the whole name. */
export const TAILWIND = "npm:tailwindcss@4.3.3";

/** Files that are looked through, but tests and what is generated. */
const SOURCE = /\.(?:[cm]?[jt]sx?|html|md|svg)$/;
const NO_SOURCE = /(?:[._]test|\.gen)\.[cm]?[jt]sx?$/;

/** Where a style sheet is made from. */
export interface CssInput {
  /** The folder of the project. */
  readonly root: string;
  /** The style sheet that imports Tailwind, from there. */
  readonly input: string;
  /** Keeps what sources name from one time to the next. */
  readonly cache?: CandidateCache;
}

/** What sources named when they were last read, by path. */
export type CandidateCache = Map<
  string,
  { readonly time: number; readonly size: number; readonly found: Set<string> }
>;

/** A style sheet that was made. */
export interface MadeCss {
  /** The CSS, not made small. */
  readonly css: string;
  /** The files that it depends on, as whole paths, sorted: style sheets, and sources that were looked through. */
  readonly files: readonly string[];
}

/**
 * Makes the style sheet of a project.
 *
 * @throws {VangoError} "tailwind" when the input is not there, or Tailwind cannot read it.
 */
export async function buildCss(project: Project): Promise<MadeCss> {
  return await makeCss({ root: project.root, input: project.config.tailwind.input });
}

/**
 * Makes a style sheet.
 *
 * @throws {VangoError} "tailwind" when the input is not there, or Tailwind cannot read it.
 */
export async function makeCss({ root, input, cache = new Map() }: CssInput): Promise<MadeCss> {
  const path = join(root, input);
  const fail = (what: string, cause?: unknown) =>
    new VangoError("tailwind", `Cannot make the style sheet of ${input}: ${what}`, { cause });
  if (!await exists(path, { isFile: true })) throw fail("there is no such file");
  const sheets = new Set([path]);
  const { compile } = await import("tailwindcss");
  try {
    const compiler = await compile(await Deno.readTextFile(path), {
      base: dirname(path),
      from: path,
      loadStylesheet: (id, base) => loadStylesheet(id, base, sheets),
      loadModule: (id, base) => loadModule(id, base, sheets),
    });
    const sources = await findSources(root, compiler);
    const candidates = new Set<string>();
    for (const file of sources) {
      for (const one of await candidatesOf(file, cache)) candidates.add(one);
    }
    return { css: compiler.build([...candidates]), files: [...sheets, ...sources].sort() };
  } catch (cause) {
    throw fail(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Makes a style sheet and writes it, unless it is the same. */
export async function writeCss(
  files: CssInput & { readonly output: string },
): Promise<MadeCss & { readonly changed: boolean }> {
  const made = await makeCss(files);
  const out = join(files.root, files.output);
  const changed = await Deno.readTextFile(out).catch(() => undefined) !== made.css;
  if (changed) {
    await Deno.mkdir(dirname(out), { recursive: true });
    // Whoever reads it meanwhile sees the old one or the new one.
    const part = `${out}.${crypto.randomUUID().slice(0, 8)}.tmp`;
    await Deno.writeTextFile(part, made.css);
    await Deno.rename(part, out);
  }
  return { ...made, changed };
}

async function candidatesOf(file: string, cache: CandidateCache): Promise<Set<string>> {
  const { mtime, size } = await Deno.stat(file);
  const time = mtime?.getTime() ?? NaN;
  const known = cache.get(file);
  if (known?.time === time && known.size === size) return known.found;
  const found = findCandidates(await Deno.readTextFile(file));
  cache.set(file, { time, size, found });
  return found;
}

/** A style sheet that another one imports: Tailwind's own, one of a package by its npm: name, or a file. */
async function loadStylesheet(
  id: string,
  base: string,
  sheets: Set<string>,
): Promise<{ path: string; base: string; content: string }> {
  const own = /^tailwindcss(?:\/(.+))?$/.exec(id);
  let path: string;
  if (own !== null) {
    const name = own[1] ?? "index";
    path = fileURLToPath(import.meta.resolve(`${TAILWIND}/${name.endsWith(".css") ? name : `${name}.css`}`));
  } else {
    path = resolve(base, id);
    sheets.add(path);
  }
  return { path, base: dirname(path), content: await Deno.readTextFile(path) };
}

/** A plugin or a configuration: a file, or a package by its npm: name. */
async function loadModule(
  id: string,
  base: string,
  sheets: Set<string>,
  // deno-lint-ignore no-explicit-any -- Tailwind looks at what a module exports itself
): Promise<{ path: string; base: string; module: any }> {
  if (/^(?:npm|jsr):/.test(id)) return { path: id, base, module: (await import(id)).default };
  if (!/^[./]/.test(id)) {
    throw new VangoError("tailwind", `the plugin ${id} has no version: @plugin "npm:${id}@1.0.0"`);
  }
  const path = resolve(base, id);
  sheets.add(path);
  return { path, base: dirname(path), module: (await import(pathToFileURL(path).href)).default };
}

/** Where Tailwind says that sources are. */
interface Where {
  readonly root: "none" | { base: string; pattern: string } | null;
  readonly sources: readonly { base: string; pattern: string; negated: boolean }[];
}

/** The sources: those of the project, unless `source(…)` names others, and what `@source` adds or leaves out. */
async function findSources(folder: string, { root, sources }: Where): Promise<string[]> {
  const all = (await listProject(folder)).map((path) => join(folder, path));
  const within = ({ base, pattern }: { base: string; pattern: string }) => {
    const whole = slashed(resolve(base, pattern));
    return (path: string) =>
      slashed(path) === whole || slashed(path).startsWith(`${whole}/`) || matchesGlob(slashed(path), whole);
  };
  const isSource = (path: string) => SOURCE.test(path) && !NO_SOURCE.test(path);
  const inRoot = root === "none" ? () => false : root === null ? () => true : within(root);
  const added = sources.filter(({ negated }) => !negated).map(within);
  const left = sources.filter(({ negated }) => negated).map(within);
  return all.filter((path) =>
    (isSource(path) && inRoot(path) || added.some((test) => test(path))) && !left.some((test) => test(path))
  );
}
