/**
 * The server goes away and comes back: cut, killed, restarted, deployed, silent. Nothing is lost, nothing is done twice.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { counterPage } from "./apps/counter.ts";
import { typingPage } from "./apps/typing.ts";
import { type FrameRecorder, recordFrames } from "./support/frames.ts";
import { mark, marks } from "./support/identity.ts";
import { startProxy } from "./support/proxy.ts";
import { startServer } from "./support/server_process.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

const SECRET = "a-secret-of-the-browser-tests-0123456789";
const SERVE = new URL("./apps/serve.ts", import.meta.url);

const portOf = (origin: string) => Number(new URL(origin).port);

/** Waits until the page knows that its connection is gone. */
const lost = (page: Page) => page.waitForSelector("html.vango-reconnecting", { state: "attached" });

/** Tells whether the page was loaded anew since it was asked before. */
const isFresh = (page: Page) =>
  page.evaluate(() => {
    const known = (window as { known?: boolean }).known ?? false;
    (window as { known?: boolean }).known = true;
    return !known;
  });

/** Waits for a sealed snapshot that includes the newest patches. */
async function sealed(recorder: FrameRecorder): Promise<void> {
  const last = recorder.frames.findLastIndex(({ direction, bytes }) =>
    direction === "down" && (bytes[0] & 15) === 2
  );
  await recorder.waitFor((frame) =>
    frame.direction === "down" && frame.bytes[0] === 3 && frame.bytes[1] === 0x22 &&
    recorder.frames.indexOf(frame) > last
  );
}

/** The types of the frames that a socket brought down. */
const downOf = ({ frames }: FrameRecorder, socket: number) =>
  frames.filter((frame) => frame.socket === socket && frame.direction === "down")
    .map(({ bytes: [type, sub] }) => (type & 15) === 3 ? `3.${sub.toString(16)}` : String(type & 15));

test("reconnect: after a cut the page goes on with its session", async ({ page, console, start, open }) => {
  const { page: app, runs } = counterPage();
  const server = start({ page: app });
  await using proxy = startProxy(portOf(server.origin));
  const recorder = await recordFrames(page);
  await open(proxy.url);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  await mark(page, "main *");
  proxy.refuse();
  proxy.cut();
  await lost(page);
  assertEquals(
    await page.evaluate(() => [document.documentElement.className, document.body.className]),
    ["vango-reconnecting", "vango-reconnecting"],
  );
  // Clicks while the server is away are kept and done once.
  await page.click("#inc");
  await page.click("#inc");
  proxy.restore();
  await connected(page);
  await page.getByText("Count: 3").waitFor();
  assertEquals(await marks(page, "main *"), [1, 2, 3, 4]);
  assertEquals(runs, { setups: 1, loads: 1 });
  const { resyncs, eventsHandled, sessionsResumed } = server.app.metrics();
  assertEquals({ resyncs, eventsHandled, sessionsResumed }, {
    resyncs: 0,
    eventsHandled: 3,
    sessionsResumed: 1,
  });
  assert(recorder.sockets.length >= 2);
  console.length = 0;
});

