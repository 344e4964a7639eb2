/**
 * The client's end of a connection: the hello, frames in order, acks, events that are kept until the server has them.
 *
 *     claim ─► connected ─► cut ─► (events wait) ─► resume ─► replay | renumber | resync ─► (events go)
 *
 * Every byte goes through the protocol's own codec, both ways.
 *
 * @module
 */
import {
  decodeDown,
  type DownControl,
  encodeAck,
  encodeClientHello,
  encodeControlUp,
  encodeEvent,
  ErrorCode,
  type ErrorFrame,
  HelloAction,
  HelloIntent,
  type PatchFrame,
  ResyncReason,
  type ServerHello,
  type WireNode,
} from "../protocol/mod.ts";
import type { Family } from "../vdom/event_table.ts";
import type { FakeClock } from "./clock.ts";
import { turn } from "./clock.ts";
import type { Dom } from "./dom.ts";
import type { DomNode } from "./dom_node.ts";
import { nameOf, type OutEvent, type Sent } from "./events.ts";
import { INPUT, Input } from "./input.ts";
import { applyPatches, type PatchHost, type WirePatch } from "./patches.ts";
import type { Link } from "./network.ts";
import { Overlays } from "./overlays.ts";
import { MemorySocket } from "./socket.ts";

/** What a client asks of its page. */
export interface ClientHost {
  /** Begins a connection over the network; `onCut` is called when that breaks it. */
  link(onCut: () => void): Link;
  /** The path and query of the page now. */
  path(): string;
  /** The network broke the connection. */
  lost(): void;
  /** Brings the server's end of a socket to the server. */
  open(socket: MemorySocket, token: string): Promise<void>;
  /** Follows an instruction: focus, navigate, dispatch … */
  instruct(patch: WirePatch): void;
  /** Takes an error that a test must hear of. */
  fail(error: Error): void;
  /** The server refused an event. */
  refused(event: Sent): void;
}

interface Queued extends Sent {
  /** Its number; 0 until it is sent for the first time. */
  seq: number;
  /** Whether this connection has carried it. */
  sent: boolean;
}

/** What a hello says of the browser. */
const BROWSER = { build: "", flags: 0, width: 1280, height: 720, tzOffset: 0, caps: 0 };
const ACK_DELAY = 250;
const ACK_BYTES = 16_384;

/** One page's client. */
export class Client implements PatchHost {
  /** The document. */
  readonly dom: Dom;
  /** Whether the server has accepted the connection. */
  connected = false;
  /** The session's id. */
  session: string;
  /** The last event that the server has. */
  received = 0;
  readonly #host: ClientHost;
  readonly #clock: FakeClock;
  #socket: MemorySocket | null = null;
  #link: Link | null = null;
  readonly #overlays: Overlays = new Overlays();
  #intent: HelloIntent = HelloIntent.Claim;
  #key: string;
  #sealed: Uint8Array;
  #seq = 0;
  #queue: Queued[] = [];
  readonly #unsettled: Set<Queued> = new Set();
  #last = 0;
  #acked = 0;
  #unacked = 0;
  #ackTimer: (() => void) | null = null;
  #stale = false;
  /** Whether the numbers of the nodes are those of the server's rendering: events name them. */
  #numbered = false;
  readonly #input: Input<Queued> = new Input();

  /** The client of a page that was just read. */
  constructor(dom: Dom, clock: FakeClock, host: ClientHost) {
    this.dom = dom;
    this.#clock = clock;
    this.#host = host;
    this.session = dom.data("t").slice(0, 22);
    this.#key = dom.data("t").slice(22);
    this.#sealed = Uint8Array.fromBase64(dom.data("x"), { alphabet: "base64url" });
  }

