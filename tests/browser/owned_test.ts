/**
 * What the browser and its user own stays as it is beside a server that patches the same elements ten times a second: everything
 * here is opened, played, scrolled and selected by real input.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { component, onCleanup, onMount, signal } from "../../mod.ts";
import {
  audio,
  button,
  details,
  dialog,
  div,
  input as field,
  main,
  option,
  output,
  p,
  section,
  select,
  span,
  summary,
} from "../../vdom/elements.ts";
import { mark, marks } from "./support/identity.ts";
import { browserSuite, type LiveTest } from "./support/suite.ts";

const test = browserSuite();

/** Ten seconds of silence. */
const SILENCE: Uint8Array = (() => {
  const rate = 8000;
  const size = rate * 10;
  const wav = new DataView(new ArrayBuffer(44 + size));
  const text = (at: number, chars: string) =>
    [...chars].forEach((char, i) => wav.setUint8(at + i, char.charCodeAt(0)));
  text(0, "RIFF");
  wav.setUint32(4, 36 + size, true);
  text(8, "WAVEfmt ");
  wav.setUint32(16, 16, true);
  // One channel of eight bits, not compressed.
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, rate, true);
  wav.setUint32(28, rate, true);
  wav.setUint16(32, 1, true);
  wav.setUint16(34, 8, true);
  text(36, "data");
  wav.setUint32(40, size, true);
  const bytes = new Uint8Array(wav.buffer);
  bytes.fill(128, 44);
  return bytes;
})();

/** A page whose every element changes ten times a second; `moves` tells whether they change places, too. */
function ownedPage(moves: boolean) {
  return component(() => {
    const n = signal(0);
    onMount(() => {
      const timer = setInterval(() => n.inc(), 100);
      onCleanup(() => clearInterval(timer));
    });
    return () => {
      const tick = n.value;
      const live = { class: tick % 2 ? "odd" : "even", title: `tick ${tick}` };
      const parts = [
        section(
          { key: "details" },
          details({ id: "details", ...live }, summary("More ", tick), p("inside ", tick)),
        ),
        section(
          { key: "popover" },
          button({ id: "open-popover", popovertarget: "popover" }, "Popover ", tick),
          div(
            { id: "popover", popover: "manual", ...live },
            p("In the popover ", tick),
            // With a handler of input the second script is there, which keeps selections.
            field({ id: "in-popover", onInput: () => {} }),
          ),
        ),
        section(
          { key: "scroll" },
          div(
            { id: "scroll", style: "height:60px;overflow:auto", ...live },
            div({ style: "height:900px" }, tick),
          ),
        ),
        section(
          { key: "text" },
          p({ id: "text", ...live }, `tick ${tick}: some chosen words, `, span(tick)),
        ),
        section(
          { key: "sound" },
          button({ id: "play" }, "Play"),
          audio({ id: "sound", controls: true, src: "/silence.wav", ...live }, p("No sound ", tick)),
        ),
        section({ key: "editor" }, div({ id: "editor", contenteditable: "true", ...live })),
        section(
          { key: "select" },
          select({ id: "select", ...live }, ["a", "b", "c"].map((name) => option(name, " ", tick))),
        ),
      ];
      const turn = moves ? Math.floor(tick / 2) % parts.length : 0;
      return main(
        { class: live.class },
        output({ id: "ticks" }, tick),
        tick % 3 ? p("now and then") : null,
        div([...parts.slice(turn), ...parts.slice(0, turn)]),
        button({ id: "open-dialog", command: "show-modal", commandfor: "dialog" }, "Dialog"),
        dialog({ id: "dialog", ...live }, p("In the dialog ", tick), field({ id: "in-dialog" })),
      );
    };
  }, { name: "Owned" });
}

/** Opens the page. */
async function openOwned({ page, start, open }: LiveTest, moves: boolean): Promise<void> {
  await page.route(
    "**/silence.wav",
    (route) => route.fulfill({ contentType: "audio/wav", body: Buffer.from(SILENCE) }),
  );
  await open(start({ page: ownedPage(moves) }).origin);
}

/** Waits for some more changes of the page. */
async function ticks(page: Page, count: number): Promise<void> {
  const now = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) >= n, now + count);
}

const CONTENT =
  "main, #details *, #popover, #popover *, #scroll, #text, #text *, #sound, #editor, #dialog, #dialog *";

