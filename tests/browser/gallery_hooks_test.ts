/**
 * Every way in which a hook and its server meet, through a network that delays.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import type { HOOKS } from "../../examples/gallery/hooks.ts";
import { type Gallery, got, withGallery } from "./gallery/open.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** Names and data that the handler of a row got, when there are so many. */
async function heard(gallery: Gallery, row: string, count: number): Promise<[unknown, unknown][]> {
  await gallery.until(`${count} of ${row}`, () => got(gallery, row).length >= count);
  return got(gallery, row).map(({ name, data }) => [name, data]);
}

/** What is done, and what must come of it. Without an entry this file does not compile. */
const CASES: Record<keyof typeof HOOKS, (gallery: Gallery) => Promise<void>> = {
  async push(gallery) {
    for (let i = 0; i < 2; i++) await gallery.page.click("#h-push button");
    assertEquals(await heard(gallery, "hook push", 2), [
      ["drawn", { sign: "●", count: 1 }],
      ["drawn", { sign: "●", count: 2 }],
    ]);
  },
  async updated(gallery) {
    await gallery.page.click("#h-updated button");
    await gallery.page.click("#h-updated-next");
    await heard(gallery, "hook updated", 2);
    await gallery.page.click("#h-updated button");
    assertEquals(await heard(gallery, "hook updated", 3), [
      ["drawn", { sign: "●", count: 1 }],
      ["changed", { config: { sign: "★" } }],
      ["drawn", { sign: "★", count: 2 }],
    ]);
    assertEquals(await gallery.page.textContent("#h-updated output"), "●★");
  },
  async dispatch(gallery) {
    await gallery.page.click("#h-dispatch button");
    await gallery.page.click("#h-dispatch-clear");
    assertEquals(await heard(gallery, "hook dispatch", 2), [
      ["drawn", { sign: "●", count: 1 }],
      ["cleared", { signs: ["●"] }],
    ]);
    assertEquals(await gallery.page.textContent("#h-dispatch output"), "");
  },
};

test("gallery: hooks push, are told of their config, and hear the server, 100 ms away", (live) =>
  withGallery(live, { up: 40, down: 60 }, async (gallery) => {
    for (const [id, run] of Object.entries(CASES)) {
      await gallery.page.waitForSelector(`#h-${id} button`);
      await run(gallery);
      const row = `#hook-${id} .count`;
      const shown = async () =>
        await gallery.page.textContent(row) === String(got(gallery, `hook ${id}`).length);
      await gallery.until(`${row} is shown`, shown);
    }
  }));
