/**
 * What `vango build` made, as the server knows it: which file has which address in production, and `asset()`, which says so.
 *
 *     dist/server.ts ─► useBuild(manifest) ─► main.ts ─► createApp({ static: "public" }) serves dist/public
 *                                                   └─► asset("/styles.css") = "/styles.3f2a91bc.css"
 *
 * The build is kept under a global symbol: the entry that sets it and the application need not have the same copy of this package.
 * Without a build, as in development, `asset()` gives the path, with the time of the file's last change as its query.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { granted } from "./env.ts";
import { VangoError } from "./errors.ts";
import { readNames, type StaticFiles, staticFiles, type StaticOptions } from "./static.ts";

/** A file of the build. */
export interface BuiltFile {
  /** Its address, which names its content: "/styles.3f2a91bc.css". */
  readonly url: string;
  /** Its size. */
  readonly bytes: number;
  /** Its size when it is compressed with gzip; absent where that is not smaller. */
  readonly gzip?: number;
  /** Its size when it is compressed with Brotli; absent where that is not smaller. */
  readonly brotli?: number;
  /** What an `integrity` attribute says of it: "sha384-…". */
  readonly integrity: string;
}

/** What `vango build` made: manifest.json. */
export interface Build {
  /** The version of this format. */
  readonly version: number;
  /** Names the build: made of the application's sources. */
  readonly id: string;
  /** The version of Vango that made it. */
  readonly vango: string;
  /** Where the files came from, and the path that they are served below. */
  readonly static: { readonly dir: string; readonly prefix: string };
  /** The files, by the path that they have in development: "/styles.css". */
  readonly files: Readonly<Record<string, BuiltFile>>;
}

interface Current {
  readonly build: Build;
  /** The folder of the built files. */
  readonly dir: string;
}

/** What development serves: prefixes and folders. */
type Folders = Map<string, string>;

const BUILD = Symbol.for("vango.build");
const FOLDERS = Symbol.for("vango.folders");
const shared = globalThis as { [BUILD]?: Current; [FOLDERS]?: Folders };

/**
 * Makes a build the one that applications of this process are of. The entries that `vango build` writes call it before they import
 * the application.
 *
 * @param build What manifest.json holds.
 * @param folder The URL of the folder with the built files.
 * @throws {VangoError} "no-build" when it is a manifest of another version of Vango.
 */
export function useBuild(build: Build, folder: URL): void {
  if (build?.version !== 1) {
    throw new VangoError(
      "no-build",
      "Cannot use the build: its manifest.json is of another version of Vango",
      {
        hint: "Run vango build again.",
      },
    );
  }
  shared[BUILD] = { build, dir: fileURLToPath(folder) };
}

/** The build that this process runs; null where there is none, as in development. */
export function currentBuild(): Build | null {
  return shared[BUILD]?.build ?? null;
}

/** No build any more: for tests. */
export function dropBuild(): void {
  delete shared[BUILD];
}

/**
 * The application's own files: those of the build where it has made them, else those of the folder.
 *
 * @throws {VangoError} "static", as {@linkcode staticFiles}.
 */
export function ownFiles(
  option: string | Omit<StaticOptions, "dev"> | undefined,
  dev: boolean,
): StaticFiles | null {
  if (option === undefined) return null;
  const given = typeof option === "string" ? { dir: option } : option;
  const prefix = (given.prefix ?? "/").replace(/\/$/, "");
  const current = shared[BUILD];
  if (current !== undefined) {
    const { dir, prefix: built } = current.build.static;
    if (isSamePath(given.dir, dir) && prefix === built.replace(/\/$/, "")) {
      return staticFiles({ ...given, dir: current.dir, dev: false });
    }
  }
  const files = staticFiles({ ...given, dev });
  if (dev) (shared[FOLDERS] ??= new Map()).set(prefix, given.dir);
  return files;
}

function isSamePath(a: string, b: string): boolean {
  const plain = (path: string) => path.replaceAll("\\", "/").replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "");
  return plain(a) === plain(b);
}

/**
 * The address of a file of public/: in a build one that names its content, which browsers keep for a year and never have an old
 * version of; else the path itself, in development with the time of the file's last change.
 *
 * ```ts
 * import { asset } from "@vango/core";
 * import { link } from "@vango/core/elements";
 *
 * const head = () => [link({ rel: "stylesheet", href: asset("/styles.css") })];
 * console.assert(head().length === 1);
 * ```
 *
 * @param path Its path as the browser would ask for it: "/styles.css", "/icons.svg#menu".
 * @throws {VangoError} "asset" when it is no path that begins with "/", or has a query.
 */
export function asset(path: string): string {
  const { name, hash } = readPath(path, "asset");
  const built = shared[BUILD]?.build.files;
  if (built !== undefined) return Object.hasOwn(built, name) ? built[name].url + hash : path;
  const version = versionOf(name);
  return version === "" ? path : `${name}?v=${version}${hash}`;
}

/**
 * What the `integrity` attribute of a script or style sheet says, so that the browser refuses it when it was changed on its way;
 * undefined, which leaves the attribute out, where there is no build.
 *
 * ```ts
 * import { asset, integrity } from "@vango/core";
 * import { link } from "@vango/core/elements";
 *
 * const path = "/styles.css";
 * const sheet = link({ rel: "stylesheet", href: asset(path), integrity: integrity(path) });
 * console.assert(sheet !== null);
 * ```
 *
 * @throws {VangoError} "asset", as {@linkcode asset}.
 */
export function integrity(path: string): string | undefined {
  const { name } = readPath(path, "integrity");
  const built = shared[BUILD]?.build.files;
  return built !== undefined && Object.hasOwn(built, name) ? built[name].integrity : undefined;
}

/** The path as a URL has it, without its fragment. */
function readPath(path: string, caller: string): { name: string; hash: string } {
  const url = typeof path === "string" && /^\/(?!\/)[^?\\\p{Cc}]*$/u.test(path)
    ? URL.parse(path, "http://localhost")
    : null;
  if (url === null) {
    throw new VangoError("asset", `Cannot find the file of ${caller}(${JSON.stringify(path)})`, {
      hint: 'Name it as the browser asks for it, with "/" first and without a query: asset("/styles.css").',
    });
  }
  return { name: url.pathname, hash: url.hash };
}

/** When a file that development serves was changed last, in a short form; empty where it cannot be seen. */
function versionOf(name: string): string {
  for (const [prefix, dir] of shared[FOLDERS] ?? []) {
    if (!name.startsWith(`${prefix}/`)) continue;
    const names = readNames(name.slice(prefix.length + 1));
    if (names === null || !granted({ name: "read", path: dir })) continue;
    try {
      const { mtime, isFile } = Deno.statSync(`${dir}/${names.join("/")}`);
      if (isFile && mtime !== null) return mtime.getTime().toString(36);
    } catch {
      // Not there, or not yet: the browser's 404 says so.
    }
  }
  return "";
}
