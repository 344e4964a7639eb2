/**
 * What the browser does with an event before it goes up: prevents, stops, filters, waits.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { type Component, component, on, signal } from "../../mod.ts";
import { a, button, div, form, input as field, main, p } from "../../vdom/elements.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** A page that writes down which handlers ran. */
function logging(
  view: (log: (entry: string) => void) => ReturnType<typeof main>,
): { page: Component<Record<never, never>>; log: string[] } {
  const log: string[] = [];
  const page = component(() => {
    const entries = signal(0);
    const add = (entry: string) => {
      log.push(entry);
      entries.inc();
    };
    return () => main(view(add), p({ id: "n" }, entries));
  });
  return { page, log };
}

const logged = (page: Page, n: number) =>
  page.waitForFunction((n) => Number(document.querySelector("#n")!.textContent) >= n, n);

test("events: prevent, stop, self and once", async ({ page, start, open }) => {
  const { page: app, log } = logging((add) =>
    div(
      { id: "outer", onClick: on(() => add("outer"), { self: false }) },
      a({ id: "link", href: "/elsewhere", onClick: on(() => add("link"), { prevent: true }) }, "link"),
      button({ id: "stop", onClick: on(() => add("stop"), { stop: true }) }, "stop"),
      div(
        { id: "self", style: "padding:10px", onClick: on(() => add("self"), { self: true, stop: true }) },
        button({ id: "inner" }, "inner"),
      ),
      button({ id: "once", onClick: on(() => add("once"), { once: true, stop: true }) }, "once"),
    )
  );
  const { origin } = start({ page: app });
  await open(origin);
  await page.click("#link");
  await page.click("#stop");
  await page.click("#inner");
  await page.click("#self", { position: { x: 2, y: 2 } });
  await page.click("#once");
  await page.click("#once");
  await page.click("#stop");
  await logged(page, 8);
  assertEquals(log, ["link", "outer", "stop", "outer", "self", "once", "outer", "stop"]);
  assertEquals(page.url(), `${origin}/`);
});

test("events: a click that opens a link elsewhere is the browser's", async ({ page, context, start, open }) => {
  const { page: app, log } = logging((add) =>
    div(a({ id: "link", href: "/?other", onClick: on(() => add("link"), { prevent: true }) }, "link"))
  );
  const { origin } = start({ page: app });
  await open(origin);
  const [other] = await Promise.all([
    context.waitForEvent("page"),
    page.click("#link", { modifiers: ["Control"] }),
  ]);
  await other.waitForURL(`${origin}/?other`);
  await page.click("#link");
  await logged(page, 1);
  assertEquals(log, ["link"]);
});

test("events: key filters let through what they name", async ({ page, input, start, open }) => {
  const { page: app, log } = logging((add) =>
    div(
      field({
        id: "in",
        onKeyDown: on((e) => add(e.key), { keys: ["Enter", "Ctrl+s", "x", "+"], prevent: true }),
      }),
    )
  );
  await open(start({ page: app }).origin);
  await page.click("#in");
  await input.type("ax+y");
  await input.press("s", 2);
  await input.press("s");
  await input.press("Enter", 8);
  await input.press("Enter");
  await logged(page, 4);
  assertEquals(log, ["x", "+", "s", "Enter"]);
  // What was let through was prevented, what was not was typed.
  assertEquals(await page.inputValue("#in"), "ays");
});

test("events: debounced input comes once, and before what follows it", async ({ page, input, start, open }) => {
  const { page: app, log } = logging((add) =>
    form(
      { onSubmit: (e) => add(`submit ${e.get("q")}`) },
      field({ id: "q", name: "q", onInput: on((e) => add(`input ${e.value}`), { debounce: 100 }) }),
      button({ type: "button", id: "other", onClick: () => add("click") }, "other"),
    )
  );
  await open(start({ page: app }).origin);
  await page.click("#q");
  await input.type("abc");
  await logged(page, 1);
  assertEquals(log, ["input abc"]);
  await input.type("d");
  await page.click("#other");
  await logged(page, 3);
  await page.click("#q");
  await input.press("End");
  await input.type("e");
  await input.press("Enter");
  await logged(page, 5);
  assertEquals(log, ["input abc", "input abcd", "click", "input abcde", "submit abcde"]);
});

test("events: throttled events come at once and at the end", async ({ page, start, open }) => {
  const { page: app, log } = logging((add) =>
    div(
      { id: "area", style: "height:200px", onMouseMove: on((e) => add(`${e.offsetX}`), { throttle: 150 }) },
      "area",
    )
  );
  await open(start({ page: app }).origin);
  const box = (await page.locator("#area").boundingBox())!;
  for (let x = 10; x <= 100; x += 10) await page.mouse.move(box.x + x, box.y + 5);
  // The last position comes when the pause is over, however long the moves took.
  for (let i = 0; i < 100 && log.at(-1) !== "100"; i++) await page.waitForTimeout(50);
  assertEquals([log[0], log.at(-1), log.length < 10], ["10", "100", true]);
});

test("events: payloads of mouse, keyboard, focus, wheel, scroll and drag arrive", async ({ page, input, start, open }) => {
  const { page: app, log } = logging((add) =>
    div(
      { style: "padding: 5px" },
      button({ id: "m", onClick: (e) => add(`m ${e.button} ${e.shiftKey} ${e.offsetX > 0}`) }, "mouse"),
      field({
        id: "k",
        onKeyDown: (e) => add(`k ${e.key} ${e.code} ${e.ctrlKey}`),
        onFocus: () => add("focus"),
        onBlur: () => add("blur"),
      }),
      div({
        id: "w",
        style: "height:50px;overflow:auto",
        onWheel: on((e) => add(`w ${e.deltaY}`), { once: true }),
        onScroll: on((e) => add(`s ${e.scrollTop > 0}`), { once: true }),
      }, div({ style: "height:500px" })),
      div({ id: "c", onContextMenu: on((e) => add(`c ${e.button}`), { prevent: true }) }, "context"),
      div({ id: "p", onPointerDown: (e) => add(`p ${e.pointerType} ${e.isPrimary}`) }, "pointer"),
    )
  );
  await open(start({ page: app }).origin);
  await page.click("#m", { modifiers: ["Shift"] });
  await page.click("#k");
  await input.press("q");
  await page.hover("#w");
  await page.mouse.wheel(0, 40);
  await logged(page, 5);
  await page.click("#c", { button: "right" });
  await page.click("#p");
  await logged(page, 8);
  assertEquals(log.toSorted(), [
    "blur",
    "c 2",
    "focus",
    "k q  false",
    "m 0 true true",
    "p mouse true",
    "s true",
    "w 40",
  ]);
});
