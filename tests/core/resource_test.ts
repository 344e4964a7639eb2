/**
 * Resources: one fetch, the newest wins, and nothing is fetched that a snapshot holds.
 *
 * @module
 */

import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { effect, getOwner, Owner, resource, type ResourceOptions, signal } from "../../core/mod.ts";
import { saved, TestScope } from "./_scope.ts";

/** A component with one resource whose fetches are settled by hand. */
function setup(options: ResourceOptions<string, unknown> = {}, scope: TestScope = new TestScope()) {
  const owner = new Owner(null, scope, "Page");
  const fetches: {
    resolve: (v: string) => void;
    reject: (e: unknown) => void;
    signal: AbortSignal;
    source: unknown;
  }[] = [];
  const data = owner.run(() =>
    resource<string, unknown>(
      ({ signal, source }) =>
        new Promise((resolve, reject) => fetches.push({ resolve, reject, signal, source })),
      options,
    )
  );
  return { owner, scope, fetches, data, aborted: () => fetches.map((f) => f.signal.aborted) };
}

/** Lets promises that are settled take effect. */
function tick(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}

/** Whether a promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(() => settled = true);
  await tick();
  return settled;
}

Deno.test("resource() outside a component throws and says where it belongs", () => {
  assertThrows(
    () => resource(() => 1),
    Error,
    "Cannot make a resource outside a component: call resource() in",
  );
});

Deno.test("resource() throws when its key is taken", () => {
  new Owner(null, null, "Page").run(() => {
    signal(1, { name: "user" });
    assertThrows(() => resource(() => 1, { key: "user" }), Error, 'with the key "user" in Page');
  });
});

Deno.test("resource() keeps a rejection in error, reports it once, and read() throws it", async () => {
  const { scope, fetches, data } = setup();
  const failure = new Error("down");
  fetches[0].reject(failure);
  await tick();
  assertEquals([data.state, data.value, data.error], ["error", undefined, failure]);
  assertEquals(scope.reports, ["resource: down"]);
  assertStrictEquals(assertThrows(() => data.read()), failure);
});

Deno.test("resource() treats a fetcher that throws, and a source that throws, like a rejection", () => {
  const scope = new TestScope();
  const broken = signal(true);
  const [one, two] = new Owner(null, scope).run(() => [
    resource(() => {
      throw new Error("fetcher");
    }),
    resource(() => "ok", {
      source: () => {
        if (broken.value) throw new Error("source");
      },
    }),
  ]);
  assertEquals([one.state, two.state], ["error", "error"]);
  assertEquals(scope.reports, ["resource: fetcher", "resource: source"]);
  assertEquals(scope.waits, []);
  broken.value = false;
  scope.flush();
  assertEquals([two.state, two.value, two.error], ["ready", "ok", undefined]);
});

Deno.test("resource() whose source throws drops the fetch under way", async () => {
  const broken = signal(false);
  const { scope, fetches, data, aborted } = setup({
    source: () => {
      if (broken.value) throw new Error("source");
    },
  });
  broken.value = true;
  scope.flush();
  fetches[0].resolve("late");
  await scope.waits[0];
  assertEquals([data.state, data.value, aborted()], ["error", undefined, [true]]);
});

Deno.test("resource() reports an error of an effect outside the session that follows it", async () => {
  const { scope, fetches, data } = setup();
  const stop = effect(() => {
    if (data.value !== undefined) throw new Error("follower");
  });
  fetches[0].resolve("a");
  await tick();
  assertEquals([data.state, scope.reports], ["ready", ["effect: follower"]]);
  stop();
});

Deno.test("resource() that is pending: read() throws and says so", () => {
  assertThrows(
    () => setup({ name: "user" }).data.read(),
    Error,
    "Cannot read the resource user: it is pending",
  );
});

Deno.test("resource() starts in setup, and the first render waits for it", async () => {
  const { scope, fetches, data } = setup();
  assertEquals([fetches.length, data.state, data.value, scope.waits.length], [1, "pending", undefined, 1]);
  assertEquals(await isSettled(scope.waits[0]), false);
  fetches[0].resolve("a");
  await scope.waits[0];
  assertEquals([data.state, data.value, data.read()], ["ready", "a", "a"]);
});

Deno.test("resource() whose first fetch fails lets the first render go on", async () => {
  const { scope, fetches } = setup();
  fetches[0].reject(new Error("down"));
  await scope.waits[0];
});

Deno.test("resource() with a fetcher that returns a value is ready at once and waits for nothing", () => {
  const scope = new TestScope();
  const data = new Owner(null, scope).run(() => resource(() => 5));
  assertEquals([data.state, data.value, scope.waits.length], ["ready", 5, 0]);
});

Deno.test("resource() with an initial value is refreshing until the first fetch is done", async () => {
  const { scope, fetches, data } = setup({ initial: "old" });
  assertEquals([data.state, data.read(), scope.waits.length], ["refreshing", "old", 1]);
  fetches[0].resolve("new");
  await tick();
  assertEquals([data.state, data.read()], ["ready", "new"]);
});

Deno.test("resource() getters notify, each for its own", async () => {
  const { fetches, data } = setup();
  const states: string[] = [];
  const values: unknown[] = [];
  const stops = [
    effect(() => {
      states.push(data.state);
    }),
    effect(() => {
      values.push(data.value);
    }),
  ];
  fetches[0].resolve("a");
  await tick();
  data.refetch();
  fetches[1].resolve("a");
  await tick();
  assertEquals(states, ["pending", "ready", "refreshing", "ready"]);
  assertEquals(values, [undefined, "a"]);
  stops.forEach((stop) => stop());
});

Deno.test("resource().refetch() fetches again, keeps the value meanwhile, and resolves when settled", async () => {
  const { fetches, data } = setup();
  fetches[0].resolve("a");
  await tick();
  const done = data.refetch();
  assertEquals([data.state, data.value], ["refreshing", "a"]);
  assertEquals(await isSettled(done), false);
  fetches[1].reject(new Error("down"));
  await done;
  assertEquals([data.state, data.value], ["error", "a"]);
  const again = data.refetch();
  assertEquals([data.state, data.error], ["refreshing", undefined]);
  fetches[2].resolve("b");
  await again;
  assertEquals([data.state, data.value], ["ready", "b"]);
});

Deno.test("resource() is pending again when it is refetched after a first fetch that failed", async () => {
  const { fetches, data } = setup();
  fetches[0].reject(new Error("down"));
  await tick();
  data.refetch();
  assertEquals([data.state, data.error], ["pending", undefined]);
});

Deno.test("resource() aborts a superseded fetch and drops its result, whichever comes first", async () => {
  const { scope, fetches, data, aborted } = setup();
  const second = data.refetch();
  assertEquals(aborted(), [true, false]);
  fetches[0].resolve("old");
  await tick();
  assertEquals([data.state, await isSettled(scope.waits[0])], ["pending", false]);
  fetches[1].resolve("new");
  await Promise.all([second, scope.waits[0]]);
  assertEquals([data.state, data.value], ["ready", "new"]);

  data.refetch();
  data.refetch();
  fetches[3].resolve("newest");
  await tick();
  fetches[2].reject(new DOMException("aborted", "AbortError"));
  await tick();
  assertEquals([data.state, data.value, scope.reports], ["ready", "newest", []]);
});

Deno.test("resource().mutate() sets the value and drops the fetch under way", async () => {
  const { scope, fetches, data, aborted } = setup();
  data.mutate("mine");
  await scope.waits[0];
  assertEquals([data.state, data.value, aborted()], ["ready", "mine", [true]]);
  fetches[0].resolve("late");
  await tick();
  assertEquals(data.value, "mine");
});

Deno.test("resource() fetches again in the flush when its source changed, with the new source", async () => {
  const id = signal(1);
  const { scope, fetches, data, aborted } = setup({ source: () => id.value });
  assertEquals(fetches.map((f) => f.source), [1]);
  id.value = 2;
  id.value = 3;
  assertEquals(fetches.length, 1);
  scope.flush();
  assertEquals([fetches.map((f) => f.source), aborted()], [[1, 3], [true, false]]);
  fetches[1].resolve("three");
  await tick();
  assertEquals(data.value, "three");
});

Deno.test("resource() with a source is not fetched again by the first flush", () => {
  const { scope, fetches } = setup({ source: () => ({}) });
  scope.flush();
  assertEquals(fetches.length, 1);
});

Deno.test("resource() does not follow what its fetcher reads, and the fetcher knows its owner", () => {
  const n = signal(0);
  const id = signal(0);
  const scope = new TestScope();
  const owner = new Owner(null, scope);
  const owners: (Owner | null)[] = [];
  const data = owner.run(() =>
    resource(() => {
      owners.push(getOwner());
      return n.value;
    }, { source: () => id.value })
  );
  n.value = 1;
  assertEquals([scope.queue.length, data.value], [0, 0]);
  id.value = 1;
  scope.flush();
  assertEquals(data.value, 1);
  assert(owners.every((o) => o === owner) && owners.length === 2);
});

Deno.test("resource() ends with its component: fetch aborted, waiting over, refetch and mutate without effect", async () => {
  const id = signal(1);
  const { owner, scope, fetches, data, aborted } = setup({ source: () => id.value });
  owner.dispose();
  assertEquals(aborted(), [true]);
  await scope.waits[0];
  fetches[0].reject(new Error("late"));
  id.value = 2;
  scope.flush();
  await data.refetch();
  data.mutate("x");
  assertEquals([data.state, data.value, fetches.length, scope.reports], ["pending", undefined, 1, []]);
});

Deno.test("resource() saves its value only while it is ready", async () => {
  const { owner, fetches, data } = setup({ name: "user", initial: "first" });
  assertEquals(saved(owner), []);
  fetches[0].resolve("ada");
  await tick();
  assertEquals(saved(owner), [["user", "ada"]]);
  const done = data.refetch();
  assertEquals(saved(owner), []);
  fetches[1].reject(new Error("down"));
  await done;
  assertEquals(saved(owner), []);
});

Deno.test("resource() that is restored is ready and does not fetch until its source changes", () => {
  const scope = new TestScope();
  scope.saved.set("Page user", "ada");
  const id = signal(1);
  const { fetches, data } = setup({ name: "user", source: () => id.value }, scope);
  scope.flush();
  assertEquals([data.state, data.value, fetches.length, scope.waits.length], ["ready", "ada", 0, 0]);
  id.value = 2;
  scope.flush();
  assertEquals([data.state, fetches.length], ["refreshing", 1]);
});

Deno.test("resource() fetches when the restored value has another shape than the initial one", () => {
  const scope = new TestScope();
  scope.saved.set("Page #0", 7);
  const { fetches, data } = setup({ initial: "a" }, scope);
  assertEquals([fetches.length, data.value, scope.reports.length], [1, "a", 1]);
});

Deno.test("resource() that is transient is neither saved nor restored", () => {
  const scope = new TestScope();
  scope.saved.set("Page user", "ada");
  const owner = new Owner(null, scope, "Page");
  const data = owner.run(() => resource(() => "fetched", { name: "user", transient: true }));
  assertEquals([data.value, saved(owner)], ["fetched", []]);
});

Deno.test("resource() shares the ordinals of unnamed signals", () => {
  const owner = new Owner(null);
  owner.run(() => {
    signal("a");
    resource(() => "b");
    signal("c");
  });
  assertEquals(saved(owner), [["#0", "a"], ["#1", "b"], ["#2", "c"]]);
});