test("reconnect: an event whose answer was lost is not done twice", async ({ page, console, start, open }) => {
  const { page: app } = counterPage();
  const server = start({ page: app });
  await using proxy = startProxy(portOf(server.origin));
  await open(proxy.url);
  proxy.delay.down = 60_000;
  await page.click("#inc");
  while (server.app.metrics().eventsHandled === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  proxy.delay.down = 0;
  proxy.cut();
  await page.getByText("Count: 1").waitFor();
  await page.click("#inc");
  await page.getByText("Count: 2").waitFor();
  assertEquals(server.app.metrics().eventsHandled, 2);
  console.length = 0;
});

test("reconnect: text that is typed while the server is away stays and arrives", async ({ page, console, input, start, open }) => {
  const server = start({ page: typingPage().page });
  await using proxy = startProxy(portOf(server.origin));
  await open(proxy.url);
  await page.click("#free");
  await input.type("before ");
  await page.waitForFunction(() => document.querySelector("#held")!.textContent === "|||before |false");
  proxy.refuse();
  proxy.cut();
  await lost(page);
  await input.type("while");
  assertEquals(await page.inputValue("#free"), "before while");
  proxy.restore();
  await input.type(" after");
  await page.waitForFunction(() =>
    document.querySelector("#held")!.textContent === "|||before while after|false"
  );
  assertEquals(await page.inputValue("#free"), "before while after");
  console.length = 0;
});

test("reconnect: a dead connection is noticed by the heartbeat", async ({ page, console, start, open }) => {
  const server = start({ page: counterPage().page, limits: { heartbeatMs: 1000, silentMs: 3000 } });
  await using proxy = startProxy(portOf(server.origin));
  await open(proxy.url);
  proxy.stall("up");
  proxy.stall("down");
  await lost(page);
  proxy.cut();
  proxy.restore();
  await connected(page);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  console.length = 0;
});

test("reconnect: killed and started again, the server goes on where it was", async ({ page, console, open }) => {
  await using server = await startServer(SERVE, { args: ["counter"], env: { VANGO_SECRET: SECRET } });
  const recorder = await recordFrames(page);
  await open(server.url);
  for (let i = 1; i <= 3; i++) {
    await page.click("#inc");
    await page.getByText(`Count: ${i}`).waitFor();
  }
  await sealed(recorder);
  await mark(page, "main *");
  await isFresh(page);
  await server.kill("SIGKILL");
  await lost(page);
  await page.click("#inc");
  await page.click("#inc");
  await server.start();
  await page.getByText("Count: 5").waitFor();
  assertEquals(await marks(page, "main *"), [1, 2, 3, 4]);
  assertEquals(await isFresh(page), false);
  // One renumber, then the answer to both clicks: no resync.
  const socket = recorder.frames.findLast(({ direction }) => direction === "down")!.socket;
  assertEquals(downOf(recorder, socket).slice(0, 3), ["0", "3.13", "2"]);
  await page.click("#dec");
  await page.getByText("Count: 4").waitFor();
  console.length = 0;
});

test("reconnect: killed before the newest snapshot, the page is made the server's", async ({ page, console, open }) => {
  await using server = await startServer(SERVE, { args: ["counter"], env: { VANGO_SECRET: SECRET } });
  const recorder = await recordFrames(page);
  await open(server.url);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  await sealed(recorder);
  await page.click("#inc");
  await page.getByText("Count: 2").waitFor();
  await mark(page, "main *");
  await server.kill("SIGKILL");
  await lost(page);
  await server.start();
  await connected(page);
  await page.getByText("Count: 1").waitFor();
  assertEquals(await marks(page, "main *"), [1, 2, 3, 4]);
  await page.click("#inc");
  await page.getByText("Count: 2").waitFor();
  console.length = 0;
});

test("reconnect: a server that goes down says when to come back, and loses nothing", async ({ page, console, open }) => {
  await using server = await startServer(SERVE, { args: ["counter"], env: { VANGO_SECRET: SECRET } });
  const recorder = await recordFrames(page);
  await open(server.url);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  await mark(page, "main *");
  // At once: the snapshot of the last click was not due yet.
  await server.kill("SIGTERM");
  await lost(page);
  assertEquals(downOf(recorder, 0).slice(-3), ["3.22", "3.21", "3.20"]);
  await page.click("#inc");
  await server.start();
  await page.getByText("Count: 2").waitFor();
  assertEquals(await marks(page, "main *"), [1, 2, 3, 4]);
  console.length = 0;
});

test("reconnect: another secret knows nothing of the session: the page lives on, anew", async ({ page, console, open }) => {
  await using server = await startServer(SERVE, { args: ["counter"] });
  await open(server.url);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  await server.kill("SIGKILL");
  await lost(page);
  await server.start();
  await page.getByText("Count: 0").waitFor();
  await connected(page);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  console.length = 0;
});

test("reconnect: offline and online again", async ({ page, context, console, start, open }) => {
  const server = start({ page: counterPage().page });
  await open(server.origin);
  await context.setOffline(true);
  await page.waitForSelector("html.vango-offline", { state: "attached" });
  await page.click("#inc");
  await context.setOffline(false);
  await connected(page);
  await page.getByText("Count: 1").waitFor();
  console.length = 0;
});

test("reconnect: away and back by the history, the page lives", async ({ page, start, open }) => {
  const server = start({ page: counterPage().page });
  await open(server.origin);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  await page.goto("about:blank");
  await page.goBack();
  await connected(page);
  const before = Number((await page.textContent("h1"))!.slice("Count: ".length));
  await page.click("#inc");
  await page.getByText(`Count: ${before + 1}`).waitFor();
});
