/**
 * Hooks in Chromium, under the policy that pages have by default: their life, and what they push.
 *
 * @module
 */
/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { HookApi } from "../../mod.ts";
import { hookSite, withScripts } from "./apps/hooks.ts";
import { keepSockets, sendRaw } from "./support/hold.ts";
import { arrived, navigable, noteDocument, sameDocument } from "./support/nav.ts";
import { startProxy } from "./support/proxy.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

type Note = [what: string, id: string, n: number | null];
type HookWindow = typeof globalThis & { notes?: Note[]; apis: Record<string, HookApi> };

/** What the hooks of a page noted. */
const notes = (page: Page) =>
  page.evaluate(() =>
    ((window as unknown as HookWindow).notes ?? []).map(([what, id, n]): Note => [what, id, n ?? null])
  );

/** Waits until the hooks of a page have noted so many things, and gives the newest. */
async function noted(page: Page, count: number): Promise<Note[]> {
  await page.waitForFunction((n) => ((window as unknown as HookWindow).notes ?? []).length >= n, count);
  return await notes(page);
}

/** Has a hook push; gives what became of it. */
const push = (page: Page, id: string, name: string, data?: object) =>
  page.evaluate(
    ([id, name, data]) => (window as unknown as HookWindow).apis[id].push(name, data),
    [id, name, data] as const,
  );

const text = (page: Page, id: string, wanted: string) =>
  page.waitForFunction(([id, wanted]) => document.getElementById(id)!.textContent === wanted, [id, wanted]);

test("hooks: one of the page is mounted once, under the strict policy; what it makes stays", async ({ page, start, open }) => {
  const { options } = hookSite();
  await page.addInitScript(() => {
    const found: string[] = (globalThis as unknown as { found: string[] }).found = [];
    document.addEventListener("securitypolicyviolation", (e) => found.push(e.blockedURI));
  });
  await open(start(options, 0, withScripts).origin);
  assertEquals(await noted(page, 1), [["mounted", "board", 1]]);
  await page.click("#next");
  assertEquals(await noted(page, 2), [["mounted", "board", 1], ["updated", "board", 2]]);
  const made = () =>
    page.$eval("#board", (e) => [e.className, e.children.length, (e.firstChild as HTMLElement).title]);
  assertEquals(await made(), ["even", 1, "2"]);
  assertEquals(await page.evaluate("found"), []);
});

test("hooks: what one pushes reaches the handler with its data, and its patches are there when it hears of it", async ({ page, start, open }) => {
  const { options, got } = hookSite();
  await open(start(options, 0, withScripts).origin);
  await noted(page, 1);
  const data = { list: [1, "ü", null], map: { on: true }, half: 0.5 };
  const [done, shown] = await page.evaluate(async (data) => {
    const done = await (window as unknown as HookWindow).apis.board.push("all", data);
    return [done, document.getElementById("count")!.textContent] as const;
  }, data);
  assertEquals([done, shown], [true, "1"]);
  assertEquals(got, [{ type: "hook", name: "all", data }]);
  // The server's way to speak to a hook.
  await page.click("#ring");
  await text(page, "count", "2");
  assertEquals(got[1], { type: "hook", name: "rang", data: { n: 1 } });
});

test("hooks: one that a patch inserts is mounted, and destroyed when it is removed", async ({ page, start, open }) => {
  const { options, got } = hookSite();
  await open(start(options, 0, withScripts).origin);
  await noted(page, 1);
  await page.click("#toggle");
  assertEquals((await noted(page, 2))[1], ["mounted", "extra", null]);
  assertEquals(await push(page, "extra", "hi"), true);
  await page.click("#toggle");
  assertEquals((await noted(page, 3))[2], ["destroyed", "extra", null]);
  assertEquals(got.map(({ name }) => name), ["hi"]);
});

test("hooks: all are destroyed by a navigation in the document, and mounted anew on the way back", async ({ page, start, open }) => {
  const { options } = hookSite();
  await open(start(options, 0, withScripts).origin);
  await navigable(page);
  await noted(page, 1);
  await noteDocument(page);
  await page.click("#away");
  await arrived(page, "Away");
  assertEquals(await noted(page, 2), [["mounted", "board", 1], ["destroyed", "board", 1]]);
  await page.click("#back");
  await arrived(page, "Boards");
  assertEquals((await noted(page, 3))[2], ["mounted", "board", 1]);
  assertEquals(await sameDocument(page), true);
});

