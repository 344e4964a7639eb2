/**
 * Owns how many sessions there may be, of all and of one address. A session counts from before its page is rendered.
 *
 * @module
 */
import type { Engine } from "./engine.ts";
import { KeyedCounter } from "./limits.ts";
import type { Session } from "./session.ts";

/** Why a connection got no session. */
export type Refusal = { status: 3 | 4 | 7 | 8 | 9; retryAfter: number; message: string };

/** How room is made: by putting away sessions that wait. Both tell whether one went. */
export interface Room {
  /** Puts away some. */
  shed(): boolean;
  /** Puts away one of those that `mine` takes. */
  shedOne(mine: (session: Session) => boolean): boolean;
}

/** Counts sessions, and refuses those that are too many. */
export class Admission {
  readonly #engine: Engine;
  readonly #room: Room;
  readonly #perAddress: KeyedCounter = new KeyedCounter(Infinity);
  #admitted = 0;
  /** Milliseconds after which to try again while the process is short of memory or going down; else 0. */
  refusing: () => number = () => 0;

  /** Nobody is admitted yet. */
  constructor(engine: Engine, room: Room) {
    this.#engine = engine;
    this.#room = room;
  }

  /** How many sessions count, and of how many addresses. */
  get holds(): Readonly<Record<string, number>> {
    return { admitted: this.#admitted, addresses: this.#perAddress.size };
  }

  /**
   * Takes one more session of an address, making room where a waiting one can go, or says why not. What is taken is given back
   * by {@linkcode leave}, which a session's `onClose` calls.
   */
  admit(address: string): Refusal | null {
    const { limits, metrics } = this.#engine;
    const wait = this.refusing();
    if (wait > 0) return { status: 4, retryAfter: wait, message: "The server is busy" };
    if (this.#admitted >= limits.maxSessions && !this.#room.shed()) {
      metrics.socketsRefused++;
      return { status: 4, retryAfter: 5_000, message: "The server has all the sessions that it may have" };
    }
    const full = this.#perAddress.count(address) >= limits.maxSessionsPerAddress;
    if (full && !this.#room.shedOne((session) => session.address === address)) {
      metrics.socketsRefused++;
      return { status: 9, retryAfter: 0, message: "Too many sessions of this address" };
    }
    if (!this.#perAddress.acquire(address)) {
      return { status: 4, retryAfter: 5_000, message: "The server has sessions of too many addresses" };
    }
    this.#admitted++;
    return null;
  }

  /** As {@linkcode leave}, for a session that ended. */
  readonly left = (session: Session): void => this.leave(session.address);

  /** Gives back what {@linkcode admit} took. */
  leave(address: string): void {
    this.#admitted--;
    this.#perAddress.release(address);
  }
}
