/**
 * Whether reads are followed right now, and whether that they are not was asked for.
 *
 * @module
 */
import { Signal, untracked as runUntracked } from "@preact/signals-core";

/** How many calls of {@linkcode untracked} are running. */
let depth = 0;

/**
 * Runs a function without following what it reads, and gives what it returns. In a component's setup it says that a prop is
 * meant to be read once.
 *
 * @example
 * ```ts
 * import { effect, signal, untracked } from "@vango/core";
 *
 * const count = signal(1);
 * const step = signal(10);
 * const stop = effect(() => console.log(count.value + untracked(() => step.value))); // 11
 * step.value = 20; // logs nothing
 * count.value = 2; // 22
 * stop();
 * ```
 */
export function untracked<T>(fn: () => T): T {
  depth++;
  try {
    return runUntracked(fn);
  } finally {
    depth--;
  }
}

/** Whether code runs inside {@linkcode untracked}, which it was wrapped in by hand: the framework's own phases do not count. */
export function isUntracked(): boolean {
  return depth > 0 && !isTracking();
}

/** signals-core's `_node`, set on a signal that is read while something tracks. */
interface Tracked {
  n?: unknown;
}

/** Whether a signal read here and now would be followed by a view, effect or computed. For messages of development. */
export function isTracking(): boolean {
  const probe = new Signal(0);
  return probe.value === 0 && (probe as unknown as Tracked).n !== undefined;
}
