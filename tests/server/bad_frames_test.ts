/**
 * What a hostile or broken browser may send: each is answered by a typed error and logged, and the session lives on.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { button, div, h1, input } from "../../vdom/elements.ts";
import { encodeClientHello, encodeEvent, ErrorCode } from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, RawClient } from "../support/raw_client.ts";

const page = component(() => {
  const count = signal(0, { name: "count" });
  return () =>
    div(
      h1("Count: ", count),
      button({ onClick: () => count.inc() }, "+"),
      input({ onInput: (e) => void (count.value = e.value.length) }),
    );
});

function click(seq: number, num: number): Uint8Array {
  return encodeEvent({ seq, ackDelta: 0, code: 1, num, payload: null }, familyOf(1));
}

/** Frames that are none, by what is wrong with them, with the code of the answer. */
const BAD: [what: string, code: number, bytes: Uint8Array][] = [
  ["an empty frame", 0x13, new Uint8Array(0)],
  ["an unknown type", 0x16, new Uint8Array([0x0f, 1, 2])],
  ["a frame that only a server sends", 0x17, new Uint8Array([2, 1])],
  ["an event that is cut short", 0x13, click(1, 300).subarray(0, 3)],
  ["an event with bytes left over", 0x01, new Uint8Array([...click(1, 4), 0])],
  ["flags that nobody gave a meaning", 0x01, new Uint8Array([0xf1, 1, 1, 4])],
  ["a varint that never ends", 0x14, new Uint8Array([1, ...new Uint8Array(12).fill(0xff)])],
  ["a varint longer than needed", 0x14, new Uint8Array([0x21, 0x81, 0x00, 1, 4])],
  ["a string that is no UTF-8", 0x15, new Uint8Array([1, 1, 0x10, 4, 4, 0xc3, 0x28])],
  ["an unknown control", 0x16, new Uint8Array([3, 0x7f])],
  ["a control that only a server sends", 0x17, new Uint8Array([3, 0x12])],
  ["a list with more items than bytes", 0x11, new Uint8Array([1, 1, 0x12, 4, 0xff, 0xff, 0x03])],
  ["a frame larger than the limit", 0x10, new Uint8Array(3000)],
  // A hook's value, lists in lists.
  [
    "values nested too deep",
    0x12,
    new Uint8Array([1, 1, 0x60, 4, 2, 97, 1, 2, 98, ...Array(90).fill([5, 1]).flat(), 0]),
  ],
];

Deno.test("a frame that is none costs a typed error: the session lives, nothing is lost", async (t) => {
  await using server = startApp({ page, limits: { maxFrame: 2048 } });
  for (const [what, code, bytes] of BAD) {
    await t.step(what, async () => {
      const html = await getPage(server.origin);
      const { client } = await connect(server.origin, html);
      const add = hid(html.html);
      client.click(add);
      client.send(bytes);
      client.click(add);
      const errors: number[] = [];
      let text = "";
      while (text !== "2") {
        const frame = await client.next();
        if (frame.kind === "error") {
          errors.push(frame.error.code);
          assertEquals([frame.error.seq, frame.error.fatal, frame.error.message], [0, false, ""]);
        }
        const patch = frame.kind === "patches" ? frame.frame.patches[0] : null;
        if (patch !== null && "text" in patch) text = patch.text;
      }
      assertEquals(errors, [code]);
      await client.close();
    });
  }
  assertEquals(server.app.metrics().decodeErrors, BAD.length);
});

Deno.test("the same mistake is logged once, however often it is made", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 20; i++) client.send(new Uint8Array([0x0f]));
  for (let i = 0; i < 20; i++) client.click(9999);
  await client.settled();
  const warned = server.logs.filter((record) => record.level === "warn");
  assertEquals(warned.length, 2);
  assert(warned.every((record) => record.session === html.data.s));
  await client.close();
});

