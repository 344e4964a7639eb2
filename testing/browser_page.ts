/**
 * `mountBrowser()`: a page in a browser that a test drives by Playwright, served by an application of this process.
 *
 * @module
 */
import type { Props } from "../vdom/node.ts";
import { BrowserDriver, type Fetched, fetchInPage } from "./browser_driver.ts";
import { MirrorPage } from "./mirror_page.ts";
import { begin, makeParts, type Mountable, type PageOptions } from "./mount.ts";
import type { PageParts } from "./page_parts.ts";
import { ORIGIN } from "./server.ts";
import type { PlaywrightDialog, PlaywrightPage } from "./playwright.ts";
import { RealClock } from "./test_clock.ts";
import { WireProxy } from "./wire_proxy.ts";

export type { PlaywrightDialog, PlaywrightElement, PlaywrightPage } from "./playwright.ts";
export { MirrorPage } from "./mirror_page.ts";

/** Options of {@linkcode mountBrowser}. */
export interface BrowserOptions<P = Props> extends PageOptions<P> {
  /** A page of Playwright, which is yours to install, launch and close. For `javascript: false`, of such a context. */
  page: PlaywrightPage;
}

/**
 * Mounts what `mount()` mounts in a browser: the application listens on 127.0.0.1, and a page of Playwright, which you pass,
 * shows it. What a user does is done by the browser's own input; `page.network` works on the messages of the real
 * WebSocket. The clock is the machine's: `page.clock.advance()` waits.
 *
 * @throws {TypeError} When there is no page, or a clock is asked for. {Error} When the page fails and no boundary of the application catches it.
 *
 * ```ts
 * import { component, signal } from "@vango/core";
 * import { button, h1 } from "@vango/core/elements";
 * import { mountBrowser } from "@vango/core/testing/browser";
 * import type { Browser } from "playwright-core";
 *
 * const Counter = component(() => {
 *   const count = signal(0);
 *   return () => [h1("Count: ", count), button({ onClick: () => count.inc() }, "+")];
 * });
 *
 * export async function counts(browser: Browser): Promise<void> {
 *   await using page = await mountBrowser(Counter, { page: await browser.newPage() });
 *   await page.getByRole("button", { name: "+" }).click();
 *   console.assert(page.get("h1").text() === "Count: 1");
 * }
 * ```
 */
export async function mountBrowser<P extends object>(
  what: Mountable<P>,
  options: BrowserOptions<P>,
): Promise<BrowserPage> {
  if (typeof options?.page?.goto !== "function") {
    throw new TypeError("mountBrowser() needs a page: pass { page } of Playwright");
  }
  for (const name of ["clock", "fakeTime"]) {
    if (name in options) {
      throw new TypeError(`mountBrowser() has no option ${name}: a browser has the machine's time`);
    }
  }
  const parts = makeParts(what, options, new RealClock());
  const http = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request, info) => parts.server.serve(request, info),
  );
  const page = new BrowserPage(parts, options.page, http, options.javascript ?? true);
  const cookies = Object.entries(options.cookies ?? {});
  const url = page.url.href;
  try {
    await options.page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url })));
  } catch (error) {
    await page.close();
    throw error;
  }
  return await begin(page);
}

/** A page in a browser. Made by `mountBrowser()`. */
export class BrowserPage extends MirrorPage {
  /** @ignore */
  protected readonly driver: BrowserDriver;
  readonly #page: PlaywrightPage;
  readonly #http: Deno.HttpServer<Deno.NetAddr>;
  readonly #isOwn: boolean;
  readonly #scripted: boolean;
  readonly #onError: (error: Error) => void = (error) => this.fail(error);
  readonly #onDialog: (dialog: PlaywrightDialog) => void = (dialog) => this.#answer(dialog);

  /** Use `mountBrowser()`. */
  constructor(
    parts: PageParts,
    page: PlaywrightPage,
    http: Deno.HttpServer<Deno.NetAddr>,
    scripted: boolean,
    isOwn = false,
  ) {
    super(parts, scripted);
    this.#scripted = scripted;
    this.#page = page;
    this.#http = http;
    this.#isOwn = isOwn;
    const proxy = new WireProxy(http.addr.port, (onCut) => {
      return this.network.online ? this.network.open(this.watch, onCut) : null;
    });
    this.driver = new BrowserDriver(page, proxy, scripted);
    this.url = new URL(parts.url.href.replace(ORIGIN, proxy.origin));
    page.on("pageerror", this.#onError);
    page.on("dialog", this.#onDialog);
  }

  /** What the test itself asks for, a load or the end, is not asked again. */
  #answer(dialog: PlaywrightDialog): void {
    const asks = dialog.type() === "beforeunload";
    const yes = asks && (this.driver.leaving || this.closed) || this.confirm(asks ? "" : dialog.message());
    // A page that is closed meanwhile has no dialog any more.
    (yes ? dialog.accept() : dialog.dismiss()).catch(() => {});
  }

  /** Another page of the same application, in another tab of the same context. It ends with this one. */
  override async newPage(url: string = this.url.href): Promise<BrowserPage> {
    const tab = await this.#page.context().newPage();
    const to = new URL(url, this.url);
    const parts = { ...this.parts, url: new URL(to.pathname + to.search, ORIGIN) };
    const page = new BrowserPage(parts, tab, this.#http, this.#scripted, true);
    await page.visit(page.url.href);
    return page;
  }

  /** @ignore */
  protected override async fetch(url: URL, init: RequestInit): Promise<Response> {
    const { method = "GET", redirect } = init;
    const headers = [...new Headers(init.headers)];
    const body = init.body === undefined || init.body === null
      ? null
      : new Uint8Array(await new Response(init.body).arrayBuffer()).toBase64();
    const answer = await this.#page.evaluate(fetchInPage, { url: url.href, method, redirect, headers, body });
    const { status, statusText, pairs, content } = answer as Fetched;
    const bytes = /^(101|103|204|205|304)$/.test(String(status)) ? null : Uint8Array.fromBase64(content);
    return new Response(bytes, { status, statusText, headers: pairs });
  }

  /** @ignore */
  protected override async end(): Promise<void> {
    this.#page.off("pageerror", this.#onError);
    if (this.#isOwn) await this.#page.close();
    // A page that its browser has closed goes nowhere.
    else await this.#page.goto("about:blank").catch(() => {});
    this.#page.off("dialog", this.#onDialog);
    await super.end();
    if (!this.#isOwn) await this.#http.shutdown();
  }
}