for (const moves of [false, true]) {
  const how = moves ? "that moves them" : "that changes them";

  test(`owned: what is open, scrolled, selected or played stays so beside a ticker ${how}`, async (all) => {
    const { page, input } = all;
    await openOwned(all, moves);
    await page.evaluate(() => {
      const sound = document.querySelector<HTMLAudioElement>("#sound")!;
      const log: string[] = (window as unknown as { log: string[] }).log = [];
      for (const type of ["pause", "emptied", "seeking"]) sound.addEventListener(type, () => log.push(type));
      document.querySelector("#play")!.addEventListener("click", () => sound.play());
    });
    await page.click("summary");
    await page.click("#open-popover");
    await page.click("#play");
    await page.focus("#scroll");
    // A move ends a scroll that is on its way, so the key may be needed again.
    while (await page.$eval("#scroll", (e) => e.scrollTop) !== 840) {
      await input.press("End");
      await page.waitForTimeout(50);
    }
    await selectWord(page);
    await page.waitForFunction(() => document.querySelector<HTMLAudioElement>("#sound")!.currentTime > 0);
    const state = () =>
      page.evaluate(() => ({
        details: document.querySelector("#details")!.matches("[open]"),
        popover: document.querySelector("#popover")!.matches(":popover-open"),
        scroll: document.querySelector("#scroll")!.scrollTop,
        selected: getSelection()!.toString(),
        paused: document.querySelector<HTMLAudioElement>("#sound")!.paused,
        sound: (window as unknown as { log: string[] }).log,
      }));
    const before = await state();
    assertEquals(before, {
      details: true,
      popover: true,
      scroll: 840,
      selected: "chosen",
      paused: false,
      sound: [],
    });
    const time = () => page.$eval("#sound", (sound) => (sound as HTMLAudioElement).currentTime);
    const at = await time();
    // Enough for each of the parts to have been moved.
    await ticks(page, moves ? 16 : 6);
    assertEquals(await state(), before);
    assert(await time() > at);
  });

  test(`owned: text goes on at the caret beside a ticker ${how}`, async (all) => {
    const { page, input } = all;
    await openOwned(all, moves);
    await page.click("#open-popover");
    for (const id of ["in-popover", "editor"]) {
      await page.focus(`#${id}`);
      for (const letter of "steady") {
        await input.type(letter);
        await ticks(page, 2);
      }
    }
    assertEquals([await page.inputValue("#in-popover"), await page.textContent("#editor")], [
      "steady",
      "steady",
    ]);
  });
}

/** Selects the word "chosen" by a double click. */
async function selectWord(page: Page): Promise<void> {
  // It may have moved away under the mouse.
  while (await page.evaluate(() => getSelection()!.toString().trim()) !== "chosen") {
    const [x, y] = await page.evaluate(() => {
      const text = document.querySelector("#text")!.firstChild as Text;
      const range = document.createRange();
      range.setStart(text, text.data.indexOf("chosen"));
      range.setEnd(text, text.data.indexOf("chosen") + 6);
      const { x, y, width, height } = range.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    });
    await page.mouse.dblclick(x, y);
  }
}

test("owned: an open select stays open, and its keys go on", async (all) => {
  const { page, input } = all;
  await openOwned(all, false);
  await page.focus("#select");
  await input.press("ArrowDown", 1);
  await page.waitForFunction(() => document.querySelector("#select")!.matches(":open"));
  await ticks(page, 6);
  assertEquals(await page.locator("#select:open").count(), 1);
  await input.press("ArrowDown");
  await input.press("Enter");
  assertEquals(await page.$eval("#select", (e) => (e as HTMLSelectElement).selectedIndex), 1);
});

test("owned: a modal dialog stays open and modal, with what is typed in it", async (all) => {
  const { page, input } = all;
  await openOwned(all, true);
  await page.click("#open-dialog");
  await page.click("#in-dialog");
  for (const letter of "a word") {
    await input.type(letter);
    await ticks(page, 1);
  }
  assertEquals(await page.locator("#dialog:modal").count(), 1);
  assertEquals(await page.inputValue("#in-dialog"), "a word");
});

test("owned: the elements are the same after a while", async (all) => {
  const { page } = all;
  await openOwned(all, false);
  const count = await mark(page, CONTENT);
  await ticks(page, 6);
  assertEquals(await marks(page, CONTENT), Array.from({ length: count }, (_, i) => i + 1));
});
