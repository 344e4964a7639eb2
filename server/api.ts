/**
 * Answers requests to APIs: origin, middleware, method, input, handler, answer, in this order.
 *
 *     origin of what changes something ─► middleware (the application's, then folder by folder) ─► method (405, OPTIONS)
 *       ─► params, query, body (422, 413, 415, 400) ─► handler ─► Response, 204 or JSON
 *
 * What is an answer (an HttpError, a redirect) goes back through the middleware as one; what is a mistake rejects their `next()`, and
 * is a 500 in the end that says nothing, in development everything.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { limitBody, readJson, readQuery } from "./api_input.ts";
import { type Ctx, runWithCtx } from "./ctx.ts";
import {
  type ApiContext,
  type ApiHandler,
  type EndpointContext,
  isEndpoint,
  type Method,
  METHODS,
} from "./endpoint.ts";
import { messageOf } from "./errors.ts";
import { forbidden, HttpError, internal, Redirect, validationError } from "./http_error.ts";
import type { Limits } from "./limits.ts";
import type { Logger } from "./log.ts";
import type { Composed } from "./middleware.ts";
import { json, noContent } from "./responses.ts";
import type { ApiRoute, Params } from "./route_table.ts";
import { type AllowedOrigins, checkOrigin } from "./security.ts";
import { type StandardSchema, validate } from "./standard_schema.ts";

/** What of the server an API needs. */
export interface ApiParts {
  /** The middleware of the application, then of the API's folders; null when there is none. */
  readonly guard: Composed<Ctx, unknown> | null;
  /** Where mistakes go. */
  readonly log: Logger;
  /** Origins besides the server's own. */
  readonly origins: AllowedOrigins;
  /** The limit of bodies. */
  readonly limits: Pick<Limits, "maxBody">;
  /** Whether mistakes are told, and output is checked. */
  readonly dev: boolean;
}

/** One request to an API. */
export interface ApiRequest {
  /** The request. */
  readonly request: Request;
  /** The params that its path has. */
  readonly params: Params;
  /** What middleware sees. */
  readonly ctx: Ctx;
  /** The origin that the request was made to, as address.ts finds it. */
  readonly origin: string;
}

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request changes nothing, and asks for no socket: pages of any origin may make it. */
export function isSafe({ method, headers }: Request): boolean {
  return SAFE.has(method) && !headers.has("upgrade");
}

/** Answers a request to an API. Never rejects. */
export async function handleApi(parts: ApiParts, route: ApiRoute, call: ApiRequest): Promise<Response> {
  const { request, ctx } = call;
  let answer: Response;
  try {
    answer = await runWithCtx(ctx, async () => {
      checkSender(parts, route, call);
      const answered = () => answerOf(parts, route, call);
      const given = await (parts.guard === null ? answered() : parts.guard(ctx, answered));
      const response = responseOf(given);
      if (response !== null) return response;
      throw coded(
        "E101",
        new TypeError(
          `A middleware returned ${String(given)} for an API: return a Response, or what next() gives`,
        ),
      );
    });
  } catch (error) {
    answer = errorAnswer(parts, route, error);
  }
  if (request.method !== "HEAD" || answer.body === null) return answer;
  if (!answer.body.locked) await answer.body.cancel();
  return new Response(null, { status: answer.status, headers: answer.headers });
}

/** @throws {HttpError} 403 when a page of another origin asks for what changes something, or for a socket. */
function checkSender({ origins }: ApiParts, { methods }: ApiRoute, { request, origin }: ApiRequest): void {
  if (isSafe(request)) return;
  const handler = methods[request.method];
  if (isEndpoint(handler) && handler.options.crossOrigin) return;
  const result = checkOrigin(request.headers, origin, { kind: "post", allowed: origins });
  if (!result.ok) {
    throw forbidden(`The request comes from elsewhere (${result.reason})`, { code: "cross_origin" });
  }
}

