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
import type { VNode } from "../vdom/node.ts";
import type { ElementState } from "../vdom/element_state.ts";
import { type Ctx, runWithCtx } from "./ctx.ts";
import {
  eventOf,
  findHandler,
  type Handler,
  nameOfEvent,
  noteFields,
  noteValue,
  targetOf,
} from "./dispatch.ts";
import { messageOf } from "./errors.ts";
import { type Limits, type Rate, takeTokens } from "./limits.ts";
import type { Logger } from "./log.ts";
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
    } else if (old) {
      this.#refuse(frame, ErrorCode.HandlerNotFound, "The event was made for an older rendering");
    } else {
      const type = nameOfEvent(frame.code, frame.payload);
      const found = type === null ? null : this.#find(frame.num, type);
      if (type === null || found === null) this.#refuseNumber(frame, type);
      else if (frame.payload === null && found.handler.length > 0 && familyOf(frame.code) !== "-") {
        // The types promise a payload to a handler that takes one.
        this.#refuse(frame, ErrorCode.InvalidEvent, `The ${type} came without its data`);
      } else this.#run(frame, type, found);
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
    const { guard } = this.#shared;
    const { seq, payload } = frame;
    const noted = this.#note(frame, type, found.node);
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
      }
    };
    const failed = (error: unknown) => {
      if (failure !== null && failure.error === error) runtime.fail(error, failure.owner, "handler", seq);
      else this.#host.log.error(`A middleware failed at a ${type}`, { error });
      this.#host.refuse(ErrorCode.HandlerFailed, seq, messageOf(error));
    };
    ctx.phase = "event";
    try {
      const result = runWithCtx(ctx, () => guard === null ? call(found) : this.#guarded(frame, type, call));
      if (isThenable(result)) {
        (this.settling ??= new Settling()).wait(seq);
        const held = runtime.tree.holdLive(noted, seq);
        result.then(undefined, failed).then(() => {
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
  async #guarded(frame: EventFrame, type: string, call: (found: Found) => unknown): Promise<void> {
    const { ctx } = this.#host;
    const rendering = this.rendering;
    const before = this.#gate;
    const gate = Promise.withResolvers<void>();
    this.#gate = gate.promise;
    let passed = false;
    try {
      if (before !== null) await before;
      await this.#shared.guard!(ctx, () => {
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
