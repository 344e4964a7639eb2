/**
 * The smallest live page, in Chromium.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { counterPage } from "./apps/counter.ts";
import { head } from "./apps/style.ts";
import { recordFrames } from "./support/frames.ts";
import { findAccessibilityIssues } from "./support/axe.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

test("counter: a click and its answer are five bytes up and nine down", async ({ page, start, open }) => {
  const { origin } = start({ page: counterPage().page });
  const recorder = await recordFrames(page);
  await open(origin);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  const before = recorder.frames.length;
  await page.click("#inc");
  await page.getByText("Count: 2").waitFor();
  const [up, down] = recorder.frames.slice(before);
  assertEquals([up.direction, up.bytes.length], ["up", 5]);
  assertEquals([down.direction, down.bytes.length], ["down", 9]);
});

test("counter: twenty clicks at once all count", async ({ page, start, open }) => {
  const { origin } = start({ page: counterPage().page });
  await open(origin);
  for (let i = 0; i < 20; i++) void page.locator("#inc").click({ noWaitAfter: true }).catch(() => {});
  await page.getByText("Count: 20").waitFor();
  await page.click("#dec");
  await page.getByText("Count: 19").waitFor();
});

test("counter: the keyboard presses the button", async ({ page, input, start, open }) => {
  const { origin } = start({ page: counterPage().page });
  await open(origin);
  await input.press("Tab");
  await input.press("Enter");
  await page.getByText("Count: 1").waitFor();
});

test("counter: html and body have the class of the connection", async ({ page, start, open }) => {
  const { origin } = start({ page: counterPage().page });
  await open(origin);
  const classes = await page.evaluate(() => [document.documentElement.className, document.body.className]);
  assertEquals(classes, ["vango-connected", "vango-connected"]);
});

test("counter: axe finds nothing", async ({ page, start, open }) => {
  const { origin } = start({ page: counterPage().page, title: "Counter", head });
  await open(origin);
  assertEquals(await findAccessibilityIssues(page), []);
});
