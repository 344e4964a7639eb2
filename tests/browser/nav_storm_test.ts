/**
 * Many navigations at once, in Chromium: links, back, forward and scripts, faster than answers come. In the end the page is the
 * one that the address says, and every step back leads to such a page.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { scale } from "../support/night.ts";
import { Random } from "../support/jsx_programs.ts";
import { site } from "./apps/site.ts";
import { navigable, noteDocument, sameDocument } from "./support/nav.ts";
import { browserSuite, type LiveTest } from "./support/suite.ts";

const test = browserSuite();
const LINKS = ["home", "long", "other", "deep", "form", "form", "slow", "old", "item-1", "item-2", "item-3"];

/** One thing that a user or a script does. */
type Step = readonly [
  what: "click" | "go" | "navigate" | "replace" | "wait" | "type",
  value: string | number,
];

function stepsOf(random: Random, count: number): Step[] {
  return Array.from({ length: count }, (): Step => {
    const dice = random.int(20);
    if (dice < 8) return ["click", random.pick(LINKS)];
    if (dice < 14) return ["go", random.pick([-1, -1, -1, 1, 1, -2, 2, -3])];
    if (dice < 16) {
      return [random.pick(["navigate", "replace"]), random.pick(["/items/7", "/long#row-9", "/"])];
    }
    if (dice < 18) return ["type", random.pick(["draft", "draft", ""])];
    return ["wait", random.pick([0, 1, 5, 15, 40])];
  });
}

async function storm(page: Page, steps: readonly Step[]): Promise<void> {
  await page.evaluate(async (steps) => {
    const { vango } = window as unknown as { vango: { navigate(path: string, options?: object): void } };
    for (const [what, value] of steps) {
      if (what === "click") document.querySelector<HTMLElement>(`#${value}`)!.click();
      else if (what === "go") {
        // Not out of the document: that is another test.
        const place = (history.state as { vango?: [number] } | null)?.vango?.[0] ?? 0;
        if (place > 12) history.go(value as number);
      } else if (what === "type") {
        const input = document.querySelector<HTMLInputElement>("#text");
        if (input === null) continue;
        input.value = value as string;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      } else if (what === "wait") await new Promise((resolve) => setTimeout(resolve, value as number));
      else vango.navigate(value as string, { replace: what === "replace" });
    }
  }, steps);
}

/** Waits until nothing goes on, then gives the heading that is shown and the one that the address asks for. */
async function settled(page: Page): Promise<[shown: string, wanted: string]> {
  const read = () =>
    page.evaluate(() => {
      const path = location.pathname;
      const id = /^\/items\/(\d+)$/.exec(path)?.[1];
      const wanted = id === undefined
        ? { "/": "Home", "/long": "Long", "/other": "Other", "/form": "Form", "/slow": "Slow" }[path] ?? path
        : `Item ${id}`;
      const busy = document.documentElement.classList.contains("vango-navigating");
      return [
        document.querySelector("h1")?.textContent ?? "",
        wanted,
        busy,
        document.title,
        location.href,
      ] as const;
    });
  for (let calm = 0, before = "";;) {
    const [shown, wanted, busy, title, href] = await read();
    const now = `${shown} ${href}`;
    calm = !busy && now === before ? calm + 1 : 0;
    before = now;
    if (calm > 3) return [`${shown} (${title})`, `${wanted} (${wanted === "Slow" ? "Site" : wanted})`];
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Storms of one seed; with `unsaved` the form has something to lose, and questions are answered at random. */
async function storms({ page, start, open }: LiveTest, unsaved: boolean): Promise<void> {
  const seed = Number(Deno.env.get("VANGO_SEED") ?? Math.floor(Math.random() * 2 ** 31));
  const random = new Random(seed);
  const { options, runs } = site();
  runs.wait = 15;
  const { origin } = start(options);
  page.on("dialog", (dialog) => void (random.chance(50) ? dialog.accept() : dialog.dismiss()));
  await open(`${origin}/long`);
  await navigable(page);
  await noteDocument(page);
  await page.evaluate(() => {
    const { vango } = window as unknown as { vango: { navigate(path: string): void } };
    for (let i = 0; i < 24; i++) vango.navigate(`/long#row-${i}`);
  });
  for (let round = 0; round < scale(3, 60); round++) {
    const steps = stepsOf(random, 4 + random.int(20)).filter(([what]) => unsaved || what !== "type");
    const about = `seed ${seed}, round ${round}: ${JSON.stringify(steps)}`;
    await storm(page, steps);
    for (let back = 0; back < 3; back++) {
      const [shown, wanted] = await settled(page);
      assertEquals(shown, wanted, `${about}, ${back} steps back`);
      assertEquals(await sameDocument(page), true, `${about}: the page was loaded anew`);
      await page.evaluate(() => history.back());
    }
    await settled(page);
  }
}

test("nav: after a storm of clicks and steps through the history the page is the one of the address", (t) =>
  storms(t, false));

test("nav: so it is when there is something to lose, whatever the answers are", (t) => storms(t, true));
