/**
 * A walk through a site in Firefox and WebKit: links, history, scroll positions, fragments, focus and what is told of them.
 *
 * A browser that is not there has no tests here, and one line says so.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { startApp } from "../support/app.ts";
import { isNight } from "../support/night.ts";
import { site } from "./apps/site.ts";
import { click, type Driver, findBrowser, KEY, OTHER_BROWSERS, press, waitFor } from "./support/driver.ts";

/** Waits until links are followed over the socket. */
async function navigable(driver: Driver): Promise<void> {
  await waitFor(driver, `window.vango?.navigate && document.documentElement.matches(".vango-connected")`);
}

async function arrived(driver: Driver, heading: string): Promise<void> {
  await waitFor(
    driver,
    `document.querySelector("h1")?.textContent === "${heading}" && !document.documentElement.matches(".vango-navigating")`,
  );
}

/** Clicks a link where it is, without scrolling to it. */
const follow = (driver: Driver, id: string) =>
  driver.evaluate(`void document.getElementById("${id}").click()`);

async function scrollTo(driver: Driver, top: number, side: number): Promise<void> {
  await driver.evaluate(`(async () => {
    window.scrollTo({ top: ${top}, behavior: "instant" });
    document.querySelector("#side").scrollTop = ${side};
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  })()`);
}

const scrolled = (driver: Driver, top: number, side: number) =>
  waitFor(driver, `Math.abs(scrollY - ${top}) < 2 && document.querySelector("#side").scrollTop === ${side}`);

const go = (driver: Driver, by: number) => driver.evaluate(`void history.go(${by})`);
const note = (driver: Driver) => driver.evaluate(`void (window.noted = true)`);
const sameDocument = (driver: Driver) => driver.evaluate<boolean>(`"noted" in window`);
/** The row to which a fragment leads: whether it is the target, and in view. */
const row = (id: string) =>
  `(() => {
    const row = document.querySelector("main #${id}");
    return [location.hash, row.matches(":target"), row.getBoundingClientRect().bottom <= innerHeight];
  })()`;
/** The side box has rows of the same ids, and comes first. */
const clearSide = (driver: Driver) =>
  driver.evaluate(`document.querySelectorAll("#side li").forEach((row) => row.removeAttribute("id"))`);

async function open(driver: Driver, url: string): Promise<void> {
  await driver.go("about:blank");
  await waitFor(driver, `location.href === "about:blank"`);
  await driver.go(url);
  await navigable(driver);
  await note(driver);
}

