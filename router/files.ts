/**
 * From the files below routes/ to patterns.
 *
 * | file | is |
 * | --- | --- |
 * | `index.ts`, `about.ts`, `blog/index.ts` | the pages /, /about, /blog |
 * | `[id].ts`, `[id:int].ts`, `[id:uuid].ts` | a param; `[id=int].ts` is the same, for file systems without ":" |
 * | `[...path].ts` | a catch-all |
 * | `(shop)/cart.ts` | the page /cart: a group has a layout, not a name |
 * | `_layout.ts`, `_middleware.ts`, `_error.ts`, `_404.ts` | what goes for its folder and below |
 * | `api/users.ts` | the API of /api/users |
 *
 * @module
 */
import { RouteError } from "./error.ts";
import { parsePattern } from "./pattern.ts";

/** What a file below routes/ is. */
export type RouteFileKind = "page" | "api" | "layout" | "middleware" | "error" | "not-found";

/** A file below routes/, read. */
export interface RouteFile {
  /** As given, with "/" between folders. */
  readonly file: string;
  /** What it is. */
  readonly kind: RouteFileKind;
  /** The pattern of a page or an API; else that of the folder that it goes for. */
  readonly pattern: string;
  /** The folders from routes/ down to it, groups included: what has a layout. */
  readonly folders: readonly string[];
}

const SPECIAL: Readonly<Record<string, RouteFileKind>> = {
  _layout: "layout",
  _middleware: "middleware",
  _error: "error",
  _404: "not-found",
};

/**
 * What a file below routes/ is; null when it is none of the router's: tests, declarations, other endings, and what begins with
 * "_" or ".".
 *
 * ```ts
 * import { routeOfFile } from "@vango/core/router";
 *
 * console.assert(routeOfFile("(shop)/orders/[id:int]/edit.tsx")?.pattern === "/orders/:id:int/edit");
 * ```
 *
 * @param file The path below routes/, with either kind of slash.
 * @throws {RouteError} "invalid-pattern" when brackets or a name cannot be read.
 */
export function routeOfFile(file: string): RouteFile | null {
  const path = file.replaceAll("\\", "/");
  const found = /^((?:.*\/)?)([^/]+)\.(?:tsx?|jsx?|mjs)$/.exec(path);
  if (found === null) return null;
  const [, folder, name] = found;
  if (/\.d$|[._]test$|\.gen$/.test(name)) return null;
  const folders = folder.split("/").filter((part) => part !== "");
  if (folders.some((part) => /^[_.]/.test(part))) return null;
  if (name.startsWith("_") || name.startsWith(".")) {
    const kind = SPECIAL[name];
    return kind === undefined ? null : { file: path, kind, pattern: patternOf(path, folders), folders };
  }
  const kind = folders[0] === "api" ? "api" : "page";
  const names = name === "index" ? folders : [...folders, name];
  return { file: path, kind, pattern: patternOf(path, names), folders };
}

function patternOf(file: string, names: readonly string[]): string {
  const segments = names.filter((name) => !/^\([^()[\]]+\)$/.test(name)).map((name) => segmentOf(file, name));
  const text = `/${segments.join("/")}`;
  try {
    return parsePattern(text).text;
  } catch (error) {
    throw new RouteError("invalid-pattern", `Cannot use the route file ${file}: ${(error as Error).message}`);
  }
}

function segmentOf(file: string, name: string): string {
  const rest = /^\[\.\.\.([^[\]]+)\]$/.exec(name);
  if (rest !== null) return `*${rest[1]}`;
  const param = /^\[([^[\]:=]+)(?:[:=]([^[\]]+))?\]$/.exec(name);
  if (param !== null) return `:${param[1]}${param[2] === undefined ? "" : `:${param[2]}`}`;
  if (!/[[\]()]/.test(name)) return name;
  throw new RouteError(
    "invalid-pattern",
    `Cannot use the route file ${file}: expected [name], [name:int], [name:uuid], [...name] or (group), got ${name}`,
  );
}
