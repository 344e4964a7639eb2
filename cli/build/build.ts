/**
 * Builds an application: all that `vango build` does, without the command line.
 *
 *     folder ok? ─► routes fresh? ─► main.ts exports an app? ─► styles ─► files ─► entries ─► types ─► in its place
 *
 * All is written beside the folder and takes its place in the end: a build that fails leaves the one before as it was.
 *
 * @module
 */
import { exists } from "@std/fs";
import { basename, dirname, join, relative } from "node:path";
import { VangoError } from "@vango/core/errors";
import { whyRoutesStale, writeRoutes } from "../_routes.ts";
import type { Io } from "../io.ts";
import type { Project } from "../project.ts";
import { VERSION } from "../version.ts";
import { buildAssets } from "./assets.ts";
import { entryTexts, findMain } from "./entry.ts";
import { MANIFEST, type Manifest, readManifest } from "./manifest.ts";
import { codeId, findLinks, ifMissing, readSources, slashed, type Source, staticId } from "./sources.ts";

/** What a build is told besides the configuration. */
export interface BuildOptions {
  /** Whether a stale routes.gen.ts is written anew; else it is an error. */
  readonly fix: boolean;
  /** Whether types are checked. */
  readonly check: boolean;
  /** Whether files of the build before, which pages that are open may still ask for, are removed. */
  readonly clean: boolean;
}

/** What was built. */
export interface Built {
  /** The folder. */
  readonly out: string;
  /** What it holds. */
  readonly manifest: Manifest;
  /** What may be a mistake. */
  readonly warnings: readonly string[];
}

/**
 * Builds an application.
 *
 * @throws {VangoError} With the reason; the build that was there stays.
 */
export async function buildProject(project: Project, io: Io, options: BuildOptions): Promise<Built> {
  const { config } = project;
  const out = project.path(config.build.out);
  await checkFolder(project, out);
  await checkRoutes(project, io, options.fix);
  const main = await findMain(project);
  const sources = await readSources(project);
  const part = join(dirname(out), `.${basename(out)}.${crypto.randomUUID().slice(0, 8)}.tmp`);
  try {
    const made = await makeStyles(project, io);
    const files = await step(io, "Building files", () =>
      buildAssets({
        from: project.path(config.static.dir),
        to: join(part, "public"),
        prefix: config.static.prefix,
        minify: config.build.minify,
        sourcemaps: config.build.sourcemaps,
        made,
      }));
    const manifest: Manifest = {
      version: 1,
      id: codeId(sources),
      vango: VERSION,
      static: config.static,
      staticId: await staticId(project),
      files,
    };
    await Deno.writeTextFile(join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const [name, text] of Object.entries(entryTexts(project, out, main))) {
      await Deno.writeTextFile(join(part, name), text);
    }
    if (options.check) await checkTypes(project, io, part);
    if (!options.clean) await keepFiles(out, part, manifest);
    await replaceFolder(out, part);
    const { dir } = config.static;
    const links = await findLinks(project.path(dir)).catch(ifMissing<string[]>([]));
    const left = links.map((path) => `${dir}/${path} is a link, and was left out`);
    return { out, manifest, warnings: [...left, ...unknownAssets(sources, manifest)] };
  } finally {
    await Deno.remove(part, { recursive: true }).catch(ifMissing(undefined));
  }
}

/** Puts a folder in the place of another. Both are renamed, at once: a server of the build before finds its files all the time. */
async function replaceFolder(out: string, part: string): Promise<void> {
  const old = `${part}.old`;
  const wasThere = await Deno.lstat(out).then(() => true, ifMissing(false));
  if (wasThere) Deno.renameSync(out, old);
  try {
    Deno.renameSync(part, out);
  } catch (error) {
    if (wasThere) Deno.renameSync(old, out);
    throw error;
  }
  await Deno.remove(old, { recursive: true }).catch(ifMissing(undefined));
}

