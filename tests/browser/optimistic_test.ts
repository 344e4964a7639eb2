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
import { isNight, scale } from "../support/night.ts";
import { Random } from "../support/random.ts";
import { type Outcome, Shop } from "../support/shop.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

/** 300 ms for a round trip. */
const SLOW = { up: 150, down: 150 };

/** Three items that can be done; the second takes its time, the third refuses. What saves is done when `saved` is. */
function todoPage(saved: Promise<void> = Promise.resolve()): Component<Record<never, never>> {
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
    const save = on(() => saved, {
      optimistic: { text: "Saving", attr: { disabled: "", "aria-busy": "true" } },
    });
    return () =>
      main(
        p({ id: "ticks" }, ticks.value),
        p({ id: "state" }, done.value.join(" ")),
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
  await page.locator("#state", { hasText: "quick slow" }).waitFor();
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
  const gate = Promise.withResolvers<void>();
  await open(start({ page: todoPage(gate.promise) }).origin);
  await page.click("#save");
  const state = () =>
    page.$eval("#save", (b) => [b.textContent, b.hasAttribute("disabled"), b.getAttribute("aria-busy")]);
  assertEquals(await state(), ["Saving", true, "true"]);
  gate.resolve();
  await page.waitForFunction(() => document.querySelector("#save")!.textContent === "Save");
  assertEquals(await state(), ["Save", false, null]);
});

/** What stands in a page, as data: without numbers, and with what controls show in the place of what they showed at first. */
function readPage(): unknown {
  const read = (node: Node): unknown => {
    if (!(node instanceof Element)) return node.nodeValue;
    const attrs = [...node.attributes].filter(({ name }) => !/^(data-hid|value)$/.test(name))
      .map(({ name, value }) => [name, name === "class" ? value.split(" ").sort().join(" ").trim() : value]);
    const kids = [...node.childNodes].filter(({ nodeValue }) => nodeValue !== "").map(read);
    const own = attrs.filter(([name, value]) => name !== "class" || value !== "").sort();
    return [node.localName, own, (node as HTMLInputElement).value ?? "", kids];
  };
  return read(document.querySelector("section")!);
}

test("optimistic: clicks, input, failures and lost connections in any order end in the server's state", async (test) => {
  const { page, context, console, start, open } = test;
  const seed = isNight() ? Date.now() & 0x7fffffff : 20261121;
  for (let round = 0; round < scale(4, 100); round++) {
    const random = new Random(seed + round);
    const shop = new Shop(random);
    // What only browsers without scripts need is in fresh pages alone.
    const server = start({ page: shop.component, noscript: false });
    await using proxy = startProxy(Number(new URL(server.origin).port));
    await open(proxy.url);
    for (let step = 0; step < 40; step++) {
      Object.assign(proxy.delay, { up: random.below(40), down: random.below(40) });
      shop.outcome = random.pick<Outcome>(["write", "wait", "wait", "throw"]);
      const what = random.pick(["click", "click", "click", "type", "edit", "settle", "settle", "cut"]);
      if (what === "click") {
        await page.evaluate((n) => {
          const buttons = document.querySelectorAll("button");
          buttons[n % buttons.length].click();
        }, random.below(1000));
      } else if (what === "type") {
        await page.evaluate((value) => {
          const field = document.querySelector<HTMLInputElement>("#field")!;
          field.value = value;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }, random.pick(["", "typed", "optimistic"]));
      } else if (what === "edit") shop.edit();
      else if (what === "settle") {
        shop.waiting.splice(random.below(shop.waiting.length), 1)[0]?.end(random.in(3));
      } else if (random.in(3)) proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, random.below(20)));
    }
    Object.assign(proxy.delay, { up: 0, down: 0 });
    shop.outcome = "write";
    await connected(page);
    // What comes with the connection is handled, then what waits is ended; then nothing changes any more.
    let [before, now] = ["", JSON.stringify(await page.evaluate(readPage))];
    while (before !== now || shop.waiting.length > 0) {
      for (const { end } of shop.waiting.splice(0)) end(random.in(3));
      await new Promise((resolve) => setTimeout(resolve, 300));
      [before, now] = [now, JSON.stringify(await page.evaluate(readPage))];
    }
    const anew = await context.newPage();
    await open(server.origin, anew);
    assertEquals(JSON.parse(now), await anew.evaluate(readPage), `round ${round} of seed ${seed}`);
    await anew.close();
    // Handlers that failed were logged, and told.
    server.logs.length = console.length = 0;
  }
});
