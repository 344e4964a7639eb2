/**
 * Owns which events of a session have settled: their handlers are done, awaits included (decision D8).
 *
 *     received  1 2 3 4 5 6
 *     pending     2     5        a frame tells: all below 2, then 3 and 4, and in the next frame 6
 *
 * A frame tells what settled since the frame before it: a handler that waits for an hour does not make frames longer.
 *
 * @module
 */
import type { Settled } from "../protocol/mod.ts";

/** Events that a browser keeps at most: those before them need no word any more. */
const KEPT = 256;

/** The events of one session whose handlers wait, and what of it the browser was told. Made when one waits: most never do. */
export class Settling {
  /** In ascending order: events start in order. */
  readonly #pending: Set<number> = new Set();
  /** Settled since the last frame, while an event before them waits. */
  #fresh: number[] = [];
  #changed = false;

  /** How many events wait. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Whether the browser does not know yet of something that has settled. */
  get changed(): boolean {
    return this.#changed;
  }

  /** A handler waits. */
  wait(seq: number): void {
    this.#pending.add(seq);
  }

  /** An event is over. */
  done(seq: number): void {
    if (this.#pending.delete(seq)) this.#changed = true;
    if (this.#pending.size > 0) this.#fresh.push(seq);
    else this.#fresh = [];
  }

  /** What to tell in the next frame; null when nothing waits, so that all that was received has settled. */
  take(): Settled | null {
    this.#changed = false;
    const [below] = this.#pending;
    if (below === undefined) return null;
    const list = this.#fresh.filter((seq) => seq > below).sort((a, b) => a - b);
    this.#fresh = [];
    return { below, list };
  }

  /** The frames before are forgotten: the next one tells everything again. */
  forget(received: number): void {
    const [below] = this.#pending;
    this.#fresh = [];
    if (below === undefined) return;
    this.#changed = true;
    for (let seq = Math.max(below, received - KEPT) + 1; seq <= received; seq++) {
      if (!this.#pending.has(seq)) this.#fresh.push(seq);
    }
  }
}
