/**
 * The client's end of a socket in memory, as a WebSocket looks to the browser's client.
 *
 * @module
 */
import { turn } from "./clock.ts";
import type { Link } from "./network.ts";
import { MemorySocket } from "./socket.ts";

/** One connection. */
export class PageSocket {
  binaryType = "";
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #memory: MemorySocket;
  #link: Link | null = null;
  #opening = true;

  /** Opens one over the network, which may be none: `open` gives null then. */
  constructor(open: (onCut: () => void) => Link | null, upgrade: (socket: MemorySocket) => Promise<void>) {
    this.#memory = new MemorySocket({
      message: (bytes) => this.#link?.carry("down", bytes, (data) => this.onmessage?.({ data })),
      closed: () => this.#closed(),
    });
    this.#begin(open, upgrade);
  }

  /** Whether something is on its way that needs no time. */
  get busy(): boolean {
    return this.#opening || !this.#memory.idle;
  }

  async #begin(
    open: (onCut: () => void) => Link | null,
    upgrade: (socket: MemorySocket) => Promise<void>,
  ): Promise<void> {
    await turn();
    try {
      this.#link = this.readyState === 0 ? open(() => this.cut()) : null;
      if (this.#link === null) return this.#closed();
      await upgrade(this.#memory);
      this.#memory.dispatch(new Event("open"));
      this.readyState = 1;
      this.onopen?.();
    } catch {
      // A refused upgrade tells a browser nothing but that it was refused.
      this.#closed();
    } finally {
      this.#opening = false;
    }
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.#link?.carry("up", bytes, (frame) => this.#memory.sendUp(frame));
  }

  close(): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.#link?.close();
    this.#memory.cut();
  }

  /** The network breaks it. */
  cut(): void {
    this.close();
    this.#closed();
  }

  #closed(): void {
    this.readyState = 3;
    this.#link?.close();
    this.onclose?.();
  }
}
