/**
 * Effects: when they run, what their runs own, and what happens to their errors.
 *
 * @module
 */

import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  batch,
  effect,
  EffectLoopError,
  EffectTask,
  getOwner,
  onCleanup,
  onMount,
  Owner,
  signal,
} from "../../core/mod.ts";
import { TestScope } from "./_scope.ts";

/** A scope, an owner in it, and a log. */
function session() {
  const scope = new TestScope();
  return { scope, owner: new Owner(null, scope, "Page"), log: [] as string[] };
}

Deno.test("onCleanup() outside a component throws and says where it belongs", () => {
  assertThrows(() => onCleanup(() => {}), Error, "Cannot use onCleanup() outside a component: call it in");
});

Deno.test("onMount() outside a component throws and says where it belongs", () => {
  assertThrows(() => onMount(() => {}), Error, "Cannot use onMount() outside a component: call it in");
});

Deno.test("EffectTask.run() throws what the function throws, and the effect runs again on change", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  owner.run(() =>
    effect(() => {
      onCleanup(() => log.push(`clean ${n.peek()}`));
      if (n.value === 0) throw new Error("zero");
      log.push(`run ${n.value}`);
    })
  );
  assertThrows(() => scope.flush(), Error, "zero");
  assertStrictEquals(getOwner(), null);
  n.value = 1;
  scope.flush();
  assertEquals(log, ["clean 1", "run 1"]);
});

Deno.test("EffectTask.run() reports the error of a cleanup and runs the function nevertheless", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  owner.run(() =>
    effect(() => {
      log.push(`run ${n.value}`);
      return () => {
        throw new Error("no");
      };
    })
  );
  scope.flush();
  n.value = 1;
  scope.flush();
  assertEquals([log, scope.reports], [["run 0", "run 1"], ["cleanup: no"]]);
});

Deno.test("effect() outside a session whose first run throws passes it on and is gone", () => {
  const n = signal(0);
  let runs = 0;
  assertThrows(
    () =>
      effect(() => {
        runs++;
        if (n.value === 0) throw new Error("zero");
      }),
    Error,
    "zero",
  );
  n.value = 1;
  assertEquals(runs, 1);
});

Deno.test("effect() outside a session that never settles ends in an EffectLoopError that names the signal", () => {
  const n = signal(0, { name: "n" });
  assertThrows(() => effect(() => void n.value++), EffectLoopError, "they keep writing to n.");
});

Deno.test("effect() outside a session that throws by itself reaches the writer as it is", () => {
  const n = signal(0);
  const stop = effect(() => {
    if (n.value > 0) throw new Error("Cycle detected");
  });
  const error = assertThrows(() => n.value = 1, Error, "Cycle detected");
  assertEquals([error instanceof EffectLoopError, n.value], [false, 1]);
  stop();
});

Deno.test("effect() in a session waits for the flush, and is queued once until it runs", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  owner.run(() =>
    effect(() => {
      log.push(`run ${n.value}`);
    })
  );
  assertEquals([log, scope.queue.length], [[], 1]);
  scope.flush();
  n.value = 1;
  n.value = 2;
  assertEquals([log, scope.queue.length], [["run 0"], 1]);
  scope.flush();
  assertEquals(log, ["run 0", "run 2"]);
  n.value = 3;
  assertEquals(scope.queue.length, 1);
});

Deno.test("effect() hands the scope tasks that know their owner, kind and name", () => {
  const { scope, owner } = session();
  owner.run(() => {
    effect(() => {}, { name: "save" });
    effect(() => {});
    onMount(() => {});
  });
  assertEquals(scope.queue.map((t) => [t instanceof EffectTask, t.owner === owner, t.kind, t.name]), [
    [true, true, "effect", "save"],
    [true, true, "effect", "(unnamed)"],
    [true, true, "mount", "(unnamed)"],
  ]);
});

Deno.test("effect() that writes what it reads is queued again, not run at once", () => {
  const { scope, owner } = session();
  const n = signal(0);
  let runs = 0;
  owner.run(() =>
    effect(() => {
      runs++;
      if (n.value < 3) n.value++;
    })
  );
  const depths: number[] = [];
  while (scope.queue.length > 0) {
    depths.push(runs);
    scope.flush();
  }
  assertEquals([depths, runs, n.value], [[0, 1, 2, 3], 4, 3]);
});

