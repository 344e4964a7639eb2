/**
 * The conformance suite of session stores: what every one of them must do, whatever it keeps its data in.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { SessionStore } from "../../server/store.ts";

/** A store under test. */
export interface StoreUnderTest {
  /** An empty store. The suite closes it. */
  store: SessionStore;
  /** The store's time, in milliseconds since 1970. */
  now(): number;
  /** Lets time pass for the store: turns a fake clock, or waits. At most 2 s at a time. */
  pass(ms: number): void | Promise<void>;
  /** Undoes what making the store took (servers, files), after it was closed. */
  dispose?(): void | Promise<void>;
}

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

/**
 * Registers the suite's tests.
 *
 * @param name How the tests name the store.
 * @param create Makes an empty store for each test.
 */
export function testSessionStore(name: string, create: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  const test = (behaviour: string, run: (tested: StoreUnderTest) => Promise<void>): void => {
    Deno.test(`${name}: ${behaviour}`, async () => {
      const tested = await create();
      try {
        await run(tested);
      } finally {
        await tested.store.close();
        await tested.dispose?.();
      }
    });
  };

  test("load() gives null for an id that was never saved", async ({ store }) => {
    for (const id of ["nothing", "", "__proto__", "constructor", "%", "'; drop table x; --"]) {
      assertEquals(await store.load(id), null, id);
    }
  });

  test("delete() of an id that was never saved does nothing", async ({ store }) => {
    await store.delete("nothing");
  });

  test("save() rejects a time that is not a number", async ({ store }) => {
    await assertRejects(() => store.save("a", bytes(1), { expiresAt: NaN }), RangeError);
  });

  test("load() gives what was saved last", async ({ store, now }) => {
    const expiresAt = now() + 60_000;
    await store.save("a", bytes(1, 2, 3), { expiresAt });
    await store.save("b", bytes(), { expiresAt });
    assertEquals(await store.load("a"), bytes(1, 2, 3));
    assertEquals(await store.load("b"), bytes());
    await store.save("a", bytes(4), { expiresAt });
    assertEquals(await store.load("a"), bytes(4));
  });

  test("save() keeps all byte values, and 60,000 bytes", async ({ store, now }) => {
    const all = Uint8Array.from({ length: 60_000 }, (_, index) => index % 256);
    await store.save("a", all, { expiresAt: now() + 60_000 });
    assertEquals(await store.load("a"), all);
  });

  test("save() keeps ids apart, whatever characters they have", async ({ store, now }) => {
    const ids = ["a", "A", "a:b", "a/b", "a b", "a*", "é", "😀", "a\n", "__proto__", "'"];
    for (const [index, id] of ids.entries()) {
      await store.save(id, bytes(index), { expiresAt: now() + 60_000 });
    }
    for (const [index, id] of ids.entries()) assertEquals(await store.load(id), bytes(index), id);
    await store.delete("a");
    assertEquals(await store.load("a"), null);
    assertEquals(await store.load("A"), bytes(1));
  });

  test("save() copies: neither the saved nor the loaded bytes share memory with the store", async ({ store, now }) => {
    const buffer = bytes(9, 1, 2, 9);
    await store.save("a", buffer.subarray(1, 3), { expiresAt: now() + 60_000 });
    buffer.fill(7);
    const loaded = await store.load("a");
    assertEquals(loaded, bytes(1, 2));
    loaded?.fill(8);
    assertEquals(await store.load("a"), bytes(1, 2));
  });

  test("load() gives null from the time of expiry on", async ({ store, now, pass }) => {
    await store.save("a", bytes(1), { expiresAt: now() + 1_000 });
    await store.save("b", bytes(2), { expiresAt: now() + 60_000 });
    assertEquals(await store.load("a"), bytes(1));
    await pass(1_500);
    assertEquals(await store.load("a"), null);
    assertEquals(await store.load("b"), bytes(2));
  });

  test("save() with a later time keeps longer, with one that is over deletes", async ({ store, now, pass }) => {
    await store.save("a", bytes(1), { expiresAt: now() + 1_000 });
    await store.save("a", bytes(1), { expiresAt: now() + 60_000 });
    await pass(1_500);
    assertEquals(await store.load("a"), bytes(1));
    await store.save("a", bytes(1), { expiresAt: now() - 1 });
    assertEquals(await store.load("a"), null);
  });

  test("many calls at a time do not disturb each other", async ({ store, now }) => {
    const ids = Array.from({ length: 50 }, (_, index) => `id${index}`);
    const expiresAt = now() + 60_000;
    await Promise.all(ids.map((id, index) => store.save(id, bytes(index), { expiresAt })));
    const loaded = await Promise.all(ids.map((id) => store.load(id)));
    assertEquals(loaded, ids.map((_, index) => bytes(index)));
    await Promise.all(ids.map((id) => store.delete(id)));
    assert((await Promise.all(ids.map((id) => store.load(id)))).every((one) => one === null));
  });

  test("claim() gives true once, even to calls at the same time", async ({ store, now }) => {
    if (store.claim === undefined) return;
    const expiresAt = now() + 60_000;
    const results = await Promise.all(
      Array.from({ length: 10 }, () => store.claim?.("token", { expiresAt })),
    );
    assertEquals(results.filter((result) => result === true).length, 1);
    assertEquals(await store.claim("token", { expiresAt }), false);
    assertEquals(await store.claim("another", { expiresAt }), true);
  });

  test("claim() gives false for a token whose time is over", async ({ store, now }) => {
    if (store.claim === undefined) return;
    assertEquals(await store.claim("token", { expiresAt: now() - 1 }), false);
  });

  test("claim() and save() do not meet in one id", async ({ store, now }) => {
    if (store.claim === undefined) return;
    const expiresAt = now() + 60_000;
    await store.save("same", bytes(1), { expiresAt });
    assertEquals(await store.claim("same", { expiresAt }), true);
    assertEquals(await store.load("same"), bytes(1));
    await store.delete("same");
    assertEquals(await store.claim("same", { expiresAt }), false);
  });
}
