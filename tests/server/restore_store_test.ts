/**
 * Sessions whose snapshots are kept in a store.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, memoryStore, type SessionStore, signal } from "../../mod.ts";
import { button, div, p } from "../../vdom/elements.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { connect, getPage, hid, type Opened, type Page, resumeOf } from "../support/raw_client.ts";
import { FakeClock } from "./fake_clock.ts";

const page = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(p("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

async function started(server: TestApp): Promise<{ html: Page; open: Opened }> {
  const html = await getPage(server.origin);
  return { html, open: await connect(server.origin, html) };
}

Deno.test("an evicted session is a snapshot in the store, and resumes from it on another server", async () => {
  const store = memoryStore();
  const shared: SessionStore = { ...bind(store), close: () => Promise.resolve() };
  const clock = new FakeClock(Date.now());
  let html, open;
  {
    await using server = startApp({ page, store: shared, clock });
    ({ html, open } = await started(server));
    open.client.click(hid(html.html));
    await open.client.patches();
    await open.client.close();
    await open.client.quiet(10);
    clock.advance(130_000);
    await open.client.quiet(10);
    assertEquals([server.app.metrics().sessionsActive, server.app.metrics().sessionsEvicted], [0, 1]);
  }
  await using server = startApp({ page, store: shared });
  const back = await connect(server.origin, html, resumeOf(open, 1));
  assertEquals([back.hello.action, back.hello.session, back.hello.received], [1, open.hello.session, 1]);
  assertEquals(server.app.metrics().sessionsResumed, 1);
  await back.client.close();
  await store.close();
});

Deno.test("of two snapshots, the browser's and the store's, the newer one counts", async () => {
  const store = memoryStore();
  const shared = { ...bind(store), close: () => Promise.resolve() };
  const clock = new FakeClock(Date.now());
  const sealed: Uint8Array[] = [];
  let html, open;
  {
    await using server = startApp({ page, store: shared, clock });
    ({ html, open } = await started(server));
    for (let i = 0; i < 2; i++) {
      open.client.click(hid(html.html));
      await open.client.patches();
      // A machine that was busy while it sealed waits longer before it seals again.
      clock.advance(10_000);
      sealed.push((await open.client.nextControl(0x22)).sealed);
    }
  }
  for (const [stored, held] of [[0, 1], [1, 0]]) {
    await using server = startApp({ page, store: shared, clock });
    await store.save(open.hello.session, sealed[stored], { expiresAt: clock.now() + 1e6 });
    const back = await connect(server.origin, html, { ...resumeOf(open, 2), sealed: sealed[held] });
    assertEquals([back.hello.action, back.hello.received], [1, 2]);
    await back.client.close();
  }
  await store.close();
});

Deno.test("the store is asked for ids that a session can have alone", async () => {
  const asked: string[] = [];
  const inner = memoryStore();
  const store: SessionStore = {
    ...bind(inner),
    load: (id) => {
      asked.push(id);
      return inner.load(id);
    },
  };
  await using server = startApp({ page, store });
  const { html, open } = await started(server);
  for (const session of ["../../../etc/passwd", "", "A".repeat(23), "A".repeat(22)]) {
    const back = await connect(server.origin, html, { ...resumeOf(open, 0), session });
    await back.client.close();
  }
  assertEquals(asked, ["A".repeat(22)]);
  await open.client.close();
});

Deno.test("a session that comes back while it is put away lives on", async () => {
  const gate = Promise.withResolvers<void>();
  const inner = memoryStore();
  const store: SessionStore = {
    ...bind(inner),
    save: async (...args) => {
      await gate.promise;
      await inner.save(...args);
    },
  };
  const clock = new FakeClock(Date.now());
  await using server = startApp({ page, store, clock });
  const { html, open } = await started(server);
  open.client.click(hid(html.html));
  await open.client.patches();
  await open.client.close();
  await open.client.quiet(10);
  clock.advance(130_000);
  await open.client.quiet(10);
  const back = await connect(server.origin, html, resumeOf(open, 1));
  assertEquals([back.hello.action, back.hello.session], [0, open.hello.session]);
  gate.resolve();
  await back.client.quiet(10);
  back.client.click(hid(html.html));
  assertEquals((await back.client.patches()).received, 2);
  await back.client.close();
});

Deno.test("a store that fails or hangs costs the snapshot, not the server", async (t) => {
  const broken: SessionStore = {
    load: () => Promise.reject(new Error("down")),
    save: () => Promise.reject(new Error("down")),
    delete: () => Promise.reject(new Error("down")),
    claim: () => Promise.reject(new Error("down")),
    close: () => Promise.resolve(),
  };
  const hanging: SessionStore = {
    load: () => new Promise(() => {}),
    save: () => new Promise(() => {}),
    delete: () => new Promise(() => {}),
    claim: () => new Promise(() => {}),
    close: () => Promise.resolve(),
  };
  for (const [name, store] of Object.entries({ broken, hanging })) {
    await t.step(name, async () => {
      await using server = startApp({ page, store, limits: { storeTimeoutMs: 20, detached: { ttlMs: 1 } } });
      const { html, open } = await started(server);
      await open.client.close();
      // Its time is over, and the store has answered or not.
      while (server.app.metrics().sessionsActive > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const back = await connect(server.origin, html, { ...resumeOf(open, 0), sealed: new Uint8Array(0) });
      assertEquals(back.hello.action, 2);
      await back.client.close();
      assert(server.app.metrics().storeErrors >= 2);
    });
  }
});

Deno.test("a state too large to be kept costs the keeping: the page is shown and lives", async () => {
  const page = component(() => {
    const big = signal("", { name: "big" });
    // Nothing that deflates.
    const grow = () => {
      const bytes = new Uint8Array(5 << 20);
      for (let at = 0; at < bytes.length; at += 65_536) {
        crypto.getRandomValues(bytes.subarray(at, at + 65_536));
      }
      big.value = bytes.toBase64();
    };
    return () => div(p(big.value.length), button({ onClick: grow }, "grow"));
  });
  await using server = startApp({ page });
  const { html, open } = await started(server);
  open.client.click(hid(html.html));
  await open.client.patches();
  await open.client.quiet(800);
  open.client.click(hid(html.html));
  assertEquals((await open.client.patches()).received, 2);
  assert(server.logs.some((record) => record.message === "Cannot keep the state of a session"));
  await open.client.close();
});

function bind(store: SessionStore): Required<SessionStore> {
  return {
    load: (id) => store.load(id),
    save: (id, bytes, options) => store.save(id, bytes, options),
    delete: (id) => store.delete(id),
    claim: (token, options) => store.claim!(token, options),
    close: () => store.close(),
  };
}
