/**
 * Writes routes.gen.ts from the files below a folder, and tells when it is stale.
 *
 * @module
 */
import { generateRoutes, isStale } from "@vango/core/router";
import { walk } from "@std/fs";
import { dirname, relative, resolve } from "node:path";

/** Where routes are, and where their file is written. */
export interface RoutesFiles {
  /** The folder of the routes: "routes". */
  readonly folder: string;
  /** The file; by default routes.gen.ts beside the folder. */
  readonly out?: string;
}

/** What {@linkcode writeRoutes} did. */
export interface WrittenRoutes {
  /** The file. */
  readonly out: string;
  /** Whether it was written: it was stale. */
  readonly changed: boolean;
  /** The names of the files below the folder, sorted. */
  readonly files: readonly string[];
}

/**
 * Writes the file of the routes, unless what is there is the same.
 *
 * @throws {RouteError} When a name cannot be read, or two files are for the same paths.
 * @throws {Deno.errors.NotFound} When there is no such folder.
 */
export async function writeRoutes(where: RoutesFiles): Promise<WrittenRoutes> {
  const { out, folder, files, text } = await readFolder(where);
  const changed = isStale(text, files, { folder });
  if (changed) {
    // Whoever reads it meanwhile (a server that restarts) sees the old one or the new one, never half of it.
    const part = `${out}.${crypto.randomUUID().slice(0, 8)}.tmp`;
    await Deno.writeTextFile(part, generateRoutes(files, { folder }));
    await Deno.rename(part, out);
  }
  return { out, changed, files };
}

/**
 * Whether the file of the routes is not what {@linkcode writeRoutes} would write now, or is not there.
 *
 * @throws As {@linkcode writeRoutes}.
 */
export async function areRoutesStale(where: RoutesFiles): Promise<boolean> {
  const { folder, files, text } = await readFolder(where);
  return isStale(text, files, { folder });
}

/**
 * What makes the file of the routes stale, in words: "routes/about.ts is new"; empty when it is not stale.
 *
 * @throws As {@linkcode writeRoutes}.
 */
export async function whyRoutesStale(where: RoutesFiles): Promise<string> {
  const { folder, files, text, out } = await readFolder(where);
  if (!isStale(text, files, { folder })) return "";
  if (text === null) return `${slashed(relative(dirname(resolve(where.folder)), out))} is not there`;
  const [before, now] = [importsOf(text), importsOf(generateRoutes(files, { folder }))];
  const changes = [
    ...now.filter((file) => !before.includes(file)).map((file) => `${file} is new`),
    ...before.filter((file) => !now.includes(file)).map((file) => `${file} is gone`),
  ];
  return changes.length > 0 ? changes.join(", ") : "another version of Vango wrote it, or it was edited";
}

/** The files that a text of routes imports, as they are on disk. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/^import \* as m\d+ from "(.+)";$/gm)].map(([, specifier]) =>
    decodeURIComponent(specifier.replace(/^\.\//, ""))
  );
}

const slashed = (path: string) => path.replaceAll("\\", "/");

async function readFolder(where: RoutesFiles) {
  const out = where.out ?? resolve(dirname(resolve(where.folder)), "routes.gen.ts");
  const root = resolve(where.folder);
  const files: string[] = [];
  for await (const { path } of walk(root, { includeDirs: false })) {
    files.push(slashed(relative(root, resolve(path))));
  }
  const text = await Deno.readTextFile(out).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  return { out, folder: slashed(relative(dirname(resolve(out)), root)), files: files.sort(), text };
}
