/**
 * A reaction: follows what a function reads, and on change only says so.
 *
 * signals-core's own effect runs its function again as soon as a signal changes, in the context of whoever wrote. Vango
 * needs the two apart: a change marks, and the flush of the session to which the reader belongs runs it. So this is
 * signals-core's Effect with the callback replaced and the start of tracking exposed, the way its framework integrations
 * do it. Their names are mangled in the published package, and thus part of why its version is pinned:
 *
 *     c  _callback: called when a signal that was read has changed
 *     S  _start: begins tracking and a batch, returns the function that ends both
 *     s  _sources: what is followed, undefined when that is nothing
 *
 * @module
 */

import { Effect, untracked } from "@preact/signals-core";

/** Does nothing; the function of an Effect that is never run as one. */
const idle = (): void => {};

/** Follows what a function reads, without running it on change. */
export interface Reaction {
  /**
   * Runs the function and follows what it reads from now on, in place of what was followed before. Runs in a batch, so
   * its writes notify when it is over. After `dispose`, runs it untracked.
   *
   * @throws What the function throws, after tracking has ended; what it read until then is followed.
   * @throws {Error} When called while it tracks already ("Cycle detected").
   */
  track<T>(fn: () => T): T;
  /** Follows nothing from now on and never marks again. May be called at any time, during `track` too. */
  dispose(): void;
  /** Whether it follows anything: what the latest `track` read. One that does not will never mark. */
  readonly follows: boolean;
}

/** Who is told of changes: an object, so that thousands of reactions need no closure each. */
export interface Marked {
  /**
   * Called when something that the latest `track` read has changed: at the end of the outermost batch, in the context of
   * the writer, perhaps several times before the next `track`, never after `dispose`. It should only take note; what it
   * throws reaches the writer.
   */
  mark(): void;
}

/** The class of reactions. */
export interface ReactionConstructor {
  /** Makes a reaction that follows nothing yet. */
  new (marked: Marked): Reaction;
}

/** The Effect of signals-core that is behind a {@linkcode Reaction}; the constant below hides its inherited members. */
class MarkingEffect extends Effect implements Reaction {
  #marked: Marked | undefined;

  /** See {@linkcode ReactionConstructor}. */
  constructor(marked: Marked) {
    super(idle);
    this.#marked = marked;
  }

  /** signals-core's `_callback`. */
  c(): void {
    this.#marked?.mark();
  }

  /** signals-core's `_start`. */
  declare S: () => () => void;

  /** signals-core's `_sources`. */
  declare s: object | undefined;

  get follows(): boolean {
    return this.s !== undefined;
  }

  track<T>(fn: () => T): T {
    if (this.#marked === undefined) return untracked(fn);
    const end = this.S();
    try {
      return fn();
    } finally {
      end();
    }
  }

  override dispose(): void {
    this.#marked = undefined;
    super.dispose();
  }
}

/**
 * Tracks what a function reads without running it on change; a change only calls `marked.mark()`.
 *
 * @example
 * ```ts
 * import { Reaction } from "./reaction.ts";
 * import { signal } from "./signal.ts";
 *
 * const count = signal(1);
 * let stale = false;
 * const reaction = new Reaction({ mark: () => stale = true });
 * console.log(reaction.track(() => count.value * 2)); // 2
 * count.value = 5;
 * console.log(stale); // true
 * reaction.dispose();
 * ```
 */
export const Reaction: ReactionConstructor = MarkingEffect;
