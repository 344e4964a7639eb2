/**
 * From a request to its route: one address for each page (308 leads there), the methods that it takes, and what there is when it
 * has none.
 *
 * @module
 */
import { canonicalPath, RouteError } from "../router/mod.ts";
import type { Client } from "./address.ts";
import { plainAnswer } from "./csp.ts";
import { handleApi, isSafe } from "./api.ts";
import { Ctx, packHeaders, type Phase, runWithCtx } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import { notFound } from "./http_error.ts";
import { middlewareAnswer, servePage, thrownAnswer } from "./page.ts";
import { servePost } from "./post.ts";
import { type ApiMatch, type Found, isPlain } from "./router.ts";
import { checkOrigin } from "./security.ts";
import type { Sessions } from "./sessions.ts";

/** Answers a request for anything but the client's files and the socket. */
export async function serveRoute(
  engine: Engine,
  sessions: Sessions,
  request: Request,
  client: Client,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  let path: string;
  try {
    path = canonicalPath(pathname);
  } catch (error) {
    if (error instanceof RouteError) return plainAnswer(400, "Bad request");
    throw error;
  }
  const { routes } = engine;
  const found = routes.find(path);
  if (path !== pathname && (found !== null || routes.live)) {
    return new Response(null, { status: 308, headers: { location: path + search } });
  }
  // What is there by name goes before what a param would take.
  if (engine.files !== null && !isNamed(found)) {
    const file = await engine.files(request);
    if (file !== null) return file;
  }
  if (found?.page !== undefined) return await answerPage(engine, sessions, request, client);
  if (found?.api !== undefined) return await answerApi(engine, request, client, found.api);
  // A person gets the application's own page; a session is too much for a picture that is missing.
  if (isForPerson(path) && routes.pageAt(path) !== null && wantsPage(request)) {
    if (request.method === "GET" || request.method === "HEAD") {
      return await servePage(engine, sessions, request, client);
    }
    // It may have forms.
    if (request.method === "POST" && engine.noscript) {
      return await servePost(engine, sessions, request, client);
    }
  }
  return await answerNothing(engine, request, client, path);
}

/** Whether a route was found that has no params. */
function isNamed(found: Found | null): boolean {
  return found !== null && isPlain((found.page ?? found.api).params);
}

/** Whether what asks for a path that has nothing is a browser's user: not what programs ask for, or browsers unasked. */
function isForPerson(path: string): boolean {
  return path !== "/favicon.ico" && !path.startsWith("/api/");
}

/** Whether a request is for a page; old browsers do not say. */
function wantsPage(request: Request): boolean {
  return /^(document|i?frame)?$/.test(request.headers.get("sec-fetch-dest") ?? "");
}

async function answerApi(
  engine: Engine,
  request: Request,
  client: Client,
  { route, params, guard }: ApiMatch,
): Promise<Response> {
  const ctx = contextOf(request, client, "api");
  return await handleApi({ ...engine, guard }, route, {
    request,
    params,
    ctx,
    origin: originOf(request, client),
  });
}

/** Answers where there is nothing. The middleware of the application runs there, too: it may know better. */
async function answerNothing(
  engine: Engine,
  request: Request,
  client: Client,
  path: string,
): Promise<Response> {
  const { guard } = engine.routes;
  const mayAsk = isSafe(request) ||
    checkOrigin(request.headers, originOf(request, client), { kind: "post", allowed: engine.origins }).ok;
  if (guard === null || !mayAsk) return nothing(path);
  const ctx = contextOf(request, client, path.startsWith("/api/") ? "api" : "page");
  try {
    const given = await runWithCtx(ctx, () => guard(ctx, () => Promise.resolve(nothing(path))));
    return middlewareAnswer(ctx, given);
  } catch (error) {
    return thrownAnswer(error);
  }
}

function nothing(path: string): Response {
  // Browsers ask for it unasked; an error in their console would be ours.
  if (path === "/favicon.ico") {
    return new Response(null, { status: 204, headers: { "cache-control": "max-age=86400" } });
  }
  // Programs ask for what is below /api/, and read JSON.
  if (path.startsWith("/api/")) return notFound("There is no API at this address").toResponse();
  return plainAnswer(404, "Not found");
}

function originOf(request: Request, client: Client): string {
  return client.origin || new URL(request.url).origin;
}

/** What middleware sees of a request for no page. */
function contextOf(request: Request, client: Client, phase: Phase): Ctx {
  const { pathname, search } = new URL(request.url);
  const ctx = new Ctx({
    url: new URL(originOf(request, client) + canonicalPath(pathname) + search),
    headers: packHeaders(request.headers),
    session: "",
  });
  ctx.phase = phase;
  return ctx;
}

async function answerPage(
  engine: Engine,
  sessions: Sessions,
  request: Request,
  client: Client,
): Promise<Response> {
  const allow = engine.noscript ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS";
  switch (request.method) {
    case "GET":
    case "HEAD":
      return await servePage(engine, sessions, request, client);
    case "POST":
      if (engine.noscript) return await servePost(engine, sessions, request, client);
      break;
    case "OPTIONS":
      return new Response(null, { status: 204, headers: { allow } });
  }
  return plainAnswer(405, "Method not allowed", { allow });
}
