/**
 * Every option of a handler: what it lets through, holds back and shows, through a network that delays.
 *
 * @module
 */
/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { MODIFIERS } from "../../examples/gallery/modifiers.ts";
import type { OnOptions } from "../../mod.ts";
import { type Gallery, got, withGallery } from "./gallery/open.ts";
import { MODIFIERS as KEYS } from "./support/input.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** How many events of each row there must be in the end, when any that is too much has come. */
const counts = new Map<string, number>();

/** Waits for as many events of a row. */
async function heard(gallery: Gallery, row: string, count: number): Promise<Record<string, unknown>[]> {
  counts.set(row, count);
  await gallery.until(`${count} of ${row}`, () => got(gallery, row).length >= count);
  return got(gallery, row);
}

/** What is done, and what must come of it, by the name of the option. Without an entry this file does not compile. */
const CASES: Record<keyof OnOptions, (gallery: Gallery) => Promise<void>> = {
  async prevent(gallery) {
    await gallery.page.click("#m-prevent");
    await heard(gallery, "modifier prevent", 1);
    assertEquals(gallery.page.url(), `${gallery.url}/`);
  },
  async stop(gallery) {
    await gallery.page.click("#m-stop");
    await heard(gallery, "modifier stop", 1);
    assertEquals(got(gallery, "beside stop"), []);
    await gallery.page.click("#m-stop-box", { position: { x: 5, y: 5 } });
    await heard(gallery, "beside stop", 1);
  },
  async once(gallery) {
    for (let i = 0; i < 3; i++) await gallery.page.click("#m-once");
    assertEquals((await gallery.seen("m-once", "click")).length, 3);
    await heard(gallery, "modifier once", 1);
  },
  async passive(gallery) {
    const { x, y } = await gallery.middle("#m-passive");
    await gallery.page.mouse.move(x, y);
    await gallery.page.mouse.wheel(0, 40);
    const [{ deltaY }] = await heard(gallery, "modifier passive", 1);
    assertEquals(deltaY, 40);
    const scrolled = () => gallery.page.$eval("#m-passive", (box) => box.scrollTop > 0);
    await gallery.until("the box scrolls", scrolled);
  },
  async self(gallery) {
    await gallery.page.click("#m-self-inner");
    await gallery.page.click("#m-self", { position: { x: 4, y: 4 } });
    assertEquals((await gallery.seen("m-self", "click")).length, 2);
    const [{ offsetX, offsetY }] = await heard(gallery, "modifier self", 1);
    assertEquals([offsetX, offsetY], [4, 4]);
  },
  async debounce(gallery) {
    await gallery.page.click("#m-debounce");
    await gallery.input.type("abc");
    assertEquals((await gallery.seen("m-debounce", "input")).length, 3);
    const [{ value }] = await heard(gallery, "modifier debounce", 1);
    assertEquals(value, "abc");
  },
  async throttle(gallery) {
    const { x, y } = await gallery.middle("#m-throttle");
    for (let i = 0; i < 20; i++) await gallery.page.mouse.move(x + i, y);
    const last = () => (got(gallery, "modifier throttle").at(-1)?.clientX as number) === Math.round(x + 19);
    await gallery.until("the last position arrives", last);
    const seen = await gallery.seen("m-throttle", "mousemove");
    const all = got(gallery, "modifier throttle");
    assertEquals([all[0], all.at(-1)], [seen[0], seen.at(-1)]);
    assert(seen.length >= 20 && all.length < seen.length / 2, `${all.length} of ${seen.length} were sent`);
  },
  async keys(gallery) {
    await gallery.page.focus("#m-keys");
    await gallery.input.type("ak");
    await gallery.input.press("Enter");
    await gallery.input.press("Escape");
    await gallery.input.press("Enter", KEYS.shift);
    await gallery.input.press("k", KEYS.ctrl);
    const all = await heard(gallery, "modifier keys", 3);
    assertEquals(all.map(({ key, ctrlKey }) => [key, ctrlKey]), [["Enter", false], ["Escape", false], [
      "k",
      true,
    ]]);
    assertEquals(await gallery.page.inputValue("#m-keys"), "ak");
  },
  async optimistic(gallery) {
    const button = gallery.page.locator("#m-optimistic");
    // Read in the page, in the turn of the click: no round trip fits in between.
    await gallery.page.evaluate(() => {
      const button = document.querySelector("#m-optimistic")!;
      addEventListener("click", () => (globalThis as { said?: string }).said = button.textContent!);
    });
    await button.click();
    assertEquals(await gallery.page.evaluate("said"), "Saving …");
    assertEquals(await button.getAttribute("class"), "busy");
    await gallery.until("the server follows", async () => await button.textContent() === "Saved 1");
    await gallery.until("the class goes", async () => !await button.getAttribute("class"));
  },
};

Deno.test("gallery: every option of a handler has one row and one case", () => {
  assertEquals(Object.keys(MODIFIERS).toSorted(), Object.keys(CASES).toSorted());
});

test("gallery: each option of a handler does what it says, 100 ms away", (live) =>
  withGallery(live, { up: 50, down: 50 }, async (gallery) => {
    const wrong: Error[] = [];
    for (const run of Object.values(CASES)) await run(gallery).catch((error) => wrong.push(error));
    await gallery.page.waitForTimeout(400);
    for (const [row, count] of counts) assertEquals(got(gallery, row).length, count, row);
    if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(({ message }) => message).join("\n"));
  }));