test("hooks: the first may come by a navigation", async ({ page, start, open }) => {
  const { options } = hookSite();
  const { origin } = start(options, 0, withScripts);
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  await open(`${origin}/away`);
  await navigable(page);
  assert(!scripts.some((path) => /hooks/.test(path)), scripts.join(" "));
  await page.click("#back");
  assertEquals(await noted(page, 1), [["mounted", "board", 1]]);
});

test("hooks: a resync keeps them, and what they made", async ({ page, start, open }) => {
  const { options, got } = hookSite();
  await keepSockets(page);
  await open(start(options, 0, withScripts).origin);
  await noted(page, 1);
  await sendRaw(page, [3, 0x10, 0, 1]);
  await page.click("#ring");
  await text(page, "count", "1");
  assertEquals(await notes(page), [["mounted", "board", 1]]);
  assertEquals(await page.locator("#board > canvas").count(), 1);
  assertEquals(got.length, 1);
});

test("hooks: what is pushed while there is no connection is sent once, in order", async ({ page, console, start, open }) => {
  const { options, got } = hookSite();
  const { origin } = start(options, 0, withScripts);
  await using proxy = startProxy(Number(new URL(origin).port));
  await open(proxy.url);
  await noted(page, 1);
  proxy.refuse();
  proxy.cut();
  await page.waitForSelector("html.vango-reconnecting", { state: "attached" });
  const pushed = page.evaluate(() => {
    const { push } = (window as unknown as HookWindow).apis.board;
    return Promise.all([1, 2, 3].map((n) => push("queued", { n })));
  });
  proxy.restore();
  await connected(page);
  assertEquals(await pushed, [true, true, true]);
  assertEquals(got.map(({ data }) => data.n), [1, 2, 3]);
  await text(page, "count", "3");
  assertEquals(await notes(page), [["mounted", "board", 1]]);
  // What the browser says of sockets that it could not open.
  console.length = 0;
});

test("hooks: one that throws costs itself alone", async ({ page, console, start, open }) => {
  const { options } = hookSite({ bad: true });
  await page.addInitScript(() => {
    const errors: unknown[] = (globalThis as unknown as { failures: unknown[] }).failures = [];
    document.addEventListener("vango:error", (event) => {
      const { hook, message } = (event as CustomEvent).detail;
      errors.push([hook, message]);
    });
  });
  await open(start(options, 0, withScripts).origin);
  await noted(page, 1);
  assertEquals(await push(page, "board", "on"), true);
  await page.waitForFunction("failures.length");
  assertEquals(await page.evaluate("failures"), [["bad", "Error: This hook is bad"]]);
  assert(
    console.some((line) => line.startsWith("error: Hook bad: Error: This hook is bad")),
    console.join("\n"),
  );
  console.length = 0;
});

test("hooks: a list that a hook has sorted is what the server makes it, or goes back when it is refused", async ({ page, console, start, open }) => {
  const { options } = hookSite();
  const server = start(options, 0, withScripts);
  await open(server.origin);
  await noted(page, 1);
  const order = () => page.$$eval("#list > li", (items) => items.map((item) => item.textContent).join(""));
  const drag = async (from: string, to: string) => {
    for (const [name, move] of [[from, "down"], [to, "up"]] as const) {
      const { x, y } = (await page.getByText(name, { exact: true }).boundingBox())!;
      await page.mouse.move(x + 5, y + 5);
      await page.mouse[move]();
    }
  };
  // The script of the list is another one than that of the board: it may come later.
  await page.waitForFunction(() =>
    performance.getEntriesByName(new URL("/hooks/order.js", location.href).href).length
  );
  await drag("b", "d");
  assertEquals(await order(), "acdb");
  await page.click("#ring");
  await text(page, "count", "1");
  assertEquals(await order(), "acdb");
  await drag("d", "c");
  assertEquals(await order(), "adcb");
  // The handler refuses to move the first one.
  await drag("a", "b");
  await page.waitForFunction(() => document.querySelector("#list")!.textContent === "adcb");
  await page.click("#ring");
  await text(page, "count", "2");
  assertEquals(await order(), "adcb");
  server.logs.length = 0;
  console.length = 0;
});

test("hooks: without JavaScript the page is as it is", async ({ page, start }) => {
  const { options } = hookSite();
  await page.goto(start(options, 0, withScripts).origin);
  assertEquals(await page.locator("#board").getAttribute("data-hook"), "board");
  assertEquals(await page.locator("#board > *").count(), 0);
}, { javaScriptEnabled: false });
