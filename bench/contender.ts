/**
 * What a contender of a bench is: a module that prepares an operation, which bench/measure.ts then times in a process of its
 * own. V8 compiles for what it has seen, so contenders that share a process slow each other down.
 *
 * @module
 */

/** An operation that is ready to be timed. */
export interface Prepared {
  /** Does it once. What it gives is consumed, so that it cannot be optimised away. */
  run(): unknown;
  /** How many operations one `run` is; 1 by default. */
  count?: number;
  /** Makes the next `run` meet what the first one met. Not timed. */
  reset?(): void;
  /** What can be counted: operations on a DOM, bytes. */
  counted?: number;
}

/** What a contender's module exports. */
export interface ContenderModule {
  /** Makes an operation ready. */
  prepare(operation: string): Prepared;
}