/** What is walked in each browser. */
const WALKS: Record<string, (driver: Driver, origin: string) => Promise<void>> = {
  async "a link, back and forward: document, positions, focus and title"(driver, origin) {
    await open(driver, `${origin}/long`);
    await scrollTo(driver, 1500, 200);
    await follow(driver, "other");
    await arrived(driver, "Other");
    assertEquals(await driver.evaluate(`[Math.round(scrollY), document.querySelector("#side").scrollTop]`), [
      0,
      200,
    ]);
    assertEquals(
      await driver.evaluate(
        `[document.title, document.activeElement.localName, document.querySelector("#vango-announcer").textContent]`,
      ),
      ["Other", "h1", "Other"],
    );
    await scrollTo(driver, 700, 40);
    await go(driver, -1);
    await arrived(driver, "Long");
    await scrolled(driver, 1500, 200);
    assertEquals(await driver.evaluate(`[document.title, document.activeElement.localName]`), ["Long", "h1"]);
    await go(driver, 1);
    await arrived(driver, "Other");
    await scrolled(driver, 700, 40);
    assertEquals(await sameDocument(driver), true);
  },
  async "a place in the page, and Tab goes on from there"(driver, origin) {
    await open(driver, `${origin}/long`);
    await clearSide(driver);
    await scrollTo(driver, 30, 0);
    await click(driver, "#anchor");
    await waitFor(driver, `location.hash === "#row-80"`);
    assertEquals(await driver.evaluate(row("row-80")), ["#row-80", true, true]);
    assertEquals(await driver.evaluate(`[history.length > 1, history.state.vango[0]]`), [true, 1]);
    const there = await driver.evaluate<number>("scrollY");
    await follow(driver, "other");
    await arrived(driver, "Other");
    assertEquals(await driver.evaluate("[scrollY, history.state.vango[0]]"), [0, 2]);
    await go(driver, -1);
    await arrived(driver, "Long");
    await scrolled(driver, there, 0);
    await go(driver, -1);
    await waitFor(driver, `location.hash === ""`);
    assertEquals(await driver.evaluate("history.state.vango[0]"), 0);
    assertEquals(await sameDocument(driver), true);
  },
  async "a place in another page is the target"(driver, origin) {
    await open(driver, origin);
    await clearSide(driver);
    await click(driver, "#deep");
    await arrived(driver, "Other");
    assertEquals(await driver.evaluate(row("row-50")), ["#row-50", true, true]);
    assertEquals(await driver.evaluate("history.state.vango[0]"), 1);
    await press(driver, [KEY.Tab]);
    assertEquals(await driver.evaluate("document.activeElement.id"), "more");
    await go(driver, -1);
    await arrived(driver, "Home");
    assertEquals(await driver.evaluate("[location.hash, history.state.vango[0]]"), ["", 0]);
    await go(driver, 1);
    await arrived(driver, "Other");
    assertEquals(await driver.evaluate("[location.hash, history.state.vango[0]]"), ["#row-50", 1]);
    assertEquals(await sameDocument(driver), true);
  },
  async "positions outlive a reload, and another document in between"(driver, origin) {
    await open(driver, `${origin}/long`);
    await scrollTo(driver, 1500, 200);
    await follow(driver, "other");
    await arrived(driver, "Other");
    await scrollTo(driver, 700, 40);
    await driver.evaluate("void location.reload()");
    await waitFor(driver, `!("noted" in window)`);
    await navigable(driver);
    await scrolled(driver, 700, 40);
    await follow(driver, "api");
    await waitFor(driver, `document.body.textContent === "data"`);
    await go(driver, -2);
    await waitFor(driver, `location.pathname === "/long"`);
    await navigable(driver);
    await arrived(driver, "Long");
    await scrolled(driver, 1500, 200);
    await go(driver, 1);
    await arrived(driver, "Other");
    await scrolled(driver, 700, 40);
  },
  async "clicks with Ctrl are the browser's"(driver, origin) {
    await open(driver, origin);
    await driver.perform([
      { type: "key", id: "keyboard", actions: [{ type: "keyDown", value: KEY.Control }] },
    ]);
    await click(driver, "#long");
    await driver.perform([{ type: "key", id: "keyboard", actions: [{ type: "keyUp", value: KEY.Control }] }]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assertEquals(await driver.evaluate("[location.pathname, document.title]"), ["/", "Home"]);
    assertEquals(await sameDocument(driver), true);
  },
  async "unsaved changes are asked for, back too"(driver, origin) {
    await open(driver, origin);
    await follow(driver, "form");
    await arrived(driver, "Form");
    await driver.evaluate(`void (window.asked = [], window.confirm = (text) => (asked.push(text), false))`);
    await click(driver, "#text");
    await press(driver, "abc");
    await waitFor(driver, `document.querySelector("[data-vango-unsaved]")`);
    await follow(driver, "long");
    await go(driver, -1);
    await waitFor(driver, "asked.length === 2");
    await waitFor(driver, `location.pathname === "/form"`);
    assertEquals(
      await driver.evaluate(`[document.querySelector("h1").textContent, asked[0], history.state.vango[0]]`),
      [
        "Form",
        "Lose it?",
        1,
      ],
    );
    await driver.evaluate("void (window.confirm = () => true)");
    await go(driver, -1);
    await arrived(driver, "Home");
    assertEquals(await sameDocument(driver), true);
    assertEquals(await driver.evaluate("history.state.vango[0]"), 0);
  },
  async "the last of many links wins, and a redirection is followed"(driver, origin) {
    await open(driver, origin);
    const before = await driver.evaluate<number>("history.length");
    await driver.evaluate(
      `void [1, 2, 3, 4, 5].forEach((n) => document.getElementById("item-" + n).click())`,
    );
    await arrived(driver, "Item 5");
    assertEquals(await driver.evaluate(`[location.pathname, history.length]`), ["/items/5", before + 1]);
    await follow(driver, "old");
    await arrived(driver, "Other");
    assertEquals(await driver.evaluate("location.pathname"), "/other");
    await go(driver, -2);
    await arrived(driver, "Home");
    assertEquals(await sameDocument(driver), true);
    await follow(driver, "missing");
    await waitFor(driver, `!("noted" in window) && location.pathname === "/missing"`);
  },
};

// By day the core of the gallery (gallery_core_test.ts) speaks for these browsers.
for (const kind of isNight() ? OTHER_BROWSERS : []) {
  const executable = await findBrowser(kind);
  if (executable === undefined) {
    console.log(`${kind.name} is missing: its tests are not run (apt-get install ${kind.packages})`);
    continue;
  }
  Deno.test(`nav: a walk in ${kind.name}`, (t) =>
    kind.run(executable, async (driver) => {
      for (const [name, walk] of Object.entries(WALKS)) {
        await t.step(name, async () => {
          await using server = startApp(site().options);
          await walk(driver, server.origin);
          await driver.go("about:blank");
          assertEquals(server.logs.filter(({ level }) => level === "error"), []);
        });
      }
    }));
}
