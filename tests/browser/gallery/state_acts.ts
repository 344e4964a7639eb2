/**
 * What a user does so that something changes by itself: opens, moves, resizes, loads.
 *
 * @module
 */
/// <reference lib="dom" />
import type { Act } from "./event_cases.ts";
import type { Gallery } from "./open.ts";

const saw = (gallery: Gallery, id: string, type: string, count = 1) =>
  gallery.until(`${type} of ${id}`, async () => (await gallery.seen(id, type)).length >= count);

/** Opens and closes it by its summary. */
export const DETAILS: Act = async (gallery) => {
  await gallery.page.click("#details summary");
  await saw(gallery, "details", "toggle");
  await gallery.page.click("#details summary");
  await saw(gallery, "details", "toggle", 2);
};

/** Opens it by its button, closes it by Escape. */
export const POPOVER: Act = async ({ page }) => {
  await page.click("#popover-open");
  await page.keyboard.press("Escape");
};

/** Closes it by its button, then by Escape. */
export const DIALOG: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#dialog-open");
  await page.click("#dialog-close");
  await saw(gallery, "dialog", "close");
  await page.click("#dialog-open");
  await page.keyboard.press("Escape");
  await saw(gallery, "dialog", "close", 2);
};

/** Lets it run, then runs it again and stops it. */
export const ANIMATION: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#animation-start");
  await saw(gallery, "animation", "animationend");
  await page.click("#animation-stop");
  await page.waitForSelector("#animation:not(.spin)");
  await page.click("#animation-start");
  await saw(gallery, "animation", "animationstart", 2);
  await page.click("#animation-stop");
  await saw(gallery, "animation", "animationcancel");
};

/** Moves in and waits, moves out and soon in again. */
export const TRANSITION: Act = async (gallery) => {
  const { page } = gallery;
  const { x, y } = await gallery.middle("#transition");
  await page.mouse.move(x, y);
  await saw(gallery, "transition", "transitionend");
  await page.mouse.move(x, 1);
  await saw(gallery, "transition", "transitionstart", 2);
  await page.mouse.move(x, y);
  await saw(gallery, "transition", "transitioncancel");
  await saw(gallery, "transition", "transitionend", 2);
};

/** Drags its corner. */
export const RESIZE: Act = async (gallery) => {
  const { page } = gallery;
  await gallery.middle("#resize");
  const { x, y, width, height } = (await page.locator("#resize").boundingBox())!;
  await page.mouse.move(x + width - 4, y + height - 4);
  await page.mouse.down();
  await page.mouse.move(x + width + 20, y + height + 10, { steps: 4 });
  await page.mouse.up();
  await saw(gallery, "resize", "resize");
};

/** Loads a picture, then one that is broken. */
export const RESOURCE: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#resource-load");
  await saw(gallery, "resource", "load");
  await page.click("#resource-break");
  await saw(gallery, "resource", "error");
};

/** Goes full screen and back, then asks where it is refused. */
export const FULLSCREEN: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#fullscreen-go");
  await saw(gallery, "fullscreen", "fullscreenchange");
  await page.click("#fullscreen-go");
  await saw(gallery, "fullscreen", "fullscreenchange", 2);
  await page.click("#fullscreen-fail");
  await saw(gallery, "fullscreen", "fullscreenerror");
};

/** Adds an item to the slot. */
export const SLOTS: Act = async (gallery) => {
  await gallery.page.click("#slots-more");
  await saw(gallery, "slots", "slotchange");
};
