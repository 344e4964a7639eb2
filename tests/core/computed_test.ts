/**
 * Computed signals: laziness, dynamic dependencies, and cycles that name their members.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { batch, Computed, computed, CycleError, effect, getOwner, Owner } from "../../core/mod.ts";
import { type ReadonlySignal, signal } from "../../core/mod.ts";

Deno.test("computed() throws a CycleError that names the chain", () => {
  const a: ReadonlySignal<number> = computed(() => b.value + 1, { name: "a" });
  const b: ReadonlySignal<number> = computed(() => c.value + 1);
  const c: ReadonlySignal<number> = computed(() => a.value + 1, { name: "c" });
  const error = assertThrows(() => a.value, CycleError, "Computed cycle: a -> (unnamed) -> c -> a");
  assertEquals([error.code, error.chain], ["E006", ["a", "(unnamed)", "c", "a"]]);
});

Deno.test("computed() that reads itself throws a CycleError", () => {
  const a: ReadonlySignal<number> = computed(() => a.value, { name: "a" });
  assertThrows(() => a.value, CycleError, "Computed cycle: a -> a");
  assertThrows(() => a.peek(), CycleError, "Computed cycle: a -> a");
});

Deno.test("computed() leaves those outside the cycle out of its name", () => {
  const a: ReadonlySignal<number> = computed(() => b.value, { name: "a" });
  const b: ReadonlySignal<number> = computed(() => a.value, { name: "b" });
  const outer = computed(() => a.value, { name: "outer" });
  assertThrows(() => outer.value, CycleError, "Computed cycle: a -> b -> a");
});

Deno.test("computed() names a cycle that closes only after a change, and recovers when it opens again", () => {
  const closed = signal(false);
  const a: ReadonlySignal<number> = computed(() => b.value + 1, { name: "a" });
  const b: ReadonlySignal<number> = computed(() => c.value + 1, { name: "b" });
  const c: ReadonlySignal<number> = computed(() => closed.value ? a.value : 1, { name: "c" });
  assertEquals(a.value, 3);
  closed.value = true;
  assertThrows(() => a.value, CycleError, "Computed cycle: a -> b -> c -> a");
  closed.value = false;
  assertEquals(a.value, 3);
});

Deno.test("computed() names a cycle of untracked reads", () => {
  const a: ReadonlySignal<number> = computed(() => b.peek(), { name: "a" });
  const b: ReadonlySignal<number> = computed(() => a.peek(), { name: "b" });
  assertThrows(() => a.value, CycleError, "Computed cycle: a -> b -> a");
});

Deno.test("computed() names a cycle that runs through both new and known dependencies", () => {
  const closed = signal(false);
  const skip = signal(true);
  const a: ReadonlySignal<number> = computed(() => skip.value ? 0 : b.value, { name: "a" });
  const b: ReadonlySignal<number> = computed(() => c.value, { name: "b" });
  const c: ReadonlySignal<number> = computed(() => closed.value ? a.value : 1, { name: "c" });
  assertEquals([a.value, b.value], [0, 1]);
  closed.value = true;
  skip.value = false;
  assertThrows(() => a.value, CycleError, "Computed cycle: a -> b -> c -> a");
});

Deno.test("computed() passes on an error that only reads like a cycle", () => {
  const a = computed(() => {
    throw new Error("Cycle detected");
  });
  const error = assertThrows(() => a.value, Error, "Cycle detected");
  assertEquals(error instanceof CycleError, false);
});

Deno.test("computed() throws the error of its function at every read until something changes", () => {
  const n = signal(0);
  let runs = 0;
  const a = computed(() => {
    runs++;
    if (n.value === 0) throw new Error("zero");
    return n.value;
  });
  assertThrows(() => a.value, Error, "zero");
  assertThrows(() => a.value, Error, "zero");
  assertEquals(runs, 1);
  n.value = 1;
  assertEquals(a.value, 1);
});

Deno.test("computed() is a Computed of signals-core, with its name", () => {
  const a = computed(() => 1, { name: "a" });
  assert(a instanceof Computed);
  assertEquals((a as Computed<number>).name, "a");
});

Deno.test("computed() runs only when it is read", () => {
  const n = signal(0);
  let runs = 0;
  const a = computed(() => {
    runs++;
    return n.value;
  });
  n.value = 1;
  n.value = 2;
  assertEquals(runs, 0);
  assertEquals([a.value, a.value, runs], [2, 2, 1]);
});

Deno.test("computed() at the end of a diamond runs once per change, and its effect too", () => {
  const n = signal(1);
  const left = computed(() => n.value + 1);
  const right = computed(() => n.value * 10);
  let runs = 0;
  const both = computed(() => {
    runs++;
    return left.value + right.value;
  });
  const seen: number[] = [];
  effect(() => {
    seen.push(both.value);
  });
  n.value = 2;
  assertEquals([seen, runs], [[12, 23], 2]);
});

Deno.test("computed() drops a dependency that its latest run did not read", () => {
  const which = signal(true);
  const a = signal("a");
  const b = signal("b");
  let runs = 0;
  const picked = computed(() => {
    runs++;
    return which.value ? a.value : b.value;
  });
  effect(() => {
    picked.value;
  });
  which.value = false;
  a.value = "a2";
  assertEquals([runs, picked.value], [2, "b"]);
});

Deno.test("computed() whose value stays equal does not pass a change on", () => {
  const n = signal(1);
  const even = computed(() => n.value % 2 === 0);
  let runs = 0;
  effect(() => {
    even.value;
    runs++;
  });
  n.value = 3;
  assertEquals(runs, 1);
});

Deno.test("computed() runs outside the owner of whoever reads it first", () => {
  const owner = new Owner(null);
  const seen = computed(() => getOwner());
  owner.run(() => {
    assertEquals(seen.value, null);
    assertEquals(getOwner(), owner);
  });
});

Deno.test("computed() that is read in a batch shows what was written", () => {
  const n = signal(1);
  const twice = computed(() => n.value * 2);
  batch(() => {
    n.value = 5;
    assertEquals(twice.value, 10);
  });
});
