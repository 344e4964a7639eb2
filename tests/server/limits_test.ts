/** @module */
import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { VangoError } from "../../server/errors.ts";
import {
  DEFAULT_LIMITS,
  KeyedCounter,
  LIMIT_SPECS,
  resolveLimits,
  TokenBucket,
} from "../../server/limits.ts";
import type { LimitOptions } from "../../server/limits.ts";

Deno.test("resolveLimits() refuses unknown names, wrong types and what is out of range", () => {
  const wrong = (options: unknown): string => {
    return assertThrows(() => resolveLimits(options as LimitOptions), VangoError).message;
  };
  assertStringIncludes(wrong({ maxSesions: 1 }), 'did you mean "maxSessions"?');
  assertStringIncludes(
    wrong({ maxFrame: "1 MiB" }),
    '"maxFrame" must be a whole number from 1024 to 67108864 (bytes)',
  );
  assertStringIncludes(wrong({ maxSessions: 0 }), "from 1 to");
  assertStringIncludes(wrong({ parked: { count: -1 } }), '"parked.count" must be');
  assertStringIncludes(wrong({ parked: 5 }), '"parked" must be an object, got 5');
});

Deno.test("resolveLimits() refuses limits that contradict each other", () => {
  const wrong = (options: LimitOptions): string =>
    assertThrows(() => resolveLimits(options), VangoError).message;
  assertStringIncludes(wrong({ heartbeatMs: 90_000 }), '"silentMs" (60000) must be longer');
  assertStringIncludes(wrong({ outboxBytes: 2048 }), '"slowBytes" (65536) must not be more');
  assertStringIncludes(wrong({ eventsPerSecond: 500 }), '"eventBurst" (400) must not be less');
});

Deno.test("resolveLimits() lays options over the defaults, nested ones too, and skips undefined", () => {
  const limits = resolveLimits({ maxQueue: 8, maxPost: undefined, parked: { count: 5 } });
  assertEquals(limits.maxQueue, 8);
  assertEquals(limits.maxPost, DEFAULT_LIMITS.maxPost);
  assertEquals(limits.parked, { count: 5, bytes: 67_108_864, ttlMs: 30_000 });
  assert(Object.isFrozen(limits) && Object.isFrozen(limits.parked));
  assertEquals(resolveLimits(), DEFAULT_LIMITS);
});

Deno.test("LIMIT_SPECS has every limit, and the defaults pass it", () => {
  assertEquals(Object.keys(LIMIT_SPECS).sort(), Object.keys(DEFAULT_LIMITS).sort());
  resolveLimits(DEFAULT_LIMITS);
});

Deno.test("TokenBucket takes its burst at once, then by its rate", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 3 });
  assertEquals([1, 2, 3, 4].map(() => bucket.take(0)), [true, true, true, false]);
  assertEquals(bucket.take(99), false);
  assertEquals(bucket.take(100), true);
  assertEquals(bucket.take(100), false);
});

Deno.test("TokenBucket never holds more than its burst", () => {
  const bucket = new TokenBucket({ perSecond: 1000, burst: 2 });
  assertEquals([1, 2, 3].map(() => bucket.take(1e9)), [true, true, false]);
});

Deno.test("TokenBucket gives nothing for time that goes back", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 1 });
  assert(bucket.take(1000));
  assertFalse(bucket.take(0));
  assertFalse(bucket.take(1000));
  assert(bucket.take(1100));
});

Deno.test("TokenBucket refills at a low rate however often it is asked", () => {
  const bucket = new TokenBucket({ perSecond: 0.1, burst: 1 });
  assert(bucket.take(0));
  let taken = 0;
  for (let now = 0; now <= 10_001; now += 0.01) if (bucket.take(now)) taken++;
  assertEquals(taken, 1);
});

Deno.test("TokenBucket.waitMs() is how long to wait, exactly enough", () => {
  const bucket = new TokenBucket({ perSecond: 3, burst: 2 });
  assertEquals(bucket.waitMs(0, 2), 0);
  assert(bucket.take(0, 2));
  const wait = bucket.waitMs(0);
  assertEquals(wait, 334);
  assert(bucket.take(wait));
  assertEquals(bucket.waitMs(wait, 3), Infinity);
});

Deno.test("KeyedCounter refuses what is over the limit of one key, and no other", () => {
  const counter = new KeyedCounter(2);
  assertEquals(["a", "a", "a", "b"].map((key) => counter.acquire(key)), [true, true, false, true]);
  assertEquals([counter.count("a"), counter.count("b"), counter.count("c")], [2, 1, 0]);
});

Deno.test("KeyedCounter forgets a key with its last release", () => {
  const counter = new KeyedCounter(2);
  counter.acquire("a");
  counter.acquire("a");
  counter.release("a");
  assertEquals(counter.size, 1);
  counter.release("a");
  assertEquals(counter.size, 0);
});

Deno.test("KeyedCounter throws when something is released twice", () => {
  const counter = new KeyedCounter(2);
  counter.acquire("a");
  counter.release("a");
  assertThrows(() => counter.release("a"), RangeError, 'Cannot release "a"');
});

Deno.test("KeyedCounter holds at most so many keys", () => {
  const counter = new KeyedCounter(5, 1);
  assert(counter.acquire("a"));
  assertFalse(counter.acquire("b"));
  assert(counter.acquire("a"));
  assertEquals(counter.size, 1);
});
