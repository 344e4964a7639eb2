/**
 * Owns the cookie that binds pages to the browser that asked for them.
 *
 * It holds 128 random bits and nothing else: no session, no user. Tokens and sealed snapshots are made for one value of
 * it (see security.ts and seal.ts), so what leaks from a page is of no use in another browser. Over HTTPS the name has
 * the prefix `__Host-`, which keeps sibling domains and plain HTTP from setting it. Reading scans the header in place:
 * it is on every request, and it is hostile.
 *
 * @module
 */
import { coded } from "../core/coded.ts";

/** How the cookie is set. */
export interface BindingCookieOptions {
  /** Whether the browser uses HTTPS, as {@link ./address.ts} finds. */
  secure: boolean;
  /** Seconds that the browser keeps it. Default: until the browser ends. */
  maxAge?: number;
}

// 22 characters of base64url are 132 bits; the last of them holds two bits of the value, so only four are canonical.
const BINDING = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** The cookie's name: `__Host-vango` over HTTPS, `vango` without. */
export function bindingCookieName(secure: boolean): string {
  return secure ? "__Host-vango" : "vango";
}

/** A new value: 128 random bits as 22 characters of base64url. */
export function newBinding(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Whether a value has the form that {@link newBinding} gives. */
export function isBinding(value: string): boolean {
  return BINDING.test(value);
}

/**
 * The first well-formed binding in a request's Cookie header; null when there is none.
 *
 * @param cookie The header, or null when the request has none.
 */
export function readBinding(cookie: string | null, secure: boolean): string | null {
  return readCookie(cookie, bindingCookieName(secure), isBinding);
}

/**
 * The Set-Cookie header that gives the browser its binding.
 *
 * @throws {TypeError} When `value` is not one of {@link newBinding}.
 *
 * @example
 * ```ts
 * import { serializeBinding } from "./cookie.ts";
 *
 * const header = serializeBinding("AAAAAAAAAAAAAAAAAAAAAA", { secure: true });
 * console.assert(header === "__Host-vango=AAAAAAAAAAAAAAAAAAAAAA; Path=/; HttpOnly; SameSite=Lax; Secure");
 * ```
 */
export function serializeBinding(value: string, options: BindingCookieOptions): string {
  if (!isBinding(value)) {
    throw coded(
      "E190",
      new TypeError("Cannot set the binding cookie: the value is not 22 base64url characters"),
    );
  }
  const age = options.maxAge === undefined ? "" : `; Max-Age=${Math.floor(options.maxAge)}`;
  const secure = options.secure ? "; Secure" : "";
  return `${bindingCookieName(options.secure)}=${value}; Path=/; HttpOnly; SameSite=Lax${age}${secure}`;
}

/**
 * The first value of one cookie that `accept` takes (default: any), as it is in the header: a pair of quotes around it
 * is removed, nothing is decoded. Linear in the header's length.
 */
export function readCookie(
  cookie: string | null,
  name: string,
  accept: (value: string) => boolean = () => true,
): string | null {
  if (cookie === null) return null;
  let at = 0;
  while (at < cookie.length) {
    let end = cookie.indexOf(";", at);
    if (end < 0) end = cookie.length;
    while (at < end && isSpace(cookie, at)) at++;
    if (
      cookie.startsWith(name, at) && cookie.charCodeAt(at + name.length) === 0x3d && at + name.length < end
    ) {
      const value = unquote(cookie.slice(at + name.length + 1, end).trim());
      if (accept(value)) return value;
    }
    at = end + 1;
  }
  return null;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

function unquote(value: string): string {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

/** The cookies of a header, by name; of a repeated name the first. */
export function parseCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").slice(0, 16_384).split(";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (name !== "" && !cookies.has(name)) {
      cookies.set(name, pair.slice(at + 1).trim().replace(/^"(.*)"$/, "$1"));
    }
  }
  return cookies;
}
