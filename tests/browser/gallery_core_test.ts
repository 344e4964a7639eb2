/**
 * The core of the gallery in Firefox and WebKit: events, controls, resync, reconnection and moves, through a delay.
 *
 * A browser that is not there has no tests here, and one line says so.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { galleryOptions } from "../../examples/gallery/app.ts";
import { withAssets } from "../../examples/gallery/assets.ts";
import { type App, component, on, signal } from "../../mod.ts";
import { button, input, label, li, main, ul } from "../../vdom/elements.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { compare, FAMILIES, got, type Heard, type Watched } from "./gallery/open.ts";
import { FIELDS, recordEvents } from "./gallery/recorder.ts";
import {
  click,
  type Driver,
  findBrowser,
  KEY,
  middle,
  OTHER_BROWSERS,
  press,
  waitFor,
} from "./support/driver.ts";
import { type Proxy, startProxy } from "./support/proxy.ts";

const DELAY = { up: 30, down: 40 };
const CONNECTED = `document.documentElement.classList.contains("vango-connected")`;

/** A page in a browser, its server, and the network between them. */
interface Core extends Watched {
  driver: Driver;
  proxy: Proxy;
  server: TestApp;
}

/** Something strange at the start of the page, as a proxy or an extension adds it. */
function meddled(app: App): App["fetch"] {
  const inner = withAssets(app);
  return async (request, info) => {
    const answer = await inner(request, info);
    if (new URL(request.url).search !== "?meddled") return answer;
    return new Response((await answer.text()).replace("<main>", "<hr><main>"), { headers: answer.headers });
  };
}

