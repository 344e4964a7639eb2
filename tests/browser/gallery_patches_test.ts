/**
 * Every operation of a patch: it goes over the socket, and the page is what it should be, through a network that delays.
 *
 * @module
 */
/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { galleryOptions } from "../../examples/gallery/app.ts";
import { withAssets } from "../../examples/gallery/assets.ts";
import { PATCHES } from "../../examples/gallery/patches.ts";
import { decodeDown } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { type Gallery, withGallery } from "./gallery/open.ts";
import { PATCH_CASES } from "./gallery/patch_cases.ts";
import { type FrameRecorder, recordFrames } from "./support/frames.ts";
import { holdClient } from "./support/hold.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();
const NAMES = Object.keys(PATCH_CASES) as (keyof typeof Op)[];

Deno.test("gallery: every operation has one row and one case", () => {
  assertEquals(Object.keys(PATCHES).toSorted(), Object.keys(Op).toSorted());
  assertEquals(NAMES.toSorted(), Object.keys(Op).toSorted());
});

/** The operations that came down. */
function operations({ frames }: FrameRecorder): Set<number> {
  const down = frames.filter(({ direction, opcode }) => direction === "down" && opcode === 2);
  return new Set(
    down.map(({ bytes }) => decodeDown(bytes)).flatMap((frame) =>
      frame.kind === "patches" ? frame.frame.patches.map(({ op }) => op as number) : []
    ),
  );
}

async function runPatch(gallery: Gallery, recorder: FrameRecorder, name: keyof typeof Op): Promise<void> {
  const { look, before, after, act } = PATCH_CASES[name];
  const { page } = gallery;
  const value = () =>
    page.evaluate(`(({ el, start }) => ${look})({ el: document.getElementById("p-${name}"), start })`);
  if (act === "key") await page.focus(`#p-${name}`);
  assertEquals(await value(), before, `${name} before`);
  recorder.frames.length = 0;
  if (act === "key") await gallery.input.press("x");
  else await page.click(`#go-${name}`);
  const same = async () => JSON.stringify(await value().catch(() => null)) === JSON.stringify(after);
  await gallery.until(`${name}: ${look} is ${JSON.stringify(after)}`, same);
  const seen = operations(recorder);
  assert(seen.has(Op[name]), `${name} did not come down: ${[...seen].map((op) => op.toString(16))}`);
}

test("gallery: each operation comes down and does what it says, 50 ms away", async (live) => {
  const recorder = await recordFrames(live.page);
  await withGallery(live, { up: 20, down: 30 }, async (gallery) => {
    await gallery.page.evaluate("void (globalThis.start = history.length)");
    const wrong: Error[] = [];
    // The one that leaves the page goes last, as it stands.
    for (const name of NAMES.filter((name) => !/meddle|leave/.test(PATCH_CASES[name].act ?? ""))) {
      await runPatch(gallery, recorder, name).catch((error) => wrong.push(error));
    }
    recorder.frames.length = 0;
    await gallery.page.click("#go-Navigate");
    await gallery.page.waitForURL(`${gallery.url}/${PATCH_CASES.Navigate.after}`);
    assert(operations(recorder).has(Op.Navigate));
    if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(({ message }) => message).join("\n"));
  });
});

test("gallery: a part that something changed before the client started comes back by Subtree", async (live) => {
  const { page } = live;
  const { look, before, after } = PATCH_CASES.Subtree;
  const recorder = await recordFrames(page);
  const { app, origin } = live.start(galleryOptions(), 0, withAssets);
  const release = await holdClient(page);
  await page.goto(origin, { waitUntil: "commit" });
  await page.waitForSelector("#vango", { state: "attached" });
  const value = () => page.evaluate(`((el) => ${look})(document.getElementById("p-Subtree"))`);
  await page.evaluate(() => document.querySelector("#p-Subtree span")!.replaceWith("Someone meddled"));
  assertEquals(await value(), before);
  release();
  await connected(page);
  await page.waitForFunction((after) => document.querySelector("#p-Subtree")!.textContent === after, after);
  assertEquals(await value(), after);
  assert(operations(recorder).has(Op.Subtree));
  assertEquals(app.metrics().resyncs, 0);
});
