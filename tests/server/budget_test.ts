/**
 * What one click costs on the wire, on a fresh page and on one that has lived for long.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { button, div, h1, li, ul } from "../../vdom/elements.ts";
import { HelloIntent } from "../../protocol/mod.ts";
import { createSealer } from "../../server/seal.ts";
import { encodeSnapshot } from "../../server/snapshot.ts";
import { Op } from "../../vdom/patch.ts";
import { SECRET, startApp } from "../support/app.ts";
import { connect, getPage, hid } from "../support/raw_client.ts";

Deno.test("on a fresh page a click is at most 6 bytes up, its patch at most 10 down", async () => {
  const page = component(() => {
    const count = signal(0);
    return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.sizes.length = 0;
  const ups: number[] = [];
  for (let i = 0; i < 50; i++) {
    ups.push(client.click(hid(html.html), { ackDelta: i === 0 ? 0 : 1 }).length);
    await client.patches();
  }
  const downs = client.sizes.filter((size) => size < 100);
  assert(Math.max(...ups) <= 6, `${Math.max(...ups)} up`);
  assert(Math.max(...downs) <= 10, `${Math.max(...downs)} down`);
  await client.close();
});

Deno.test("with sequence and node numbers at 20,000 it is at most 9 up and 17 down", async () => {
  const page = component(() => {
    const count = signal(20_000);
    const rows = Array.from({ length: 10_000 }, (_, i) => li(i));
    return () => div(ul(...rows), h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  // A session that has lived for 20,000 events and frames comes back from its snapshot.
  const session = "A".repeat(22);
  const bytes = encodeSnapshot({
    build: "",
    session,
    url: "/",
    seq: 20_000,
    received: 20_000,
    hash: "",
    state: new Map(),
  }, () => {});
  const binding = html.cookie.split("=")[1];
  const sealed = await createSealer([SECRET]).seal(bytes, { purpose: "snapshot", binding });
  const { client, hello } = await connect(server.origin, html, {
    intent: HelloIntent.Resume,
    session,
    key: "",
    lastSeq: 20_000,
    lastEvent: 20_000,
    sealed,
  });
  assertEquals([hello.session, hello.received], [session, 20_000]);
  const { seq } = await client.nextControl(0x12);
  client.ack(seq);
  const num = hid(html.html);
  assert(num > 20_000);
  for (let i = 0; i < 20; i++) {
    client.sizes.length = 0;
    const up = client.click(num, { ackDelta: i === 0 ? 0 : 1 });
    const frame = await client.patches();
    assert(frame.seq > 20_000 && frame.received! > 20_000);
    assertEquals([frame.patches.length, frame.patches[0].op], [1, Op.TextRange]);
    assert(up.length <= 9, `${up.length} up`);
    assert(client.sizes[0] <= 17, `${client.sizes[0]} down`);
  }
  await client.close();
});
