/**
 * What a session is to the application's code: the options of its runtime, the host of its context and of its mailbox.
 * They keep the session itself, so that it holds no object and no function for any of them.
 *
 * @module
 */
import type { ErrorCode } from "../protocol/mod.ts";
import type { ErrorInfo, Runtime, RuntimeOptions } from "../runtime/runtime.ts";
import type { PageState } from "../runtime/snapshot.ts";
import type { Patch } from "../vdom/patch.ts";
import type { Ctx, CtxHost } from "./ctx.ts";
import type { Logger } from "./log.ts";
import type { MailboxHost } from "./mailbox.ts";
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
export abstract class SessionHost implements CtxHost, MailboxHost, RuntimeOptions {
  /** The session's id. */
  readonly id: string;
  /** The value of the cookie that the session belongs to. */
  readonly binding: string;
  /** The context of the application's code. */
  readonly ctx: Ctx;
  /** State to go on from: for each path of an instance the values by key. */
  readonly restored: PageState | null;
  /** The living tree. */
  abstract readonly runtime: Runtime;
  protected readonly shared: SessionShared;
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
    this.shared.metrics.handlerErrors++;
    this.log.error(`A ${info.source} of ${info.component} failed`, { error, ...info });
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

  /** Queues an instruction (focus, navigate, dispatch …): sent in order, after the patches of the same frame. */
  instruct(patch: Patch): void {
    if (this.instructions.length >= MAX_INSTRUCTIONS) {
      this.log.once("instructions").warn("Dropped instructions: too many wait for the browser");
      return;
    }
    if (this.instructions === NONE) this.instructions = [];
    this.instructions.push(patch);
    this.requestFlush();
  }

  /** How many instructions wait to be sent. */
  get queued(): number {
    return this.instructions.length;
  }

  /** Has a frame made at the end of the turn. */
  abstract requestFlush(): void;

  /** Tells the browser of an error: of an event (`seq`), or in general (0). */
  abstract refuse(code: ErrorCode, seq: number, message: string): void;
}
