/**
 * The second client, written from the documents, with real applications over real sockets.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { button, div, h1 } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { Tab } from "./tab.ts";

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
  await new Promise((done) => setTimeout(done, 30));
  await client.cut();
  client.slow = false;
  await client.connect();
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 4");
});

Deno.test("the second client goes on after a restart", async () => {
  const first = startApp({ page: Counter });
  const port = Number(new URL(first.origin).port);
  const client = await Tab.open(first.origin);
  client.click("+");
  await client.idle();
  const closed = client.until((frame) => frame.kind === "closed");
  await first[Symbol.asyncDispose]();
  await closed;
  await using _second = startApp({ page: Counter }, port);
  await client.connect();
  client.click("+");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 2");
  await client[Symbol.asyncDispose]();
});

Deno.test("the second client finds a page that was changed, and mends it", async () => {
  await using server = startApp({ page: Counter });
  await using client = await Tab.open(server.origin, {
    meddle: (body) => void body.children.find((node) => node.tag === "div")?.children[0].remove(),
  });
  await client.wait(() => client.log.length > 1);
  assertEquals(text(client, "h1"), "Count: 0");
  client.click("+");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 1");
});

Deno.test("the second client asks for a subtree and for everything", async () => {
  await using server = startApp({ page: Counter });
  await using client = await Tab.open(server.origin);
  const heading = client.find((node) => node.tag === "h1");
  client.refetch(client.find((node) => node.tag === "div"));
  await client.until((frame) => frame.kind === "patches");
  assertNotEquals(client.find((node) => node.tag === "h1"), heading);
  client.click("+");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 1");
  client.resync(1);
  await client.until((frame) => frame.kind === "controlDown" && frame.value.type === 0x12);
  await client.idle();
  client.click("+");
  await client.idle();
  assertEquals(text(client, "h1"), "Count: 2");
});