/** What the methods of an API answer. */
async function answerOf(parts: ApiParts, route: ApiRoute, call: ApiRequest): Promise<Response> {
  const { request, ctx } = call;
  const handler = handlerOf(route, request.method);
  if (handler === null) {
    const headers = { allow: allowed(route).join(", ") };
    return request.method === "OPTIONS"
      ? noContent({ headers })
      : new HttpError(405, `${request.method} is not allowed here`, { headers }).toResponse();
  }
  try {
    const answer = await run(parts, handler, call);
    return ctx.redirect === null ? answer : new Redirect(ctx.redirect.url).toResponse();
  } catch (error) {
    const answer = responseOf(error);
    if (answer === null) throw error;
    if (error instanceof HttpError && error.status >= 500) logError(parts, route, error);
    return answer;
  }
}

function handlerOf({ methods }: ApiRoute, method: string): ApiHandler | null {
  const own = Object.hasOwn(methods, method) ? methods[method] : undefined;
  return (own ?? (method === "HEAD" ? methods.GET : undefined) ?? null) as ApiHandler | null;
}

function allowed({ methods }: ApiRoute): readonly Method[] {
  return METHODS.filter((method) =>
    method === "OPTIONS" || methods[method] !== undefined || method === "HEAD" && methods.GET !== undefined
  );
}

async function run(parts: ApiParts, handler: ApiHandler, call: ApiRequest): Promise<Response> {
  const { params, ctx } = call;
  const options = isEndpoint(handler) ? handler.options : {};
  const max = options.maxBody ?? parts.limits.maxBody;
  const request = limitBody(call.request, max);
  // Not that of the context: its path is the canonical one, where the request's is the browser's own.
  const url = ctx.url;
  const given: ApiContext = { request, url, params, ctx, json: () => readJson(request, max) };
  if (!isEndpoint(handler)) return resultAnswer(await handler(given), 200);
  const input: EndpointContext = {
    ...given,
    params: options.params === undefined ? params : await valid(options.params, params, "params"),
    query: await valid(options.query, readQuery(url.searchParams), "query"),
    body: options.body === undefined
      ? undefined
      : await valid(options.body, await readJson(request, max), "body"),
  };
  const result = await handler.handler(input);
  if (parts.dev && options.output !== undefined && responseOf(result) === null) {
    await checkOutput(options.output, result);
  }
  return resultAnswer(result, options.status ?? 200);
}

// deno-lint-ignore no-explicit-any -- what a schema gives is known where the handler is written
async function valid(schema: StandardSchema | undefined, value: unknown, what: string): Promise<any> {
  if (schema === undefined) return value;
  const result = await validate(schema, value);
  if (result.ok) return result.value;
  throw validationError(result.fields, `The ${what} ${what === "params" ? "are" : "is"} not valid`);
}

async function checkOutput(schema: StandardSchema, result: unknown): Promise<void> {
  const checked = await validate(schema, result);
  if (checked.ok) return;
  const told = Object.entries(checked.fields).map(([name, messages]) =>
    `${name === "" ? "the value" : name}: ${messages.join(", ")}`
  );
  throw coded(
    "E135",
    new TypeError(`The handler gave what its output schema does not take: ${told.join("; ")}`),
  );
}

/** What a handler gave, as an answer. */
function resultAnswer(result: unknown, status: number): Response {
  const response = responseOf(result);
  if (response !== null) return response;
  if (status === 204 || status === 205) return new Response(null, { status });
  return result === undefined ? noContent() : json(result, { status });
}

/** The answer that a value is; null when it is none. */
function responseOf(value: unknown): Response | null {
  if (value instanceof Response) return value;
  return value instanceof HttpError || value instanceof Redirect ? value.toResponse() : null;
}

function errorAnswer(parts: ApiParts, route: ApiRoute, error: unknown): Response {
  const answer = responseOf(error);
  if (answer !== null) return answer;
  logError(parts, route, error);
  if (!parts.dev) return internal().toResponse();
  const body = { error: "internal_error", message: messageOf(error), stack: stackOf(error) };
  return json(body, { status: 500 });
}

function logError({ log }: ApiParts, { pattern, file }: ApiRoute, error: unknown): void {
  log.error("An API failed", { error, pattern, ...file === undefined ? {} : { file } });
}

function stackOf(error: unknown): string[] {
  return error instanceof Error ? (error.stack ?? "").split("\n").slice(1).map((line) => line.trim()) : [];
}
