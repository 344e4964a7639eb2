/**
 * The page is not as the server wrote it: what differs is fetched again, and whatever can stay stays.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { type Component, component, signal } from "../../mod.ts";
import {
  audio,
  button,
  details,
  div,
  h1,
  input as field,
  li,
  main,
  p,
  section,
  summary,
  textarea,
  ul,
} from "../../vdom/elements.ts";
import { holdClient, keepSockets, sendRaw } from "./support/hold.ts";
import { mark, marks } from "./support/identity.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

/** A page with what a user may be in the middle of; `setups` counts. */
function busyPage(): { page: Component<Record<never, never>>; runs: { setups: number } } {
  const runs = { setups: 0 };
  const page = component(() => {
    runs.setups++;
    const count = signal(0, { name: "count" });
    const text = signal("", { name: "text" });
    return () =>
      main(
        h1("Count: ", count),
        button({ id: "inc", onClick: () => count.inc() }, "+"),
        section(
          { id: "a" },
          p("first"),
          p("second"),
          button({ id: "in-a", onClick: () => count.add(10) }, "ten"),
        ),
        field({ id: "text", value: text, onInput: (e) => void (text.value = e.value) }),
        textarea({ id: "notes" }, "a text that is long enough to select in"),
        details({ id: "more" }, summary("More"), p("hidden")),
        audio({ id: "sound", loop: true }),
        ul(
          { id: "list", style: "height:100px;overflow:auto" },
          Array.from({ length: 50 }, (_, i) => li(`Item ${i}`)),
        ),
        div({ style: "height:3000px" }, "tall"),
      );
  }, { name: "Busy" });
  return { page, runs };
}

/** Puts the user in the middle of something: text, focus, selection, scroll, an open details. */
async function makeBusy(page: Page): Promise<void> {
  await page.click("summary");
  await page.evaluate(() => {
    document.querySelector("#list")!.scrollTop = 300;
    globalThis.scrollTo(0, 200);
    const notes = document.querySelector<HTMLTextAreaElement>("#notes")!;
    notes.focus({ preventScroll: true });
    notes.setSelectionRange(7, 11, "backward");
  });
}

/** What the user is in the middle of. */
const busyState = (page: Page) =>
  page.evaluate(() => {
    const notes = document.querySelector<HTMLTextAreaElement>("#notes")!;
    return {
      list: document.querySelector("#list")!.scrollTop,
      window: globalThis.scrollY,
      focus: document.activeElement!.id,
      selection: [notes.selectionStart, notes.selectionEnd, notes.selectionDirection],
      open: document.querySelector<HTMLDetailsElement>("#more")!.open,
      text: document.querySelector<HTMLInputElement>("#text")!.value,
    };
  });

const BUSY = {
  list: 300,
  window: 200,
  focus: "notes",
  selection: [7, 11, "backward"],
  open: true,
  text: "typed",
};

test("resync: all that is asked for again keeps nodes, focus, selection, scroll and what is open", async ({ page, input, start, open }) => {
  const { page: app, runs } = busyPage();
  const server = start({ page: app });
  await keepSockets(page);
  await open(server.origin);
  await page.click("#text");
  await input.type("typed");
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  await makeBusy(page);
  const count = await mark(page, "main, main *");
  assertEquals(await busyState(page), BUSY);
  // ResyncRequest after frame 0: a node is unknown.
  await sendRaw(page, [3, 0x10, 0, 1]);
  while (server.app.metrics().resyncs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await page.evaluate(() => document.querySelector<HTMLElement>("#inc")!.click());
  await page.getByText("Count: 2").waitFor();
  assertEquals(await marks(page, "main, main *"), Array.from({ length: count }, (_, i) => i + 1));
  assertEquals(await busyState(page), BUSY);
  assertEquals(runs.setups, 1);
});

test("resync: a node that is too much from the start costs the part around it alone", async ({ page, start }) => {
  const { page: app } = busyPage();
  const server = start({ page: app });
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.waitForSelector("#vango", { state: "attached" });
  await page.evaluate(() => document.querySelector("#a p")!.after(document.createElement("hr")));
  const count = await mark(page, "main, main *:not(hr)");
  release();
  await connected(page);
  await page.waitForFunction(() => document.querySelector("#a hr") === null);
  await page.click("#in-a");
  await page.getByText("Count: 10").waitFor();
  await page.click("#inc");
  await page.getByText("Count: 11").waitFor();
  assertEquals(server.app.metrics().resyncs, 0);
  assertEquals(await marks(page, "main, main *"), Array.from({ length: count }, (_, i) => i + 1));
});

test("resync: a node that is gone from the start comes back", async ({ page, start }) => {
  const { page: app } = busyPage();
  const server = start({ page: app });
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.waitForSelector("#vango", { state: "attached" });
  await page.evaluate(() => document.querySelector("#a p")!.remove());
  await mark(page, "#a p, h1, #list li:last-child");
  release();
  await connected(page);
  await page.getByText("first").waitFor();
  assertEquals(await page.$$eval("#a p", (all) => all.map((one) => one.textContent)), ["first", "second"]);
  await page.click("#in-a");
  await page.getByText("Count: 10").waitFor();
  assertEquals((await marks(page, "h1, #list li:last-child")).length, 2);
});

test("resync: a page without a number to go by is sent whole, and keeps its nodes", async ({ page, start }) => {
  const app = component(() => {
    const now = signal("one");
    setTimeout(() => void (now.value = "two"), 0);
    return () => main(h1(now), p("a"), p("b"), ul(li("x"), li("y")));
  });
  const server = start({ page: app });
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.waitForSelector("#vango", { state: "attached" });
  await page.evaluate(() => document.querySelector("p")!.before(document.createElement("aside"), "stray"));
  await mark(page, "main, h1, p, ul, li");
  release();
  await connected(page);
  await page.getByText("two").waitFor();
  assertEquals(server.app.metrics().resyncs, 1);
  assertEquals(await marks(page, "main, h1, p, ul, li"), [1, 2, 3, 4, 5, 6, 7]);
});

test("resync: what other scripts add to the body's end is left alone", async ({ page, start }) => {
  const { page: app } = busyPage();
  const server = start({ page: app });
  await keepSockets(page);
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      const box = document.createElement("div");
      box.id = "extension";
      document.body.append(box);
      document.querySelector("main")!.prepend(document.createElement("x-extension"));
    });
  });
  await page.goto(server.origin);
  await connected(page);
  await sendRaw(page, [3, 0x10, 0, 1]);
  while (server.app.metrics().resyncs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  assertEquals(await page.locator("#extension").count(), 1);
});

test("resync: what a script removed later stays away, and the rest lives on", async ({ page, start, open }) => {
  const { page: app } = busyPage();
  const server = start({ page: app });
  await open(server.origin);
  await page.evaluate(() => document.querySelector("h1")!.remove());
  await page.click("#inc");
  await page.click("summary");
  await page.click("#text");
  await page.click("#in-a");
  while (server.app.metrics().eventsHandled < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(await page.locator("h1").count(), 0);
  assertEquals(server.app.metrics().resyncs, 0);
});
