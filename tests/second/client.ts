/**
 * A second client, written from docs/protocol.md and docs/architecture.md alone: loads a page, claims its session, sends
 * events, applies frames, and comes back after a lost socket.
 *
 * @module
 */
import { choose, type Dom, element, parsePage, valueOf } from "./dom.ts";
import { type Down, type Patch, readDown } from "./down.ts";
import { makePayload, reached, type Spec } from "./events.ts";
import { Controls, Overlays } from "./input.ts";
import { Page, UnknownNode } from "./page.ts";
import { applyPatch, define } from "./patches.ts";
import type { Payload } from "./payloads.ts";
import { WireError } from "./bytes.ts";
import { writeAck, writeControl, writeEvent, writeHello } from "./up.ts";

interface Waiting {
  seq: number;
  spec: Spec;
  node: Dom;
  target: Dom | null;
  payload: Payload | null;
}

/** Options of a client. */
export interface ClientOptions {
  /** Changes the page before it is numbered, as an extension would. */
  meddle?: (body: Dom) => void;
}

/** One open page. */
export class SecondClient implements AsyncDisposable {
  page = new Page();
  controls = new Controls();
  overlays = new Overlays();
  html = "";
  /** The attributes of the script: what the server tells of the page. */
  #told: Record<string, string> = {};
  #cookie = "";
  #socket: WebSocket | null = null;
  #intent = 0;
  #session = "";
  #key = "";
  #sealed: Uint8Array = new Uint8Array();
  #checkFailed = false;
  #ready = false;
  #resyncing = false;
  #lastSeq = 0;
  #acked = 0;
  #lastEvent = 0;
  #received = 0;
  #settledBelow = 1;
  #settled = new Set<number>();
  #waiting: Waiting[] = [];
  #waiters: (() => void)[] = [];
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  /** Frames that came, newest last; errors, hellos and the closing among them. */
  readonly log: (Down | { kind: "closed"; code: number })[] = [];
  /** Bytes that were sent. */
  readonly sent: Uint8Array[] = [];
  /** While true frames wait in `delayed`: the way down is slow. */
  slow = false;
  readonly #delayed: Uint8Array[] = [];

  constructor(readonly origin: string, readonly options: ClientOptions = {}) {}

  /** Loads the page and connects. */
  static async open(origin: string, options?: ClientOptions): Promise<SecondClient> {
    const client = new SecondClient(origin, options);
    await client.load();
    await client.connect();
    return client;
  }

