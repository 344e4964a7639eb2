/**
 * What scripts of others make of a page lives beside a server that patches all around it, five times a second, and through a
 * resync: a code editor, a map, a component with slots. All are custom elements; those rendered without children own their
 * content.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { component, onCleanup, onMount, signal } from "../../mod.ts";
import { customElement, div, h2, main, output, p, script } from "../../vdom/elements.ts";
import { bundle } from "./support/bundle.ts";
import { recordFrames } from "./support/frames.ts";
import { keepSockets, sendRaw } from "./support/hold.ts";
import { mark, marks } from "./support/identity.ts";
import { MODIFIERS } from "./support/input.ts";
import { browserSuite, type LiveTest } from "./support/suite.ts";

const test = browserSuite();

let widgets: Promise<string> | undefined;

const Widgets = component(() => {
  const n = signal(0);
  onMount(() => {
    const timer = setInterval(() => n.inc(), 200);
    onCleanup(() => clearInterval(timer));
  });
  return () => {
    const live = { class: n.value % 2 ? "odd" : "even", title: `tick ${n.value}` };
    return main(
      output({ id: "ticks" }, n.value),
      n.value % 3 ? p("now and then") : null,
      customElement("code-editor", { id: "editor", ...live }),
      customElement("tile-map", { id: "map", ...live }),
      customElement(
        "fold-card",
        { id: "card", ...live },
        h2({ slot: "title" }, "Card ", n.value),
        p({ id: "body" }, "Body ", n.value),
        n.value % 2 ? p("odd") : null,
      ),
      customElement("script-place", { id: "place", ...live }),
      div({ id: "plain", ...live }),
    );
  };
}, { name: "Widgets" });

/** Opens the page; its widgets are made before the client starts, or after it has connected. */
async function openWidgets({ page, start, open }: LiveTest, when: "before" | "after") {
  const code = await (widgets ??= bundle(new URL("./fixtures/widgets.ts", import.meta.url)));
  await page.route("**/widgets.js", (route) => route.fulfill({ contentType: "text/javascript", body: code }));
  await keepSockets(page);
  const head = () => [script({ type: "module", src: "/widgets.js" })];
  const server = start(when === "before" ? { page: Widgets, head } : { page: Widgets });
  await open(server.origin);
  if (when === "after") await page.evaluate(() => import("/widgets.js" as string));
  await page.waitForSelector("#editor .cm-content");
  return server;
}

/** Waits for some more changes of the page. */
async function ticks(page: Page, count: number): Promise<void> {
  const now = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) >= n, now + count);
}

/** Has the server send the whole page again. */
async function resync(page: Page, { app }: Awaited<ReturnType<typeof openWidgets>>): Promise<void> {
  const { resyncs } = app.metrics();
  // ResyncRequest after frame 0: a node is unknown.
  await sendRaw(page, [3, 0x10, 0, 1]);
  while (app.metrics().resyncs === resyncs) await new Promise((resolve) => setTimeout(resolve, 5));
  await ticks(page, 2);
}

const CODE = "const a = 1;";

for (const when of ["before", "after"] as const) {
  test(`widgets: those made ${when} the client starts are no concern of the number check`, async (all) => {
    const { page } = all;
    const recorder = await recordFrames(page);
    await openWidgets(all, when);
    const parts = "main, main > :not(p), .cm-editor, .cm-content, #map *, #card h2, #body, #place em";
    const count = await mark(page, parts);
    await ticks(page, 2);
    assertEquals(await marks(page, parts), Array.from({ length: count }, (_, i) => i + 1));
    const up = recorder.frames.filter(({ direction }) => direction === "up").map(({ bytes }) => [...bytes]);
    // Control frames: ResyncRequest and Refetch.
    assertEquals(up.filter(([type, control]) => type === 3 && (control === 0x10 || control === 0x14)), []);
    await recorder.close();
  });
}

