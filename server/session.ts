/**
 * A session: one page that lives. Its mailbox takes events, one flush per turn of the event loop makes one frame, the outbox
 * keeps it until it is acknowledged.
 *
 *     event ─► duplicate? limits? handler? ─► handler runs ─► marks ─► setImmediate ─► flush ─► frame ─► outbox ─► socket
 *
 * The runtime owns the tree, the outbox the replay, the registry (sessions.ts) the session's place in the process. A slow
 * socket gets no frame until it has caught up: latest state wins (decision D6).
 *
 * @module
 */
import {
  encodeControlDown,
  encodeError,
  encodePatches,
  ErrorCode,
  type EventFrame,
  type UpControl,
  type UpFrame,
} from "../protocol/mod.ts";
import { Runtime } from "../runtime/runtime.ts";
import { shareShapes } from "./shapes.ts";
import type { Patch } from "../vdom/patch.ts";
import { runWithCtx } from "./ctx.ts";
import { TokenBucket } from "./limits.ts";
import { Mailbox } from "./mailbox.ts";
import { categoryOf } from "./metrics.ts";
import { Outbox } from "./outbox.ts";
import { subtreePatches } from "./refetch.ts";
import { instructed, reachable, type TreeFrames, treeFrames } from "./resync.ts";
import { NONE, SessionHost, type SessionParts } from "./session_host.ts";
import type { SessionShared, Wire } from "./shared.ts";
import { sessionBytes } from "./size.ts";

/** How often a browser may ask for the whole tree. */
const RESYNC_RATE = { perSecond: 1, burst: 10 };
/** Events whose latency is noted while no frame can be sent. */
const MAX_ARRIVALS = 1000;

/** One page's session. */
export class Session extends SessionHost {
  /** The living tree. */
  readonly runtime: Runtime;
  /** Frames that may have to be sent again. */
  readonly outbox: Outbox;
  /** The address that it counts against. */
  address = "";
  /** The key that a resume must show; new with each connection. */
  resumeKey = "";
  /** The socket, while there is one. */
  wire: Wire | null = null;
  /** When anything was heard, in whole milliseconds: V8 keeps each fraction in an object of its own. */
  lastHeard = 0;
  /** When the last event came, likewise. */
  lastActive = 0;
  /** Whether it is over. */
  closed = false;
  /** Its slot in the heartbeat; -1 while it has no socket. */
  beat = -1;
  /** Called once when it ends. One function for all, not a closure: that would keep the request that made the page. */
  onClose: ((session: Session) => void) | null = null;
  readonly #mailbox: Mailbox;
  #resyncs: TokenBucket | null = null;
  #refetches: number[] = NONE;
  /** Up to which event the browser was told. A restored session tells anew: what waited in the other process has settled. */
  #told = 0;
  /** Bytes sent since the socket was asked what of them it still has. */
  #unasked = 0;
  #scheduled = false;
  #blocked = false;
  #blockedSince = 0;
  /** The frame that numbered the tree anew: those before it used other numbers. */
  renumbered = 0;
  /** The frame that this connection acknowledged last: differences count from it. */
  #ackBase = 0;
  /** When the events came that no frame has answered yet. */
  #arrivals: number[] = NONE;

  /** Makes a session without a page; see render_page.ts. */
  constructor(shared: SessionShared, parts: SessionParts) {
    super(shared, parts);
    this.outbox = new Outbox(shared.limits, parts.seq ?? 0);
    this.lastHeard = this.lastActive = Math.floor(shared.now());
    this.runtime = new Runtime(this);
    this.#mailbox = new Mailbox(shared, this, parts.received ?? 0);
  }

  /** The number of the last event that was taken. */
  get received(): number {
    return this.#mailbox.received;
  }

  /** Since when no frame could be sent because the browser lags behind, in milliseconds; null when it does not. */
  get slowSince(): number | null {
    return this.#blocked ? this.#blockedSince : null;
  }