Deno.test("effect() runs cleanups, the last first, before a run and at the end, with the owner current", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  const stop = owner.run(() =>
    effect(() => {
      const run = n.value;
      onCleanup(() => log.push(`a ${run}`));
      onCleanup(() => log.push(`b ${run} ${getOwner() === owner}`));
      return () => log.push(`returned ${run}`);
    })
  );
  scope.flush();
  n.value = 1;
  scope.flush();
  assertEquals(log, ["returned 0", "b 0 true", "a 0"]);
  stop();
  stop();
  assertEquals(log, ["returned 0", "b 0 true", "a 0", "returned 1", "b 1 true", "a 1"]);
});

Deno.test("effect() does not subscribe to what its cleanup reads", () => {
  const { scope, owner } = session();
  const [n, other] = [signal(0), signal(0)];
  owner.run(() =>
    effect(() => {
      n.value;
      return () => other.value;
    })
  );
  scope.flush();
  n.value = 1;
  scope.flush();
  other.value = 1;
  assertEquals(scope.queue.length, 0);
});

Deno.test("effect() made in an effect lives until the outer one's next run", () => {
  const { scope, owner, log } = session();
  const [outer, inner] = [signal(0), signal(0)];
  owner.run(() =>
    effect(() => {
      const run = outer.value;
      effect(() => {
        log.push(`inner ${run} ${inner.value}`);
        return () => log.push(`gone ${run}`);
      });
    })
  );
  scope.flush();
  scope.flush();
  outer.value = 1;
  scope.flush();
  scope.flush();
  inner.value = 1;
  scope.flush();
  assertEquals(log, ["inner 0 0", "gone 0", "inner 1 0", "gone 1", "inner 1 1"]);
  owner.dispose();
  assertEquals(log.length, 6);
});

Deno.test("effect() that is disposed of while queued or by its own run does not run again", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  const stopQueued = owner.run(() =>
    effect(() => {
      log.push("queued");
    })
  );
  const stopOwn = owner.run(() =>
    effect(() => {
      log.push(`own ${n.value}`);
      stopOwn();
      return () => log.push("own cleanup");
    })
  );
  stopQueued();
  scope.flush();
  n.value = 1;
  scope.flush();
  assertEquals(log, ["own 0", "own cleanup"]);
});

Deno.test("effect() ends with its owner", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  owner.run(() =>
    effect(() => {
      n.value;
      return () => log.push("cleanup");
    })
  );
  scope.flush();
  n.value = 1;
  owner.dispose();
  scope.flush();
  n.value = 2;
  assertEquals([log, scope.queue.length], [["cleanup"], 0]);
});

Deno.test("effect() outside a session runs at once and on every change, until it is ended", () => {
  const log: string[] = [];
  const n = signal(0);
  const stop = effect(() => {
    const value = n.value;
    log.push(`run ${value}`);
    onCleanup(() => log.push(`clean ${value}`));
  });
  n.value = 1;
  batch(() => {
    n.value = 2;
    n.value = 3;
  });
  stop();
  n.value = 4;
  assertEquals(log, ["run 0", "clean 0", "run 1", "clean 1", "run 3", "clean 3"]);
});

Deno.test("effect() outside a session settles when it writes what it reads, within reason", () => {
  const n = signal(0);
  const stop = effect(() => {
    if (n.value < 5) n.value++;
  });
  assertEquals(n.value, 5);
  stop();
});

Deno.test("effect() in an owner without a session runs at once and ends with the owner", () => {
  const owner = new Owner(null);
  const n = signal(0);
  let runs = 0;
  owner.run(() =>
    effect(() => {
      n.value;
      runs++;
    })
  );
  n.value = 1;
  owner.dispose();
  n.value = 2;
  assertEquals(runs, 2);
});

Deno.test("onMount() runs once, in the flush, and follows nothing", () => {
  const { scope, owner, log } = session();
  const n = signal(0);
  owner.run(() =>
    onMount(() => {
      log.push(`mount ${n.value} ${getOwner() === owner}`);
      onCleanup(() => log.push("a"));
      return () => log.push("b");
    })
  );
  assertEquals(log, []);
  scope.flush();
  n.value = 1;
  scope.flush();
  assertEquals(log, ["mount 0 true"]);
  owner.dispose();
  assertEquals(log, ["mount 0 true", "b", "a"]);
});