Deno.test("events for numbers that are gone, of no such event or for no number are refused, in order", async () => {
  const shown = signal(true);
  const page = component(() => () =>
    div(
      button({ onClick: () => void (shown.value = false) }, "hide"),
      shown.value ? button({ onClick: () => void (shown.value = true) }, "gone") : null,
      input({}),
    )
  );
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const [hide, gone] = [hid(html.html), hid(html.html, 1)];
  client.event(0x10, hide, { value: "x", checked: false, number: null, values: [] } as never);
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 1]);
  client.click(0);
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 2]);
  client.click(2 ** 50);
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 3]);
  client.event(0xee, hide, { name: "x", detail: "{}" } as never);
  // No event has that code: already its frame is none.
  assertEquals(await client.error(), [ErrorCode.InvalidEvent, 0]);
  client.event(0xff, hide, { name: "constructor", detail: "{}" } as never);
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 5]);
  await client.quiet();
  client.click(hide);
  await told(client, 6);
  client.click(gone);
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 7]);
  await told(client, 7);
  await client.close();
});

Deno.test("events that come twice run once; those that come too late are told so; a gap is no wall", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const add = hid(html.html);
  const bytes = client.click(add);
  for (let i = 0; i < 5; i++) client.send(bytes);
  assertEquals((await client.patches()).received, 1);
  // Events 2 and 3 were given up by the browser: their node was gone.
  client.click(add, { seq: 4 });
  const frame = await client.patches();
  assertEquals([frame.received, (frame.patches[0] as { text: string }).text], [4, "2"]);
  client.click(add, { seq: 3 });
  assertEquals(await client.error(), [ErrorCode.OutOfOrder, 3]);
  client.click(add, { seq: 3 });
  await client.settled();
  assertEquals(client.frames, []);
  client.click(add, { seq: 2 ** 53 - 1 });
  assertEquals((await client.patches()).received, 2 ** 53 - 1);
  assertEquals(server.app.metrics().eventsDuplicate, 6);
  await client.close();
});

Deno.test("an event without its data is refused where the handler takes data", async () => {
  const values: string[] = [];
  const page = component(() => () => div(input({ onInput: (e) => void values.push(e.value) }), button("x")));
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.event(0x10, hid(html.html), null);
  assertEquals(await client.error(), [ErrorCode.InvalidEvent, 1]);
  client.event(0x10, hid(html.html), { value: "a", checked: false, values: [], valueAsNumber: NaN });
  while ((await client.patches()).received !== 2);
  assertEquals(values, ["a"]);
  assertEquals(server.logs.filter(({ level }) => level === "error"), []);
  await client.close();
});

Deno.test("an acknowledgement of what was never sent is ignored, and logged once", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.ack(99);
  client.ack(2 ** 53 - 1);
  client.click(hid(html.html), { ackDelta: 1000 });
  assertEquals((await client.patches()).seq, 1);
  assertEquals(server.logs.filter((r) => String(r.message).includes("acknowledged")).length, 1);
  await client.close();
});

Deno.test("text, a second hello and frames before the hello are refused", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.hello(html);
  assertEquals(await client.error(), [ErrorCode.InvalidFrame, 0]);
  client.click(hid(html.html));
  assertEquals((await client.patches()).received, 1);
  client.send("hello");
  assertEquals((await client.ended()).code, 1003);

  const early = new RawClient(server.origin, html);
  await early.opened;
  early.click(hid(html.html));
  const frame = await early.next();
  assertEquals(frame.kind === "error" && [frame.error.code, frame.error.fatal], [
    ErrorCode.InvalidFrame,
    true,
  ]);
  assertEquals((await early.ended()).code, 4002);

  const noise = new RawClient(server.origin, html);
  await noise.opened;
  noise.send(new Uint8Array([0x0f]));
  assertEquals((await noise.ended()).code, 4002);
  // Nobody lost anything by it.
  assertEquals(server.app.metrics().sessionsActive, 1);
});

