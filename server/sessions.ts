/**
 * The sessions of this process: who is parked, connected or detached, and who comes back (decisions D4 and D5).
 *
 *     page ─► parked ─claim─► connected ◄─resume─► detached ─► evicted (a snapshot in the store)
 *                                └─ crash, deploy, other machine ─► restored from the sealed snapshot or the store
 *
 * @module
 */
import {
  type AcceptedHello,
  type ClientHello,
  encodeServerHello,
  HelloAction,
  HelloFlag,
  HelloIntent,
} from "../protocol/mod.ts";
import { Op } from "../vdom/patch.ts";
import type { Engine } from "./engine.ts";
import { type Connection, pathOf } from "./connection.ts";
import { Admission, type Refusal } from "./admission.ts";
import { isAnswer } from "./http_error.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Keeper } from "./keeper.ts";
import { type EvictReason, Parked } from "./parked.ts";
import { guard, hashOf, mountPage, newId, newSession } from "./render_page.ts";
import type { Session } from "./session.ts";
import type { Wire } from "./shared.ts";

const REFUSED: Refusal = { status: 7, retryAfter: 0, message: "Not allowed" };
const FAILED: Refusal = { status: 8, retryAfter: 2_000, message: "A middleware failed" };
/** A hostile last number leaves room for those to come. */
const MAX_SEQ = 2 ** 50;
const GOING: Refusal = { status: 4, retryAfter: 2_000, message: "The server is going down" };

interface Found {
  readonly session: Session;
  connect(): void;
}

/** The sessions of one server. */
export class Sessions {
  readonly #engine: Engine;
  readonly #byId: Map<string, Session> = new Map();
  readonly #parked: Parked<Session>;
  readonly #detached: Parked<Session>;
  readonly #heartbeat: Heartbeat<Session>;
  /** Ids of sessions that are being restored. */
  readonly #restoring: Set<string> = new Set();
  /** How many there may be. */
  readonly admission: Admission;
  #closed = false;
  /** Their snapshots. */
  readonly keeper: Keeper;

