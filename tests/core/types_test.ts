/**
 * Types of core: what the compiler must accept, and (each `@ts-expect-error`) what it must refuse. Checked, hardly run.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  computed,
  createContext,
  effect,
  provide,
  type ReadonlySignal,
  resource,
  signal,
} from "../../core/mod.ts";
import type { WritableSignal } from "../../core/mod.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles only when the two types are the same. */
function same<A, B>(_same: Same<A, B>): void {}

/** Is only checked. */
function unused(_fn: () => void): void {}

Deno.test("signal() widens literals and shows helpers only where they fit", () => {
  const n = signal(0);
  const s = signal("a");
  const b = signal(false);
  same<typeof n, WritableSignal<number>>(true);
  same<typeof s, WritableSignal<string>>(true);
  same<typeof b, WritableSignal<boolean>>(true);

  unused(() => {
    n.inc();
    // @ts-expect-error a number has no toggle
    n.toggle();
    // @ts-expect-error a number has no push
    n.push(1);
    // @ts-expect-error not a number
    n.value = "a";
    // @ts-expect-error not a number
    n.set("a");

    b.toggle();
    // @ts-expect-error a boolean has no inc
    b.inc();

    s.append("b");
    s.clear();
    // @ts-expect-error a string has no removeAt
    s.removeAt(0);
    // @ts-expect-error append takes text
    s.append(1);

    const list = signal([1]);
    list.push(2);
    list.clear();
    // @ts-expect-error an array of numbers takes no string
    list.push("a");
    // @ts-expect-error an array has no setKey
    list.setKey("a", 1);

    const fixed = signal<readonly string[]>([]);
    fixed.push("a");

    const map = signal(new Map<string, number>());
    map.setKey("a", 1);
    map.updateKey("a", (v: number | undefined) => (v ?? 0) + 1);
    // @ts-expect-error a value of the Map is a number
    map.setKey("a", "b");
    // @ts-expect-error a Map has no addItem
    map.addItem("a");

    const set = signal(new Set<string>());
    set.toggleItem("a");
    // @ts-expect-error an item is a string
    set.addItem(1);

    interface User {
      name: string;
      nick?: string;
    }
    const user = signal<User>({ name: "Ada" });
    user.setKey("name", "Grace");
    user.deleteKey("nick");
    // @ts-expect-error the name is a string
    user.setKey("name", 1);
    // @ts-expect-error the name is not optional
    user.deleteKey("name");
    // @ts-expect-error no such key
    user.setKey("age", 1);

    const counts = signal<Record<string, number>>({});
    counts.deleteKey("any");
  });
});

Deno.test("signal() shows no helpers for unions, literals, tuples, dates, any and unknown", () => {
  unused(() => {
    const maybe = signal<string | null>(null);
    maybe.set("a");
    maybe.update((v) => v);
    // @ts-expect-error it may be null
    maybe.append("a");
    // @ts-expect-error append could leave the union
    signal<"a" | "b">("a").append("c");
    // @ts-expect-error inc could leave the union
    signal<1 | 2>(1).inc();
    // @ts-expect-error push would change the length of the tuple
    signal<[number, number]>([1, 2]).push(3);
    // @ts-expect-error a Date has no keys to set
    signal(new Date()).setKey("getTime", () => 0);
    // @ts-expect-error unknown may be anything
    signal<unknown>(1).inc();
    // @ts-expect-error true alone has no toggle
    signal<true>(true).toggle();
  });
});

Deno.test("computed() is read-only, and signals are accepted where one may only read", () => {
  const n = signal(1);
  const readable: ReadonlySignal<number> = n;
  const twice = computed(() => readable.value * 2);
  unused(() => {
    // @ts-expect-error a computed cannot be written
    twice.value = 3;
    // @ts-expect-error a computed has no helpers
    twice.inc();
  });
  assertEquals(twice.value, 2);
});

Deno.test("signal() keeps its type in generic code", () => {
  function remember<T>(value: T): WritableSignal<T> {
    const made = signal(value);
    made.set(value);
    made.value = value;
    return made;
  }
  const made = remember([1]);
  made.push(2);
  assertEquals(made.value, [1, 2]);
});

Deno.test("effect() refuses async functions and results that are no cleanup", () => {
  unused(() => {
    // @ts-expect-error an async function returns no cleanup
    effect(async () => {});
    // @ts-expect-error a number is no cleanup
    effect(() => 1);
  });
});

Deno.test("provide() and resource() are typed by their value", () => {
  unused(() => {
    const Theme = createContext("light");
    provide(Theme, "dark");
    // @ts-expect-error the context is of strings
    provide(Theme, 1);
    const user = resource(() => Promise.resolve({ id: 1 }));
    same<typeof user.value, { id: number } | undefined>(true);
    same<ReturnType<typeof user.read>, { id: number }>(true);
    // @ts-expect-error the value is an object
    user.mutate("a");
    resource(({ source }) => source.length, { source: () => "abc" });
  });
});
