/**
 * What a session is to the application's code: the options of its runtime, the host of its context and of its mailbox.
 * They keep the session itself, so that it holds no object and no function for any of them.
 *
 * @module
 */
import type { ErrorCode } from "../protocol/mod.ts";
import type { ErrorInfo, Runtime, RuntimeOptions } from "../runtime/runtime.ts";
import type { PageState } from "../runtime/snapshot.ts";
import { Op, type Patch } from "../vdom/patch.ts";
import type { Ctx, CtxHost } from "./ctx.ts";
import { devHost } from "./dev.ts";
import { Hold } from "./hold.ts";
import type { Logger } from "./log.ts";
import type { MailboxHost } from "./mailbox.ts";
import { isAnswer, Redirect, statusOf } from "./http_error.ts";
import { isSameHead } from "./document_head.ts";
import type { Traveller } from "./navigation.ts";
import { isPlace } from "./resync.ts";
import type { SessionShared } from "./shared.ts";

/** Instructions that may wait for a slow socket. */
const MAX_INSTRUCTIONS = 1000;

/** Stands for a list that nothing was put into: a session that rests has none. Never to be pushed to. */
export const NONE: never[] = [];

/** What a session is made of. */
export interface SessionParts {
  /** The session's id. */
  id: string;
  /** The value of the cookie that it belongs to. */
  binding: string;
  /** The context of the application's code. */
  ctx: Ctx;
  /** The frame to go on after. Default 0. */
  seq?: number;
  /** The event to go on after. Default 0. */
  received?: number;
  /** State to go on from. */
  restored?: PageState | null;
}

/** One page's session, as far as the application's code knows it. */
export abstract class SessionHost implements CtxHost, MailboxHost, RuntimeOptions, Traveller {
  /** The session's id. */
  readonly id: string;
  /** The value of the cookie that the session belongs to. */
  readonly binding: string;
  /** The context of the application's code. */
  readonly ctx: Ctx;
  /** State to go on from: for each path of an instance the values by key. Of what is made later: what was loaded for it. */
  restored: PageState | null;
  /** The living tree. */
  abstract readonly runtime: Runtime;
  /** Whether it is over. */
  abstract closed: boolean;
  /** The number of the last event that was taken. */
  abstract readonly received: number;
  protected readonly shared: SessionShared;
  /** While frames wait for what a page loads. */
  protected held: Hold | null = null;
  /** What waits to be sent, in order. */
  protected instructions: Patch[] = NONE;

  /** Keeps what it is made of. */
  constructor(shared: SessionShared, parts: SessionParts) {
    this.shared = shared;
    this.id = parts.id;
    this.binding = parts.binding;
    this.ctx = parts.ctx;
    this.restored = parts.restored ?? null;
  }

  /** Whether mistakes are errors. */
  get dev(): boolean {
    return this.shared.dev;
  }

  /** What `useCtx()` gives. */
  get context(): Ctx {
    return this.ctx;
  }

  /** Its logger: carries the id. Made when there is something to log. */
  get log(): Logger {
    return this.shared.log.child({ session: this.id });
  }

  /** Takes an error of the application's code. */
  onError(error: unknown, info: ErrorInfo): void {
    // What is an answer is no mistake: a 404 says that there is nothing.
    if (isAnswer(error) && statusOf(error) < 500) {
      return this.log.info(`A ${info.source} of ${info.component} answered ${statusOf(error)}`, { error });
    }
    this.shared.metrics.handlerErrors++;
    this.log.error(`A ${info.source} of ${info.component} failed`, { error, ...info });
    devHost()?.failed(error, info);
  }

  /** Takes what is no failure: a redirect that was thrown. */
  takes(error: unknown): boolean {
    if (!(error instanceof Redirect)) return false;
    this.ctx.navigate(error.location, { replace: error.replace });
    if (this.ctx.redirect !== null) this.ctx.redirect.status = error.status;
    return true;
  }

