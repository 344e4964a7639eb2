/**
 * Sessions that come back after eviction, a restart or a shutdown: from what the browser holds or from the store.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal, useCtx } from "../../mod.ts";
import { button, div, li, p, ul } from "../../vdom/elements.ts";
import { ErrorCode } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp, type TestApp } from "../support/app.ts";
import {
  connect,
  getPage,
  hid,
  type Opened,
  type Page,
  resumeOf,
  textOfNodes,
} from "../support/raw_client.ts";
import { FakeClock } from "./fake_clock.ts";

const page = component(() => {
  const count = signal(0, { name: "count" });
  const hidden = signal("", { name: "hidden" });
  return () =>
    div(
      p("Count: ", count),
      button({ onClick: () => count.inc() }, "+"),
      button({ onClick: () => void (hidden.value = "kept") }, "hide"),
      button({ onClick: () => useCtx().title(`hidden: ${hidden.value}`) }, "tell"),
    );
});

/** Adds one and gives the newest sealed snapshot. */
async function add({ client }: Opened, html: Page): Promise<Uint8Array> {
  client.click(hid(html.html));
  await client.patches();
  return (await client.nextControl(0x22)).sealed;
}

async function started(server: TestApp): Promise<{ html: Page; open: Opened }> {
  const html = await getPage(server.origin);
  return { html, open: await connect(server.origin, html) };
}

Deno.test("a restart with older state than the browser's: a resync, and its next event is taken", async () => {
  let html, open, sealed;
  {
    await using server = startApp({ page });
    ({ html, open } = await started(server));
    sealed = await add(open, html);
    open.client.click(hid(html.html));
    await open.client.patches();
    open.client.click(hid(html.html));
    await open.client.patches();
    await open.client.close();
  }
  await using server = startApp({ page });
  const back = await connect(server.origin, html, { ...resumeOf(open, 3), sealed });
  assertEquals([back.hello.action, back.hello.session, back.hello.received], [2, open.hello.session, 1]);
  const resync = await back.client.nextControl(0x12);
  assertEquals(textOfNodes(resync.nodes).slice(0, 8), "Count: 1");
  // An event that was made for the numbers before the resync.
  back.client.click(hid(html.html), { seq: 4 });
  assertEquals(await back.client.error(), [ErrorCode.HandlerNotFound, 4]);
  back.client.ack(resync.seq);
  back.client.click(hid(html.html), { seq: 5 });
  let frame = await back.client.patches();
  while (frame.patches.length === 0) frame = await back.client.patches();
  assertEquals((frame.patches[0] as { text: string }).text, "2");
  await back.client.close();
});

Deno.test("a restart with newer state than the browser's: a resync", async () => {
  let html, open, sealed;
  {
    await using server = startApp({ page });
    ({ html, open } = await started(server));
    sealed = await add(open, html);
    await open.client.close();
  }
  await using server = startApp({ page });
  // Frame 1 was lost on its way.
  const back = await connect(server.origin, html, { ...resumeOf(open, 0), sealed });
  assertEquals([back.hello.action, back.hello.received], [2, 1]);
  assertEquals(textOfNodes((await back.client.nextControl(0x12)).nodes).slice(0, 8), "Count: 1");
  await back.client.close();
});

Deno.test("a snapshot that is changed, of another secret, too old or of nobody gives a fresh page", async (t) => {
  let html: Page, open: Opened, sealed: Uint8Array;
  {
    await using server = startApp({ page });
    ({ html, open } = await started(server));
    sealed = await add(open, html);
    await open.client.close();
  }
  const fresh = async (server: TestApp, held: Uint8Array) => {
    // The token of the socket is the secret's too: a page that lives on in the browser gets its own.
    const again = { ...html, data: { ...html.data, t: (await getPage(server.origin, html.cookie)).data.t } };
    const back = await connect(server.origin, again, { ...resumeOf(open, 1), sealed: held });
    assertEquals([back.hello.action, back.hello.received], [2, 0]);
    assert(back.hello.session !== open.hello.session);
    const resync = await back.client.nextControl(0x12);
    assertEquals(textOfNodes(resync.nodes).slice(0, 8), "Count: 0");
    // The browser's events go on from its own number.
    back.client.click(hid(html.html), { seq: 2, ackDelta: resync.seq - 1 });
    assertEquals((await back.client.patches()).received, 2);
    await back.client.close();
  };
  await t.step("changed", async () => {
    await using server = startApp({ page });
    const changed = sealed.slice();
    changed[changed.length - 20] ^= 1;
    await fresh(server, changed);
    await fresh(server, sealed.subarray(0, 40));
    await fresh(server, crypto.getRandomValues(new Uint8Array(200)));
    await fresh(server, new Uint8Array(0));
  });
  await t.step("another secret", async () => {
    await using server = startApp({ page, secret: "another secret of tests, also long enough" });
    await fresh(server, sealed);
  });
  await t.step("too old", async () => {
    await using server = startApp({ page, clock: new FakeClock(Date.now() + 86_400_001) });
    await fresh(server, sealed);
  });
});

