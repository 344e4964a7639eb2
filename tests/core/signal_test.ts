/**
 * Signals: equality, notification, and their place in snapshots.
 *
 * @module
 */

import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { batch, computed, effect, Owner, runWithOwner, Signal, signal, untracked } from "../../core/mod.ts";
import { saved, TestScope } from "./_scope.ts";

/** Counts how often the signals that `read` reads have notified. */
function runsOf(read: () => unknown): () => number {
  let runs = -1;
  effect(() => {
    read();
    runs++;
  });
  return () => runs;
}

Deno.test("signal() throws when a key is used twice in one component", () => {
  const owner = new Owner(null, null, "Cart");
  owner.run(() => {
    signal(1, { name: "total" });
    assertThrows(
      () => signal(2, { key: "total" }),
      Error,
      'Cannot register two signals with the key "total" in Cart',
    );
  });
});

Deno.test("signal() refuses a key with a leading #, which unnamed signals use", () => {
  new Owner(null, null, "Cart").run(() => {
    assertThrows(() => signal(1, { key: "#0" }), Error, 'Cannot use the key "#0" in Cart');
  });
});

Deno.test("signal() refuses and reports restored values of another shape", () => {
  const cases: [unknown, unknown, string][] = [
    [0, "1", "string, expected number"],
    ["a", 1, "number, expected string"],
    [[], {}, "plain object, expected Array"],
    [{}, [], "Array, expected plain object"],
    [new Map(), {}, "plain object, expected Map"],
    [new Set(), new Map(), "Map, expected Set"],
    [new Date(0), 0, "number, expected Date"],
    [1n, 1, "number, expected bigint"],
    [new Uint8Array(1), new Int8Array(1), "Int8Array, expected Uint8Array"],
  ];
  for (const [initial, value, message] of cases) {
    const scope = new TestScope();
    scope.saved.set("Page it", value);
    const made = new Owner(null, scope, "Page").run(() => signal(initial, { name: "it" }));
    assertStrictEquals(made.value, initial);
    assertEquals(scope.reports, [`restore: Cannot restore "it" of Page: its snapshot is ${message}`]);
  }
});

Deno.test("signal() starts with a restored value of the same shape", () => {
  for (const [initial, value] of [[0, 7], ["a", ""], [[], [1]], [new Set(), new Set([1])], [true, false]]) {
    const scope = new TestScope();
    scope.saved.set("Page it", value);
    const made = new Owner(null, scope, "Page").run(() => signal<unknown>(initial, { name: "it" }));
    assertStrictEquals(made.value, value);
    assertEquals(scope.reports, []);
  }
});

Deno.test("signal() takes anything restored where the initial value is null or undefined", () => {
  for (const initial of [null, undefined]) {
    const scope = new TestScope();
    scope.saved.set("Page it", { id: 1 });
    const made = new Owner(null, scope, "Page").run(() => signal<unknown>(initial, { name: "it" }));
    assertEquals(made.value, { id: 1 });
  }
});

Deno.test("signal() takes a restored null where the initial value is not null", () => {
  const scope = new TestScope();
  scope.saved.set("Page user", null);
  const user = new Owner(null, scope, "Page").run(() => signal<string | null>("ada", { name: "user" }));
  assertStrictEquals(user.value, null);
  assertEquals(scope.reports, []);
});

Deno.test("signal() registers under its key, else its name, else its ordinal among the unnamed", () => {
  const owner = new Owner(null, null, "Page");
  owner.run(() => {
    signal(1);
    signal(2, { name: "two" });
    signal(3);
    signal(4, { name: "four", key: "f" });
  });
  assertEquals(saved(owner), [["#0", 1], ["two", 2], ["#1", 3], ["f", 4]]);
});

Deno.test("signal() leaves transient signals out of snapshots and of the ordinals", () => {
  const owner = new Owner(null, null, "Page");
  owner.run(() => {
    signal(1, { transient: true });
    signal(2);
  });
  assertEquals(saved(owner), [["#0", 2]]);
});

Deno.test("signal() registers nowhere outside a setup: not in an effect, a view, a computed or another owner's run", () => {
  const owner = new Owner(null, null, "Page");
  owner.run(() => {
    effect(() => {
      signal(1);
    });
    computed(() => signal(2)).peek();
    new Owner(owner).run(() => signal(3));
  });
  runWithOwner(owner, () => signal(4));
  signal(5);
  assertEquals(saved(owner), []);
});

