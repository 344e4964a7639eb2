/**
 * A client made of frames: opens a page over HTTP and a real socket, and lets a test say every byte.
 *
 * @module
 */
import {
  type AcceptedHello,
  decodeDown,
  type DownFrame,
  encodeAck,
  encodeClientHello,
  encodeControlUp,
  encodeEvent,
  HelloIntent,
  type PatchFrame,
  type UpControl,
  type WireNode,
  type WirePayload,
} from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";

/** A page as a browser got it. */
export interface Page {
  html: string;
  status: number;
  cookie: string;
  headers: Headers;
  /** The data of the client script, n, sum, t and x; and s and k, the session and claim key that t is made of. */
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
  return {
    html,
    status: response.status,
    cookie: set ?? cookie,
    headers: response.headers,
    data: dataOf(html),
  };
}

/** The data of a page's client script. */
export function dataOf(html: string): Record<string, string> {
  const script = /<script type="module" id="vango"([^>]*)>/.exec(html)?.[1] ?? "";
  const data = Object.fromEntries([...script.matchAll(/data-(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
  return { ...data, s: data.t?.slice(0, 22), k: data.t?.slice(22) };
}

/** The number that the data-hid of the nth interactive element gives. */
export function hid(html: string, nth = 0): number {
  return Number([...html.matchAll(/data-hid="(\d+) /g)][nth]?.[1]);
}

/** How long a test waits for what must come, in milliseconds: machines may be busy. */
const PATIENCE = 10_000;

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
    const url = origin.replace("http", "ws") + "/_vango/live";
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

  /** The next frame that was not taken yet; throws when the socket closes or ten seconds pass. */
  async next(): Promise<DownFrame> {
    const end = Date.now() + PATIENCE;
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
    const end = Date.now() + PATIENCE;
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
    if (late) throw new Error("Nothing came within ten seconds");
  }

  /** Sends a hello that claims the page, with changes. */
  hello(page: Page, change: Partial<Hello> = {}): void {
    this.socket.send(encodeClientHello({
      intent: HelloIntent.Claim,
      session: page.data.s,
      key: page.data.k,
      build: "",
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

  /** Sends bytes as they are. */
  send(bytes: Uint8Array | string): void {
    this.socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  /** Sends an event with a payload. */
  event(
    code: number,
    num: number,
    payload: WirePayload | null,
    change: { seq?: number; target?: number } = {},
  ): void {
    this.send(encodeEvent({ seq: ++this.seq, ackDelta: 0, code, num, payload, ...change }, familyOf(code)));
  }

  /** Sends a control frame. */
  control(control: UpControl): void {
    this.send(encodeControlUp(control));
  }

  /** The next Patches frame; sealed snapshots, and pings (of a test that takes more than a second), are passed over. */
  async patches(): Promise<PatchFrame<WireNode>> {
    const frame = await this.#nextBut(0x22, 0x01);
    if (frame.kind !== "patches") throw new Error(`Expected patches: ${JSON.stringify(frame)}`);
    return frame.frame;
  }

  /** The patches of the next frame that has some: one without only says that an event was taken, and may come apart from them. */
  async changes(): Promise<PatchFrame<WireNode>["patches"]> {
    while (true) {
      const { patches } = await this.patches();
      if (patches.length > 0) return patches;
    }
  }

  /** The code and event of the next error; other frames are passed over. */
  async error(): Promise<[code: number, seq: number]> {
    while (true) {
      const frame = await this.next();
      if (frame.kind === "error") return [frame.error.code, frame.error.seq];
    }
  }

  /** The next control frame of a type; patches before it are passed over. */
  async nextControl<T extends number>(type: T): Promise<Extract<DownControl, { type: T }>> {
    while (true) {
      const frame = await this.next();
      if (frame.kind === "control" && frame.control.type === type) return frame.control as never;
    }
  }

  async #nextBut(...types: number[]): Promise<DownFrame> {
    while (true) {
      const frame = await this.next();
      if (frame.kind !== "control" || !types.includes(frame.control.type)) return frame;
    }
  }

  /** Waits a while; gives what came, taken, but for pings. */
  async quiet(ms = 40): Promise<DownFrame[]> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this.frames.splice(0).filter((frame) => frame.kind !== "control" || frame.control.type !== 0x01);
  }

  /** Waits until the server has taken everything that was sent before: by a ping. */
  async settled(): Promise<void> {
    this.control({ type: 0x01, value: 7 });
    const end = Date.now() + PATIENCE;
    while (!this.frames.some((f) => f.kind === "control" && f.control.type === 0x02)) await this.#change(end);
    const index = this.frames.findIndex((f) => f.kind === "control" && f.control.type === 0x02);
    this.frames.splice(index, 1);
  }
}

type DownControl = Extract<DownFrame, { kind: "control" }>["control"];

/** A connection whose hello was accepted. */
export interface Opened {
  client: RawClient;
  /** The server's hello. */
  hello: AcceptedHello;
}

/** Opens a socket and says hello; throws when it is refused. */
export async function connect(
  origin: string,
  page: Page,
  change: Partial<Hello> = {},
  headers: Record<string, string> = {},
): Promise<Opened> {
  const client = new RawClient(origin, page, headers);
  if (!await client.opened) throw new Error("The socket was refused");
  client.hello(page, change);
  const frame = await client.next();
  if (frame.kind !== "hello" || frame.hello.status !== 0) {
    await client.close();
    throw new Error(JSON.stringify(frame));
  }
  client.seq = frame.hello.received;
  return { client, hello: frame.hello };
}

/** What a resume of an opened connection says. */
export function resumeOf({ hello, client }: Opened, lastSeq: number): Partial<Hello> {
  return {
    intent: HelloIntent.Resume,
    session: hello.session,
    key: hello.resumeKey,
    lastSeq,
    lastEvent: client.seq,
    sealed: new Uint8Array(0),
  };
}

/** All text of wire nodes. */
export function textOfNodes(nodes: readonly WireNode[]): string {
  return nodes.map((n) => n.kind === 2 ? n.text : n.kind === 1 ? textOfNodes(n.children) : "").join("");
}
