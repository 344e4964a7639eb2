/**
 * Owns who may open a socket or post a form: tokens, and the check of the Origin.
 *
 * A page carries a token for its session, which opens its socket and claims the session; it is right only together with the binding cookie of the browser that got the
 * page. So a token needs no storage, and a page of another site, which has neither the token nor (SameSite) the cookie,
 * gets nowhere; the Origin is the second, independent guard. Neither looks at the network: who is behind a proxy is
 * found by address.ts.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { VangoError } from "./errors.ts";

/** What a token is for: one made for a page, its socket and its claim, is not good for a post. */
export type TokenPurpose = "page" | "post" | "resume";

/** For which browser and session a token is. */
export interface TokenScope {
  /** What it is for. */
  readonly purpose: TokenPurpose;
  /** The value of the binding cookie. */
  readonly binding: string;
  /** The session's id. */
  readonly session: string;
}

/** Makes and checks tokens. Both are synchronous: 5 µs each, where Web Crypto takes 40. */
export interface Tokens {
  /**
   * The token of a scope: 22 characters of base64url.
   *
   * @throws {TypeError} When a part of the scope holds U+0000, which separates the parts.
   */
  issue(scope: TokenScope): string;
  /** Whether `token` was issued for this scope, under any of the secrets. Takes the same time wherever it differs. */
  verify(token: string, scope: TokenScope): boolean;
}

/**
 * Tokens of base64url(HMAC-SHA-256(key, purpose NUL binding NUL session)), the first 128 bits of it.
 *
 * @param secrets The first makes tokens, all check them, so a secret can be replaced without cutting anyone off.
 * @throws {RangeError} When there is no secret.
 *
 * @example
 * ```ts
 * import { createTokens } from "./security.ts";
 *
 * const tokens = createTokens(["a secret of at least thirty-two characters"]);
 * const scope = { purpose: "page", binding: "b", session: "s" } as const;
 * console.assert(tokens.verify(tokens.issue(scope), scope));
 * console.assert(!tokens.verify(tokens.issue(scope), { ...scope, purpose: "post" }));
 * ```
 */
export function createTokens(secrets: readonly string[]): Tokens {
  if (secrets.length === 0) throw coded("E190", new RangeError("Cannot make tokens: no secret was given"));
  const keys = secrets.map((secret) => new Uint8Array(hkdfSync("sha256", secret, "", "vango token v1", 32)));
  return {
    issue(scope) {
      const message = tokenMessage(scope);
      if (message === null) {
        throw coded("E190", new TypeError("Cannot make a token: a part of its scope holds U+0000"));
      }
      return mac(keys[0], message);
    },
    verify(token, scope) {
      const message = tokenMessage(scope);
      // The length and alphabet of a token are no secret.
      if (message === null || !/^[A-Za-z0-9_-]{22}$/.test(token)) return false;
      const given = new TextEncoder().encode(token);
      let right = false;
      for (const key of keys) {
        right = timingSafeEqual(given, new TextEncoder().encode(mac(key, message))) || right;
      }
      return right;
    },
  };
}

function mac(key: Uint8Array, message: string): string {
  return createHmac("sha256", key).update(message).digest().subarray(0, 16).toString("base64url");
}

function tokenMessage(scope: TokenScope): string | null {
  const { purpose, binding, session } = scope;
  return binding.includes("\0") || session.includes("\0") ? null : `${purpose}\0${binding}\0${session}`;
}

/** Whether a request comes from a page that may make it. */
export type OriginResult =
  | { readonly ok: true }
  | {
    readonly ok: false;
    readonly reason: "missing" | "opaque" | "malformed" | "cross-origin" | "cross-site";
  };

/** The origins besides the server's own from which pages may connect, made by {@link parseOrigins}. */
export interface AllowedOrigins {
  /** Whole origins, in the browser's spelling. */
  readonly exact: ReadonlySet<string>;
  /** Origins with a star: any subdomain, at any depth, but not the domain itself. */
  readonly wild: readonly { readonly scheme: string; readonly suffix: string }[];
}

const ALLOWED: OriginResult = { ok: true };

/**
 * Reads a list of origins: `https://example.com`, `https://example.com:8443`, `https://*.example.com`.
 *
 * @throws {VangoError} When one is not an origin (a path, no scheme, a bare star).
 */
export function parseOrigins(list: readonly string[]): AllowedOrigins {
  const exact = new Set<string>();
  const wild: { scheme: string; suffix: string }[] = [];
  for (const item of list) {
    const star = /^(https?:)\/\/\*(\.[^*/?#@\s]+)$/i.exec(item);
    const origin = parseOrigin(star === null ? item : `${star[1]}//x${star[2]}`);
    if (origin === null || origin.host.includes("*")) {
      throw new VangoError("origin", `Cannot use "${item}" as an allowed origin`, {
        hint: 'Write scheme, host and perhaps port: "https://example.com" or "https://*.example.com".',
      });
    }
    if (star === null) exact.add(origin.origin);
    else wild.push({ scheme: origin.protocol, suffix: origin.host.slice(1) });
  }
  return { exact, wild };
}

/**
 * Checks where a request comes from.
 *
 * For a socket: Origin must be there (browsers always send it, whatever the referrer policy) and be the server's own or
 * an allowed one. For a post: where Origin is missing or "null", `Sec-Fetch-Site`, which no script can set, decides;
 * where that is missing too the client is no browser of the last years, has no ambient cookies to abuse, and still
 * needs its token, so a missing Origin passes and "null" does not.
 *
 * The server's own origin is that of the same host and port. A page may be HTTPS where we see HTTP, since TLS may end
 * in front of us; never the other way round.
 *
 * @param headers The request's.
 * @param own The origin that the request was made to, as address.ts finds it: `https://example.com`.
 */
export function checkOrigin(
  headers: Headers,
  own: string,
  options: { kind: "socket" | "post"; allowed?: AllowedOrigins },
): OriginResult {
  const site = headers.get("sec-fetch-site");
  const header = headers.get("origin");
  if (header === null || header === "null") {
    const reason = header === null ? "missing" : "opaque";
    if (options.kind === "socket") return { ok: false, reason };
    if (site === "same-origin" || site === "none" && header === null) return ALLOWED;
    if (site === null && header === null) return ALLOWED;
    return { ok: false, reason };
  }
  const origin = parseOrigin(header);
  if (origin === null) return { ok: false, reason: "malformed" };
  if (options.allowed !== undefined && isAllowed(origin, options.allowed)) return ALLOWED;
  if (!isOwn(origin, own)) return { ok: false, reason: "cross-origin" };
  // The browser's own word: a page of the same host but another scheme counts as another site.
  return site === null || site === "same-origin" || site === "none"
    ? ALLOWED
    : { ok: false, reason: "cross-site" };
}

/** An http or https URL that is nothing but an origin, in the browser's spelling up to case; null for all else. */
function parseOrigin(text: string): URL | null {
  if (text.length > 300 || !/^https?:\/\/[^/?#@\\\s]+$/i.test(text)) return null;
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.hostname !== "" ? url : null;
}

function isAllowed(origin: URL, allowed: AllowedOrigins): boolean {
  if (allowed.exact.has(origin.origin)) return true;
  return allowed.wild.some(({ scheme, suffix }) => {
    return origin.protocol === scheme && origin.host.endsWith(suffix) && origin.host.length > suffix.length;
  });
}

function isOwn(origin: URL, own: string): boolean {
  const url = parseOrigin(own);
  if (url === null || origin.host !== url.host) return false;
  return origin.protocol === url.protocol || origin.protocol === "https:";
}
