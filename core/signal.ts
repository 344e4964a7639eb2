/**
 * Signals: values that tell who read them when they change.
 *
 * They are signals-core's (same class, same brand), with `Object.is` as equality, helpers by type, and a place in the
 * snapshot of the component that makes them in its setup:
 *
 *     key of a snapshot  =  component path  +  options.key, else options.name, else "#" and the ordinal among unnamed
 *
 * @module
 */

import { ambient } from "./_ambient.ts";
import { restored } from "./_restore.ts";
import type { Equals } from "./_state.ts";
import { HelperSignal, type WritableSignal } from "./helpers.ts";
import type { ReadonlySignal } from "./readonly.ts";

export { batch, Computed, Signal } from "@preact/signals-core";
export type { ReadonlySignal };

/** Options of {@linkcode signal}. */
export interface SignalOptions<T> {
  /** The name in messages, and the key in snapshots where there is no `key`. */
  name?: string;
  /** The key in snapshots, unique in its component; stays the same when the variable is renamed. */
  key?: string;
  /** Whether snapshots leave it out; false by default. */
  transient?: boolean;
  /** Tells whether a written value equals the present one, and is thus ignored; `Object.is` by default. */
  equals?: Equals<T>;
}

/**
 * Makes a signal. In a component's setup it registers for snapshots, unless it is transient, and starts with the value
 * that a snapshot holds for it, if that has the shape of the initial one.
 *
 * @throws {Error} When its `key` is taken in the component: a key is explicit. A second signal of one `name` is no error; its
 *   key in snapshots is `name~2`. Also when either starts with `#`.
 *
 * @example
 * ```ts
 * import { signal } from "@vango/core";
 *
 * const count = signal(0);
 * count.value++;
 * count.add(10);
 * console.log(count.value); // 11
 *
 * const todos = signal<string[]>([], { name: "todos" });
 * todos.push("write");
 * ```
 */
export function signal<T>(initial: T, options?: SignalOptions<T>): WritableSignal<T> {
  const { owner, setup } = ambient;
  const equals = options?.equals as Equals<unknown> | undefined;
  let made: ReadonlySignal<unknown>;
  if (owner === null || !setup || owner.disposed || options?.transient) {
    made = new HelperSignal(initial, options?.name, equals);
  } else {
    const key = owner.claim(options?.key, options?.name);
    const found = restored(owner, key, initial);
    made = new HelperSignal(found === undefined ? initial : found.value, options?.name, equals);
    owner.attach(made);
  }
  return made as WritableSignal<T>;
}
