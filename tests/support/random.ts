/**
 * Numbers that look random and follow from a seed, so that a failure can be played again.
 *
 * @module
 */

/** A sequence of numbers: mulberry32. */
export class Random {
  #state: number;

  /** Starts a sequence. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Starts another sequence in the same place. */
  restart(seed: number): this {
    this.#state = seed >>> 0;
    return this;
  }

  /** A whole number from 0 to `count` - 1; 0 of none. */
  below(count: number): number {
    this.#state = this.#state + 0x6d2b79f5 >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ t >>> 15, t | 1);
    t ^= t + Math.imul(t ^ t >>> 7, t | 61);
    return Math.floor(((t ^ t >>> 14) >>> 0) / 0x100000000 * count);
  }

  /** True once in `count` times. */
  in(count: number): boolean {
    return this.below(count) === 0;
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** Puts a list into another order. */
  shuffle<T>(list: T[]): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
  }
}
