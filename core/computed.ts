/**
 * Computed signals: signals-core's, with cycles that name their members.
 *
 *     a reads b, b reads a:    CycleError: Computed cycle: a -> b -> a
 *
 * signals-core finds the cycle; only then are the names looked for, so that a computed without one costs the same as
 * theirs. A computed on the cycle is either running its function or checking whether a dependency changed. Both carry the
 * flag RUNNING, and a path over such computeds from the one that was read to the innermost function that runs is the
 * cycle. This walk uses mangled names of the pinned package; if they changed, the name would be shorter, nothing worse:
 *
 *     f  _flags, bit 0: RUNNING       s  _sources: a node of a list, linked by n (next) and p (previous)
 *                                     S  _source of such a node: what it depends on
 *
 * @module
 */

import { Computed } from "@preact/signals-core";
import type { ReadonlySignal } from "./readonly.ts";
import { ambient } from "./_ambient.ts";
import { whenRejected } from "./owner.ts";

/** Options of {@linkcode computed}. */
export interface ComputedOptions {
  /** The name in messages. */
  name?: string;
}

/** Thrown by reading a computed whose value depends on itself. */
export class CycleError extends Error {
  /** The stable code of this error. */
  readonly code = "E006";
  /** The names along the cycle; the first and the last are the same computed. */
  readonly chain: readonly string[];

  /** Makes the error from the names along the cycle. */
  constructor(chain: readonly string[]) {
    super(`Computed cycle: ${chain.join(" -> ")}`);
    this.name = "CycleError";
    this.chain = chain;
  }
}

/** The list nodes that link a computed to what it reads. */
interface SourceNode {
  S: unknown;
  n?: SourceNode;
  p?: SourceNode;
}

// `super.value` would be slower: V8 inlines a captured accessor.
const read = Object.getOwnPropertyDescriptor(Computed.prototype, "value")!.get as (this: unknown) => unknown;

/** The computeds whose functions run, innermost last. */
const stack: NamedComputed<unknown>[] = [];

class NamedComputed<T> extends Computed<T> {
  #fn: () => T;

  constructor(fn: () => T, options?: ComputedOptions) {
    super(NamedComputed.#run as () => T, options);
    this.#fn = fn;
  }

  override get value(): T {
    try {
      return read.call(this) as T;
    } catch (error) {
      // Still running means that it was running when it was read; any other error came from its function.
      throw isRunning(this) ? new CycleError(chainFrom(this)) : error;
    }
  }

  /** Runs a computed's function; signals-core calls it as a method, so that one function serves all computeds. */
  static #run(this: NamedComputed<unknown>): unknown {
    const { owner, sink, setup } = ambient;
    // Whoever happens to read first must not become the owner of what the function makes.
    ambient.owner = null;
    ambient.sink = null;
    ambient.setup = false;
    stack.push(this);
    try {
      const value = this.#fn();
      // A promise is a value like any other: who reads it awaits it. Until then its failure must not end the process.
      whenRejected(value, () => {});
      return value;
    } finally {
      stack.pop();
      ambient.owner = owner;
      ambient.sink = sink;
      ambient.setup = setup;
    }
  }
}

/** Whether a computed is being brought up to date. */
function isRunning(of: unknown): boolean {
  return ((of as { f?: number }).f! & 1) === 1;
}

/** The names along the cycle from a running computed to the innermost function that runs, and back. */
function chainFrom(start: NamedComputed<unknown>): string[] {
  const goal = stack[stack.length - 1];
  // Untracked reads leave no links; the functions that run are known all the same.
  const at = stack.indexOf(start);
  const path = pathTo(start, goal, new Set()) ?? (at < 0 ? [start, goal] : stack.slice(at));
  return [...path, start].map((each) => each?.name ?? "(unnamed)");
}

/** The running computeds from one to another, both included, along what they read. */
function pathTo(
  from: NamedComputed<unknown>,
  goal: NamedComputed<unknown>,
  seen: Set<unknown>,
): NamedComputed<unknown>[] | undefined {
  if (from === goal) return [goal];
  seen.add(from);
  const first = (from as unknown as { s?: SourceNode }).s;
  // While a function runs, `s` is the last node of the list, else the first.
  for (const direction of ["n", "p"] as const) {
    for (let node = first; node !== undefined; node = node[direction]) {
      const source = node.S;
      if (!(source instanceof NamedComputed) || !isRunning(source) || seen.has(source)) continue;
      const rest = pathTo(source, goal, seen);
      if (rest !== undefined) return [from, ...rest];
    }
  }
  return undefined;
}

/**
 * Makes a signal whose value follows from other signals. Lazy: the function runs when the value is read and something
 * that it read has changed, and at most once per change. Its errors are kept and thrown at every read until then.
 * It runs outside any owner: it should neither write signals nor make effects.
 *
 * @throws {CycleError} On reading, when the value depends on itself.
 *
 * @example
 * ```ts
 * import { computed, signal } from "@vango/core";
 *
 * const price = signal(10);
 * const total = computed(() => price.value * 1.2, { name: "total" });
 * console.log(total.value); // 12
 * ```
 */
export function computed<T>(fn: () => T, options?: ComputedOptions): ReadonlySignal<T> {
  return new NamedComputed(fn, options);
}