  /** Loads the page over HTTP, numbers it and checks the numbers. */
  async load(): Promise<void> {
    const headers: Record<string, string> = this.#cookie ? { cookie: this.#cookie } : {};
    const response = await fetch(`${this.origin}/`, { headers });
    this.#cookie = response.headers.get("set-cookie")?.split(";")[0] ?? this.#cookie;
    this.html = await response.text();
    const body = parsePage(this.html).children.find((node) => node.tag === "body") as Dom;
    this.options.meddle?.(body);
    const start = body.children.findIndex((node) => node.kind === "comment" && node.text === "vango");
    const end = body.children.findIndex((node) => node.attrs.get("id") === "vango");
    this.#told = Object.fromEntries(body.children[end].attrs);
    this.page = new Page();
    this.page.adopt(body.children.slice(start + 1, end));
    const { count, sum } = this.page.check();
    this.#checkFailed = count !== Number(this.#told["data-n"]) || sum !== Number(this.#told["data-sum"]);
    [this.#intent, this.#session, this.#key] = [0, this.#told["data-s"], this.#told["data-k"]];
    [this.#lastSeq, this.#lastEvent, this.#received] = [0, 0, 0];
    const sealed = (this.#told["data-x"] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    this.#sealed = Uint8Array.from(atob(sealed), (char) => char.charCodeAt(0));
  }

  /** Whether the page was other than the server said. */
  get checkFailed(): boolean {
    return this.#checkFailed;
  }

  /** Opens a socket and shakes hands; resolves when the hello was answered. */
  async connect(origin: string = this.origin): Promise<void> {
    const headers = { cookie: this.#cookie, origin };
    const url = origin.replace("http", "ws") + this.#told["data-w"];
    const protocols = ["vango.3", `t.${this.#told["data-t"]}`];
    const socket = new WebSocket(url, { protocols, headers } as unknown as string[]);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    const answered = this.until((frame) => frame.kind === "serverHello" || frame.kind === "closed");
    socket.onopen = () => this.#hello();
    socket.onmessage = ({ data }) => {
      const bytes = new Uint8Array(data);
      if (this.slow) this.#delayed.push(bytes);
      else this.#take(bytes);
    };
    socket.onerror = (event) => event.preventDefault();
    socket.onclose = ({ code }) => {
      clearTimeout(this.#ackTimer);
      [this.#ready, this.#resyncing] = [false, false];
      if (this.#socket === socket) this.#socket = null;
      this.#note({ kind: "closed", code });
    };
    await answered;
  }

  /** Ends the socket as a lost network would, and waits until it is gone. */
  async cut(): Promise<void> {
    if (this.#socket === null) return;
    const closed = this.until((frame) => frame.kind === "closed");
    this.#socket.close();
    await closed;
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

  /** Resolves when a frame comes that passes the test, or fails after 3 s. */
  async until(test: (frame: SecondClient["log"][number]) => boolean): Promise<void> {
    let seen = this.log.length;
    await this.wait(() => {
      while (seen < this.log.length) if (test(this.log[seen++])) return true;
      return false;
    });
  }

  /** Resolves when the condition holds; it is tried after each frame. */
  async wait(condition: () => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Error(`Waited in vain; last came ${tail(this.log)}`)), 3000);
    const test = () => condition() && resolve();
    this.#waiters.push(test);
    test();
    await promise.finally(() => {
      clearTimeout(timer);
      this.#waiters = this.#waiters.filter((waiter) => waiter !== test);
    });
  }

  /** Resolves when all that was sent has settled. */
  async idle(): Promise<void> {
    await this.wait(() => this.#ready && !this.#resyncing && this.#isSettled(this.#lastEvent));
  }

  /** A user's event at a node; gives the numbers of the events that it became. */
  fire(from: Dom, name: string, given: Payload = {}): number[] {
    return reached(from, name, given).map(({ node, spec }) => {
      const value = name === "input" || name === "change";
      const seq = ++this.#lastEvent;
      const payload = spec.family === "" ? null : makePayload(spec.family, from, given);
      const event = { seq, spec, node, target: value && node !== from ? from : null, payload };
      if (value) this.controls.changed(from, seq);
      if (name === "submit") this.controls.submitted(from, seq);
      this.#show(seq, node, spec);
      this.#waiting.push(event);
      this.#emit(event);
      return seq;
    });
  }

  /** Types a text into a control. */
  type(control: Dom, value: string): void {
    control.value = value;
    this.fire(control, "input");
  }

  /** Turns a box on or off, as a click does. */
  check(box: Dom, on: boolean): void {
    box.checked = on;
    this.fire(box, "input");
    this.fire(box, "change");
  }

  /** Chooses in a select. */
  select(select: Dom, ...values: string[]): void {
    choose(select, values);
    this.fire(select, "input");
    this.fire(select, "change");
  }

  /** The first element below the root that passes. */
  find(test: (node: Dom) => boolean): Dom {
    const [found] = this.page.root.find(test);
    if (found === undefined) throw new Error("There is no such element");
    return found;
  }

  /** The first element of a tag with a text. */
  byText(tag: string, text: string): Dom {
    return this.find((node) => node.tag === tag && node.textContent === text);
  }

  /** The control of a name. */
  byName(name: string): Dom {
    return this.find((node) => node.attrs.get("name") === name);
  }

  /** Asks for a subtree again. */
  refetch(node: Dom): void {
    this.#send(writeControl(0x14, [node.num]));
  }

  /** Asks for the frames after the last one (reason 0), or for everything: what comes before that is not applied. */
  resync(reason: number): void {
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
      build: this.#told["data-b"],
      path: "/",
      lastSeq: this.#lastSeq,
      lastEvent: this.#lastEvent,
      flags: this.#checkFailed ? 1 : 0,
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

  /** An event gets its node's number when it is sent; of a node that is gone it is given up. */
  #emit({ seq, spec, node, target, payload }: Waiting): void {
    if (!this.#ready || !this.page.has(node)) return;
    const ackDelta = this.#lastSeq - this.#acked;
    this.#acked = this.#lastSeq;
    const frame = { seq, ackDelta, code: spec.code, num: node.num, target: target?.num ?? 0, payload };
    this.#send(writeEvent(frame, spec.family));
  }

  #note(frame: SecondClient["log"][number]): void {
    this.log.push(frame);
    for (const waiter of [...this.#waiters]) waiter();
  }

  #take(bytes: Uint8Array): void {
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
    if (frame.kind === "error" && frame.value.seq) this.#refused(frame.value.seq);
    this.#note(frame);
  }

  #welcome(hello: Record<string, unknown> & { status: number }): void {
    if (hello.status !== 0) return;
    [this.#session, this.#key] = [hello.session as string, hello.resumeKey as string];
    [this.#intent, this.#checkFailed] = [1, false];
    this.#gotEvents(hello.received as number);
    this.#ready = true;
    if (hello.action === 1) this.page.renumber();
    if (hello.action !== 0) this.#acked = this.#lastSeq = hello.nextSeq as number - 1;
    if (hello.action === 2) this.#resyncing = true;
    else for (const event of this.#waiting) this.#emit(event);
  }

  #control(control: { type: number } & Record<string, unknown>): void {
    if (control.type === 0x01) this.#send(writeControl(0x02, [control.value as number]));
    if (control.type === 0x22) this.#sealed = (control.sealed as Uint8Array).slice();
    if (control.type === 0x13) {
      this.page.renumber();
      this.#applied(control.seq as number);
    }
    if (control.type === 0x12) this.#resynced(control as never);
  }

  /** All anew. What the user typed into a control whose input the server has not received stays, by name. */
  #resynced({ seq, received, nodes }: { seq: number; received: number; nodes: never[] }): void {
    this.overlays.lift();
    this.#gotEvents(received);
    const typed = this.page.root.find((node) => this.controls.isAhead(node));
    this.controls.clear();
    const fresh = new Page();
    for (const [id, template] of this.page.templates) fresh.templates.set(id, template);
    fresh.root.insert(fresh.build(nodes, element("body")));
    fresh.number(fresh.root.children);
    for (const old of typed) {
      const [same] = fresh.root.find((node) =>
        node.tag === old.tag && node.attrs.get("name") === old.attrs.get("name")
      );
      if (same) same.value = valueOf(old);
    }
    this.page = fresh;
    this.#resyncing = false;
    this.#applied(seq);
    for (const event of this.#waiting) this.#emit(event);
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
      this.#settledBelow = Math.max(this.#settledBelow, settled ? settled.below : received + 1);
    }
    this.controls.settled((event) => this.#isSettled(event));
    this.overlays.lower((event) => this.#isSettled(event));
    this.#applied(seq);
  }

  #apply(patches: readonly Patch[]): void {
    for (const patch of patches) if (!this.controls.holds(this.page, patch)) applyPatch(this.page, patch);
  }

  #isSettled(seq: number): boolean {
    return seq < this.#settledBelow || this.#settled.has(seq);
  }

  #gotEvents(received: number): Patch[] {
    this.#received = Math.max(this.#received, received);
    this.#waiting = this.#waiting.filter((event) => event.seq > this.#received);
    return this.controls.received(this.#received);
  }

  #refused(seq: number): void {
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

function tail(log: unknown[]): string {
  return JSON.stringify(log.slice(-3), (_key, value) => value instanceof Uint8Array ? value.length : value);
}
