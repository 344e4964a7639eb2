/**
 * What a session needs of its server, and of the connection at its other end.
 *
 * @module
 */
import type { Limits } from "./limits.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Navigator } from "./navigation.ts";
import type { Session } from "./session.ts";

/** Where frames go: a socket, or a test's end of a pair. */
export interface Wire {
  /** Sends a whole frame. Must not throw. */
  send(frame: Uint8Array): void;
  /** Bytes that were sent and are still in this process. */
  readonly buffered: number;
  /** Closes the connection. */
  close(code: number, reason: string): void;
}

/** What sessions share. */
export interface SessionShared {
  /** The limits of the server. */
  readonly limits: Limits;
  /** What is counted. */
  readonly metrics: Metrics;
  /** The logger of the server. */
  readonly log: Logger;
  /** Goes to other pages; null where there is one page only. */
  readonly navigator: Navigator | null;
  /** The title of documents whose page sets none. */
  readonly title: string;
  /** Defers the flush to the end of the turn; default setImmediate. */
  readonly defer: (fn: () => void) => void;
  /** Calls a function after so many milliseconds; gives what stops that. */
  readonly after: (ms: number, fn: () => void) => () => void;
  /** The time, in milliseconds. */
  readonly now: () => number;
  /** Whether errors go to the browser with their message. */
  readonly dev: boolean;
  /** Told after each frame that changed the page: a snapshot may be due. */
  readonly flushed: (session: Session) => void;
}
