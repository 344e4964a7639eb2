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
import type { Engine } from "./engine.ts";
import { Heartbeat } from "./heartbeat.ts";
import { KeyedCounter } from "./limits.ts";
import { type EvictReason, Parked } from "./parked.ts";
import { guard, hashOf, mountPage, newId, newSession, snapshotOf } from "./render_page.ts";
import type { Session, Wire } from "./session.ts";
import { decodeSnapshot, type Snapshot } from "./snapshot.ts";

/** Who connects. */
export interface Connection {
  /** The socket. */
  wire: Wire;
  /** The value of the browser's cookie. */
  binding: string;
  /** The key of the address. */
  address: string;
  /** The origin that the browser asked for. */
  origin: string;
  /** The headers of the socket's request. */
  headers: Headers;
}

/** Why a connection got no session. */
export type Refusal = { status: 3 | 4 | 7 | 8 | 9; retryAfter: number; message: string };

/** The largest sealed snapshot that goes into a page or to a browser, in bytes. Larger ones are in the store alone. */
const MAX_SEALED = 16 * 1024;
/** How long after a change its snapshot is sealed, at least, in milliseconds. */
const SEAL_DELAY = 500;
/** Sealing may take this share of the time. */
const SEAL_SHARE = 0.02;

const REFUSED: Refusal = { status: 7, retryAfter: 0, message: "Not allowed" };

interface Found {
  readonly session: Session;
  connect(): void;
}

interface Beat {
  readonly session: Session;
  readonly slot: number;
}

/** The sessions of one server. */
export class Sessions {
  readonly #engine: Engine;
  readonly #byId: Map<string, Session> = new Map();
  readonly #claimKeys: Map<string, string> = new Map();
  readonly #parked: Parked<Session>;
  readonly #detached: Parked<Session>;
  readonly #perAddress: KeyedCounter;
  readonly #heartbeat: Heartbeat<Session>;
  readonly #beats: Map<Session, Beat> = new Map();
  readonly #sealTimers: Map<Session, () => void> = new Map();
  /** Set while the process is short of memory or going down: milliseconds after which to try again. */
  refusing: () => number = () => 0;

  /** The sessions of a server; none yet. */
  constructor(engine: Engine) {
    this.#engine = engine;
    const { limits, clock } = engine;
    const failed = (error: unknown, id: string) =>
      engine.log.error("Cannot put a session away", { error, session: id });
    this.#parked = new Parked(limits.parked, { evict: (s, _id, why) => this.#forget(s, why), failed }, clock);
    this.#detached = new Parked(
      limits.detached,
      { evict: (s, _id, why) => this.#putAway(s, why), failed },
      clock,
    );
    this.#perAddress = new KeyedCounter(limits.maxSessionsPerAddress);
    this.#heartbeat = new Heartbeat<Session>({
      ping: (session, now) => session.control({ type: 0x01, value: Math.round(now) }),
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

  /** Whether there is room for one more of an address; makes room where a waiting one can go. */
  admit(address: string): Refusal | null {
    const { limits, metrics } = this.#engine;
    const wait = this.refusing();
    if (wait > 0) return { status: 4, retryAfter: wait, message: "The server is busy" };
    if (this.#byId.size >= limits.maxSessions && this.#parked.shed(0.1) + this.#detached.shed(0.1) === 0) {
      return { status: 4, retryAfter: 5_000, message: "The server has all the sessions that it may have" };
    }
    if (this.#perAddress.count(address) >= limits.maxSessionsPerAddress) {
      const mine = (session: Session) => session.address === address;
      if (!this.#parked.shedOne(mine) && !this.#detached.shedOne(mine)) {
        metrics.socketsRefused++;
        return { status: 9, retryAfter: 0, message: "Too many sessions of this address" };
      }
    }
    return null;
  }

  #register(session: Session): void {
    this.#byId.set(session.id, session);
    this.#perAddress.acquire(session.address);
    this.#engine.metrics.sessionOpened();
  }

  /** Parks the session of a page that was just rendered; gives the key to claim it with. */
  park(session: Session): string {
    this.#register(session);
    const key = newId();
    this.#claimKeys.set(session.id, key);
    this.#parked.add(session.id, session, session.bytes);
    this.#gauge();
    return key;
  }

