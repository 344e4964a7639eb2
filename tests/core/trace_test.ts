/**
 * Traces of writes: names for the message about effects that do not settle.
 *
 * @module
 */

import { assertEquals, assertThrows } from "@std/assert";
import { EffectLoopError, recentWrites, signal, traceWrites } from "../../core/mod.ts";

Deno.test("traceWrites() passes an error on, recentWrites() then has the names, and tracing is over", () => {
  const a = signal(0, { name: "a" });
  const b = signal(0, { name: "b" });
  assertThrows(
    () =>
      traceWrites(() => {
        a.value = 1;
        throw new Error("no");
      }),
    Error,
    "no",
  );
  b.value = 1;
  assertEquals(recentWrites(), ["a"]);
});

Deno.test("traceWrites() names each changed signal once, by its latest write", () => {
  const a = signal(0, { name: "a" });
  const b = signal([1], { name: "b" });
  const c = signal("");
  const untouched = signal(NaN, { name: "untouched" });
  const { value, names } = traceWrites(() => {
    a.value = 1;
    b.push(2);
    c.append("x");
    a.value = 2;
    untouched.value = NaN;
    return "done";
  });
  assertEquals([value, names], ["done", ["b", "(unnamed)", "a"]]);
});

Deno.test("traceWrites() leaves out a write of the value that is there", () => {
  const a = signal("same", { name: "a" });
  assertEquals(traceWrites(() => a.value = "same").names, []);
});

Deno.test("traceWrites() nests: the outer trace has the names of the inner one", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => signal(0, { name }));
  let inner: string[] = [];
  const { names } = traceWrites(() => {
    a.inc();
    inner = traceWrites(() => b.inc()).names;
    c.inc();
  });
  assertEquals([inner, names], [["b"], ["a", "b", "c"]]);
});

Deno.test("traceWrites() keeps the newest 64 names", () => {
  const signals = Array.from({ length: 70 }, (_, i) => signal(0, { name: `s${i}` }));
  const { names } = traceWrites(() => signals.forEach((s) => s.inc()));
  assertEquals([names.length, names[0], names[63]], [64, "s6", "s69"]);
});

Deno.test("EffectLoopError names the signals", () => {
  const error = new EffectLoopError(["a", "(unnamed)"]);
  assertEquals([error.name, error.code, error.signals], ["EffectLoopError", "E030", ["a", "(unnamed)"]]);
  assertEquals(
    error.message,
    "Effects do not settle: they keep writing to a, (unnamed). " +
      "Read with peek() or untracked() what an effect also writes, or write only when the value differs",
  );
  assertEquals(
    new EffectLoopError(["a"], true).message,
    "Views or effects do not settle: they keep writing to a. " +
      "Read with peek() or untracked() what they also write, or write only when the value differs. " +
      "If it is an event handler, pass the function itself: onClick: save, not onClick: save()",
  );
  assertEquals(new EffectLoopError([]).message.includes("(none recorded)"), true);
});
