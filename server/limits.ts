/**
 * Owns every limit of the server: its default, its unit and its range; and the two small counters that hold clients to
 * them.
 *
 * A limit is a plain number in its unit (count, bytes or milliseconds, which its name says). `resolveLimits` lays what
 * the developer wrote over the defaults, and refuses what cannot work. The wire's own limits (items, depth) belong to
 * the protocol.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { checkOptions, type OptionSpec, VangoError } from "./errors.ts";

/** Bounds of a registry of sessions that have no socket. */
export interface HoldLimits {
  /** How many sessions at most. */
  readonly count: number;
  /** How many bytes they may take together, as estimated. */
  readonly bytes: number;
  /** Milliseconds that one may wait. */
  readonly ttlMs: number;
}

/** All limits of one server. */
export interface Limits {
  /** Live sessions in the process, with or without a socket. Default 10,000. More: status 4, busy. */
  readonly maxSessions: number;
  /** Live sessions of one address. Default 100. More: status 9. */
  readonly maxSessionsPerAddress: number;
  /** Open sockets of one address, those before their hello included. Default 50. More: HTTP 429. */
  readonly socketsPerAddress: number;
  /** Bytes of one message from the browser. Default 1 MiB. */
  readonly maxFrame: number;
  /** Bytes of one posted form (JavaScript off), its files included. Default 1 MiB. */
  readonly maxPost: number;
  /** Bytes of a body that an API reads, unless its endpoint says otherwise. Default 1 MiB. */
  readonly maxBody: number;
  /** Events per second of one session, over time. Default 200. */
  readonly eventsPerSecond: number;
  /** Events that may come at once. Default 400. */
  readonly eventBurst: number;
  /** Events that may wait in one session's mailbox. Default 256. */
  readonly maxQueue: number;
  /** Sessions that were rendered and wait for their page's socket. Default 10,000, 64 MiB, 30 s. */
  readonly parked: HoldLimits;
  /** Sessions that lost their socket. Default 10,000, 64 MiB, 2 min. */
  readonly detached: HoldLimits;
  /** Milliseconds for which a sealed token of a page is taken. Default 24 h. */
  readonly sealedTtlMs: number;
  /** Bytes of frames that one session keeps for replay. Default 256 KiB. */
  readonly outboxBytes: number;
  /** Unacknowledged bytes from which a socket counts as slow. Default 64 KiB. */
  readonly slowBytes: number;
  /** Milliseconds that a socket may stay slow before it is closed. Default 60 s. */
  readonly slowMs: number;
  /** Milliseconds without any event after which a connected session is put to sleep; 0 for never. Default 0: a page that only shows
   * what the server pushes is in use, too. */
  readonly idleMs: number;
  /** Milliseconds between pings. Default 25 s, below the 30 to 60 s after which proxies cut. */
  readonly heartbeatMs: number;
  /** Milliseconds without a byte after which a socket is dead. Default 60 s. */
  readonly silentMs: number;
  /** Milliseconds from the 101 to the hello. Default 10 s. */
  readonly helloTimeoutMs: number;
  /** Milliseconds that the first render waits for its resources. Default 5 s. */
  readonly renderTimeoutMs: number;
  /** Milliseconds that the frame of a navigation waits for what the new page loads. Default 1 s. */
  readonly navigationWaitMs: number;
  /** Milliseconds that a posted form waits for its handler. Default 10 s. */
  readonly postTimeoutMs: number;
  /** Milliseconds for one call of the session store. Default 5 s. */
  readonly storeTimeoutMs: number;
  /** Milliseconds that shutdown may take. Default 10 s. */
  readonly shutdownTimeoutMs: number;
}

/** What a developer may write: any part of {@link Limits}. */
export type LimitOptions =
  & { readonly [K in Exclude<keyof Limits, "parked" | "detached">]?: number }
  & { readonly parked?: Partial<HoldLimits>; readonly detached?: Partial<HoldLimits> };

