/**
 * A clock whose hands the test turns. The server's timers always follow the clock of a mounted page; `Date`, `setTimeout`
 * and `setInterval` of the whole process follow it where the test asks for that.
 *
 * @module
 */
import type { Stop } from "../server/clock.ts";
import { mustBeSpan, type TestClock } from "./test_clock.ts";

/** Options of {@linkcode fakeClock}. */
export interface FakeClockOptions {
  /** The time to begin with, in milliseconds since 1970. Default: 2025-01-01T00:00:00Z. */
  now?: number | Date;
  /** Whether the process's own Date, setTimeout and setInterval follow it, until it is disposed of. Default false. */
  globals?: boolean;
}

interface Timer {
  readonly id: number;
  at: number;
  /** The interval; null for a timer that runs once. */
  readonly every: number | null;
  readonly run: () => void;
}

const EPOCH = 1_735_689_600_000;

/** Ends the current turn of the event loop, in real time whatever is faked. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

const realTimeout = setTimeout;

/** Lets a millisecond go by, in real time whatever is faked. */
export function moment(): Promise<void> {
  return new Promise((resolve) => void realTimeout(resolve, 1));
}

const GLOBALS = ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const;

/** Time that stands still until {@linkcode FakeClock.advance}. */
export class FakeClock implements TestClock {
  #ms = 0;
  #last = 0;
  readonly #epoch: number;
  readonly #timers: Map<number, Timer> = new Map();
  readonly #pages: Set<() => Promise<void>> = new Set();
  #originals: Record<string, unknown> | null = null;

  /** Use {@linkcode fakeClock}. */
  constructor(options: FakeClockOptions = {}) {
    this.#epoch = Number(options.now ?? EPOCH);
    if (options.globals) this.#install();
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Whether the process's own time stands still, too. */
  get global(): boolean {
    return this.#originals !== null;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#epoch + this.#ms;
  }

  /** Milliseconds since the clock was made. */
  monotonic(): number {
    return this.#ms;
  }

  /** Runs a function once, `ms` milliseconds of this clock from now. */
  after(ms: number, run: () => void): Stop {
    const id = this.#set(ms, null, run);
    return () => void this.#timers.delete(id);
  }

  /**
   * Turns the hands. What becomes due runs in the order of its time; after each timer the turn ends and pages come to rest,
   * so that what awaits it goes on (and may set the next timer) before the hands move further.
   *
   * @param ms Milliseconds, 0 or more.
   * @throws {RangeError} When `ms` is no such number. What a page's rest throws: errors that nothing caught.
   */
  async advance(ms: number): Promise<void> {
    mustBeSpan(ms);
    const end = this.#ms + ms;
    await this.#rest();
    for (let next = this.#due(end); next !== undefined; next = this.#due(end)) {
      this.#ms = Math.max(this.#ms, next.at);
      if (next.every === null) this.#timers.delete(next.id);
      else next.at += Math.max(1, next.every);
      next.run();
      await this.#rest();
    }
    this.#ms = end;
  }

  async #rest(): Promise<void> {
    await turn();
    for (const rest of this.#pages) await rest();
  }

  /** Has a page come to rest after each timer. Gives a function that ends it. Not for tests. */
  follow(rest: () => Promise<void>): () => void {
    this.#pages.add(rest);
    return () => void this.#pages.delete(rest);
  }

  /** Gives Date and the timers of the process back. What is set stays unset; a second call does nothing. */
  [Symbol.dispose](): void {
    const originals = this.#originals;
    this.#originals = null;
    this.#timers.clear();
    if (originals !== null) Object.assign(globalThis, originals);
  }

  #due(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }

  #set(ms: number, every: number | null, run: () => void): number {
    const id = ++this.#last;
    this.#timers.set(id, { id, at: this.#ms + Math.max(0, ms || 0), every, run });
    return id;
  }

  #install(): void {
    const real = globalThis as unknown as Record<string, unknown>;
    this.#originals = Object.fromEntries(GLOBALS.map((name) => [name, real[name]]));
    const clear = (id?: unknown) => void this.#timers.delete(Number(id));
    const now = () => this.now();
    const RealDate = Date;
    Object.assign(globalThis, {
      setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        this.#set(ms, null, () => run(...args)),
      setInterval: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        this.#set(ms, ms, () => run(...args)),
      clearTimeout: clear,
      clearInterval: clear,
      Date: class Date extends RealDate {
        constructor(...args: unknown[]) {
          super(...(args.length === 0 ? [now()] : args) as [number]);
        }
        static override now(): number {
          return now();
        }
      },
    });
  }
}

/**
 * Makes a clock that stands still. A page has one of its own (`page.clock`); make one yourself to begin at another time, to
 * move time while a page is being mounted, or to fake the globals.
 *
 * ```ts
 * import { fakeClock } from "@vango/core/testing";
 *
 * using clock = fakeClock({ now: new Date("2030-01-01"), globals: true });
 * let rang = false;
 * setTimeout(() => rang = true, 60_000);
 * await clock.advance(60_000);
 * console.assert(rang && new Date().toISOString() === "2030-01-01T00:01:00.000Z");
 * ```
 */
export function fakeClock(options: FakeClockOptions = {}): FakeClock {
  return new FakeClock(options);
}
