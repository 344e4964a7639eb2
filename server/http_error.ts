/**
 * Answers that are thrown: errors with an HTTP status, and redirects. Pages, middleware and APIs understand both.
 *
 * An HttpError is written for whoever asked, so its message is sent, in production too. Any other error is a mistake: it is logged,
 * and nobody outside is told what it says.
 *
 * @module
 */
import { VangoError } from "./errors.ts";
import type { FieldMessages } from "./standard_schema.ts";

/** What an {@linkcode HttpError} may have besides its status and message. */
export interface HttpErrorOptions {
  /** Names what is wrong, for programs, in snake case. Default: that of the status, "not_found". */
  code?: string;
  /** Messages by field. */
  fields?: FieldMessages;
  /** Headers of the answer. */
  headers?: HeadersInit;
  /** The error that led to this one: it is logged, not sent. */
  cause?: unknown;
}

/** By status: the code of an error, and its message unless one is given. */
const STATUSES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ["bad_request", "The request is not valid"],
  401: ["unauthorized", "Sign in first"],
  403: ["forbidden", "This is not allowed"],
  404: ["not_found", "Not found"],
  405: ["method_not_allowed", "Method not allowed"],
  409: ["conflict", "The request contradicts the present state"],
  410: ["gone", "This is gone"],
  413: ["content_too_large", "The request is too large"],
  415: ["unsupported_media_type", "This type of content is not supported"],
  422: ["unprocessable", "The request cannot be processed"],
  429: ["too_many_requests", "Too many requests"],
  500: ["internal_error", "Internal server error"],
  503: ["unavailable", "Not available at present"],
};

/**
 * An answer that is an error. Throw it, or return it from an API.
 *
 * ```ts
 * import { HttpError, notFound } from "@vango/core";
 *
 * function load(id: number): string {
 *   if (id !== 1) throw notFound(`There is no project ${id}`);
 *   return "the project";
 * }
 * try {
 *   load(2);
 * } catch (error) {
 *   console.assert(error instanceof HttpError && error.status === 404);
 * }
 * ```
 */
export class HttpError extends Error {
  /** "HttpError". */
  override readonly name = "HttpError";
  /** The status of the answer: 400 to 599. */
  readonly status: number;
  /** Names what is wrong, for programs. */
  readonly code: string;
  /** Messages by field; null when it is about no fields. */
  readonly fields: FieldMessages | null;
  /** Headers of the answer. */
  readonly headers: Headers;

  /**
   * Makes an error.
   *
   * @throws {VangoError} When the status is no integer from 400 to 599.
   */
  constructor(status: number, message?: string, options: HttpErrorOptions = {}) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new VangoError("http-status", `Cannot make an HttpError of the status ${status}`, {
        hint: "Use 400 to 499 for what the request has wrong, 500 to 599 for what the server has.",
      });
    }
    const [code, text] = STATUSES[status] ?? STATUSES[status < 500 ? 400 : 500];
    super(message ?? text, "cause" in options ? { cause: options.cause } : undefined);
    this.status = status;
    this.code = options.code ?? code;
    this.fields = options.fields ?? null;
    this.headers = new Headers(options.headers);
  }

  /** The answer as JSON: `{ error, message }`, and `fields` where there are some. */
  toResponse(): Response {
    const { code, message, fields } = this;
    const headers = new Headers(this.headers);
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
    headers.set("x-content-type-options", "nosniff");
    const body = fields === null ? { error: code, message } : { error: code, message, fields };
    return Response.json(body, { status: this.status, headers });
  }
}

/** 400: the request cannot be understood. */
export function badRequest(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(400, message, options);
}

/** 401: nobody is signed in. */
export function unauthorized(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(401, message, options);
}

/** 403: who is signed in may not do this. */
export function forbidden(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(403, message, options);
}

/** 404: there is no such thing. A page that throws it shows the `_404` page. */
export function notFound(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(404, message, options);
}

/** 409: it contradicts what is there: a name that is taken, an older version. */
export function conflict(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(409, message, options);
}

/** 422: it can be understood, and not be done. */
export function unprocessable(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(422, message, options);
}

/** 422 with messages by field, and the code "validation_error". */
export function validationError(fields: FieldMessages, message = "Some fields are not valid"): HttpError {
  return new HttpError(422, message, { code: "validation_error", fields });
}