  /** Takes a warning of development. */
  onWarning(message: string): void {
    this.log.once(message).warn(message);
  }

  /** The page is shown: what its context asks of the browser goes there from now on. */
  attach(): void {
    this.ctx.attach(this);
    this.ctx.rest();
  }

  /** The title of documents whose page sets none. */
  get title(): string {
    return this.shared.title;
  }

  /** Queues an instruction (focus, navigate, dispatch …): sent in order, after the patches of the same frame. */
  instruct(patch: Patch): void {
    // Of what is state only the newest needs to be told.
    if (isSameHead(patch, patch)) {
      this.instructions = this.instructions.filter((other) => !isSameHead(patch, other));
    }
    const before = isPlace(patch) ? this.instructions.find(isPlace) : undefined;
    if (before !== undefined) {
      // Where the browser would be for no time is no place in its history.
      this.instructions = this.instructions.filter((other) => other !== before);
      patch = { ...patch, op: before.op === Op.NavPush ? before.op : patch.op } as Patch;
    }
    if (this.instructions.length >= MAX_INSTRUCTIONS) {
      this.log.once("instructions").warn("Dropped instructions: too many wait for the browser");
      return;
    }
    if (this.instructions.length === 0) this.instructions = [];
    this.instructions.push(patch);
    this.requestFlush();
  }

  /** How many instructions wait to be sent. */
  get queued(): number {
    return this.instructions.length;
  }

  /** Goes to a path of this origin; null when there are no pages to go to. */
  go(path: string, replace: boolean): Promise<void> | null {
    const { navigator } = this.shared;
    return navigator?.live ? navigator.go(this, path, replace) : null;
  }

  /** Loads what the page of a path would load; null when there are no pages to go to. */
  prefetch(path: string): Promise<void> | null {
    const { navigator } = this.shared;
    return navigator?.live ? navigator.prefetch(this, path) : null;
  }

  /** What was loaded ahead is old: a handler ran, and may have changed anything. */
  acted(): void {
    this.shared.navigator?.forget(this);
  }

  /** What was loaded ahead for it; null when it never asked for anything. */
  get loadedAhead(): readonly PageState[] | null {
    return this.shared.navigator?.keptFor(this) ?? null;
  }

  /** Shows the page of a path of this application; false when it has none. */
  travel(to: string, replace: boolean): boolean {
    const { navigator } = this.shared;
    if (navigator === null || !navigator.knows(this, to)) return false;
    // A page that leads on before it is shown was never there.
    replace ||= this.instructions.some(isPlace);
    navigator.lead(this, to, replace).catch((error) => this.log.error("A navigation failed", { error, to }));
    return true;
  }

  /** Whether the page failed, and something else is shown. */
  get failed(): boolean {
    return this.runtime.failed || this.ctx.failed;
  }

  /** Gives what is made from now on, until the next frame, its state. Of a page that failed as a whole everything is made anew. */
  offer(state: PageState | null): void {
    this.restored = state;
    this.runtime.restoreAnew();
    this.runtime.resetPage();
  }

  /** Whether frames wait for what a page loads. */
  get holds(): boolean {
    return this.held !== null;
  }

  /** Frames wait for what the page loads from now on, for `ms` milliseconds at most. */
  hold(ms: number): void {
    this.held?.end();
    this.held = new Hold(this.shared, this.runtime, ms, () => this.requestFlush());
    this.requestFlush();
  }

  /** Frames wait no longer; the state that the page was offered is its own by now. */
  protected release(): void {
    this.held?.end();
    this.held = this.restored = null;
    this.runtime.restoreAnew();
    this.ctx.rest();
  }

  /** Has a frame made at the end of the turn. */
  abstract requestFlush(): void;

  /** Tells the browser of an error: of an event (`seq`), or in general (0). */
  abstract refuse(code: ErrorCode, seq: number, message: string): void;
}
