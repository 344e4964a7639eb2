/**
 * Answers GET: renders the page, parks the session, and sends HTML that carries all that the client needs.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { documentShell, renderToString, treeSum } from "../render/mod.ts";
import type { Client } from "./address.ts";
import { newBinding, readBinding, serializeBinding } from "./cookie.ts";
import { newNonce, plainAnswer, setSecurityHeaders } from "./csp.ts";
import { type Ctx, packHeaders } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import { STUB } from "./client_files.ts";
import { postToken } from "./post_token.ts";
import { guard, mountPage, newId, newSession } from "./render_page.ts";
import { HttpError, isAnswer, Redirect } from "./http_error.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** Answers GET and HEAD of a page. */
export async function servePage(
  engine: Engine,
  sessions: Sessions,
  request: Request,
  client: Client,
): Promise<Response> {
  const refusal = sessions.admission.admit(client.key);
  if (refusal !== null) {
    const after = String(Math.ceil(refusal.retryAfter / 1000));
    const headers: HeadersInit = refusal.retryAfter > 0 ? { "retry-after": after } : {};
    return plainAnswer(refusal.status === 9 ? 429 : 503, refusal.message, headers);
  }
  const binding = readBinding(request.headers.get("cookie"), client.secure) ?? newBinding();
  const url = new URL(request.url);
  const session = newSession(engine, {
    id: newId(),
    binding,
    address: client.key,
    // By concatenation: a path like "//host" is one of ours here.
    url: new URL((client.origin || url.origin) + url.pathname + url.search),
    headers: packHeaders(request.headers),
  });
  session.onClose = sessions.admission.left;
  session.ctx.status = session.ctx.match?.place.status ?? 200;
  return await guarded(sessions, session, "page", async () => {
    await mountPage(engine, session);
    return await answer(engine, sessions, session, request, client);
  });
}

/** Runs middleware around an answer; a session whose page is not sent is closed. */
export async function guarded(
  sessions: Sessions,
  session: Session,
  phase: Ctx["phase"],
  step: () => Promise<Response>,
): Promise<Response> {
  let response: unknown;
  let passed = false;
  try {
    ({ result: response, passed } = await guard(session, phase, step));
  } catch (error) {
    sessions.discard(session);
    return thrownAnswer(error);
  }
  if (!passed || !(response instanceof Response)) sessions.discard(session);
  return middlewareAnswer(session.ctx, response);
}

/** The answer that was thrown by middleware, with its own headers. @throws What is none. */
export function thrownAnswer(error: unknown): Response {
  if (!isAnswer(error)) throw error;
  return error instanceof HttpError
    ? plainAnswer(error.status, error.message, error.headers)
    : error.toResponse();
}

/** What middleware gave, as an answer. @throws {TypeError} When it is none. */
export function middlewareAnswer({ phase, redirect }: Ctx, given: unknown): Response {
  if (given instanceof Response) return given;
  if (redirect !== null) return new Redirect(redirect.url).toResponse();
  throw coded(
    "E101",
    new TypeError(
      `A middleware returned ${String(given)} for a ${phase}: return a Response, or what next() gives`,
    ),
  );
}

/** The answer that carries a session's page. Parks the session, unless the answer has no body or leads elsewhere. */
export async function answer(
  engine: Engine,
  sessions: Sessions,
  session: Session,
  request: Request,
  client: Client,
): Promise<Response> {
  const { ctx } = session;
  const headers = pageHeaders(session, request, client);
  if (ctx.redirect !== null) {
    headers.set("location", ctx.redirect.url);
    sessions.discard(session);
    // A form is posted once: what it leads to is asked for with GET.
    const status = ctx.phase === "page" ? ctx.redirect.status : 303;
    return new Response(null, { status, headers });
  }
  const nonce = newNonce();
  headers.set(engine.csp.name, engine.csp.value(nonce));
  headers.set("content-type", "text/html; charset=utf-8");
  const status = ctx.status;
  if (request.method === "HEAD") {
    sessions.discard(session);
    return new Response(null, { status, headers });
  }
  const html = await documentOf(engine, sessions, session, nonce);
  engine.metrics.pagesRendered++;
  return new Response(html, { status, headers });
}

function pageHeaders(session: Session, request: Request, client: Client): Headers {
  const headers = new Headers({ "cache-control": "private, no-store", "vary": "cookie" });
  setSecurityHeaders(headers);
  if (readBinding(request.headers.get("cookie"), client.secure) === null) {
    headers.append("set-cookie", serializeBinding(session.binding, { secure: client.secure }));
  }
  return headers;
}

async function documentOf(
  engine: Engine,
  sessions: Sessions,
  session: Session,
  nonce: string,
): Promise<string> {
  const { ctx, runtime } = session;
  const post = engine.noscript ? postToken() : null;
  const body = renderToString(runtime.root, post === null ? {} : { post });
  const sealed = await sessions.keeper.sealSmall(session);
  const token = post === null ? null : await post.token(sessions.keeper, session, sealed, body);
  const { count, sum } = treeSum(runtime.root);
  sessions.park(session);
  const shell = documentShell({
    lang: engine.document.lang,
    title: ctx.documentTitle ?? engine.document.title,
    meta: Object.fromEntries(ctx.documentMetas),
    links: ctx.documentLinks,
    head: engine.document.head(),
    nonce,
    stub: STUB,
    clientSrc: engine.client.url,
    data: {
      n: String(count),
      sum: String(sum),
      t: session.id + engine.tokens.issue({ purpose: "page", binding: session.binding, session: session.id }),
      x: sealed.toBase64({ alphabet: "base64url", omitPadding: true }),
      ...engine.routes.live ? { nav: engine.client.nav, ...engine.viewTransitions ? { vt: "" } : {} } : {},
    },
    form: post === null || token === null || !post.needsForm(body) ? undefined : { value: `~${token}` },
  });
  return shell.head + (post === null || token === null ? body : post.fill(body, token)) + shell.tail();
}
