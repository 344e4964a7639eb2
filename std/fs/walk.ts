/**
 * The entries of a folder and of those below it.
 *
 * @module
 */
import { basename, join, normalize } from "node:path";

/** One entry that {@linkcode walk} found. */
export interface WalkEntry extends Deno.DirEntry {
  /** The path, which starts with the root that was given. */
  path: string;
}

/** Which entries {@linkcode walk} yields. */
export interface WalkOptions {
  /** Yields files; default true. */
  includeFiles?: boolean;
  /** Yields folders, the root too; default true. */
  includeDirs?: boolean;
  /** Yields links, which are never followed; default true. */
  includeSymlinks?: boolean;
  /** Yields only what ends with one of these extensions, with or without the dot. */
  exts?: string[];
  /** Neither yields nor enters what one of these matches. */
  skip?: RegExp[];
}

/** Walks a folder depth first, in the order that the file system gives. */
export async function* walk(root: string, options: WalkOptions = {}): AsyncIterableIterator<WalkEntry> {
  const { includeFiles = true, includeDirs = true, includeSymlinks = true, skip = [] } = options;
  const exts = options.exts?.map((ext) => ext.startsWith(".") ? ext : `.${ext}`);
  const skipped = (path: string) => skip.some((pattern) => pattern.test(path));
  const wanted = (path: string) => !skipped(path) && (exts?.some((ext) => path.endsWith(ext)) ?? true);
  if (includeDirs && wanted(root)) {
    const path = normalize(root);
    yield { path, name: basename(path), isDirectory: true, isFile: false, isSymlink: false };
  }
  if (skipped(root)) return;
  for await (const entry of Deno.readDir(root)) {
    const path = join(root, entry.name);
    if (entry.isDirectory) yield* walk(path, options);
    else if ((entry.isSymlink ? includeSymlinks : includeFiles) && wanted(path)) yield { path, ...entry };
  }
}
