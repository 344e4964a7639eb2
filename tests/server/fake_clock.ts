/**
 * A clock whose hands the test turns.
 *
 * @module
 */
import type { Clock, Stop } from "../../server/clock.ts";

/** Time stands still until `advance()`; timers run in the order of their times, as the hands pass them. */
export class FakeClock implements Clock {
  #ms = 0;
  #epoch: number;
  #timers = new Set<{ at: number; run: () => void }>();

  /** Starts at `epoch` milliseconds since 1970, and at 0 for `monotonic()`. */
  constructor(epoch = 1_700_000_000_000) {
    this.#epoch = epoch;
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#epoch + this.#ms;
  }

  monotonic(): number {
    return this.#ms;
  }

  after(ms: number, run: () => void): Stop {
    const timer = { at: this.#ms + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Turns the hands, and runs what becomes due on the way. */
  advance(ms: number): void {
    const end = this.#ms + ms;
    while (true) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.#ms = Math.max(this.#ms, next.at);
      next.run();
    }
    this.#ms = end;
  }

  /** The machine sleeps: the hands jump, and what was due runs once, late. */
  sleep(ms: number): void {
    this.#ms += ms;
    this.advance(0);
  }
}
