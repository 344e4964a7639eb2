/**
 * A real Chromium for a test: launched for it, closed after it, and its uncaught errors are the test's.
 *
 * Each test has a browser of its own (0.4 s), so nothing outlives the leak sanitizers or reaches the next test.
 *
 * @module
 */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { CHROMIUM_ADVICE, findChromium } from "../../../tools/chromium.ts";
import { testUnless } from "../../support/skip.ts";

/** A page and what it belongs to. */
export interface TestPage {
  /** The page. */
  page: Page;
  /** Its context: cookies, storage, the network's state. */
  context: BrowserContext;
  /** The browser, for further contexts. */
  browser: Browser;
  /** Uncaught errors of the page so far; a test that expects some empties it. */
  errors: Error[];
  /** What the page wrote to the console so far, as "type: text". */
  console: string[];
}

/** Launches Chromium; the caller closes it. */
export async function launch(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error(CHROMIUM_ADVICE);
  // Chromium refuses to sandbox itself as root.
  const args = Deno.uid() === 0 ? ["--no-sandbox"] : [];
  return await chromium.launch({ executablePath, args });
}

/** Runs a function with a fresh page, then closes everything and throws what the page left uncaught. */
export async function withPage(
  fn: (test: TestPage) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const browser = await launch();
  try {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const test: TestPage = { page, context, browser, errors: [], console: [] };
    page.on("pageerror", (error) => test.errors.push(error));
    page.on("console", (message) => test.console.push(`${message.type()}: ${message.text()}`));
    page.setDefaultTimeout(10_000);
    await fn(test);
    if (test.errors.length > 0) {
      throw new AggregateError(test.errors, `The page threw ${test.errors[0].message}`);
    }
  } finally {
    await browser.close();
  }
}

/** Why tests in a browser can't run here, if so; known before the first of them is registered. */
const MISSING: string | undefined = await findChromium() === undefined ? CHROMIUM_ADVICE : undefined;

/** Registers a test with a page; it is skipped, with the reason, where there is no Chromium. */
export function browserTest(
  name: string,
  fn: (test: TestPage) => Promise<void>,
  options: BrowserContextOptions = {},
): void {
  testUnless(MISSING, name, () => withPage(fn, options));
}
