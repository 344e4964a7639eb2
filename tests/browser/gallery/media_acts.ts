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
  await page.click("#media-rate");
  await saw(gallery, "ratechange");
  await page.focus("#media");
  await page.keyboard.press("Space");
  await saw(gallery, "ended");
};

/** Loads the slow tone and plays it, until data is missing; then loads the other one. */
export const SLOW_MEDIA: Act = async (gallery) => {
  const { page } = gallery;
  await page.click("#media-slow");
  await saw(gallery, "canplay", 2);
  await page.focus("#media");
  await page.keyboard.press("Space");
  await saw(gallery, "waiting");
  await saw(gallery, "stalled");
  await page.click("#media-load");
  await saw(gallery, "abort");
};
