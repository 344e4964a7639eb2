/**
 * Files of a folder: public/.
 *
 *     path ─► names (none hidden, none that leads elsewhere) ─► real path (still in the folder?) ─► open ─► 304, 206, 416 or 200
 *
 * What is no file here is null, whatever the reason: the request goes on to the pages, and whoever probes learns nothing. All answers
 * are made from one open file, so its validators belong to the bytes that are sent.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { type Encoding, matchesETag, negotiateEncoding } from "./assets.ts";
import { contentType, isCompressible } from "./content_types.ts";
import { granted } from "./env.ts";
import { VangoError } from "./errors.ts";
import { type ByteRange, readRange } from "./range.ts";

/** Options of {@linkcode staticFiles}. */
export interface StaticOptions {
  /** The folder: "public". */
  dir: string;
  /** Where it is in URLs: "/" by default, "/assets" for `/assets/app.css`. */
  prefix?: string;
  /** Whether files change while the server runs: browsers then ask each time. Default false: they ask after an hour. */
  dev?: boolean;
  /** Headers of every answer; they win over those that are set here. */
  headers?: HeadersInit;
}

/** Answers GET and HEAD of a file; null for anything else. */
export type StaticFiles = (request: Request) => Promise<Response | null>;

const NEIGHBOURS: readonly (readonly [Encoding, string])[] = [["br", ".br"], ["gzip", ".gz"]];
const YEAR = "public, max-age=31536000, immutable";
/** Larger files are read while they are sent. */
const MAX_WHOLE = 64 * 1024;
const CHUNK = 64 * 1024;

/**
 * Serves the files of a folder: with types, validators (ETag, Last-Modified), single ranges, compressed neighbours (`app.js.br`,
 * `app.js.gz`, not older than `app.js`), and for names that hold a hash (`app.3f2a91bc.js`) a year in every cache. Hidden files are
 * not served, but those below `.well-known`; nor is what a link leads to outside of the folder, nor a folder.
 *
 * ```ts
 * import { staticFiles } from "./static.ts";
 *
 * const files = staticFiles({ dir: "." });
 * const handler = async (request: Request) =>
 *   await files(request) ?? new Response("Not found", { status: 404 });
 * console.assert((await handler(new Request("http://localhost/nothing"))).status === 404);
 * ```
 *
 * @throws {VangoError} "static" when the folder is none, may not be read, or the prefix does not begin with "/".
 */
export function staticFiles(options: StaticOptions): StaticFiles {
  const prefix = (options.prefix ?? "/").replace(/\/$/, "");
  const root = realFolder(options, prefix);
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return null;
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`${prefix}/`)) return null;
    const names = readNames(pathname.slice(prefix.length + 1));
    if (names === null) return null;
    const plain = await openFile(root, names);
    if (plain === null) return null;
    const name = names[names.length - 1];
    // A part is one of the plain file: parts of compressed ones are of use to nobody.
    const parts = request.method === "GET" && request.headers.has("range");
    const found = parts
      ? plain
      : await withNeighbour(root, names, { plain, type: contentType(name), request });
    try {
      return await answer(found, request, baseHeaders(found, name, options));
    } catch (error) {
      found.file.close();
      throw error;
    }
  };
}

