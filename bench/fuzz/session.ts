/**
 * Live sessions on wrong frames, over sockets in memory: a frame costs nothing but itself. After each the session answers a ping,
 * or its socket is closed with a reason that docs/protocol.md knows; at most one line is logged of what it asks for, and one of the
 * ack that it carries, none of them an error; and another session, of another browser, goes on as if nothing were.
 *
 * Time is the test's own, so that a seed repeats a run.
 *
 * @module
 */
import {
  decodeDown,
  type DownFrame,
  encodeAck,
  encodeClientHello,
  encodeControlUp,
  encodeEvent,
  HelloIntent,
} from "../../protocol/mod.ts";
import { type App, type AppOptions, createApp } from "../../server/app.ts";
import { createLogger, type LogRecord } from "../../server/log.ts";
import { MEMORY_SOCKETS, type SocketLike, TEST_PARTS } from "../../server/seam.ts";
import type { Sessions } from "../../server/sessions.ts";
import type { Component } from "../../runtime/component.ts";
import { SECRET } from "../../tests/support/app.ts";
import { FakeClock } from "../../tests/server/fake_clock.ts";
import type { Sample } from "../../tests/protocol/support.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { toHex } from "./decoders.ts";
import { type Corpus, mutateSample, wrongFrame } from "./mutate.ts";
import type { Random } from "./random.ts";

const ORIGIN = "http://localhost";
const INFO = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 50_000 } satisfies Deno.NetAddr,
};
/** What closes a socket by a decision of the server: see server/socket.ts and session.ts. 1011 is a failure of ours. */
const REASONS = new Set([1001, 1003, 4000, 4002, 4003, 4004, 4005]);
/** How much the time goes on with each frame, in milliseconds. */
const STEP = 120;
/** A browser whose events have come this far begins anew. */
const MAX_SEQ = 2 ** 50;
/** How long an answer may take, in real milliseconds: longer than any machine is busy with something else. */
const MAX_WAIT = 20_000;

/** The browser's end of a socket in memory. */
class Peer implements SocketLike {
  binaryType = "arraybuffer";
  readonly bufferedAmount = 0;
  readyState = 1;
  readonly #server: Map<string, EventListenerObject> = new Map();
  /** What came and was not looked at. */
  frames: DownFrame[] = [];
  /** Why the server closed it; 0 while it is open. */
  code = 0;
  /** The newest frame with a number. */
  last = 0;
  /** The number of the last event. */
  seq = 0;

  /** The server listens. */
  addEventListener(type: string, listener: EventListenerObject): void {
    this.#server.set(type, listener);
  }

  /** Whether the server took its end. */
  get taken(): boolean {
    return this.#server.has("message");
  }

  /** The connection is there. */
  open(): void {
    this.#tell(new Event("open"));
  }

  #tell(event: Event): void {
    this.#server.get(event.type)?.handleEvent(event);
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    const frame = decodeDown(data.slice());
    if (frame.kind === "patches") this.last = frame.frame.seq;
    if (frame.kind === "control" && (frame.control.type === 0x12 || frame.control.type === 0x13)) {
      this.last = frame.control.seq;
    }
    this.frames.push(frame);
  }

  close(code = 1005, reason = ""): void {
    if (this.readyState > 1) return;
    this.code = code;
    this.readyState = 3;
    queueMicrotask(() => this.#tell(new CloseEvent("close", { code, reason })));
  }

  /** Sends a frame up. */
  up(bytes: Uint8Array): void {
    if (this.readyState === 1) {
      this.#tell(new MessageEvent("message", { data: new Uint8Array(bytes).buffer }));
    }
  }

  /** The browser goes. */
  leave(): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.#tell(new CloseEvent("close", { code: 1001 }));
  }
}

interface Page {
  data: Record<string, string>;
  cookie: string;
}

/** A server with a session that is sent wrong frames, and one that is left alone. */
export class LiveSessions implements AsyncDisposable {
  readonly #clock = new FakeClock();
  readonly #turns: (() => void)[] = [];
  readonly #corpus: Corpus;
  readonly #app: App;
  #logs: LogRecord[] = [];
  #sessions!: Sessions;
  #peer!: Peer;
  #page!: Page;
  #witness!: Peer;
  #id = "";
  #counted = 0;
  #fed = 0;

