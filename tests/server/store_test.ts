/** @module */
import { assertEquals, assertRejects } from "@std/assert";
import { memoryStore } from "../../server/store.ts";
import { FakeClock } from "./fake_clock.ts";
import { testSessionStore } from "./store_suite.ts";

testSessionStore("memoryStore()", () => {
  const clock = new FakeClock();
  return { store: memoryStore({ clock }), now: () => clock.now(), pass: (ms) => clock.advance(ms) };
});

Deno.test("memoryStore() rejects a claim whose time is not a number", async () => {
  await assertRejects(async () => await memoryStore().claim?.("t", { expiresAt: NaN }), RangeError);
});

Deno.test("memoryStore() drops what was saved first when there are too many bytes", async () => {
  const clock = new FakeClock();
  const store = memoryStore({ clock, maxBytes: 500 });
  const expiresAt = clock.now() + 1000;
  await store.save("a", new Uint8Array(100), { expiresAt });
  await store.save("b", new Uint8Array(100), { expiresAt });
  await store.save("a", new Uint8Array(100), { expiresAt });
  await store.save("c", new Uint8Array(100), { expiresAt });
  assertEquals((await store.load("b")) === null, true);
  assertEquals([(await store.load("a"))?.length, (await store.load("c"))?.length], [100, 100]);
  await store.save("huge", new Uint8Array(1000), { expiresAt });
  assertEquals(await store.load("huge"), null);
});

Deno.test("memoryStore() makes room by what has expired, before it drops what has not", async () => {
  const clock = new FakeClock();
  const store = memoryStore({ clock, maxBytes: 500 });
  await store.save("live", new Uint8Array(100), { expiresAt: clock.now() + 1e6 });
  await store.save("dead", new Uint8Array(100), { expiresAt: clock.now() + 1 });
  clock.advance(60_000);
  await store.save("new", new Uint8Array(100), { expiresAt: clock.now() + 1e6 });
  assertEquals((await store.load("live"))?.length, 100);
});

Deno.test("memoryStore() forgets the first claims when there are too many", async () => {
  const clock = new FakeClock();
  const store = memoryStore({ clock, maxClaims: 2 });
  const expiresAt = clock.now() + 1000;
  assertEquals(await store.claim?.("a", { expiresAt }), true);
  assertEquals(await store.claim?.("b", { expiresAt }), true);
  assertEquals(await store.claim?.("c", { expiresAt }), true);
  assertEquals(await store.claim?.("c", { expiresAt }), false);
  assertEquals(await store.claim?.("b", { expiresAt }), false);
  assertEquals(await store.claim?.("a", { expiresAt }), true);
});

Deno.test("memoryStore() sets no timers", async () => {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  await store.save("a", new Uint8Array(1), { expiresAt: clock.now() + 1000 });
  assertEquals(clock.timers, 0);
  await store.close();
  assertEquals(await store.load("a"), null);
});
