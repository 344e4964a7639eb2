/**
 * Owns the snapshots of sessions on their way out and back: sealed for the browser, or in the store (decision D4).
 *
 * A snapshot that cannot be made costs what it would have kept, never the session: the page is rendered and lives without.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import type { Engine } from "./engine.ts";
import { PostResults } from "./post_results.ts";
import { snapshotOf } from "./render_page.ts";
import type { Session } from "./session.ts";
import { decodeSnapshot, type Snapshot } from "./snapshot.ts";

/** The largest sealed snapshot that goes into a page or to a browser, in bytes. Larger ones are in the store alone. */
const MAX_SEALED = 16 * 1024;
/** How long after a change its snapshot is sealed, at least, in milliseconds. */
const SEAL_DELAY = 500;
/** Sealing one session may take this share of the time, and sealing all of them that. */
const SEAL_SHARE = 0.02;
const SEAL_SHARE_ALL = 0.05;
/** How much of the average cost is that of the newest snapshot. */
const NEWEST = 0.05;

const NONE = new Uint8Array(0);

/** Whether a text can be the id of a session: what a browser says goes no further otherwise. */
export function isSessionId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}

/**
 * How long after a change a snapshot is sealed, in milliseconds.
 *
 * @param own What sealing this session took the last time, in milliseconds; 0 where that was little.
 * @param due How many sessions wait to be sealed.
 * @param average What sealing takes on average, in milliseconds.
 */
export function sealDelay(own: number, due: number, average: number): number {
  return Math.max(SEAL_DELAY, own / SEAL_SHARE, due * average / SEAL_SHARE_ALL);
}

/** Seals, stores and loads the snapshots of a server's sessions. */
export class Keeper {
  /** What posted forms led to. */
  readonly results: PostResults;
  readonly #engine: Engine;
  readonly #timers: Map<Session, () => void> = new Map();
  /** What sealing took last, in milliseconds, of the few for which that makes {@linkcode SEAL_DELAY} too short. */
  readonly #costs: WeakMap<Session, number> = new WeakMap();
  #average = 0;

  /** Keeps nothing yet. */
  constructor(engine: Engine) {
    this.#engine = engine;
    this.results = new PostResults(engine, this);
  }

  /** How many snapshots are due, and how many posts run. */
  get holds(): Readonly<Record<string, number>> {
    return { snapshotsDue: this.#timers.size, posts: this.results.running };
  }

  /** A sealed snapshot; empty when there can be none, which is logged. */
  async seal(session: Session): Promise<Uint8Array> {
    try {
      const bytes = snapshotOf(this.#engine, session);
      return await this.#engine.sealer.seal(bytes, { purpose: "snapshot", binding: session.binding });
    } catch (error) {
      session.log.once("seal").error("Cannot keep the state of a session", { error });
      return NONE;
    }
  }

  /** A sealed snapshot for the page or the browser; empty when it is too large for that and was stored instead. */
  async sealSmall(session: Session): Promise<Uint8Array> {
    const sealed = await this.seal(session);
    if (sealed.length <= MAX_SEALED) return sealed;
    await this.store(session.id, sealed);
    return NONE;
  }

  /** Puts a session's snapshot into the store. */
  async save(session: Session): Promise<void> {
    const sealed = await this.seal(session);
    if (sealed.length > 0) await this.store(session.id, sealed);
  }

  /** Puts sealed bytes into the store; false when it failed, which is logged. */
  async store(id: string, sealed: Uint8Array): Promise<boolean> {
    const { store, clock, limits } = this.#engine;
    const saved = this.#timed(() => store.save(id, sealed, { expiresAt: clock.now() + limits.sealedTtlMs }));
    return await saved.then(() => true, (error) => this.#failed("save", id, error));
  }

  /** The newest snapshot of a session, of what the browser holds and what the store has. */
  async load(id: string, held: Uint8Array, binding: string): Promise<Snapshot | null> {
    if (!isSessionId(id)) return null;
    const { sealer, build } = this.#engine;
    const candidates: Uint8Array[] = held.length > 0 ? [held] : [];
    const stored = await this.stored(id);
    if (stored !== null) candidates.push(stored);
    let best: Snapshot | null = null;
    for (const token of candidates) {
      const opened = await sealer.open(token, { purpose: "snapshot", binding });
      const snapshot = opened === null ? null : decodeSnapshot(opened.bytes, build);
      if (snapshot === null || snapshot.session !== id) continue;
      if (best === null || snapshot.received > best.received || snapshot.seq > best.seq) best = snapshot;
    }
    return best;
  }

  /** What the store has; null when it has nothing or failed, which is logged. */
  async stored(id: string): Promise<Uint8Array | null> {
    const loaded = this.#timed(() => this.#engine.store.load(id));
    return await loaded.catch((error) => {
      this.#failed("load", id, error);
      return null;
    });
  }

  /** Uses up a token; false when it was used before, or when the store cannot say. */
  async claim(token: string): Promise<boolean> {
    const { store, clock, limits } = this.#engine;
    const claim = store.claim?.bind(store);
    if (claim === undefined) return true;
    const claimed = this.#timed(() => claim(token, { expiresAt: clock.now() + limits.sealedTtlMs }));
    return await claimed.catch((error) => this.#failed("claim", "", error));
  }

  #failed(what: string, session: string, error: unknown): false {
    this.#engine.metrics.storeErrors++;
    this.#engine.log.error(`The store of sessions failed to ${what}`, { error, session });
    return false;
  }

  /** A store may hang; nobody waits for it for ever. What it throws at once is told as what it rejects with. */
  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const { clock, limits } = this.#engine;
    const late = Promise.withResolvers<never>();
    const stop = clock.after(limits.storeTimeoutMs, () => {
      late.reject(coded("E103", new Error(`No answer within ${limits.storeTimeoutMs} ms`)));
    });
    try {
      return await Promise.race([work(), late.promise]);
    } finally {
      stop();
    }
  }

  /** Has a snapshot sent to the browser soon, so that a crash loses next to nothing. */
  changed(session: Session): void {
    if (this.#timers.has(session)) return;
    const delay = sealDelay(this.#costs.get(session) ?? 0, this.#timers.size, this.#average);
    const stop = this.#engine.clock.after(delay, () => {
      this.#timers.delete(session);
      if (session.wire === null || session.closed) return;
      const started = performance.now();
      const sent = this.send(session);
      // Up to the first await: what others do meanwhile does not count.
      this.#average += (performance.now() - started - this.#average) * NEWEST;
      void sent.then(() => {
        const cost = performance.now() - started;
        if (cost > SEAL_DELAY * SEAL_SHARE) this.#costs.set(session, cost);
        else this.#costs.delete(session);
      });
    });
    this.#timers.set(session, stop);
  }

  /** Sends the browser a sealed snapshot to hold. */
  async send(session: Session): Promise<void> {
    const seq = session.outbox.lastSeq;
    const sealed = await this.sealSmall(session);
    if (sealed.length > 0 && !session.closed) session.control({ type: 0x22, seq, sealed });
  }

  /** A session is over: nothing of it is sealed any more. */
  forget(session: Session): void {
    this.#timers.get(session)?.();
    this.#timers.delete(session);
  }
}
