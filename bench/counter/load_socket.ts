/**
 * A WebSocket client over TCP for load: whole binary messages, no fragments up, an all-zero mask. It costs less than a
 * `WebSocket`, so that the server is what is measured.
 *
 * @module
 */

/** How to connect. */
export interface LoadSocketOptions {
  /** Port of 127.0.0.1. */
  port: number;
  /** Path of the socket. */
  path: string;
  /** Further headers of the handshake. */
  headers?: Record<string, string>;
  /** Takes each message; the bytes are valid until it returns. */
  onMessage: (bytes: Uint8Array) => void;
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
const ROOM = 16 * 1024;

/** One connection. */
export class LoadSocket {
  /** Ends when the connection does. */
  readonly ended: Promise<void>;
  readonly #conn: Deno.TcpConn;
  readonly #onMessage: (bytes: Uint8Array) => void;
  #in: Uint8Array<ArrayBuffer> = new Uint8Array(ROOM);
  #from = 0;
  #to = 0;
  #closed = false;

  /**
   * Connects.
   *
   * @throws {Error} When the server does not answer 101.
   */
  static async open(options: LoadSocketOptions): Promise<LoadSocket> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: options.port });
    conn.setNoDelay(true);
    const headers = {
      host: `127.0.0.1:${options.port}`,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))),
      ...options.headers,
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
    await conn.write(ENCODER.encode(`GET ${options.path} HTTP/1.1\r\n${lines}\r\n`));
    const socket = new LoadSocket(conn, options.onMessage);
    await socket.#handshake();
    return socket;
  }

  private constructor(conn: Deno.TcpConn, onMessage: (bytes: Uint8Array) => void) {
    this.#conn = conn;
    this.#onMessage = onMessage;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
  }

  #end: () => void;

  async #handshake(): Promise<void> {
    for (;;) {
      await this.#read();
      const text = DECODER.decode(this.#in.subarray(0, this.#to));
      const end = text.indexOf("\r\n\r\n");
      if (end < 0 && !this.#closed) continue;
      if (!text.startsWith("HTTP/1.1 101")) throw new Error(`Cannot open a socket: ${text.slice(0, 200)}`);
      this.#from = end + 4;
      break;
    }
    this.#loop();
  }

  async #read(): Promise<void> {
    if (this.#from === this.#to) this.#from = this.#to = 0;
    else if (this.#to === this.#in.length) {
      const rest = this.#in.subarray(this.#from, this.#to);
      if (this.#from === 0) {
        const bigger = new Uint8Array(this.#in.length * 2);
        bigger.set(rest);
        this.#in = bigger;
      } else this.#in.copyWithin(0, this.#from, this.#to);
      this.#to -= this.#from;
      this.#from = 0;
    }
    let n: number | null;
    try {
      n = await this.#conn.read(this.#in.subarray(this.#to));
    } catch {
      n = null;
    }
    if (n === null) this.close();
    else this.#to += n;
  }

  async #loop(): Promise<void> {
    while (!this.#closed) {
      while (this.#take());
      await this.#read();
    }
  }

  /** Takes one message out of what was read; false when it is not all there. */
  #take(): boolean {
    const bytes = this.#in;
    let at = this.#from;
    if (this.#closed || this.#to - at < 2) return false;
    const head = bytes[at];
    let length = bytes[at + 1];
    at += 2;
    if (length >= 126) {
      const size = length === 126 ? 2 : 8;
      if (this.#to - at < size) return false;
      length = 0;
      for (let i = 0; i < size; i++) length = length * 256 + bytes[at++];
    }
    if (this.#to - at < length) return false;
    this.#from = at + length;
    if (head === 0x82) this.#onMessage(bytes.subarray(at, at + length));
    else if (head === 0x88) this.close();
    else throw new Error(`Cannot take a message that begins with 0x${head.toString(16)}`);
    return true;
  }

  /** Sends a message of at most 64 KiB. */
  send(payload: Uint8Array): void {
    if (this.#closed) return;
    const short = payload.length < 126;
    const frame = new Uint8Array(payload.length + (short ? 6 : 8));
    frame[0] = 0x82;
    frame[1] = 0x80 | (short ? payload.length : 126);
    if (!short) new DataView(frame.buffer).setUint16(2, payload.length);
    frame.set(payload, short ? 6 : 8);
    // Messages here are far smaller than what a socket takes at once.
    this.#conn.write(frame).catch(() => this.close());
  }

  /** Closes the connection. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#conn.close();
    } catch {
      // The other end was first.
    }
    this.#end();
  }
}
