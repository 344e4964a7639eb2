/**
 * Optimistic changes under latency: shown at once, kept until their own event has settled, taken back when it was refused.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { type Component, component, on, onCleanup, onMount, signal } from "../../mod.ts";
import { button, li, main, p, ul } from "../../vdom/elements.ts";
import { startProxy } from "./support/proxy.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** 300 ms for a round trip. */
const SLOW = { up: 150, down: 150 };

/** Three items that can be done; the second takes its time, the third refuses. */
function todoPage(): Component<Record<never, never>> {
  return component(() => {
    const done = signal<string[]>([]);
    const ticks = signal(0);
    onMount(() => {
      const timer = setInterval(() => ticks.inc(), 30);
      onCleanup(() => clearInterval(timer));
    });
    const toggle = async (name: string) => {
      if (name === "slow") await new Promise((resolve) => setTimeout(resolve, 400));
      if (name === "refused") throw new Error("not allowed");
      done.update((all) => all.includes(name) ? all.filter((other) => other !== name) : [...all, name]);
    };
    const item = (name: string) =>
      li(
        { key: name, id: name, class: { done: done.value.includes(name), tick: ticks.value % 2 === 1 } },
        button({
          onClick: on(() => toggle(name), { optimistic: { target: name, class: { toggle: "done" } } }),
        }, name),
      );
    const save = on(() => new Promise((resolve) => setTimeout(resolve, 200)), {
      optimistic: { text: "Saving", attr: { disabled: "", "aria-busy": "true" } },
    });
    return () =>
      main(
        p({ id: "ticks" }, ticks.value),
        ul(["quick", "slow", "refused"].map(item)),
        button({ id: "save", onClick: save }, "Save"),
      );
  }, { name: "Todo" });
}

/** Notes, at each change of the class of an element, whether it has `done`. */
async function recordDone(page: Page, id: string): Promise<() => Promise<boolean[]>> {
  await page.evaluate((id) => {
    const element = document.getElementById(id)!;
    const seen: boolean[] = (window as unknown as { seen: boolean[] }).seen = [
      element.classList.contains("done"),
    ];
    new MutationObserver(() => {
      const now = element.classList.contains("done");
      if (now !== seen.at(-1)) seen.push(now);
    }).observe(element, { attributes: true });
  }, id);
  return () => page.evaluate(() => (window as unknown as { seen: boolean[] }).seen);
}

const hasDone = (page: Page, id: string) => page.locator(`#${id}.done`).count().then((count) => count === 1);

test("optimistic: a change is shown at once and never flickers", async ({ page, start, open }) => {
  const server = start({ page: todoPage() });
  await using proxy = startProxy(Number(new URL(server.origin).port));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  const seen = await recordDone(page, "quick");
  await page.click("#quick button");
  assertEquals(await hasDone(page, "quick"), true);
  const ticks = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) > n + 15, ticks);
  assertEquals(await seen(), [false, true]);
});

test("optimistic: a change stays until its handler's await has settled", async ({ page, start, open }) => {
  await open(start({ page: todoPage() }).origin);
  const seen = await recordDone(page, "slow");
  await page.click("#slow button");
  await page.click("#quick button");
  await page.waitForFunction(() => document.querySelector("#quick")!.classList.contains("done"));
  const ticks = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) > n + 20, ticks);
  assertEquals([await seen(), await hasDone(page, "quick")], [[false, true], true]);
});

test("optimistic: a refused change alone is taken back", async ({ page, start, open }) => {
  const server = start({ page: todoPage() });
  await using proxy = startProxy(Number(new URL(server.origin).port));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  const seen = await recordDone(page, "refused");
  await page.click("#quick button");
  await page.click("#refused button");
  await page.click("#slow button");
  assertEquals(await hasDone(page, "refused"), true);
  await page.waitForFunction(() => !document.querySelector("#refused")!.classList.contains("done"));
  assertEquals([await hasDone(page, "quick"), await hasDone(page, "slow")], [true, true]);
  assertEquals(await seen(), [false, true, false]);
  // The handler's failure was logged, as it should be.
  assertEquals(server.logs.filter(({ level }) => level === "error").length, 1);
  server.logs.length = 0;
});

test("optimistic: two clicks at once are two changes", async ({ page, start, open }) => {
  const server = start({ page: todoPage() });
  await using proxy = startProxy(Number(new URL(server.origin).port));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  const seen = await recordDone(page, "quick");
  await page.click("#quick button");
  await page.click("#quick button");
  await page.click("#quick button");
  const ticks = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) > n + 20, ticks);
  assertEquals(await seen(), [false, true, false, true]);
});

test("optimistic: text and attributes come back when it is over", async ({ page, start, open }) => {
  await open(start({ page: todoPage() }).origin);
  await page.click("#save");
  const state = () =>
    page.$eval("#save", (b) => [b.textContent, b.hasAttribute("disabled"), b.getAttribute("aria-busy")]);
  assertEquals(await state(), ["Saving", true, "true"]);
  await page.waitForFunction(() => document.querySelector("#save")!.textContent === "Save");
  assertEquals(await state(), ["Save", false, null]);
});
