/**
 * Owns the interface to where snapshots of sessions are kept, and the store that keeps them in memory.
 *
 * A store knows ids and bytes. Stores that outlive the process (or serve several) implement the same interface and pass
 * the same suite, tests/server/store_suite.ts.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { type Clock, systemClock } from "./clock.ts";

/** Keeps snapshots by session id. Times are in milliseconds since 1970. Every call may reject when the store fails. */
export interface SessionStore {
  /** The bytes that were saved last for `id`; null when there are none or their time is over. */
  load(id: string): Promise<Uint8Array | null>;
  /** Keeps bytes in the place of what was there. With a time that is over, it deletes. */
  save(id: string, bytes: Uint8Array, options: { expiresAt: number }): Promise<void>;
  /** Removes what is kept for `id`, if anything. */
  delete(id: string): Promise<void>;
  /**
   * Uses up a token: true for the first call with its id, for all that share the store, and false after it, until
   * `expiresAt` at least (when the token itself is no longer taken). Ids of tokens and of sessions do not meet.
   */
  claim?(token: string, options: { expiresAt: number }): Promise<boolean>;
  /** Ends timers and connections. No call comes after it. */
  close(): Promise<void>;
}

/** Bounds of a memory store. */
export interface MemoryStoreOptions {
  /** Bytes of snapshots, each counted with 128 bytes for itself; past it those that were saved first go. Default 64 MiB. */
  maxBytes?: number;
  /** Used tokens that are remembered; past it the first used are forgotten. Default 100,000. */
  maxClaims?: number;
  /** Where the time comes from. Default: the machine. */
  clock?: Clock;
}

const OVERHEAD = 128;
const SWEEP_MS = 60_000;

/**
 * A store that ends with the process: it serves reconnection and sleep, not restarts. It has no timers; what has expired
 * goes when it is asked for, or with the first save a minute later.
 *
 * @example
 * ```ts
 * import { memoryStore } from "./store.ts";
 *
 * const store = memoryStore();
 * await store.save("id", new Uint8Array([1]), { expiresAt: Date.now() + 60_000 });
 * console.assert((await store.load("id"))?.[0] === 1);
 * await store.close();
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  return new MemoryStore(options);
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly expiresAt: number;
}

class MemoryStore implements SessionStore {
  readonly #maxBytes: number;
  readonly #maxClaims: number;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #claims = new Map<string, number>();
  #bytes = 0;
  #sweepAt: number;

  constructor(options: MemoryStoreOptions) {
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    this.#maxClaims = options.maxClaims ?? 100_000;
    this.#clock = options.clock ?? systemClock;
    this.#sweepAt = this.#clock.monotonic() + SWEEP_MS;
  }

  load(id: string): Promise<Uint8Array | null> {
    const kept = this.#kept.get(id);
    if (kept === undefined) return Promise.resolve(null);
    if (kept.expiresAt > this.#clock.now()) return Promise.resolve(kept.bytes.slice());
    this.#drop(id);
    return Promise.resolve(null);
  }

  // Async, so that bad arguments reject as they would in a store that goes over the network.
  // deno-lint-ignore require-await
  async save(id: string, bytes: Uint8Array, { expiresAt }: { expiresAt: number }): Promise<void> {
    if (Number.isNaN(expiresAt)) {
      throw coded("E105", new RangeError(`Cannot save "${id}": its time of expiry is not a number`));
    }
    this.#drop(id);
    this.#sweep();
    if (expiresAt <= this.#clock.now()) return;
    // A copy: the caller's buffer may be used again.
    this.#kept.set(id, { bytes: bytes.slice(), expiresAt });
    this.#bytes += bytes.byteLength + OVERHEAD;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
  }

  delete(id: string): Promise<void> {
    this.#drop(id);
    return Promise.resolve();
  }

  // deno-lint-ignore require-await
  async claim(token: string, { expiresAt }: { expiresAt: number }): Promise<boolean> {
    if (Number.isNaN(expiresAt)) {
      throw coded("E105", new RangeError("Cannot claim a token: its time of expiry is not a number"));
    }
    const now = this.#clock.now();
    this.#sweep();
    if (expiresAt <= now || this.#claims.has(token)) return false;
    this.#claims.set(token, expiresAt);
    // Forgetting lets a browser repeat its own old post; refusing would let one client stop the posts of all.
    if (this.#claims.size > this.#maxClaims) this.#claims.delete(this.#claims.keys().next().value ?? "");
    return true;
  }

  close(): Promise<void> {
    this.#kept.clear();
    this.#claims.clear();
    this.#bytes = 0;
    return Promise.resolve();
  }

  #drop(id: string): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    this.#kept.delete(id);
    this.#bytes -= kept.bytes.byteLength + OVERHEAD;
  }

  #sweep(): void {
    if (this.#clock.monotonic() < this.#sweepAt) return;
    this.#sweepAt = this.#clock.monotonic() + SWEEP_MS;
    const now = this.#clock.now();
    for (const [id, kept] of this.#kept) if (kept.expiresAt <= now) this.#drop(id);
    for (const [token, expiresAt] of this.#claims) if (expiresAt <= now) this.#claims.delete(token);
  }
}
