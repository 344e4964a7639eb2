/**
 * Unsaved changes, in Chromium: every way to leave the page asks first.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { site } from "./apps/site.ts";
import { arrived, navigable, noteDocument, sameDocument } from "./support/nav.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** Answers the page's questions, and notes them. */
function answer(page: Page): { asked: string[]; accept: boolean } {
  const state = { asked: [] as string[], accept: false };
  page.on("dialog", async (dialog) => {
    state.asked.push(`${dialog.type()}: ${dialog.message()}`);
    await (state.accept ? dialog.accept() : dialog.dismiss());
  });
  return state;
}

/** Opens the form by a link, and makes a change that is not saved. */
async function openForm(page: Page, origin: string, open: (url: string) => Promise<void>): Promise<void> {
  await open(origin);
  await navigable(page);
  await noteDocument(page);
  await page.click("#form");
  await arrived(page, "Form");
  await page.fill("#text", "draft");
  await page.waitForSelector("[data-vango-unsaved]", { state: "attached" });
}

test("nav: unsaved changes ask before a link is followed", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  const state = answer(page);
  await openForm(page, origin, open);
  await page.click("#other");
  assertEquals([state.asked, new URL(page.url()).pathname], [["confirm: Lose it?"], "/form"]);
  assertEquals(await page.inputValue("#text"), "draft");
  state.accept = true;
  await page.click("#other");
  await arrived(page, "Other");
  assertEquals([state.asked.length, await sameDocument(page)], [2, true]);
  // There is nothing to lose any more.
  await page.click("#home");
  await arrived(page, "Home");
  assertEquals(state.asked.length, 2);
});

test("nav: unsaved changes ask before back, which is undone until the user agrees", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  const state = answer(page);
  await openForm(page, origin, open);
  const dialog = page.waitForEvent("dialog");
  await page.evaluate(() => history.back());
  await dialog;
  // It is asked when the step is undone: the address is that of what is shown.
  assertEquals(page.url(), `${origin}/form`);
  assertEquals([state.asked, await page.inputValue("#text")], [["confirm: Lose it?"], "draft"]);
  state.accept = true;
  await page.evaluate(() => history.back());
  await arrived(page, "Home");
  assertEquals([state.asked.length, page.url()], [2, `${origin}/`]);
  await page.goForward();
  await arrived(page, "Form");
  assertEquals(await sameDocument(page), true);
});

test("nav: unsaved changes ask before a reload and before the page is closed, and only while they are there", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  const state = answer(page);
  await openForm(page, origin, open);
  await page.evaluate(() => location.reload());
  await page.waitForTimeout(200);
  assertEquals([state.asked, await sameDocument(page)], [["beforeunload: "], true]);
  await page.click("#save");
  await page.waitForSelector("[data-vango-unsaved]", { state: "detached" });
  await page.evaluate(() => location.reload());
  await page.waitForFunction(() => !("noted" in window));
  await navigable(page);
  assertEquals(state.asked.length, 1);
  await page.fill("#text", "draft");
  await page.waitForSelector("[data-vango-unsaved]", { state: "attached" });
  state.accept = true;
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  assertEquals(state.asked.length, 2);
});
