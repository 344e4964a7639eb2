/**
 * A second client, written from docs/protocol.md and docs/architecture.md alone: loads a page, claims its session, sends
 * events, applies frames, and comes back after a lost socket.
 *
 * @module
 */
import { type Dom, element, valueOf } from "./dom.ts";
import { type Down, type Patch, readDown } from "./down.ts";
import { makePayload, reached, type Spec } from "./events.ts";
import { FrameLog } from "./frame_log.ts";
import { Controls, Overlays } from "./input.ts";
import { loadPage, readPage } from "./load.ts";
import { Page, UnknownNode } from "./page.ts";
import { applyPatch, define } from "./patches.ts";
import type { Payload } from "./payloads.ts";
import { WireError } from "./bytes.ts";
import { writeAck, writeControl, writeEvent, writeHello } from "./up.ts";

interface Waiting {
  seq: number;
  spec: Spec;
  node: Dom;
  /** Where it began. */
  from: Dom;
  payload: Payload | null;
  /** Whether this connection has carried it. */
  sent: boolean;
}

const INPUT = new Set(["input", "change"]);

/** Options of a client. */
export interface ClientOptions {
  /** Changes the page before it is numbered, as an extension would. */
  meddle?: (body: Dom) => void;
  /** Changes what the page tells, before the socket is opened. */
  change?: (told: Record<string, string>) => void;
  /** Sent in the place of the hello. */
  first?: Uint8Array<ArrayBuffer>;
  /** A page that was loaded before and is shown again, as a duplicated tab. */
  like?: SecondClient;
}

/** One open page. */
export class SecondClient implements AsyncDisposable {
  page = new Page();
  controls = new Controls();
  overlays = new Overlays();
  html = "";
  /** Whether the page was other than the server said. */
  checkFailed = false;
  /** The data of the script: what the server tells of the page. */
  #told: Record<string, string> = {};
  #cookie = "";
  #socket: WebSocket | null = null;
  #intent = 0;
  #session = "";
  #key = "";
  #sealed: Uint8Array = new Uint8Array();
  /** Elements whose content is asked for again; null where the check failed and all is needed. */
  #faults: Dom[] | null = [];
  #ready = false;
  #resyncing = false;
  #lastSeq = 0;
  #acked = 0;
  #lastEvent = 0;
  #received = 0;
  #settledBelow = 1;
  #settled = new Set<number>();
  #waiting: Waiting[] = [];
  readonly #refused = new Set<number>();
  /** Controls that show what no event has told. */
  #unsent: Dom[] = [];
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  /** What came. */
  readonly log: FrameLog = new FrameLog();
  /** Bytes that were sent. */
  readonly sent: Uint8Array[] = [];
  /** While true frames wait in `delayed`: the way down is slow. */
  slow = false;
  readonly #delayed: Uint8Array[] = [];
  /** How many of the next Patches frames are lost. */
  lose = 0;

  constructor(readonly origin: string, readonly options: ClientOptions = {}) {}

  /** Loads the page and connects. */
  static async open<C extends SecondClient>(
    this: new (origin: string, options?: ClientOptions) => C,
    origin: string,
    options?: ClientOptions,
  ): Promise<C> {
    const client = new this(origin, options);
    await client.load();
    await client.connect();
    return client;
  }

