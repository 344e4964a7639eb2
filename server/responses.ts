/**
 * Answers of APIs in one line each.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { VangoError } from "./errors.ts";

/** What an answer may have besides its content. */
export interface AnswerOptions {
  /** The status. */
  status?: number;
  /** Headers. */
  headers?: HeadersInit;
}

/**
 * A value as JSON. Nothing keeps it, unless a `cache-control` says so.
 *
 * ```ts
 * import { json } from "@vango/core";
 *
 * const answer = json({ id: 7 }, { headers: { "cache-control": "max-age=60" } });
 * console.assert(await answer.text() === '{"id":7}');
 * ```
 *
 * @throws {TypeError} When JSON cannot carry the value: a function, a bigint, an object within itself.
 */
export function json(value: unknown, { status = 200, headers: init }: AnswerOptions = {}): Response {
  const text = JSON.stringify(value);
  if (text === undefined) {
    throw coded("E056", new TypeError(`Cannot send ${typeof value} as JSON: it has no form there`));
  }
  const headers = new Headers(init);
  const bytes = new TextEncoder().encode(text);
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  headers.set("content-length", String(bytes.length));
  headers.set("x-content-type-options", "nosniff");
  return new Response(bytes, { status, headers });
}

/** 200 with a value as JSON. */
export function ok(value: unknown, options: Omit<AnswerOptions, "status"> = {}): Response {
  return json(value, options);
}

/** 201 with a value as JSON; `location` says where what was made can be found. */
export function created(
  value: unknown,
  { location, ...options }: Omit<AnswerOptions, "status"> & { location?: string } = {},
): Response {
  const answer = json(value, { ...options, status: 201 });
  if (location !== undefined) answer.headers.set("location", location);
  return answer;
}

/** 202 with a value as JSON: it will be done. */
export function accepted(value: unknown = null, options: Omit<AnswerOptions, "status"> = {}): Response {
  return json(value, { ...options, status: 202 });
}

/** 204: done, and there is nothing to say. */
export function noContent(options: Omit<AnswerOptions, "status"> = {}): Response {
  return new Response(null, { status: 204, headers: options.headers });
}

/** Which part of a list {@linkcode paginated} sends. */
export interface Page {
  /** Its number, from 1. */
  readonly page: number;
  /** How many items a page has at most. */
  readonly perPage: number;
  /** How many items there are in all. */
  readonly total: number;
}

/**
 * 200 with a part of a list: `{ data, meta: { page, perPage, total, totalPages } }`.
 *
 * ```ts
 * import { paginated } from "@vango/core";
 *
 * const answer = paginated(["c", "d"], { page: 2, perPage: 2, total: 5 });
 * console.assert((await answer.json()).meta.totalPages === 3);
 * ```
 *
 * @throws {VangoError} "pagination" when a number is none of that kind.
 */
export function paginated(
  data: readonly unknown[],
  { page, perPage, total }: Page,
  options: Omit<AnswerOptions, "status"> = {},
): Response {
  for (
    const [name, value, least] of [["page", page, 1], ["perPage", perPage, 1], ["total", total, 0]] as const
  ) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new VangoError("pagination", `Cannot send a part of a list: "${name}" is ${value}`, {
      hint: `Use a whole number from ${least}.`,
    });
  }
  return json({ data, meta: { page, perPage, total, totalPages: Math.ceil(total / perPage) } }, options);
}
