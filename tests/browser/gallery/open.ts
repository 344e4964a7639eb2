/**
 * The gallery in Chromium, behind a proxy that delays: what the browser saw beside what the handlers got.
 *
 * @module
 */
/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { galleryOptions } from "../../../examples/gallery/app.ts";
import { withAssets } from "../../../examples/gallery/assets.ts";
import { CUSTOM_EVENT, EVENTS } from "../../../vdom/event_table.ts";
import { startProxy } from "../support/proxy.ts";
import type { LiveTest } from "../support/suite.ts";
import { FIELDS, recordEvents, type Seen } from "./recorder.ts";

/** The family of each event. */
export const FAMILIES: Readonly<Record<string, string>> = Object.fromEntries(
  EVENTS.filter(([, code]) => code !== CUSTOM_EVENT).map(([name, , family]) => [name, family]),
);

/** A payload that a handler got. */
export interface Heard {
  /** The row: stage and event, or `control …`, `modifier …`. */
  row: string;
  /** What it got, without methods. */
  payload: Record<string, unknown>;
}

/** What was heard beside what was seen. */
export interface Watched {
  /** What handlers got, in order. */
  heard: Heard[];
  /** What the browser saw of one element, in order. */
  seen(id: string, type: string): Promise<Seen["payload"][]>;
  /** Waits until a condition holds. @throws {Error} With its name, after 5 s. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
}

/** An open gallery. */
export interface Gallery extends LiveTest, Watched {
  /** The address of the page. */
  url: string;
  /** The middle of an element, scrolled into view. */
  middle(selector: string): Promise<{ x: number; y: number }>;
  /** Sends a command over the DevTools protocol. */
  cdp(method: string, params: Record<string, unknown>): Promise<unknown>;
}

/** Opens the gallery, runs a function with it, and closes what it started. `delay` is up and down, in milliseconds. */
export async function withGallery(
  live: LiveTest,
  delay: { up: number; down: number },
  fn: (gallery: Gallery) => Promise<void>,
): Promise<void> {
  const heard: Heard[] = [];
  const app = live.start(
    galleryOptions((row, event) => {
      const fields = Object.entries(event).filter(([, value]) => typeof value !== "function");
      heard.push({ row, payload: Object.fromEntries(fields) });
    }),
    0,
    withAssets,
  );
  await using proxy = startProxy(Number(new URL(app.origin).port));
  const { page } = live;
  await page.addInitScript(recordEvents, [FAMILIES, FIELDS] as [Record<string, string>, typeof FIELDS]);
  const session = await live.context.newCDPSession(page);
  await live.open(proxy.url);
  // The page itself need not wait for every file of it.
  Object.assign(proxy.delay, delay);
  // Nor does the first picture count, which may have come before there was a client.
  await page.evaluate(() => void ((globalThis as unknown as { seen: Seen[] }).seen.length = 0));
  heard.length = 0;
  const gallery: Gallery = {
    ...live,
    heard,
    url: proxy.url,
    seen: (id, type) =>
      page.evaluate(
        ([id, type]) =>
          (globalThis as unknown as { seen: Seen[] }).seen.filter((it) => it.id === id && it.type === type)
            .map(({ payload }) => payload),
        [id, type],
      ),
    async until(what, holds) {
      // Sound that is played runs as fast as the machine has time for it.
      const end = Date.now() + 10_000;
      while (!await holds()) {
        if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async middle(selector) {
      const element = page.locator(selector);
      await element.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await element.boundingBox())!;
      return { x: x + width / 2, y: y + height / 2 };
    },
    cdp: (method, params) => session.send(method as never, params as never),
  };
  await fn(gallery);
}

/** What the handler of a row got, in order. */
export function got(gallery: Watched, row: string): Heard["payload"][] {
  return gallery.heard.filter((it) => it.row === row).map(({ payload }) => payload);
}

/**
 * Compares what the browser saw of an element with what the handler of a row got: the same payloads in the same order.
 * Of a throttled handler: a part of them, the last one included.
 */
export async function compare(
  gallery: Watched,
  { id, type, row, throttled = false }: { id: string; type: string; row: string; throttled?: boolean },
): Promise<void> {
  let seen: Seen["payload"][] = [], heard: Heard["payload"][] = [];
  const same = async () => {
    seen = await gallery.seen(id, type);
    heard = got(gallery, row).map((payload, i) => withClock(payload, seen[i]));
    if (seen.length === 0 || heard.length === 0) return false;
    if (throttled) return equal(seen.at(-1)!, heard.at(-1)!);
    return seen.length === heard.length && seen.every((payload, i) => equal(payload, heard[i]));
  };
  await gallery.until(`${row}: what was seen arrives`, same).catch(() => {});
  assert(seen.length > 0, `${row}: the browser saw no such event`);
  if (!throttled) assertEquals(heard, seen, row);
  else {
    assertEquals(heard.at(-1), seen.at(-1), row);
    for (const payload of heard) assertEquals(seen.find((other) => equal(other, payload)), payload, row);
  }
}

/** Sound goes on between two listeners: a payload with the time that was seen, where that is next to its own. */
function withClock(payload: Heard["payload"], seen: Seen["payload"] | undefined): Heard["payload"] {
  const { currentTime } = payload;
  const near = typeof currentTime === "number" && Math.abs(currentTime - Number(seen?.currentTime)) < 0.1;
  return near ? { ...payload, currentTime: seen!.currentTime } : payload;
}

/** Whether two payloads are the same, in whatever order their fields are. */
function equal(a: Heard["payload"], b: Heard["payload"]): boolean {
  const sorted = (payload: Heard["payload"]) =>
    JSON.stringify(Object.entries(payload).toSorted(([x], [y]) => x < y ? -1 : 1));
  return sorted(a) === sorted(b);
}
