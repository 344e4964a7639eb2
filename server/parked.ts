/**
 * Owns things that wait to be claimed: sessions without a socket, bounded in number, bytes and time.
 *
 * All wait equally long, so the order in which they came is also the order in which their time ends: a Map is the whole
 * structure, one timer for its oldest entry the whole clock. What must go is handed to `evict`, which is to keep it as
 * a snapshot, not to kill it.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { type Clock, type Stop, systemClock } from "./clock.ts";
import type { HoldLimits } from "./limits.ts";

/** Why an entry had to go. */
export type EvictReason = "count" | "bytes" | "ttl" | "shed" | "close";

/** What becomes of entries. */
export interface ParkedActions<T> {
  /** Puts an entry away; it is no longer in the registry. `close()` waits for the promise. */
  evict(item: T, id: string, reason: EvictReason): void | Promise<void>;
  /** Told what `evict` threw. */
  failed(error: unknown, id: string): void;
}

interface Entry<T> {
  readonly item: T;
  readonly expires: number;
  bytes: number;
}

/**
 * A bounded registry.
 *
 * @example
 * ```ts
 * import { Parked } from "./parked.ts";
 *
 * const limits = { count: 1, bytes: 1000, ttlMs: 30_000 };
 * const evicted: string[] = [];
 * const parked = new Parked<string>(limits, { evict: (_, id) => void evicted.push(id), failed() {} });
 * parked.add("a", "first", 10);
 * parked.add("b", "second", 10);
 * console.assert(evicted[0] === "a" && parked.take("b") === "second");
 * await parked.close();
 * ```
 */
export class Parked<T> {
  readonly #limits: HoldLimits;
  readonly #actions: ParkedActions<T>;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<T>>();
  readonly #evicting = new Set<Promise<void>>();
  #bytes = 0;
  #stop: Stop | undefined;
  #closed = false;

  /** An empty registry. */
  constructor(limits: HoldLimits, actions: ParkedActions<T>, clock: Clock = systemClock) {
    this.#limits = limits;
    this.#actions = actions;
    this.#clock = clock;
  }

  /** How many entries wait. */
  get size(): number {
    return this.#entries.size;
  }

  /** Bytes that they take together, as their owners estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether `id` waits here. */
  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /**
   * Adds an entry as the newest; older ones go if there is no room, and itself if it alone is too large or the registry
   * is closed.
   *
   * @param bytes What it takes, estimated.
   * @throws {RangeError} When `id` is here already, or `bytes` is no count.
   */
  add(id: string, item: T, bytes: number): void {
    if (this.#entries.has(id)) {
      throw coded("E190", new RangeError(`Cannot park "${id}": it is parked already`));
    }
    if (!(bytes >= 0 && bytes < Infinity)) {
      throw coded("E190", new RangeError(`Cannot park "${id}": its size is ${bytes}`));
    }
    if (this.#closed) return this.#put(id, item, "close");
    this.#entries.set(id, { item, bytes, expires: this.#clock.monotonic() + this.#limits.ttlMs });
    this.#bytes += bytes;
    for (const [oldest] of this.#entries) {
      if (this.#entries.size > this.#limits.count) this.#evict(oldest, "count");
      else if (this.#bytes > this.#limits.bytes) this.#evict(oldest, "bytes");
      else break;
    }
    this.#plan();
  }

  /** Removes an entry and gives it to the caller; undefined when it is not here (any more). */
  take(id: string): T | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#remove(id, entry);
    return entry.item;
  }

  /**
   * Evicts from the oldest on until this share of all bytes is gone, and at least as large a share of the entries.
   *
   * @param fraction 0 to 1.
   * @returns How many went.
   */
  shed(fraction: number): number {
    const keepBytes = this.#bytes * (1 - fraction);
    const keepCount = Math.floor(this.#entries.size * (1 - fraction));
    let count = 0;
    for (const [id] of this.#entries) {
      if (this.#bytes <= keepBytes && this.#entries.size <= keepCount) break;
      this.#evict(id, "shed");
      count++;
    }
    this.#plan();
    return count;
  }

  /** Evicts the oldest entry that `match` takes (of one address, say); false when there is none. Looks at all. */
  shedOne(match: (item: T) => boolean): boolean {
    for (const [id, entry] of this.#entries) {
      if (!match(entry.item)) continue;
      this.#evict(id, "shed");
      this.#plan();
      return true;
    }
    return false;
  }

  /** Evicts everything, now and from now on, and waits until all of it is put away. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const [id] of this.#entries) this.#evict(id, "close");
    this.#plan();
    while (this.#evicting.size > 0) await Promise.all(this.#evicting);
  }

  #evict(id: string, reason: EvictReason): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#remove(id, entry);
    this.#put(id, entry.item, reason);
  }

  #remove(id: string, entry: Entry<T>): void {
    this.#entries.delete(id);
    this.#bytes -= entry.bytes;
    if (this.#entries.size === 0) this.#cancel();
  }

  #put(id: string, item: T, reason: EvictReason): void {
    try {
      const done = this.#actions.evict(item, id, reason);
      if (done === undefined) return;
      const promise: Promise<void> = done
        .catch((error) => this.#actions.failed(error, id))
        .finally(() => this.#evicting.delete(promise));
      this.#evicting.add(promise);
    } catch (error) {
      this.#actions.failed(error, id);
    }
  }

  /** Sets the timer for the oldest entry, if there is one and none is set. */
  #plan(): void {
    if (this.#stop !== undefined) return;
    const oldest = this.#entries.values().next().value;
    if (oldest === undefined) return;
    // Entries come by the thousand a second: one look covers those of the next 1/32 of the time.
    const wait = oldest.expires - this.#clock.monotonic() + this.#limits.ttlMs / 32;
    this.#stop = this.#clock.after(wait, () => {
      this.#stop = undefined;
      const now = this.#clock.monotonic();
      for (const [id, entry] of this.#entries) {
        if (entry.expires > now) break;
        this.#evict(id, "ttl");
      }
      this.#plan();
    });
  }

  #cancel(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
