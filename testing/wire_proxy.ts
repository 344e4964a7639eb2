/**
 * What stands between a browser and a server on this machine: HTTP goes through as it is, a WebSocket message by message
 * over the page's network.
 *
 *     browser ── TCP ──► WireProxy ── TCP ──► Deno.serve
 *                            └─ messages: Network delays, loses, doubles, swaps, holds, cuts
 *
 * TCP itself never loses or swaps anything; whole messages can be, as their frames stand alone.
 *
 * @module
 */
import { decodeUp, encodeControlDown } from "../protocol/mod.ts";
import { familyOf } from "../vdom/attrs.ts";
import type { Link } from "./network.ts";
import { concat, writeWs, WsReader } from "./ws_frames.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const HEAD_END = [13, 10, 13, 10];
const MAX_HEAD = 65_536;

/** A proxy for one page. */
export class WireProxy {
  readonly #listener: Deno.TcpListener;
  readonly #target: number;
  readonly #open: (onCut: () => void) => Link | null;
  readonly #connections: Set<Connection> = new Set();
  readonly #ends: Set<Promise<void>> = new Set();
  readonly #accepting: Promise<void>;
  #newest: Connection | null = null;
  #closed = false;
  #pings = 0;

  /** Listens on a free port; `open` begins a connection over the page's network, or gives null where there is none. */
  constructor(target: number, open: (onCut: () => void) => Link | null) {
    this.#target = target;
    this.#open = open;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#accepting = this.#accept();
  }

  /** Its address, without a slash at the end. */
  get origin(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  async #accept(): Promise<void> {
    for await (const browser of this.#listener) {
      const end = this.#connect(browser).finally(() => this.#ends.delete(end));
      this.#ends.add(end);
    }
  }

