/**
 * `mount()`: a component or a whole application as a page under test.
 *
 * @module
 */
import { signal } from "../core/mod.ts";
import { type Component, component, isComponent } from "../runtime/component.ts";
import type { App, AppOptions } from "../server/app.ts";
import { type Made, MADE_OF } from "../server/seam.ts";
import type { Child, Props } from "../vdom/node.ts";
import { FakeClock } from "./clock.ts";
import { MemoryPage } from "./memory_page.ts";
import type { Page } from "./page.ts";
import type { PageParts } from "./page_parts.ts";
import { ORIGIN, TestServer } from "./server.ts";
import type { TestClock } from "./test_clock.ts";

/** Options of every kind of page. */
export interface PageOptions<P = Props> {
  /** The props of the component. */
  props?: P;
  /** The page's path, with query and fragment. Default "/". */
  url?: string;
  /** Cookies that the browser has already, by name. */
  cookies?: Readonly<Record<string, string>>;
  /** Whether the client runs; without it, links lead and forms post. Default true. */
  javascript?: boolean;
  /** Options of the application around a component (or in the place of an application's own): middleware, limits, store … */
  app?: Partial<AppOptions>;
  /** Whether an error that no boundary of the application caught fails the call during which it came. Default true. */
  throwErrors?: boolean;
  /** Whether each answer is compared with a fresh rendering of the server's tree. Default true. */
  verify?: boolean;
}

/** Options of {@linkcode mount}. */
export interface MountOptions<P = Props> extends PageOptions<P> {
  /** The clock; default: one of the page's own, which stands still. */
  clock?: FakeClock;
  /** Whether Date, setTimeout and setInterval of the process follow `page.clock` until the page is closed. Default false. */
  fakeTime?: boolean;
}

/**
 * Mounts a component, a function that returns nodes, or an application (what `createApp()` takes, such as `{ routes }`, or what
 * it gave) as a page in this process: the real server renders it, a client without a browser adopts it over a real session, and
 * frames go both ways as bytes. There is no socket, and nothing to stop: `await using`, or `page.close()`, runs the cleanups of
 * components.
 *
 * Of an application a new instance is made with the same options and routes, its clock aside; the one given is not touched.
 *
 * @throws {Error} When the page fails and no boundary of the application catches it.
 *
 * ```ts
 * import { component, signal, untracked } from "@vango/core";
 * import { button, div, h1 } from "@vango/core/elements";
 * import { mount } from "@vango/core/testing";
 *
 * const Counter = component((props: { start?: number }) => {
 *   const count = signal(untracked(() => props.start ?? 0));
 *   return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
 * });
 *
 * await using page = await mount(Counter, { props: { start: 3 } });
 * await page.getByRole("button", { name: "+" }).click();
 * console.assert(page.html() === "<div><h1>Count: 4</h1><button>+</button></div>");
 * ```
 */
export async function mount<P extends object>(
  what: Mountable<P>,
  options: MountOptions<P> = {},
): Promise<MemoryPage> {
  const clock = options.clock ?? new FakeClock({ globals: options.fakeTime });
  const parts = { ...makeParts(what, options, clock), clock };
  return await begin(new MemoryPage(parts, options.javascript ?? true));
}

/** What can be mounted: a component, a function that returns nodes, an application, or the options of one. */
export type Mountable<P extends object> = Component<P> | (() => Child) | App | AppOptions;

/** The parts that every kind of page is made of. Not for tests. */
export function makeParts<P extends object>(
  what: Mountable<P>,
  options: PageOptions<P>,
  clock: TestClock,
): PageParts {
  const group: Page[] = [];
  const props = signal<Props>({ ...options.props });
  const made = madeOf(what, () => props.value);
  const server = new TestServer(
    { ...made, options: { ...made.options, ...options.app } },
    clock,
    ({ message, fields }) => {
      if (fields.caught === true) return;
      const { error } = fields;
      group[0]?.fail(error instanceof Error || error !== undefined ? error : new Error(message));
    },
  );
  for (const [name, value] of Object.entries(options.cookies ?? {})) server.cookies.set(name, value);
  return {
    server,
    clock,
    group,
    url: new URL(options.url ?? "/", ORIGIN),
    throwErrors: options.throwErrors ?? true,
    verify: options.verify ?? true,
    setProps: (next) => {
      if (!isComponent(what)) throw new TypeError("Cannot set props: what was mounted is no component");
      props.value = { ...props.peek(), ...next };
    },
  };
}

/** Loads a page for the first time; what fails leaves nothing behind. Not for tests. */
export async function begin<T extends Page>(page: T): Promise<T> {
  try {
    await page.reload();
  } catch (error) {
    await page.close();
    throw error;
  }
  return page;
}

function madeOf<P extends object>(what: Mountable<P>, props: () => Props): Made {
  if (typeof what === "function") {
    const Given = what as Component<object>;
    const view = isComponent(what) ? () => Given({ ...props() }) : what as () => Child;
    return { options: { page: component(() => view, { name: "page" }) }, added: [] };
  }
  const made = MADE_OF.get(what as App);
  if (made !== undefined) return made;
  const { page, routes } = (what ?? {}) as AppOptions;
  if (isComponent(page) || typeof routes === "object") return { options: what as AppOptions, added: [] };
  throw new TypeError(
    "Cannot mount it: pass a component, a function that returns nodes, { routes }, or what createApp() gave",
  );
}