  /** Takes a socket whose browser applied the frame `lastSeq`. What changed meanwhile is flushed as one frame. */
  connect(wire: Wire, resumeKey: string, lastSeq: number): void {
    this.wire = wire;
    this.resumeKey = resumeKey;
    this.#ackBase = lastSeq;
    this.lastHeard = this.lastActive = Math.floor(this.shared.now());
    this.#blocked = false;
    this.ctx.rest();
    this.runtime.start();
    this.requestFlush();
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
    const now = this.shared.now();
    this.lastHeard = Math.floor(now);
    if (this.#blocked && !this.outbox.slow) this.requestFlush();
    switch (frame.kind) {
      case "event":
        return this.#onEvent(frame.event, now);
      case "ack":
        return this.#onAck(frame.seq);
      case "control":
        return this.#onControl(frame.control);
      case "hello":
        return this.refuse(ErrorCode.InvalidFrame, 0, "A session has one hello");
    }
  }

  #onAck(seq: number): void {
    this.#ackBase = seq;
    const result = this.outbox.ack(seq);
    if (result === "future" || result === "invalid") {
      this.log.once("ack").warn("The browser acknowledged a frame that was never sent", { seq });
      return;
    }
    if (this.#blocked && !this.outbox.slow) {
      this.#blocked = false;
      this.requestFlush();
    }
  }

