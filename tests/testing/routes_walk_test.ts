/**
 * Random walks through an application while its network fails: wherever a page comes to rest, address, page and server agree.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { Window } from "happy-dom";
import { mountDom } from "../../testing/dom_page.ts";
import { mount, type Page } from "../../testing/mod.ts";
import { go } from "../specs/routes.ts";
import { LINKS, SHOWN, walkSite } from "./_walk_site.ts";

/** What is told of events to elements that are gone: of a page that the server has left, or of a tree that came anew. */
const EXPECTED = / is lost: the element is not|Nothing takes |made for an older rendering/;
const STEPS = 40;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}

async function walk(page: Page, seed: number): Promise<void> {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const done: string[] = [];
  const step = async (name: string, run: () => unknown) => {
    done.push(name);
    await run();
  };
  const inside = () =>
    page.html().includes("<button", page.html().indexOf("<main")) ? page.getAll("main button") : [];
  const unlessAtTheEnd = (error: unknown) => {
    if (!/^Error: Cannot go (back|forward)/.test(String(error))) throw error;
  };
  const acts: (() => Promise<void>)[] = [
    ...[1, 2, 3].map(() => () => {
      const link = pick(LINKS);
      return step(link, () => go(page, link));
    }),
    // What befalls a page while it is on its way.
    ...[1, 2].map(() => () => {
      const link = pick(LINKS);
      return step(`${link} and meanwhile`, async () => {
        if (!page.connected) return;
        const going = go(page, link).catch(() => {});
        for (let i = Math.floor(random() * 6); i > 0; i--) {
          await new Promise<void>((resolve) => void setImmediate(resolve));
        }
        await pick([
          () => step("cut", () => page.network.cut()),
          () => step("restart", () => page.restart()),
          () => step("crash", () => page.restart({ crash: true })),
          () => step("count", () => page.get("#count").click()),
        ])();
        await going;
      });
    }),
    () => step("hover", () => page.getByRole("link", { name: pick(LINKS) }).hover()),
    () => step("back", () => page.back().catch(unlessAtTheEnd)),
    () => step("forward", () => page.forward().catch(unlessAtTheEnd)),
    () => step("count", () => page.get("#count").click()),
    () => step("inside", () => inside()[0]?.click()),
    () => step("again", () => inside().at(-1)?.click()),
    () => step("by size", () => page.query("a[href='?by=size']")?.click()),
    () => step("type", () => page.getByLabel("Search").type(pick(["a", "b"]))),
    () => step("hold up", () => page.network.hold("up")),
    () => step("hold down", () => page.network.hold("down")),
    () => step("release", () => page.network.release()),
    () => step("delay", () => page.network.delay({ up: 40, down: 70 })),
    () => step("advance", () => page.clock.advance(pick([10, 100, 700]))),
    () => step("duplicate", () => page.network.duplicate(pick(["up", "down"]))),
    () => step("drop", () => page.network.drop("down")),
    () => step("reorder", () => page.network.reorder("down", 2)),
    () => step("cut", () => page.network.cut()),
    // What a connection begins with is neither lost nor swapped by any network that there is.
    () => step("reset", () => page.network.reset()),
    () =>
      step("restart", async () => {
        await page.network.reset();
        await page.restart({ crash: random() < 0.5 });
      }),
    () => step("disconnect", () => page.disconnect()),
    () => step("reconnect", () => page.reconnect()),
    () => step("reload", () => page.reload()),
  ];
  try {
    for (let i = 0; i < STEPS; i++) {
      await pick(acts)();
      if (i % 4 === 3) {
        await step("rest", async () => {
          await page.network.reset();
          await page.reconnect();
          // Past the patience of a navigation whose answer was lost.
          await page.clock.advance(9000);
          await page.settled();
        });
        const { pathname, searchParams } = page.url;
        const by = searchParams.get("by");
        assertEquals(page.get("h1").text(), by === null ? SHOWN[pathname] : `List by ${by}`, pathname);
        assertEquals(page.errors.map(String).filter((error) => !EXPECTED.test(error)), []);
        assertEquals([page.connected, page.getByLabel("Search").value], [true, page.get("#search").text()]);
        await page.get("#count").click();
      }
    }
  } catch (error) {
    throw new Error(`The walk ${seed} failed after ${done.join(", ")}`, { cause: error });
  }
}

/** WALKS and SEED of the environment make more of them, or others. */
const SEEDS = Array.from(
  { length: Number(Deno.env.get("WALKS") ?? 8) },
  (_, i) => i + Number(Deno.env.get("SEED") ?? 1),
);

Deno.test("mount(): address, page and server agree wherever a walk rests", async () => {
  for (const seed of SEEDS) {
    await using page = await mount(walkSite(), {
      app: { limits: { navigationWaitMs: 50 } },
      throwErrors: false,
    });
    await walk(page, seed);
  }
});

Deno.test("mountDom(): address, page and server agree wherever a walk rests", async () => {
  for (const seed of SEEDS) {
    await using page = await mountDom(walkSite(), {
      app: { limits: { navigationWaitMs: 50 } },
      Window,
      throwErrors: false,
    });
    await walk(page, seed);
  }
});