/** Runs a part of the build while it is shown. */
async function step<T>(io: Io, text: string, work: () => Promise<T>): Promise<T> {
  const progress = io.progress(text);
  try {
    const result = await work();
    progress.done();
    return result;
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/** What a build replaces must be a build: a mistyped folder must cost nothing. */
async function checkFolder(project: Project, out: string): Promise<void> {
  const names = await Array.fromAsync(Deno.readDir(out), ({ name }) => name).catch((error) => {
    if (error instanceof Deno.errors.NotADirectory) return ["a file"];
    return ifMissing<string[]>([])(error);
  });
  if (names.length === 0 || await readManifest(out) !== undefined) return;
  throw new VangoError(
    "build-folder",
    `Cannot build into ${relative(project.root, out)}: it holds ${names.sort()[0]}, and no build`,
    {
      hint: "Name another folder with --out, or empty this one.",
    },
  );
}

/** @throws {VangoError} "routes-stale" when the file of the routes is not what it would be now, and is not to be written. */
async function checkRoutes(project: Project, io: Io, fix: boolean): Promise<void> {
  const folder = project.path(project.config.paths.routes);
  if (!await exists(folder)) return;
  const why = await whyRoutesStale({ folder });
  if (why === "") return;
  if (!fix) {
    throw new VangoError("routes-stale", `routes.gen.ts is stale: ${why}`, {
      hint: "Run vango gen routes, or vango build --fix, and commit the file.",
    });
  }
  const { out } = await writeRoutes({ folder });
  io.error(`Wrote ${slashed(relative(project.root, out))}: ${why}`);
}

/** The style sheet that Tailwind makes, by its path below the folder of files; nothing where there is no Tailwind. */
async function makeStyles(project: Project, io: Io): Promise<Map<string, string>> {
  const { tailwind, static: files } = project.config;
  if (!tailwind.enabled) return new Map();
  const name = slashed(relative(project.path(files.dir), project.path(tailwind.output)));
  if (name.startsWith("../")) {
    throw new VangoError("tailwind", `Cannot write ${tailwind.output}: it is not in ${files.dir}`, {
      hint: `Set tailwind.output of vango.json to a file in it: ${files.dir}/styles.css.`,
    });
  }
  const { buildCss } = await import("../tailwind/mod.ts");
  const { css } = await step(io, "Making styles", () => buildCss(project));
  return new Map([[name, css]]);
}

/** @throws {VangoError} "build-check" when there are errors of types, which are printed. */
async function checkTypes(project: Project, io: Io, part: string): Promise<void> {
  await step(io, "Checking types", async () => {
    const args = ["check", "--quiet", join(part, "server.ts"), join(part, "start.ts")];
    const { code, output } = await io.deno(args, {
      cwd: project.root,
      env: io.paintError("red", "") === "" ? { NO_COLOR: "1" } : {},
      show: false,
    });
    if (code === 0) return;
    io.error(output.trim());
    throw new VangoError("build-check", "The application has errors of types", {
      hint: "Correct them, or build without the check: vango build --no-check.",
    });
  });
}

/** Takes over what pages of the build before may still ask for: the hashed names that are no longer made. */
async function keepFiles(out: string, part: string, { static: { prefix } }: Manifest): Promise<void> {
  const before = await readManifest(out);
  if (before === undefined) return;
  const base = prefix.replace(/\/$/, "");
  for (const { url } of Object.values(before.files)) {
    if (!url.startsWith(`${base}/`)) continue;
    const name = decodeURIComponent(url.slice(base.length + 1));
    for (const ending of ["", ".br", ".gz"]) {
      const [from, to] = [join(out, "public", name + ending), join(part, "public", name + ending)];
      if (!isBelow(join(out, "public"), from) || await exists(to)) continue;
      await Deno.mkdir(dirname(to), { recursive: true });
      await Deno.copyFile(from, to).catch(ifMissing(undefined));
    }
  }
}

function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith("..");
}

/** Calls of asset() whose file is not there: mostly a mistake of spelling. */
function unknownAssets(sources: readonly Source[], { files }: Manifest): string[] {
  const call = /\b(?:asset|integrity)\(\s*(["'`])(\/[^"'`$#?]*)(?:#[^"'`$]*)?\1\s*\)/g;
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(call)].filter(([, , name]) => {
      const url = URL.parse(name, "http://localhost");
      return url !== null && !Object.hasOwn(files, url.pathname);
    }).map(([, , name]) => `${path} names ${name}, which is no file of the build`)
  ).filter((warning, at, all) => all.indexOf(warning) === at);
}
