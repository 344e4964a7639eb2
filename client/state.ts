/**
 * What the client of one page knows: one plain object that every part reads and writes.
 *
 *     nodes.ts    which node has which number          socket.ts   the connection and its states
 *     build.ts    nodes from bytes                     queue.ts    events that the server may not have yet
 *     patches.ts  changes, by table                    input.ts    what the user typed and the server does not know
 *     events.ts   delegated listeners                  rare.ts     what few pages need, loaded when one does
 *
 * Nothing here is a global: two pages can live in one process, as in tests.
 *
 * @module
 */
import type { Core } from "./core.ts";
import type { Operation } from "./patches.ts";
import type { Bytes, Cursor } from "./wire.ts";

/** A node that has a number, or may have. */
export type Live = Node & {
  /** Its number, if it has one that is valid. */
  vango?: number;
};

/** The window, as far as the client needs it. */
export type Page = Window & typeof globalThis;

/** What a page is to the server: the states of the connection. */
export type ConnectionState = "connected" | "reconnecting" | "offline";

/** A handler that an element's `data-hid` names. */
export interface Handler {
  /** The event's code on the wire. */
  code: number;
  /** The letter of the payload's family; "" for no payload. */
  family: string;
  /** Options by their letter; the rest of the option is the value. */
  opts: Record<string, string | undefined>;
  /** Whether the second script is needed. */
  special?: boolean;
}

/** An event on its way to the server. */
export interface Outgoing {
  /** Its number. */
  seq: number;
  /** The node that it happened to: the number is looked up when it is sent. */
  node: Live;
  /** The element that it began at. */
  target: Live;
  /** The event's code. */
  code: number;
  /** The name of the event. */
  type: string;
  /** The payload; null for none. */
  carries: Bytes | null;
  /** Whether this connection has carried it. */
  sent: boolean;
}

/** What the second script has for the first. */
export interface Rare {
  /** Writes a payload of a rare family. */
  putRare(out: Bytes, family: string, event: Event, element: Element): void;
  /** Tells of every control that is not as the server wrote it, as if it had been changed now. */
  sendUnsent(): void;
  /** Builds nodes of the kinds raw (5) and template instance (6). */
  buildRare(ctx: BuildContext, kind: number): void;
  /** Makes the live tree what a Resync says. */
  resync(from: Cursor): void;
  /** Numbers the page again, in document order. */
  renumber(): void;
  /** Elements whose content must be fetched again after the number check failed; null when only a resync helps. */
  locate(): Element[] | null;
  /** Whether a handler takes an event. */
  admits(event: Event, element: Element, handler: Handler): boolean;
  /** Sends an event when its time has come. */
  wait(element: Element, handler: Handler, send: () => void): void;
  /** Sends what waits. */
  flush(): void;
  /** Shows an optimistic change of an event. */
  predict(seq: number, element: Element, change: string): void;
  /** Takes back optimistic changes, before patches. */
  unwind(): void;
  /** After patches: drops the optimistic changes that `over` says have settled, shows the others again, and releases values. */
  rewind(over: (seq: number) => boolean): void;
  /** Drops changes of controls that wait where the server knows by now what the user made of them: by the event `received`. */
  supersede(received: number): void;
}

/** What building nodes needs. */
export interface BuildContext {
  /** Where the bytes come from. */
  from: Cursor;
  /** The document that makes the nodes. */
  maker: Document;
  /** Where the nodes go. */
  into: Node;
  /** The namespace of elements; undefined: HTML. */
  space: string | null | undefined;
}

/** The client of one page. */
export interface Client {
  /** The window. */
  readonly win: Page;
  /** The document. */
  readonly doc: Document;
  /** The client's script element, which ends the live tree; it has number 0. */
  readonly end: Live & HTMLScriptElement;
  /** Makes sockets. */
  readonly socket: typeof WebSocket;
  /** Loads the second script, the third, the fourth, or the script of a hook. */
  readonly load: (url: string) => Promise<{
    createRare(c: Client, core: Core): Rare;
    createNav(c: Client, core: Core): void;
    createHooks(c: Client, core: Core): void;
    default?: object;
  }>;

  /** Nodes by number. */
  nodes: (Live | undefined)[];
  /** The next number. */
  next: number;
  /** The operations that are known. */
  ops: Record<number, Operation>;
  /** Whether the numbers of the page were as the server said. */
  sound: boolean;
  /** Elements whose content is asked for again at the first connection. */
  mend?: Element[] | null;
  /** Whether events are left to the inline script. */
  waits?: boolean;

  /** Parsed event specs by their text. */
  specs: Map<string, Map<string, Handler>>;
  /** Event types that are listened for, and whether one may prevent the default. */
  heard: Map<string, boolean>;
  /** Events that the server may not have. */
  queue: Outgoing[];
  /** The number of the newest event. */
  seq: number;

  /** Controls with input that the server does not have, with the event that carries it; Infinity: not sent yet. */
  typed: Map<Element, number>;

  /** The socket. */
  ws?: WebSocket | null;
  /** The state, as pages see it. */
  state?: ConnectionState;
  /** Whether events may be sent. */
  ready?: boolean;
  /** Whether it is over: nothing is intercepted any more. */
  closed?: boolean;
  /** Whether patches are ignored until a resync comes. */
  stale?: boolean;
  /** 0 claim, 1 resume. */
  intent: number;
  /** The session's id. */
  session: string;
  /** The claim or resume key. */
  key: string;
  /** The sealed snapshot. */
  sealed: ArrayLike<number> & Iterable<number>;
  /** The newest frame that was applied. */
  last: number;
  /** The newest frame that was acknowledged. */
  acked: number;
  /** Bytes since the last ack. */
  unacked: number;
  /** The timer of the ack. */
  ackTimer?: number;
  /** The timer of the next connection. */
  timer?: number;
  /** The timer of the heartbeat. */
  beat?: number;
  /** Milliseconds between pings. */
  heartbeat?: number;
  /** When the server was last heard; not before it was. */
  seen?: number;
  /** Whether the server was heard since the last ping. */
  alive?: boolean;
  /** Connections that failed in a row. */
  tries: number;
  /** The largest message that the server takes, in bytes. */
  max: number;
  /** Frames that came and were not applied yet. */
  frames: Uint8Array[];

  /** The second script, when it is there. */
  rare?: Rare;
  /** Whether the frame that is being read needs it. */
  wants?: boolean;
  /** Its loading. */
  loading?: Promise<void>;
  /** Ends every listener. */
  quit: AbortController;
}
