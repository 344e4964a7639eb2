/**
 * Owns the sequence of the frames that one session sends, and the log from which lost ones are sent again.
 *
 * ```
 *   acked        first                    last
 *     │            │  log: frames kept      │  next
 *  ───┴── dropped ─┴────────────────────────┴──▶
 *     └───────── unacknowledged ────────────┘
 * ```
 *
 * The log is bounded in bytes: over the bound its oldest frames are dropped, and who needs those gets the whole state
 * instead. An acknowledgement frees. A session with nothing under way holds no array of its own.
 *
 * @module
 */
import { coded } from "../core/coded.ts";

/** Bounds of an outbox: one object that all sessions share. */
export interface OutboxLimits {
  /** Bytes of frames that are kept, each counted with 64 bytes for itself. */
  readonly outboxBytes: number;
  /** Unacknowledged bytes from which the socket counts as slow, until they are half of it. */
  readonly slowBytes: number;
}

/**
 * What an acknowledgement was: `advanced` freed something or confirmed something new, `duplicate` repeated the last,
 * `backwards` was older (frames may be acknowledged out of order, so it is harmless), `future` names a frame that was
 * never sent, `invalid` is no sequence number. The last two are a client's fault.
 */
export type AckResult = "advanced" | "duplicate" | "backwards" | "future" | "invalid";

const NOTHING: Uint8Array[] = [];
const OVERHEAD = 64;

/**
 * Numbers frames, keeps them until they are acknowledged, and tells when there are too many.
 *
 * @example
 * ```ts
 * import { Outbox } from "./outbox.ts";
 *
 * const outbox = new Outbox({ outboxBytes: 262_144, slowBytes: 65_536 });
 * outbox.push(outbox.nextSeq, new Uint8Array([2, 1]));
 * console.assert(outbox.since(0)?.length === 1);
 * console.assert(outbox.ack(1) === "advanced" && outbox.unackedBytes === 0);
 * ```
 */
export class Outbox {
  readonly #limits: OutboxLimits;
  /** Frames of the numbers after `#dropped`, from `#head` on. */
  #log: Uint8Array[] = NOTHING;
  #head = 0;
  #logBytes = 0;
  #last: number;
  #acked: number;
  /** Bytes that were dropped from the log without an acknowledgement. */
  #lostBytes = 0;
  #slow = false;

  /** Starts after the frame `lastSeq` (default 0: nothing was sent yet), which counts as acknowledged. */
  constructor(limits: OutboxLimits, lastSeq = 0) {
    if (!Number.isSafeInteger(lastSeq) || lastSeq < 0) {
      throw coded("E190", new RangeError(`Cannot start after frame ${lastSeq}`));
    }
    this.#limits = limits;
    this.#last = this.#acked = lastSeq;
  }

  /** The number of the last frame that was sent; 0 when none was. */
  get lastSeq(): number {
    return this.#last;
  }

  /** The number that the next frame must carry. */
  get nextSeq(): number {
    return this.#last + 1;
  }

  /** The number of the last frame that was acknowledged. */
  get ackedSeq(): number {
    return this.#acked;
  }

  /** Bytes that were sent and not acknowledged. At least: what was lost from the log counts until all of it is. */
  get unackedBytes(): number {
    return this.#lostBytes + this.#logBytes;
  }

  /** How many frames could be sent again. */
  get size(): number {
    return this.#log.length - this.#head;
  }

  /** Whether the client lags so far behind that the session should stop flushing. */
  get slow(): boolean {
    return this.#slow;
  }

  /**
   * Logs a frame that is sent. The bytes are kept, not copied: they must be the frame's own, no view of a buffer that
   * is used again.
   *
   * @throws {RangeError} When `seq` is not {@link nextSeq}: it is written in the frame, so it was encoded for another
   * place.
   */
  push(seq: number, frame: Uint8Array): void {
    if (seq !== this.nextSeq) {
      throw coded("E190", new RangeError(`Cannot send frame ${seq}: expected ${this.nextSeq}`));
    }
    this.#last = seq;
    // Most are acknowledged before the next: a list that is made with its frame has no room for 16 more.
    if (this.#log === NOTHING) this.#log = [frame];
    else this.#log.push(frame);
    this.#logBytes += frame.byteLength;
    while (this.size > 0 && this.#logBytes + this.size * OVERHEAD > this.#limits.outboxBytes) {
      this.#lostBytes += this.#shift();
    }
    if (this.unackedBytes > this.#limits.slowBytes) this.#slow = true;
  }

  /** Takes the client's word that it applied all frames up to `seq`. */
  ack(seq: number): AckResult {
    if (!Number.isSafeInteger(seq) || seq < 0) return "invalid";
    if (seq > this.#last) return "future";
    if (seq <= this.#acked) return seq === this.#acked ? "duplicate" : "backwards";
    this.#acked = seq;
    // What was lost lies before the log: only an ack that reaches the log covers all of it.
    if (seq >= this.#last - this.size) this.#lostBytes = 0;
    while (this.size > 0 && this.#last - this.size < seq) this.#shift();
    if (this.unackedBytes <= this.#limits.slowBytes / 2) this.#slow = false;
    return "advanced";
  }

  /** The frames after `seq`, oldest first; null when they are not all here, or were never sent: resync. */
  since(seq: number): Uint8Array[] | null {
    if (!Number.isSafeInteger(seq) || seq > this.#last || seq < this.#last - this.size) return null;
    return this.#log.slice(this.#log.length - (this.#last - seq));
  }

  /** Forgets the log and what is under way (after a resync, or to sleep); the numbers go on. */
  forget(): void {
    this.#log = NOTHING;
    this.#head = this.#logBytes = this.#lostBytes = 0;
    this.#acked = this.#last;
    this.#slow = false;
  }

  /** Drops the oldest frame; gives its bytes. */
  #shift(): number {
    const bytes = this.#log[this.#head].byteLength;
    this.#logBytes -= bytes;
    this.#head++;
    if (this.#head === this.#log.length) {
      this.#log = NOTHING;
      this.#head = 0;
    } else if (this.#head >= 32 && this.#head * 2 >= this.#log.length) {
      this.#log = this.#log.slice(this.#head);
      this.#head = 0;
    } else {
      // Not reachable any more, though its place in the array still is.
      this.#log[this.#head - 1] = EMPTY;
    }
    return bytes;
  }
}

const EMPTY = new Uint8Array(0);