  /** Finds or makes the session that a hello asks for and connects it: the server's hello, then frames, are sent. */
  async open(hello: ClientHello, from: Connection): Promise<Session | Refusal> {
    const found = hello.intent === HelloIntent.Claim ? this.#claim(hello, from) : this.#resume(hello, from);
    if (found === null) return await this.#restore(hello, from);
    const { session } = found;
    if (!(await this.#mayMount(session))) {
      this.#end(session);
      return REFUSED;
    }
    // Two sockets may have asked at once; one was first.
    if (session.closed || session.wire !== null) return await this.#restore(hello, from);
    found.connect();
    return session;
  }

  /** Middleware guards a socket as it guards a page. */
  async #mayMount(session: Session): Promise<boolean> {
    if (this.#engine.guard === null) return true;
    try {
      return (await guard(this.#engine, session, "mount", () => Promise.resolve())).passed;
    } catch (error) {
      session.log.error("A middleware failed", { error });
      return false;
    }
  }

  /** The first socket of a page owns the instance that rendered it. */
  #claim(hello: ClientHello, from: Connection): Found | null {
    const session = this.#byId.get(hello.session);
    if (session === undefined || session.binding !== from.binding) return null;
    if (!this.#parked.has(session.id) || this.#claimKeys.get(session.id) !== hello.key) return null;
    this.#parked.take(session.id);
    this.#claimKeys.delete(session.id);
    const resync = (hello.flags & HelloFlag.NumberCheckFailed) !== 0;
    return { session, connect: () => this.#connect(session, from, HelloAction.Keep, resync) };
  }

  /** A page that lost its socket comes back to its session. */
  #resume(hello: ClientHello, from: Connection): Found | null {
    const session = this.#byId.get(hello.session);
    if (session === undefined || session.binding !== from.binding || session.closed) return null;
    if (session.resumeKey === "" || session.resumeKey !== hello.key) return null;
    if (session.wire !== null) {
      // Half-open: the browser knows before we do that the old socket is dead.
      const old = session.wire;
      this.disconnected(session, old);
      old.close(4000, "replaced");
    }
    this.#detached.take(session.id);
    const connect = () => {
      this.#engine.metrics.sessionsResumed++;
      const known = session.outbox.since(hello.lastSeq) !== null;
      this.#connect(session, from, HelloAction.Keep, !known, known ? hello.lastSeq : null);
    };
    return { session, connect };
  }

  /** A session from elsewhere or from before a restart: made anew from its snapshot. */
  async #restore(hello: ClientHello, from: Connection): Promise<Session | Refusal> {
    const { log, metrics } = this.#engine;
    const refusal = this.admit(from.address);
    if (refusal !== null) return refusal;
    const snapshot = await this.#load(hello, from.binding);
    if (snapshot === null) metrics.resumeFailures++;
    const claim = hello.intent === HelloIntent.Claim;
    const url = URL.parse(snapshot?.url ?? "/", from.origin);
    if (url === null) return { status: 3, retryAfter: 0, message: "The page of the session is unknown" };
    // A fork is a session of its own; one that went on elsewhere keeps its name where that is free.
    const id = claim || snapshot === null || this.#byId.has(hello.session) ? newId() : hello.session;
    const usable = claim && snapshot !== null ? { ...snapshot, seq: 0, received: 0 } : snapshot;
    const session = newSession(this.#engine, { ...from, id, url, snapshot: usable });
    try {
      const { passed } = await guard(this.#engine, session, "mount", () => mountPage(this.#engine, session));
      if (!passed) {
        session.close();
        return REFUSED;
      }
    } catch (error) {
      session.close();
      log.error("A middleware failed", { error });
      return REFUSED;
    }
    const same = snapshot !== null && usable !== null && hello.lastSeq === usable.seq &&
      (hello.flags & HelloFlag.NumberCheckFailed) === 0 && hashOf(session) === snapshot.hash;
    log.info(claim ? "Forked a session" : "Restored a session", { session: id, of: hello.session, same });
    this.#register(session);
    const action = !same ? HelloAction.Resync : claim ? HelloAction.Keep : HelloAction.Renumber;
    this.#connect(session, from, action, !same);
    return session;
  }

  async #load(hello: ClientHello, binding: string): Promise<Snapshot | null> {
    const { sealer, store, build, metrics, log } = this.#engine;
    const scope = { purpose: "snapshot", binding };
    const candidates: Uint8Array[] = hello.sealed.length > 0 ? [hello.sealed] : [];
    try {
      const stored = await store.load(hello.session);
      if (stored !== null) candidates.push(stored);
    } catch (error) {
      metrics.storeErrors++;
      log.error("Cannot load a session from the store", { error, session: hello.session });
    }
    let best: Snapshot | null = null;
    for (const token of candidates) {
      const opened = await sealer.open(token, scope);
      const snapshot = opened === null ? null : decodeSnapshot(opened.bytes, build);
      if (snapshot === null || snapshot.session !== hello.session) continue;
      if (best === null || snapshot.received > best.received || snapshot.seq > best.seq) best = snapshot;
    }
    return best;
  }

  #connect(
    session: Session,
    from: Connection,
    action: HelloAction,
    resync: boolean,
    replayFrom: number | null = null,
  ): void {
    const { limits, build, metrics } = this.#engine;
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
    from.wire.send(encodeServerHello(hello));
    session.connect(from.wire, hello.resumeKey);
    metrics.socketsOpen++;
    if (resync) session.resync();
    else if (action === HelloAction.Renumber) session.renumber();
    else if (replayFrom !== null) session.replay(replayFrom);
    this.#beats.set(session, { session, slot: this.#heartbeat.add(session) });
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
    const beat = this.#beats.get(session);
    if (beat === undefined) return;
    this.#heartbeat.delete(session, beat.slot);
    this.#beats.delete(session);
  }

  #drop(session: Session, why: "silent" | "idle"): void {
    const wire = session.wire;
    if (wire === null) return;
    this.#engine.metrics.socketsDropped++;
    session.log.info(`Closed a socket that was ${why}`);
    if (why === "idle") session.control({ type: 0x20, reason: 1, message: "" });
    this.disconnected(session, wire);
    wire.close(1001, why);
  }

  /** A parked page that nobody claimed: the page itself carries its snapshot. */
  #forget(session: Session, why: EvictReason): void {
    this.#claimKeys.delete(session.id);
    if (why !== "ttl" && why !== "close") this.#engine.metrics.sessionsEvicted++;
    this.#end(session);
  }

