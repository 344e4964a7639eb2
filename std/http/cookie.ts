/**
 * Cookies in request and response headers (RFC 6265).
 *
 * @module
 */

/** A cookie and its attributes. */
export interface Cookie {
  /** A token: no blanks, controls or separators. */
  name: string;
  /** ASCII without controls, blanks, quotes, commas, semicolons and backslashes. */
  value: string;
  /** When it ends, as a date or in milliseconds since the epoch. */
  expires?: Date | number;
  /** Seconds that it lives; 0 removes it. */
  maxAge?: number;
  /** The hosts that get it; without it, only the one that set it. */
  domain?: string;
  /** The paths that get it. */
  path?: string;
  /** Sent over https only. */
  secure?: boolean;
  /** Out of reach of scripts. */
  httpOnly?: boolean;
  /** Whether other sites' requests carry it. */
  sameSite?: "Strict" | "Lax" | "None";
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// deno-lint-ignore no-control-regex -- the grammar excludes controls
const BAD_VALUE = /[\x00-\x20",;\\\x7f]|[^\x00-\x80]/;
const BAD_PATH = /[^ -~]|;/;

/** The cookies of a request, by name; of two with one name, the last. */
export function getCookies(headers: Headers): Record<string, string> {
  const cookies: Record<string, string> = {};
  const header = headers.get("Cookie");
  if (header === null) return cookies;
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    const name = (equals < 0 ? pair : pair.slice(0, equals)).trim();
    cookies[name] = equals < 0 ? "" : pair.slice(equals + 1);
  }
  return cookies;
}

/**
 * Adds a `Set-Cookie` header.
 *
 * A name that starts with `__Host` gets path "/", no domain and secure; one that starts with `__Secure` gets secure.
 *
 * @throws {SyntaxError} When the name, the value, the path or the domain has a character that it must not have.
 * @throws {RangeError} When maxAge is a negative integer.
 */
export function setCookie(headers: Headers, cookie: Cookie): void {
  const { name, value, expires, maxAge, httpOnly, sameSite } = cookie;
  if (name === "") return;
  if (!NAME.test(name)) throw new SyntaxError(`Cannot set cookie: invalid name ${JSON.stringify(name)}`);
  if (BAD_VALUE.test(value)) throw new SyntaxError(`Cannot set cookie "${name}": invalid character in value`);
  const host = name.startsWith("__Host");
  const path = host ? "/" : cookie.path;
  const domain = host ? undefined : cookie.domain;
  const parts = [`${name}=${value}`];
  if (cookie.secure || host || name.startsWith("__Secure")) parts.push("Secure");
  if (httpOnly) parts.push("HttpOnly");
  if (Number.isInteger(maxAge)) {
    if (maxAge! < 0) throw new RangeError(`Cannot set cookie "${name}": maxAge ${maxAge} is negative`);
    parts.push(`Max-Age=${maxAge}`);
  }
  if (domain) {
    if (/^-|[-.]$/.test(domain)) {
      throw new SyntaxError(`Cannot set cookie "${name}": invalid domain ${domain}`);
    }
    parts.push(`Domain=${domain}`);
  }
  if (sameSite) parts.push(`SameSite=${sameSite}`);
  if (path) {
    if (BAD_PATH.test(path)) throw new SyntaxError(`Cannot set cookie "${name}": invalid character in path`);
    parts.push(`Path=${path}`);
  }
  if (expires) parts.push(`Expires=${new Date(expires).toUTCString()}`);
  headers.append("Set-Cookie", parts.join("; "));
}
