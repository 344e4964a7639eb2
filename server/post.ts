/**
 * Answers POST: the page's forms and buttons when JavaScript is off. The state comes back with the form, the page is mounted
 * from it, the same handler runs, and the page that results is the answer (decision D9). A form that is sent again runs
 * nothing: it gets the page that it led to (decision 0009).
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { batch, type Owner, runWithOwner } from "../core/mod.ts";
import { BUTTON_FIELD, TOKEN_FIELD } from "../render/mod.ts";
import type { VNode } from "../vdom/node.ts";
import { findByPath, isPath } from "../vdom/path.ts";
import type { Client } from "./address.ts";
import { readBinding } from "./cookie.ts";
import { setSecurityHeaders } from "./csp.ts";
import { packHeaders, runWithCtx } from "./ctx.ts";
import { findHandler, submitEvent } from "./dispatch.ts";
import { refusalPage } from "./fallback.ts";
import type { Engine } from "./engine.ts";
import { isSessionId } from "./keeper.ts";
import { answer, guarded } from "./page.ts";
import { mountPage, newId, newSession } from "./render_page.ts";
import { checkOrigin } from "./security.ts";
import { statusOf } from "./http_error.ts";
import type { PostResult } from "./post_results.ts";
import type { Opened } from "./seal.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { decodeSnapshot, type Snapshot } from "./snapshot.ts";

/** Answers a posted form of a page. */
export async function servePost(
  engine: Engine,
  sessions: Sessions,
  request: Request,
  client: Client,
): Promise<Response> {
  engine.metrics.posts++;
  const origin = checkOrigin(request.headers, client.origin, { kind: "post", allowed: engine.origins });
  const { pathname, search } = new URL(request.url);
  // Where there is no page, that is what is wrong: a page that says so may have forms all the same.
  const lost = engine.routes.pageAt(pathname)?.place.status === 404;
  const no = (status: number, why: string) =>
    refuse(engine, lost && NOT_OURS.has(status) ? 404 : status, why);
  if (!origin.ok) return no(403, `The form was sent from elsewhere (${origin.reason})`);
  const binding = readBinding(request.headers.get("cookie"), client.secure);
  if (binding === null) return no(403, "The form was sent without the page's cookie");
  const fields = await readForm(request, engine.limits.maxPost);
  if (typeof fields === "number") {
    return no(fields, fields === 413 ? "The form is too large" : "The form could not be read");
  }
  const posted = fields.find(([name]) => name === TOKEN_FIELD)?.[1] ?? "";
  const at = posted.lastIndexOf("~");
  const button = fields.findLast(([name]) => name === BUTTON_FIELD)?.[1];
  const target: Target = {
    type: button === undefined ? "submit" : "click",
    path: button ?? posted.slice(0, at),
  };
  if (at < 0 || !isPath(target.path)) return no(400, "The form is none of this page's");
  const refusal = sessions.admission.admit(client.key);
  if (refusal !== null) return no(refusal.status === 9 ? 429 : 503, refusal.message);
  const opened = await openToken(engine, sessions, posted.slice(at + 1), binding);
  const snapshot = opened === null ? null : decodeSnapshot(opened.bytes, engine.build);
  // State may hang on the page's address, and guards look at it: a form of one page is good for that page alone.
  const elsewhere = snapshot !== null && snapshot.url !== pathname + search;
  if (opened === null || elsewhere) {
    sessions.admission.leave(client.key);
    return no(403, elsewhere ? "The form is another page's" : TOO_LATE);
  }
  const end = await sessions.keeper.results.begin(opened.id);
  try {
    const session = sessionOf(engine, sessions, request, { client, binding, snapshot });
    // Guards come before the token is used up: who must sign in first can send the form again.
    return await guarded(sessions, session, "post", async () => {
      const start = await startOf(sessions, opened, snapshot, binding);
      if (start === null) {
        sessions.discard(session);
        return no(403, TOO_LATE);
      }
      if ("snapshot" in start) session.restored = start.snapshot.state;
      if ("redirect" in start) session.ctx.redirect = { url: start.redirect, replace: false, status: 303 };
      else await mountPage(engine, session);
      if (start.first) {
        await runHandler(engine, session, target, fields);
        await sessions.keeper.results.keep(opened.id, session);
      }
      return await answer(engine, sessions, session, request, client);
    });
  } finally {
    end();
  }
}

const TOO_LATE = "The form is too old, or was sent before";

/** What is wrong with what is no form of a page. */
const NOT_OURS: ReadonlySet<number> = new Set([400, 403, 415]);