  /** A detached session whose time is over: what is left of it is its snapshot. */
  async #putAway(session: Session, why: EvictReason): Promise<void> {
    if (why !== "close") this.#engine.metrics.sessionsEvicted++;
    try {
      await this.#save(session);
    } finally {
      this.#end(session);
    }
  }

  #end(session: Session): void {
    if (!this.#byId.delete(session.id)) return;
    this.#sealTimers.get(session)?.();
    this.#sealTimers.delete(session);
    this.#perAddress.release(session.address);
    session.close();
    this.#engine.metrics.sessionClosed();
    this.#gauge();
  }

  #gauge(): void {
    this.#engine.metrics.sessionsParked = this.#parked.size;
    this.#engine.metrics.sessionsDetached = this.#detached.size;
  }

  // Snapshots.

  /** A sealed snapshot of a session. */
  seal(session: Session): Promise<Uint8Array> {
    return this.#engine.sealer.seal(snapshotOf(this.#engine, session), {
      purpose: "snapshot",
      binding: session.binding,
    });
  }

  /** A sealed snapshot for the page or the browser, or empty when it is too large for that and was stored instead. */
  async sealSmall(session: Session): Promise<Uint8Array> {
    const sealed = await this.seal(session);
    if (sealed.length <= MAX_SEALED) return sealed;
    await this.#store(session.id, sealed);
    return new Uint8Array(0);
  }

  async #save(session: Session): Promise<void> {
    await this.#store(session.id, await this.seal(session));
  }

  async #store(id: string, sealed: Uint8Array): Promise<void> {
    const { store, clock, limits, metrics, log } = this.#engine;
    try {
      await store.save(id, sealed, { expiresAt: clock.now() + limits.sealedTtlMs });
    } catch (error) {
      metrics.storeErrors++;
      log.error("Cannot save a session in the store", { error, session: id });
    }
  }

  /** Has a snapshot sent to the browser soon, so that a crash loses next to nothing. */
  changed(session: Session): void {
    if (this.#sealTimers.has(session)) return;
    const plan = (delay: number) => {
      const stop = this.#engine.clock.after(delay, async () => {
        this.#sealTimers.delete(session);
        if (session.wire === null || session.closed) return;
        const started = performance.now();
        await this.sendSealed(session);
        lastCost.set(session, performance.now() - started);
      });
      this.#sealTimers.set(session, stop);
    };
    plan(Math.max(SEAL_DELAY, (lastCost.get(session) ?? 0) / SEAL_SHARE));
  }

  /** Sends the browser a sealed snapshot to hold. */
  async sendSealed(session: Session): Promise<void> {
    const seq = session.outbox.lastSeq;
    const sealed = await this.sealSmall(session);
    if (sealed.length > 0 && !session.closed) session.control({ type: 0x22, seq, sealed });
  }

  /** Closes the sockets of sessions without an event for `ms` milliseconds: they come back from their snapshot. */
  closeSilent(ms: number): void {
    const since = this.#engine.clock.monotonic() - ms;
    for (const session of this.#byId.values()) {
      if (session.wire !== null && session.lastActive < since) this.#drop(session, "idle");
    }
  }

  /** Puts away what waits, a share of it. */
  shed(fraction: number): void {
    this.#parked.shed(fraction);
    this.#detached.shed(fraction);
  }

  /** Ends all: every browser gets its snapshot and is told when to come back. */
  async close(): Promise<void> {
    const work: Promise<void>[] = [];
    for (const session of this.#byId.values()) {
      const wire = session.wire;
      if (wire === null) continue;
      work.push((async () => {
        session.flush();
        await this.sendSealed(session);
        // Spread over two seconds, so that not all come at once.
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
    for (const stop of this.#sealTimers.values()) stop();
    this.#sealTimers.clear();
    this.#heartbeat.close();
  }
}

const lastCost: WeakMap<Session, number> = new WeakMap();
