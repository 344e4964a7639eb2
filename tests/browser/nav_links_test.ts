/**
 * Links of a site, in Chromium: which are followed over the socket, and what happens when that fails.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { site } from "./apps/site.ts";
import { recordFrames } from "./support/frames.ts";
import { mark, marks } from "./support/identity.ts";
import { arrived, navigable, noteDocument, pathsOf, sameDocument } from "./support/nav.ts";
import { startProxy } from "./support/proxy.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

test("nav: a link changes the page in the same document, without a request; the layout stays", async ({ page, start, open }) => {
  const { options } = site();
  const { origin } = start(options);
  await open(origin);
  await navigable(page);
  await noteDocument(page);
  await mark(page, "header *");
  const kept = await marks(page, "header *");
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.click("#other span");
  await arrived(page, "Other");
  assertEquals([page.url(), await page.title()], [`${origin}/other`, "Other"]);
  await page.click("#home");
  await arrived(page, "Home");
  assertEquals([page.url(), await page.title()], [`${origin}/`, "Home"]);
  assertEquals(await page.getAttribute("#home", "aria-current"), "page");
  await page.click("#inc");
  await page.waitForFunction(() => document.querySelector("#count")!.textContent === "1");
  assertEquals(await marks(page, "header *"), kept);
  assertEquals([requests, await sameDocument(page)], [[], true]);
});

test("nav: a redirect on the way, and another page with a fragment", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(origin);
  await navigable(page);
  await noteDocument(page);
  await page.click("#old");
  await arrived(page, "Other");
  assertEquals(page.url(), `${origin}/other`);
  await page.click("#home");
  await arrived(page, "Home");
  await page.click("#deep");
  await arrived(page, "Other");
  assertEquals(page.url(), `${origin}/other#row-50`);
  const at = () =>
    page.evaluate(() => {
      const row = document.querySelector("main #row-50")!;
      return [Math.round(row.getBoundingClientRect().top), row.matches(":target"), history.state.vango[0]];
    });
  // The first row of that id is in the side box: as of any document.
  const first = await page.evaluate(() => document.querySelector(":target")?.id);
  assertEquals([first, (await at())[2], await sameDocument(page)], ["row-50", 3, true]);
});

test("nav: what is the browser's is the browser's", async ({ page, context, start, open }) => {
  const { origin } = start(site().options);
  await open(origin);
  await navigable(page);
  await noteDocument(page);
  const tab = context.waitForEvent("page");
  await page.click("#other", { modifiers: ["Control"] });
  const opened = await tab;
  await opened.waitForURL(`${origin}/other`);
  await connected(opened);
  await opened.close();
  assertEquals([page.url(), await sameDocument(page)], [`${origin}/`, true]);
  await page.evaluate(() => document.querySelector("#other")!.setAttribute("data-reload", ""));
  await page.click("#other");
  await arrived(page, "Other");
  assertEquals(await sameDocument(page), false);
});

test("nav: an API and a path without a page are loaded", async ({ page, console, start, open }) => {
  const { origin } = start(site().options);
  await open(origin);
  await navigable(page);
  await page.click("#api");
  await page.waitForURL(`${origin}/api/data`);
  assertEquals(await page.textContent("body"), "data");
  await open(origin);
  await navigable(page);
  const answer = page.waitForResponse(`${origin}/missing`);
  await page.click("#missing");
  assertEquals((await answer).status(), 404);
  await page.waitForURL(`${origin}/missing`);
  // The browser tells of the 404.
  console.length = 0;
});

test("nav: the last of two clicks wins, and one entry is made", async ({ page, start, open }) => {
  const { options, runs } = site();
  const { origin } = start(options);
  await open(origin);
  await navigable(page);
  const length = await page.evaluate(() => history.length);
  runs.wait = 500;
  await page.evaluate(() => {
    document.getElementById("slow")!.click();
    document.getElementById("long")!.click();
  });
  await arrived(page, "Long");
  await page.waitForTimeout(600);
  assertEquals(page.url(), `${origin}/long`);
  assertEquals(await page.evaluate(() => history.length), length + 1);
});

test("nav: without a socket links are links", async ({ page, console, start, open }) => {
  const { origin } = start(site().options);
  await using proxy = startProxy(Number(new URL(origin).port));
  await open(proxy.url);
  await navigable(page);
  await noteDocument(page);
  proxy.cut();
  await page.evaluate(() => {
    // At once, before another socket is there.
    (window as unknown as { vango: { close(): void } }).vango.close();
    document.getElementById("other")!.click();
  });
  await arrived(page, "Other");
  assertEquals(await sameDocument(page), false);
  console.length = 0;
});

test("nav: a navigation whose answer was lost is asked for again", async ({ page, console, start, open }) => {
  const { origin } = start(site().options);
  await using proxy = startProxy(Number(new URL(origin).port));
  const recorder = await recordFrames(page);
  await open(proxy.url);
  await navigable(page);
  await noteDocument(page);
  proxy.delay.down = 60_000;
  await page.click("#other");
  await page.waitForTimeout(200);
  proxy.delay.down = 0;
  proxy.cut();
  await arrived(page, "Other");
  assertEquals([new URL(page.url()).pathname, await sameDocument(page)], ["/other", true]);
  assertEquals(new Set(pathsOf(recorder, 0x70)), new Set(["/other"]));
  console.length = 0;
});