  private constructor(page: Component<Record<never, never>>, corpus: Corpus) {
    this.#corpus = corpus;
    const options: AppOptions = {
      page,
      secret: SECRET,
      memory: false,
      dev: false,
      clock: this.#clock,
      logger: createLogger({ level: "debug", sink: (record) => void this.#logs.push(record) }),
      limits: {
        maxFrame: 3000,
        eventsPerSecond: 400,
        idleMs: 0,
        parked: { ttlMs: 5000 },
        detached: { ttlMs: 5000 },
      },
    };
    TEST_PARTS.set(options, {
      clock: this.#clock,
      defer: (fn) => void this.#turns.push(fn),
      made: (_engine, sessions) => {
        this.#sessions = sessions;
      },
    });
    this.#app = createApp(options);
  }

  /** Starts the server of a page, and opens both sessions. */
  static async open(page: Component<Record<never, never>>, corpus: Corpus): Promise<LiveSessions> {
    const live = new LiveSessions(page, corpus);
    [live.#witness] = await live.#connect(await live.#get());
    await live.#reopen();
    return live;
  }

  /** How many sessions there are. */
  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Sends one wrong frame and looks at what became of it.
   *
   * @throws {Error} When it cost more than itself.
   */
  async feed(random: Random): Promise<void> {
    this.#fed++;
    if (random.chance(0.01)) return await this.#feedHello(random);
    const bytes = random.chance(0.7) ? this.#event(random) : wrongFrame(random, this.#corpus);
    this.#logs = [];
    try {
      this.#peer.up(bytes);
      this.#turn();
      await this.#check(random);
    } catch (error) {
      throw new Error(`A live session failed [${toHex(bytes)}]`, { cause: error });
    }
    this.#clock.advance(STEP);
    if (this.#fed % 50 === 0) this.#checkWitness();
    if (random.chance(0.002)) this.#peer.leave();
    if (this.#peer.readyState > 1) await this.#reopen(random.chance(0.5) && this.#peer.seq < MAX_SEQ);
  }

  /** A wrong frame that begins a connection: an answer or a typed close, and no session is harmed. */
  async #feedHello(random: Random): Promise<void> {
    const peer = await this.#upgrade(this.#page);
    const right = this.#hello(this.#page, {});
    const bytes = mutateSample(random, { kind: "clientHello", value: right } as Sample, this.#corpus);
    peer.up(bytes);
    await this.#settle(() => peer.frames.length > 0 || peer.code !== 0);
    if (peer.frames.length === 0 && peer.code === 0) {
      throw new Error(`A hello was not answered [${toHex(bytes)}]`);
    }
    if (peer.code !== 0 && !REASONS.has(peer.code)) {
      throw new Error(`A hello closed its socket with ${peer.code} [${toHex(bytes)}]`);
    }
    peer.leave();
    await this.#settle(() => true);
    // It may have claimed the page, or taken the session over.
    if (this.#peer.readyState > 1) await this.#reopen();
  }

  /** An event as the page may send it, wrong here and there. */
  #event(random: Random): Uint8Array<ArrayBuffer> {
    const session = [...this.#sessions].find(({ id }) => id === this.#id);
    const nums = session === undefined ? [1] : [...session.runtime.tree.interactive.keys()];
    const events = this.#corpus.samples.filter((sample) => sample.kind === "event");
    const { value } = random.pick(events);
    const ackDelta = random.chance(0.3) ? Math.max(0, this.#peer.last - (session?.outbox.ackedSeq ?? 0)) : 0;
    const event = { ...value, seq: ++this.#peer.seq, num: random.pick(nums), ackDelta };
    return random.chance(0.3)
      ? encodeEvent(event, familyOf(event.code))
      : mutateSample(random, { kind: "event", value: event }, this.#corpus);
  }

  async #check(random: Random): Promise<void> {
    const { frames, code } = this.#peer;
    this.#peer.frames = [];
    const grave = this.#logs.filter(({ level }) => level === "error");
    if (grave.length > 0) {
      throw new Error(`It was logged as an error: ${grave[0].message}`, { cause: grave[0] });
    }
    const warned = this.#logs.filter(({ level, message }) =>
      level === "warn" && !message.includes("acknowledged")
    );
    if (warned.length > 1) {
      throw new Error(`It was logged ${warned.length} times: ${warned.map((w) => w.message)}`);
    }
    for (const frame of frames) {
      // A sequence number that a frame took, right or wrong, is taken.
      if (frame.kind === "patches" && frame.frame.received !== null) {
        this.#peer.seq = Math.max(this.#peer.seq, frame.frame.received);
      }
    }
    if (code !== 0) {
      if (!REASONS.has(code)) throw new Error(`The socket was closed with ${code}`);
      return;
    }
    // A number near the end of all numbers leaves no room for more events.
    if (this.#peer.seq > MAX_SEQ) return this.#peer.leave();
    if (random.chance(0.3)) this.#peer.up(encodeAck(this.#peer.last));
    if (this.#fed % 8 === 0) await Promise.resolve();
    if (this.#fed % 4 === 0) this.#ping(this.#peer);
  }

  #ping(peer: Peer): void {
    peer.up(encodeControlUp({ type: 0x01, value: this.#fed }));
    this.#turn();
    const answered = peer.frames.some((f) =>
      f.kind === "control" && f.control.type === 0x02 && f.control.value === this.#fed
    );
    if (!answered) throw new Error(`The session does not answer; its socket has ${peer.code}`);
  }

  /** The other session counts its own clicks, and hears of nothing else. */
  #checkWitness(): void {
    const witness = this.#witness;
    this.#ping(witness);
    const before = witness.frames.filter((f) => f.kind === "patches");
    if (before.length > 0) throw new Error(`Another session was told ${before.length} frames`);
    witness.frames = [];
    witness.up(
      encodeEvent({ seq: ++witness.seq, ackDelta: 0, code: 1, num: this.#button, payload: null }, "m"),
    );
    this.#turn();
    this.#counted++;
    const text = JSON.stringify(witness.frames);
    if (!text.includes(String(this.#counted % 10))) {
      throw new Error(`Another session does not count: ${text}`);
    }
    witness.frames = [];
    witness.up(encodeAck(witness.last));
  }

  /** The number of the button "Count": it stands behind the section and its text. */
  readonly #button = 4;

  #turn(): void {
    while (this.#turns.length > 0) this.#turns.shift()!();
  }

  /** Lets what is under way (mounting, and opening what was sealed, in a thread of its own) come to its end. */
  async #settle(done: () => boolean): Promise<void> {
    const end = performance.now() + MAX_WAIT;
    for (let i = 0; performance.now() < end; i++) {
      // A busy machine may need that thread's core for the loop that waits for it.
      await new Promise((resolve) => i < 100 ? setImmediate(resolve) : setTimeout(resolve, 1));
      this.#turn();
      if (i >= 2 && done()) return;
    }
  }

  /** A fresh page for the session that is sent wrong frames; or the session again, as a browser that lost its socket. */
  async #reopen(resume = false): Promise<void> {
    await this.#settle(() => true);
    if (!resume || this.#resumeKey === "") this.#page = await this.#get();
    const change = resume && this.#resumeKey !== ""
      ? { intent: HelloIntent.Resume, session: this.#id, key: this.#resumeKey, lastSeq: this.#peer.last }
      : {};
    [this.#peer, this.#id, this.#resumeKey] = await this.#connect(this.#page, change);
  }
  #resumeKey = "";

  async #get(): Promise<Page> {
    const response = await this.#app.fetch(new Request(`${ORIGIN}/`), INFO);
    const html = await response.text();
    const script = /<script type="module" id="vango"([^>]*)>/.exec(html)?.[1] ?? "";
    const data = Object.fromEntries([...script.matchAll(/data-(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
    return { data, cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "" };
  }

  async #upgrade({ data, cookie }: Page): Promise<Peer> {
    const peer = new Peer();
    const request = new Request(`${ORIGIN}/_vango/live`, {
      headers: {
        cookie,
        origin: ORIGIN,
        upgrade: "websocket",
        "sec-websocket-protocol": `vango.3, t.${data.t}`,
      },
    });
    MEMORY_SOCKETS.set(request, peer);
    const response = await this.#app.fetch(request, INFO);
    if (!peer.taken) throw new Error(`The socket was refused: ${response.status}`);
    peer.open();
    return peer;
  }

  #hello({ data }: Page, change: Partial<Parameters<typeof encodeClientHello>[0]>) {
    return {
      major: 3,
      minor: 0,
      intent: HelloIntent.Claim as 0 | 1,
      session: data.t.slice(0, 22),
      key: data.t.slice(22),
      build: "",
      lastSeq: 0,
      lastEvent: 0,
      flags: 0,
      sealed: Uint8Array.fromBase64(data.x, { alphabet: "base64url" }),
      width: 800,
      height: 600,
      tzOffset: 0,
      caps: 0,
      ...change,
    };
  }

  async #connect(
    page: Page,
    change: Partial<Parameters<typeof encodeClientHello>[0]> = {},
  ): Promise<[Peer, id: string, resumeKey: string]> {
    const peer = await this.#upgrade(page);
    peer.up(encodeClientHello(this.#hello(page, change)));
    await this.#settle(() => peer.frames.length > 0);
    const [frame] = peer.frames;
    if (frame?.kind !== "hello" || frame.hello.status !== 0) {
      throw new Error(`A right hello was refused: ${JSON.stringify(frame)} ${peer.code}`);
    }
    peer.seq = frame.hello.received;
    peer.last = frame.hello.nextSeq - 1;
    for (const later of peer.frames) {
      if (later.kind === "control" && later.control.type === 0x12) peer.last = later.control.seq;
    }
    peer.up(encodeAck(peer.last));
    return [peer, frame.hello.session, frame.hello.resumeKey];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const down = this.#app.shutdown();
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#turn();
    }
    await down;
  }
}
