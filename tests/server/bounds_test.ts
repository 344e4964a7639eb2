/**
 * How many, how long, how slow: the limits of a running server, and what its figures and logs tell.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { button, div, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, RawClient, resumeOf } from "../support/raw_client.ts";
import { FakeClock } from "./fake_clock.ts";

const page = component(() => {
  const text = signal("", { name: "text" });
  const count = signal(0, { name: "count" });
  return () =>
    div(
      p(text, count),
      button({ onClick: () => count.inc() }, "+"),
      button({ onClick: () => void (text.value = "x".repeat(70_000)) }, "big"),
    );
});

const pause = (ms = 10) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("sessions of one address are limited, those that render at once included; waiting ones make room", async () => {
  const slow = component(() => () => p("x"));
  await using server = startApp({
    page: slow,
    limits: { maxSessionsPerAddress: 3 },
    middleware: [async (ctx, next) => {
      if (ctx.phase === "page") await pause(20);
      return await next();
    }],
  });
  const many = await Promise.all(Array.from({ length: 10 }, () => getPage(server.origin)));
  assertEquals(many.filter(({ status }) => status === 200).length, 3);
  assertEquals(many.filter(({ status }) => status === 429).length, 7);
  const good = many.filter(({ status }) => status === 200);
  const opens = [];
  for (const html of good) opens.push(await connect(server.origin, html));
  assertEquals((await getPage(server.origin)).status, 429);
  await opens[0].client.close();
  await pause();
  assertEquals((await getPage(server.origin)).status, 200);
  for (const { client } of opens) await client.close();
  await pause();
  for (let i = 0; i < 5; i++) assertEquals((await getPage(server.origin)).status, 200);
  assert(server.app.metrics().sessionsActive <= 3);
});

Deno.test("all sessions are limited: busy, with a time to come back; waiting ones make room", async () => {
  await using server = startApp({ page, limits: { maxSessions: 2 } });
  const opens = [];
  for (let i = 0; i < 2; i++) opens.push(await connect(server.origin, await getPage(server.origin)));
  const busy = await getPage(server.origin);
  assertEquals([busy.status, busy.headers.get("retry-after")], [503, "5"]);
  await opens[0].client.close();
  await pause();
  assertEquals((await getPage(server.origin)).status, 200);
  await opens[1].client.close();
});

Deno.test("a restore counts against the limits: its hello is refused with a reason", async () => {
  await using server = startApp({ page, limits: { maxSessionsPerAddress: 1 } });
  const html = await getPage(server.origin);
  const open = await connect(server.origin, html);
  const fork = new RawClient(server.origin, html);
  await fork.opened;
  fork.hello(html);
  const frame = await fork.next();
  assertEquals(frame.kind === "hello" && frame.hello.status, 9);
  await fork.ended();
  await open.client.close();
});

Deno.test("sockets of one address are limited before their hello", async () => {
  await using server = startApp({ page, limits: { socketsPerAddress: 2 } });
  const html = await getPage(server.origin);
  const sockets = [new RawClient(server.origin, html), new RawClient(server.origin, html)];
  for (const socket of sockets) assert(await socket.opened);
  const third = new RawClient(server.origin, html);
  assertEquals(await third.opened, false);
  await sockets[0].close();
  await pause();
  const fourth = new RawClient(server.origin, html);
  assert(await fourth.opened);
  await fourth.close();
  await sockets[1].close();
});

Deno.test("a socket is pinged; silent it is dropped, idle it is put to sleep, and both come back", async () => {
  const clock = new FakeClock(Date.now());
  await using server = startApp({ page, clock, limits: { idleMs: 100_000, detached: { ttlMs: 600_000 } } });
  const silentPage = await getPage(server.origin);
  const silent = await connect(server.origin, silentPage);
  const idlePage = await getPage(server.origin);
  const idle = await connect(server.origin, idlePage);
  for (let s = 0; s < 90; s += 5) {
    clock.advance(5000);
    idle.client.control({ type: 0x02, value: 0 });
    await idle.client.settled();
  }
  await silent.client.nextControl(0x01);
  await silent.client.ended();
  assertEquals(idle.client.closed, null);
  for (let s = 0; s < 50 && idle.client.closed === null; s += 5) {
    clock.advance(5000);
    idle.client.control({ type: 0x02, value: 0 });
    await pause(2);
  }
  assertEquals((await idle.client.nextControl(0x20)).reason, 1);
  await idle.client.ended();
  assertEquals(server.app.metrics().socketsDropped, 2);
  for (const [html, open] of [[silentPage, silent], [idlePage, idle]] as const) {
    const back = await connect(server.origin, html, resumeOf(open, 0));
    assertEquals([back.hello.session, back.hello.action], [open.hello.session, 0]);
    await back.client.close();
  }
});

Deno.test("a socket that stays slow is closed, with the reason", async () => {
  const clock = new FakeClock(Date.now());
  await using server = startApp({ page, clock });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html, 1));
  await client.patches();
  client.click(hid(html.html));
  await client.settled();
  for (let s = 0; s < 100 && client.closed === null; s += 5) {
    clock.advance(5000);
    client.control({ type: 0x02, value: 0 });
    await pause(2);
  }
  assertEquals((await client.nextControl(0x20)).reason, 6);
  await client.ended();
  assertEquals(server.app.metrics().socketsDropped, 1);
});

Deno.test("figures count what happened, with quantiles that can be read", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const open = await connect(server.origin, html);
  for (let i = 0; i < 5; i++) {
    open.client.click(hid(html.html));
    await open.client.patches();
  }
  await open.client.close();
  await pause();
  const back = await connect(server.origin, html, resumeOf(open, 5));
  const metrics = server.app.metrics();
  assertEquals(
    [metrics.pagesRendered, metrics.sessionsCreated, metrics.sessionsActive, metrics.socketsOpen],
    [1, 1, 1, 1],
  );
  assertEquals([metrics.eventsReceived, metrics.eventsHandled, metrics.sessionsResumed], [5, 5, 1]);
  assertEquals([metrics.flushes, metrics.patchesSent], [5, 5]);
  assert(metrics.framesSent >= 7 && metrics.bytesOut > 45 && metrics.bytesIn > 20);
  assertEquals([metrics.eventLatency.count, metrics.flushTime.count, metrics.renderTime.count], [5, 5, 1]);
  assert(metrics.eventLatency.p50 > 0 && metrics.eventLatency.p50 <= metrics.eventLatency.p99);
  assertEquals(JSON.parse(JSON.stringify(metrics)), metrics);
  await back.client.close();
});

Deno.test("logs name their session and hold no secret", async () => {
  const page = component(() => () =>
    button({
      onClick: () => {
        throw new Error("broken");
      },
    }, "x")
  );
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const open = await connect(server.origin, html);
  open.client.click(hid(html.html));
  await open.client.error();
  open.client.send(new Uint8Array([0x0f]));
  await open.client.error();
  const fork = await connect(server.origin, html);
  const records = server.logs.filter((record) => record.message !== undefined);
  const failed = records.find((record) => record.level === "error")!;
  assertEquals(failed.session, open.hello.session);
  assert(records.length >= 3);
  const text = JSON.stringify(records);
  const secrets = [html.cookie.split("=")[1], html.data.k, html.data.t, html.data.x, open.hello.resumeKey];
  for (const secret of secrets) assert(!text.includes(secret));
  await open.client.close();
  await fork.client.close();
});
