/**
 * Brings a page to life: numbers its nodes, listens, takes over what happened before, connects.
 *
 * @module
 */
import { handle, hear, listen, flushWaiting } from "./events.ts";
import { releaseHeld } from "./input.ts";
import { numberPage, walk, firstNode } from "./nodes.ts";
import { connect, loadRare, lost, quit, watch } from "./socket.ts";
import type { Client, ConnectionState, Page } from "./state.ts";

/** What can be put in the place of the browser's own. */
export interface StartOptions {
  /** Makes sockets. Default: the window's WebSocket. */
  socket?: typeof WebSocket;
  /** Loads the second script. Default: `import()`. */
  load?: Client["load"];
}

/** What a page's scripts get, as `window.vango`. */
export interface Vango {
  /** The state of the connection. */
  readonly state: ConnectionState;
  /** Ends the connection; links and forms are the browser's again. */
  close(): void;
  /** Opens a fresh socket at once. */
  reconnect(): void;
}
