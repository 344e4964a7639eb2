/**
 * Decision D5 over real sockets: the page adopts the instance that rendered it; later claims fork; nobody else gets in.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, effect, onMount, resource, signal } from "../../mod.ts";
import { button, div, input, p } from "../../vdom/elements.ts";
import { Op } from "../../vdom/patch.ts";
import { HelloIntent } from "../../protocol/mod.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, RawClient, resumeOf, textOfNodes } from "../support/raw_client.ts";
import { FakeClock } from "./fake_clock.ts";

function observed() {
  const outside = signal(0);
  const ran = { setups: 0, views: 0, effects: 0, mounts: 0, fetches: 0 };
  const page = component(() => {
    ran.setups++;
    const count = signal(0, { name: "count" });
    const data = resource(async () => {
      ran.fetches++;
      await Promise.resolve();
      return "loaded";
    }, { name: "data" });
    effect(() => {
      outside.value;
      ran.effects++;
    });
    onMount(() => void ran.mounts++);
    return () => {
      ran.views++;
      return div(
        p(data.value ?? "…", " ", outside.value, " ", count),
        button({ onClick: () => count.inc() }, "+"),
      );
    };
  });
  return { page, ran, outside };
}

Deno.test("a parked page runs nothing; what changed meanwhile is one frame at adoption", async () => {
  const { page, ran, outside } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  assert(html.html.includes("loaded 0 0"));
  const views = ran.views;
  for (let i = 1; i <= 5; i++) {
    outside.value = i;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assertEquals([ran.views, ran.effects, ran.mounts], [views, 0, 0]);
  const { client, hello } = await connect(server.origin, html);
  assertEquals([hello.action, hello.session, hello.nextSeq], [0, html.data.s, 1]);
  const frame = await client.patches();
  assertEquals([frame.seq, frame.patches.length], [1, 1]);
  assertEquals([ran.setups, ran.fetches, ran.views, ran.effects, ran.mounts], [1, 1, views + 1, 1, 1]);
  assertEquals(await client.quiet(), []);
  await client.close();
});

Deno.test("what HTML cannot say of a control is told at adoption, once, and with the whole page again", async () => {
  const page = component(() => {
    const some = signal(true, { name: "some" });
    const more = signal(false, { name: "more" });
    const box = (indeterminate: boolean) => input({ type: "checkbox", indeterminate });
    return () =>
      div(
        button({ onClick: () => more.toggle() }, "more"),
        box(false),
        input({ type: "checkbox", indeterminate: some }),
        more.value && box(true),
      );
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  const told = (num: number) => ({ op: Op.SetProp, num, name: "indeterminate", on: true });
  assertEquals((await first.client.patches()).patches, [told(5)]);
  first.client.click(hid(html.html));
  assertEquals((await first.client.patches()).patches.slice(1), [told(7)]);
  first.client.control({ type: 0x10, reason: 1, lastSeq: 2 });
  await first.client.nextControl(0x12);
  assertEquals((await first.client.patches()).patches, [told(5), told(6)]);
  await first.client.close();
  const { client } = await connect(server.origin, html, resumeOf(first, 4));
  assertEquals(await client.quiet(), []);
  await client.close();
});

Deno.test("a session without a socket runs nothing; what changed meanwhile is one frame when it is back", async () => {
  const { page, ran, outside } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  await first.client.quiet();
  await first.client.close();
  await first.client.quiet(10);
  const { views, effects } = ran;
  for (let i = 1; i <= 5; i++) {
    outside.value = i;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assertEquals([ran.views, ran.effects], [views, effects]);
  const { client, hello } = await connect(server.origin, html, resumeOf(first, 0));
  assertEquals(hello.action, 0);
  assertEquals((await client.patches()).patches.length, 1);
  assertEquals([ran.setups, ran.fetches, ran.views, ran.effects, ran.mounts], [
    1,
    1,
    views + 1,
    effects + 1,
    1,
  ]);
  await client.close();
});

Deno.test("of two sockets that claim at once one adopts and the other forks", async () => {
  const { page, ran } = observed();
  await using server = startApp({ page, middleware: [async (_ctx, next) => (await pause(), await next())] });
  const html = await getPage(server.origin);
  const [a, b] = await Promise.all([connect(server.origin, html), connect(server.origin, html)]);
  assert(a.hello.session !== b.hello.session);
  assertEquals([a.hello.session, b.hello.session].includes(html.data.s), true);
  // The fork is restored: its resource is not fetched again.
  assertEquals([ran.setups, ran.fetches], [2, 1]);
  assertEquals(server.app.metrics().sessionsActive, 2);
  await a.client.close();
  await b.client.close();
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

Deno.test("a claim with a wrong key never gets the instance itself", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client, hello } = await connect(server.origin, html, { key: "A".repeat(22) });
  assert(hello.session !== html.data.s);
  const owner = await connect(server.origin, html);
  assertEquals(owner.hello.session, html.data.s);
  await client.close();
  await owner.client.close();
});

Deno.test("the token of one page claims no other page of the same browser, nor after it was claimed", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const one = await getPage(server.origin);
  const other = await getPage(server.origin, one.cookie);
  assertEquals([one.data.k.length, other.data.k.length], [22, 22]);
  const wrong = await connect(server.origin, one, { session: other.data.s });
  const right = await connect(server.origin, other);
  const again = await connect(server.origin, other);
  assertEquals(
    [wrong, right, again].map(({ hello }) => hello.session === other.data.s),
    [false, true, false],
  );
  for (const { client } of [wrong, right, again]) await client.close();
});

Deno.test("a socket whose token joins the session of one page with the key of another is told so", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const one = await getPage(server.origin);
  const other = await getPage(server.origin, one.cookie);
  for (
    const t of [one.data.s + other.data.k, one.data.k, one.data.s, one.data.t.slice(1), `${one.data.t}A`]
  ) {
    const client = new RawClient(server.origin, { ...one, data: { ...one.data, t } });
    await client.opened;
    client.hello(one);
    const frame = await client.next();
    assert(frame.kind === "hello");
    assertEquals(frame.hello.status, 2, t);
    await client.close();
  }
});

Deno.test("everything of one browser but its cookie yields none of its state", async (t) => {
  const { page } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  for (let i = 0; i < 3; i++) {
    first.client.click(hid(html.html));
    await first.client.patches();
  }
  const sealed = (await first.client.nextControl(0x22)).sealed;
  const thief = await getPage(server.origin);
  const loot = { intent: HelloIntent.Resume, session: first.hello.session, lastSeq: 3, lastEvent: 3, sealed };
  const tries = {
    "resume, live": { ...loot, key: first.hello.resumeKey },
    "resume without the key": { ...loot, key: "" },
    "claim": { ...loot, intent: HelloIntent.Claim, key: html.data.k, lastSeq: 0 },
  };
  const attempt = async () => {
    for (const [name, change] of Object.entries(tries)) {
      await t.step(name, async () => {
        const { client, hello } = await connect(server.origin, thief, change);
        assert(hello.session !== first.hello.session);
        assertEquals(hello.action, 2);
        assertEquals(textOfNodes((await client.nextControl(0x12)).nodes), "loaded 0 0+");
        await client.close();
      });
    }
  };
  await attempt();
  await first.client.close();
  await attempt();
  const back = await connect(server.origin, html, resumeOf(first, 3));
  assertEquals([back.hello.session, back.hello.action, back.hello.received], [first.hello.session, 0, 3]);
  await back.client.close();
});

Deno.test("a parked page is claimed by the browser that it was made for alone", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const thief = await getPage(server.origin);
  const { s: session, k: key } = html.data;
  const tried = await connect(server.origin, thief, { session, key });
  assert(tried.hello.session !== session);
  const owner = await connect(server.origin, html);
  assertEquals([owner.hello.session, owner.hello.action], [session, 0]);
  await tried.client.close();
  await owner.client.close();
});

Deno.test("a wrong resume key leaves the session to its owner", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  const other = await connect(server.origin, html, { ...resumeOf(first, 0), key: "x" });
  assert(other.hello.session !== first.hello.session);
  first.client.click(hid(html.html));
  assertEquals((await first.client.patches()).received, 1);
  await other.client.close();
  await first.client.close();
});

Deno.test("a resume replaces a socket that is half open, and tells it why; its key is used up", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  first.client.click(hid(html.html));
  await first.client.patches();
  const second = await connect(server.origin, html, resumeOf(first, 1));
  assertEquals([second.hello.session, second.hello.received], [first.hello.session, 1]);
  assert(second.hello.resumeKey !== first.hello.resumeKey);
  assertEquals((await first.client.nextControl(0x20)).reason, 5);
  assertEquals((await first.client.ended()).code, 4000);
  second.client.click(hid(html.html));
  assertEquals((await second.client.patches()).received, 2);
  const third = await connect(server.origin, html, resumeOf(first, 1));
  assert(third.hello.session !== first.hello.session);
  assertEquals([server.app.metrics().socketsOpen, server.app.metrics().sessionsActive], [2, 2]);
  await second.client.close();
  await third.client.close();
});

Deno.test("two sockets that resume at once: one goes on, the other gets a session of its own", async () => {
  const { page } = observed();
  await using server = startApp({ page, middleware: [async (_ctx, next) => (await pause(), await next())] });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  await first.client.close();
  const [a, b] = await Promise.all([
    connect(server.origin, html, resumeOf(first, 0)),
    connect(server.origin, html, resumeOf(first, 0)),
  ]);
  assertEquals([a, b].filter(({ hello }) => hello.session === first.hello.session).length, 1);
  await a.client.close();
  await b.client.close();
  await a.client.quiet(10);
  assertEquals([server.app.metrics().socketsOpen, server.app.metrics().sessionsActive], [0, 2]);
});

Deno.test("a browser whose numbers differ gets the tree anew, when it claims and when it resumes", async () => {
  const { page } = observed();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html, { flags: 1 });
  assertEquals([first.hello.action, first.hello.session], [2, html.data.s]);
  await first.client.nextControl(0x12);
  await first.client.close();
  const again = await connect(server.origin, html, { ...resumeOf(first, 1), flags: 1 });
  assertEquals([again.hello.action, again.hello.session], [2, html.data.s]);
  await again.client.nextControl(0x12);
  await again.client.close();
});

Deno.test("pages that nobody claims are bounded in number, bytes and time; a later claim forks", async (t) => {
  const claim = async (server: ReturnType<typeof startApp>, html: Awaited<ReturnType<typeof getPage>>) => {
    const { client, hello } = await connect(server.origin, html);
    await client.close();
    return hello.session === html.data.s ? "adopted" : hello.action === 0 ? "forked" : "resync";
  };
  await t.step("number", async () => {
    await using server = startApp({ page: observed().page, limits: { parked: { count: 2 } } });
    const pages = [];
    for (let i = 0; i < 3; i++) pages.push(await getPage(server.origin));
    assertEquals(server.app.metrics().sessionsParked, 2);
    assertEquals([await claim(server, pages[0]), await claim(server, pages[2])], ["forked", "adopted"]);
  });
  await t.step("bytes", async () => {
    await using server = startApp({ page: observed().page, limits: { parked: { bytes: 0 } } });
    assertEquals(await claim(server, await getPage(server.origin)), "forked");
  });
  await t.step("time", async () => {
    const clock = new FakeClock(Date.now());
    await using server = startApp({ page: observed().page, clock });
    const html = await getPage(server.origin);
    clock.advance(32_000);
    assertEquals(server.app.metrics().sessionsActive, 0);
    assertEquals(await claim(server, html), "forked");
  });
});

Deno.test("what parked and connected sessions hold is let go: no session stays after all are gone", async () => {
  const clock = new FakeClock(Date.now());
  await using server = startApp({ page: observed().page, clock });
  for (let i = 0; i < 5; i++) {
    const html = await getPage(server.origin);
    const { client } = await connect(server.origin, html);
    await client.close();
    await getPage(server.origin);
  }
  const late = new RawClient(server.origin, await getPage(server.origin));
  await late.opened;
  assertEquals(server.app.metrics().sessionsActive, 11);
  // What time does not govern: closes that are under way, sealing and storing.
  const until = async (done: () => boolean) => {
    for (let left = 400; left > 0 && !done(); left--) await pause();
  };
  await until(() => server.app.metrics().sessionsDetached === 5);
  clock.advance(10_001);
  assertEquals((await late.ended()).code, 4002);
  clock.advance(200_000);
  await until(() => server.app.metrics().sessionsActive === 0);
  const { sessionsActive, sessionsParked, sessionsDetached, socketsOpen } = server.app.metrics();
  assertEquals([sessionsActive, sessionsParked, sessionsDetached, socketsOpen], [0, 0, 0, 0]);
});
