/**
 * The sources of an application: which files they are, and a short name for what they say, which the build has and `vango start`
 * compares.
 *
 * Contents count, and not the times of files, which a checkout or a copy into an image sets anew.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import type { Project } from "../project.ts";
import { MANIFEST, readManifest } from "./manifest.ts";

/** A file of the application's code. */
export interface Source {
  /** Its path below the project's folder, with slashes. */
  readonly path: string;
  /** What it holds. */
  readonly text: string;
}

const CODE = /\.(?:[cm]?[jt]sx?|css)$/;
const TEST = /[._]test\.[cm]?[jt]sx?$/;
const CONFIG = new Set(["deno.json", "deno.jsonc", "vango.json"]);

/**
 * Reads the code of a project, sorted by path: scripts, style sheets and the configuration; not its tests, and not what is served
 * as it is.
 */
export async function readSources(project: Project): Promise<Source[]> {
  const served = slashed(join(project.config.static.dir));
  const wanted = (await listProject(project.root)).filter((path) =>
    CONFIG.has(path) || CODE.test(path) && !TEST.test(path) && !path.startsWith(`${served}/`)
  );
  return await Promise.all(
    wanted.map(async (path) => ({ path, text: await Deno.readTextFile(project.path(path)) })),
  );
}

/** The paths of all files of a project, sorted; not what is hidden, what packages brought or what builds made. */
export async function listProject(root: string): Promise<string[]> {
  const paths = await listFiles(root, "");
  const manifests = paths.filter((path) => path.endsWith(`/${MANIFEST}`)).map((path) => dirname(path));
  const builds: string[] = [];
  for (const folder of manifests) {
    if (await readManifest(join(root, folder)) !== undefined) builds.push(`${slashed(folder)}/`);
  }
  return paths.filter((path) => !builds.some((build) => path.startsWith(build)));
}

/**
 * The paths of all files below a folder, sorted; hidden ones and node_modules are left out. A link counts where it leads to such a file
 * of the folder, as it does for the server; one to a folder does not.
 */
export async function listFiles(root: string, below: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, below))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    const hidden = entry.name.startsWith(".") && path !== ".well-known";
    if (hidden || entry.name === "node_modules") continue;
    if (entry.isDirectory) found.push(...await listFiles(root, path));
    else if (entry.isFile || entry.isSymlink && await leadsToFile(root, path)) found.push(path);
  }
  return found.sort();
}

/** The links below a folder that lead to none of its files: a build has none of them, since they may lead anywhere. */
export async function findLinks(root: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isSymlink, isDirectory } of Deno.readDir(join(root, below))) {
    const path = below === "" ? name : `${below}/${name}`;
    if (isSymlink && !await leadsToFile(root, path)) found.push(path);
    else if (isDirectory && !name.startsWith(".")) found.push(...await findLinks(root, path));
  }
  return found.sort();
}

/** Whether a link leads to a file of the folder that is not hidden there. */
async function leadsToFile(root: string, path: string): Promise<boolean> {
  const base = await Deno.realPath(root);
  const real = await Deno.realPath(join(root, path)).catch(() => undefined);
  if (real === undefined) return false;
  const names = slashed(relative(base, real)).split("/");
  const hidden = names.some((name, at) => name.startsWith(".") && !(at === 0 && name === ".well-known"));
  return !hidden && !names.includes("node_modules") && (await Deno.stat(real)).isFile;
}

/** Names what sources say: 10 characters. */
export function codeId(sources: readonly Source[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of sources) hash.update(`${path}\0${text.length}\0${text}`);
  return short(hash.digest("base64url"));
}

/** Names what the folder of files holds, likewise, but the style sheet that Tailwind makes. */
export async function staticId(project: Project): Promise<string> {
  const { tailwind, static: { dir } } = project.config;
  const made = tailwind.enabled ? project.path(tailwind.output) : "";
  const hash = createHash("sha256");
  for (const path of await listFiles(project.path(dir), "").catch(ifMissing([]))) {
    if (project.path(dir, path) === made) continue;
    hash.update(`${path}\0`);
    for await (const part of (await Deno.open(project.path(dir, path))).readable) hash.update(part);
    hash.update("\0");
  }
  return short(hash.digest("base64url"));
}

/** Stands for what is not there. */
export function ifMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Deno.errors.NotFound) return instead;
    throw error;
  };
}

/** A path with slashes, whatever the system's are. */
export function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function short(digest: string): string {
  return digest.replace(/[-_]/g, "").slice(0, 10);
}
