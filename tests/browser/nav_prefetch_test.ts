/**
 * What Chromium asks for ahead: within the budget, and used by the navigation that follows.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { site } from "./apps/site.ts";
import { recordFrames } from "./support/frames.ts";
import { arrived, navigable, pathsOf } from "./support/nav.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

test("nav: a link that is pointed at is loaded ahead, once, and its data is there with the click", async ({ page, start, open }) => {
  const { options, runs } = site();
  const { origin } = start(options);
  const recorder = await recordFrames(page);
  await open(origin);
  await navigable(page);
  await page.hover("#item-3");
  await recorder.waitFor(() => pathsOf(recorder, 0x71).length === 1);
  await page.hover("#search");
  await page.hover("#item-3");
  await page.waitForTimeout(150);
  await page.click("#item-3");
  await arrived(page, "Item 3");
  assertEquals(await page.textContent("#data"), "data 3");
  assertEquals([pathsOf(recorder, 0x71), runs.loads], [["/items/3"], ["3"]]);
});

test("nav: however many links have the focus, five a second are asked for", async ({ page, start, open }) => {
  const { options, runs } = site();
  const { origin } = start(options);
  const recorder = await recordFrames(page);
  await open(origin);
  await navigable(page);
  runs.wait = 20;
  for (let n = 1; n <= 8; n++) await page.focus(`#item-${n}`);
  await recorder.waitFor(() => pathsOf(recorder, 0x71).length === 8);
  assertEquals(new Set(pathsOf(recorder, 0x71)).size, 8);
  const times = recorder.frames.filter((frame) => pathsOf({ ...recorder, frames: [frame] }, 0x71).length > 0)
    .map(({ at }) => at);
  for (let i = 5; i < times.length; i++) {
    assert(times[i] - times[i - 5] >= 0.95, `${times[i] - times[i - 5]}`);
  }
});

test("nav: a plain link and one of data-prefetch none are not asked for", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  const recorder = await recordFrames(page);
  await open(origin);
  await navigable(page);
  await page.hover("#other");
  await page.waitForTimeout(150);
  await page.hover("#long");
  await page.waitForTimeout(150);
  assertEquals(pathsOf(recorder, 0x71), []);
  // What is seen is asked for.
  await page.evaluate(() => document.querySelector("#long")!.setAttribute("data-prefetch", "view"));
  await recorder.waitFor(() => pathsOf(recorder, 0x71).length === 1);
  assertEquals(pathsOf(recorder, 0x71), ["/long"]);
});
