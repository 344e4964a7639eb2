/**
 * A session: the mailbox of one page. Events come in by number, handlers run, one flush per turn of the event loop makes one
 * frame.
 *
 *     event ─► duplicate? limits? handler? ─► handler runs ─► marks ─► setImmediate ─► flush ─► frame ─► outbox ─► socket
 *
 * The runtime owns the tree, the outbox the replay, the registry (registry.ts) the session's place in the process. A slow
 * socket gets no frame until it has caught up: latest state wins (decision D6).
 *
 * @module
 */
import { batch, type Owner, runWithOwner } from "../core/mod.ts";
import {
  encodeControlDown,
  encodeError,
  encodePatches,
  ErrorCode,
  type EventFrame,
  type UpControl,
  type UpFrame,
} from "../protocol/mod.ts";
import { Runtime, type RuntimeOptions } from "../runtime/runtime.ts";
import { familyOf } from "../vdom/attrs.ts";
import type { VNode } from "../vdom/node.ts";
import { Op, type Patch } from "../vdom/patch.ts";
import { type Ctx, runWithCtx } from "./ctx.ts";
import { eventOf, findHandler, type Handler, nameOfEvent, noteValue } from "./dispatch.ts";
import { type Limits, TokenBucket } from "./limits.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Composed } from "./middleware.ts";
import { Outbox } from "./outbox.ts";
import { subtreePatch } from "./refetch.ts";

/** Where frames go: a socket, or a test's end of a pair. */
export interface Wire {
  /** Sends a whole frame. Must not throw. */
  send(frame: Uint8Array): void;
  /** Bytes that were sent and are still in this process. */
  readonly buffered: number;
  /** Closes the connection. */
  close(code: number, reason: string): void;
}

/** What sessions share. */
export interface SessionShared {
  /** The limits of the server. */
  readonly limits: Limits;
  /** What is counted. */
  readonly metrics: Metrics;
  /** Middleware around handlers; null when there is none. */
  readonly guard: Composed<Ctx, unknown> | null;
  /** Defers the flush to the end of the turn; default setImmediate. */
  readonly defer: (fn: () => void) => void;
  /** The time, in milliseconds. */
  readonly now: () => number;
  /** Whether errors go to the browser with their message. */
  readonly dev: boolean;
  /** Told after each frame that changed the page: a snapshot may be due. */
  readonly flushed: (session: Session) => void;
}

/** Instructions that may wait for a slow socket. */
const MAX_INSTRUCTIONS = 1000;

/** One page's session. */
export class Session {
  /** The session's id. */
  readonly id: string;
  /** The value of the cookie that the session belongs to. */
  readonly binding: string;
  /** The context of the application's code. */
  readonly ctx: Ctx;
  /** The living tree. */
  readonly runtime: Runtime;
  /** Frames that may have to be sent again. */
  readonly outbox: Outbox;
  /** Its logger: carries the id. */
  readonly log: Logger;
  /** The address that it counts against. */
  address = "";
  /** The key that a resume must show; new with each connection. */
  resumeKey = "";
  /** The socket, while there is one. */
  wire: Wire | null = null;
  /** The last client event that was taken. */
  received = 0;
  /** When anything was heard, and when the last event came: milliseconds. */
  lastHeard = 0;
  /** When the last event came. */
  lastActive = 0;
  /** Whether it is over. */
  closed = false;
  readonly #shared: SessionShared;
  readonly #bucket: TokenBucket;
  readonly #pending: Set<number> = new Set();
  #instructions: Patch[] = [];
  #told = 0;
  #toldSettled = "";
  #scheduled = false;
  #blocked = false;
  /** Frames before this one used other numbers. */
  #renumbered = 0;

