/**
 * `mountBrowser()`: a page in a browser that a test drives by Playwright, served by an application of this process.
 *
 * @module
 */
import type { Props } from "../vdom/node.ts";
import { type Driver, MirrorPage } from "./mirror_page.ts";
import { begin, makeParts, type Mountable, type PageOptions } from "./mount.ts";
import type { PageParts } from "./page.ts";
import { ORIGIN } from "./server.ts";
import { type Kept, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Action } from "./stage.ts";
import { RealClock } from "./test_clock.ts";
import { WireProxy } from "./wire_proxy.ts";

/** What of a Playwright element the kit uses. */
export interface PlaywrightElement {
  /** Clicks. */
  click(options?: object): Promise<void>;
  /** Replaces a control's text. */
  fill(text: string): Promise<void>;
  /** Types. */
  type(text: string): Promise<void>;
  /** Presses a key. */
  press(key: string): Promise<void>;
  /** Switches a box. */
  setChecked(on: boolean): Promise<void>;
  /** Chooses options. */
  selectOption(values: { value?: string; label?: string }[]): Promise<unknown>;
  /** Gives it the focus. */
  focus(): Promise<void>;
  /** Dispatches an event. */
  dispatchEvent(type: string, init?: object): Promise<void>;
  /** Runs a function in the page. */
  evaluate<T>(run: (element: HTMLElement, arg: T) => unknown, arg: T): Promise<unknown>;
  /** Frees the handle. */
  dispose(): Promise<void>;
}

/** What of a Playwright page the kit uses. */
export interface PlaywrightPage {
  /** Goes to an address. */
  goto(url: string): Promise<unknown>;
  /** Runs a function in the page. */
  evaluate(run: (arg: null) => unknown, arg: null): Promise<unknown>;
  /** Runs a function in the page and gives a handle of what it gives. */
  evaluateHandle(run: (arg: number) => unknown, arg: number): Promise<{ asElement(): unknown }>;
  /** Tells of events. */
  on(event: "pageerror", listener: (error: Error) => void): unknown;
  /** Ends telling of them. */
  off(event: "pageerror", listener: (error: Error) => void): unknown;
  /** What it belongs to. */
  context(): {
    newPage(): Promise<PlaywrightPage>;
    addCookies(cookies: { name: string; value: string; url: string }[]): Promise<void>;
  };
  /** Closes it. */
  close(): Promise<void>;
}

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
    this.driver = new BrowserDriver(page, proxy);
    this.url = new URL(parts.url.href.replace(ORIGIN, proxy.origin));
    page.on("pageerror", this.#onError);
  }

  /** Another page of the same application, in another tab of the same context. It ends with this one. */
  override async newPage(url: string = this.url.href): Promise<BrowserPage> {
    const tab = await this.#page.context().newPage();
    const to = new URL(url, this.url);
    const parts = { ...this.parts, url: new URL(to.pathname + to.search, ORIGIN) };
    const page = new BrowserPage(parts, tab, this.#http, this.#scripted, true);
    await page.reload();
    return page;
  }

  /** @ignore */
  protected override async end(): Promise<void> {
    this.#page.off("pageerror", this.#onError);
    if (this.#isOwn) await this.#page.close();
    // A page that its browser has closed goes nowhere.
    else await this.#page.goto("about:blank").catch(() => {});
    await super.end();
    if (!this.#isOwn) await this.#http.shutdown();
  }
}

/** Drives a page of Playwright. */
class BrowserDriver implements Driver {
  readonly #page: PlaywrightPage;
  readonly #proxy: WireProxy;

  constructor(page: PlaywrightPage, proxy: WireProxy) {
    this.#page = page;
    this.#proxy = proxy;
  }

  pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1));
  }

  applied(): Promise<void> {
    return this.#proxy.applied();
  }

  async snapshot(): Promise<Snapshot | null> {
    try {
      return await this.#page.evaluate(takeSnapshot as (arg: null) => unknown, null) as Snapshot;
    } catch (error) {
      // The document is on its way out.
      if (/context was destroyed|navigat/i.test(String(error))) return null;
      throw error;
    }
  }

  async perform(id: number, action: Action): Promise<void> {
    const handle = await this.#page.evaluateHandle(
      (id) => (window as unknown as { vangoKit?: Kept }).vangoKit?.nodes.get(id) ?? null,
      id,
    );
    const element = handle.asElement() as PlaywrightElement | null;
    if (element === null) throw new Error("The element is not in the page any more");
    try {
      await act(element, action);
    } finally {
      await element.dispose().catch(() => {});
    }
  }

  async load(url: URL): Promise<void> {
    await this.#page.goto(url.href);
  }

  sever(): void {
    this.#proxy.sever();
  }

  async reconnect(): Promise<void> {
    await this.#page.evaluate(
      () => (window as unknown as { vango?: { reconnect(): void } }).vango?.reconnect(),
      null,
    );
  }

  async close(): Promise<void> {
    await this.#proxy.close();
  }
}

const KEYS: Readonly<Record<string, string>> = { Ctrl: "Control" };
const MODIFIERS = { altKey: "Alt", ctrlKey: "Control", metaKey: "Meta", shiftKey: "Shift" } as const;

async function act(element: PlaywrightElement, action: Action): Promise<void> {
  switch (action.type) {
    case "click": {
      const { init } = action;
      const held = Object.entries(MODIFIERS).filter(([name]) => init[name] === true).map(([, key]) => key);
      return await element.click({ modifiers: held });
    }
    case "fill":
      await element.fill(action.text);
      // Leaving it is what makes the change event.
      return void await element.evaluate((it) => it.blur(), null);
    case "type":
      await element.evaluate((it) => {
        it.focus();
        const control = it as HTMLInputElement;
        try {
          control.setSelectionRange?.(control.value.length, control.value.length);
        } catch {
          // A control without a selection, such as a number's.
        }
      }, null);
      return await element.type(action.text);
    case "press":
      return await element.press(
        action.key.length === 1
          ? action.key
          : action.key.split(/\+(?=.)/).map((key) => KEYS[key] ?? key).join("+"),
      );
    case "check":
      return await element.setChecked(action.on);
    case "select": {
      // By value or by text, as the option is found.
      const values = await element.evaluate((it, wanted) => {
        const options = [...(it as unknown as HTMLSelectElement).options];
        return wanted.map((text) =>
          (options.find((at) => at.value === text) ?? options.find((at) => at.text.trim() === text))?.value ??
            text
        );
      }, action.values as string[]) as string[];
      return void await element.selectOption(values.map((value) => ({ value })));
    }
    case "focus":
      return await element.focus();
    case "blur":
      return void await element.evaluate((it) => it.blur(), null);
    case "dispatch":
      return await element.dispatchEvent(action.event, action.payload);
    case "set":
      return void await element.evaluate((it, value) => (it as HTMLInputElement).value = value, action.value);
    case "send":
      return void await element.evaluate((it) => (it as unknown as HTMLFormElement).requestSubmit(), null);
  }
}
