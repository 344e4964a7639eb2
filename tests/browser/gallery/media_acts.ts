/**
 * What a user does with sound.
 *
 * @module
 */
/// <reference lib="dom" />
import type { Act } from "./event_cases.ts";
import type { Gallery } from "./open.ts";

const saw = (gallery: Gallery, type: string, count = 1) =>
  gallery.until(`${type} of media`, async () => (await gallery.seen("media", type)).length >= count);

/** Loads the tone, plays it by the keyboard, pauses, seeks, mutes, and lets it end. */
export const MEDIA: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#media-load");
  await saw(gallery, "canplaythrough");
  await page.focus("#media");
  await page.keyboard.press("Space");
  await saw(gallery, "playing");
  await page.keyboard.press("Space");
  await saw(gallery, "pause");
  const bar = (await page.locator("#media").boundingBox())!;
  await page.mouse.click(bar.x + bar.width * 0.55, bar.y + bar.height / 2);
  await saw(gallery, "seeked");
  await page.click("#media-mute");
  await saw(gallery, "volumechange");
  await changeSpeed(gallery);
  await page.focus("#media");
  await page.keyboard.press("Space");
  await saw(gallery, "ended");
};

/** Opens the browser's own menu, goes to its second entry, the speeds, and takes another one. */
async function changeSpeed(gallery: Gallery): Promise<void> {
  const { page } = gallery;
  const bar = (await page.locator("#media").boundingBox())!;
  await page.mouse.click(bar.x + bar.width - 24, bar.y + bar.height / 2);
  for (const key of ["ArrowDown", "Enter", "ArrowDown", "Enter"]) {
    // The menu is no part of the page: nothing there tells when it is open.
    await page.waitForTimeout(150);
    await page.keyboard.press(key);
  }
  await saw(gallery, "ratechange");
}

/** Loads the slow tone and plays it, until data is missing. */
export const SLOW_MEDIA: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#media-slow");
  await saw(gallery, "canplay", 2);
  await page.focus("#media");
  await page.keyboard.press("Space");
  await saw(gallery, "waiting");
};

/** Goes on after three seconds without data: by then the browser calls it stalled. Then loads the other tone. */
export const STALLED_MEDIA: Act = async (gallery) => {
  await saw(gallery, "stalled");
  await gallery.page.click("#media-load");
  await saw(gallery, "abort");
};