  #onControl(control: UpControl): void {
    switch (control.type) {
      case 0x01:
        this.#reply(encodeControlDown({ type: 0x02, value: control.value }));
        return;
      case 0x10:
        if (this.wire === null || !this.#mayAsk()) return;
        if (this.#lags(this.wire)) {
          this.runtime.broken = true;
          return this.requestFlush();
        }
        // Only a gap can be mended by sending again what the browser did not get.
        if (control.reason === 0 && this.replay(control.lastSeq)) return;
        return this.resync();
      case 0x14: {
        if (!this.#mayAsk()) return;
        if (this.outbox.lastSeq !== this.renumbered) return this.resync();
        if (this.#refetches === NONE) this.#refetches = [];
        this.#refetches.push(control.num);
        return this.requestFlush();
      }
    }
  }

  /** Whole trees cost little to ask for and much to send. */
  #mayAsk(): boolean {
    this.#resyncs ??= new TokenBucket(RESYNC_RATE);
    if (this.#resyncs.take(this.lastHeard)) return true;
    this.log.once("resyncs").warn("Closed a socket that asked for the whole page too often");
    this.wire?.close(4005, "too many resyncs");
    return false;
  }

  #onEvent(frame: EventFrame, now: number): void {
    if (frame.ackDelta > 0) this.#onAck(this.#ackBase + frame.ackDelta);
    const old = this.outbox.ackedSeq < this.renumbered;
    if (!this.#mailbox.take(frame, now, old)) return;
    this.lastActive = this.lastHeard;
    if (this.#arrivals === NONE) this.#arrivals = [now];
    else if (this.#arrivals.length < MAX_ARRIVALS) this.#arrivals.push(now);
  }

  /** Tells the browser of an error: of an event (`seq`), or in general (0). Logged once per kind, what failed where it did. */
  refuse(code: ErrorCode, seq: number, message: string): void {
    const log = code === ErrorCode.HandlerFailed ? null : this.log.once(`refused ${code}`);
    log?.warn(`Refused an event: ${message}`, { code, event: seq });
    this.shared.metrics.errors[categoryOf(code)]++;
    const text = this.shared.dev ? message : "";
    const told = this.#reply(encodeError({ code, seq, fatal: false, message: text }));
    // A browser that is not told goes on as if what it showed had been taken: it gets the tree as it is.
    if (!told) this.runtime.broken = true;
  }

  // Down.

  /** Has a frame made at the end of the turn. */
  requestFlush(): void {
    if (this.#scheduled || this.wire === null || this.closed) return;
    this.#scheduled = true;
    this.shared.defer(() => this.#flushSafely());
  }

  #flushSafely(): void {
    try {
      this.flush();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What cannot be made must not cost the process: the socket goes, the page comes back by a resync. */
  #fail(error: unknown): void {
    this.log.error("Cannot make a frame", { error });
    this.shared.metrics.errors.internal++;
    this.runtime.broken = true;
    this.wire?.close(1011, "error");
  }

  /** Runs what is marked and sends one frame, unless the socket is slow. */
  flush(): void {
    this.#scheduled = false;
    const wire = this.wire;
    if (wire === null || this.closed) return;
    const { limits, metrics } = this.shared;
    // What was acknowledged has left this process, so the socket need not be asked each time (a tenth of a microsecond). But now
    // and then: a browser may acknowledge what it never read.
    const { slow, unackedBytes } = this.outbox;
    const asks = unackedBytes > 0 || this.#unasked > limits.slowBytes;
    if (slow || (asks && this.#lags(wire))) {
      if (!this.#blocked) this.#blockedSince = this.shared.now();
      this.#blocked = true;
      return;
    }
    this.#blocked = false;
    const started = this.shared.now();
    if (this.held !== null) {
      this.#patches(false);
      if (this.held.waits()) return;
      this.release();
    }
    const patches = this.#patches();
    if (this.runtime.broken) return this.resync();
    // After the flush: what is sent again is the tree as it is then.
    if (this.#refetches.length > 0) {
      const changed = patches.length > 0;
      const asked = this.#refetches;
      this.#refetches = NONE;
      for (const num of asked) {
        const content = changed ? null : subtreePatches(this.runtime.tree, this.runtime.root, num);
        if (content === null) return this.resync();
        patches.push(...content);
      }
    }
    if (this.instructions.length > 0) {
      instructed(patches, reachable(this.runtime.root, this.instructions));
      this.instructions = NONE;
    }
    const { received, settling } = this.#mailbox;
    const heard = received !== this.#told;
    const tells = heard || settling !== null && settling.changed;
    if (patches.length === 0 && !tells) return;
    const seq = this.outbox.nextSeq;
    const frame = encodePatches({
      seq,
      received: tells ? received : null,
      settled: tells ? this.#mailbox.takeSettled() : null,
      patches: shareShapes(patches),
    });
    this.#told = received;
    this.outbox.push(seq, frame);
    this.#send(frame);
    const now = this.shared.now();
    metrics.flushes++;
    metrics.patchesSent += patches.length;
    metrics.flushTime.record(now - started);
    for (const arrived of this.#arrivals) metrics.eventLatency.record(now - arrived);
    this.#arrivals = NONE;
    // A handler may change state that no view shows.
    if (patches.length > 0 || tells) this.shared.flushed(this);
  }

  /** Whether too much of what was sent has not left this process. */
  #lags(wire: Wire): boolean {
    if (wire.buffered > this.shared.limits.slowBytes) return true;
    this.#unasked = 0;
    return false;
  }

  /** Flushes the runtime. What is thrown is a fault of the framework: the tree is sent whole, the process lives. */
  #patches(take = true): Patch[] {
    try {
      return runWithCtx(this.ctx, () => this.runtime.flush(take));
    } catch (error) {
      this.log.error("A flush failed", { error });
      this.runtime.broken = true;
      return [];
    }
  }

  /** Sends the whole tree, numbered anew; what it had before is forgotten. */
  resync(): void {
    if (this.wire === null) return;
    this.#patches();
    if (this.held !== null) this.release();
    this.ctx.tellHead();
    let tree: TreeFrames;
    try {
      tree = treeFrames(this, this.instructions);
    } catch (error) {
      return this.#fail(error);
    }
    const { frames, seq, instructions } = tree;
    this.instructions = instructions.length > 0 ? instructions : NONE;
    this.renumbered = seq;
    this.#told = this.received;
    this.#mailbox.rendering++;
    this.#mailbox.settling?.forget(this.received);
    this.#arrivals = NONE;
    this.shared.metrics.resyncs++;
    for (const frame of frames) this.#send(frame);
    this.requestFlush();
  }

  /** Has the browser number its tree again: both ends rendered the same. */
  renumber(): void {
    const seq = this.outbox.nextSeq;
    const frame = encodeControlDown({ type: 0x13, seq });
    this.outbox.push(seq, frame);
    this.renumbered = seq;
    this.#send(frame);
  }

  /** Answers a browser that may send without ever reading: what it does not take is not kept for it, and the answer is false. */
  #reply(frame: Uint8Array): boolean {
    if (this.wire === null || this.#lags(this.wire)) return false;
    this.#send(frame);
    return true;
  }

  /** Sends a control frame that is not part of the sequence. */
  control(control: Parameters<typeof encodeControlDown>[0]): void {
    this.#send(encodeControlDown(control));
  }

  #send(frame: Uint8Array): void {
    const wire = this.wire;
    if (wire === null) return;
    this.#unasked += frame.byteLength;
    this.shared.metrics.bytesOut += frame.byteLength;
    this.shared.metrics.framesSent++;
    wire.send(frame);
  }

  /** Bytes of heap that it takes. */
  get bytes(): number {
    return sessionBytes(this);
  }

  /** Ends the session: everything below it is cleaned up. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.wire = null;
    this.release();
    this.shared.navigator?.forget(this);
    runWithCtx(this.ctx, () => this.runtime.dispose());
    this.onClose?.(this);
  }
}
