/**
 * Events, flushes, acknowledgements and slow sockets of a whole server, frame by frame.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, effect, signal, useCtx } from "../../mod.ts";
import { button, div, p } from "../../vdom/elements.ts";
import { ErrorCode } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, resumeOf } from "../support/raw_client.ts";

Deno.test("events that arrive in one turn are answered by one frame", async () => {
  const page = component(() => {
    const count = signal(0);
    return () => div(p(count), button({ onClick: () => count.inc() }, "+"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 16; i++) client.click(hid(html.html));
  let [frames, received] = [0, 0];
  while (received < 16) {
    received = (await client.patches()).received!;
    frames++;
  }
  // The kernel may deliver them in a few turns; never in sixteen.
  assert(frames <= 8, `${frames} frames`);
  assertEquals(server.app.metrics().flushes, frames);
  await client.close();
});

Deno.test("an event whose handler changes nothing is told as received and settled", async () => {
  const page = component(() => () => button({ onClick: () => {} }, "nothing"));
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  assertEquals(await client.patches(), { seq: 1, received: 1, settled: null, patches: [] });
  await client.close();
});

Deno.test("handlers that await settle later, each told once; a write after an await is flushed", async () => {
  const gates = new Map<number, () => void>();
  let calls = 0;
  const page = component(() => {
    const text = signal("-");
    const wait = async () => {
      const call = ++calls;
      await new Promise<void>((resolve) => gates.set(call, resolve));
      text.value = String(call);
    };
    return () => div(p(text), button({ onClick: wait }, "wait"), button({ onClick: () => {} }, "now"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const [wait, now] = [hid(html.html), hid(html.html, 1)];
  const told = async () => {
    const { received, settled, patches } = await client.patches();
    return [received, settled === null ? null : [settled.below, ...settled.list], patches.length];
  };
  client.click(now);
  assertEquals(await told(), [1, null, 0]);
  client.click(wait);
  assertEquals(await told(), [2, [2], 0]);
  client.click(now);
  assertEquals(await told(), [3, [2, 3], 0]);
  client.click(wait);
  // Event 3 was told: it is not told again, so that one that waits for long makes no frame longer.
  assertEquals(await told(), [4, [2], 0]);
  client.click(now);
  assertEquals(await told(), [5, [2, 5], 0]);
  gates.get(2)!();
  assertEquals(await told(), [5, [2, 4], 1]);
  gates.get(1)!();
  assertEquals(await told(), [5, null, 1]);
  await client.close();
});

Deno.test("after a resync everything that has settled is told again", async () => {
  const page = component(() => () =>
    div(
      button({ onClick: () => new Promise(() => {}) }, "never"),
      button({ onClick: () => {} }, "now"),
    )
  );
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  await client.patches();
  client.click(hid(html.html, 1));
  await client.patches();
  client.control({ type: 0x10, lastSeq: 0, reason: 3 });
  const resync = await client.nextControl(0x12);
  assertEquals(resync.received, 2);
  assertEquals((await client.patches()).settled, { below: 1, list: [2] });
  await client.close();
});

Deno.test("handlers that never end are bounded: then events are refused, typed", async () => {
  const page = component(() => () => button({ onClick: () => new Promise(() => {}) }, "never"));
  await using server = startApp({ page, limits: { maxQueue: 3 } });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 4; i++) client.click(hid(html.html));
  assertEquals(await client.error(), [ErrorCode.RateLimited, 4]);
  await client.close();
});

Deno.test("a handler that throws, at once or later, is told to its event alone; the session lives", async () => {
  const page = component(() => {
    const count = signal(0);
    return () =>
      div(
        p(count),
        button({
          onClick: () => {
            throw new Error("secret reason");
          },
        }, "now"),
        button({
          onClick: async () => {
            await Promise.resolve();
            throw new Error("secret reason");
          },
        }, "later"),
        button({ onClick: () => count.inc() }, "+"),
      );
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  const now = await client.next();
  assertEquals(now, {
    kind: "error",
    error: { code: ErrorCode.HandlerFailed, seq: 1, fatal: false, message: "" },
  });
  await client.patches();
  client.click(hid(html.html, 1));
  assertEquals(await client.error(), [ErrorCode.HandlerFailed, 2]);
  assertEquals((await client.patches()).settled, null);
  client.click(hid(html.html, 2));
  assertEquals((await client.patches()).patches.length, 1);
  assertEquals(server.logs.filter((record) => record.level === "error").length, 2);
  assertEquals(server.logs.filter((record) => record.level === "warn"), []);
  assertEquals(server.app.metrics().handlerErrors, 2);
  assertEquals(server.app.metrics().errors.internal, 2);
  await client.close();
});

Deno.test("a handler that throws what has no text costs its event, in development as well", async () => {
  const page = component(() => {
    const count = signal(0);
    const fail = () => {
      throw Object.create(null);
    };
    return () =>
      div(
        button({ onClick: fail }, "now"),
        button({ onClick: () => Promise.resolve().then(fail) }, "later"),
        button({ onClick: () => count.inc() }, count),
      );
  });
  for (const dev of [false, true]) {
    await using server = startApp({ page, dev });
    const html = await getPage(server.origin);
    const { client } = await connect(server.origin, html);
    client.click(hid(html.html));
    assertEquals(await client.error(), [ErrorCode.HandlerFailed, 1]);
    client.click(hid(html.html, 1));
    assertEquals(await client.error(), [ErrorCode.HandlerFailed, 2]);
    client.click(hid(html.html, 2));
    while ((await client.patches()).patches.length === 0);
    await client.close();
  }
});

Deno.test("differences of acks count from this connection's last ack, whatever was sent again or anew", async () => {
  const page = component(() => {
    const count = signal(0);
    return () => div(p(count), button({ onClick: () => count.inc() }, "+"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  const add = hid(html.html);
  for (let i = 1; i <= 5; i++) {
    first.client.click(add);
    await first.client.patches();
  }
  // Five frames were applied and none acknowledged; the tree is sent anew as frame 6.
  first.client.control({ type: 0x10, lastSeq: 5, reason: 1 });
  assertEquals((await first.client.nextControl(0x12)).seq, 6);
  first.client.click(add, { ackDelta: 6 });
  assertEquals((await first.client.patches()).received, 6);
  await first.client.close();
  // A browser that comes back with frames that are forgotten gets the tree anew, and counts from what it said.
  const again = await connect(server.origin, html, resumeOf(first, 3));
  assertEquals(again.hello.action, 2);
  const { seq } = await again.client.nextControl(0x12);
  again.client.click(add, { ackDelta: seq - 3 });
  assertEquals((await again.client.patches()).received, 7);
  await again.client.close();
});

Deno.test("who lost the frame that numbered the tree anew is told to wait for another one", async () => {
  const page = component(() => {
    const count = signal(0);
    return () => div(p(count), button({ onClick: () => count.inc() }, "+"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  first.client.control({ type: 0x10, lastSeq: 0, reason: 1 });
  assertEquals((await first.client.nextControl(0x12)).seq, 1);
  await first.client.close();
  // As if frame 1 had not arrived: events that were sent at once would go by numbers that are no more.
  const again = await connect(server.origin, html, resumeOf(first, 0));
  assertEquals(again.hello.action, 2);
  assertEquals((await again.client.nextControl(0x12)).seq, 2);
  await again.client.close();
});

Deno.test("what was missed is sent again; past the outbox's bound it is the whole tree", async () => {
  const page = component(() => {
    const text = signal("");
    let n = 0;
    return () => div(p(text), button({ onClick: () => void (text.value = String(n++).repeat(300)) }, "+"));
  });
  await using server = startApp({ page, limits: { outboxBytes: 2048, slowBytes: 2048 } });
  const html = await getPage(server.origin);
  let open = await connect(server.origin, html);
  const add = hid(html.html);
  for (let i = 0; i < 3; i++) {
    open.client.click(add);
    await open.client.patches();
  }
  await open.client.close();
  open = await connect(server.origin, html, resumeOf(open, 1));
  assertEquals([open.hello.action, open.hello.nextSeq], [0, 2]);
  assertEquals([(await open.client.patches()).seq, (await open.client.patches()).seq], [2, 3]);
  for (let i = 0; i < 4; i++) {
    open.client.click(add);
    await open.client.patches();
    if (i === 0) open.client.ack(3);
  }
  await open.client.close();
  open = await connect(server.origin, html, resumeOf(open, 1));
  assertEquals(open.hello.action, 2);
  await open.client.nextControl(0x12);
  await open.client.close();
});

Deno.test("a browser that does not ack gets no more after 64 KiB, then one frame with the newest state", async () => {
  const page = component(() => {
    const ctx = useCtx();
    const text = signal("");
    let n = 0;
    const grow = () => {
      text.value = String.fromCharCode(97 + n++ % 26).repeat(16_000);
      ctx.dispatch("grown", n);
    };
    return () => div(p(text), button({ onClick: grow }, "+"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 20; i++) {
    client.click(hid(html.html));
    await client.settled();
  }
  const before = client.frames.splice(0).filter((frame) => frame.kind === "patches");
  assertEquals(before.length, 5);
  assertEquals((await client.quiet(60)).filter((frame) => frame.kind === "patches").length, 0);
  const last = before.at(-1)!;
  assert(last.kind === "patches");
  client.ack(last.frame.seq);
  const frame = await client.patches();
  assertEquals([frame.seq, frame.received], [6, 20]);
  const [state, ...rest] = frame.patches;
  assert(state.op === Op.TextRange || state.op === Op.SetText);
  assertEquals(state.text, "t".repeat(16_000));
  assertEquals(rest.map((patch) => patch.op === Op.Dispatch ? patch.detail : patch.op), [
    ...Array.from({ length: 15 }, (_, i) => String(i + 6)),
  ]);
  await client.close();
});

Deno.test("writes of anyone flush once per turn, without an event", async () => {
  const shared = signal(0);
  const page = component(() => {
    const double = signal(0);
    effect(() => void (double.value = shared.value * 2));
    return () => p(shared, "/", double);
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  await client.quiet();
  shared.value = 1;
  shared.value = 2;
  shared.value = 3;
  const { received, patches } = await client.patches();
  assertEquals(received, null);
  assertEquals(patches.at(-1), { op: Op.SetText, num: 2, text: "3/6" });
  assertEquals(await client.quiet(), []);
  await client.close();
});
