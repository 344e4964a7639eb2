/**
 * A typist at 120 words a minute, with corrections and an input method, on a form that changes ten times a second, behind a slow
 * network: at every key the text, the caret and the selection are what they would be on a page that nobody else touches.
 *
 * Each run keeps a log of every key, edit and write. Controls whose handler takes what it gets, and those without one, are
 * compared with a twin, a page without any script of ours, on which the same keys are played. Those whose handler has an opinion
 * are compared with the model in support/edit_model.ts.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { isNight, scale } from "../support/night.ts";
import { FREE, STAYING, STEPS, type TypistPage, typistPage } from "./apps/typist.ts";
import { editLog, type Entry, fieldTexts, logEdits } from "./support/edit_log.ts";
import { checkField } from "./support/edit_model.ts";
import { keepSockets, sendRaw } from "./support/hold.ts";
import { openInput } from "./support/input.ts";
import { type Proxy, startProxy } from "./support/proxy.ts";
import { browserSuite, connected, type LiveTest } from "./support/suite.ts";
import { type Action, fillClipboard, play, type Random, seeded, writeScript } from "./support/typist.ts";

const test = browserSuite();

/** By day the same keys each time, at night others; VANGO_SEED plays those of a failure again. */
const SEED = Number(Deno.env.get("VANGO_SEED") ?? (isNight() ? Date.now() % 1e6 : 20));
const KEYS = scale(60, 2_000);

/** Milliseconds between two keys: ten in a second on average, as 120 words a minute have. */
const gap = (random: Random) => 60 + random(80);

/** Controls of which a script writes nothing, ever. */
const PLAIN = ["echo", "area", ...FREE];
/** Controls that show what the twin does but for the case of letters. */
const UPPER = ["upper", "above", "slow"];
const TWINS = [...PLAIN, ...UPPER];

/**
 * What is tried where. A script's write ends what can be undone in a control, and so does a move of it; a move ends a composition
 * in a contenteditable: browsers have no way to keep these.
 */
const CONTROLS = Object.fromEntries(
  [...Object.keys(STEPS), ...FREE].map((id) => [id, {
    undo: PLAIN.includes(id) && STAYING.includes(id),
    compose: id !== "moved",
  }]),
);

/** A run: what is odd about its network. */
interface Run {
  page: Page;
  proxy: Proxy;
  typist: TypistPage;
  script: readonly Action[];
  random: Random;
}

