/**
 * The time of a page under test: one that stands still, or the machine's.
 *
 * @module
 */
import { type Clock, type Stop, systemClock } from "../server/clock.ts";

/** The time of a page. */
export interface TestClock extends Clock, Disposable {
  /**
   * Lets time go on. What becomes due meanwhile is done, and the pages have come to rest when it resolves.
   *
   * @param ms Milliseconds, 0 or more.
   * @throws {RangeError} When `ms` is no such number.
   */
  advance(ms: number): Promise<void>;
  /** Has a page come to rest with the time. Gives a function that ends it. Not for tests. */
  follow(rest: () => Promise<void>): () => void;
}

/** @throws {RangeError} When a clock cannot be advanced by that. */
export function mustBeSpan(ms: number): void {
  if (!(ms >= 0 && ms < Infinity)) {
    throw new RangeError(`Cannot advance a clock by ${ms} ms: pass 0 or more`);
  }
}

/** The machine's time, which nobody turns: to advance it is to wait. */
export class RealClock implements TestClock {
  readonly #pages: Set<() => Promise<void>> = new Set();

  /** See {@linkcode Clock}. */
  now(): number {
    return systemClock.now();
  }
  /** See {@linkcode Clock}. */
  monotonic(): number {
    return systemClock.monotonic();
  }
  /** See {@linkcode Clock}. */
  after(ms: number, run: () => void): Stop {
    return systemClock.after(ms, run);
  }
  /** Waits. */
  async advance(ms: number): Promise<void> {
    mustBeSpan(ms);
    await new Promise((resolve) => setTimeout(resolve, ms));
    for (const rest of this.#pages) await rest();
  }
  /** See {@linkcode TestClock.follow}. */
  follow(rest: () => Promise<void>): () => void {
    this.#pages.add(rest);
    return () => void this.#pages.delete(rest);
  }
  /** Does nothing. */
  [Symbol.dispose](): void {}
}
