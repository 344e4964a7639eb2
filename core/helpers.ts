/**
 * Helpers on writable signals: the everyday changes, each by copy, each visible in the type only where it fits.
 *
 * At run time there is one class with all helpers; the type {@linkcode WritableSignal} shows those of its value's type.
 * Helpers never change a value in place, never subscribe, and leave the value alone where nothing would change. Called
 * on a value that they do not fit (from untyped code), they throw a TypeError.
 *
 * @module
 */

import { coded } from "./coded.ts";
import { StateSignal } from "./_state.ts";
import type { ReadonlySignal } from "./readonly.ts";

/** What every writable signal has. */
export interface MutableSignal<T> extends ReadonlySignal<T> {
  /** The value; reading it in a view, effect or computed subscribes, writing it marks who did. */
  value: T;
  /** Writes a value: the same as assigning `value`, as a function to pass around. */
  set(value: T): void;
  /** Writes what the function makes of the value; does not subscribe. */
  update(fn: (value: T) => T): void;
}

/** Helpers of number signals. */
export interface NumberHelpers {
  /** Adds one. */
  inc(): void;
  /** Subtracts one. */
  dec(): void;
  /** Adds. */
  add(by: number): void;
  /** Subtracts. */
  sub(by: number): void;
  /** Multiplies. */
  mul(by: number): void;
  /** Divides; by zero as JavaScript does. */
  div(by: number): void;
  /** Moves the value into `min` to `max`, both inclusive. @throws {RangeError} When min is over max. */
  clamp(min: number, max: number): void;
}

/** Helpers of boolean signals. */
export interface BooleanHelpers {
  /** Turns true into false and back. */
  toggle(): void;
}

/** Helpers of string signals. */
export interface StringHelpers {
  /** Adds text at the end. */
  append(text: string): void;
  /** Adds text at the start. */
  prepend(text: string): void;
  /** Makes it empty. */
  clear(): void;
}

/** Helpers of array signals. Indexes are whole numbers from 0; others throw a RangeError. */
export interface ArrayHelpers<U> {
  /** Adds items at the end. */
  push(...items: U[]): void;
  /** Adds items at the start. */
  unshift(...items: U[]): void;
  /** Adds items before the one at the index; the length as index adds at the end. */
  insertAt(index: number, ...items: U[]): void;
  /** Removes the item at the index. */
  removeAt(index: number): void;
  /** Removes all items for which the function returns true. */
  removeWhere(test: (item: U, index: number) => boolean): void;
  /** Replaces the item at the index. */
  setAt(index: number, item: U): void;
  /** Replaces the item at the index by what the function makes of it. */
  updateAt(index: number, fn: (item: U) => U): void;
  /** Replaces all items for which `test` returns true by what `fn` makes of them. */
  updateWhere(test: (item: U, index: number) => boolean, fn: (item: U) => U): void;
  /** Takes the item at `from` out and puts it in so that it ends at `to`: [a b c] with move(0, 2) is [b c a]. */
  move(from: number, to: number): void;
  /** Sorts as `Array.prototype.sort` does. */
  sort(compare?: (a: U, b: U) => number): void;
  /** Makes it empty. */
  clear(): void;
}

/** Helpers of Map signals. */
export interface MapHelpers<K, V> {
  /** Sets the value of a key. */
  setKey(key: K, value: V): void;
  /** Removes a key. */
  deleteKey(key: K): void;
  /** Sets a key to what the function makes of its value, which is undefined for a new key. */
  updateKey(key: K, fn: (value: V | undefined) => V): void;
  /** Makes it empty. */
  clear(): void;
}

/** Helpers of Set signals. */
export interface SetHelpers<U> {
  /** Adds an item. */
  addItem(item: U): void;
  /** Removes an item. */
  deleteItem(item: U): void;
  /** Removes the item if it is there, else adds it. */
  toggleItem(item: U): void;
  /** Makes it empty. */
  clear(): void;
}

/** The keys of a type that may be missing: those that `deleteKey` takes. */
export type OptionalKeys<T> = {
  [K in keyof T]-?: Partial<Record<never, never>> extends Pick<T, K> ? K : never;
}[keyof T];

/** Helpers of signals of plain objects. */
export interface RecordHelpers<T> {
  /** Sets the value of a key. */
  setKey<K extends keyof T>(key: K, value: T[K]): void;
  /** Removes a key that may be missing. */
  deleteKey(key: OptionalKeys<T>): void;
  /** Sets a key to what the function makes of its value. */
  updateKey<K extends keyof T>(key: K, fn: (value: T[K]) => T[K]): void;
}