  /** Opens a socket and says hello; resolves when the server has answered. */
  async connect(): Promise<void> {
    const link = this.#link = this.#host.link(() => {
      socket.cut();
      this.#leave();
      this.#host.lost();
    });
    const socket: MemorySocket = this.#socket = new MemorySocket({
      message: (bytes) => link.carry("down", bytes, (frame) => this.#receive(frame)),
      closed: (code, reason) => this.#socket === socket && this.#closed(code, reason),
    });
    await this.#host.open(socket, this.dom.data("t"));
    socket.dispatch(new Event("open"));
    this.#acked = this.#last;
    this.#sendUp(encodeClientHello({
      ...BROWSER,
      intent: this.#intent,
      session: this.session,
      key: this.#key,
      path: this.#host.path(),
      lastSeq: this.#last,
      lastEvent: this.#seq,
      sealed: this.#sealed,
    }));
    while (this.#socket === socket && !this.connected && link.waiting("up") + link.waiting("down") === 0) {
      await turn();
    }
  }

  #sendUp(bytes: Uint8Array<ArrayBuffer>): void {
    const socket = this.#socket;
    if (socket !== null) this.#link?.carry("up", bytes, (frame) => socket.sendUp(frame));
  }

  /** Cuts the connection: neither end hears of the other any more. */
  cut(): void {
    this.#link?.close();
    this.#socket?.cut();
    this.#leave();
  }

  #leave(): void {
    this.#socket = null;
    this.connected = false;
    this.#numbered = false;
    this.#ackTimer?.();
    this.#ackTimer = null;
    for (const queued of this.#queue) queued.sent = false;
  }

  #closed(code: number, reason: string): void {
    // A server that ends refuses nobody.
    const refused = !this.connected && code !== 1001;
    this.#leave();
    if (refused) this.#host.fail(new Error(`The server closed the connection: ${code} ${reason}`));
  }

  // Up.

  /** The user changes a control, or leaves it: told before anything takes the event. */
  touched(target: DomNode, type: string): void {
    if (INPUT.test(type)) this.#input.touched(target, type);
    else if (type === "focusout") this.#input.left(target);
  }

  /** Sends an event, or keeps it until there is a connection. That of no element, but of the document, is of the tree's end. */
  send(event: OutEvent): Sent {
    const queued: Queued = { event, seq: 0, sent: false };
    this.#input.did(queued);
    this.#unsettled.add(queued);
    this.#queue.push(queued);
    const change = event.token.options.get("o");
    if (change !== undefined) this.#overlays.show(queued, this.dom, event.node, change);
    this.#flush();
    return queued;
  }

  /** Does not send an event again that may be lost, and not at all one that waits. */
  forget(sent: Sent): void {
    const queued = sent as Queued;
    this.#queue = this.#queue.filter((other) => other !== queued);
    if (queued.seq === 0) this.#unsettled.delete(queued);
  }

  /** Whether the server may not have an event yet. */
  queued(sent: Sent): boolean {
    return this.#queue.includes(sent as Queued);
  }

  /** Whether everything that an event began is done. */
  settled(sent: Sent): boolean {
    return !this.#unsettled.has(sent as Queued);
  }

  #flush(): void {
    if (!this.#numbered || this.#stale) return;
    for (const queued of [...this.#queue]) {
      if (queued.sent) continue;
      const { node, target, token, payload } = queued.event;
      if (node !== this.dom.end && this.dom.nodes.get(node.num) !== node) {
        this.#drop(queued);
        continue;
      }
      // A number below the acknowledged one (of a session that was restored) cannot be told as a difference.
      if (this.#last < this.#acked) this.#ack();
      const ackDelta = this.#last - this.#acked;
      this.#acked = this.#last;
      this.#unacked = 0;
      queued.sent = true;
      queued.seq ||= ++this.#seq;
      // The control that it is about, where the element that takes it is another one.
      const isAbout = INPUT.test(token.type) && target !== node && this.dom.nodes.get(target.num) === target;
      this.#sendUp(
        encodeEvent(
          {
            seq: queued.seq,
            ackDelta,
            code: token.code,
            num: node.num,
            ...isAbout ? { target: target.num } : {},
            payload,
          },
          (token.family || (payload === null ? "-" : "o")) as Family,
        ),
      );
    }
  }

  /** An event whose element is gone before it could be sent. */
  #drop(queued: Queued): void {
    this.#queue = this.#queue.filter((other) => other !== queued);
    this.#unsettled.delete(queued);
    this.#input.refused(queued);
    this.#input.over(queued);
    const what = nameOf(queued.event).replace("the", "The");
    this.#host.fail(new Error(`${what} is lost: the element is not in the page any more`));
  }

  /** Whether the server has everything that was sent, and nothing is on its way. */
  get isTold(): boolean {
    return this.#queue.length === 0 && (this.#socket?.idle ?? true);
  }

  /** Whether an optimistic change is shown. */
  get covered(): boolean {
    return this.#overlays.shown > 0;
  }

  /** What has not settled: handlers that still wait for something. */
  get unsettled(): string[] {
    return [...this.#unsettled].map(({ event }) => nameOf(event));
  }

  // Down.

  #receive(bytes: Uint8Array): void {
    try {
      const frame = decodeDown(bytes);
      if (frame.kind === "hello") this.#hello(frame.hello);
      else if (frame.kind === "patches") this.#patches(frame.frame, bytes.length);
      else if (frame.kind === "control") this.#control(frame.control, bytes.length);
      else this.#error(frame.error);
    } catch (error) {
      this.#host.fail(error instanceof Error ? error : new Error(String(error)));
      this.#resync(ResyncReason.UnknownNode);
    }
  }

  #hello(hello: ServerHello): void {
    if (hello.status !== 0) {
      this.#leave();
      return this.#host.fail(
        new Error(`The server refused the connection with status ${hello.status}: ${hello.message}`),
      );
    }
    this.session = hello.session;
    this.#key = hello.resumeKey;
    this.#intent = HelloIntent.Resume;
    this.#last = hello.nextSeq - 1;
    this.#noteReceived(hello.received);
    if (hello.action !== HelloAction.Keep) {
      // Handlers that waited died with their process.
      for (const queued of this.#unsettled) if (!this.#queue.includes(queued)) this.#unsettled.delete(queued);
      this.#overlays.takeBack();
      this.#overlays.showAgain((owner) => this.#unsettled.has(owner as Queued));
    }
    this.#stale = hello.action === HelloAction.Resync;
    // Events wait for the frame that has the nodes numbered anew: before it their numbers are of an older rendering.
    this.#numbered = hello.action === HelloAction.Keep;
    this.connected = true;
    this.#flush();
  }

  #patches(frame: PatchFrame<WireNode>, size: number): void {
    if (frame.seq <= this.#last || this.#stale) return;
    if (frame.seq > this.#last + 1) return this.#resync(ResyncReason.Gap);
    if (frame.received !== null) this.#noteReceived(frame.received);
    this.#overlays.takeBack();
    applyPatches(this, frame.patches);
    this.#noteApplied(frame.seq, size);
    if (frame.received !== null) {
      const below = frame.settled?.below ?? frame.received + 1;
      for (const queued of this.#unsettled) {
        const { seq } = queued;
        if (seq > 0 && (seq < below || frame.settled?.list.includes(seq))) this.#unsettled.delete(queued);
      }
    }
    this.#overlays.showAgain((owner) => this.#unsettled.has(owner as Queued));
    this.#input.release((queued) => !this.#unsettled.has(queued));
  }

  #control(control: DownControl<WireNode>, size: number): void {
    switch (control.type) {
      case 0x01:
        return this.#sendUp(encodeControlUp({ type: 0x02, value: control.value }));
      case 0x12:
        this.#noteReceived(control.received);
        this.#input.clear();
        this.#overlays.takeBack();
        this.#overlays.showAgain(() => false);
        this.dom.replaceTree(control.nodes);
        this.#noteApplied(control.seq, size);
        this.#stale = false;
        this.#numbered = true;
        return this.#flush();
      case 0x13:
        this.dom.renumber();
        this.#noteApplied(control.seq, size);
        this.#numbered = true;
        return this.#flush();
      case 0x22:
        this.#sealed = control.sealed;
    }
  }

  #error(error: ErrorFrame): void {
    const queued = [...this.#unsettled].find(({ seq }) => seq === error.seq && seq > 0);
    if (queued !== undefined) {
      this.#unsettled.delete(queued);
      this.#input.refused(queued);
      this.#overlays.takeBack();
      this.#overlays.showAgain((owner) => owner !== queued);
    }
    if (queued !== undefined) this.#host.refused(queued);
    // What a handler threw is heard of through the log, which knows whether a boundary shows it.
    if (error.code === ErrorCode.HandlerFailed) return;
    const what = queued === undefined ? "a frame" : nameOf(queued.event);
    this.#host.fail(new Error(`The server refused ${what} with the code ${error.code}: ${error.message}`));
  }

  #resync(reason: ResyncReason): void {
    if (this.#stale) return;
    this.#stale = true;
    this.#sendUp(encodeControlUp({ type: 0x10, lastSeq: this.#last, reason }));
    // A gap is mended by the frames that are missing.
    if (reason === ResyncReason.Gap) this.#stale = false;
  }

  #noteReceived(received: number): void {
    this.received = Math.max(this.received, received);
    const isNew = ({ seq }: Queued) => seq === 0 || seq > this.received;
    for (const queued of this.#queue) if (!isNew(queued)) this.#input.over(queued);
    this.#queue = this.#queue.filter(isNew);
  }

  #noteApplied(seq: number, size: number): void {
    this.#last = seq;
    this.#unacked += size;
    if (this.#unacked >= ACK_BYTES) this.#ack();
    else this.#ackTimer ??= this.#clock.after(ACK_DELAY, () => this.#ack());
  }

  #ack(): void {
    this.#ackTimer?.();
    this.#ackTimer = null;
    if (this.#acked === this.#last) return;
    this.#acked = this.#last;
    this.#unacked = 0;
    this.#sendUp(encodeAck(this.#last));
  }

  // What patches ask of the page.

  /** Changes what a control shows, unless the user typed what the server does not know yet (decision D7). */
  changeControl(node: DomNode, what: string, change: () => void): void {
    this.#input.change(node, what, change);
  }

  /** See {@linkcode ClientHost.instruct}. */
  instruct(patch: WirePatch): void {
    this.#host.instruct(patch);
  }
}