Deno.test("signal() saves the newest value, without subscribing", () => {
  const owner = new Owner(null);
  const made = owner.run(() => signal(1));
  made.value = 2;
  const runs = runsOf(() => saved(owner));
  made.value = 3;
  assertEquals(saved(owner), [["#0", 3]]);
  assertEquals(runs(), 0);
});

Deno.test("signal() is a Signal of signals-core with its brand", () => {
  const made = signal(1, { name: "it" });
  assert(made instanceof Signal);
  assertStrictEquals<unknown>(made.brand, Symbol.for("preact-signals"));
  assertEquals([made.name, `${made}`, JSON.stringify({ made })], ["it", "1", '{"made":1}']);
});

Deno.test("signal() does not notify when an equal value is written, NaN included", () => {
  for (const value of [1, "a", null, undefined, NaN, 0, -0, true]) {
    const made = signal<unknown>(value);
    const runs = runsOf(() => made.value);
    made.value = value;
    assertEquals(runs(), 0, String(value));
  }
});

Deno.test("signal() notifies when 0 becomes -0 and back", () => {
  const made = signal(0);
  const runs = runsOf(() => made.value);
  made.value = -0;
  assertStrictEquals(Object.is(made.value, -0), true);
  assertStrictEquals(Object.is(made.peek(), -0), true);
  made.value = 0;
  assertStrictEquals(Object.is(made.value, 0), true);
  assertEquals(runs(), 2);
});

Deno.test("signal() ignores a write that the given equals calls equal", () => {
  const made = signal({ id: 1, at: 1 }, { equals: (a, b) => a.id === b.id });
  const runs = runsOf(() => made.value);
  made.value = { id: 1, at: 2 };
  assertEquals([runs(), made.value.at], [0, 1]);
  made.value = { id: 2, at: 3 };
  assertEquals([runs(), made.value.at], [1, 3]);
});

Deno.test("signal() does not subscribe a writer to what the given equals reads", () => {
  const other = signal(0);
  const made = signal(0, { equals: (a, b) => a === b && other.value >= 0 });
  const runs = runsOf(() => made.value = 1);
  other.value++;
  assertEquals(runs(), 0);
});

Deno.test("signal() notifies for the same object when equals says it differs, in a batch too", () => {
  const list: number[] = [];
  const made = signal(list, { equals: () => false });
  const lengths: number[] = [];
  effect(() => {
    lengths.push(made.value.length);
  });
  list.push(1);
  made.value = list;
  batch(() => {
    list.push(2);
    made.value = list;
  });
  assertEquals(lengths, [0, 1, 2]);
  assertStrictEquals(made.value, list);
});

Deno.test("signal() subscribes a reader once, however often it reads", () => {
  const made = signal(0);
  const runs = runsOf(() => [made.value, made.value, made.value]);
  made.value = 1;
  assertEquals(runs(), 1);
});

Deno.test("signal() subscribes nobody through peek() and untracked()", () => {
  const made = signal(0);
  const runs = runsOf(() => [made.peek(), untracked(() => made.value)]);
  made.value = 1;
  assertEquals(runs(), 0);
});

Deno.test("set() and update() write, and do not subscribe", () => {
  const made = signal(1);
  const runs = runsOf(() => made.update((value) => value));
  made.set(5);
  made.update((value) => value * 2);
  assertEquals([made.value, runs()], [10, 0]);
});

Deno.test("batch() notifies once at the end of the outermost batch, and not at all for a value that came back", () => {
  const a = signal(0);
  const b = signal(0);
  const runs = runsOf(() => [a.value, b.value]);
  batch(() => {
    a.value = 1;
    batch(() => {
      b.value = 1;
      a.value = 2;
    });
    assertEquals([runs(), a.value], [0, 2]);
  });
  assertEquals(runs(), 1);
  batch(() => {
    a.value = 9;
    a.value = 2;
  });
  assertEquals(runs(), 1);
});

Deno.test("signal() numbers the repeats of a name, so that a function that makes one may be called twice", () => {
  const owner = new Owner(null, null, "Form");
  const field = () => signal("", { name: "value" });
  owner.run(() => [field(), field(), field()]);
  const keys: string[] = [];
  owner.snapshot((key) => keys.push(key));
  assertEquals(keys, ["value", "value~2", "value~3"]);
});
