/**
 * Owns the Content-Security-Policy and the other headers that every page carries.
 *
 * The default holds with the default client as it is: scripts by nonce or from our own origin, no eval, Trusted Types
 * with the one policy `vango`. Only `style` attributes are let in, since views set them; style elements need the nonce.
 * The policy is put together once; a page adds its nonce.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { VangoError } from "./errors.ts";

/** Changes to the default policy. */
export interface CspOptions {
  /**
   * By directive: sources that are added to the default's (an only `'none'` gives way to them), or null to leave the
   * directive out. `{ "img-src": ["https://cdn.example.com"], "form-action": null }`.
   */
  add?: Readonly<Record<string, readonly string[] | null>>;
  /** Whether browsers only report what the policy would stop. Default false. */
  reportOnly?: boolean;
}

/** A policy, made by {@link createCsp}. */
export interface Csp {
  /** The header's name: `content-security-policy`, or with `-report-only`. */
  readonly name: string;
  /** The header's value for one page. */
  value(nonce: string): string;
}

/** Stands for the nonce until there is one. No source may hold it. */
const NONCE = "\0";

/** The default policy, as pairs of directive and sources. */
const DEFAULTS: readonly (readonly [string, readonly string[]])[] = [
  ["default-src", ["'self'"]],
  ["script-src", ["'self'", `'nonce-${NONCE}'`]],
  ["script-src-attr", ["'none'"]],
  ["style-src", ["'self'", `'nonce-${NONCE}'`]],
  ["style-src-attr", ["'unsafe-inline'"]],
  ["img-src", ["'self'", "data:", "blob:"]],
  ["font-src", ["'self'"]],
  ["connect-src", ["'self'"]],
  ["object-src", ["'none'"]],
  ["base-uri", ["'none'"]],
  ["form-action", ["'self'"]],
  ["frame-ancestors", ["'none'"]],
  ["require-trusted-types-for", ["'script'"]],
  ["trusted-types", ["vango"]],
];

/** A new nonce: 128 random bits as 22 characters of base64url. One page, one nonce. */
export function newNonce(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true });
}

/**
 * Makes the policy.
 *
 * @throws {VangoError} When a directive or source could end its directive or start another.
 *
 * @example
 * ```ts
 * import { createCsp, newNonce } from "./csp.ts";
 *
 * const csp = createCsp({ add: { "img-src": ["https://cdn.example.com"] } });
 * console.assert(csp.value(newNonce()).includes("img-src 'self' data: blob: https://cdn.example.com;"));
 * ```
 */
export function createCsp(options: CspOptions = {}): Csp {
  const directives = new Map(DEFAULTS);
  for (const [name, sources] of Object.entries(options.add ?? {})) {
    if (!/^[a-z][a-z-]*$/.test(name)) throw wrong(`the directive "${name}"`);
    if (sources === null) {
      directives.delete(name);
      continue;
    }
    const bad = sources.find((source) => !/^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(source));
    if (bad !== undefined) throw wrong(`the source "${bad}" of "${name}"`);
    const old = (directives.get(name) ?? []).filter((source) => source !== "'none'" || sources.length === 0);
    directives.set(name, [...old, ...sources.filter((source) => !old.includes(source))]);
  }
  const parts = [...directives].map(([name, sources]) => [name, ...sources].join(" ")).join("; ").split(
    NONCE,
  );
  return {
    name: options.reportOnly ? "content-security-policy-report-only" : "content-security-policy",
    value(nonce) {
      // What is put into a header must be what newNonce gives, or at least as harmless.
      if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(nonce)) {
        throw coded("E099", new TypeError("Cannot use the nonce: it is not base64"));
      }
      return parts.join(nonce);
    },
  };
}

/** A short answer in plain text that nothing may keep: a refusal, mostly. */
export function plainAnswer(status: number, text: string, headers: HeadersInit = {}): Response {
  const all = new Headers(headers);
  all.set("content-type", "text/plain; charset=utf-8");
  all.set("cache-control", "no-store");
  setSecurityHeaders(all);
  return new Response(text, { status, headers: all });
}

/** Sets the headers that every page carries besides its policy; what is already set stays. */
export function setSecurityHeaders(headers: Headers): void {
  for (const [name, value] of SECURITY_HEADERS) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  // For browsers that do not know frame-ancestors; those that do ignore it.
  ["x-frame-options", "DENY"],
];

function wrong(what: string): VangoError {
  return new VangoError("csp", `Cannot use ${what} in the Content-Security-Policy`, {
    hint: "A directive is a lower-case name; a source has no space, comma or semicolon.",
  });
}
