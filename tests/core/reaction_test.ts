/**
 * Reactions: they follow and mark, and nothing else.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { Computed, Effect } from "@preact/signals-core";
import { batch, computed, effect, Reaction, signal } from "../../core/mod.ts";

Deno.test("signals-core still has the mangled names that core builds on", () => {
  const hint =
    "signals-core renamed its internals: look up the new names in its mangle.json, then mend core/";
  const effects = Effect.prototype as unknown as Record<string, unknown>;
  assert(typeof effects.c === "function", `Effect._callback is not "c" (core/reaction.ts): ${hint}`);
  assert(typeof effects.S === "function", `Effect._start is not "S" (core/reaction.ts): ${hint}`);
  assert(typeof effects.dispose === "function", `Effect.dispose is gone (core/reaction.ts): ${hint}`);
  const one = signal(0);
  const two = new Computed(() => one.value);
  two.value;
  const { f, s } = two as unknown as { f?: number; s?: { S?: unknown } };
  assert(typeof f === "number", `Computed._flags is not "f" (core/computed.ts): ${hint}`);
  assert(
    s !== undefined && "n" in s && "p" in s,
    `Computed._sources is not "s", "n", "p" (core/computed.ts): ${hint}`,
  );
  assert(s.S === one, `_source of a node is not "S" (core/computed.ts): ${hint}`);

  // The names alone could have come to mean something else.
  const n = signal(0);
  const calls: string[] = [];
  const probe = new Effect(() => {}) as unknown as {
    c: () => void;
    S: () => () => void;
    dispose: () => void;
  };
  probe.c = () => calls.push("callback");
  const end = probe.S();
  n.value;
  end();
  n.value = 1;
  assertEquals(calls, ["callback"], `Effect "S" does not start tracking, or "c" is not called back: ${hint}`);
  probe.dispose();
});

Deno.test("Reaction.track() passes an error on, and still follows what was read before it", () => {
  const n = signal(0);
  let marks = 0;
  const reaction = new Reaction({ mark: () => marks++ });
  assertThrows(
    () =>
      reaction.track(() => {
        n.value;
        throw new Error("no");
      }),
    Error,
    "no",
  );
  n.value = 1;
  assertEquals(marks, 1);
  // Tracking has ended: a read out here subscribes nobody.
  const other = signal(0);
  other.value;
  other.value = 1;
  assertEquals(marks, 1);
  reaction.dispose();
});

Deno.test("Reaction.track() throws when it is called while it tracks", () => {
  const reaction = new Reaction({ mark() {} });
  assertThrows(() => reaction.track(() => reaction.track(() => 1)), Error, "Cycle detected");
  assertEquals(reaction.track(() => 2), 2);
});

Deno.test("Reaction marks on change and runs nothing", () => {
  const n = signal(1);
  let marks = 0;
  let runs = 0;
  const reaction = new Reaction({ mark: () => marks++ });
  const result = reaction.track(() => {
    runs++;
    return n.value * 2;
  });
  assertEquals([result, marks], [2, 0]);
  n.value = 2;
  assertEquals([runs, marks], [1, 1]);
  n.value = 2;
  assertEquals(marks, 1);
});

Deno.test("Reaction marks once per batch, after its end", () => {
  const a = signal(0);
  const b = signal(0);
  let marks = 0;
  const reaction = new Reaction({ mark: () => marks++ });
  reaction.track(() => [a.value, b.value]);
  batch(() => {
    a.value = 1;
    b.value = 1;
    assertEquals(marks, 0);
  });
  assertEquals(marks, 1);
});

Deno.test("Reaction does not mark when a computed between comes to the same value", () => {
  const n = signal(1);
  const sign = computed(() => Math.sign(n.value));
  let marks = 0;
  const reaction = new Reaction({ mark: () => marks++ });
  reaction.track(() => sign.value);
  n.value = 2;
  assertEquals(marks, 0);
  n.value = -1;
  assertEquals(marks, 1);
});

Deno.test("Reaction.track() replaces what was followed before", () => {
  const which = signal(true);
  const a = signal(0);
  const b = signal(0);
  let marks = 0;
  const reaction = new Reaction({ mark: () => marks++ });
  const view = () => which.value ? a.value : b.value;
  reaction.track(view);
  which.value = false;
  reaction.track(view);
  a.value = 1;
  assertEquals(marks, 1);
  b.value = 1;
  assertEquals(marks, 2);
});

Deno.test("Reaction.follows tells whether the latest track() read anything, and nothing after dispose()", () => {
  const [one, on] = [signal(0), signal(false)];
  const reaction = new Reaction({ mark: () => {} });
  assertEquals(reaction.follows, false);
  reaction.track(() => on.value && one.value);
  assertEquals(reaction.follows, true);
  reaction.track(() => one.peek());
  assertEquals(reaction.follows, false);
  assertThrows(() =>
    reaction.track(() => {
      throw new Error(`no ${one.value}`);
    })
  );
  assertEquals(reaction.follows, true);
  reaction.dispose();
  assertEquals(reaction.follows, false);
});

Deno.test("Reaction.track() batches writes, and marks when it wrote what it had read", () => {
  const n = signal(0);
  const seen: number[] = [];
  effect(() => {
    seen.push(n.value);
  });
  let marks = 0;
  const reaction = new Reaction({ mark: () => marks++ });
  reaction.track(() => {
    n.value;
    n.value = 1;
    n.value = 2;
    assertEquals(seen, [0]);
  });
  assertEquals([seen, marks], [[0, 2], 1]);
  reaction.track(() => n.value);
  n.value = 3;
  assertEquals([seen, marks], [[0, 2, 3], 2]);
});

Deno.test("Reaction.track() nests in another's and keeps their reads apart", () => {
  const a = signal(0);
  const b = signal(0);
  const marks: string[] = [];
  const outer = new Reaction({ mark: () => marks.push("outer") });
  const inner = new Reaction({ mark: () => marks.push("inner") });
  outer.track(() => {
    a.value;
    inner.track(() => b.value);
  });
  b.value = 1;
  a.value = 1;
  assertEquals(marks, ["inner", "outer"]);
});

Deno.test("Reaction.dispose() ends marks for good, also when called within track() or a batch", () => {
  const n = signal(0);
  let marks = 0;
  const one = new Reaction({ mark: () => marks++ });
  one.track(() => n.value);
  one.dispose();
  one.dispose();
  n.value = 1;
  assertEquals(one.track(() => n.value), 1);
  n.value = 2;

  const two = new Reaction({ mark: () => marks++ });
  two.track(() => {
    n.value;
    two.dispose();
  });
  n.value = 3;

  const three = new Reaction({ mark: () => marks++ });
  three.track(() => n.value);
  batch(() => {
    n.value = 4;
    three.dispose();
  });
  assertEquals(marks, 0);
});
