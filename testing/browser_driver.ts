/**
 * Drives a page of Playwright: what a user does is done by the browser's own input.
 *
 * @module
 */
import type { Driver } from "./mirror_page.ts";
import type { PlaywrightElement, PlaywrightPage } from "./playwright.ts";
import { type Kept, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Action } from "./stage.ts";
import type { WireProxy } from "./wire_proxy.ts";

/** Drives a page of Playwright. */
export class BrowserDriver implements Driver {
  readonly #page: PlaywrightPage;
  readonly #proxy: WireProxy;
  readonly #scripted: boolean;
  /** Whether the page is left because the test says so. */
  leaving = false;

  /** Drives a page whose socket goes through a proxy. */
  constructor(page: PlaywrightPage, proxy: WireProxy, scripted: boolean) {
    this.#page = page;
    this.#proxy = proxy;
    this.#scripted = scripted;
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
      if (isLeaving(error)) return null;
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
    const isHere = (other: string) => other.split("#")[0] === url.href.split("#")[0];
    const here = this.#page.url();
    this.leaving = true;
    try {
      if (here !== url.href) await this.#page.goto(url.href);
      // Where only the fragment is another one nothing was loaded.
      if (here === url.href || isHere(here) && url.href.includes("#")) await this.#page.reload();
    } finally {
      this.leaving = false;
    }
  }

  async travel(by: 1 | -1): Promise<void> {
    const goes = this.#scripted ? await this.#run(stepInPage, by) : null;
    if (goes === false) throw new Error(`Cannot go ${by < 0 ? "back" : "forward"}: there is no page there`);
    if (goes === null && !this.#scripted) await (by < 0 ? this.#page.goBack() : this.#page.goForward());
  }

  /** Runs a function that may end the document, and itself with it; null then. */
  async #run<T>(run: (arg: T) => unknown, arg: T): Promise<unknown> {
    try {
      return await this.#page.evaluate(run, arg);
    } catch (error) {
      if (isLeaving(error)) return null;
      throw error;
    }
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

function isLeaving(error: unknown): boolean {
  return /context was destroyed|navigat/i.test(String(error));
}

/**
 * Goes through the history, and waits until it is done; false when there is nothing there. Runs in the page. Where there are
 * unsaved changes the client undoes the step, asks, and perhaps goes once more.
 */
async function stepInPage(by: number): Promise<boolean> {
  const { navigation } = globalThis as { navigation?: { canGoBack: boolean; canGoForward: boolean } };
  if (navigation !== undefined && !(by < 0 ? navigation.canGoBack : navigation.canGoForward)) return false;
  const step = () =>
    new Promise<void>((resolve) => {
      for (const type of ["popstate", "pagehide"]) {
        globalThis.addEventListener(type, () => resolve(), { once: true });
      }
      // A step that the browser does not take, since the user has refused.
      setTimeout(resolve, 1000);
    });
  const asks = document.querySelector("[data-vango-unsaved]") !== null;
  const { confirm } = globalThis;
  let yes = false;
  globalThis.confirm = (message) => yes = confirm.call(globalThis, message);
  const gone = step();
  history.go(by);
  await gone;
  if (asks) await step();
  if (yes) await step();
  globalThis.confirm = confirm;
  return true;
}

/** An answer, as data. */
export interface Fetched {
  readonly status: number;
  readonly statusText: string;
  readonly pairs: [string, string][];
  readonly content: string;
}

/** Sends a request. Runs in the page: it may use nothing from outside of itself. */
export async function fetchInPage(request: {
  url: string;
  method: string;
  redirect: RequestRedirect | undefined;
  headers: [string, string][];
  body: string | null;
}): Promise<Fetched> {
  const { url, body, ...init } = request;
  const bytes = body === null ? null : Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
  const response = await fetch(url, { ...init, body: bytes });
  const { status, statusText, headers } = response;
  const content = [...new Uint8Array(await response.arrayBuffer())];
  const text = content.map((byte) => String.fromCharCode(byte)).join("");
  return { status, statusText, pairs: [...headers], content: btoa(text) };
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
    case "hover":
      return await element.hover();
    case "focus":
      return await element.focus();
    case "blur":
      return void await element.evaluate((it) => it.blur(), null);
    case "dispatch":
      return await element.dispatchEvent(action.event, action.payload);
    case "push":
      throw new Error(
        `Cannot push "${action.name}" for a hook: in a browser it runs itself; do what makes it push`,
      );
    case "set":
      return void await element.evaluate((it, value) => (it as HTMLInputElement).value = value, action.value);
    case "send":
      return void await element.evaluate((it) => (it as unknown as HTMLFormElement).requestSubmit(), null);
  }
}
