/**
 * What a hook's element takes over the socket, and what a hostile browser may send in the name of a hook: each is refused by a
 * typed error, and the session lives.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type Component, component, hook, type HookEvent, signal } from "../../mod.ts";
import { button, div, h1 } from "../../vdom/elements.ts";
import { encodeEvent, ErrorCode, type WirePayload } from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, type RawClient } from "../support/raw_client.ts";

/** A page with a hook that is listened to, one that is not, and a button. The event "wait" is done when `gate` is. */
function hookPage(got: HookEvent[], gate?: Promise<void>): Component<Record<never, never>> {
  return component(() => {
    const count = signal(0, { name: "count" });
    const onEvent = async (event: HookEvent) => {
      got.push(event);
      count.inc();
      if (event.name === "fail") throw new Error("no");
      if (event.name === "wait") await gate;
    };
    return () =>
      div(
        h1("Count: ", count),
        div(hook("taken", { onEvent })),
        div(hook("mute")),
        button({ onClick: () => count.inc() }, "+"),
      );
  });
}

/** Runs a test with a page, its client, and the numbers of its elements. */
async function withClient(
  run: (
    client: RawClient,
    numbers: Record<"taken" | "mute" | "plus", number>,
    got: HookEvent[],
  ) => Promise<void>,
  maxFrame?: number,
): Promise<void> {
  const got: HookEvent[] = [];
  await using server = startApp({ page: hookPage(got), ...maxFrame ? { limits: { maxFrame } } : {} });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const [taken, mute, plus] = [0, 1, 2].map((nth) => hid(html.html, nth));
  await run(client, { taken, mute, plus }, got);
  await client.close();
  assertEquals(server.logs.filter(({ level }) => level === "error").map(({ msg }) => msg), []);
}

/** Pushes what a hook would. */
function push(client: RawClient, num: number, name: unknown, data: unknown = {}): number {
  client.event(0x60, num, { name, data } as unknown as WirePayload);
  return client.seq;
}

Deno.test("a hook's event reaches its handler with name and data, and a frame answers", async () => {
  await withClient(async (client, { taken }, got) => {
    const data = { a: [1, "b", { c: null }], n: 1.5, yes: true };
    push(client, taken, "moved", data);
    const frame = await client.patches();
    assertEquals([frame.received, (frame.patches[0] as { text: string }).text], [1, "1"]);
    assertEquals(got, [{ type: "hook", name: "moved", data }]);
  });
});

Deno.test("events of hooks run in order, those that come twice once, and one that waits settles later", async () => {
  const got: HookEvent[] = [];
  const gate = Promise.withResolvers<void>();
  await using server = startApp({ page: hookPage(got, gate.promise) });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const [taken, , plus] = [0, 1, 2].map((nth) => hid(html.html, nth));
  push(client, taken, "wait");
  client.click(plus);
  const bytes = encodeEvent(
    { seq: 3, ackDelta: 0, code: 0x60, num: taken, payload: { name: "next", data: {} } },
    familyOf(0x60),
  );
  client.seq = 3;
  client.send(bytes);
  client.send(bytes);
  let frame = await client.patches();
  while (frame.received !== 3) frame = await client.patches();
  assertEquals([got.map(({ name }) => name), frame.settled?.below], [["wait", "next"], 1]);
  gate.resolve();
  const last = await client.patches();
  // No word of settled events: all that were received have.
  assertEquals([last.received, last.settled], [3, null]);
  await client.close();
});

Deno.test("a hook's data with keys of prototypes is data, and changes no prototype", async () => {
  await withClient(async (client, { taken }, got) => {
    const data = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}',
    );
    push(client, taken, "keys", data);
    await client.patches();
    assertEquals(Object.keys(got[0].data), ["__proto__", "constructor", "toString"]);
    assertEquals(Object.getPrototypeOf(got[0].data), Object.prototype);
    assertEquals(({} as { polluted?: number }).polluted, undefined);
  });
});

Deno.test("what is no event of a hook, or of none that is listened to, is refused typed", async () => {
  await withClient(async (client, { taken, mute, plus }, got) => {
    const refused = async (code: number, run: () => void) => {
      run();
      assertEquals(await client.error(), [code, client.seq]);
    };
    // No such node, a node of another kind, a hook without a handler.
    await refused(ErrorCode.HandlerNotFound, () => push(client, 9999, "e"));
    await refused(ErrorCode.HandlerNotFound, () => push(client, 0, "e"));
    await refused(ErrorCode.HandlerNotFound, () => push(client, plus, "e"));
    await refused(ErrorCode.HandlerNotFound, () => push(client, mute, "e"));
    // Another event of the hook's element; a custom event in the hook's name.
    await refused(ErrorCode.HandlerNotFound, () => client.click(taken));
    for (const name of ["@hook", "hook"]) {
      const event = { name, detail: '{"name":"e"}' } as unknown as WirePayload;
      await refused(ErrorCode.HandlerNotFound, () => client.event(0xff, taken, event));
    }
    // No name, too long a name, no payload.
    await refused(ErrorCode.InvalidEvent, () => push(client, taken, ""));
    await refused(ErrorCode.InvalidEvent, () => push(client, taken, "n".repeat(65)));
    await refused(ErrorCode.InvalidEvent, () => client.event(0x60, taken, null));
    push(client, taken, "n".repeat(64));
    await client.settled();
    assertEquals(got.length, 1);
  });
});

Deno.test("a hook's data that is too deep, too large or cut short costs its frame alone", async () => {
  const head = (num: number) => [1, 1, 0x60, num];
  await withClient(async (client, { taken }, got) => {
    // The data: one entry, its key "a".
    const begin = [...head(taken), 4, 101, 101, 1, 2, 97];
    const nested = (levels: number) => [...begin, ...Array(levels).fill([5, 1]).flat(), 0];
    const bad: [code: number, bytes: number[]][] = [
      [0x12, nested(64)],
      [0x10, [...begin, 4, 0x80, 0x20, ...Array(4096).fill(97)]],
      [0x11, [...begin, 5, 0xff, 0xff, 0x03]],
      [0x11, [...begin, 6, 0xff, 0xff, 0x03]],
      [0x13, begin],
      [0x16, [...begin, 9]],
      [0x15, [...begin, 4, 4, 0xc3, 0x28]],
    ];
    for (const [code, bytes] of bad) {
      client.send(new Uint8Array(bytes));
      assertEquals(await client.error(), [code, 0], `${bytes.slice(0, 20)}`);
    }
    client.send(new Uint8Array(nested(63)));
    await client.patches();
    assert(Array.isArray(got[0].data.a));
    assertEquals(got.length, 1);
  }, 2048);
});

Deno.test("a hook's handler that fails tells the browser, and the next event is taken", async () => {
  const got: HookEvent[] = [];
  await using server = startApp({ page: hookPage(got) });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  push(client, hid(html.html), "fail");
  assertEquals(await client.error(), [ErrorCode.HandlerFailed, 1]);
  push(client, hid(html.html), "next");
  await client.settled();
  assertEquals(got.map(({ name }) => name), ["fail", "next"]);
  await client.close();
});