  async #connect(browser: Deno.TcpConn): Promise<void> {
    const server = await Deno.connect({ hostname: "127.0.0.1", port: this.#target }).catch(() => null);
    if (server === null || this.#closed) {
      closeQuietly(browser);
      if (server !== null) closeQuietly(server);
      return;
    }
    const connection: Connection = new Connection(browser, server, (onCut) => {
      const link = this.#open(onCut);
      if (link !== null) this.#newest = connection;
      return link;
    });
    this.#connections.add(connection);
    await connection.done;
    this.#connections.delete(connection);
  }

  /**
   * Resolves when the page has applied every frame that came to it: a ping after them was answered. At once when there is no
   * connection. What the page sent until then has been seen, too.
   */
  async applied(): Promise<void> {
    await this.#newest?.ping(1_000_000 + ++this.#pings);
  }

  /** Breaks the WebSocket. */
  sever(): void {
    this.#newest?.cut();
  }

  /** Cuts everything and stops listening. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#listener.close();
    await this.#accepting;
    for (const connection of this.#connections) connection.cut();
    await Promise.all(this.#ends);
  }
}

/** One connection of the browser. */
class Connection {
  /** Resolves when both ends are closed. */
  readonly done: Promise<void>;
  readonly #browser: Deno.TcpConn;
  readonly #server: Deno.TcpConn;
  readonly #begin: (onCut: () => void) => Link | null;
  readonly #pings: Map<number, () => void> = new Map();
  #link: Link | null = null;
  #isCut = false;
  /** Whether the server has taken the WebSocket: before that, nothing but its answer may be written. */
  #isOpen = false;
  #writing: Record<"up" | "down", Promise<unknown>> = { up: Promise.resolve(), down: Promise.resolve() };

  constructor(browser: Deno.TcpConn, server: Deno.TcpConn, begin: (onCut: () => void) => Link | null) {
    this.#browser = browser;
    this.#server = server;
    this.#begin = begin;
    browser.setNoDelay(true);
    server.setNoDelay(true);
    this.done = Promise.all([this.#up(), this.#down()]).then(() => this.cut());
  }

  /** Closes both ends. */
  cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#link?.close();
    closeQuietly(this.#browser);
    closeQuietly(this.#server);
    for (const answered of this.#pings.values()) answered();
    this.#pings.clear();
  }

  /** Asks the page's client whether it is done with what came; resolves at once when it can't be asked. */
  ping(value: number): Promise<void> {
    if (this.#isCut || !this.#isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      this.#pings.set(value, resolve);
      this.#write("down", writeWs([...encodeControlDown({ type: 0x01, value })]));
    });
  }

  /** From the browser: a request's head tells whether it is a WebSocket's. */
  async #up(): Promise<void> {
    let head: Bytes = new Uint8Array();
    const reader = new WsReader();
    // A browser has connections of their own for WebSockets: what begins otherwise stays so.
    let plain = false;
    for await (const chunk of read(this.#browser)) {
      if (plain) this.#write("up", chunk);
      else if (this.#link !== null) {
        this.#messages(reader.push(chunk), "up");
      }
      if (plain || this.#link !== null) continue;
      head = concat([head, chunk]);
      const end = headEnd(head);
      if (end === null && head.length < MAX_HEAD) continue;
      const text = new TextDecoder().decode(head.subarray(0, end ?? 0));
      if (/^upgrade: *websocket/im.test(text)) {
        this.#link = this.#begin(() => this.cut());
        if (this.#link === null) return this.cut();
        this.#write("up", head.slice(0, end!));
        this.#messages(reader.push(head.slice(end!)), "up");
      } else {
        this.#write("up", head);
        plain = true;
      }
    }
    await this.#finish("up", this.#server);
  }

  /** From the server: after the head of the 101, messages. */
  async #down(): Promise<void> {
    let head: Bytes | null = new Uint8Array();
    const reader = new WsReader();
    for await (const chunk of read(this.#server)) {
      if (this.#link === null) {
        this.#write("down", chunk);
        continue;
      }
      let rest = chunk;
      if (head !== null) {
        head = concat([head, chunk]);
        const end = headEnd(head);
        if (end === null) continue;
        this.#write("down", head.slice(0, end));
        this.#isOpen = true;
        rest = head.slice(end);
        head = null;
      }
      this.#messages(reader.push(rest), "down");
    }
    await this.#finish("down", this.#browser);
  }

  #messages(messages: ReturnType<WsReader["push"]>, direction: "up" | "down"): void {
    for (const { raw, data } of messages) {
      if (data === null) {
        this.#write(direction, raw);
        continue;
      }
      if (direction === "up" && this.#isPong(data)) continue;
      this.#link?.carry(direction, data, () => this.#write(direction, raw));
    }
  }

  #isPong(data: Bytes): boolean {
    if ((data[0] & 15) !== 3 || data[1] !== 2) return false;
    const frame = decodeUp(data, familyOf);
    if (frame.kind !== "control" || frame.control.type !== 2) return false;
    const { value } = frame.control;
    const answered = this.#pings.get(value);
    this.#pings.delete(value);
    answered?.();
    return answered !== undefined;
  }

  #write(direction: "up" | "down", bytes: Bytes): void {
    const to = direction === "up" ? this.#server : this.#browser;
    this.#writing[direction] = this.#writing[direction].then(async () => {
      for (let sent = 0; sent < bytes.length && !this.#isCut;) sent += await to.write(bytes.subarray(sent));
    }).catch(() => this.cut());
  }

  /** The source has ended: so does the target, once it has everything. */
  async #finish(direction: "up" | "down", to: Deno.TcpConn): Promise<void> {
    await this.#writing[direction];
    if (this.#isCut) return;
    // A WebSocket lives with both its ends.
    if (this.#link !== null) return this.cut();
    await to.closeWrite().catch(() => this.cut());
  }
}

/** What comes over a connection, until it ends in any way. */
async function* read(from: Deno.TcpConn): AsyncGenerator<Bytes> {
  const buffer = new Uint8Array(65_536);
  while (true) {
    const size = await from.read(buffer).catch(() => null);
    if (size === null) return;
    yield buffer.slice(0, size);
  }
}

/** Where the head of a request or an answer ends; null when it is not all there. */
function headEnd(bytes: Bytes): number | null {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (HEAD_END.every((byte, i) => bytes[at + i] === byte)) return at + 4;
  }
  return null;
}

function closeQuietly(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // Closed already.
  }
}
