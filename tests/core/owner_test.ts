/**
 * Owners: the order in which things end, what a disposed owner does, and what it keeps.
 *
 * @module
 */

import { assertEquals, assertLessOrEqual, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  effect,
  getOwner,
  onCleanup,
  onMount,
  Owner,
  runWithOwner,
  signal,
  whenRejected,
} from "../../core/mod.ts";
import { saved, TestScope } from "./_scope.ts";

Deno.test("Owner.dispose() reports errors of cleanups and goes on with the rest", () => {
  const scope = new TestScope();
  const log: string[] = [];
  const fail = (name: string) => () => {
    log.push(name);
    throw new Error(name);
  };
  const root = new Owner(null, scope);
  const child = new Owner(root);
  child.onCleanup(() => log.push("child 1"));
  child.onCleanup(fail("child 2"));
  root.run(() => effect(() => fail("effect")));
  scope.flush();
  root.onCleanup(() => log.push("root 1"));
  root.onCleanup(fail("root 2"));
  root.dispose();
  assertEquals(log, ["child 2", "child 1", "effect", "root 2", "root 1"]);
  assertEquals(scope.reports, ["cleanup: child 2", "cleanup: effect", "cleanup: root 2"]);
});

Deno.test("Owner.dispose() without a scope throws the error of a cleanup after all have run", () => {
  const log: string[] = [];
  const owner = new Owner(null);
  owner.onCleanup(() => log.push("last"));
  owner.onCleanup(() => {
    throw new Error("no");
  });
  assertThrows(() => owner.dispose(), Error, "no");
  assertEquals(log, ["last"]);
});

Deno.test("Owner.dispose() without a scope throws several errors as one AggregateError", () => {
  const root = new Owner(null);
  for (const name of ["a", "b", "c"]) {
    new Owner(root).onCleanup(() => {
      throw new Error(name);
    });
  }
  const error = assertThrows(() => root.dispose(), AggregateError, "Cleanups failed");
  assertEquals(error.errors.map((e: Error) => e.message), ["c", "b", "a"]);
});

Deno.test("Owner.run() and runWithOwner() put back what was current when the function throws", () => {
  const outer = new Owner(null);
  outer.run(() => {
    assertThrows(() =>
      new Owner(outer).run(() => {
        throw new Error("no");
      })
    );
    assertThrows(() =>
      runWithOwner(null, () => {
        throw new Error("no");
      })
    );
    assertStrictEquals(getOwner(), outer);
    signal(1); // a setup still
  });
  assertStrictEquals(getOwner(), null);
  assertEquals(saved(outer), [["#0", 1]]);
});

Deno.test("Owner.dispose() ends children newest first, then effects newest first, then cleanups in reverse", () => {
  const scope = new TestScope();
  const log: string[] = [];
  const root = new Owner(null, scope);
  root.run(() => {
    onCleanup(() => log.push("cleanup 1"));
    effect(() => () => log.push("effect 1"));
    new Owner(root).run(() => onCleanup(() => log.push("child 1")));
    onMount(() => () => log.push("mount"));
    new Owner(root).run(() => {
      onCleanup(() => log.push("child 2"));
      new Owner(getOwner()).onCleanup(() => log.push("grandchild"));
    });
    effect(() => () => log.push("effect 2"));
    onCleanup(() => log.push("cleanup 2"));
  });
  scope.flush();
  root.dispose();
  assertEquals(log, [
    "grandchild",
    "child 2",
    "child 1",
    "effect 2",
    "mount",
    "effect 1",
    "cleanup 2",
    "cleanup 1",
  ]);
});

Deno.test("Owner.dispose() does its work once", () => {
  let runs = 0;
  const owner = new Owner(null);
  owner.onCleanup(() => {
    runs++;
    owner.dispose();
  });
  owner.dispose();
  owner.dispose();
  assertEquals([runs, owner.disposed], [1, true]);
});

Deno.test("Owner.dispose() takes it out of its parent, wherever it stands among its siblings", () => {
  for (const gone of [0, 1, 2]) {
    const root = new Owner(null);
    const children = ["a", "b", "c"].map((name) => new Owner(root, null, name));
    children[gone].dispose();
    const left: string[] = [];
    root.children((child) => left.push(child.name));
    assertEquals(left, ["a", "b", "c"].filter((_, i) => i !== gone));
  }
});

Deno.test("Owner.dispose() copes with cleanups that dispose of siblings and parents, and that make new owners", () => {
  const log: string[] = [];
  const root = new Owner(null);
  const [a, b, c] = ["a", "b", "c"].map((name) => new Owner(root, null, name));
  for (const child of [a, b, c]) child.onCleanup(() => log.push(child.name));
  c.onCleanup(() => {
    b.dispose();
    root.dispose();
    new Owner(root).onCleanup(() => log.push("late"));
  });
  root.onCleanup(() => log.push("root"));
  root.dispose();
  assertEquals(log, ["b", "late", "c", "a", "root"]);
});

