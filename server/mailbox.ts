/**
 * Owns a session's events: which are new, whether they may run, in which order they start, and which have settled.
 *
 *     event ─► duplicate? ─► limits? ─► older rendering? ─► handler? ─► middleware, one after the other ─► handler
 *
 * Events start in the order of their numbers; an `await` in a handler does not hold up the next event, an `await` in
 * middleware before the handler does (decision D10).
 *
 * @module
 */
import { batch, type Owner, runWithOwner } from "../core/mod.ts";
import { ErrorCode, type EventFrame, type Settled } from "../protocol/mod.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { familyOf } from "../vdom/attrs.ts";
import { NAVIGATE_EVENT, PREFETCH_EVENT } from "../vdom/event_table.ts";
import type { VNode } from "../vdom/node.ts";
import type { ElementState } from "../vdom/element_state.ts";
import { type Ctx, runWithCtx } from "./ctx.ts";
import {
  eventOf,
  findHandler,
  type Handler,
  lackOf,
  nameOfEvent,
  noteFields,
  noteValue,
  targetOf,
} from "./dispatch.ts";
import { messageOf } from "./errors.ts";
import { isAnswer, statusOf } from "./http_error.ts";
import { type Limits, type Rate, takeTokens } from "./limits.ts";
import type { Logger } from "./log.ts";
import type { Composed } from "./middleware.ts";
import type { SessionShared } from "./shared.ts";
import { Settling } from "./settled.ts";

/** What a mailbox needs of its session. */
export interface MailboxHost {
  /** The living tree. */
  readonly runtime: Runtime;
  /** The context of handlers and middleware. */
  readonly ctx: Ctx;
  /** The session's logger. */
  readonly log: Logger;
  /** Goes to a path of this origin; null when there are no pages to go to. */
  go(path: string, replace: boolean): Promise<void> | null;
  /** Loads what the page of a path would load; null when there are no pages to go to. */
  prefetch(path: string): Promise<void> | null;
  /** Told that a handler ran, or ended. */
  acted(): void;
  /** Takes what is thrown and no failure: a redirect. */
  takes(error: unknown): boolean;
  /** Tells the browser of an error. */
  refuse(code: ErrorCode, seq: number, message: string): void;
  /** Has a frame made at the end of the turn. */
  requestFlush(): void;
}

interface Found {
  readonly node: VNode;
  readonly handler: Handler;
}

/** Numbers that were left out and are remembered. */
const MAX_SKIPPED = 256;

/** The rate of events, one object for all sessions of a server. */
const RATES: WeakMap<Limits, Rate> = new WeakMap();

function rateOf(limits: Limits): Rate {
  let rate = RATES.get(limits);
  if (rate === undefined) {
    RATES.set(limits, rate = { perSecond: limits.eventsPerSecond, burst: limits.eventBurst });
  }
  return rate;
}

/** The events of one session. */
export class Mailbox {
  /** The number of the last event that was taken. */
  received: number;
  /** Which events have settled; null while no handler waits, and the browser knows of those that did. */
  settling: Settling | null = null;
  /** Grows when the tree is numbered anew: an event that waits for middleware then is refused. */
  rendering = 0;
  readonly #shared: SessionShared;
  readonly #host: MailboxHost;
  /** When its allowance of events is whole again. */
  #fullAt = 0;
  #skipped: Set<number> | null = null;
  /** Settles when the newest event has passed its middleware. */
  #gate: Promise<void> | null = null;

  /** Takes events after `received`. */
  constructor(shared: SessionShared, host: MailboxHost, received: number) {
    this.#shared = shared;
    this.#host = host;
    this.received = received;
  }

  /** Takes an event; false when it came before. `old` tells that it was made for an older rendering. */
  take(frame: EventFrame, now: number, old: boolean): boolean {
    const { metrics, limits } = this.#shared;
    metrics.eventsReceived++;
    if (frame.seq <= this.received) {
      if (this.#skipped?.delete(frame.seq)) {
        this.#refuse(frame, ErrorCode.OutOfOrder, "The event came too late");
      } else metrics.eventsDuplicate++;
      return false;
    }
    this.#skip(frame.seq);
    this.received = frame.seq;
    this.#host.requestFlush();
    const fullAt = takeTokens(rateOf(limits), this.#fullAt, now);
    if (fullAt !== null) this.#fullAt = fullAt;
    if (fullAt === null || (this.settling?.pending ?? 0) >= limits.maxQueue) {
      this.#refuse(frame, ErrorCode.RateLimited, "Too many events");
    } else if (frame.code === NAVIGATE_EVENT || frame.code === PREFETCH_EVENT) {
      this.#navigate(frame);
    } else if (old) {
      this.#refuse(frame, ErrorCode.HandlerNotFound, "The event was made for an older rendering");
    } else {
      const type = nameOfEvent(frame.code, frame.payload);
      const found = type === null ? null : this.#find(frame.num, type);
      const lack = type === null || found === null ? null : lackOf(frame, type, found.handler);
      if (type === null || found === null) this.#refuseNumber(frame, type);
      else if (lack !== null) this.#refuse(frame, ErrorCode.InvalidEvent, lack);
      else this.#run(frame, type, found);
    }
    return true;
  }

  /** What to tell in the next frame of events that have settled; null when all that were received have. */
  takeSettled(): Settled | null {
    const settled = this.settling?.take() ?? null;
    if (settled === null) this.settling = null;
    return settled;
  }

  /** A number that is left out is an event that the browser gave up: its node was gone, or its queue full. */
  #skip(next: number): void {
    for (let seq = Math.max(this.received + 1, next - MAX_SKIPPED); seq < next; seq++) {
      const skipped = this.#skipped ??= new Set();
      skipped.add(seq);
      if (skipped.size > MAX_SKIPPED) skipped.delete(skipped.values().next().value!);
    }
  }