  /** Loads the page over HTTP, numbers it and checks the numbers. */
  async load(): Promise<void> {
    const { like, meddle, change } = this.options;
    const loaded = like
      ? readPage(like.html, like.#cookie)
      : await loadPage(this.origin, this.#cookie, meddle);
    change?.(loaded.told);
    this.page = loaded.page;
    this.html = loaded.html;
    this.checkFailed = loaded.checkFailed;
    [this.#cookie, this.#told, this.#faults] = [loaded.cookie, loaded.told, loaded.faults];
    const { t } = this.#told;
    [this.#intent, this.#session, this.#key, this.#sealed] = [0, t.slice(0, 22), t.slice(22), loaded.sealed];
    [this.#lastSeq, this.#lastEvent, this.#received] = [0, 0, 0];
    this.#unsent = this.page.root.find((node) => node.value !== null || node.checked !== null);
  }

  /** Opens a socket and shakes hands; resolves when the hello was answered. */
  async connect(origin: string = this.origin): Promise<void> {
    this.#lost();
    const headers = { cookie: this.#cookie, origin };
    const url = origin.replace("http", "ws") + "/_vango/live";
    const protocols = ["vango.3", `t.${this.#told.t}`];
    const socket = new WebSocket(url, { protocols, headers } as unknown as string[]);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    const answered = this.log.until((frame) => frame.kind === "serverHello" || frame.kind === "closed");
    socket.onopen = () => this.options.first ? this.#send(this.options.first) : this.#hello();
    socket.onmessage = ({ data }) => {
      const bytes = new Uint8Array(data);
      // what comes of a socket that was left changes nothing
      if (this.#socket !== socket) this.log.note(readDown(bytes));
      else if (this.slow) this.#delayed.push(bytes);
      else this.#take(bytes);
    };
    socket.onerror = (event) => event.preventDefault();
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#lost();
      this.log.note({ kind: "closed", code });
    };
    await answered;
  }

  #lost(): void {
    clearTimeout(this.#ackTimer);
    this.#delayed.length = 0;
    [this.#socket, this.#ready, this.#resyncing] = [null, false, false];
    for (const event of this.#waiting) event.sent = false;
  }

  /** Whether there is a socket. */
  get connected(): boolean {
    return this.#socket !== null;
  }

  /** Ends the socket as a lost network would, and waits until it is gone. */
  async cut(): Promise<void> {
    const socket = this.#socket;
    socket?.close();
    await this.log.wait(() => this.#socket !== socket || socket === null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ready) this.#send(writeControl(0x20, [0], ""));
    await this.cut();
  }

  /** Lets the frames through that came while it was slow. */
  catchUp(): void {
    this.slow = false;
    for (const bytes of this.#delayed.splice(0)) this.#take(bytes);
  }

  /** Resolves when all that was sent has settled. */
  async idle(): Promise<void> {
    await this.log.wait(() =>
      this.#ready && !this.#resyncing && this.#waiting.length === 0 && this.#settledBelow > this.#received
    );
  }

  /** A user's event at a node; gives the numbers of the events that it became. */
  fire(from: Dom, name: string, given: Payload = {}): number[] {
    return reached(from, name, given).map(({ node, spec }) => {
      const seq = ++this.#lastEvent;
      const payload = spec.family === "" ? null : makePayload(spec.family, name, from, given);
      if (INPUT.has(name)) this.controls.changed(from, seq);
      if (name === "submit") this.controls.submitted(from, seq);
      this.#show(seq, node, spec);
      this.#waiting.push({ seq, spec, node, from, payload, sent: false });
      this.#emit();
      return seq;
    });
  }

  /** Tells what a control shows, as if it had been changed now. */
  tell(control: Dom): void {
    for (const name of INPUT) this.fire(control, name);
  }

  /** Asks for a subtree again. */
  refetch(node: Dom): void {
    this.#send(writeControl(0x14, [node.num]));
  }

  /** Asks for the frames after the last one (reason 0), or for everything: what comes before that is not applied. */
  resync(reason: number): void {
    if (!this.connected) return;
    this.#resyncing = reason !== 0;
    this.#send(writeControl(0x10, [this.#lastSeq, reason]));
  }

  /** Sends bytes as they are. */
  raw(bytes: Uint8Array<ArrayBuffer>): void {
    this.#send(bytes);
  }

  #show(seq: number, node: Dom, { optimistic }: Spec): void {
    if (optimistic === null) return;
    const { target } = optimistic;
    const at = target === undefined
      ? [node]
      : this.page.root.find((other) => other.attrs.get("id") === target);
    if (at.length) this.overlays.add(seq, at[0], optimistic);
  }

  #hello(): void {
    this.#acked = this.#lastSeq;
    this.#send(writeHello({
      major: 3,
      minor: 0,
      intent: this.#intent,
      session: this.#session,
      key: this.#key,
      build: "",
      path: "/",
      lastSeq: this.#lastSeq,
      lastEvent: this.#lastEvent,
      flags: this.#faults === null ? 1 : 0,
      sealed: this.#sealed,
      width: 800,
      height: 600,
      tzOffset: 0,
      caps: 0,
    }));
  }

  #send(bytes: Uint8Array<ArrayBuffer>): void {
    this.sent.push(bytes);
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes);
  }

  /** Sends what this connection has not carried: by the numbers that nodes have now; of a node that is gone nothing. */
  #emit(): void {
    if (!this.#ready) return;
    this.#waiting = this.#waiting.filter((event) => event.sent || this.page.has(event.node));
    for (const event of this.#waiting) {
      const { seq, spec, node, from, payload } = event;
      if (event.sent) continue;
      event.sent = true;
      const ackDelta = this.#lastSeq - this.#acked;
      this.#acked = this.#lastSeq;
      const target = INPUT.has(spec.name) && from !== node ? from.num : 0;
      this.#send(writeEvent({ seq, ackDelta, code: spec.code, num: node.num, target, payload }, spec.family));
    }
  }

  #take(bytes: Uint8Array): void {
    if (this.lose > 0 && (bytes[0] & 15) === 2) return void this.lose--;
    let frame: Down;
    try {
      frame = readDown(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return this.resync(3);
    }
    if (frame.kind === "serverHello") this.#welcome(frame.value);
    if (frame.kind === "patches") this.#patches(frame.value);
    if (frame.kind === "controlDown") this.#control(frame.value);
    if (frame.kind === "error" && frame.value.seq) this.#failed(frame.value.seq);
    this.log.note(frame);
  }

  #welcome(hello: Record<string, unknown> & { status: number }): void {
    if (hello.status !== 0) return;
    [this.#session, this.#key] = [hello.session as string, hello.resumeKey as string];
    this.#intent = 1;
    this.#lastSeq = hello.nextSeq as number - 1;
    this.#gotEvents(hello.received as number);
    this.#resyncing = hello.action === 2;
    for (const fault of this.#faults ?? []) this.refetch(fault);
    this.#faults = [];
    // events wait for the frame that numbers the tree anew
    if (hello.action === 0) this.#resume();
  }

  /** Events may be sent. */
  #resume(): void {
    this.#ready = true;
    this.#emit();
    for (const control of this.#unsent.splice(0)) this.tell(control);
  }

  #control(control: { type: number } & Record<string, unknown>): void {
    if (control.type === 0x01) this.#send(writeControl(0x02, [control.value as number]));
    if (control.type === 0x22) this.#sealed = (control.sealed as Uint8Array).slice();
    if (control.type === 0x13) {
      this.page.renumber();
      this.#applied(control.seq as number);
      this.#resume();
    }
    if (control.type === 0x12) this.#resynced(control as never);
  }

  /** All anew. What the user typed into a control whose input the server has not received stays, by name. */
  #resynced({ seq, received, nodes }: { seq: number; received: number; nodes: never[] }): void {
    this.overlays.end();
    this.#gotEvents(received);
    // but for those that the next frame names
    this.#settledBelow = received + 1;
    const typed = this.page.root.find((node) => this.controls.isAhead(node));
    this.controls.clear();
    const fresh = new Page();
    for (const [id, template] of this.page.templates) fresh.templates.set(id, template);
    fresh.root.insert(fresh.build(nodes, element("body")));
    fresh.number(fresh.root.children);
    for (const old of typed) {
      const name = old.attrs.get("name");
      const [same] = fresh.root.find((node) => node.tag === old.tag && node.attrs.get("name") === name);
      if (same) same.value = valueOf(old);
      if (same) this.#unsent.push(same);
    }
    this.page = fresh;
    this.#resyncing = false;
    this.#applied(seq);
    this.#resume();
  }

  #patches({ seq, received, settled, patches }: Extract<Down, { kind: "patches" }>["value"]): void {
    define(this.page, patches);
    if (this.#resyncing || seq <= this.#lastSeq) return;
    if (seq > this.#lastSeq + 1) return this.resync(0);
    this.overlays.lift();
    try {
      if (received !== null) { for (const patch of this.#gotEvents(received)) applyPatch(this.page, patch); }
      this.#apply(patches);
    } catch (error) {
      if (!(error instanceof UnknownNode)) throw error;
      return this.resync(1);
    }
    if (received !== null) {
      if (settled) { for (const event of settled.list) this.#settled.add(event); }
      this.#settledBelow = settled ? settled.below : received + 1;
    }
    this.controls.settled((event) => this.#isSettled(event));
    this.overlays.lower((event) => this.#isSettled(event));
    this.#applied(seq);
  }

  #apply(patches: readonly Patch[]): void {
    for (const patch of patches) {
      this.controls.make(this.page, patch, () => applyPatch(this.page, patch));
    }
  }

  #isSettled(seq: number): boolean {
    return seq < this.#settledBelow || this.#settled.has(seq);
  }

  #gotEvents(received: number): Patch[] {
    this.#received = Math.max(this.#received, received);
    for (const { seq, spec, from, payload } of this.#waiting) {
      const noted = payload !== null && INPUT.has(spec.name) && !this.#refused.has(seq);
      if (seq <= received && noted) this.controls.supersede(from);
    }
    this.#waiting = this.#waiting.filter((event) => event.seq > this.#received);
    return this.controls.received(this.#received);
  }

  #failed(seq: number): void {
    this.#refused.add(seq);
    this.overlays.refuse(seq);
  }

  /** An ack rides on the next event, or goes alone after 250 ms. */
  #applied(seq: number): void {
    this.#lastSeq = seq;
    clearTimeout(this.#ackTimer);
    this.#ackTimer = setTimeout(() => {
      if (!this.#ready || this.#acked === this.#lastSeq) return;
      this.#acked = this.#lastSeq;
      this.#send(writeAck(this.#acked));
    }, 250);
  }
}
