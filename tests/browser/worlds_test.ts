/**
 * One page on both ends, in a browser: its parser reads back what was rendered, and after any edits, resyncs and renumberings
 * its DOM is a fresh rendering with the server's numbers.
 *
 * tests/render/parse_test.ts and tests/client/worlds_test.ts have the same without a browser.
 *
 * @module
 */
import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import * as esbuild from "esbuild";
import fc from "fast-check";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { encodeServerHello } from "../../protocol/mod.ts";
import { renderDocument } from "../../render/mod.ts";
import { Runtime } from "../../runtime/runtime.ts";
import { checkNesting } from "../../vdom/nesting.ts";
import { build, mount, page as document, plans, shapesOf } from "../render/_trees.ts";
import { controlsOfTree, numbersOfTree } from "../support/live_tree.ts";
import { renderPage } from "../support/loopback.ts";
import { isNight, scale } from "../support/night.ts";
import { Random } from "../support/random.ts";
import { World } from "../support/worlds.ts";
import { browserTest } from "./support/browser.ts";
import type { Step, Story, Worlds } from "./support/worlds_page.ts";

declare const worlds: Worlds;

const seed = isNight() ? Date.now() & 0x7fffffff : 20261121;
const BATCH = 200;

/** Puts the page's side of the test into a page. */
async function prepare(page: Page): Promise<void> {
  try {
    const { outputFiles: [{ text }] } = await esbuild.build({
      entryPoints: [fileURLToPath(new URL("./support/worlds_page.ts", import.meta.url))],
      bundle: true,
      format: "iife",
      write: false,
    });
    await page.goto("about:blank");
    await page.addScriptTag({ content: text });
  } finally {
    await esbuild.stop();
  }
}

/** Data as a page gets it: without lone surrogates, and attributes in order, `data-hid` left out. */
function tidy(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data), (key, value) => {
    if (typeof value === "string") return value.toWellFormed();
    if (key !== "attrs") return value;
    return value.filter(([name]: string[]) => name !== "data-hid").sort();
  });
}

browserTest("Chromium's parser reads back the trees that pass the nesting check", async ({ page }) => {
  await prepare(page);
  const count = scale(1600, 100_000);
  let passed = 0;
  for (let from = 0; from < count; from += BATCH) {
    const trees = fc.sample(plans, { numRuns: BATCH, seed: seed + from })
      .map((plan) => mount(build(plan))).filter((items) => checkNesting(items).length === 0);
    passed += trees.length;
    const pages = trees.map((items) => document(items).toWellFormed());
    const read = await page.evaluate((pages) => worlds.parse(pages), pages);
    trees.forEach((items, i) => {
      assertEquals(tidy(read[i]), tidy(shapesOf(items, false)), `tree ${i} of seed ${seed + from}`);
    });
  }
  assertGreaterOrEqual(passed, count / 2, "too few trees pass for the test to mean much");
});

/** A world's page rendered by a process that knows nothing of the past. */
function renderAnew(world: World): string {
  const runtime = new Runtime({
    requestFlush() {},
    onError: (error) => {
      throw error;
    },
  });
  runtime.mount(world.page());
  runtime.renumber();
  const html = renderDocument({ body: runtime.root, clientSrc: "/client.js" });
  runtime.dispose();
  return html;
}

/** A random story, told by a session. */
async function tell(seed: number): Promise<Story> {
  const random = new Random(seed);
  const world = new World(seed, 16);
  const { session, html, deferred } = await renderPage(world.page(), false);
  let frames: string[] = [];
  const endTurn = () => {
    while (deferred.length > 0) deferred.shift()!();
  };
  session.connect(
    { buffered: 0, send: (frame) => void frames.push(frame.toBase64()), close: () => {} },
    "r",
    0,
  );
  endTurn();
  const steps: Step[] = [];
  for (let left = 1 + random.below(12); left > 0; left--) {
    const what = random.pick(["edit", "edit", "edit", "edit", "resync", "renumber", "resync and edit"]);
    if (what.includes("resync")) session.resync();
    if (what === "renumber") {
      session.runtime.renumber();
      session.renumber();
    }
    if (what.includes("edit")) world.edit(random.below(0x7fffffff));
    endTurn();
    const { root } = session.runtime;
    steps.push({
      frames,
      fresh: renderAnew(world),
      numbers: numbersOfTree(root),
      controls: controlsOfTree(root),
      keeps: what === "resync" || what === "renumber",
    });
    // A browser acknowledges.
    session.receive({ kind: "ack", seq: session.outbox.lastSeq });
    frames = [];
  }
  session.close();
  const hello = encodeServerHello({
    status: 0,
    action: 0,
    session: "s",
    resumeKey: "r",
    build: "",
    nextSeq: 1,
    received: 0,
    heartbeat: 0,
    maxMessage: 1 << 20,
  });
  return { html, hello: hello.toBase64(), steps };
}

browserTest(
  "in Chromium, edits, resyncs and renumberings lead to a fresh rendering, counted alike",
  async ({ page }) => {
    await prepare(page);
    const count = scale(100, 10_000);
    for (let from = 0; from < count; from += 50) {
      const seeds = Array.from({ length: 50 }, (_, i) => seed + from + i);
      const stories = await Promise.all(seeds.map(tell));
      const faults = await page.evaluate((stories) => worlds.playAll(stories), stories);
      faults.forEach((fault, i) => {
        if (fault === null) return;
        const { is, must } = fault;
        assertEquals(is, must, `${fault.what}, after step ${fault.step} of the world ${seeds[i]}`);
      });
    }
  },
);
