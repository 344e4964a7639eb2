/**
 * A socket without a network: the server's end looks like a WebSocket, the client's end is two functions.
 *
 * Bytes are copied, as a network would. What goes down arrives in the next turn of the event loop, in order.
 *
 * @module
 */
import type { SocketLike } from "../server/seam.ts";

/** What the client's end of a socket is told. */
export interface SocketListener {
  /** Called with each frame. */
  message(bytes: Uint8Array<ArrayBuffer>): void;
  /** Called once, when the server closed it. */
  closed(code: number, reason: string): void;
}

/** One connection in memory. */
export class MemorySocket implements SocketLike {
  binaryType = "arraybuffer";
  readonly bufferedAmount = 0;
  readyState = 1;
  readonly #server: Map<string, EventListenerObject> = new Map();
  readonly #listener: SocketListener;
  #cut = false;
  #transit = 0;

  /** Makes an open socket; the server takes its end, the listener is the client's. */
  constructor(listener: SocketListener) {
    this.#listener = listener;
  }

  /** The server listens. */
  addEventListener(type: string, listener: EventListenerObject): void {
    this.#server.set(type, listener);
  }

  /** Whether the server took its end. */
  get taken(): boolean {
    return this.#server.has("message");
  }

  /** Tells the server of an event. */
  dispatch(event: Event): void {
    this.#server.get(event.type)?.handleEvent(event);
  }

  /** The server sends. */
  send(data: Uint8Array<ArrayBuffer>): void {
    const bytes = data.slice();
    this.#deliver(() => this.#listener.message(bytes));
  }

  /** The server closes. */
  close(code = 1005, reason = ""): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.#deliver(() => this.#listener.closed(code, reason));
    queueMicrotask(() => this.dispatch(new CloseEvent("close", { code, reason, wasClean: true })));
  }

  #deliver(run: () => void): void {
    this.#transit++;
    setImmediate(() => {
      this.#transit--;
      if (!this.#cut) run();
    });
  }

  /** Whether everything that was sent has arrived. */
  get idle(): boolean {
    return this.#transit === 0;
  }

  /** The client sends. */
  sendUp(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState === 1) this.dispatch(new MessageEvent("message", { data: bytes.slice().buffer }));
  }

  /** The connection breaks: neither end hears anything any more, and the server sees a close. */
  cut(): void {
    this.#cut = true;
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.dispatch(new CloseEvent("close", { code: 1006, wasClean: false }));
  }
}
