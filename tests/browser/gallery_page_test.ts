/**
 * The gallery as a page: accessible in light and dark, and as wide as its window, on a phone and on a desk.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { galleryOptions } from "../../examples/gallery/app.ts";
import { withAssets } from "../../examples/gallery/assets.ts";
import { findAccessibilityIssues } from "./support/axe.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

for (
  const [name, colorScheme, viewport] of [
    ["a desk, light", "light", { width: 1280, height: 900 }],
    ["a phone, dark", "dark", { width: 390, height: 844 }],
  ] as const
) {
  test(`gallery: axe finds nothing, and nothing is too wide: ${name}`, async ({ page, start, open }) => {
    await open(start(galleryOptions(), 0, withAssets).origin);
    await page.click("#press");
    await page.click("#go-TemplateDef");
    await page.click("#go-AddClass");
    await page.waitForSelector("#event-click.heard");
    assertEquals(await findAccessibilityIssues(page), []);
    assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
  }, { colorScheme, viewport: { ...viewport } });
}
