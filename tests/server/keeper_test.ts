/**
 * Where a page's snapshot goes: into the page, or into the store when it is too large for that.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, memoryStore, signal } from "../../mod.ts";
import { p } from "../../vdom/elements.ts";
import { sealDelay } from "../../server/keeper.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage } from "../support/raw_client.ts";

/** Whether the page and the store have the snapshot of a page with that much state, in bytes that nothing shrinks. */
async function placesOf(size: number): Promise<{ page: boolean; store: boolean }> {
  const store = memoryStore();
  const page = component(() => {
    signal(crypto.getRandomValues(new Uint8Array(size)), { name: "noise" });
    return () => p("x");
  });
  await using server = startApp({ page, store });
  const { data } = await getPage(server.origin);
  return { page: data.x !== "", store: await store.load(data.s) !== null };
}

Deno.test("sealSmall() puts snapshots of up to 16 KiB into the page alone", async () => {
  assertEquals(await placesOf(16_000), { page: true, store: false });
});

Deno.test("sealSmall() puts larger snapshots into the store alone", async () => {
  assertEquals(await placesOf(16_400), { page: false, store: true });
});

Deno.test("a store that throws at once costs what it was asked, not the process", async () => {
  const broken = (): never => {
    throw new Error("no connection");
  };
  const page = component(() => {
    signal(crypto.getRandomValues(new Uint8Array(20_000)), { name: "noise" });
    return () => p("x");
  });
  await using server = startApp({
    page,
    store: { save: broken, load: broken, delete: broken, close: () => Promise.resolve() },
  });
  // Its snapshot is too large for the page; then nothing is left of the session that another page asks for.
  const html = await getPage(server.origin);
  assertEquals(html.data.x, "");
  const { client, hello } = await connect(server.origin, html, { session: "A".repeat(22) });
  const told = server.logs.filter(({ level }) => level === "error").map(({ message }) => message);
  assertEquals([hello.status, told], [0, [
    "The store of sessions failed to save",
    "The store of sessions failed to load",
  ]]);
  await client.close();
});

Deno.test("sealDelay() is half a second, and more where sealing would take too much of the time", () => {
  assertEquals(sealDelay(0, 0, 0), 500);
  assertEquals(sealDelay(0, 100, 0.05), 500);
  // 2 % of the time for a session, 5 % for all.
  assertEquals(sealDelay(20, 0, 0.05), 1000);
  assertEquals(sealDelay(0, 1000, 0.05), 1000);
  assertEquals(sealDelay(20, 5000, 0.05), 5000);
});