async function openCore(driver: Driver, path: string, server: TestApp, heard: Heard[] = []): Promise<Core> {
  const proxy = startProxy(Number(new URL(server.origin).port), DELAY);
  await driver.go(`${proxy.url}/${path}`);
  await waitFor(driver, CONNECTED);
  await driver.evaluate(`void (${recordEvents})(${JSON.stringify([FAMILIES, FIELDS])})`);
  return {
    driver,
    proxy,
    server,
    heard,
    seen: (id, type) =>
      driver.evaluate(
        `seen.filter((it) => it.id === "${id}" && it.type === "${type}").map((it) => it.payload)`,
      ),
    until: async (what, holds) => {
      const end = Date.now() + 5_000;
      while (!await holds()) {
        if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

async function close({ driver, proxy, server }: Core): Promise<void> {
  await driver.go("about:blank");
  await proxy.close();
  await server[Symbol.asyncDispose]();
  assertEquals(server.logs.filter(({ level }) => level === "error"), []);
}

async function openGallery(driver: Driver, path = ""): Promise<Core> {
  const heard: Heard[] = [];
  const options = galleryOptions((row, event) => {
    const fields = Object.entries(event).filter(([, value]) => typeof value !== "function");
    // What JSON has no word for is null in what the driver tells.
    heard.push({ row, payload: JSON.parse(JSON.stringify(Object.fromEntries(fields))) });
  });
  return await openCore(driver, path, startApp(options, 0, meddled), heard);
}

/** A list that turns when F2 is pressed in one of its fields. */
const Turning = component(() => {
  const names = signal(["a", "b", "c", "d"], { name: "names" });
  const count = signal(0, { name: "count" });
  const turn = on(() => names.update(([first, ...rest]) => [...rest, first]), { keys: ["F2"] });
  return () =>
    main(
      button({ id: "count", onClick: () => count.inc() }, "Count: ", count),
      ul(names.value.map((name) =>
        li({ key: name }, label(name, input({ id: name, value: `text of ${name}`, onKeyDown: turn })))
      )),
    );
}, { name: "Turning" });

const same = (core: Core, id: string, ...types: string[]) =>
  Promise.all(types.map((type) => compare(core, { id, type, row: `${id} ${type}` })));

/** What is tried in each browser, on one open gallery. */
const CASES: Record<string, (core: Core) => Promise<void>> = {
  async "click"(core) {
    await click(core.driver, "#press");
    await click(core.driver, "#press");
    await same(core, "press", "click", "mousedown", "mouseup");
  },
  async "pointer"(core) {
    await click(core.driver, "#pointer");
    const { x } = await middle(core.driver, "#pointer");
    const actions = [{ type: "pointerMove", x, y: 2, duration: 0 }];
    await core.driver.perform([{
      type: "pointer",
      id: "mouse",
      parameters: { pointerType: "mouse" },
      actions,
    }]);
    await same(core, "pointer", "pointerenter", "pointerdown", "pointerup", "pointerleave");
  },
  async "keys"(core) {
    await click(core.driver, "#keys");
    await press(core.driver, ["a", KEY.ArrowLeft, KEY.Enter]);
    await press(core.driver, ["b"], [KEY.Shift]);
    await same(core, "keys", "keydown", "keypress", "keyup");
  },
  async "input, change, select and beforeinput"(core) {
    await click(core.driver, "#write");
    await press(core.driver, "héy");
    await press(core.driver, [KEY.Backspace]);
    await press(core.driver, ["a"], [KEY.Control]);
    await press(core.driver, [KEY.Tab]);
    await same(core, "write", "beforeinput", "input", "select", "change");
  },
  async "focus"(core) {
    await core.driver.evaluate(`document.querySelector("#focus").focus()`);
    await press(core.driver, [KEY.Tab, KEY.Tab]);
    await same(core, "focus", "focus", "blur", "focusin", "focusout");
  },
  async "submit"(core) {
    await click(core.driver, "#form-name");
    await press(core.driver, ["a", "d", "a", KEY.Enter]);
    await same(core, "form", "submit");
    assertEquals(got(core, "form submit")[0].fields, [["name", "ada"], ["how", "fast"]]);
  },
  async "checkbox"(core) {
    await click(core.driver, "#c-input-checkbox");
    await core.until("it is ticked", () => got(core, "control input-checkbox").length === 1);
    assertEquals(got(core, "control input-checkbox")[0].checked, true);
    await click(core.driver, "#c-input-checkbox-set");
    await waitFor(core.driver, `!document.querySelector("#c-input-checkbox").checked`);
  },
  async "select"(core) {
    await core.driver.evaluate(`document.querySelector("#c-select").focus()`);
    await press(core.driver, ["a"]);
    await core.until("it is chosen", () => got(core, "control select").length === 1);
    assertEquals(got(core, "control select")[0].value, "apple");
    await click(core.driver, "#c-select-set");
    await waitFor(core.driver, `document.querySelector("#c-select").value === "plum"`);
  },
  // After the others: WebKit's driver does not let go of this button.
  async "contextmenu"(core) {
    await click(core.driver, "#press", 2);
    await same(core, "press", "contextmenu");
  },
  async "reconnection"(core) {
    await click(core.driver, "#tally");
    await waitFor(core.driver, `document.querySelector("#tally").textContent === "Round trips: 1"`);
    core.proxy.cut();
    await waitFor(core.driver, `!(${CONNECTED})`);
    await click(core.driver, "#tally");
    await waitFor(core.driver, `document.querySelector("#tally").textContent === "Round trips: 2"`);
  },
};

async function testResync(driver: Driver): Promise<void> {
  const core = await openGallery(driver, "?meddled");
  await waitFor(driver, `document.querySelector("hr") === null`);
  await click(driver, "#tally");
  await waitFor(driver, `document.querySelector("#tally").textContent === "Round trips: 1"`);
  assertEquals(core.server.app.metrics().resyncs, 1);
  await close(core);
}

async function testMoves(driver: Driver): Promise<void> {
  const core = await openCore(driver, "", startApp({ page: Turning }));
  await click(driver, "#a");
  await press(driver, [KEY.End, KEY.ArrowLeft, KEY.F2]);
  const order = `[...document.querySelectorAll("input")].map((one) => one.id).join("")`;
  await waitFor(driver, `${order} === "bcda"`);
  await press(driver, [KEY.F2]);
  await waitFor(driver, `${order} === "cdab"`);
  const focused = `[document.activeElement.id, document.activeElement.selectionStart]`;
  assertEquals(await driver.evaluate(focused), ["a", "text of ".length]);
  await press(driver, ["x"]);
  assertEquals(await driver.evaluate(`document.querySelector("#a").value`), "text of xa");
  await close(core);
}

for (const kind of OTHER_BROWSERS) {
  const executable = await findBrowser(kind);
  if (executable === undefined) {
    console.log(`${kind.name} is missing: its tests are not run (apt-get install ${kind.packages})`);
    continue;
  }
  Deno.test(`gallery: the core in ${kind.name}`, (t) =>
    kind.run(executable, async (driver) => {
      const core = await openGallery(driver);
      for (const [name, run] of Object.entries(CASES)) await t.step(name, () => run(core));
      await t.step("what was logged", () => close(core));
      await t.step("resync", () => testResync(driver));
      await t.step("moves keep focus and caret", () => testMoves(driver));
    }));
}
