/**
 * Scroll positions and the history, in Chromium: as a browser treats documents.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { site } from "./apps/site.ts";
import {
  arrived,
  navigable,
  noteDocument,
  sameDocument,
  scrolled,
  scrolls,
  scrollTo,
} from "./support/nav.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

test("nav: window and container are where they were left, back and forward", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(`${origin}/long`);
  await navigable(page);
  await noteDocument(page);
  await scrollTo(page, 1500, 200);
  await page.evaluate(() => document.getElementById("other")!.click());
  await arrived(page, "Other");
  // The new page begins at its top; the box beside it stays as it is.
  assertEquals(await scrolls(page), [0, 200]);
  await scrollTo(page, 700, 40);
  await page.goBack();
  await arrived(page, "Long");
  await scrolled(page, 1500, 200);
  await page.goForward();
  await arrived(page, "Other");
  await scrolled(page, 700, 40);
  assertEquals(await sameDocument(page), true);
});

test("nav: positions outlive a reload, and another document in between", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(`${origin}/long`);
  await navigable(page);
  await scrollTo(page, 1500, 200);
  await page.evaluate(() => document.getElementById("other")!.click());
  await arrived(page, "Other");
  await scrollTo(page, 700, 40);
  await page.reload();
  await navigable(page);
  await scrolled(page, 700, 40);
  await page.evaluate(() => location.href = "/api/data");
  await page.waitForURL(`${origin}/api/data`);
  // Two entries back, into one that this document never showed.
  await page.evaluate(() => history.go(-2));
  await page.waitForURL(`${origin}/long`);
  await navigable(page);
  await arrived(page, "Long");
  await scrolled(page, 1500, 200);
  await page.goForward();
  await arrived(page, "Other");
  await scrolled(page, 700, 40);
});

test("nav: places in the page, and back over them, are the browser's", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(`${origin}/long`);
  await navigable(page);
  await noteDocument(page);
  // The side box has rows of the same ids, and comes first.
  await page.evaluate(() =>
    document.querySelectorAll("#side li").forEach((row) => row.removeAttribute("id"))
  );
  await scrollTo(page, 30, 0);
  await page.click("#anchor");
  const place = await page.evaluate(() => {
    const row = document.querySelector("#row-80")!;
    return [location.hash, row.matches(":target"), Math.abs(row.getBoundingClientRect().top) < 2];
  });
  assertEquals(place, ["#row-80", true, true]);
  const [there] = await scrolls(page);
  assert(there > 2000);
  await page.goBack();
  await scrolled(page, 30, 0);
  assertEquals(new URL(page.url()).hash, "");
  await page.goForward();
  await scrolled(page, there, 0);
  // From the place to another page and back.
  await page.evaluate(() => document.getElementById("other")!.click());
  await arrived(page, "Other");
  assertEquals(await scrolls(page), [0, 0]);
  await page.goBack();
  await arrived(page, "Long");
  await scrolled(page, there, 0);
  await page.goBack();
  await scrolled(page, 30, 0);
  assertEquals([page.url(), await sameDocument(page)], [`${origin}/long`, true]);
});

test("nav: a link to a place in another page scrolls there, and makes it the target", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(origin);
  await navigable(page);
  await page.evaluate(() =>
    document.querySelectorAll("#side li").forEach((row) => row.removeAttribute("id"))
  );
  await page.click("#deep");
  await arrived(page, "Other");
  const state = await page.evaluate(() => {
    const row = document.querySelector("#row-50")!;
    return [
      location.hash,
      row.matches(":target"),
      Math.abs(row.getBoundingClientRect().top) < 2,
      history.state.vango[0],
    ];
  });
  assertEquals(state, ["#row-50", true, true, 1]);
  await page.goBack();
  await arrived(page, "Home");
  await page.goForward();
  await arrived(page, "Other");
  assert((await scrolls(page))[0] > 1500);
});

test("nav: another query by a link begins at the top, by a replacement it stays", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(`${origin}/other`);
  await navigable(page);
  await scrollTo(page, 900, 0);
  await page.evaluate(() =>
    (window as unknown as { vango: { navigate(path: string, options: object): void } })
      .vango.navigate("?page=1", { replace: true })
  );
  await page.waitForURL(`${origin}/other?page=1`);
  await arrived(page, "Other");
  assertEquals(await scrolls(page), [900, 0]);
  await page.click("#more");
  await page.waitForURL(`${origin}/other?page=2`);
  await arrived(page, "Other");
  await scrolled(page, 0, 0);
  await page.goBack();
  await page.waitForURL(`${origin}/other?page=1`);
  await page.waitForFunction(() => scrollY > 800);
});

test("nav: a page that waits for its data is where it was left when the data is there", async ({ page, start, open }) => {
  const { options, runs } = site({ limits: { navigationWaitMs: 50 } });
  const { origin } = start(options);
  await open(`${origin}/slow`);
  await navigable(page);
  await scrollTo(page, 1200, 0);
  await page.evaluate(() => document.getElementById("other")!.click());
  await arrived(page, "Other");
  runs.wait = 400;
  await page.goBack();
  await arrived(page, "Slow");
  assertEquals(await page.locator("main li").count(), 0);
  await scrolled(page, 1200, 0);
});