  /** Makes a session without a page; see page.ts. */
  constructor(
    shared: SessionShared,
    init: {
      id: string;
      binding: string;
      ctx: Ctx;
      log: Logger;
      seq?: number;
      received?: number;
      runtime: Pick<RuntimeOptions, "dev" | "restored">;
    },
  ) {
    this.#shared = shared;
    this.id = init.id;
    this.binding = init.binding;
    this.ctx = init.ctx;
    this.log = init.log;
    this.received = this.#told = init.received ?? 0;
    this.outbox = new Outbox(shared.limits, init.seq ?? 0);
    this.#bucket = new TokenBucket(
      { perSecond: shared.limits.eventsPerSecond, burst: shared.limits.eventBurst },
      shared.now(),
    );
    this.lastHeard = this.lastActive = shared.now();
    this.runtime = new Runtime({
      ...init.runtime,
      context: init.ctx,
      requestFlush: () => this.#schedule(),
      instruct: (patch) => this.instruct(patch),
      onWarning: (message) => this.log.once(message).warn(message),
      onError: (error, info) => {
        shared.metrics.handlerErrors++;
        this.log.error(`A ${info.source} of ${info.component} failed`, { error, ...info });
      },
    });
    init.ctx.attach({ instruct: (patch) => this.instruct(patch) });
  }

  /** Whether a socket is open. */
  get connected(): boolean {
    return this.wire !== null;
  }

  /** Queues an instruction (focus, navigate, dispatch …): sent in order, after the patches of the same frame. */
  instruct(patch: Patch): void {
    if (this.wire === null && this.#told === 0 && this.outbox.lastSeq === 0) {
      // Before the first connection the page itself carries title and metas; nothing else can be meant.
      if (patch.op === Op.SetTitle || patch.op === Op.SetMeta) return;
    }
    if (this.#instructions.length >= MAX_INSTRUCTIONS) {
      this.log.once("instructions").warn(
        `Dropped instructions: ${MAX_INSTRUCTIONS} wait for the browser already`,
      );
      return;
    }
    this.#instructions.push(patch);
    this.#schedule();
  }

  // Connections.

  /** Takes a socket. What changed meanwhile is flushed as one frame. */
  connect(wire: Wire, resumeKey: string): void {
    this.wire = wire;
    this.resumeKey = resumeKey;
    this.lastHeard = this.lastActive = this.#shared.now();
    this.#blocked = false;
    this.runtime.start();
    this.#schedule();
  }

  /** Lets go of the socket: the session is detached, and only marks. */
  disconnect(): void {
    this.wire = null;
    this.runtime.pause();
  }

  /** Sends again what was not applied, after the frame `lastSeq`; false when it is not all there: resync. */
  replay(lastSeq: number): boolean {
    const frames = this.outbox.since(lastSeq);
    if (frames === null) return false;
    this.outbox.ack(lastSeq);
    for (const frame of frames) this.#send(frame);
    return true;
  }

  // Up.

  /** Takes a frame that was decoded. A hello is not a session's to take. */
  receive(frame: UpFrame): void {
    if (this.closed) return;
    this.lastHeard = this.#shared.now();
    switch (frame.kind) {
      case "event":
        return this.#onEvent(frame.event);
      case "ack":
        return this.#onAck(frame.seq);
      case "control":
        return this.#onControl(frame.control);
      case "hello":
        return this.refuse(ErrorCode.InvalidFrame, 0, "A session has one hello");
    }
  }

  #onAck(seq: number): void {
    const result = this.outbox.ack(seq);
    if (result === "future" || result === "invalid") {
      this.log.once("ack").warn("The browser acknowledged a frame that was never sent", { seq });
      return;
    }
    if (this.#blocked && !this.outbox.slow) {
      this.#blocked = false;
      this.#schedule();
    }
  }

  #onControl(control: UpControl): void {
    switch (control.type) {
      case 0x01:
        return this.#send(encodeControlDown({ type: 0x02, value: control.value }));
      case 0x10:
        // Only a gap can be mended by sending again what the browser did not get.
        if (control.reason === 0 && this.replay(control.lastSeq)) return;
        return this.resync();
      case 0x14: {
        const patch = subtreePatch(this.runtime.root, control.num);
        if (patch === null || this.outbox.lastSeq !== this.#renumbered) return this.resync();
        return this.instruct(patch);
      }
    }
  }

  #onEvent(frame: EventFrame): void {
    const { metrics } = this.#shared;
    metrics.eventsReceived++;
    if (frame.ackDelta > 0) this.#onAck(this.outbox.ackedSeq + frame.ackDelta);
    const seq = frame.seq;
    if (seq <= this.received) {
      metrics.eventsDuplicate++;
      return;
    }
    if (seq !== this.received + 1) {
      metrics.eventsRefused++;
      return this.refuse(ErrorCode.OutOfOrder, seq, `Expected event ${this.received + 1}`);
    }
    this.received = seq;
    this.lastActive = this.lastHeard;
    // Scheduled here, in the context of the socket's event: the flush inherits it.
    this.#schedule();
    if (!this.#bucket.take(this.lastHeard)) {
      metrics.eventsRefused++;
      return this.refuse(ErrorCode.RateLimited, seq, "Too many events");
    }
    if (this.outbox.ackedSeq < this.#renumbered) {
      return this.refuse(ErrorCode.HandlerNotFound, seq, "The event was made for an older rendering");
    }
    const type = nameOfEvent(frame.code, frame.payload);
    const node = this.runtime.tree.interactive.get(frame.num);
    const handler = node === undefined || type === null ? null : findHandler(node, type);
    if (node === undefined || handler === null || type === null) {
      return this.refuse(
        ErrorCode.HandlerNotFound,
        seq,
        `Nothing takes ${type ?? frame.code} at ${frame.num}`,
      );
    }
    if (frame.payload !== null && familyOf(frame.code) === "v") {
      noteValue(this.runtime.tree, node, frame.payload);
    }
    this.#run(seq, node, handler, type, frame);
  }

  #run(seq: number, node: VNode, handler: Handler, type: string, frame: EventFrame): void {
    const { metrics, guard } = this.#shared;
    const owner = (node.aux as { owner?: Owner } | null)?.owner ?? null;
    const started = performance.now();
    const failed = (error: unknown) => {
      this.runtime.fail(error, owner, "handler");
      this.refuse(ErrorCode.HandlerFailed, seq, error instanceof Error ? error.message : String(error));
    };
    try {
      const event = eventOf(type, frame.payload);
      let passed = false;
      const call = () => {
        passed = true;
        return batch(() => runWithOwner(owner, () => handler(event)));
      };
      this.ctx.phase = "event";
      const result = runWithCtx(this.ctx, () => guard === null ? call() : guard(this.ctx, call));
      if (isThenable(result)) {
        this.#pending.add(seq);
        result.then(() => {
          if (!passed) this.refuse(ErrorCode.NotAuthorized, seq, "A middleware stopped the event");
        }, failed).then(() => {
          this.#pending.delete(seq);
          this.#schedule();
        });
      }
    } catch (error) {
      failed(error);
    }
    metrics.eventsHandled++;
    metrics.eventLatency.record(performance.now() - started);
  }

  /** Tells the browser of an error: of an event (`seq`), or in general (0). Logged once per kind. */
  refuse(code: ErrorCode, seq: number, message: string): void {
    this.log.once(`refused ${code}`).warn(`Refused an event: ${message}`, { code, event: seq });
    this.#send(encodeError({ code, seq, fatal: false, message: this.#shared.dev ? message : "" }));
  }

  // Down.

  #schedule(): void {
    if (this.#scheduled || this.wire === null || this.closed) return;
    this.#scheduled = true;
    this.#shared.defer(() => this.flush());
  }

  /** Runs what is marked and sends one frame, unless the socket is slow. */
  flush(): void {
    this.#scheduled = false;
    const wire = this.wire;
    if (wire === null || this.closed) return;
    if (this.outbox.slow || wire.buffered > this.#shared.limits.slowBytes) {
      this.#blocked = true;
      return;
    }
    const patches = runWithCtx(this.ctx, () => this.runtime.flush());
    if (this.runtime.broken) return this.resync();
    if (this.#instructions.length > 0) {
      patches.push(...this.#instructions);
      this.#instructions = [];
    }
    const settled = this.#settledNow();
    const tells = this.received !== this.#told || settled.text !== this.#toldSettled;
    if (patches.length === 0 && !tells) return;
    const seq = this.outbox.nextSeq;
    const frame = encodePatches({
      seq,
      received: tells ? this.received : null,
      settled: tells ? settled.value : null,
      patches,
    });
    this.#told = this.received;
    this.#toldSettled = settled.text;
    this.outbox.push(seq, frame);
    this.#shared.metrics.patchesSent += patches.length;
    this.#send(frame);
    if (patches.length > 0) this.#shared.flushed(this);
  }

  /** Which events have settled: all but those whose handlers still wait. */
  #settledNow(): { value: { below: number; list: number[] } | null; text: string } {
    if (this.#pending.size === 0) return { value: null, text: "" };
    const below = Math.min(...this.#pending);
    const list: number[] = [];
    for (let seq = below + 1; seq <= this.received; seq++) if (!this.#pending.has(seq)) list.push(seq);
    return { value: { below, list }, text: `${below}:${list}` };
  }

  /** Sends the whole tree, numbered anew; what it had before is forgotten. */
  resync(): void {
    if (this.wire === null) return;
    runWithCtx(this.ctx, () => this.runtime.flush());
    this.runtime.renumber();
    this.outbox.forget();
    const definitions = this.runtime.tree.untold(this.runtime.root);
    if (definitions.length > 0) {
      const seq = this.outbox.nextSeq;
      const frame = encodePatches({ seq, received: null, settled: null, patches: definitions });
      this.outbox.push(seq, frame);
      this.#send(frame);
    }
    const seq = this.outbox.nextSeq;
    const frame = encodeControlDown({ type: 0x12, seq, received: this.received, nodes: this.runtime.root });
    this.outbox.push(seq, frame);
    this.#renumbered = seq;
    this.#told = this.received;
    this.#shared.metrics.resyncs++;
    this.#send(frame);
    this.#schedule();
  }

  /** Has the browser number its tree again: both ends rendered the same. */
  renumber(): void {
    const seq = this.outbox.nextSeq;
    const frame = encodeControlDown({ type: 0x13, seq });
    this.outbox.push(seq, frame);
    this.#renumbered = seq;
    this.#send(frame);
  }

  /** Sends a control frame that is not part of the sequence. */
  control(control: Parameters<typeof encodeControlDown>[0]): void {
    this.#send(encodeControlDown(control));
  }

  #send(frame: Uint8Array): void {
    const wire = this.wire;
    if (wire === null) return;
    this.#shared.metrics.bytesOut += frame.byteLength;
    wire.send(frame);
  }

  /** Bytes that the session takes, estimated from what it holds. */
  get bytes(): number {
    return 4096 + this.runtime.tree.next * 180 + this.runtime.setups * 900 + this.outbox.unackedBytes;
  }

  /** Ends the session: everything below it is cleaned up. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.wire = null;
    runWithCtx(this.ctx, () => this.runtime.dispose());
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}
