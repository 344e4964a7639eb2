/**
 * D8 on a whole page: a real client and a real session, clicks with optimistic changes whose handlers settle late, fail or refuse,
 * edits by others, lag, resyncs and lost connections in any order. In the end the page is a fresh rendering of what the server has.
 *
 * tests/client/overlay_property_test.ts has the changes alone, against a model; tests/browser/optimistic_test.ts a browser.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { assertAgree } from "../support/agree.ts";
import { fill } from "../support/fill.ts";
import { type OpenPage, openPage } from "../support/loopback.ts";
import { isNight, scale } from "../support/night.ts";
import { Random } from "../support/random.ts";
import { BUSY, type Outcome, Shop } from "../support/shop.ts";

const seed = isNight() ? Date.now() & 0x7fffffff : 20261121;

/** Runs with a console that says nothing: the client tells of each event that it gave up. */
async function silently(run: () => Promise<void>): Promise<void> {
  const { error } = console;
  console.error = () => {};
  try {
    await run();
  } finally {
    console.error = error;
  }
}

/** What may happen between two looks at a page. */
const HAPPENINGS =
  "click click click click type edit edit up turn down quiet settle settle resync renumber cut"
    .split(" ");

async function happen(page: OpenPage, shop: Shop, random: Random): Promise<void> {
  const { session, document } = page;
  const view = document.defaultView!;
  switch (random.pick(HAPPENINGS)) {
    case "click": {
      shop.outcome = random.pick<Outcome>(["write", "wait", "wait", "throw"]);
      const target = random.pick([...document.querySelectorAll("button")]);
      target.dispatchEvent(new view.MouseEvent("click", { bubbles: true, cancelable: true }));
      return;
    }
    case "type": {
      const field = document.querySelector<HTMLInputElement>("#field")!;
      field.value = random.pick(["", "typed", "optimistic"]);
      field.dispatchEvent(new view.Event("input", { bubbles: true }));
      return;
    }
    case "edit":
      return shop.edit();
    case "up":
      return page.deliverUp();
    case "turn":
      return page.endTurn();
    case "down":
      return page.deliverDown();
    case "quiet":
      return await page.quiet();
    case "settle":
      shop.waiting.splice(random.below(shop.waiting.length), 1)[0]?.end(random.in(3));
      return;
    case "resync":
      return session.receive({ kind: "control", control: { type: 0x10, lastSeq: 0, reason: 1 } });
    case "renumber":
      await page.quiet();
      page.cut();
      return await page.resume(true);
    case "cut":
      page.cut();
      shop.edit();
      return await page.resume();
  }
}

Deno.test("optimistic changes end in the server's state, whatever settles, fails, lags and is lost in between", () =>
  silently(() =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat({ max: 60 }), async (start, happenings) => {
        const random = new Random(start);
        const shop = new Shop(random);
        await using page = await openPage(shop.page(), { parse: fill, dev: false });
        await page.quiet();
        for (let i = 0; i < happenings; i++) await happen(page, shop, random);
        await page.quiet();
        for (const { end } of shop.waiting.splice(0)) end(random.in(3));
        await page.quiet();
        assertAgree(page, () => shop.page());
        assertEquals(page.complaints, 0, "the browser understood every frame");
      }),
      { numRuns: scale(150, 5000), seed },
    )
  ));

Deno.test("an optimistic change stands while a handler waits, over any patches, and no longer", () =>
  silently(() =>
    fc.assert(
      fc.asyncProperty(fc.nat(), async (start) => {
        const random = new Random(start);
        const shop = new Shop(random);
        await using page = await openPage(shop.page(), { parse: fill, dev: false });
        await page.quiet();
        const { document } = page;
        const view = document.defaultView!;
        for (let i = 0; i < 20; i++) {
          shop.outcome = random.pick<Outcome>(["write", "wait", "wait", "throw"]);
          const which = random.pick(BUSY);
          const target = document.querySelector(`#b${which}`)!;
          if (random.in(2)) target.dispatchEvent(new view.MouseEvent("click", { bubbles: true }));
          if (random.in(2)) shop.waiting.splice(random.below(shop.waiting.length), 1)[0]?.end(random.in(3));
          if (random.in(4)) {
            const restored = random.in(2);
            if (restored) await page.quiet();
            page.cut();
            await page.resume(restored);
          }
          await page.quiet();
          const waits = BUSY.map((which) => shop.waiting.some((one) => one.which === which));
          const { classList } = document.querySelector("#p")!;
          // The server may say "busy0" itself.
          const shown = BUSY.map((which) => classList.contains(`busy${which}`));
          assertEquals(shown[1], waits[1]);
          if (waits[0]) assertEquals(shown[0], true);
        }
      }),
      { numRuns: scale(40, 1000), seed },
    )
  ));