  /** None yet. */
  constructor(engine: Engine) {
    this.#engine = engine;
    const { limits, clock, log } = engine;
    this.keeper = new Keeper(engine);
    const failed = (error: unknown, id: string) =>
      log.error("Cannot put a session away", { error, session: id });
    this.#parked = new Parked(limits.parked, { evict: (s, _id, why) => this.#forget(s, why), failed }, clock);
    const putAway = { evict: (s: Session, _id: string, why: EvictReason) => this.#putAway(s, why), failed };
    this.#detached = new Parked(limits.detached, putAway, clock);
    this.admission = new Admission(engine, {
      shed: () => this.#parked.shed(0.1) + this.#detached.shed(0.1) > 0,
      shedOne: (mine) => this.#parked.shedOne(mine) || this.#detached.shedOne(mine),
    });
    this.#heartbeat = new Heartbeat<Session>({
      ping: (session, now) => {
        const since = session.slowSince;
        if (since !== null && now - since >= limits.slowMs) this.#drop(session, "slow");
        else session.control({ type: 0x01, value: Math.round(now) });
      },
      silent: (session) => this.#drop(session, "silent"),
      idle: (session) => this.#drop(session, "idle"),
      failed: (error) => engine.log.error("A heartbeat failed", { error }),
    }, { heartbeatMs: limits.heartbeatMs, silentMs: limits.silentMs, idleMs: limits.idleMs, clock });
  }

  /** How many sessions there are. */
  get size(): number {
    return this.#byId.size;
  }

  /** All of them. */
  [Symbol.iterator](): IterableIterator<Session> {
    return this.#byId.values();
  }

  /** How many entries each registry has: all zero once every session is over. */
  get holds(): Readonly<Record<string, number>> {
    return {
      sessions: this.#byId.size,
      parked: this.#parked.size,
      parkedBytes: this.#parked.bytes,
      detached: this.#detached.size,
      detachedBytes: this.#detached.bytes,
      beating: this.#heartbeat.size,
      restoring: this.#restoring.size,
      ...this.admission.holds,
      ...this.keeper.holds,
    };
  }

  #register(session: Session): void {
    this.#byId.set(session.id, session);
    this.#engine.metrics.sessionOpened();
  }

  /** Ends a session whose page is not sent after all. */
  discard(session: Session): void {
    this.#parked.take(session.id);
    this.#end(session);
    session.close();
  }

  /** Parks the session of a page that was just rendered: its token is the key to claim it with. */
  park(session: Session): void {
    this.#register(session);
    session.attach();
    this.#parked.add(session.id, session, session.bytes);
    this.#gauge();
  }

  /** Finds or makes the session that a hello asks for and connects it: the server's hello, then frames, are sent. */
  async open(hello: ClientHello, from: Connection): Promise<Session | Refusal> {
    if (this.#closed) return GOING;
    const found = hello.intent === HelloIntent.Claim ? this.#claim(hello, from) : this.#resume(hello, from);
    if (found === null) return await this.#restore(hello, from);
    const { session } = found;
    const allowed = await this.#mayMount(session);
    if (allowed !== true) {
      // Another socket may have got it meanwhile. Middleware that failed has not said no: the state is kept.
      if (session.wire === null && allowed === false) this.#end(session);
      else if (session.wire === null && !session.closed && !this.#detached.has(session.id)) {
        this.#detached.add(session.id, session, session.bytes);
      }
      return allowed === false ? REFUSED : FAILED;
    }
    // Two sockets may have asked at once; one was first.
    if (session.closed || session.wire !== null) return await this.#restore(hello, from);
    if (this.#closed) return GOING;
    found.connect();
    return session;
  }

  /** Middleware guards a socket as it guards a page; null when it failed. */
  async #mayMount(session: Session): Promise<boolean | null> {
    session.ctx.phase = "mount";
    if (session.ctx.guard === null) return true;
    try {
      return (await guard(session, "mount", () => Promise.resolve())).passed;
    } catch (error) {
      if (isAnswer(error)) return false;
      session.log.error("A middleware failed", { error });
      return null;
    }
  }

  /** The first socket of a page owns the instance that rendered it. */
  #claim(hello: ClientHello, from: Connection): Found | null {
    const session = this.#byId.get(hello.session);
    if (session === undefined || session.binding !== from.binding) return null;
    const { binding, id } = session;
    if (!this.#parked.has(id)) return null;
    if (!this.#engine.tokens.verify(hello.key, { purpose: "page", binding, session: id })) return null;
    this.#parked.take(id);
    const resync = (hello.flags & HelloFlag.NumberCheckFailed) !== 0;
    return { session, connect: () => this.#connect(session, from, hello, HelloAction.Keep, resync) };
  }

  /** A page that lost its socket comes back to its session. */
  #resume(hello: ClientHello, from: Connection): Found | null {
    const session = this.#byId.get(hello.session);
    if (session === undefined || session.binding !== from.binding || session.closed) return null;
    if (session.resumeKey === "" || session.resumeKey !== hello.key) return null;
    if (session.wire !== null) {
      // Half-open: the browser knows before we do that the old socket is dead.
      const old = session.wire;
      session.control({ type: 0x20, reason: 5, message: "" });
      this.disconnected(session, old);
      old.close(4000, "replaced");
    }
    this.#detached.take(session.id);
    const connect = () => {
      this.#engine.metrics.sessionsResumed++;
      // Who lost the frame that numbered the tree anew would send its events by the old numbers before it comes again.
      const known = (hello.flags & HelloFlag.NumberCheckFailed) === 0 &&
        hello.lastSeq >= session.renumbered && session.outbox.since(hello.lastSeq) !== null;
      this.#connect(session, from, hello, HelloAction.Keep, !known, known ? hello.lastSeq : null);
    };
    return { session, connect };
  }

  /** A session from elsewhere or from before a restart: made anew from its snapshot. */
  async #restore(hello: ClientHello, from: Connection): Promise<Session | Refusal> {
    const { metrics } = this.#engine;
    const refusal = this.admission.admit(from.address);
    if (refusal !== null) return refusal;
    const snapshot = await this.keeper.load(hello.session, hello.sealed, from.binding);
    if (snapshot === null) metrics.resumeFailures++;
    const claim = hello.intent === HelloIntent.Claim;
    // A fork is a session of its own; one that went on elsewhere keeps its name where it is free.
    const taken = this.#byId.has(hello.session) || this.#restoring.has(hello.session);
    const id = claim || snapshot === null || taken ? newId() : hello.session;
    const usable = claim && snapshot !== null ? { ...snapshot, seq: 0, received: 0 } : snapshot;
    // With routes the browser may have gone on since: what its address says counts.
    const { routes } = this.#engine;
    const url = snapshot === null || routes.live
      ? routes.begin(from.origin, pathOf(hello))
      : new URL(from.origin + snapshot.url);
    // Past what the browser has: a number that it acknowledged for another session must not come twice.
    const seq = Math.max(usable?.seq ?? 0, Math.min(hello.lastSeq, MAX_SEQ));
    const session = newSession(this.#engine, { ...from, id, url, snapshot: usable, seq });
    session.onClose = this.admission.left;
    this.#restoring.add(id);
    try {
      const mounted = await this.#mount(session);
      if (mounted !== null) {
        session.close();
        return mounted;
      }
    } finally {
      this.#restoring.delete(id);
    }
    const same = snapshot !== null && usable !== null && hello.lastSeq === usable.seq &&
      (hello.flags & HelloFlag.NumberCheckFailed) === 0 && hashOf(session) === snapshot.hash;
    session.log.info(claim ? "Forked a session" : "Restored a session", { of: hello.session, same });
    if (snapshot !== null && !claim) metrics.sessionsResumed++;
    this.#register(session);
    session.attach();
    const action = !same ? HelloAction.Resync : claim ? HelloAction.Keep : HelloAction.Renumber;
    this.#connect(session, from, hello, action, !same);
    // Title and metas are in no tree.
    if (!same || !claim) session.ctx.repeat();
    return session;
  }

  /** Mounts a session of a socket behind its middleware; why not, or null. */
  async #mount(session: Session): Promise<Refusal | null> {
    try {
      const { passed } = await guard(session, "mount", () => mountPage(this.#engine, session));
      return !passed ? REFUSED : this.#closed ? GOING : null;
    } catch (error) {
      if (isAnswer(error)) return REFUSED;
      session.log.error("A middleware failed", { error });
      return FAILED;
    }
  }

  #connect(
    session: Session,
    from: Connection,
    asked: ClientHello,
    action: HelloAction,
    resync: boolean,
    replayFrom: number | null = null,
  ): void {
    const { limits, build, metrics, routes } = this.#engine;
    const hello: AcceptedHello = {
      status: 0,
      action: resync ? HelloAction.Resync : action,
      session: session.id,
      resumeKey: newId(),
      build,
      nextSeq: (replayFrom ?? session.outbox.lastSeq) + 1,
      received: session.received,
      heartbeat: limits.heartbeatMs,
      maxMessage: limits.maxFrame,
    };
    const bytes = encodeServerHello(hello);
    metrics.framesSent++;
    metrics.bytesOut += bytes.byteLength;
    from.wire.send(bytes);
    session.connect(from.wire, hello.resumeKey, asked.lastSeq);
    metrics.socketsOpen++;
    if (resync) {
      // The frame of a navigation may be what was lost: with the tree comes the address that belongs to it.
      const { path } = session.ctx;
      if (routes.live && pathOf(asked) !== path) session.instruct({ op: Op.NavReplace, path });
      session.resync();
    } else if (action === HelloAction.Renumber) session.renumber();
    else if (replayFrom !== null) session.replay(replayFrom);
    session.beat = this.#heartbeat.add(session);
    this.#gauge();
  }

  /** A socket is gone: its session waits to be resumed. Nothing happens when the session has another one by now. */
  disconnected(session: Session, wire: Wire): void {
    if (session.wire !== wire) return;
    session.disconnect();
    this.#engine.metrics.socketsOpen--;
    this.#unbeat(session);
    if (!session.closed) this.#detached.add(session.id, session, session.bytes);
    this.#gauge();
  }

  #unbeat(session: Session): void {
    if (session.beat < 0) return;
    this.#heartbeat.delete(session, session.beat);
    session.beat = -1;
  }

  #drop(session: Session, why: "silent" | "idle" | "slow"): void {
    const wire = session.wire;
    if (wire === null) return;
    this.#engine.metrics.socketsDropped++;
    session.log.info(`Closed a socket that was ${why}`);
    if (why !== "silent") session.control({ type: 0x20, reason: why === "idle" ? 1 : 6, message: "" });
    this.disconnected(session, wire);
    wire.close(1001, why);
  }

  /** A parked page that nobody claimed: the page itself carries its snapshot. */
  #forget(session: Session, why: EvictReason): void {
    if (why !== "ttl" && why !== "close") this.#engine.metrics.sessionsEvicted++;
    this.#end(session);
  }

  /** A detached session whose time is over: what is left of it is its snapshot. */
  async #putAway(session: Session, why: EvictReason): Promise<void> {
    if (why !== "close") this.#engine.metrics.sessionsEvicted++;
    try {
      await this.keeper.save(session);
    } finally {
      // Its browser may have come back meanwhile.
      if (session.wire === null && !this.#detached.has(session.id)) this.#end(session);
    }
  }

  #end(session: Session): void {
    if (!this.#byId.delete(session.id)) return;
    this.keeper.forget(session);
    session.close();
    this.#engine.metrics.sessionClosed();
    this.#gauge();
  }

  #gauge(): void {
    this.#engine.metrics.sessionsParked = this.#parked.size;
    this.#engine.metrics.sessionsDetached = this.#detached.size;
  }

  /** Puts away what waits, a share of it. */
  shed(fraction: number): void {
    this.#parked.shed(fraction);
    this.#detached.shed(fraction);
  }

  /** Closes the sockets from which nothing came since their last ping. */
  closeSilent(): void {
    const { clock, limits } = this.#engine;
    const since = clock.monotonic() - limits.heartbeatMs * 1.2;
    for (const session of this.#byId.values()) {
      if (session.wire !== null && session.lastHeard < since) this.#drop(session, "silent");
    }
  }

  /** Ends all: every browser gets its snapshot and is told when to come back. */
  async close(): Promise<void> {
    this.#closed = true;
    const work: Promise<void>[] = [];
    for (const session of this.#byId.values()) {
      const wire = session.wire;
      if (wire === null) continue;
      work.push((async () => {
        session.flush();
        await this.keeper.send(session);
        // Spread over two seconds, so that not all come at once.
        if (session.wire !== wire) return;
        session.control({ type: 0x21, delay: 100 + Math.floor(Math.random() * 2000) });
        session.control({ type: 0x20, reason: 3, message: "" });
        this.disconnected(session, wire);
        wire.close(1001, "shutdown");
      })());
    }
    await Promise.allSettled(work);
    await this.#parked.close();
    await this.#detached.close();
    for (const session of [...this.#byId.values()]) this.#end(session);
    this.#heartbeat.close();
  }
}
