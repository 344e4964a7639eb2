/**
 * What goes over a page's connections, read on its way: how far each end has come, and what has not settled.
 *
 * @module
 */
import {
  decodeDown,
  decodeUp,
  ErrorCode,
  type ErrorFrame,
  HelloAction,
  HelloIntent,
} from "../protocol/mod.ts";
import { familyOf } from "../vdom/attrs.ts";

/** What one page's connections have carried. */
export class Watch {
  /** The session's id; "" before the first hello. */
  session = "";
  /** The newest event that the page sent. */
  sent = 0;
  /** The newest frame that the page could apply. */
  last = 0;
  /** How many frames with changes came. */
  frames = 0;
  /** How often the whole tree came anew. */
  resyncs = 0;
  /** Whether the server has accepted the newest connection. */
  accepted = false;
  /** How many frames went either way, ever. */
  moves = 0;
  /** How many connections were begun, ever. */
  hellos = 0;
  /** Told what the server refused. */
  onRefusal: (error: ErrorFrame) => void = () => {};
  /** Events whose handlers are not done. */
  readonly unsettled: Set<number> = new Set();

  /** Begins anew, for another document. */
  reset(): void {
    this.session = "";
    this.sent =
      this.last =
      this.frames =
      this.resyncs =
        0;
    this.accepted = false;
    this.unsettled.clear();
  }

  /** Whether faults may befall a frame: an event, or a frame of the sequence. */
  counts(direction: "up" | "down", frame: Uint8Array): boolean {
    const kind = frame[0] & 15;
    return direction === "up"
      ? kind === 1
      : kind === 2 || kind === 3 && (frame[1] === 0x12 || frame[1] === 0x13);
  }

  /** The page sent a frame. */
  sentUp(bytes: Uint8Array<ArrayBuffer>): void {
    this.moves++;
    const frame = read(() => decodeUp(bytes, familyOf));
    if (frame?.kind === "hello") {
      this.hellos++;
      // A page that was just loaded: what was known of the one before is over.
      if (frame.hello.intent === HelloIntent.Claim) this.reset();
      this.accepted = false;
    }
    if (frame?.kind !== "event") return;
    this.sent = Math.max(this.sent, frame.event.seq);
    this.unsettled.add(frame.event.seq);
  }

  /** A frame came to the page. */
  arrivedDown(bytes: Uint8Array<ArrayBuffer>): void {
    this.moves++;
    const frame = read(() => decodeDown(bytes));
    switch (frame?.kind) {
      case "hello": {
        const { hello } = frame;
        if (hello.status !== 0) return;
        this.accepted = true;
        this.session = hello.session;
        // What the server has not is sent again, or given up for a session that begins anew.
        this.sent = hello.received;
        this.last = hello.nextSeq - 1;
        // Handlers that waited died with their process.
        if (hello.action !== HelloAction.Keep) this.#settle(hello.received);
        return;
      }
      case "patches": {
        const { seq, received, settled } = frame.frame;
        this.frames++;
        // What came before its turn is asked for again; what came twice is known.
        if (seq !== this.last + 1) return;
        this.last = seq;
        if (received === null) return;
        this.#settle((settled?.below ?? received + 1) - 1);
        for (const event of settled?.list ?? []) this.unsettled.delete(event);
        return;
      }
      case "control":
        if (frame.control.type === 0x12) {
          this.resyncs++;
          this.#settle(frame.control.received);
        }
        if (frame.control.type === 0x12 || frame.control.type === 0x13) this.last = frame.control.seq;
        return;
      case "error":
        this.unsettled.delete(frame.error.seq);
        // What a handler threw is heard of through the log, which knows whether a boundary shows it.
        if (frame.error.code !== ErrorCode.HandlerFailed) this.onRefusal(frame.error);
    }
  }

  #settle(upTo: number): void {
    for (const event of this.unsettled) if (event <= upTo) this.unsettled.delete(event);
  }
}

/** Frames that cannot be read are their receiver's to refuse. */
function read<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch {
    return null;
  }
}
