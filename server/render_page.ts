/**
 * Makes sessions: mounts the page, waits for its resources, and turns the tree into HTML and into a snapshot.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { type PageState, takeState } from "../runtime/snapshot.ts";
import { renderToString, treeHash } from "../render/mod.ts";
import { checkNesting } from "../vdom/nesting.ts";
import { Ctx, type PackedHeaders, runWithCtx } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import { lastResort, pageOf } from "./route_view.ts";
import { Session } from "./session.ts";
import { encodeSnapshot, type Snapshot } from "./snapshot.ts";

/** What a session is made for. */
export interface SessionInit {
  /** The session's id. */
  id: string;
  /** The value of the browser's cookie. */
  binding: string;
  /** The key of the address that it counts against. */
  address: string;
  /** The page's URL. */
  url: URL;
  /** The headers of the request, packed: its own are gone once it is answered. */
  headers: PackedHeaders;
  /** A snapshot to go on from. */
  snapshot?: Snapshot | null;
  /** The frame to go on after. Default: the snapshot's. */
  seq?: number;
}

/** A new id: 128 random bits as 22 characters of base64url. */
export function newId(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Makes a session without a page yet: middleware can see its context before anything of the application runs. */
export function newSession(engine: Engine, init: SessionInit): Session {
  const { snapshot } = init;
  const ctx = new Ctx({
    url: init.url,
    match: engine.routes.pageFor(init.url.pathname),
    headers: init.headers,
    session: init.id,
  });
  const session = new Session(engine.shared, {
    id: init.id,
    binding: init.binding,
    ctx,
    seq: init.seq ?? snapshot?.seq ?? 0,
    received: snapshot?.received ?? 0,
    restored: snapshot?.state ?? null,
  });
  session.address = init.address;
  return session;
}

/**
 * Mounts the page of a session, waits for its resources and numbers the tree in document order. Errors of the page are in
 * the page: the nearest boundary shows them.
 */
export async function mountPage(engine: Engine, session: Session): Promise<void> {
  const { runtime, ctx, log } = session;
  const started = performance.now();
  const settled = await runWithCtx(ctx, () => {
    runtime.mount(pageOf(ctx, engine.routes.live), lastResort(ctx, engine.fallback));
    return runtime.settle(engine.limits.renderTimeoutMs);
  });
  if (!settled) log.warn("A resource of the first rendering took too long", { url: ctx.path });
  if (engine.dev) {
    const [issue] = checkNesting(runtime.root);
    if (issue !== undefined) {
      runtime.failPage(
        coded("E032", new Error(`Wrong nesting, which a browser would alter: ${issue.message}`)),
      );
      await runtime.settle(0);
    }
  }
  engine.metrics.renderTime.record(performance.now() - started);
}

/** Runs middleware around a step of a session; `passed` tells whether all of them let it pass. */
export async function guard<T>(
  session: Session,
  phase: Ctx["phase"],
  step: () => Promise<T>,
): Promise<{ passed: boolean; result: unknown }> {
  session.ctx.phase = phase;
  let passed = false;
  const around = session.ctx.guard;
  const run = () => {
    passed = true;
    return step();
  };
  const result = await runWithCtx(
    session.ctx,
    () => around === null ? run() : around(session.ctx, run),
  );
  return { passed, result };
}

/** The hash of a session's tree as a fresh rendering of it would be: numbers do not count. */
export function hashOf(session: Session): string {
  const html = renderToString(session.runtime.root);
  return treeHash(html.replace(/ data-hid="\d+ /g, ' data-hid="')).toString(36);
}

/** The state of a session as bytes, to be sealed or stored. */
export function snapshotOf(
  engine: Engine,
  session: Session,
  state: PageState = takeState(session.runtime.root),
): Uint8Array {
  return encodeSnapshot({
    build: engine.build,
    session: session.id,
    url: session.ctx.path,
    seq: session.outbox.lastSeq,
    received: session.received,
    // Of a tree that the browser does not have yet nothing is to be compared: it comes whole.
    hash: session.runtime.tree.patches.length > 0 ? "" : hashOf(session),
    state,
  }, (message) => session.log.once(message).warn(message));
}