/** What a form names: an element and which of its handlers. */
interface Target {
  readonly type: "submit" | "click";
  readonly path: string;
}

/** What a post goes on from; `first`: its token was not used before, so the handler is to run. */
type Start = PostResult & { readonly first: boolean };

/** What a token's post goes on from: the state in the token, or what its first post led to; null when that is lost. */
async function startOf(
  { keeper }: Sessions,
  opened: Opened,
  snapshot: Snapshot | null,
  binding: string,
): Promise<Start | null> {
  if (await keeper.claim(opened.id)) {
    return snapshot === null ? null : { snapshot, first: true };
  }
  const result = await keeper.results.load(opened.id, binding);
  return result === null ? null : { ...result, first: false };
}

/** A session for the page that answers a post. */
function sessionOf(
  engine: Engine,
  sessions: Sessions,
  request: Request,
  { client, binding, snapshot }: { client: Client; binding: string; snapshot: Snapshot | null },
): Session {
  const url = new URL(request.url);
  const session = newSession(engine, {
    id: newId(),
    binding,
    address: client.key,
    url: new URL((client.origin || url.origin) + url.pathname + url.search),
    headers: packHeaders(request.headers),
    snapshot: snapshot === null ? null : { ...snapshot, seq: 0, received: 0 },
  });
  session.onClose = sessions.admission.left;
  session.ctx.status = session.ctx.match?.place.status ?? 200;
  return session;
}

/** Runs the handler that a form names. The state may have gone on without it since its page was made: then none runs. */
async function runHandler(
  engine: Engine,
  session: Session,
  { type, path }: Target,
  fields: [name: string, value: string][],
): Promise<void> {
  const { runtime, ctx } = session;
  const node = findByPath(runtime.root, path);
  const handler = node === null ? null : findHandler(node, type);
  if (node === null || handler === null) {
    const why = "Ran no handler of a posted form: it is not on the page any more";
    engine.log.once(`post ${why}`).warn(why, { type, path });
    return;
  }
  const own = fields.filter(([name]) => name !== TOKEN_FIELD && name !== BUTTON_FIELD);
  const event = type === "submit" ? submitEvent(own) : { type };
  const owner = ownerOf(node);
  try {
    const result = runWithCtx(ctx, () => batch(() => runWithOwner(owner, () => handler(event))));
    await within(engine, result);
  } catch (error) {
    runtime.fail(error, owner, "handler");
    ctx.status = statusOf(error);
  }
  runWithCtx(ctx, () => runtime.flush());
  await runtime.settle(engine.limits.renderTimeoutMs);
}

/** Waits for a handler as long as a form may. */
async function within(engine: Engine, result: unknown): Promise<void> {
  let stop = () => {};
  const timeout = new Promise<void>((_resolve, reject) => {
    stop = engine.clock.after(
      engine.limits.postTimeoutMs,
      () =>
        reject(
          coded("E104", new Error(`The handler of a form took more than ${engine.limits.postTimeoutMs} ms`)),
        ),
    );
  });
  try {
    await Promise.race([result, timeout]);
  } finally {
    stop();
  }
}

function ownerOf(node: VNode): Owner | null {
  return (node.aux as { owner?: Owner } | null)?.owner ?? null;
}

/** What a token holds; null when it is not ours, or too old. */
async function openToken(
  engine: Engine,
  { keeper }: Sessions,
  token: string,
  binding: string,
): Promise<Opened | null> {
  const sealed = token.startsWith("@")
    ? isSessionId(token.slice(1)) ? await keeper.stored(token.slice(1)) : null
    : fromBase64(token);
  return sealed === null ? null : await engine.sealer.open(sealed, { purpose: "snapshot", binding });
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    // Not ours.
    return null;
  }
}

/** The fields of a posted form, in order; a file is its name. Or the status that says why not. */
async function readForm(request: Request, limit: number): Promise<[string, string][] | 400 | 413 | 415> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return 415;
  if (Number(request.headers.get("content-length") ?? 0) > limit) return 413;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return 413;
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
  }
  try {
    const form = await new Response(new Blob(chunks), { headers: { "content-type": type } }).formData();
    return [...form].map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
  } catch {
    return 400;
  }
}

function refuse(engine: Engine, status: number, why: string): Response {
  engine.log.once(`post ${status} ${why}`).warn(`Refused a posted form: ${why}`, { status });
  engine.metrics.errors[status === 403 ? "forbidden" : status >= 429 ? "rate_limit" : "validation"]++;
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src-attr 'unsafe-inline'; frame-ancestors 'none'",
  });
  setSecurityHeaders(headers);
  return new Response(refusalPage(why), { status, headers });
}
