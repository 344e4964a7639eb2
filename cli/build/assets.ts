/**
 * The files of public/, made ready for production: made small, named by their content, and compressed beforehand.
 *
 *     public/styles.css ─► styles.css  styles.css.br  styles.css.gz          for whoever asks by the plain name
 *                      └─► styles.3f2a91bc.css  (.br, .gz)                   the same, for asset("/styles.css")
 *
 * Both names are one file of the disk where it can have two. The plain name is written first and the compressed ones
 * after it: what serves them takes them only when they are not older.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type BuiltFile, contentType, isCompressible } from "@vango/core/production";
import { minify } from "./minify.ts";
import { ifMissing, listFiles } from "./sources.ts";

/** How {@linkcode buildAssets} works. */
export interface AssetOptions {
  /** The folder with the files: public. It need not be there. */
  readonly from: string;
  /** The folder to write to; it is made. */
  readonly to: string;
  /** The path that they are served below. */
  readonly prefix: string;
  /** Whether scripts and style sheets are made small. */
  readonly minify: boolean;
  /** Whether those that are have source maps. */
  readonly sourcemaps: boolean;
  /** Files that stand in the place of those of the folder, or beside them: texts by path. */
  readonly made?: ReadonlyMap<string, string>;
}

/** Larger files are neither made small nor compressed: they are media, or data that nobody waits for. */
const MAX_TEXT = 16 * 1024 * 1024;
const CONCURRENCY = 4;

/**
 * Builds the files of a folder.
 *
 * @returns The files by the path that they have in development, sorted.
 * @throws {VangoError} "build-file" when one is no script or style sheet that can be read.
 */
export async function buildAssets(options: AssetOptions): Promise<Record<string, BuiltFile>> {
  const { from, to, made = new Map<string, string>() } = options;
  await Deno.mkdir(to, { recursive: true });
  const all = new Set([...await listFiles(from, "").catch(ifMissing([])), ...made.keys()]);
  // What is compressed is made anew.
  const names = [...all].filter((name) => !/\.(?:br|gz)$/.test(name) || !all.has(name.slice(0, -3))).sort();
  const files: Record<string, BuiltFile> = {};
  const queue = names.values();
  const work = async () => {
    for (const name of queue) files[urlOf(options, name)] = await buildOne(options, name);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return Object.fromEntries(Object.keys(files).sort().map((path) => [path, files[path]]));
}

async function buildOne(options: AssetOptions, name: string): Promise<BuiltFile> {
  const target = join(options.to, name);
  await Deno.mkdir(dirname(target), { recursive: true });
  const made = options.made?.get(name);
  const { size } = made === undefined ? await Deno.stat(join(options.from, name)) : { size: made.length };
  if (size > MAX_TEXT) return await copyLarge(options, name);
  const bytes = await contentOf(options, name, made);
  await Deno.writeFile(target, bytes);
  const hashed = hashedName(name, createHash("sha256").update(bytes).digest("hex"));
  await alias(target, join(options.to, hashed));
  const forms = isCompressible(contentType(name)) ? await compress(bytes) : {};
  for (const [form, ending] of [["brotli", ".br"], ["gzip", ".gz"]] as const) {
    const smaller = forms[form];
    if (smaller === undefined) continue;
    await Deno.writeFile(target + ending, smaller);
    await alias(target + ending, join(options.to, hashed + ending));
  }
  return {
    url: urlOf(options, hashed),
    bytes: bytes.length,
    ...forms.gzip === undefined ? {} : { gzip: forms.gzip.length },
    ...forms.brotli === undefined ? {} : { brotli: forms.brotli.length },
    integrity: `sha384-${createHash("sha384").update(bytes).digest("base64")}`,
  };
}

async function copyLarge(options: AssetOptions, name: string): Promise<BuiltFile> {
  const target = join(options.to, name);
  await Deno.copyFile(join(options.from, name), target);
  const [sha256, sha384] = [createHash("sha256"), createHash("sha384")];
  let bytes = 0;
  for await (const part of (await Deno.open(target)).readable) {
    sha256.update(part);
    sha384.update(part);
    bytes += part.length;
  }
  const hashed = hashedName(name, sha256.digest("hex"));
  await alias(target, join(options.to, hashed));
  return { url: urlOf(options, hashed), bytes, integrity: `sha384-${sha384.digest("base64")}` };
}

/** What is served: scripts and style sheets are made small, and where they have maps, those are written. */
async function contentOf(
  options: AssetOptions,
  name: string,
  made: string | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const loader = /\.css$/.test(name) ? "css" : /\.m?js$/.test(name) ? "js" : undefined;
  const small = options.minify && loader !== undefined && !/\.min\.\w+$/.test(name);
  if (!small) {
    return made === undefined
      ? await Deno.readFile(join(options.from, name))
      : new TextEncoder().encode(made);
  }
  const source = made ?? await Deno.readTextFile(join(options.from, name));
  const { code, map } = await minify(source, {
    file: join(options.from, name),
    name,
    loader,
    map: options.sourcemaps,
  });
  if (map !== undefined) await Deno.writeTextFile(`${join(options.to, name)}.map`, map);
  return new TextEncoder().encode(code);
}

/**
 * The name with the hash of the content before its ending: eight hexadecimal digits, or as many more as it takes to have both a
 * letter and a digit, since eight digits may be a date.
 */
export function hashedName(name: string, hex: string): string {
  let length = 8;
  while (length < hex.length && !(/[a-f]/.test(hex.slice(0, length)) && /\d/.test(hex.slice(0, length)))) {
    length++;
  }
  const dot = name.lastIndexOf(".");
  const at = dot > name.lastIndexOf("/") + 1 ? dot : name.length;
  return `${name.slice(0, at)}.${hex.slice(0, length)}${name.slice(at)}`;
}

/** The path of a file as a browser asks for it. */
function urlOf({ prefix }: AssetOptions, name: string): string {
  return new URL(`${prefix.replace(/\/$/, "")}/${escape(name)}`, "http://localhost").pathname;
}

/** What ends the path of a URL, or begins an escape, is none of a name's. */
function escape(name: string): string {
  return name.replace(/[%?#\\]/g, encodeURIComponent);
}

/** A second name of a file; a second file where there are no such names. */
async function alias(file: string, name: string): Promise<void> {
  try {
    await Deno.link(file, name);
  } catch {
    await Deno.copyFile(file, name);
  }
}

/** The compressed forms that are smaller. */
async function compress(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ gzip?: Uint8Array; brotli?: Uint8Array }> {
  const brotliOptions = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  const [br, gz] = await Promise.all([
    promised((done) => brotliCompress(bytes, brotliOptions, done)),
    promised((done) => gzip(bytes, { level: 9 }, done)),
  ]);
  return {
    ...br.length < bytes.length ? { brotli: br } : {},
    ...gz.length < bytes.length ? { gzip: gz } : {},
  };
}

function promised(
  start: (done: (error: Error | null, result: Uint8Array) => void) => void,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) =>
    start((error, result) => error === null ? resolve(result) : reject(error))
  );
}
