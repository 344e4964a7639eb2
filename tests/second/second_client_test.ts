/**
 * The second client, written from the documents, with real applications over real sockets.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { component, createRef, each, signal, useCtx } from "../../mod.ts";
import { a, b, button, div, h1, input, li, ul } from "../../vdom/elements.ts";
import { jsxTemplate } from "../../jsx_runtime.ts";
import { startApp } from "../support/app.ts";
import { type Dom, element } from "./dom.ts";
import type { Noted } from "./frame_log.ts";
import { Tab } from "./tab.ts";
import { writeControl } from "./up.ts";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

const text = (client: Tab, tag: string) => client.find((node) => node.tag === tag).textContent;
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

Deno.test("the second client counts", async () => {
  await using server = startApp({ page: Counter });
  await using client = await Tab.open(server.origin);
  assert(!client.checkFailed);
  const plus = client.byText("button", "+");
  client.fire(plus, "click");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 1");
  client.fire(plus, "click");
  assertEquals(hex(client.sent.at(-1) as Uint8Array), "31 01 02 01 04");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 2");
});

Deno.test("the second client resumes after a lost socket: missed frames and queued events", async () => {
  await using server = startApp({ page: Counter });
  await using client = await Tab.open(server.origin);
  const plus = client.byText("button", "+");
  client.fire(plus, "click");
  await client.idle();
  await client.cut();
  client.fire(plus, "click");
  client.fire(plus, "click");
  await client.connect();
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 3");
  client.slow = true; // what the server answers is lost with the socket
  client.fire(plus, "click");
  while (server.app.metrics().eventsHandled < 4) await new Promise((done) => setTimeout(done, 5));
  await client.cut();
  client.slow = false;
  await client.connect();
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 4");
});

Deno.test("the second client takes many rows as instances, and their events reach the right handlers", async () => {
  const page = component(() => {
    const rows = signal(0);
    const chosen = signal(-1);
    return () =>
      div(
        h1("Chosen: ", chosen),
        button({ onClick: () => void (rows.value += 1000) }, "+"),
        ul(each(
          Array.from({ length: rows.value }, (_x, i) => i),
          (i) => i,
          (i) => li({ id: `r${i}` }, b("x"), a({ onClick: () => void (chosen.value = i) }, "No. ", i)),
        )),
      );
  });
  await using server = startApp({ page });
  await using client = await Tab.open(server.origin);
  client.click("+");
  await client.idle();
  for (const at of [2, 997]) {
    client.fire(client.byText("a", `No. ${at}`), "click");
    await client.idle();
    assertEquals(text(client, "h1"), `Chosen: ${at}`);
  }
});

Deno.test("the second client goes on after a restart", async () => {
  const first = startApp({ page: Counter });
  const port = Number(new URL(first.origin).port);
  const client = await Tab.open(first.origin);
  client.click("+");
  await client.idle();
  const closed = client.log.until((frame) => frame.kind === "closed");
  await first[Symbol.asyncDispose]();
  await closed;
  assertEquals(client.log.controls.slice(-2), [0x21, 0x20]);
  assertEquals(client.log.all.at(-1), { kind: "closed", code: 1001 });
  await using _second = startApp({ page: Counter }, port);
  await client.connect();
  client.click("+");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 2");
  await client[Symbol.asyncDispose]();
});

const isResync = (frame: Noted) => frame.kind === "controlDown" && frame.value.type === 0x12;
const isClosed = (frame: Noted) => frame.kind === "closed";

async function assertCounts(tab: Tab, count: number): Promise<void> {
  tab.click("+");
  await tab.idle();
  assertEquals(tab.byTag("h1").textContent, `Count: ${count}`);
}

Deno.test("a page whose root list was changed is sent again", async () => {
  await using server = startApp({ page: Counter });
  const meddle = (body: Dom) => {
    const tree = body.children.find((node) => node.tag === "div") as Dom;
    body.insert([element("div")], tree);
  };
  await using tab = await Tab.open(server.origin, { meddle });
  assert(tab.checkFailed);
  await tab.log.wait(() => tab.log.controls.includes(0x12));
  await assertCounts(tab, 1);
});

Deno.test("an element whose content was changed before the start is asked for again", async () => {
  const Page = component(() => {
    const count = signal(0, { name: "count" });
    return () =>
      div(
        button({ onClick: () => {} }, "first"),
        div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+")),
      );
  });
  await using server = startApp({ page: Page });
  const meddle = (body: Dom) => body.find((node) => node.tag === "h1")[0].remove();
  await using tab = await Tab.open(server.origin, { meddle });
  assert(tab.checkFailed);
  await tab.log.wait(() => tab.log.ops.includes(0x42));
  assert(!tab.log.controls.includes(0x12));
  await assertCounts(tab, 1);
});

Deno.test("a subtree has the numbers that it had, and comes only until the first frame", async () => {
  await using server = startApp({ page: Counter });
  await using tab = await Tab.open(server.origin);
  const heading = tab.byTag("h1");
  tab.refetch(tab.byTag("div"));
  await tab.log.wait(() => tab.log.ops.includes(0x42));
  assertNotEquals(tab.byTag("h1"), heading);
  assertEquals(tab.byTag("h1").num, heading.num);
  await assertCounts(tab, 1);
  tab.refetch(tab.byTag("div"));
  await tab.log.until(isResync);
  await assertCounts(tab, 2);
});

Deno.test("a resync numbers anew; an event before the ack of it is refused", async () => {
  await using server = startApp({ page: Counter });
  await using tab = await Tab.open(server.origin);
  await assertCounts(tab, 1);
  tab.resync(1);
  tab.click("+");
  await tab.log.until(isResync);
  await tab.log.until((frame) => frame.kind === "error" && frame.value.code === 0x03);
  await assertCounts(tab, 2);
});

Deno.test("frames after a gap are asked for, and come alone", async () => {
  await using server = startApp({ page: Counter });
  await using tab = await Tab.open(server.origin);
  tab.lose = 1;
  tab.click("+");
  await tab.log.wait(() => tab.lose === 0);
  tab.click("+");
  await tab.idle();
  assertEquals(tab.byTag("h1").textContent, "Count: 2");
  assert(!tab.log.controls.includes(0x12));
});

Deno.test("a page that was claimed already gets a session of its own", async () => {
  await using server = startApp({ page: Counter });
  await using tab = await Tab.open(server.origin);
  await assertCounts(tab, 1);
  await using twin = new Tab(server.origin, { like: tab });
  await twin.load();
  await twin.connect();
  await assertCounts(twin, 1);
  await assertCounts(tab, 2);
});

Deno.test("a second socket of a session replaces the first", async () => {
  await using server = startApp({ page: Counter });
  await using tab = await Tab.open(server.origin);
  await assertCounts(tab, 1);
  const closed = tab.log.until(isClosed);
  await tab.connect();
  await closed;
  const reasons = tab.log.all.flatMap((frame) =>
    frame.kind === "closed"
      ? [frame.code]
      : frame.kind === "controlDown" && frame.value.type === 0x20
      ? [frame.value.reason]
      : []
  );
  assertEquals(reasons, [5, 4000]);
  await assertCounts(tab, 2);
});

Deno.test("what is no page's socket is refused: by the hello's status, then by a close code", async () => {
  await using server = startApp({ page: Counter });
  const closing = async (change: (told: Record<string, string>) => void, first?: Uint8Array<ArrayBuffer>) => {
    const tab = new Tab(server.origin, { change, first });
    await tab.load();
    const closed = tab.log.until(isClosed);
    await tab.connect();
    await closed;
    const [frame] = tab.log.all;
    const told = frame.kind === "serverHello"
      ? frame.value.status
      : frame.kind === "error"
      ? frame.value.code
      : -1;
    const last = tab.log.all.at(-1);
    return [told, last?.kind === "closed" ? last.code : 0];
  };
  assertEquals(await closing((told) => told.t = "x"), [2, 4001]);
  assertEquals(await closing(() => {}, new Uint8Array([0, 9, 0])), [1, 4003]);
  assertEquals(await closing(() => {}, new Uint8Array([4, 1])), [1, 4002]);
  assertEquals(await closing(() => {}, new Uint8Array([0x3f])), [0x16, 4002]);
});

Deno.test("templates that were evicted are defined again", async () => {
  const places = Array.from({ length: 300 }, (_x, i) => [`<b class="p${i}"><i>${i}</i> `, "</b>"]);
  const Page = component(() => {
    const from = signal(0, { name: "from" });
    const shown = () => places.map((place, id) => ({ place, id })).slice(from.value, from.value + 60);
    return () => [
      button({ onClick: () => void (from.value = (from.value + 60) % 300) }, "next"),
      div(each(shown(), ({ id }) => id, ({ place }) => jsxTemplate(place, "row"))),
    ];
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  for (let i = 1; i <= 10; i++) {
    tab.click("next");
    await tab.idle();
    const [first] = tab.page.root.find((node) => node.tag === "b");
    assertEquals([first.attrs.get("class"), first.textContent], [
      `p${i * 60 % 300}`,
      `${i * 60 % 300} row`,
    ]);
  }
  assert(tab.page.templates.size <= 256);
  assert(tab.log.ops.filter((op) => op === 0x40).length > 300);
});

Deno.test("a restart with another view sends the tree again, with the state of the snapshot", async () => {
  const first = startApp({ page: Counter });
  const tab = await Tab.open(first.origin);
  await assertCounts(tab, 1);
  const closed = tab.log.until(isClosed);
  await first[Symbol.asyncDispose]();
  await closed;
  const Other = component(() => {
    const count = signal(0, { name: "count" });
    return () => div(button({ onClick: () => count.inc() }, "+"), h1("Count: ", count), "new");
  });
  await using _second = startApp({ page: Other }, Number(new URL(first.origin).port));
  tab.click("+"); // by the old numbers: given up
  await tab.connect();
  await tab.idle();
  assertEquals([tab.byTag("h1").textContent, tab.page.root.textContent], ["Count: 1", "+Count: 1new"]);
  await assertCounts(tab, 2);
  await tab[Symbol.asyncDispose]();
});

Deno.test("pings are echoed, and who asks for everything too often is closed", async () => {
  await using server = startApp({ page: Counter, limits: { heartbeatMs: 1000 } });
  await using tab = await Tab.open(server.origin);
  tab.raw(writeControl(0x01, [70_000]));
  await tab.log.until((frame) => frame.kind === "controlDown" && frame.value.value === 70_000);
  await tab.log.wait(() => tab.log.controls.includes(0x01));
  assertEquals([...tab.sent.at(-1) as Uint8Array].slice(0, 2), [3, 0x02]);
  const last = () => tab.log.all.at(-1);
  for (let i = 0; i < 30 && last()?.kind !== "closed"; i++) {
    const answered = tab.log.until((frame) => isResync(frame) || isClosed(frame));
    tab.resync(1);
    await answered;
  }
  assertEquals(last(), { kind: "closed", code: 4005 });
});

Deno.test("instructions reach the node, the window and the document", async () => {
  const Page = component(() => {
    const ctx = useCtx();
    const title = signal("first", { name: "title" });
    const field = createRef();
    ctx.title(title);
    const run = () => {
      title.set("second");
      ctx.meta("robots", "none");
      field.focus();
      field.dispatch("near", { a: 1 });
      ctx.scrollTo(-3, 200, { smooth: true });
      ctx.dispatch("far", "x");
      ctx.navigate("https://example.com/", { replace: true });
    };
    return () => [input({ ref: field }), button({ onClick: run }, "run")];
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  const { num } = tab.byTag("input");
  tab.click("run");
  await tab.idle();
  assertEquals([tab.page.title, tab.page.metas.get("robots")], ["second", "none"]);
  assertEquals(tab.page.done, [
    { op: 0x0b, num },
    { op: 0x20, num, name: "near", detail: '{"a":1}' },
    { op: 0x0d, num: 0, x: -3, y: 200, smooth: true },
    { op: 0x20, num: 0, name: "far", detail: '"x"' },
    { op: 0x34, url: "https://example.com/", replace: true },
  ]);
});
