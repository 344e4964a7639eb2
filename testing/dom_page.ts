/**
 * `mountDom()`: the browser's own client in a window of happy-dom, over a socket in memory.
 *
 * @module
 */
import type { Props } from "../vdom/node.ts";
import { FakeClock } from "./clock.ts";
import { DomDriver } from "./dom_driver.ts";
import type { WindowClass } from "./dom_window.ts";
import { MirrorPage } from "./mirror_page.ts";
import { begin, makeParts, type Mountable, type PageOptions } from "./mount.ts";
import type { PageParts } from "./page_parts.ts";

export type { WindowClass } from "./dom_window.ts";
export { MirrorPage } from "./mirror_page.ts";

/** Options of {@linkcode mountDom}. */
export interface DomOptions<P = Props> extends PageOptions<P> {
  /** The class `Window` of happy-dom, which is yours to install: `import { Window } from "happy-dom"`. */
  Window: WindowClass;
  /** The clock; default: one of the page's own, which stands still. */
  clock?: FakeClock;
  /** Whether Date, setTimeout and setInterval of the process follow `page.clock` until the page is closed. Default false. */
  fakeTime?: boolean;
}

/**
 * Mounts what `mount()` mounts, with the browser's own client in a window of happy-dom: its parser, its events, its forms.
 * The socket is in memory, and time stands still as with `mount()`.
 *
 * @throws {TypeError} When there is no Window. {Error} When the page fails and no boundary of the application catches it.
 *
 * ```ts
 * import { component, signal } from "@vango/core";
 * import { button, h1 } from "@vango/core/elements";
 * import { mountDom } from "@vango/core/testing/dom";
 * import { Window } from "happy-dom";
 *
 * const Counter = component(() => {
 *   const count = signal(0);
 *   return () => [h1("Count: ", count), button({ onClick: () => count.inc() }, "+")];
 * });
 *
 * await using page = await mountDom(Counter, { Window });
 * await page.getByRole("button", { name: "+" }).click();
 * console.assert(page.get("h1").text() === "Count: 1");
 * ```
 */
export async function mountDom<P extends object>(
  what: Mountable<P>,
  options: DomOptions<P>,
): Promise<DomPage> {
  if (typeof options?.Window !== "function") {
    throw new TypeError('mountDom() needs a Window: pass { Window } of the package "happy-dom"');
  }
  const clock = options.clock ?? new FakeClock({ globals: options.fakeTime });
  const parts = { ...makeParts(what, options, clock), clock };
  return await begin(new DomPage(parts, options.Window, options.javascript ?? true));
}

/** A page in a window of happy-dom. Made by `mountDom()`. */
export class DomPage extends MirrorPage {
  /** The time of the page's server and of its client. */
  declare readonly clock: FakeClock;
  /** Where the user or the page would have left the tab's application: other origins, other tabs, downloads. Absolute URLs. */
  readonly left: string[] = [];
  /** @ignore */
  protected readonly driver: DomDriver;
  readonly #Window: WindowClass;
  readonly #scripted: boolean;

  /** Use `mountDom()`. */
  constructor(parts: PageParts & { readonly clock: FakeClock }, Window: WindowClass, scripted: boolean) {
    super(parts, scripted);
    this.#Window = Window;
    this.#scripted = scripted;
    this.driver = new DomDriver(parts, Window, scripted, {
      open: (onCut) => this.network.online ? this.network.open(this.watch, onCut) : null,
      fail: (error) => this.fail(error),
      leave: (url) => this.left.push(url.href),
      confirm: (message) => this.confirm(message),
    });
  }

  /** The window, for what a test wants to know of it. Another one after each load. */
  get window(): Window & typeof globalThis {
    return this.driver.window;
  }

  /** Another page of the same application, with the same cookies, as in another tab. It ends with this one. */
  override async newPage(url: string = this.url.href): Promise<DomPage> {
    const parts = { ...this.parts, clock: this.clock, url: this.resolve(url) };
    const page = new DomPage(parts, this.#Window, this.#scripted);
    await page.visit(page.url.href);
    return page;
  }

  /** @ignore */
  protected override fetch(url: URL, init: RequestInit): Promise<Response> {
    return this.parts.server.request(url, init);
  }

  /** @ignore */
  protected override async followed(): Promise<boolean> {
    return await this.driver.follow();
  }
}
