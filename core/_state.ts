/**
 * The base of Vango's writable signals: signals-core's Signal with equality of our own and traced writes.
 *
 * signals-core compares with `!==`: writing NaN over NaN notifies, 0 over -0 does not, and a custom `equals` has no way
 * in. The setter here decides, and hands over only what is a change. A change that `!==` cannot see (0 to -0; the same
 * object, where `equals` says it differs) goes in inside a box, which the getter opens.
 *
 * @module
 */

import { Signal, untracked } from "@preact/signals-core";
import { EffectLoopError, noteWrite, trace } from "./trace.ts";

/** Holds a value that is a change although it is `===` to the one before. */
class Box {
  constructor(readonly value: unknown) {}
}

// `super.value = x` is a slow path in V8 (a runtime call); a captured accessor is inlined.
const accessor = Object.getOwnPropertyDescriptor(Signal.prototype, "value") as {
  get: (this: unknown) => unknown;
  set: (this: unknown, value: unknown) => void;
};

/** Tells whether two values of a signal are the same. */
export type Equals<T> = (a: T, b: T) => boolean;

/** A writable signal: signals-core's, with `Object.is` or a given function as equality. */
export class StateSignal<T> extends Signal<T> {
  #equals: Equals<T> | undefined;

  /** Makes a signal; `name` is for messages only. */
  constructor(initial: T, name?: string, equals?: Equals<T>) {
    super(initial, name === undefined ? undefined : { name });
    this.#equals = equals;
  }

  /** The value. Reading inside a view, effect or computed subscribes; writing notifies unless the value is equal. */
  override get value(): T {
    const stored = accessor.get.call(this);
    return (stored instanceof Box ? stored.value : stored) as T;
  }

  override set value(next: T) {
    let stored: unknown = next;
    // Only these cases can differ from what signals-core's own `!==` says; all others skip the look at the old value.
    if (this.#equals !== undefined || next !== next || (next as unknown) === 0) {
      const old = this.peek();
      const equals = this.#equals;
      if (equals === undefined ? Object.is(old, next) : untracked(() => equals(old, next))) return;
      if (old === next) stored = new Box(next);
    }
    if (trace.on && this.peek() !== stored) noteWrite(this.name);
    try {
      accessor.set.call(this, stored);
    } catch (error) {
      // Refused rather than thrown by a reader: signals-core counts the rounds of effects outside sessions.
      const refused = error instanceof Error && error.message === "Cycle detected" &&
        !Object.is(this.peek(), next);
      throw refused ? new EffectLoopError([this.name ?? "(unnamed)"]) : error;
    }
  }

  /** Writes a value: the same as assigning `value`, as a function to pass around. */
  set(value: T): void {
    this.value = value;
  }

  /** Writes what the function makes of the value; does not subscribe. */
  update(fn: (value: T) => T): void {
    this.value = fn(this.peek());
  }
}