Deno.test("a page of which nothing is left begins anew where the browser is", async (t) => {
  const where = component(() => {
    const { url } = useCtx();
    return () => p(url.host, " ", url.pathname, url.search);
  });
  await using server = startApp({ page: where });
  const { host } = new URL(server.origin);
  for (
    const [path, shown] of [
      ["/?page=2&q=a%20b", "/?page=2&q=a%20b"],
      ["//elsewhere.example/x", "/elsewhere.example/x"],
      ["https://elsewhere.example/", "/"],
      ["@elsewhere.example/", "/"],
      ["", "/"],
      [`/${"x".repeat(20_000)}`, "/"],
    ]
  ) {
    await t.step(path.slice(0, 40), async () => {
      const html = await getPage(server.origin);
      const none = { session: "gone", sealed: new Uint8Array(0), path };
      const { client, hello } = await connect(server.origin, html, none);
      assertEquals(hello.action, 2);
      const { nodes } = await client.nextControl(0x12);
      assertEquals(textOfNodes(nodes), `${host} ${shown}`);
      await client.close();
    });
  }
});

Deno.test("state that no view shows is kept as well", async () => {
  let html, open, sealed;
  {
    await using server = startApp({ page });
    ({ html, open } = await started(server));
    open.client.click(hid(html.html, 1));
    await open.client.patches();
    sealed = (await open.client.nextControl(0x22)).sealed;
    await open.client.close();
  }
  await using server = startApp({ page });
  const { client } = await connect(server.origin, html, { ...resumeOf(open, 1), sealed });
  const { seq } = await client.nextControl(0x13);
  client.ack(seq);
  assertEquals((await client.patches()).patches, []);
  client.click(hid(html.html, 2), { seq: 2 });
  assertEquals((await client.patches()).patches, [{ op: Op.SetTitle, text: "hidden: kept" }]);
  await client.close();
});

Deno.test("numbers of an older rendering are refused after a renumber until it is acknowledged", async () => {
  const clicked: string[] = [];
  const page = component(() => {
    const rows = signal(["a", "b"], { name: "rows" });
    return () =>
      div(
        ul(...rows.value.map((row) => li({ key: row, onClick: () => void clicked.push(row) }, row))),
        button({ onClick: () => void (rows.value = ["new", ...rows.value]) }, "add"),
      );
  });
  let html, open, sealed;
  {
    await using server = startApp({ page });
    ({ html, open } = await started(server));
    open.client.click(hid(html.html, 2));
    await open.client.patches();
    sealed = (await open.client.nextControl(0x22)).sealed;
    await open.client.close();
  }
  await using server = startApp({ page });
  const { client, hello } = await connect(server.origin, html, { ...resumeOf(open, 1), sealed });
  assertEquals(hello.action, 1);
  const { seq } = await client.nextControl(0x13);
  // The new row took two numbers before the button, whose old number is a row's now.
  client.click(hid(html.html, 2), { seq: 2 });
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 2]);
  assertEquals([(await client.patches()).received, clicked], [2, []]);
  client.ack(seq);
  client.click(hid(html.html, 2), { seq: 3 });
  assertEquals((await client.patches()).received, 3);
  assertEquals(clicked, ["b"]);
  client.click(hid(html.html, 2) + 2, { seq: 4 });
  let frame = await client.patches();
  while (frame.patches.length === 0) frame = await client.patches();
  assertEquals(frame.patches[0].op, Op.Insert);
  await client.close();
});

Deno.test("a snapshot of another page of the browser is no page's to resume with", async () => {
  let a, b, sealed: Uint8Array;
  {
    await using server = startApp({ page });
    a = await started(server);
    const html = await getPage(server.origin, a.html.cookie);
    b = { html, open: await connect(server.origin, html) };
    sealed = await add(a.open, a.html);
    await a.open.client.close();
    await b.open.client.close();
  }
  await using server = startApp({ page });
  const back = await connect(server.origin, b.html, { ...resumeOf(b.open, 0), sealed });
  assertEquals([back.hello.action, back.hello.received], [2, 0]);
  assert(back.hello.session !== b.open.hello.session);
  assertEquals(textOfNodes((await back.client.nextControl(0x12)).nodes).slice(0, 8), "Count: 0");
  await back.client.close();
});

Deno.test("shutdown tells every browser when to come back, with its state; another process has it", async () => {
  let html, open, sealed: Uint8Array;
  {
    await using server = startApp({ page });
    ({ html, open } = await started(server));
    open.client.click(hid(html.html));
    await open.client.patches();
    await server.app.shutdown();
    ({ sealed } = await open.client.nextControl(0x22));
    const { delay } = await open.client.nextControl(0x21);
    assert(delay >= 100 && delay <= 2100);
    assertEquals((await open.client.nextControl(0x20)).reason, 3);
    await open.client.ended();
    const refused = await fetch(server.origin);
    assertEquals([refused.status, refused.headers.get("retry-after")], [503, "2"]);
    await refused.body?.cancel();
  }
  await using server = startApp({ page });
  const back = await connect(server.origin, html, { ...resumeOf(open, 1), sealed });
  assertEquals([back.hello.action, back.hello.received, back.hello.session], [1, 1, open.hello.session]);
  await back.client.close();
});