/** Objects that are not plain data; their signals have no record helpers. */
export type NotRecord =
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Date
  | RegExp
  | Error
  | Promise<unknown>
  | ArrayBufferLike
  | ArrayBufferView
  | ((...args: never[]) => unknown);

/** The helpers that fit values of type T: none for unions, literals, tuples, `any` and `unknown`. */
export type HelpersOf<T> = 0 extends (1 & T) ? unknown
  : [T] extends [never] ? unknown
  : [T] extends [number] ? ([number] extends [T] ? NumberHelpers : unknown)
  : [T] extends [boolean] ? ([boolean] extends [T] ? BooleanHelpers : unknown)
  : [T] extends [string] ? ([string] extends [T] ? StringHelpers : unknown)
  : [T] extends [readonly (infer U)[]] ? (number extends T["length"] ? ArrayHelpers<U> : unknown)
  : [T] extends [ReadonlyMap<infer K, infer V>] ? MapHelpers<K, V>
  : [T] extends [ReadonlySet<infer U>] ? SetHelpers<U>
  : [T] extends [NotRecord] ? unknown
  : [T] extends [object] ? RecordHelpers<T>
  : unknown;

/** A signal that can be written, with the helpers that fit its value. */
export type WritableSignal<T> = MutableSignal<T> & HelpersOf<T>;

type Test = (item: unknown, index: number) => boolean;
type Change = (item: unknown) => unknown;
type Plain = Record<PropertyKey, unknown>;

/** The class behind every {@linkcode WritableSignal}: all helpers, checked at run time. */
export class HelperSignal extends StateSignal<unknown> {
  inc(): void {
    this.value = numberOf(this, "inc") + 1;
  }
  dec(): void {
    this.value = numberOf(this, "dec") - 1;
  }
  add(by: number): void {
    this.value = numberOf(this, "add") + by;
  }
  sub(by: number): void {
    this.value = numberOf(this, "sub") - by;
  }
  mul(by: number): void {
    this.value = numberOf(this, "mul") * by;
  }
  div(by: number): void {
    this.value = numberOf(this, "div") / by;
  }
  clamp(min: number, max: number): void {
    const value = numberOf(this, "clamp");
    if (!(min <= max)) {
      throw coded(
        "E010",
        new RangeError(`Cannot clamp ${describe(this)} to ${min} to ${max}: min is over max`),
      );
    }
    this.value = Math.min(max, Math.max(min, value));
  }

  toggle(): void {
    const value = this.peek();
    if (typeof value !== "boolean") throw misfit(this, "toggle", "a boolean");
    this.value = !value;
  }

  append(text: string): void {
    this.value = stringOf(this, "append") + text;
  }
  prepend(text: string): void {
    this.value = text + stringOf(this, "prepend");
  }

  clear(): void {
    const value = this.peek();
    if (typeof value === "string") this.value = "";
    else if (Array.isArray(value)) {
      if (value.length > 0) this.value = [];
    } else if (value instanceof Map) {
      if (value.size > 0) this.value = new Map();
    } else if (value instanceof Set) {
      if (value.size > 0) this.value = new Set();
    } else throw misfit(this, "clear", "a string, an array, a Map or a Set");
  }

  push(...items: unknown[]): void {
    const list = arrayOf(this, "push");
    if (items.length > 0) this.value = list.concat(items);
  }
  unshift(...items: unknown[]): void {
    const list = arrayOf(this, "unshift");
    if (items.length > 0) this.value = items.concat(list);
  }
  insertAt(index: number, ...items: unknown[]): void {
    const list = arrayOf(this, "insertAt");
    inRange(this, "insertAt", index, list.length);
    if (items.length > 0) this.value = list.toSpliced(index, 0, ...items);
  }
  removeAt(index: number): void {
    const list = arrayOf(this, "removeAt");
    inRange(this, "removeAt", index, list.length - 1);
    this.value = list.toSpliced(index, 1);
  }
  removeWhere(test: Test): void {
    const list = arrayOf(this, "removeWhere");
    const kept = list.filter((item, index) => !test(item, index));
    if (kept.length < list.length) this.value = kept;
  }
  setAt(index: number, item: unknown): void {
    const list = arrayOf(this, "setAt");
    inRange(this, "setAt", index, list.length - 1);
    if (!Object.is(list[index], item)) this.value = list.with(index, item);
  }
  updateAt(index: number, fn: Change): void {
    const list = arrayOf(this, "updateAt");
    inRange(this, "updateAt", index, list.length - 1);
    this.setAt(index, fn(list[index]));
  }
  updateWhere(test: Test, fn: Change): void {
    const list = arrayOf(this, "updateWhere");
    let changed = false;
    const next = list.map((item, index) => {
      if (!test(item, index)) return item;
      const made = fn(item);
      if (!Object.is(made, item)) changed = true;
      return made;
    });
    if (changed) this.value = next;
  }
  move(from: number, to: number): void {
    const list = arrayOf(this, "move");
    inRange(this, "move", from, list.length - 1);
    inRange(this, "move", to, list.length - 1);
    if (from === to) return;
    const next = list.slice();
    next.splice(to, 0, ...next.splice(from, 1));
    this.value = next;
  }
  sort(compare?: (a: unknown, b: unknown) => number): void {
    this.value = arrayOf(this, "sort").toSorted(compare);
  }

