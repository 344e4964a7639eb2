/**
 * A page with routes for tests of the third script: what the browser was asked to load is noted, not done.
 *
 * @module
 */
import type { NavigatePayload } from "../../protocol/mod.ts";
import type { Patch } from "../../vdom/patch.ts";
import { type PageOptions, settle, TestPage } from "./_page.ts";

/** A page with routes. */
export class NavPage extends TestPage {
  /** What the browser was asked to load: "assign URL", "replace URL", "reload". */
  readonly went: string[];
  /** What `confirm` was asked. */
  readonly asked: string[];
  /** What `confirm` answers. */
  answer = true;

  /** Makes a page at /start?a=1. */
  constructor(html: string, options: PageOptions = {}) {
    const went: string[] = [];
    const asked: string[] = [];
    let self: NavPage | undefined = undefined;
    super(html, {
      rare: true,
      ...options,
      data: { nav: "/_vango/nav-1a.js", ...options.data },
      before: (win) => {
        const proto = Object.getPrototypeOf(win.location);
        const { replace } = proto as Location;
        for (const how of ["assign", "replace", "reload"] as const) {
          Object.defineProperty(proto, how, {
            configurable: true,
            value(this: Location, url?: string) {
              // A place in the page is no load.
              if (how === "replace" && url!.startsWith("#")) return replace.call(this, url!);
              went.push(url === undefined ? how : `${how} ${url}`);
            },
          });
        }
        win.confirm = (message) => {
          asked.push(message!);
          return (self as NavPage | undefined)?.answer ?? true;
        };
        options.before?.(win);
      },
    });
    self = this;
    this.went = went;
    this.asked = asked;
  }

  /** The paths that navigations asked for since the last look; those of replacing ones begin with "=". */
  visits(): string[] {
    return this.take().flatMap((frame) => {
      if (frame.kind !== "event" || frame.event.code !== 0x70) return [];
      const { path, replace } = frame.event.payload as NavigatePayload;
      return [`${replace ? "=" : ""}${path}`];
    });
  }

  /** The paths that were asked for ahead since the last look. */
  prefetched(): string[] {
    return this.take().flatMap((frame) =>
      frame.kind === "event" && frame.event.code === 0x71
        ? [(frame.event.payload as NavigatePayload).path]
        : []
    );
  }

  /** Answers the newest event with a page. */
  bring(path: string, patches: Patch[] = [], replace = false): void {
    this.patch([{ op: replace ? 0x33 : 0x32, path }, ...patches], this.sent);
  }

  /** Goes through the history. */
  async travel(by: number): Promise<void> {
    this.win.history.go(by);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Path, query and fragment. */
  get path(): string {
    const { pathname, search, hash } = this.win.location;
    return pathname + search + hash;
  }
}

/** Makes a page, connects it, runs a test with it, ends it. */
export async function withNav(
  html: string,
  run: (page: NavPage) => void | Promise<void>,
  options: PageOptions = {},
): Promise<void> {
  const page = new NavPage(html, options);
  try {
    await settle();
    if (options.connect !== false) page.accept(options.hello);
    await settle();
    await run(page);
  } finally {
    await page.close();
  }
}