Deno.test("Owner that is disposed runs new cleanups at once and ignores all else", () => {
  const scope = new TestScope();
  const log: string[] = [];
  const owner = new Owner(null, scope);
  owner.dispose();
  owner.run(() => {
    onCleanup(() => log.push("cleanup"));
    effect(() => {
      log.push("effect");
    });
    onMount(() => {
      log.push("mount");
    });
    signal(1);
    owner.own({ dispose: () => log.push("own") });
    owner.provide({}, 1);
    new Owner(owner).onCleanup(() => log.push("child"));
  });
  scope.flush();
  assertEquals(log, ["cleanup", "own", "child"]);
  assertEquals(saved(owner), []);
});

Deno.test("Owner.onCleanup() runs with the owner current and untracked", () => {
  const n = signal(0);
  const owner = new Owner(null);
  let seen: Owner | null = null;
  owner.onCleanup(() => {
    n.value;
    seen = getOwner();
  });
  let runs = 0;
  const stop = effect(() => {
    runs++;
    owner.dispose();
  });
  n.value = 1;
  assertStrictEquals(seen, owner);
  assertEquals(runs, 1);
  stop();
});

Deno.test("Owner has its parent's scope unless it is given one", () => {
  const [one, two] = [new TestScope(), new TestScope()];
  const root = new Owner(null, one, "Root");
  assertStrictEquals(new Owner(root).scope, one);
  assertStrictEquals(new Owner(root, two).scope, two);
  assertStrictEquals(new Owner(null).scope, null);
  assertEquals([root.name, new Owner(root).name], ["Root", "(unnamed)"]);
});

Deno.test("Owner.run() does not subscribe whoever calls it", () => {
  const n = signal(0);
  let runs = 0;
  const stop = effect(() => {
    runs++;
    new Owner(null).run(() => n.value);
  });
  n.value = 1;
  assertEquals(runs, 1);
  stop();
});

Deno.test("runWithOwner() makes an owner current and leaves tracking as it is", () => {
  const owner = new Owner(null);
  const n = signal(0);
  let runs = 0;
  const stop = effect(() => {
    runs++;
    runWithOwner(owner, () => {
      assertStrictEquals(getOwner(), owner);
      n.value;
    });
  });
  n.value = 1;
  assertEquals(runs, 2);
  stop();
});

Deno.test("Owner.disown() forgets a thing, and ignores one that it does not have", () => {
  const log: string[] = [];
  const owner = new Owner(null);
  const [a, b] = ["a", "b"].map((name) => ({ dispose: () => log.push(name) }));
  owner.own(a);
  owner.own(b);
  owner.disown(a);
  owner.disown(a);
  owner.dispose();
  assertEquals(log, ["b"]);
});

Deno.test("Owner.dispose() keeps its order in any tree, whatever was disposed of before", () => {
  const step = fc.record({ at: fc.nat(30), dispose: fc.boolean() });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    interface Model {
      id: number;
      owner: Owner;
      children: Model[];
      gone: boolean;
    }
    const log: number[] = [];
    const make = (id: number, parent: Owner | null): Model => {
      const owner = new Owner(parent);
      owner.onCleanup(() => log.push(id));
      return { id, owner, children: [], gone: false };
    };
    const expected = (node: Model): number[] => {
      if (node.gone) return [];
      node.gone = true;
      return [...node.children.toReversed().flatMap(expected), node.id];
    };
    const all = [make(0, null)];
    for (const { at, dispose } of steps) {
      const node = all[at % all.length];
      if (dispose && node !== all[0]) {
        log.length = 0;
        const order = expected(node);
        node.owner.dispose();
        assertEquals(log, order);
      } else if (!node.gone) {
        const child = make(all.length, node.owner);
        node.children.push(child);
        all.push(child);
      }
    }
    log.length = 0;
    const order = expected(all[0]);
    all[0].owner.dispose();
    assertEquals(log, order);
  }));
});

Deno.test("Owner.dispose() of one among very many siblings does not look at the others", () => {
  const root = new Owner(null);
  const children = Array.from({ length: 200_000 }, () => new Owner(root));
  const start = performance.now();
  for (const child of children) child.dispose(); // a scan of the siblings would take minutes
  assertLessOrEqual(performance.now() - start, 5_000);
});

Deno.test("whenRejected() takes what a promise is rejected with, and runs no query that is sent when it is awaited", async () => {
  const taken: unknown[] = [];
  let sent = 0;
  class Query extends Promise<number> {
    override then(): never {
      sent++;
      throw new Error("sent");
    }
  }
  whenRejected(Promise.reject(new Error("no")), (error) => taken.push(String(error)));
  whenRejected({ then: () => void sent++ }, (error) => taken.push(error));
  whenRejected(new Query((resolve) => resolve(1)), (error) => taken.push(error));
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals([taken, sent], [["Error: no"], 0]);
});