const KIB = 1024;
const MIB = 1024 * KIB;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The limits of a server that sets none. */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  maxSessions: 10_000,
  maxSessionsPerAddress: 100,
  socketsPerAddress: 50,
  maxFrame: MIB,
  maxPost: MIB,
  maxBody: MIB,
  eventsPerSecond: 200,
  eventBurst: 400,
  maxQueue: 256,
  parked: Object.freeze({ count: 10_000, bytes: 64 * MIB, ttlMs: 30_000 }),
  detached: Object.freeze({ count: 10_000, bytes: 64 * MIB, ttlMs: 2 * MINUTE }),
  sealedTtlMs: DAY,
  outboxBytes: 256 * KIB,
  slowBytes: 64 * KIB,
  slowMs: MINUTE,
  idleMs: 0,
  heartbeatMs: 25_000,
  silentMs: MINUTE,
  helloTimeoutMs: 10_000,
  renderTimeoutMs: 5_000,
  navigationWaitMs: 1_000,
  postTimeoutMs: 10_000,
  storeTimeoutMs: 5_000,
  shutdownTimeoutMs: 10_000,
});

const count = (min: number, max: number): OptionSpec => ({ type: "number", min, max });
const bytes = (min: number, max: number): OptionSpec => ({ type: "number", min, max, unit: "bytes" });
const ms = (min: number, max: number): OptionSpec => ({ type: "number", min, max, unit: "milliseconds" });
const hold: OptionSpec = {
  type: "object",
  spec: { count: count(0, 1e8), bytes: bytes(0, 2 ** 40), ttlMs: ms(1, 7 * DAY) },
};

/** What each limit may be; for a check of options that holds limits among others. */
export const LIMIT_SPECS: { readonly [K in keyof Limits]: OptionSpec } = {
  maxSessions: count(1, 1e8),
  maxSessionsPerAddress: count(1, 1e8),
  socketsPerAddress: count(1, 1e8),
  maxFrame: bytes(KIB, 64 * MIB),
  maxPost: bytes(KIB, 1024 * MIB),
  maxBody: bytes(1, 1024 * MIB),
  eventsPerSecond: { type: "number", min: 0.1, max: 1e6, fraction: true },
  eventBurst: count(1, 1e6),
  maxQueue: count(1, 1e6),
  parked: hold,
  detached: hold,
  sealedTtlMs: ms(1000, 365 * DAY),
  outboxBytes: bytes(KIB, 1024 * MIB),
  slowBytes: bytes(KIB, 1024 * MIB),
  slowMs: ms(1000, DAY),
  idleMs: ms(0, 365 * DAY),
  heartbeatMs: ms(1000, DAY),
  silentMs: ms(1000, DAY),
  helloTimeoutMs: ms(100, DAY),
  renderTimeoutMs: ms(1, DAY),
  navigationWaitMs: ms(0, DAY),
  postTimeoutMs: ms(1, DAY),
  storeTimeoutMs: ms(1, DAY),
  shutdownTimeoutMs: ms(0, DAY),
};

/**
 * The defaults with `options` over them.
 *
 * @throws {VangoError} When a limit is unknown, of the wrong type, out of its range, or contradicts another.
 */
export function resolveLimits(options: LimitOptions = {}): Limits {
  checkOptions<LimitOptions>(options, LIMIT_SPECS, "limits");
  const limits: Limits = {
    ...DEFAULT_LIMITS,
    ...defined(options),
    parked: Object.freeze({ ...DEFAULT_LIMITS.parked, ...defined(options.parked) }),
    detached: Object.freeze({ ...DEFAULT_LIMITS.detached, ...defined(options.detached) }),
  };
  const contradiction = contradicts(limits);
  if (contradiction !== undefined) throw new VangoError("options", `Cannot use the limits: ${contradiction}`);
  return Object.freeze(limits);
}

function contradicts(limits: Limits): string | undefined {
  if (limits.silentMs <= limits.heartbeatMs) {
    return `"silentMs" (${limits.silentMs}) must be longer than "heartbeatMs" (${limits.heartbeatMs}), ` +
      "or every quiet socket dies before its first ping is answered";
  }
  if (limits.slowBytes > limits.outboxBytes) {
    return `"slowBytes" (${limits.slowBytes}) must not be more than "outboxBytes" (${limits.outboxBytes}), ` +
      "or frames are forgotten before the socket counts as slow";
  }
  if (limits.eventBurst < limits.eventsPerSecond) {
    return `"eventBurst" (${limits.eventBurst}) must not be less than "eventsPerSecond" ` +
      `(${limits.eventsPerSecond})`;
  }
  return undefined;
}