function realFolder({ dir }: StaticOptions, prefix: string): string {
  const fail = (what: string, hint: string, cause?: unknown): never => {
    throw new VangoError("static", `Cannot serve the files of ${JSON.stringify(dir)}: ${what}`, {
      hint,
      cause,
    });
  };
  if (prefix !== "" && !/^(?:\/[^/?#%\\\s]+)+$/.test(prefix)) {
    fail(`the prefix is ${JSON.stringify(prefix)}`, 'Begin it with "/": "/assets".');
  }
  if (!granted({ name: "read", path: dir })) fail("it may not be read", `Run with --allow-read=${dir}.`);
  try {
    const root = Deno.realPathSync(dir);
    if (Deno.statSync(root).isDirectory) return root;
  } catch (cause) {
    return fail("there is no such folder", "Make it, or leave the option out.", cause);
  }
  return fail("it is no folder", "Name the folder that holds the files.");
}

/** Names that Windows takes for devices, streams or other names. */
const WINDOWS = /[<>:"|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The names of a path below the folder; null when one is hidden, empty, no name, or leads elsewhere: `..`, `a%2Fb`, `a%00`.
 *
 * @param windows Whether names are those of Windows.
 */
export function readNames(path: string, windows: boolean = Deno.build.os === "windows"): string[] | null {
  if (path.length > 4096) return null;
  const names: string[] = [];
  for (const part of path.split("/")) {
    let name;
    try {
      name = decodeURIComponent(part);
    } catch {
      return null;
    }
    const wellKnown = names.length === 0 && name === ".well-known";
    if (name === "" || name.length > 255 || /[/\\\p{Cc}]/u.test(name)) return null;
    if (name.startsWith(".") && !wellKnown || windows && WINDOWS.test(name)) return null;
    names.push(name);
  }
  return names;
}

/** A file that is open. */
interface Opened {
  readonly file: Deno.FsFile;
  readonly info: Deno.FileInfo;
  readonly encoding: Encoding;
}

/** Opens a file; null when it is none, or its real place is outside of the folder or hidden. */
async function openFile(root: string, names: readonly string[]): Promise<Opened | null> {
  const separator = Deno.build.os === "windows" ? "\\" : "/";
  const base = root.endsWith(separator) ? root : root + separator;
  try {
    const path = await Deno.realPath(base + names.join(separator));
    if (!path.startsWith(base)) return null;
    const real = path.slice(base.length).split(separator);
    if (real.some((name, i) => name.startsWith(".") && !(i === 0 && name === ".well-known"))) return null;
    // Asked before, since to open a pipe is to wait for its other end.
    if (!(await Deno.stat(path)).isFile) return null;
    const file = await Deno.open(path);
    try {
      const info = await file.stat();
      if (info.isFile) return { file, info, encoding: "identity" };
    } catch (error) {
      file.close();
      throw error;
    }
    file.close();
    return null;
  } catch (error) {
    if (isNoFile(error)) return null;
    throw error;
  }
}

const NO_FILE = [
  Deno.errors.NotFound,
  Deno.errors.NotADirectory,
  Deno.errors.IsADirectory,
  Deno.errors.FilesystemLoop,
  Deno.errors.PermissionDenied,
  Deno.errors.NotCapable,
];

function isNoFile(error: unknown): boolean {
  // A name can be too long, or none, for one file system and not for another.
  const { code } = error as { code?: string };
  return NO_FILE.some((kind) => error instanceof kind) || code === "ENAMETOOLONG" || code === "EINVAL" ||
    code === "EILSEQ";
}

/** The compressed neighbour that the client takes, if there is one that is not older; else the plain file. */
async function withNeighbour(
  root: string,
  names: readonly string[],
  { plain, type, request }: { plain: Opened; type: string; request: Request },
): Promise<Opened> {
  const accept = request.headers.get("accept-encoding");
  if (accept === null || !isCompressible(type)) return plain;
  let left = NEIGHBOURS;
  while (left.length > 0) {
    const encoding = negotiateEncoding(accept, left.map(([name]) => name));
    const ending = left.find(([name]) => name === encoding)?.[1];
    if (ending === undefined) return plain;
    const found = await openFile(root, [...names.slice(0, -1), names[names.length - 1] + ending]);
    if (found !== null) {
      const [used, other] = timeOf(found) >= timeOf(plain) ? [found, plain] : [plain, found];
      other.file.close();
      if (used === found) return { ...found, encoding };
    }
    left = left.filter(([name]) => name !== encoding);
  }
  return plain;
}

function timeOf({ info }: Opened): number {
  return info.mtime?.getTime() ?? 0;
}

function baseHeaders(found: Opened, name: string, { dev, headers: own }: StaticOptions): Headers {
  const { info, encoding } = found;
  const type = contentType(name);
  const headers = new Headers({
    "content-type": type,
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
    "cache-control": isFingerprinted(name)
      ? YEAR
      : dev
      ? "no-cache"
      : "public, max-age=3600, must-revalidate",
  });
  if (isCompressible(type)) headers.set("vary", "accept-encoding");
  if (encoding !== "identity") headers.set("content-encoding", encoding);
  if (info.mtime !== null) {
    const tag = `${info.size.toString(36)}-${timeOf(found).toString(36)}`;
    headers.set("etag", encoding === "identity" ? `"${tag}"` : `"${tag}-${encoding}"`);
    headers.set("last-modified", info.mtime.toUTCString());
  }
  new Headers(own).forEach((value, key) => headers.set(key, value));
  return headers;
}

/** Whether a name holds a hash: eight hexadecimal digits or more, letters and digits, since `report.20240131.pdf` holds a date. */
function isFingerprinted(name: string): boolean {
  const hash = /[.-]([0-9a-f]{8,})\.[^.]+(?:\.map)?$/.exec(name)?.[1];
  return hash !== undefined && /[a-f]/.test(hash) && /\d/.test(hash);
}

/** Headers that say something of what is sent. */
const OF_CONTENT = ["content-type", "content-encoding", "cache-control", "etag", "last-modified"];

/** Answers with an open file; closes it, now or when its content is sent. */
async function answer({ file, info }: Opened, request: Request, headers: Headers): Promise<Response> {
  if (isUnchanged(request.headers, headers)) {
    file.close();
    headers.delete("content-type");
    headers.delete("content-encoding");
    return new Response(null, { status: 304, headers });
  }
  const range = request.method === "GET" && mayRange(request.headers, headers)
    ? readRange(request.headers.get("range"), info.size)
    : null;
  if (range === "unsatisfiable") {
    file.close();
    for (const name of OF_CONTENT) headers.delete(name);
    headers.set("content-range", `bytes */${info.size}`);
    return new Response(null, { status: 416, headers });
  }
  if (range !== null) headers.set("content-range", `bytes ${range.start}-${range.end}/${info.size}`);
  const part = range ?? { start: 0, end: info.size - 1 };
  const length = part.end - part.start + 1;
  headers.set("content-length", String(length));
  if (request.method === "HEAD") {
    file.close();
    return new Response(null, { headers });
  }
  return new Response(await bodyOf(file, part), { status: range === null ? 200 : 206, headers });
}

/** Whether the client has it already (RFC 9110, 13.2.2): a tag counts, else the date. */
function isUnchanged(asked: Headers, headers: Headers): boolean {
  const tags = asked.get("if-none-match");
  const etag = headers.get("etag");
  if (tags !== null) return etag !== null && matchesETag(tags, etag);
  return isNotLater(headers.get("last-modified"), asked.get("if-modified-since"));
}

/** Whether a part may be sent: If-Range names this very file, by its tag or its date. */
function mayRange(asked: Headers, headers: Headers): boolean {
  const condition = asked.get("if-range");
  return condition === null || condition === headers.get("etag") ||
    condition === headers.get("last-modified");
}

function isNotLater(date: string | null, limit: string | null): boolean {
  return date !== null && limit !== null && Date.parse(date) <= Date.parse(limit);
}

async function bodyOf(file: Deno.FsFile, { start, end }: ByteRange): Promise<BodyInit> {
  if (start > 0) await file.seek(start, Deno.SeekMode.Start);
  let left = end - start + 1;
  const next = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const buffer = new Uint8Array(Math.min(left, CHUNK));
    const count = await file.read(buffer);
    // The length is told already: what is shorter must fail, or it would pass for the whole.
    if (count === null) throw coded("E116", new Error("A file became shorter while it was sent"));
    left -= count;
    return buffer.subarray(0, count);
  };
  if (left <= MAX_WHOLE) {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    while (left > 0) chunks.push(await next());
    file.close();
    return chunks.length === 1 ? chunks[0] : await new Blob(chunks).bytes();
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        controller.enqueue(await next());
        if (left > 0) return;
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      file.close();
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
}
