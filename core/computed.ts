/**
 * Computed signals: signals-core's, with cycles that name their members.
 *
 *     a reads b, b reads a:    CycleError: Computed cycle: a -> b -> a
 *
 * Computeds that are being brought up to date form a stack, linked through the computeds themselves. It is kept in
 * `_refresh` (mangled `h`), through which signals-core enters a computed, both for a read and to find out whether a
 * dependency changed; the second way does not pass through `value`, so a stack kept there would miss links of the chain.
 *
 * @module
 */

import { Computed } from "@preact/signals-core";
import type { ReadonlySignal } from "@preact/signals-core";
import { ambient } from "./_ambient.ts";

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

const base = Computed.prototype as unknown as { h: (this: unknown) => boolean };
const refresh = base.h;
const read = Object.getOwnPropertyDescriptor(Computed.prototype, "value")!.get as (this: unknown) => unknown;

/** The computed that is being brought up to date, innermost. */
let top: NamedComputed<unknown> | null = null;

class NamedComputed<T> extends Computed<T> {
  /** The next outer computed of the stack; null at its bottom, undefined while not on the stack. */
  #outer: NamedComputed<unknown> | null | undefined = undefined;

  override get value(): T {
    if (this.#outer !== undefined) throw new CycleError(this.#chain());
    return read.call(this) as T;
  }

  h(): boolean {
    if (this.#outer !== undefined) return false; // what signals-core says of a computed that runs
    const { owner, sink, setup } = ambient;
    this.#outer = top;
    top = this as NamedComputed<unknown>;
    // Whoever happens to read first must not become the owner of what the function makes.
    ambient.owner = null;
    ambient.sink = null;
    ambient.setup = false;
    try {
      return refresh.call(this);
    } finally {
      top = this.#outer;
      this.#outer = undefined;
      ambient.owner = owner;
      ambient.sink = sink;
      ambient.setup = setup;
    }
  }

  /** The names from this computed down the stack of running ones, and back to it. */
  #chain(): string[] {
    const names = [label(this)];
    for (let at = top; at !== null && at !== undefined; at = at.#outer as NamedComputed<unknown> | null) {
      names.unshift(label(at));
      if (at === this) break;
    }
    return names;
  }
}

/** The name of a computed in messages. */
function label(of: { name?: string }): string {
  return of.name ?? "(unnamed)";
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
