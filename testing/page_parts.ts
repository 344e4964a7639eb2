/**
 * What every kind of page is made of.
 *
 * @module
 */
import type { Page } from "./page.ts";
import type { TestServer } from "./server.ts";
import type { TestClock } from "./test_clock.ts";

/** What a page is made of. */
export interface PageParts {
  /** The server, which the pages of a group share. */
  readonly server: TestServer;
  /** The time. */
  readonly clock: TestClock;
  /** The first URL. */
  readonly url: URL;
  /** Whether errors that nothing caught make the call fail during which they came. */
  readonly throwErrors: boolean;
  /** Whether each answer is compared with a fresh rendering of the server's tree. */
  readonly verify: boolean;
  /** Gives the mounted component other props. */
  readonly setProps: (props: object) => void;
  /** The pages of one browser: of one server, with the same cookies. The first one owns the server. */
  readonly group: Page[];
}
