/**
 * Helpers of signals: what they do, that they copy, and what they refuse.
 *
 * @module
 */

import { assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { effect, signal } from "../../core/mod.ts";

/** A signal that is typed as having every helper, as untyped code sees it. */
function untyped(value: unknown, name?: string): Record<string, (...args: unknown[]) => void> {
  return signal(value, { name }) as never;
}

Deno.test("helpers throw a TypeError on a value that they do not fit", () => {
  const cases: [string, unknown, string][] = [
    ["inc", "1", "its value is string, expected a number"],
    ["add", null, "its value is null, expected a number"],
    ["clamp", [], "its value is an array, expected a number"],
    ["toggle", 1, "its value is number, expected a boolean"],
    ["append", 1, "its value is number, expected a string"],
    ["push", "a", "its value is string, expected an array"],
    ["removeAt", {}, "its value is object, expected an array"],
    ["setKey", [], "its value is an array, expected a Map or a plain object"],
    ["deleteKey", new Date(), "its value is object, expected a Map or a plain object"],
    ["updateKey", new Set(), "its value is object, expected a Map or a plain object"],
    ["addItem", [], "its value is an array, expected a Set"],
    ["clear", 1, "its value is number, expected a string, an array, a Map or a Set"],
  ];
  for (const [helper, value, message] of cases) {
    assertThrows(
      () => untyped(value, "it")[helper](0, 0),
      TypeError,
      `Cannot call ${helper}() on the signal "it": ${message}`,
    );
  }
});

Deno.test("helpers of arrays throw a RangeError on an index out of range", () => {
  const list = signal(["a", "b"], { name: "list" });
  for (const index of [-1, 2, 0.5, NaN, Infinity, "0" as unknown as number]) {
    assertThrows(
      () => list.removeAt(index),
      RangeError,
      'on the signal "list": expected a whole number from 0 to 1',
    );
    assertThrows(() => list.setAt(index, "x"), RangeError);
    assertThrows(() => list.updateAt(index, (x) => x), RangeError);
    assertThrows(() => list.move(index, 0), RangeError);
    assertThrows(() => list.move(0, index), RangeError);
  }
  assertThrows(() => list.insertAt(3, "x"), RangeError, "Cannot call insertAt(3)");
  assertThrows(() => signal<string[]>([]).removeAt(0), RangeError, "an unnamed signal: the array is empty");
  assertEquals(list.value, ["a", "b"]);
});

Deno.test("clamp() throws a RangeError when min is over max or not a number", () => {
  assertThrows(() => signal(1).clamp(2, 1), RangeError, "Cannot clamp an unnamed signal to 2 to 1");
  assertThrows(() => signal(1).clamp(NaN, 1), RangeError);
});

Deno.test("helpers of numbers calculate", () => {
  const n = signal(10);
  const seen: number[] = [];
  effect(() => {
    seen.push(n.value);
  });
  n.inc();
  n.dec();
  n.add(5);
  n.sub(3);
  n.mul(2);
  n.div(4);
  n.clamp(0, 5);
  n.clamp(7, 8);
  n.clamp(7, 8);
  assertEquals(seen, [10, 11, 10, 15, 12, 24, 6, 5, 7]);
});

Deno.test("toggle() turns a boolean round", () => {
  const open = signal(false);
  open.toggle();
  assertStrictEquals(open.value, true);
  open.toggle();
  assertStrictEquals(open.value, false);
});

Deno.test("helpers of strings add at either end and clear", () => {
  const text = signal("b");
  text.append("c");
  text.prepend("a");
  assertEquals(text.value, "abc");
  text.clear();
  assertEquals(text.value, "");
});

Deno.test("helpers of arrays write a changed copy", () => {
  const cases: [string, (list: ReturnType<typeof make>) => void, string[]][] = [
    ["push", (l) => l.push("d", "e"), ["a", "b", "c", "d", "e"]],
    ["unshift", (l) => l.unshift("x", "y"), ["x", "y", "a", "b", "c"]],
    ["insertAt start", (l) => l.insertAt(0, "x"), ["x", "a", "b", "c"]],
    ["insertAt end", (l) => l.insertAt(3, "x", "y"), ["a", "b", "c", "x", "y"]],
    ["removeAt", (l) => l.removeAt(1), ["a", "c"]],
    ["removeWhere", (l) => l.removeWhere((x, i) => x === "a" || i === 2), ["b"]],
    ["setAt", (l) => l.setAt(2, "x"), ["a", "b", "x"]],
    ["updateAt", (l) => l.updateAt(0, (x) => x + "!"), ["a!", "b", "c"]],
    ["updateWhere", (l) => l.updateWhere((x, i) => x === "a" || i === 2, (x) => x + x), ["aa", "b", "cc"]],
    ["move right", (l) => l.move(0, 2), ["b", "c", "a"]],
    ["move left", (l) => l.move(2, 0), ["c", "a", "b"]],
    ["sort", (l) => l.sort((a, b) => a < b ? 1 : -1), ["c", "b", "a"]],
    ["clear", (l) => l.clear(), []],
  ];
  function make(initial: readonly string[]) {
    return signal([...initial]);
  }
  for (const [name, change, expected] of cases) {
    const list = make(["a", "b", "c"]);
    const before = list.value;
    change(list);
    assertEquals(list.value, expected, name);
    assertEquals(before, ["a", "b", "c"], `${name} changed the array in place`);
  }
});

Deno.test("push() and unshift() keep items that are arrays whole", () => {
  const list = signal<number[][]>([[1]]);
  list.push([2, 3]);
  list.unshift([0]);
  assertEquals(list.value, [[0], [1], [2, 3]]);
});

Deno.test("helpers leave the value as it is when nothing changes", () => {
  const list = signal(["a"]);
  const map = signal(new Map([["k", 1]]));
  const record = signal<{ k: number; o?: number }>({ k: 1 });
  const set = signal(new Set(["a"]));
  const before = [list.value, map.value, record.value, set.value];
  list.push();
  list.unshift();
  list.insertAt(0);
  list.removeWhere(() => false);
  list.setAt(0, "a");
  list.updateAt(0, (x) => x);
  list.updateWhere(() => true, (x) => x);
  list.move(0, 0);
  map.setKey("k", 1);
  map.deleteKey("none");
  map.updateKey("k", () => 1);
  record.setKey("k", 1);
  record.deleteKey("o");
  record.updateKey("k", (x) => x);
  set.addItem("a");
  set.deleteItem("none");
  assertEquals([list.value, map.value, record.value, set.value].map((v, i) => v === before[i]), [
    true,
    true,
    true,
    true,
  ]);
  const empty = signal<string[]>([]);
  const none = empty.value;
  empty.clear();
  assertStrictEquals(empty.value, none);
});

Deno.test("helpers of Maps write a changed copy", () => {
  const map = signal(new Map<string, number>());
  const before = map.value;
  map.setKey("a", 1);
  map.updateKey("a", (n) => (n ?? 0) + 1);
  map.updateKey("b", (n) => (n ?? 10) + 1);
  assertEquals([...map.value], [["a", 2], ["b", 11]]);
  map.deleteKey("a");
  assertEquals([...map.value], [["b", 11]]);
  map.clear();
  assertEquals([map.value.size, before.size], [0, 0]);
  assertNotStrictEquals(map.value, before);
});

Deno.test("setKey() on a Map sets a key to undefined that was not there", () => {
  const map = signal(new Map<string, number | undefined>());
  map.setKey("a", undefined);
  assertEquals(map.value.has("a"), true);
});

Deno.test("helpers of plain objects write a changed copy", () => {
  const user = signal<{ name: string; nick?: string }>({ name: "Ada", nick: "A" });
  const before = user.value;
  user.setKey("name", "Grace");
  user.updateKey("name", (name) => name + "!");
  user.deleteKey("nick");
  assertEquals(user.value, { name: "Grace!" });
  assertEquals(before, { name: "Ada", nick: "A" });
});

Deno.test("helpers of plain objects treat __proto__ and inherited names as ordinary keys", () => {
  const record = signal<Record<string, unknown>>({});
  record.setKey("__proto__", { admin: true });
  record.updateKey("toString", (value) => value ?? "none");
  assertEquals(Object.keys(record.value), ["__proto__", "toString"]);
  assertEquals([record.value.admin, record.value.toString], [undefined, "none"]);
  record.deleteKey("__proto__");
  assertEquals(Object.keys(record.value), ["toString"]);
  assertStrictEquals(Object.getPrototypeOf(record.value), Object.prototype);
});

Deno.test("helpers of plain objects keep a missing prototype missing", () => {
  const record = signal<Record<string, number>>(Object.create(null));
  record.setKey("a", 1);
  assertStrictEquals(Object.getPrototypeOf(record.value), null);
});

Deno.test("helpers of Sets write a changed copy", () => {
  const set = signal(new Set(["a"]));
  const before = set.value;
  set.addItem("b");
  set.toggleItem("a");
  set.toggleItem("c");
  set.deleteItem("b");
  assertEquals([...set.value], ["c"]);
  set.clear();
  assertEquals([set.value.size, before.size], [0, 1]);
});

Deno.test("helpers do not subscribe an effect that calls them", () => {
  const list = signal<number[]>([]);
  let runs = 0;
  effect(() => {
    list.push(++runs);
  });
  list.push(0);
  assertEquals([runs, list.value], [1, [1, 0]]);
});
