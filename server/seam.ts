/**
 * Where the test kit takes hold: a clock and a turn of its own, sockets without a network, and what an application was
 * made of, so that it can be started anew. Nothing of it is used in production, and nothing else knows the test kit.
 *
 * @module
 */
import type { App, AppOptions } from "./app.ts";
import type { Clock } from "./clock.ts";
import type { Engine } from "./engine.ts";
import type { Routes } from "./router.ts";
import type { Sessions } from "./sessions.ts";

/** What of a WebSocket the server uses. */
export interface SocketLike {
  /** How messages come: "arraybuffer". */
  binaryType: string;
  /** Bytes that were sent and are still in this process. */
  readonly bufferedAmount: number;
  /** As of a WebSocket: 1 is open. */
  readonly readyState: number;
  /** Has the listener's `handleEvent` called with each "message", once with "open", and once, at its end, with "close". */
  addEventListener(type: "open" | "message" | "close", listener: EventListenerObject): void;
  /** Sends one message. */
  send(data: Uint8Array<ArrayBuffer>): void;
  /** Closes it. */
  close(code?: number, reason?: string): void;
}

/** What stands in the place of the server's own parts. */
export interface TestParts {
  /** The clock of every part. */
  clock: Clock;
  /** Defers a session's flush to the end of the turn. */
  defer: (fn: () => void) => void;
  /** Told of the parts that were made. */
  made(engine: Engine, sessions: Sessions): void;
}

/** Parts for the application that `createApp()` makes of these very options. */
export const TEST_PARTS: WeakMap<AppOptions, TestParts> = new WeakMap();

/** What an application was made of. */
export interface Made {
  /** The options of createApp(). */
  readonly options: AppOptions;
  /** What was added by calls, in order, for the routes of another application. */
  readonly added: readonly ((to: Routes) => void)[];
}

/** What each application was made of. */
export const MADE_OF: WeakMap<App, Made> = new WeakMap();

/** Sockets that stand for those of requests. */
export const MEMORY_SOCKETS: WeakMap<Request, SocketLike> = new WeakMap();
