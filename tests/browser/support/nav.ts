/**
 * What the tests of navigation ask a page.
 *
 * @module
 */
import type { Page } from "playwright-core";
import type { FrameRecorder } from "./frames.ts";
import { connected } from "./suite.ts";

/** Waits until the links of a page are followed over the socket. */
export async function navigable(page: Page): Promise<void> {
  await connected(page);
  await page.waitForFunction(() => "navigate" in ((window as { vango?: object }).vango ?? {}));
}

/** Waits until a page is there: its heading, and that no navigation is on its way. */
export async function arrived(page: Page, heading: string): Promise<void> {
  await page.waitForFunction(
    (heading) =>
      document.querySelector("h1")?.textContent === heading &&
      !document.documentElement.classList.contains("vango-navigating"),
    heading,
  );
}

/** Notes the document, so that {@linkcode sameDocument} can tell whether another one has come. */
export async function noteDocument(page: Page): Promise<void> {
  await page.evaluate(() => void ((window as { noted?: boolean }).noted = true));
}

/** Whether the document is the one that was noted. */
export function sameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => "noted" in window);
}

/** How far the window and the side box are scrolled. */
export function scrolls(page: Page): Promise<[top: number, side: number]> {
  return page.evaluate(() => [Math.round(scrollY), document.querySelector("#side")!.scrollTop]);
}

/** Scrolls the window and the side box, and lets the browser take note. */
export async function scrollTo(page: Page, top: number, side: number): Promise<void> {
  await page.evaluate(([top, side]) => {
    globalThis.scrollTo({ top, behavior: "instant" });
    document.querySelector("#side")!.scrollTop = side;
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, [top, side]);
}

/** Waits until window and side box are where they are said to be. */
export async function scrolled(page: Page, top: number, side: number): Promise<void> {
  await page.waitForFunction(
    ([top, side]) => Math.abs(scrollY - top) < 2 && document.querySelector("#side")!.scrollTop === side,
    [top, side],
  );
}

/** The number of the paths that were sent up by events of a code (hex), in order. */
export function pathsOf({ frames }: FrameRecorder, code: number): string[] {
  return frames.flatMap(({ direction, bytes }) => {
    if (direction !== "up" || (bytes[0] & 15) !== 1) return [];
    let at = 1;
    const uint = () => {
      let n = 0, scale = 1, byte: number;
      do {
        byte = bytes[at++];
        n += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      return n;
    };
    if (bytes[0] & 16) uint();
    uint();
    if (bytes[at++] !== code) return [];
    uint();
    const length = uint() / 2;
    return [new TextDecoder().decode(bytes.subarray(at, at + length))];
  });
}