/** Waits until the server has had every text and every control shows what it has. */
async function rest({ page, typist }: Run, isExact: boolean): Promise<void> {
  const ids = Object.keys(STEPS);
  const started = Date.now();
  while (true) {
    const { texts: shown, inputs } = await fieldTexts(page, ids);
    const has = ids.map((id) => typist.texts[id].value);
    const isSame = ids.every((_, i) => shown[i] === has[i]);
    if (isSame && (!isExact || inputs === typist.handled)) return;
    if (Date.now() - started > 15_000) assertEquals([shown, inputs], [has, typist.handled]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What a log says of one control, for the comparison of two pages: the user's part of it. */
function part(log: readonly Entry[], id: string): unknown[] {
  return log.filter((entry) => entry.id === id && entry.trusted)
    .map(({ kind, what, data, state: [text, ...selection] }) => {
      const as = (text: string) => UPPER.includes(id) ? text.toUpperCase() : text;
      return [kind, what, data, as(text), ...selection];
    });
}

/** Compares what two logs say of a control; a failure shows the first entry that differs and what led to it. */
function assertSame(id: string, ours: unknown[], theirs: unknown[]): void {
  const odd = ours.findIndex((entry, i) => JSON.stringify(entry) !== JSON.stringify(theirs[i]));
  const around = (log: unknown[]) => (odd < 0 ? log.slice(-1) : log.slice(Math.max(0, odd - 8), odd + 3));
  assertEquals([ours.length, around(ours)], [theirs.length, around(theirs)], id);
}

/** Plays a script on the twin and gives its log. */
async function playTwin({ browser }: LiveTest, script: readonly Action[]): Promise<Entry[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const input = await openInput(page);
    await logEdits(page);
    const field = (id: string) =>
      id === "rich" || id === "moved"
        ? `<div id="${id}" contenteditable="true"></div>`
        : id === "area"
        ? `<textarea id="${id}"></textarea>`
        : `<input id="${id}">`;
    await page.goto(`data:text/html,${Object.keys(CONTROLS).map(field).join("")}`);
    await play(page, input, script);
    return await editLog(page);
  } finally {
    await context.close();
  }
}

/** What happens to the network of a run, or to its page, before each key. */
interface Trouble {
  /** What it is, for a failure. */
  name: string;
  /** Whether the handlers get every text that was typed: a resync drops what the newest text replaces. */
  exact: boolean;
  /** Makes it. */
  make(run: Run, index: number): void | Promise<void>;
}

const setDelay = ({ delay }: Proxy, ms: number) => void Object.assign(delay, { up: ms / 2, down: ms / 2 });

const TROUBLES: Trouble[] = [
  ...[50, 200, 800].map((ms) => ({
    name: `${ms} ms`,
    exact: true,
    make: ({ proxy }: Run) => setDelay(proxy, ms),
  })),
  {
    name: "50 to 800 ms",
    exact: true,
    make: ({ proxy, random }) => setDelay(proxy, 50 + random(751)),
  },
  {
    name: "200 ms, and the connection is lost in the middle of words",
    exact: true,
    make({ proxy, random }, index) {
      setDelay(proxy, 200);
      if (index % 35 !== 20) return;
      proxy.cut();
      proxy.refuse();
      setTimeout(() => proxy.restore(), 100 + random(900));
    },
  },
  {
    name: "200 ms, and the page is sent again in the middle of words",
    exact: false,
    async make({ proxy, page }, index) {
      setDelay(proxy, 200);
      // ResyncRequest after frame 0: a node is unknown.
      if (index % 25 === 20) await sendRaw(page, [3, 0x10, 0, 1]);
    },
  },
];

/** Types a script on a page behind a proxy, and compares what comes of it. */
async function type(all: LiveTest, seed: number, { name, exact, make }: Trouble): Promise<void> {
  const random = seeded(seed);
  const controls = { ...CONTROLS };
  // What a handler refuses depends on which texts it was told of: not those that a resync has dropped.
  if (!exact) delete controls.refuse;
  const script = writeScript(random, KEYS, controls);
  const typist = typistPage();
  await using proxy = startProxy(Number(new URL(all.start({ page: typist.page }).origin).port));
  const context = await all.browser.newContext({ reducedMotion: "reduce" });
  const errors: Error[] = [];
  context.on("weberror", (error) => errors.push(error.error()));
  try {
    const page = await context.newPage();
    const input = await openInput(page);
    await logEdits(page);
    await keepSockets(page);
    await page.goto(proxy.url);
    await connected(page);
    const run: Run = { page, proxy, typist, script, random };
    let due = performance.now();
    await play(page, input, script, {
      async before(index) {
        await make(run, index);
        due = Math.max(due, performance.now() - 100) + gap(random);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      },
      rest: () => rest(run, exact),
    });
    const log = await editLog(page);
    const twin = await playTwin(all, script);
    for (const id of TWINS) assertSame(id, part(log, id), part(twin, id));
    const writes = log.filter(({ kind, id }) => kind === "write" && PLAIN.includes(id));
    assertEquals(writes, []);
    for (const [id, step] of Object.entries(STEPS)) {
      // The twin knows better what the browser's undo makes of a text.
      if (TWINS.includes(id)) continue;
      assertEquals(typist.texts[id].value, checkField(log.filter((entry) => entry.id === id), step), id);
    }
    assertEquals(errors, []);
  } catch (error) {
    throw new Error(`Typist with VANGO_SEED=${SEED} failed: ${name}`, { cause: error });
  } finally {
    await context.close();
  }
}

test("typist: text, caret and selection are exact on any network, beside a form that changes", async (all) => {
  // One clipboard for all pages of a browser.
  await fillClipboard(all.page, all.input);
  const runs = await Promise.allSettled(TROUBLES.map((trouble, i) => type(all, SEED + i, trouble)));
  const failed = runs.filter((run) => run.status === "rejected").map(({ reason }) => reason);
  if (failed.length > 0) throw new AggregateError(failed, failed.map(({ message }) => message).join("; "));
});
