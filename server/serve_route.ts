/**
 * From a request to its route: one address for each page (308 leads there), the methods that it takes, and what there is when it
 * has none.
 *
 * @module
 */
import { canonicalPath, RouteError } from "../router/mod.ts";
import type { Client } from "./address.ts";
import { plainAnswer } from "./csp.ts";
import { handleApi } from "./api.ts";
import { Ctx, packHeaders } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import { notFound } from "./http_error.ts";
import { servePage } from "./page.ts";
import { servePost } from "./post.ts";
import type { ApiMatch, Found } from "./router.ts";
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
  if (engine.files !== null && !isPlain(found)) {
    const file = await engine.files(request);
    if (file !== null) return file;
  }
  if (found?.page !== undefined) return await answerPage(engine, sessions, request, client);
  if (found?.api !== undefined) return await answerApi(engine, request, client, found.api);
  // Browsers ask for it unasked; an error in their console would be ours.
  if (path === "/favicon.ico") {
    return new Response(null, { status: 204, headers: { "cache-control": "max-age=86400" } });
  }
  // Programs ask for what is below /api/, and read JSON.
  if (path.startsWith("/api/")) return notFound("There is no API at this address").toResponse();
  // A person gets the application's own page; a session is too much for a picture that is missing.
  if (routes.pageAt(path) !== null && wantsPage(request)) {
    return await answerPage(engine, sessions, request, client);
  }
  return plainAnswer(404, "Not found");
}

/** Whether a route was found that has no params. */
function isPlain(found: Found | null): boolean {
  return found !== null && Object.keys((found.page ?? found.api).params).length === 0;
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
  const url = new URL(request.url);
  const origin = client.origin || url.origin;
  const ctx = new Ctx({
    url: new URL(origin + canonicalPath(url.pathname) + url.search),
    headers: packHeaders(request.headers),
    session: "",
  });
  ctx.phase = "api";
  return await handleApi({ ...engine, guard }, route, { request, params, ctx, origin });
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
