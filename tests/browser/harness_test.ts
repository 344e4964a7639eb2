/**
 * The harness itself: a page, its input, its frames, a bad network and a killed server, before tests rely on them.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Page } from "playwright-core";
import { handle } from "./fixtures/echo_server.ts";
import { browserTest, withPage } from "./support/browser.ts";
import { recordFrames } from "./support/frames.ts";
import { mark, marks } from "./support/identity.ts";
import { openInput } from "./support/input.ts";
import { startProxy } from "./support/proxy.ts";
import { startServer } from "./support/server_process.ts";

const FIXTURE = new URL("./fixtures/echo_server.ts", import.meta.url);

/** Runs a function with the echo server in this process. */
async function withEcho(fn: (port: number) => Promise<void>): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handle);
  try {
    await fn(server.addr.port);
  } finally {
    await server.shutdown();
  }
}

/** Waits until the page's socket reports a state. */
async function waitForState(page: Page, text: string): Promise<void> {
  await page.waitForFunction((text) => document.querySelector("#out")!.textContent === text, text);
}

Deno.test("startServer() throws with the output when the program ends early", async () => {
  const entry = "data:text/javascript,console.error('no luck');Deno.exit(3)";
  const error = await assertRejects(() => startServer(entry), Error, "ended before it printed its address");
  assert(error.message.includes("no luck"));
});

Deno.test("startServer() throws when no address is printed in time", async () => {
  const entry = "data:text/javascript,setInterval(() => {}, 1000)";
  await assertRejects(() => startServer(entry, { timeout: 300 }), Error, "printed no address within 300 ms");
});

browserTest("withPage() throws what the page left uncaught", async () => {
  await assertRejects(
    () =>
      withPage(async ({ page }) => {
        await page.goto("data:text/html,<script>throw new Error('boom')</script>");
      }),
    AggregateError,
    "boom",
  );
});

browserTest("openInput() presses keys through the browser's default actions", async ({ page }) => {
  await withEcho(async (port) => {
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.focus("#in");
    const input = await openInput(page);
    await input.type("cat");
    await input.press("ArrowLeft");
    await input.press("Backspace");
    await input.close();
    assertEquals(await page.inputValue("#in"), "ct");
  });
});

browserTest("openInput() composes as an IME does", async ({ page }) => {
  await withEcho(async (port) => {
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.focus("#in");
    const input = await openInput(page);
    await input.compose("に");
    await input.compose("にほ");
    await input.commit("日本");
    await input.close();
    assertEquals(await page.inputValue("#in"), "日本");
    const log = await page.evaluate("log") as string[];
    assertEquals(log.filter((entry) => entry.startsWith("composition")), [
      "compositionstart:",
      "compositionupdate:に",
      "compositionupdate:にほ",
      "compositionupdate:日本",
      "compositionend:日本",
    ]);
  });
});

browserTest("recordFrames() gives every frame with its bytes", async ({ page }) => {
  await withEcho(async (port) => {
    const recorder = await recordFrames(page);
    await page.goto(`http://127.0.0.1:${port}/`);
    await waitForState(page, "open");
    await page.evaluate("socket.send(new Uint8Array([1, 2, 255]))");
    const echoed = await recorder.waitFor((frame) => frame.direction === "down");
    assertEquals([...echoed.bytes], [1, 2, 255]);
    assertEquals(recorder.frames.map(({ direction, socket, opcode }) => [direction, socket, opcode]), [
      ["up", 0, 2],
      ["down", 0, 2],
    ]);
    assertEquals(recorder.sockets, [`ws://127.0.0.1:${port}/`]);
    assertEquals([recorder.total("up"), recorder.total("down")], [3, 3]);
    await recorder.close();
  });
});

browserTest("marks() tells a kept node from one that was made anew", async ({ page }) => {
  await page.setContent("<ul><li>a<li>b<li>c</ul>");
  assertEquals(await mark(page, "li"), 3);
  await page.evaluate(() => {
    const list = document.querySelector("ul")!;
    list.prepend(list.lastElementChild!);
    list.lastElementChild!.outerHTML = "<li>b</li>";
  });
  assertEquals(await marks(page, "li"), [3, 1, 0]);
});

browserTest("startProxy() delays both ways, cuts, refuses and lets through again", async ({ page }) => {
  await withEcho(async (port) => {
    await using proxy = startProxy(port, { up: 60, down: 60 });
    await page.goto(proxy.url);
    await waitForState(page, "open");
    const took = await page.evaluate(`new Promise((done) => {
      const start = performance.now();
      socket.addEventListener("message", () => done(performance.now() - start), { once: true });
      socket.send("x");
    })`) as number;
    assert(took >= 119, `a round trip over 60 + 60 ms took ${took} ms`);
    proxy.delay.up = proxy.delay.down = 0;
    proxy.refuse();
    proxy.cut();
    await waitForState(page, "closed");
    assertEquals(proxy.open, 0);
    const before = proxy.accepted;
    proxy.restore();
    await waitForState(page, "open");
    assertEquals(proxy.accepted, before + 1);
  });
});

browserTest("startServer() starts a killed server again at its address", async ({ page }) => {
  await using server = await startServer(FIXTURE);
  const { port, pid } = server;
  await page.goto(server.url);
  await waitForState(page, "open");
  await server.kill();
  await waitForState(page, "closed");
  await server.start();
  assertEquals(server.port, port);
  assert(server.pid !== pid);
  await waitForState(page, "open");
});
