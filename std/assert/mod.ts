/**
 * A stand-in for the assertions of `@std/assert` that this repository uses; see std/README.md.
 *
 * @module
 */
import { equal } from "./_equal.ts";

/** Thrown by a failed assertion. */
export class AssertionError extends Error {
  /** Makes an assertion error with a message. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

function fail(message: string, msg?: string): never {
  throw new AssertionError(msg === undefined ? message : `${message}: ${msg}`);
}

function show(value: unknown): string {
  return Deno.inspect(value, { depth: 8, sorted: true, strAbbreviateSize: 4000, iterableLimit: 400 });
}

/** Throws unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg || "Expected a truthy value");
}

/** Throws unless `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): void {
  if (expr) throw new AssertionError(msg || "Expected a falsy value");
}

/** Throws unless both are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) {
    fail(`Values are not equal.\n  actual:   ${show(actual)}\n  expected: ${show(expected)}`, msg);
  }
}

/** Throws if both are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) fail(`Expected actual: ${show(actual)} not to equal it`, msg);
}

/** Throws unless both are the same by Object.is. */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  if (!Object.is(actual, expected)) {
    fail(`Values are not strictly equal.\n  actual:   ${show(actual)}\n  expected: ${show(expected)}`, msg);
  }
}

/** Throws if both are the same by Object.is. */
export function assertNotStrictEquals<T>(actual: T, expected: T, msg?: string): void {
  if (Object.is(actual, expected)) fail(`Expected ${show(actual)} to be another value`, msg);
}

/** Throws when the value is null or undefined. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) fail(`Expected ${show(actual)} to exist`, msg);
}

/** Throws unless `actual` includes `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) fail(`Expected ${show(actual)} to contain ${show(expected)}`, msg);
}

/** Throws unless `actual` matches. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) fail(`Expected ${show(actual)} to match ${expected}`, msg);
}

/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual >= expected)) fail(`Expected ${show(actual)} >= ${show(expected)}`, msg);
}

/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual <= expected)) fail(`Expected ${show(actual)} <= ${show(expected)}`, msg);
}

function checkError<E extends Error>(
  error: unknown,
  ErrorClass?: abstract new (...args: never[]) => E,
  msgIncludes?: string,
  msg?: string,
): void {
  if (ErrorClass !== undefined && !(error instanceof ErrorClass)) {
    fail(`Expected error to be instance of "${ErrorClass.name}", but was ${show(error)}`, msg);
  }
  if (msgIncludes !== undefined && !(error instanceof Error && error.message.includes(msgIncludes))) {
    fail(`Expected error message to include ${show(msgIncludes)}, but got ${show(error)}`, msg);
  }
}

/** Throws unless `fn` throws; gives the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): E {
  try {
    fn();
  } catch (error) {
    checkError(error, ErrorClass, msgIncludes, msg);
    return error as E;
  }
  fail("Expected function to throw", msg);
}

/** Rejects unless the promise of `fn` rejects; gives the error. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): Promise<E> {
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (error) {
    fail(`Expected function to reject, but it threw ${show(error)}`, msg);
  }
  try {
    await promise;
  } catch (error) {
    checkError(error, ErrorClass, msgIncludes, msg);
    return error as E;
  }
  fail("Expected function to reject", msg);
}
