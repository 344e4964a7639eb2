/**
 * Random numbers that a seed repeats: the same seed gives the same frames, on every machine.
 *
 * @module
 */

/** Numbers from a seed, by a xorshift of 32 bits (Marsaglia, Xorshift RNGs, 2003). */
export class Random {
  #state: number;

  /** Starts from a seed; its lower 32 bits count. */
  constructor(seed: number) {
    // Neighbouring seeds must not begin alike, and a state of 0 would stay 0.
    this.#state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) || 1;
    for (let i = 0; i < 8; i++) this.next();
  }

  /** A number from 0 up to 1, without it. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `below`, without it. */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)];
  }

  /** True with this probability. */
  chance(p: number): boolean {
    return this.next() < p;
  }
}
