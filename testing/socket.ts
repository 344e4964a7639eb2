/**
 * A socket without a network: the server's end looks like a WebSocket, the client's end is two functions.
 *
 * Bytes are copied, as a network would. What goes down arrives at the end of the turn, in order.
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
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readonly #listener: SocketListener;
  #cut = false;

  /** Makes an open socket; the server takes its end, the listener is the client's. */
  constructor(listener: SocketListener) {
    this.#listener = listener;
  }

  /** The server sends. */
  send(data: Uint8Array<ArrayBuffer>): void {
    const bytes = data.slice();
    queueMicrotask(() => {
      if (!this.#cut) this.#listener.message(bytes);
    });
  }

  /** The server closes. */
  close(code = 1005, reason = ""): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    queueMicrotask(() => {
      if (!this.#cut) this.#listener.closed(code, reason);
      this.onclose?.(new CloseEvent("close", { code, reason, wasClean: true }));
    });
  }

  /** The client sends. */
  sendUp(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState === 1) this.onmessage?.(new MessageEvent("message", { data: bytes.slice().buffer }));
  }

  /** The connection breaks: neither end hears anything any more, and the server sees a close. */
  cut(): void {
    this.#cut = true;
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.onclose?.(new CloseEvent("close", { code: 1006, wasClean: false }));
  }
}