  #refuse(frame: EventFrame, code: ErrorCode, message: string): void {
    this.#shared.metrics.eventsRefused++;
    this.settling?.done(frame.seq);
    this.#host.refuse(code, frame.seq, message);
  }

  #refuseNumber(frame: EventFrame, type: string | null): void {
    this.#refuse(frame, ErrorCode.HandlerNotFound, `Nothing takes ${type ?? frame.code} at ${frame.num}`);
  }

  #find(num: number, type: string): Found | null {
    const node = this.#host.runtime.tree.interactive.get(num);
    const handler = node === undefined ? null : findHandler(node, type);
    return node === undefined || handler === null ? null : { node, handler };
  }

  #run(frame: EventFrame, type: string, found: Found): void {
    const { runtime, ctx } = this.#host;
    const { seq, payload } = frame;
    const noted = this.#note(frame, type, found.node);
    const page = ctx.match;
    let failure: { error: unknown; owner: Owner | null } | null = null;
    const call = ({ node, handler }: Found): unknown => {
      const owner = (node.aux as { owner?: Owner } | null)?.owner ?? null;
      const failed = (error: unknown): never => {
        failure = { error, owner };
        throw error;
      };
      this.#shared.metrics.eventsHandled++;
      try {
        const event = eventOf(type, payload);
        runtime.handling = true;
        const result = batch(() => runWithOwner(owner, () => handler(event)));
        return isThenable(result) ? result.then((value) => value, failed) : result;
      } catch (error) {
        return failed(error);
      } finally {
        runtime.handling = false;
        this.#host.acted();
      }
    };
    const failed = (error: unknown) => {
      if (this.#host.takes(error)) return;
      if (failure !== null && failure.error === error) {
        // The page that is shown now did not fail: of one that was left only the browser is told.
        const left = failure.owner?.disposed && ctx.match !== page;
        runtime.fail(error, left ? null : failure.owner, "handler", seq);
      } else if (isAnswer(error) && statusOf(error) < 500) {
        this.#shared.metrics.eventsRefused++;
        return this.#host.refuse(ErrorCode.NotAuthorized, seq, messageOf(error));
      } else this.#host.log.error(`A middleware failed at a ${type}`, { error });
      this.#host.refuse(ErrorCode.HandlerFailed, seq, messageOf(error));
    };
    ctx.phase = "event";
    try {
      const result = runWithCtx(
        ctx,
        () => ctx.guard === null ? call(found) : this.#guarded(ctx.guard, frame, type, call),
      );
      if (isThenable(result)) {
        (this.settling ??= new Settling()).wait(seq);
        const held = runtime.tree.holdLive(noted, seq);
        result.then(undefined, failed).then(() => {
          this.#host.acted();
          runtime.tree.checkLive(noted, seq, held);
          this.settling?.done(seq);
          this.#host.requestFlush();
        });
        return;
      }
    } catch (error) {
      failed(error);
    }
    // What the handler did not take over goes back to what the server has (decision D7).
    runtime.tree.checkLive(noted, seq, []);
    this.settling?.done(seq);
  }

  /** The browser asks for another page. That names a path, no number: whatever the tree is, it holds. */
  #navigate(frame: EventFrame): void {
    const { seq, payload } = frame;
    const path = payload !== null && "path" in payload ? payload.path : null;
    const gate = this.#gate;
    const go = (path: string) => this.#host.go(path, "replace" in payload! && payload.replace);
    // What was clicked before the link is still to be done, on the page that it belongs to.
    const going = path === null
      ? null
      : frame.code === PREFETCH_EVENT
      ? this.#host.prefetch(path)
      : gate === null
      ? go(path)
      : gate.then(() => go(path));
    if (going === null) {
      return this.#refuse(frame, ErrorCode.HandlerNotFound, "The application has no pages to go to");
    }
    this.#shared.metrics.eventsHandled++;
    (this.settling ??= new Settling()).wait(seq);
    going.catch((error) => {
      this.#host.log.error("A navigation failed", { error, to: path });
      this.#host.refuse(ErrorCode.HandlerFailed, seq, messageOf(error));
    }).then(() => {
      this.settling?.done(seq);
      this.#host.requestFlush();
    });
  }

  /** Notes what an event tells of controls. */
  #note({ code, target, payload }: EventFrame, type: string, node: VNode): ElementState[] {
    const { tree, root } = this.#host.runtime;
    if (payload === null) return [];
    if (familyOf(code) === "v") {
      const control = targetOf(root, node, target);
      return control === null ? [] : noteValue(tree, root, control, payload);
    }
    return type === "submit" && "fields" in payload ? noteFields(tree, node, payload.fields) : [];
  }

  /** Middleware may wait for long: the tree is another one then, and the next events wait behind. */
  async #guarded(
    guard: Composed<Ctx, unknown>,
    frame: EventFrame,
    type: string,
    call: (found: Found) => unknown,
  ): Promise<void> {
    const { ctx } = this.#host;
    const rendering = this.rendering;
    const before = this.#gate;
    const gate = Promise.withResolvers<void>();
    this.#gate = gate.promise;
    let passed = false;
    try {
      if (before !== null) await before;
      await guard(ctx, () => {
        passed = true;
        gate.resolve();
        const found = rendering === this.rendering ? this.#find(frame.num, type) : null;
        return found === null ? this.#refuseNumber(frame, type) : call(found);
      });
      if (!passed) {
        this.#shared.metrics.eventsRefused++;
        this.#host.refuse(ErrorCode.NotAuthorized, frame.seq, "A middleware stopped the event");
      }
    } finally {
      gate.resolve();
      if (this.#gate === gate.promise) this.#gate = null;
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}
