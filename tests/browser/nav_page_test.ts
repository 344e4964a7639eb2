/**
 * What goes on through a navigation, in Chromium: a playing video; and what a new page does for those who do not see it.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { site } from "./apps/site.ts";
import { findAccessibilityIssues } from "./support/axe.ts";
import { arrived, navigable } from "./support/nav.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

test("nav: a video of the layout plays on through navigations", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(origin);
  await navigable(page);
  await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d")!;
    setInterval(() => context.fillRect(Math.random() * 100, 0, 9, 9), 20);
    const video = document.querySelector("video")!;
    const w = window as unknown as { video: HTMLVideoElement; stops: string[] };
    w.video = video;
    w.stops = [];
    for (const type of ["pause", "emptied", "ended", "error"]) {
      video.addEventListener(type, () => w.stops.push(type));
    }
    video.srcObject = canvas.captureStream(30);
    await video.play();
  });
  const time = () =>
    page.evaluate(() => (window as unknown as { video: HTMLVideoElement }).video.currentTime);
  let before = await time();
  for (const [id, heading] of [["other", "Other"], ["item-1", "Item 1"], ["long", "Long"]]) {
    await page.click(`#${id}`);
    await arrived(page, heading);
    await page.waitForFunction(
      (before) => (window as unknown as { video: HTMLVideoElement }).video.currentTime > before,
      before,
    );
    before = await time();
  }
  await page.goBack();
  await arrived(page, "Item 1");
  assertEquals(
    await page.evaluate(() => {
      const { video, stops } = window as unknown as { video: HTMLVideoElement; stops: string[] };
      return [video.isConnected, video.paused, stops];
    }),
    [true, false, []],
  );
});

test("nav: the title is announced, the focus goes to the heading, and Tab goes on from there", async ({ page, start, open }) => {
  const { origin } = start(site().options);
  await open(origin);
  await navigable(page);
  const region = page.locator("#vango-announcer");
  assertEquals([await region.getAttribute("aria-live"), await region.textContent()], ["assertive", ""]);
  await page.focus("#long");
  await page.keyboard.press("Enter");
  await arrived(page, "Long");
  assertEquals(await region.textContent(), "Long");
  const { focus, outline, visible } = await page.evaluate(() => {
    const active = document.activeElement as HTMLElement;
    const { width, height } = document.querySelector("#vango-announcer")!.getBoundingClientRect();
    return {
      focus: active.localName,
      outline: getComputedStyle(active).outlineStyle,
      visible: width * height,
    };
  });
  assertEquals([focus, outline, visible], ["h1", "none", 1]);
  assertEquals(await findAccessibilityIssues(page), []);
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate(() => document.activeElement!.id), "anchor");
  assertEquals(await page.evaluate(() => document.querySelector("h1")!.outerHTML), "<h1>Long</h1>");
  // An input that stays keeps the focus, and what is typed.
  await page.fill("#search", "abc");
  await page.evaluate(() =>
    (window as unknown as { vango: { navigate(path: string): void } }).vango.navigate("/other")
  );
  await arrived(page, "Other");
  assertEquals(await page.evaluate(() => document.activeElement!.id), "search");
  assertEquals([await page.inputValue("#search"), await region.textContent()], ["abc", "Other"]);
});

test(
  "nav: with view transitions the old page is captured, and every frame arrives",
  async ({ page, start, open }) => {
    const { origin } = start(site({ viewTransitions: true }).options);
    await open(origin);
    await navigable(page);
    await page.evaluate(() => {
      const w = window as unknown as { seen: string[] };
      w.seen = [];
      const real = document.startViewTransition.bind(document);
      document.startViewTransition = ((update: () => Promise<void>) =>
        real(async () => {
          w.seen.push(document.querySelector("h1")!.textContent!);
          await update();
          w.seen.push(document.querySelector("h1")!.textContent!);
        })) as typeof document.startViewTransition;
    });
    await page.click("#other");
    await arrived(page, "Other");
    await page.click("#home");
    await arrived(page, "Home");
    await page.click("#inc");
    await page.waitForFunction(() => document.querySelector("#count")!.textContent === "1");
    assertEquals(await page.evaluate(() => (window as unknown as { seen: string[] }).seen), [
      "Home",
      "Other",
      "Other",
      "Home",
    ]);
  },
  { reducedMotion: "no-preference" },
);

test("nav: with reduced motion there are no view transitions", async ({ page, start, open }) => {
  const { origin } = start(site({ viewTransitions: true }).options);
  await open(origin);
  await navigable(page);
  await page.evaluate(() => {
    document.startViewTransition = () => {
      throw new Error("There is to be none");
    };
  });
  await page.click("#other");
  await arrived(page, "Other");
  assert(page.url().endsWith("/other"));
});
