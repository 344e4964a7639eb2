/**
 * A client made of frames: opens a page over HTTP and a real socket, and lets a test say every byte.
 *
 * @module
 */
import {
  decodeDown,
  type DownFrame,
  encodeAck,
  encodeClientHello,
  encodeEvent,
  HelloIntent,
  type WireNode,
} from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";

/** A page as a browser got it. */
export interface Page {
  html: string;
  status: number;
  cookie: string;
  headers: Headers;
  /** The data of the client script: s, k, t, x … */
  data: Record<string, string>;
}

/** Gets a page; `cookie` is what the browser has. */
export async function getPage(origin: string, cookie = "", path = "/"): Promise<Page> {
  const response = await fetch(origin + path, {
    headers: cookie === "" ? {} : { cookie },
    redirect: "manual",
  });
  const html = await response.text();
  const set = response.headers.get("set-cookie")?.split(";")[0];
  const script = /<script type="module" id="vango"([^>]*)>/.exec(html)?.[1] ?? "";
  const data = Object.fromEntries([...script.matchAll(/data-(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
  return { html, status: response.status, cookie: set ?? cookie, headers: response.headers, data };
}

/** The number that the data-hid of the nth interactive element gives. */
export function hid(html: string, nth = 0): number {
  return Number([...html.matchAll(/data-hid="(\d+) /g)][nth]?.[1]);
}

type Hello = Parameters<typeof encodeClientHello>[0];

/** One connection. */
export class RawClient {
  readonly socket: WebSocket;
  readonly frames: DownFrame[] = [];
  readonly sizes: number[] = [];
  seq = 0;
  #waiters: (() => void)[] = [];
  closed: CloseEvent | null = null;
  readonly opened: Promise<boolean>;

  constructor(origin: string, page: Page, headers: Record<string, string> = {}) {
    const url = origin.replace("http", "ws") + (page.data.w ?? "/_vango/live");
    this.socket = new WebSocket(url, {
      protocols: ["vango.3", `t.${page.data.t}`],
      headers: { cookie: page.cookie, origin, ...headers },
    } as unknown as string[]);
    this.socket.binaryType = "arraybuffer";
    this.opened = new Promise((resolve) => {
      this.socket.onopen = () => resolve(true);
      this.socket.onerror = () => resolve(false);
    });
    this.socket.onmessage = ({ data }) => {
      this.sizes.push((data as ArrayBuffer).byteLength);
      this.frames.push(decodeDown(new Uint8Array(data as ArrayBuffer)));
      this.#wake();
    };
    this.socket.onclose = (event) => {
      this.closed = event;
      this.#wake();
    };
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /** The next frame that was not taken yet; throws when the socket closes or two seconds pass. */
  async next(): Promise<DownFrame> {
    const end = Date.now() + 2000;
    while (this.frames.length === 0) {
      if (this.closed !== null) throw new Error(`Closed with ${this.closed.code} ${this.closed.reason}`);
      await this.#change(end);
    }
    return this.frames.shift()!;
  }

  /** Waits until the socket is closed. */
  async close(): Promise<CloseEvent> {
    if (this.socket.readyState <= WebSocket.OPEN) this.socket.close();
    return await this.ended();
  }

  /** Waits until the server closes. */
  async ended(): Promise<CloseEvent> {
    const end = Date.now() + 2000;
    while (this.closed === null) await this.#change(end);
    return this.closed;
  }

  async #change(end: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = await Promise.race([
      new Promise<boolean>((resolve) => this.#waiters.push(() => resolve(false))),
      new Promise<boolean>((resolve) =>
        timer = setTimeout(() => resolve(true), Math.max(0, end - Date.now()))
      ),
    ]);
    clearTimeout(timer);
    if (late) throw new Error("Nothing came within two seconds");
  }

  /** Sends a hello that claims the page, with changes. */
  hello(page: Page, change: Partial<Hello> = {}): void {
    this.socket.send(encodeClientHello({
      intent: HelloIntent.Claim,
      session: page.data.s,
      key: page.data.k,
      build: page.data.b,
      lastSeq: 0,
      lastEvent: 0,
      flags: 0,
      sealed: Uint8Array.fromBase64(page.data.x, { alphabet: "base64url" }),
      width: 800,
      height: 600,
      tzOffset: 0,
      caps: 0,
      ...change,
    }));
  }

  /** Sends a click without a payload; gives the bytes. */
  click(num: number, change: { seq?: number; ackDelta?: number } = {}): Uint8Array {
    const bytes = encodeEvent(
      { seq: ++this.seq, ackDelta: 0, code: 1, num, payload: null, ...change },
      familyOf(1),
    );
    this.socket.send(bytes);
    return bytes;
  }

  ack(seq: number): void {
    this.socket.send(encodeAck(seq));
  }
}

/** All text of wire nodes. */
export function textOfNodes(nodes: readonly WireNode[]): string {
  return nodes.map((n) => n.kind === 2 ? n.text : n.kind === 1 ? textOfNodes(n.children) : "").join("");
}
