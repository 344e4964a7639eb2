/**
 * Owns time for the server's parts: the hour, a clock that never goes back, and timers that can be stopped.
 *
 * The parts take a `Clock` instead of calling `Date.now` and `setTimeout`, so that their tests turn the hands
 * themselves. Timers are for housekeeping: they never keep the process alive.
 *
 * @module
 */

/** Stops a timer. Calling it again, or after the timer ran, does nothing. */
export type Stop = () => void;

/** Where a part of the server gets its time from. */
export interface Clock {
  /** Milliseconds since 1970; may jump when the machine's clock is set. For times that leave the process. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes back. For durations. */
  monotonic(): number;
  /** Runs `run` once, `ms` milliseconds from now, without keeping the process alive. */
  after(ms: number, run: () => void): Stop;
}

/** The longest delay that a timer takes (2^31-1 ms); a longer one would run at once. */
const MAX_DELAY = 2_147_483_647;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer: unknown = setTimeout(run, Math.min(Math.max(0, ms), MAX_DELAY));
    // A number up to Deno 2.8 or so, an object like Node's after it.
    if (typeof timer === "number") Deno.unrefTimer(timer);
    else (timer as { unref(): void }).unref();
    return () => clearTimeout(timer as number);
  },
};
