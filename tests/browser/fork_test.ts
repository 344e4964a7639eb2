/**
 * One page's HTML in two tabs: the second one forks, and neither changes the other.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { App } from "../../mod.ts";
import { counterPage } from "./apps/counter.ts";
import { mark, marks } from "./support/identity.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

/** Serves an application whose page is rendered once: each request gets the same answer, as from a cache. */
function freeze(app: App): AsyncDisposable & { origin: string } {
  let answer: Promise<[string, ResponseInit]> | undefined;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request, info) => {
    if (new URL(request.url).pathname !== "/") return await app.fetch(request, info);
    answer ??= app.fetch(request, info).then(async (response) => [await response.text(), response]);
    const [body, { status, headers }] = await answer;
    return new Response(body, { status, headers });
  });
  return { origin: `http://127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

test("fork: a duplicated tab has a session of its own", async ({ page, context, start, open }) => {
  const { page: app, runs } = counterPage();
  const server = start({ page: app });
  await using frozen = freeze(server.app);
  await open(frozen.origin);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  const other = await context.newPage();
  await other.goto(frozen.origin);
  await connected(other);
  // It goes on from what its own HTML shows.
  assertEquals(await other.textContent("h1"), "Count: 0");
  await other.click("#dec");
  await other.getByText("Count: -1").waitFor();
  await page.click("#inc");
  await page.getByText("Count: 2").waitFor();
  assertEquals(await other.textContent("h1"), "Count: -1");
  assertEquals([runs.setups, server.app.metrics().resyncs], [2, 0]);
});

test("fork: the second tab keeps its nodes", async ({ context, start, open }) => {
  const server = start({ page: counterPage().page });
  await using frozen = freeze(server.app);
  await open(frozen.origin);
  const other = await context.newPage();
  await other.route(/\.js/, async (route) => {
    await mark(other, "main *");
    await route.continue();
  });
  await other.goto(frozen.origin);
  await connected(other);
  await other.click("#inc");
  await other.getByText("Count: 1").waitFor();
  assertEquals(await marks(other, "main *"), [1, 2, 3, 4]);
});

test("fork: HTML that is older than its session's life is restored", async ({ page, start, open }) => {
  const server = start({ page: counterPage().page, limits: { parked: { ttlMs: 1 } } });
  await using frozen = freeze(server.app);
  await (await fetch(frozen.origin)).body?.cancel();
  while (server.app.metrics().sessionsParked > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await open(frozen.origin);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  assertEquals(server.app.metrics().resyncs, 0);
});
