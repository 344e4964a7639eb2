/**
 * Owns the pulse of all sockets: who is to be pinged, who is dead, who sleeps; with one timer for everyone.
 *
 * Members are dealt over slots, and each tick takes the next slot, so in one interval every member has its turn once and
 * the work is spread evenly:
 *
 * ```
 * slots   0   1   2  ... 24        tick: slot 0, 1, 2, ... one a second
 *         │   │   │
 *        a,z  b   c
 * ```
 *
 * @module
 */
import { type Clock, type Stop, systemClock } from "./clock.ts";

/** What has a pulse. Its times are the clock's monotonic ones, in milliseconds. */
export interface Beating {
  /** When the last byte came from it. */
  readonly lastHeard: number;
  /** When its user last did something. */
  readonly lastActive: number;
}

/** What the heartbeat does with members. What one of them throws is told to `failed`, and the next has its turn. */
export interface HeartbeatActions<T> {
  /** Sends a ping. */
  ping(member: T, now: number): void;
  /** Nothing came for `silentMs`: the socket is dead. The member is not removed; its owner does that. */
  silent(member: T): void;
  /** Its user did nothing for `idleMs`: it may sleep. Pinged all the same, until removed. */
  idle?(member: T): void;
  /** Told what another action threw. */
  failed(error: unknown): void;
}

/** When members have their turn. */
export interface HeartbeatOptions {
  /** Milliseconds from one turn of a member to its next. */
  readonly heartbeatMs: number;
  /** Milliseconds of silence that mean death; found at the member's next turn. */
  readonly silentMs: number;
  /** Milliseconds without the user that mean sleep; 0 for never. */
  readonly idleMs: number;
  /** Where the time comes from. Default: the machine. */
  readonly clock?: Clock;
}

const SLOTS = 25;

/**
 * Pings many, with one timer.
 *
 * @example
 * ```ts
 * import { Heartbeat } from "./heartbeat.ts";
 *
 * const member = { lastHeard: performance.now(), lastActive: performance.now() };
 * const heartbeat = new Heartbeat<typeof member>(
 *   { ping() {}, silent() {}, failed() {} },
 *   { heartbeatMs: 25_000, silentMs: 60_000, idleMs: 0 },
 * );
 * const slot = heartbeat.add(member);
 * heartbeat.delete(member, slot);
 * heartbeat.close();
 * ```
 */
export class Heartbeat<T extends Beating> {
  readonly #actions: HeartbeatActions<T>;
  readonly #options: HeartbeatOptions;
  readonly #clock: Clock;
  readonly #slots: Set<T>[] = Array.from({ length: SLOTS }, () => new Set<T>());
  readonly #tickMs: number;
  #size = 0;
  #deal = 0;
  #current = 0;
  #tickedAt = 0;
  #graceUntil = 0;
  #stop: Stop | undefined;
  #closed = false;

  /** A heartbeat without members; its timer runs only while it has some. */
  constructor(actions: HeartbeatActions<T>, options: HeartbeatOptions) {
    this.#actions = actions;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#tickMs = options.heartbeatMs / SLOTS;
  }

  /** How many members there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a member. Its first turn comes within `heartbeatMs`. Returns its slot, which {@link delete} needs. */
  add(member: T): number {
    const slot = this.#deal;
    this.#deal = (this.#deal + 1) % SLOTS;
    this.#slots[slot].add(member);
    this.#size++;
    if (this.#stop === undefined && !this.#closed) this.#plan();
    return slot;
  }

  /** Removes a member; false when it is not in that slot. May be called from an action. */
  delete(member: T, slot: number): boolean {
    if (!this.#slots[slot]?.delete(member)) return false;
    this.#size--;
    if (this.#size === 0) this.#halt();
    return true;
  }

  /** Ends the heartbeat; members stay, but have no more turns. */
  close(): void {
    this.#closed = true;
    this.#halt();
  }

  #plan(): void {
    this.#tickedAt = this.#clock.monotonic();
    this.#stop = this.#clock.after(this.#tickMs, () => {
      this.#stop = undefined;
      const now = this.#clock.monotonic();
      // A machine that slept, or a loop that was blocked, did not hear what was said: nobody is dead before all could
      // answer once more.
      if (now - this.#tickedAt > this.#tickMs + 2_000) {
        this.#graceUntil = now + this.#options.heartbeatMs * 1.5;
      }
      this.#turn(now);
      if (this.#size > 0 && !this.#closed && this.#stop === undefined) this.#plan();
    });
  }

  #turn(now: number): void {
    const { silentMs, idleMs } = this.#options;
    const members = this.#slots[this.#current];
    this.#current = (this.#current + 1) % SLOTS;
    for (const member of members) {
      try {
        if (now - member.lastHeard >= silentMs && now >= this.#graceUntil) {
          this.#actions.silent(member);
          continue;
        }
        if (idleMs > 0 && now - member.lastActive >= idleMs) this.#actions.idle?.(member);
        if (members.has(member)) this.#actions.ping(member, now);
      } catch (error) {
        this.#actions.failed(error);
      }
    }
  }

  #halt(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