test("widgets: a code editor is typed in beside patches and through a resync", async (all) => {
  const { page, input } = all;
  const server = await openWidgets(all, "before");
  await mark(page, "#editor, .cm-editor, .cm-scroller, .cm-content");
  await page.click(".cm-content");
  for (const letter of CODE.slice(0, 8)) {
    await input.press(letter);
    await page.waitForTimeout(60);
  }
  await resync(page, server);
  await input.type(CODE.slice(8));
  await input.press("ArrowLeft");
  await input.press("ArrowLeft", MODIFIERS.shift);
  await ticks(page, 3);
  await input.press("2");
  const doc = () =>
    page.$eval(
      "#editor",
      (e) => (e as unknown as { view: { state: { doc: object } } }).view.state.doc.toString(),
    );
  assertEquals([await doc(), await page.textContent(".cm-line")], ["const a = 2;", "const a = 2;"]);
  await input.press("z", MODIFIERS.ctrl);
  assertEquals(await doc(), CODE);
  assertEquals(await marks(page, "#editor, .cm-editor, .cm-scroller, .cm-content"), [1, 2, 3, 4]);
});

test("widgets: a map is dragged and zoomed beside patches and through a resync", async (all) => {
  const { page } = all;
  const server = await openWidgets(all, "before");
  const { x, y } = (await page.locator("#map .frame").boundingBox())!;
  await page.mouse.move(x + 200, y + 150);
  await page.mouse.down();
  await page.mouse.move(x + 150, y + 120, { steps: 5 });
  await ticks(page, 2);
  await resync(page, server);
  // The hand is still down: the drag goes on.
  await page.mouse.move(x + 40, y + 20, { steps: 5 });
  await page.mouse.up();
  // Over a tile that has not come with the drag: Chromium may not know yet what is under the pointer.
  await page.mouse.move(x + 100, y + 100);
  await page.mouse.wheel(0, -100);
  await page.waitForSelector('.tile[data-name^="2/"]');
  const state = () =>
    page.$eval("#map", (e) => {
      const map = e as HTMLElement & { x: number; y: number; zoom: number };
      const names = [...map.querySelectorAll<HTMLElement>(".tile")].map((tile) => tile.dataset.name);
      return [map.x, map.y, map.zoom, names.length, names[0], names.at(-1)];
    });
  const before = await state();
  assertEquals(before, [160, 130, 2, 24, "2/2/2", "2/7/5"]);
  const count = await mark(page, "#map, #map *");
  await resync(page, server);
  assertEquals(await state(), before);
  assertEquals(await marks(page, "#map, #map *"), Array.from({ length: count }, (_, i) => i + 1));
});

test("widgets: a component keeps its shadow tree, and the server its slotted children", async (all) => {
  const { page } = all;
  const server = await openWidgets(all, "before");
  await mark(page, "#card, #card h2, #body");
  await page.click("#card button");
  await ticks(page, 2);
  await resync(page, server);
  assertEquals(await page.locator("#body").isVisible(), true);
  assertEquals(await marks(page, "#card, #card h2, #body"), [1, 2, 3]);
  const [n, title, body] = await page.evaluate(() =>
    ["#ticks", "#card h2", "#body"].map((selector) => document.querySelector(selector)!.textContent)
  );
  assertEquals([title, body], [`Card ${n}`, `Body ${n}`]);
});

test("widgets: what a script adds to an empty element of a live page stays, through a resync", async (all) => {
  const { page } = all;
  const server = await openWidgets(all, "before");
  await page.evaluate(() => {
    const list = document.createElement("ul");
    list.append(document.createElement("li"), document.createElement("li"));
    document.querySelector("#plain")!.append("text", list);
  });
  await mark(page, "#plain, #plain *");
  await ticks(page, 2);
  await resync(page, server);
  assertEquals(await marks(page, "#plain, #plain *"), [1, 2, 3, 4]);
  assertEquals(await page.textContent("#plain"), "text");
});

test("widgets: an element that no class defines keeps what a script puts into it, through a resync", async (all) => {
  const { page } = all;
  const server = await openWidgets(all, "before");
  await mark(page, "#place, #place em");
  await ticks(page, 2);
  await resync(page, server);
  assertEquals(await marks(page, "#place, #place em"), [1, 2]);
  assertEquals(await page.textContent("#place"), "Filled by a script");
});

test("widgets: the attributes of an element are the server's: others live through patches, not through a resync", async (all) => {
  const { page } = all;
  const server = await openWidgets(all, "before");
  await page.$eval("#map", (map) => map.classList.add("theirs"));
  await page.$eval("#map", (map) => map.setAttribute("role", "application"));
  const has = () => page.$eval("#map", (map) => [map.classList.contains("theirs"), map.getAttribute("role")]);
  await ticks(page, 2);
  assertEquals(await has(), [true, "application"]);
  await resync(page, server);
  assertEquals(await has(), [false, null]);
});
