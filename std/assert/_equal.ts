/**
 * Deep equality for assertions: same structure, same kinds, same own enumerable properties.
 *
 * Primitives are compared by Object.is, so 0 and -0 differ. Objects must share their prototype, or lack one alike.
 * Pairs that are being compared already count as equal, so cycles end.
 *
 * @module
 */

/** Whether two values are deeply equal. */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

/** Pairs under comparison: what was met on the left, and with what on the right. */
type Pairs = Map<object, Set<object>>;

function compare(a: unknown, b: unknown, seen: Pairs): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (prototypeOf(a) !== prototypeOf(b)) return false;
  const partners = seen.get(a) ?? new Set();
  if (partners.has(b)) return true;
  seen.set(a, partners.add(b));
  const same = compareContent(a, b, seen) && compareProperties(a, b, seen);
  // A pair that failed must fail again where it is tried as one of several candidates.
  if (!same) partners.delete(b);
  return same;
}

/** The prototype; an object without one counts as a plain object. */
function prototypeOf(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

/** What is not kept in properties. */
function compareContent(a: object, b: object, seen: Pairs): boolean {
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error) {
    const other = b as Error;
    return a.name === other.name && a.message === other.message && compare(a.cause, other.cause, seen);
  }
  if (a instanceof URL) return a.href === (b as URL).href;
  if (a instanceof Map) return compareMaps(a, b as Map<unknown, unknown>, seen);
  if (a instanceof Set) return compareSets(a, b as Set<unknown>, seen);
  if (a instanceof Number || a instanceof String || a instanceof Boolean) {
    return Object.is(a.valueOf(), b.valueOf());
  }
  if (a instanceof ArrayBuffer) return compareBytes(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  if (ArrayBuffer.isView(a)) return compareBytes(bytesOf(a), bytesOf(b as ArrayBufferView));
  if (a instanceof WeakMap || a instanceof WeakSet || a instanceof WeakRef || a instanceof Promise) {
    return false;
  }
  return !Array.isArray(a) || a.length === (b as unknown[]).length;
}

function compareProperties(a: object, b: object, seen: Pairs): boolean {
  // Views have one property per element, and were compared by their bytes.
  if (ArrayBuffer.isView(a)) return true;
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every((key) =>
    Object.prototype.propertyIsEnumerable.call(b, key) &&
    compare((a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key], seen)
  );
}

function keysOf(value: object): PropertyKey[] {
  const isEnumerable = (key: PropertyKey) => Object.prototype.propertyIsEnumerable.call(value, key);
  return [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter(isEnumerable)];
}

function compareMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, seen: Pairs): boolean {
  if (a.size !== b.size) return false;
  const rest = new Map(b);
  for (const [key, value] of a) {
    const partner = rest.has(key)
      ? compare(value, rest.get(key), seen) ? key : NONE
      : find(rest, ([other, its]) => compare(key, other, seen) && compare(value, its, seen))?.[0] ?? NONE;
    if (partner === NONE) return false;
    rest.delete(partner);
  }
  return true;
}

function compareSets(a: Set<unknown>, b: Set<unknown>, seen: Pairs): boolean {
  if (a.size !== b.size) return false;
  const rest = new Set(b);
  for (const value of a) {
    if (rest.delete(value)) continue;
    const partner = find(rest, (other) => compare(value, other, seen));
    if (partner === undefined) return false;
    rest.delete(partner);
  }
  return true;
}

/** Stands for "no key", which no map holds. */
const NONE = Symbol();

function find<T>(items: Iterable<T>, test: (item: T) => boolean): T | undefined {
  for (const item of items) if (test(item)) return item;
  return undefined;
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function compareBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