  setKey(key: PropertyKey, value: unknown): void {
    const held = keyedOf(this, "setKey");
    if (held instanceof Map) {
      if (!held.has(key) || !Object.is(held.get(key), value)) this.value = new Map(held).set(key, value);
    } else if (!Object.hasOwn(held, key) || !Object.is(held[key], value)) {
      const next = copy(held);
      // Not an assignment: the key may be "__proto__".
      Object.defineProperty(next, key, { value, writable: true, enumerable: true, configurable: true });
      this.value = next;
    }
  }
  deleteKey(key: PropertyKey): void {
    const held = keyedOf(this, "deleteKey");
    if (held instanceof Map) {
      const next = new Map(held);
      if (next.delete(key)) this.value = next;
    } else if (Object.hasOwn(held, key)) {
      const next = copy(held);
      delete next[key];
      this.value = next;
    }
  }
  updateKey(key: PropertyKey, fn: Change): void {
    const held = keyedOf(this, "updateKey");
    if (held instanceof Map) this.setKey(key, fn(held.get(key)));
    else this.setKey(key, fn(Object.hasOwn(held, key) ? held[key] : undefined));
  }

  addItem(item: unknown): void {
    const held = setOf(this, "addItem");
    if (!held.has(item)) this.value = new Set(held).add(item);
  }
  deleteItem(item: unknown): void {
    const next = new Set(setOf(this, "deleteItem"));
    if (next.delete(item)) this.value = next;
  }
  toggleItem(item: unknown): void {
    if (setOf(this, "toggleItem").has(item)) this.deleteItem(item);
    else this.addItem(item);
  }
}

/** Names a signal in a message. */
function describe(signal: HelperSignal): string {
  return signal.name === undefined ? "an unnamed signal" : `the signal "${signal.name}"`;
}

/** The error of a helper whose signal holds something else. */
function misfit(signal: HelperSignal, helper: string, wanted: string): TypeError {
  const value = signal.peek();
  const kind = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
  return coded(
    "E011",
    new TypeError(
      `Cannot call ${helper}() on ${describe(signal)}: its value is ${kind}, expected ${wanted}`,
    ),
  );
}

function numberOf(signal: HelperSignal, helper: string): number {
  const value = signal.peek();
  if (typeof value !== "number") throw misfit(signal, helper, "a number");
  return value;
}

function stringOf(signal: HelperSignal, helper: string): string {
  const value = signal.peek();
  if (typeof value !== "string") throw misfit(signal, helper, "a string");
  return value;
}

function arrayOf(signal: HelperSignal, helper: string): unknown[] {
  const value = signal.peek();
  if (!Array.isArray(value)) throw misfit(signal, helper, "an array");
  return value;
}

function setOf(signal: HelperSignal, helper: string): Set<unknown> {
  const value = signal.peek();
  if (!(value instanceof Set)) throw misfit(signal, helper, "a Set");
  return value;
}

function keyedOf(signal: HelperSignal, helper: string): Map<unknown, unknown> | Plain {
  const value = signal.peek();
  if (value instanceof Map) return value;
  if (typeof value === "object" && value !== null) {
    const proto = Object.getPrototypeOf(value);
    if (proto === Object.prototype || proto === null) return value as Plain;
  }
  throw misfit(signal, helper, "a Map or a plain object");
}

/** A shallow copy with the same prototype (Object's or none). */
function copy(of: Plain): Plain {
  return Object.getPrototypeOf(of) === null ? Object.assign(Object.create(null), of) : { ...of };
}

function inRange(signal: HelperSignal, helper: string, index: number, max: number): void {
  if (Number.isInteger(index) && index >= 0 && index <= max) return;
  const range = max < 0 ? "the array is empty" : `expected a whole number from 0 to ${max}`;
  throw coded("E009", new RangeError(`Cannot call ${helper}(${index}) on ${describe(signal)}: ${range}`));
}