/** 429: come back later; `retryAfter` says when, in seconds. */
export function tooMany(
  message?: string,
  options: HttpErrorOptions & { retryAfter?: number } = {},
): HttpError {
  return new HttpError(429, message, withRetryAfter(options));
}

/** 500: something is wrong with the server. Its message is sent: any other error is not told to whoever asked. */
export function internal(message?: string, options?: HttpErrorOptions): HttpError {
  return new HttpError(500, message, options);
}

/** 503: what is needed cannot be reached now; `retryAfter` says when to come back, in seconds. */
export function unavailable(
  message?: string,
  options: HttpErrorOptions & { retryAfter?: number } = {},
): HttpError {
  return new HttpError(503, message, withRetryAfter(options));
}

function withRetryAfter(
  { retryAfter, ...options }: HttpErrorOptions & { retryAfter?: number },
): HttpErrorOptions {
  if (retryAfter === undefined) return options;
  const headers = new Headers(options.headers);
  headers.set("retry-after", String(Math.max(0, Math.ceil(retryAfter))));
  return { ...options, headers };
}

/** The statuses of a redirect. 303 asks with GET; 307 and 308 with the same method; 301 and 308 are for good. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Thrown by {@linkcode redirect}. It is an Error, so that one that nobody catches tells where it came from. */
export class Redirect extends Error {
  /** "Redirect". */
  override readonly name = "Redirect";
  /** Where to: a path of this origin, or a URL of http or https. */
  readonly location: string;
  /** The status. */
  readonly status: RedirectStatus;
  /** Whether the present entry of the history is replaced, where it is shown over the socket. */
  readonly replace: boolean;

  /**
   * Makes a redirect.
   *
   * @throws {VangoError} When `to` is neither a path nor a URL of http or https, or the status is none of a redirect.
   */
  constructor(to: string, status: RedirectStatus = 303, options: { replace?: boolean } = {}) {
    if (!REDIRECTS.includes(status)) {
      throw new VangoError("redirect", `Cannot redirect with the status ${status}`, {
        hint: `Use one of ${REDIRECTS.join(", ")}.`,
      });
    }
    const location = locationOf(to);
    super(`Redirect to ${location}`);
    this.location = location;
    this.status = status;
    this.replace = options.replace ?? false;
  }

  /** The answer. */
  toResponse(): Response {
    const headers = { location: this.location, "cache-control": "no-store" };
    return new Response(null, { status: this.status, headers });
  }
}

/**
 * Leads elsewhere, from a setup, view, handler, middleware or API: throws, so nothing after it runs. Over the socket the page of a
 * path is shown in the place of the present one.
 *
 * A text from outside (`?next=…`) is safe to pass when it must be a path: what leads to another host must say so with
 * its scheme, so `//evil.example` is refused. Check that it begins with "/" before.
 *
 * ```ts
 * import { Redirect, redirect } from "@vango/core";
 *
 * try {
 *   redirect("/login?next=/todos");
 * } catch (thrown) {
 *   console.assert(thrown instanceof Redirect && thrown.status === 303);
 * }
 * ```
 *
 * @param to A path that begins with "/", or a URL of http or https.
 * @throws {Redirect} Always, but a VangoError when `to` is neither.
 */
export function redirect(
  to: string,
  status: RedirectStatus = 303,
  options: { replace?: boolean } = {},
): never {
  throw new Redirect(to, status, options);
}

/** The status of what was thrown: an HttpError's own, else 500. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

/** Whether something thrown is an answer, and no mistake. */
export function isAnswer(error: unknown): error is HttpError | Redirect {
  return error instanceof HttpError || error instanceof Redirect;
}

function locationOf(to: string): string {
  // Browsers leave out tabs and line ends, and read "\" as "/": "/\evil.example" is another host.
  const path = typeof to === "string" && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(to);
  const url = path
    ? URL.parse(to, "http://localhost")
    : /^https?:\/\/[^\\\p{Cc}]+$/iu.test(to)
    ? URL.parse(to)
    : null;
  if (url === null) {
    throw new VangoError("redirect", `Cannot redirect to ${JSON.stringify(to)}`, {
      hint: 'Use a path ("/login") or a URL of http or https.',
    });
  }
  if (!path) return url.href;
  // "/.//host" is a path of ours whose normal form "//host" would be another host.
  const own = url.pathname.startsWith("//") ? `/.${url.pathname}` : url.pathname;
  return own + url.search + url.hash;
}