Deno.test("a hello of another version, with a wrong token or another's cookie gets no session", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const old = new RawClient(server.origin, html);
  await old.opened;
  const bytes = encodeClientHello({
    intent: 0,
    session: html.data.s,
    key: html.data.k,
    build: "",
    lastSeq: 0,
    lastEvent: 0,
    flags: 0,
    sealed: new Uint8Array(0),
    width: 0,
    height: 0,
    tzOffset: 0,
    caps: 0,
  });
  bytes[1] = 2;
  old.send(bytes);
  const frame = await old.next();
  assertEquals(frame.kind === "hello" && frame.hello.status, 1);
  assertEquals((await old.ended()).code, 4003);

  const other = await getPage(server.origin);
  const forged = { ...html, data: { ...html.data, t: "A".repeat(43) } };
  for (const stolen of [forged, { ...html, cookie: other.cookie }, { ...html, cookie: "" }]) {
    const thief = new RawClient(server.origin, stolen);
    await thief.opened;
    thief.hello(html);
    const answer = await thief.next();
    assertEquals(answer.kind === "hello" && answer.hello.status, 2);
    assertEquals((await thief.ended()).code, 4001);
    assertEquals(thief.frames, []);
  }
  assertEquals(server.app.metrics().socketsOpen, 0);
});

Deno.test("a socket of another origin, of none, or of another subprotocol is refused before the 101", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const ask = async (headers: Record<string, string>) => {
    const { hostname, port } = new URL(server.origin);
    using conn = await Deno.connect({ hostname, port: Number(port) });
    const lines = Object.entries({
      host: `${hostname}:${port}`,
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      "sec-websocket-protocol": `vango.3, t.${html.data.t}`,
      cookie: html.cookie,
      origin: server.origin,
      ...headers,
    }).filter(([, value]) => value !== "").map(([name, value]) => `${name}: ${value}\r\n`);
    await conn.write(new TextEncoder().encode(`GET /_vango/live HTTP/1.1\r\n${lines.join("")}\r\n`));
    const buffer = new Uint8Array(4096);
    const size = await conn.read(buffer) ?? 0;
    return new TextDecoder().decode(buffer.subarray(0, size)).split(" ")[1];
  };
  assertEquals(await ask({ origin: "https://evil.example" }), "403");
  assertEquals(await ask({ origin: "null" }), "403");
  assertEquals(await ask({ origin: "" }), "403");
  assertEquals(await ask({ origin: server.origin + ".evil.example" }), "403");
  assertEquals(await ask({ "sec-fetch-site": "cross-site" }), "403");
  assertEquals(await ask({ "sec-websocket-protocol": "vango.2" }), "400");
  assertEquals(await ask({ "sec-websocket-protocol": "" }), "400");
  assertEquals(await ask({ "sec-websocket-key": "" }), "400");
  assertEquals(await ask({ upgrade: "" }), "426");
  assertEquals(server.app.metrics().socketsOpen, 0);
});

Deno.test("a browser that sends without reading gets no endless answers, nor the whole page without end", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 30; i++) client.control({ type: 0x10, lastSeq: 0, reason: 3 });
  await client.ended();
  assert(server.app.metrics().resyncs <= 10);
});

Deno.test("too many events are refused one by one, and those within the rate still run", async () => {
  await using server = startApp({ page, limits: { eventsPerSecond: 0.1, eventBurst: 3 } });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 5; i++) client.click(hid(html.html));
  await client.settled();
  const frames = await client.quiet();
  assertEquals(
    frames.flatMap((frame) => frame.kind === "error" ? [[frame.error.code, frame.error.seq]] : []),
    [[ErrorCode.RateLimited, 4], [ErrorCode.RateLimited, 5]],
  );
  const texts = frames.flatMap((frame) => frame.kind === "patches" ? frame.frame.patches : []);
  assertEquals((texts.at(-1) as { text: string }).text, "3");
  await client.close();
});

/** Waits for the frame that tells an event; those before it may come together or one by one. */
async function told(client: RawClient, seq: number): Promise<void> {
  let { received } = await client.patches();
  while (received !== null && received < seq) ({ received } = await client.patches());
  assertEquals(received, seq);
}