function defined<T extends object>(options: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(options ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** Forgives what adding fractions loses, so that waiting for as long as `waitMs` says is enough. */
const ROUNDING = 1e-6;

/** The rate of a {@link TokenBucket}: one object that many buckets share. */
export interface Rate {
  /** Tokens that come back per second. */
  readonly perSecond: number;
  /** Tokens that a full bucket holds. */
  readonly burst: number;
}

/**
 * Takes tokens out of a bucket that is known by one number: when it will be full again, in milliseconds; 0 for a full one.
 *
 * @returns When it will be full then; null, and nothing taken, when it does not hold as many.
 */
export function takeTokens(rate: Rate, fullAt: number, now: number, cost = 1): number | null {
  if (tokensOf(rate, fullAt, now) + ROUNDING < cost) return null;
  return Math.max(fullAt, now) + cost * 1000 / rate.perSecond;
}

function tokensOf({ perSecond, burst }: Rate, fullAt: number, now: number): number {
  return burst - Math.max(0, fullAt - now) * perSecond / 1000;
}

/**
 * A budget that refills with time: one number per client, which {@linkcode takeTokens} explains.
 *
 * It takes the time from its caller (milliseconds that never go back; if they do, nothing is refilled).
 *
 * @example
 * ```ts
 * import { TokenBucket } from "./limits.ts";
 *
 * const bucket = new TokenBucket({ perSecond: 10, burst: 2 });
 * console.assert(bucket.take(0) && bucket.take(0) && !bucket.take(0));
 * console.assert(bucket.take(100));
 * ```
 */
export class TokenBucket {
  readonly #rate: Rate;
  #fullAt = 0;

  /** A full bucket. */
  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes `cost` tokens (default 1) if there are as many; false, and nothing taken, if there are not. */
  take(now: number, cost = 1): boolean {
    const fullAt = takeTokens(this.#rate, this.#fullAt, now, cost);
    if (fullAt !== null) this.#fullAt = fullAt;
    return fullAt !== null;
  }

  /** Milliseconds until {@link take} can succeed: 0 when it can now, Infinity when `cost` is over the burst. */
  waitMs(now: number, cost = 1): number {
    if (cost > this.#rate.burst) return Infinity;
    const tokens = tokensOf(this.#rate, this.#fullAt, now);
    return tokens + ROUNDING >= cost ? 0 : Math.ceil((cost - tokens) * 1000 / this.#rate.perSecond);
  }
}

/**
 * Counts things by key (sessions or sockets by address) and refuses what is over the limit.
 *
 * Every call is O(1), and a key whose count is zero takes no memory.
 */
export class KeyedCounter {
  readonly #counts = new Map<string, number>();
  readonly #perKey: number;
  readonly #keys: number;

  /** Allows `perKey` things for one key, and things of at most `keys` keys at a time (default 1,000,000). */
  constructor(perKey: number, keys = 1_000_000) {
    this.#perKey = perKey;
    this.#keys = keys;
  }

  /** How many keys have things now. */
  get size(): number {
    return this.#counts.size;
  }

  /** How many things `key` has. */
  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** Counts one more; false, and nothing counted, when that is over a limit. */
  acquire(key: string): boolean {
    const count = this.#counts.get(key);
    if (count === undefined ? this.#counts.size >= this.#keys || this.#perKey < 1 : count >= this.#perKey) {
      return false;
    }
    this.#counts.set(key, (count ?? 0) + 1);
    return true;
  }

  /**
   * Counts one less.
   *
   * @throws {RangeError} When `key` has none: some acquired thing was released twice.
   */
  release(key: string): void {
    const count = this.#counts.get(key);
    if (count === undefined) throw coded("E190", new RangeError(`Cannot release "${key}": it holds nothing`));
    if (count === 1) this.#counts.delete(key);
    else this.#counts.set(key, count - 1);
  }
}
