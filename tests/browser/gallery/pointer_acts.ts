/**
 * What a user does with mouse, wheel, fingers, and by dragging.
 *
 * @module
 */
/// <reference lib="dom" />
import type { Act } from "./event_cases.ts";
import type { Gallery } from "./open.ts";

/** Clicks with each button. */
export const PRESS: Act = async ({ page }) => {
  await page.click("#press", { modifiers: ["Shift"] });
  await page.dblclick("#press");
  await page.click("#press", { button: "middle" });
  await page.click("#press", { button: "right", modifiers: ["Alt"] });
};

/** Moves in, to the inner box, and out. */
export const HOVER: Act = async (gallery) => {
  const { page } = gallery;
  const { x, y } = await gallery.middle("#hover");
  await page.mouse.move(x - 60, y, { steps: 3 });
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.move(x, 1);
};

/** Turns the wheel. */
export const SCROLL: Act = async (gallery) => {
  const { page } = gallery;
  const { x, y } = await gallery.middle("#scroller");
  await page.mouse.move(x, y);
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, 20);
  await gallery.until("scrolling ends", async () => (await gallery.seen("scroller", "scrollend")).length > 0);
};

/** Touch points of the DevTools protocol. */
async function touch(gallery: Gallery, type: string, ...points: { x: number; y: number }[]): Promise<void> {
  await gallery.cdp("Input.dispatchTouchEvent", { type, touchPoints: points });
}

/** A mouse over it, then a finger that moves. */
export const POINTER: Act = async (gallery) => {
  const { page } = gallery;
  const { x, y } = await gallery.middle("#pointer");
  await page.mouse.move(x, y, { steps: 2 });
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.move(x, 1);
  await touch(gallery, "touchStart", { x, y });
  await touch(gallery, "touchMove", { x: x + 10, y: y + 10 });
  await touch(gallery, "touchEnd");
};

/** A finger that taps and moves, a touch that is interrupted, and a swipe that scrolls the page. */
export const SWIPE: Act = async (gallery) => {
  const { x, y } = await gallery.middle("#swipe");
  await touch(gallery, "touchStart", { x, y });
  await touch(gallery, "touchMove", { x: x + 2, y });
  await touch(gallery, "touchEnd");
  await touch(gallery, "touchStart", { x, y });
  await touch(gallery, "touchCancel");
  await touch(gallery, "touchStart", { x, y });
  for (let i = 1; i <= 4; i++) await touch(gallery, "touchMove", { x, y: y - 15 * i });
  await touch(gallery, "touchEnd");
};

/** Drags the link to the box and drops it. */
export const DRAG: Act = async (gallery) => {
  const { page } = gallery;
  const from = await gallery.middle("#drag");
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 10, { steps: 3 });
  const to = (await page.locator("#drop").boundingBox())!;
  await page.mouse.move(to.x + 30, to.y + 30, { steps: 3 });
  await page.mouse.up();
};

/** Drags the link in, out and in again, and drops it; then a file, as the system would. */
export const DROP: Act = async (gallery) => {
  const { page } = gallery;
  const from = await gallery.middle("#drag");
  const to = (await page.locator("#drop").boundingBox())!;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 30, { steps: 3 });
  await page.mouse.move(from.x, from.y, { steps: 3 });
  await page.mouse.move(to.x + 40, to.y + 30, { steps: 3 });
  await page.mouse.up();
  // The system drags one thing at a time, and what is told of the first moves the box.
  await gallery.until("the link is dropped", async () => (await gallery.seen("drop", "drop")).length > 0);
  const place = (await page.locator("#drop").boundingBox())!;
  const file = await Deno.makeTempFile({ prefix: "dropped-", suffix: ".txt" });
  try {
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await gallery.cdp("Input.dispatchDragEvent", {
        type,
        x: place.x + 50,
        y: place.y + 30,
        data,
      });
    }
    await gallery.until("a file is dropped", async () => (await gallery.seen("drop", "drop")).length > 1);
  } finally {
    await Deno.remove(file);
  }
};
