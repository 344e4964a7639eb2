/**
 * The test kit in Chromium: what must fail there, and what is special of a browser. The specs are in specs_test.ts.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { component, createApp, signal } from "../../mod.ts";
import { mountBrowser } from "../../testing/browser_page.ts";
import { button, div, h1, input, p } from "../../vdom/elements.ts";
import { errorOf, WRONG, wrongPage } from "../specs/wrong.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

test("mountBrowser(): what must fail does, as in every kind of page", async (t) => {
  const failures: string[] = [];
  for (const wrong of WRONG) {
    await using page = await mountBrowser(wrongPage(), { page: t.page });
    const { name, message } = await errorOf(page, wrong);
    if (name !== wrong.error || !message.includes(wrong.message)) {
      failures.push(`${wrong.name}: ${name}: ${message}`);
    }
  }
  assertEquals(failures, []);
  // The client tells in development what a handler threw.
  assertEquals(t.console.splice(0).filter((line) => line.startsWith("error:")), ["error: told so"]);
});

test("mountBrowser() refuses what a browser does not have", async (t) => {
  for (const page of [undefined, {}, { goto: true }]) {
    await assertRejects(
      () => mountBrowser(Counter, { page } as never),
      TypeError,
      "mountBrowser() needs a page: pass { page } of Playwright",
    );
  }
  for (const option of ["clock", "fakeTime"]) {
    await assertRejects(
      () => mountBrowser(Counter, { page: t.page, [option]: true } as never),
      TypeError,
      `mountBrowser() has no option ${option}: a browser has the machine's time`,
    );
  }
  await assertRejects(() => mountBrowser({} as never, { page: t.page }), TypeError, "Cannot mount it");
});

test("mountBrowser(): a document that somebody changed is noticed with the next answer", async (t) => {
  await using page = await mountBrowser(Counter, { page: t.page });
  await t.page.evaluate(() => document.querySelector("h1")!.append("!"));
  await assertRejects(() => page.get("button").click(), Error, "The page is out of step with the server");
});

test("mountBrowser() says so when the context runs scripts that should not, or none that should", async (t) => {
  await assertRejects(
    () => mountBrowser(Counter, { page: t.page, javascript: false }),
    Error,
    "The page runs scripts, which javascript: false cannot stop: pass a page of a context with javaScriptEnabled: false",
  );
  const context = await t.browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await assertRejects(
      () => mountBrowser(Counter, { page }),
      Error,
      "The page runs no scripts: pass a page",
    );
  } finally {
    await context.close();
  }
});

test("mountBrowser(): requests are the browser's, with the cookies that scripts do not see", async (t) => {
  const app = createApp({ secret: "x".repeat(32), memory: false })
    .page("/", () => () => p("here"))
    .api("/api/me", {
      POST: async ({ request }) =>
        Response.json({
          cookie: request.headers.get("cookie")?.includes("vango"),
          body: await request.text(),
          isOwn: request.headers.get("origin") === new URL(request.url).origin,
          site: request.headers.get("sec-fetch-site"),
        }, { status: 201, headers: { "x-own": "yes" } }),
    });
  await using page = await mountBrowser(app, { page: t.page });
  const answer = await page.request("/api/me", { method: "POST", json: "é" });
  assertEquals([answer.status, answer.headers.get("x-own"), await answer.json()], [201, "yes", {
    cookie: true,
    body: '"é"',
    isOwn: true,
    site: "same-origin",
  }]);
});

test("mountBrowser(): an error of a script in the page fails the action", async (t) => {
  await using page = await mountBrowser(Counter, { page: t.page });
  await t.page.evaluate(() =>
    document.addEventListener("click", () => {
      throw new RangeError("of a script");
    })
  );
  await assertRejects(
    async () => {
      await page.get("button").click();
      await page.waitFor(() => assertEquals(page.get("h1").text(), "never"), 5000);
    },
    Error,
    "of a script",
  );
  t.errors.length = 0;
});

test("mountBrowser(): what a user cannot reach cannot be clicked", async (t) => {
  await using page = await mountBrowser(
    () =>
      div(
        button({ onClick: () => {} }, "below"),
        p({ style: { position: "fixed", inset: "0", margin: "0", background: "white" } }, "above"),
      ),
    { page: t.page },
  );
  t.page.setDefaultTimeout(3000);
  await assertRejects(() => page.get("button").click(), Error, "intercepts pointer events");
});

test("mountBrowser(): messages of any size go through the proxy whole", async (t) => {
  const Long = component(() => {
    const text = signal("");
    return () => div(input({ onInput: (e) => text.value = e.value.repeat(3000) }), p(text));
  });
  await using page = await mountBrowser(Long, { page: t.page });
  const line = "0123456789".repeat(10);
  page.network.delay(5);
  await page.get("input").fill(line);
  await page.waitFor(() => assertEquals(page.get("p").text().length, 300_000), 5000);
  assertEquals(page.get("p").text() === line.repeat(3000), true);
  assertEquals(page.traffic, { frames: 1, resyncs: 0 });
});
