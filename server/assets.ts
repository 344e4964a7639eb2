/**
 * Owns the delivery of the files that the server holds in memory: the built client and its parts.
 *
 * Each file has its plain path and one with its hash before the extension. What asks for the hashed path may keep the
 * answer for a year; the plain one is asked about each time, and mostly answered 304. Compressed forms are made when
 * first asked for, at the best level, once.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { createHash } from "node:crypto";
import { brotliCompress, constants, gzip } from "node:zlib";

/** One file. */
export interface AssetFile {
  /** Its content. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** Its Content-Type: "text/javascript; charset=utf-8". */
  readonly type: string;
  /** Whether its path already holds a hash of the content (a bundler's chunk), so that it may be kept forever. */
  readonly hashed?: boolean;
}

/** Files by path, ready to be served. */
export interface Assets {
  /** The hashed path of a file: `/_vango/client.js` -> `/_vango/client-0f3c9a…b2.js`; undefined for an unknown one. */
  url(path: string): string | undefined;
  /** The value of an `integrity` attribute for a file: "sha384-…"; undefined for an unknown one. */
  integrity(path: string): string | undefined;
  /** Answers a request for one of the files; null when its path is none of them. */
  handle(request: Request): Promise<Response> | null;
}

/** A content coding, in the order in which we prefer them. */
export type Encoding = "br" | "gzip" | "identity";

const ENCODINGS: readonly Encoding[] = ["br", "gzip", "identity"];
const COMPRESSIBLE = /^(text\/|application\/(javascript|json|manifest\+json|wasm|xml)|image\/svg\+xml)/;
/** Below it a compressed answer saves no packet. */
const MIN_COMPRESS = 512;

/**
 * Prepares files.
 *
 * @param files By path, each starting with a slash.
 *
 * @example
 * ```ts
 * import { createAssets } from "./assets.ts";
 *
 * const assets = createAssets({ "/a.js": { body: "1", type: "text/javascript" } });
 * const response = await assets.handle(new Request(`http://localhost${assets.url("/a.js")}`));
 * console.assert(response?.headers.get("cache-control") === "public, max-age=31536000, immutable");
 * ```
 */
export function createAssets(files: Readonly<Record<string, AssetFile>>): Assets {
  const assets = new Map<string, { asset: Asset; immutable: boolean }>();
  const urls = new Map<string, string>();
  for (const [path, file] of Object.entries(files)) {
    const asset = new Asset(file);
    const hashed = file.hashed ? path : addHash(path, asset.hash);
    assets.set(path, { asset, immutable: file.hashed ?? false });
    assets.set(hashed, { asset, immutable: true });
    urls.set(path, hashed);
  }
  return {
    url: (path) => urls.get(path),
    integrity: (path) => assets.get(path)?.asset.integrity,
    handle(request) {
      const found = assets.get(new URL(request.url).pathname);
      return found === undefined ? null : found.asset.respond(request, found.immutable);
    },
  };
}

/**
 * The best of the `available` codings that a client takes, by its Accept-Encoding (RFC 9110, 12.5.3): the highest
 * weight, and of equals the one that we prefer. Identity when it takes none, even if it refuses that too.
 */
export function negotiateEncoding(accept: string | null, available: readonly Encoding[]): Encoding {
  if (accept === null || accept.length > 1000) return "identity";
  const weights = new Map<string, number>();
  for (const item of accept.split(",")) {
    const [name, ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    const q = parameters.find((one) => one.startsWith("q="));
    const weight = q === undefined ? 1 : /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q.slice(2)) : 0;
    if (name !== "") weights.set(name === "x-gzip" ? "gzip" : name, weight);
  }
  let best: Encoding = "identity";
  // Identity that is not named is acceptable, but less than anything that is.
  let bestWeight = weights.get("identity") ?? Math.min(weights.get("*") ?? 0.0001, 0.0001);
  for (const encoding of ENCODINGS) {
    if (encoding === "identity" || !available.includes(encoding)) continue;
    const weight = weights.get(encoding) ?? weights.get("*") ?? 0;
    if (weight > 0 && (weight > bestWeight || weight === bestWeight && best === "identity")) {
      [best, bestWeight] = [encoding, weight];
    }
  }
  return best;
}

/** Whether an If-None-Match header names an entity tag, which makes the answer 304. */
export function matchesETag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  if (header.trim() === "*") return true;
  // Entity tags hold no quotes, and ours no commas, so a comma always separates.
  return header.split(",").some((item) => item.trim().replace(/^W\//, "") === etag);
}

class Asset {
  /** 16 characters of base64url, 96 bits of SHA-256. */
  readonly hash: string;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #type: string;
  readonly #encodings: readonly Encoding[];
  readonly #forms = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  #integrity: string | undefined;

  constructor(file: AssetFile) {
    this.#bytes = typeof file.body === "string" ? new TextEncoder().encode(file.body) : file.body;
    this.#type = file.type;
    this.#encodings = COMPRESSIBLE.test(file.type) && this.#bytes.length >= MIN_COMPRESS
      ? ENCODINGS
      : ["identity"];
    this.hash = createHash("sha256").update(this.#bytes).digest("base64url").slice(0, 16);
  }

  get integrity(): string {
    return this.#integrity ??= `sha384-${createHash("sha384").update(this.#bytes).digest("base64")}`;
  }

  async respond(request: Request, immutable: boolean): Promise<Response> {
    const headers = new Headers({ "x-content-type-options": "nosniff" });
    if (request.method !== "GET" && request.method !== "HEAD") {
      headers.set("allow", "GET, HEAD");
      return new Response(null, { status: 405, headers });
    }
    const encoding = negotiateEncoding(request.headers.get("accept-encoding"), this.#encodings);
    // Strong tags: each coding is its own sequence of bytes, and so has its own.
    const etag = encoding === "identity" ? `"${this.hash}"` : `"${this.hash}-${encoding}"`;
    headers.set("etag", etag);
    headers.set("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    // Pages of other origins may not embed it as a script of theirs.
    headers.set("cross-origin-resource-policy", "same-origin");
    if (this.#encodings.length > 1) headers.set("vary", "accept-encoding");
    if (matchesETag(request.headers.get("if-none-match"), etag)) {
      return new Response(null, { status: 304, headers });
    }
    headers.set("content-type", this.#type);
    if (encoding !== "identity") headers.set("content-encoding", encoding);
    const body = await this.#form(encoding);
    headers.set("content-length", String(body.length));
    return new Response(request.method === "HEAD" ? null : body, { headers });
  }

  #form(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    let form = this.#forms.get(encoding);
    if (form === undefined) {
      form = compress(this.#bytes, encoding);
      this.#forms.set(encoding, form);
    }
    return form;
  }
}

function addHash(path: string, hash: string): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}-${hash}${path.slice(dot)}` : `${path}-${hash}`;
}

function compress(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === "identity") return Promise.resolve(bytes);
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, result: Uint8Array): void => {
      if (error === null) resolve(new Uint8Array(result));
      else reject(coded("E190", new Error(`Cannot compress an asset with ${encoding}`, { cause: error })));
    };
    if (encoding === "gzip") return gzip(bytes, { level: 9 }, done);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    brotliCompress(bytes, { params }, done);
  });
}
