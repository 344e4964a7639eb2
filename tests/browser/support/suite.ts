/**
 * The tests of one file with one Chromium: a context, a page and a server of its own for each test.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { App, AppOptions } from "../../../server/app.ts";
import { CHROMIUM_ADVICE, findChromium } from "../../../tools/chromium.ts";
import { startApp, type TestApp } from "../../support/app.ts";
import { testUnless } from "../../support/skip.ts";
import { launch, type TestPage } from "./browser.ts";
import { type Input, openInput } from "./input.ts";

/** A page, its input, and the means to start servers. */
export interface LiveTest extends TestPage {
  /** Keys and composition. */
  input: Input;
  /** Starts an application; it ends with the test, which fails when it logged an error. */
  start(options: AppOptions, port?: number, wrap?: (app: App) => App["fetch"]): TestApp;
  /** Goes to an address and waits until its client is connected. */
  open(url: string, page?: Page): Promise<void>;
}

/** Registers a test. */
export type RegisterTest = (
  name: string,
  fn: (test: LiveTest) => Promise<void>,
  options?: BrowserContextOptions,
) => void;

const MISSING: string | undefined = await findChromium() === undefined ? CHROMIUM_ADVICE : undefined;

/** How long a test may take: one that waits for ever would take the whole run with it. In milliseconds. */
const TEST_LIMIT = 120_000;
/** How long a context may take to close, in milliseconds. */
const CLOSE_LIMIT = 10_000;

/** Makes the tests of a file share one Chromium, which starts before the first of them and ends after the last. */
export function browserSuite(): RegisterTest {
  let browser: Browser | undefined;
  if (MISSING === undefined) {
    Deno.test.beforeAll(async () => {
      browser = await launch();
    });
    Deno.test.afterAll(async () => {
      await browser?.close();
    });
  }
  const run = async (fn: (test: LiveTest) => Promise<void>, options: BrowserContextOptions) => {
    const context = await browser!.newContext({ reducedMotion: "reduce", ...options });
    const apps: TestApp[] = [];
    try {
      await within(TEST_LIMIT, runTest(context, apps, fn), "The test");
    } finally {
      // Chromium may never close a context whose page is just being replaced: that one ends with its browser.
      await within(CLOSE_LIMIT, context.close(), "Closing its context").catch(console.warn);
      for (const app of apps) await app[Symbol.asyncDispose]();
    }
  };
  return (name, fn, options = {}) =>
    testUnless(MISSING, name, async () => {
      try {
        await run(fn, options);
      } catch (error) {
        // Real input and real time on a machine that others use: what is wrong fails again. The first failure is told.
        console.warn(`Failed once, and is tried again: ${name}\n`, error);
        await run(fn, options);
      }
    });
}

/** What a promise gives, or an error when that takes longer than `ms` milliseconds. */
async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what} took more than ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What Chromium says of a page that is left while its socket is on its way. */
const LEFT_EARLY = /WebSocket is closed before the connection is established/;

/** Waits until the client of a page is connected. */
export async function connected(page: Page): Promise<void> {
  await page.waitForSelector("html.vango-connected", { state: "attached" });
}

async function runTest(
  context: BrowserContext,
  apps: TestApp[],
  fn: (test: LiveTest) => Promise<void>,
): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  const errors: Error[] = [], messages: string[] = [];
  context.on("weberror", (error) => errors.push(error.error()));
  context.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  await fn({
    page,
    context,
    browser: context.browser()!,
    errors,
    console: messages,
    input: await openInput(page),
    start(options, port, wrap) {
      const app = startApp(options, port, wrap);
      apps.push(app);
      return app;
    },
    async open(url, on = page) {
      await on.goto(url);
      await connected(on);
    },
  });
  if (errors.length > 0) throw new AggregateError(errors, `The page threw ${errors[0].message}`);
  const wrong = messages.filter((text) => /^(error|warning):/.test(text) && !LEFT_EARLY.test(text));
  assertEquals(wrong, []);
  for (const { logs } of apps) assertEquals(logs.filter(({ level }) => level === "error"), []);
}
