/**
 * Owns the figures of a running server: counters, gauges, and quantiles of latencies.
 *
 * Counters are plain fields, so counting costs one addition. A histogram has a fixed number of buckets, 16 to each
 * doubling, found by the exponent and the first bits of the number itself, so a quantile is within 3.2 % of the truth
 * whatever was recorded, in 4 KiB.
 *
 * @module
 */
import { ErrorCode } from "../protocol/mod.ts";

/** Kinds of errors, as counted. */
export type ErrorCategory =
  | "timeout"
  | "rate_limit"
  | "not_found"
  | "unauthorized"
  | "forbidden"
  | "validation"
  | "websocket"
  | "internal";

/** The summary of a histogram, in the unit that was recorded. All 0 when nothing was. */
export interface Quantiles {
  /** How many values. */
  readonly count: number;
  /** Their sum. */
  readonly sum: number;
  /** The largest. */
  readonly max: number;
  /** Half of them are at most this. */
  readonly p50: number;
  /** 95 % of them are at most this. */
  readonly p95: number;
  /** 99 % of them are at most this. */
  readonly p99: number;
}

const LOWEST_EXPONENT = -10;
const OCTAVES = 32;
const BUCKETS = OCTAVES * 16;
const SCRATCH = new DataView(new ArrayBuffer(8));

/**
 * Quantiles of positive numbers from 2^-10 to 2^22; in milliseconds that is a microsecond to 70 minutes.
 *
 * @example
 * ```ts
 * import { Histogram } from "./metrics.ts";
 *
 * const latency = new Histogram();
 * for (let ms = 1; ms <= 100; ms++) latency.record(ms);
 * console.assert(Math.abs(latency.quantile(0.5) - 50) < 2);
 * ```
 */
export class Histogram {
  readonly #buckets = new Float64Array(BUCKETS);
  #count = 0;
  #sum = 0;
  #max = 0;

  /** Records one value. Smaller than the range (or negative) counts as its least, larger as its greatest; what is not finite not at all. */
  record(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#count++;
    this.#sum += Math.max(0, value);
    if (value > this.#max) this.#max = value;
    this.#buckets[bucketOf(value)]++;
  }

  /** The value that a share `q` (0 to 1) of all recorded values does not exceed; 0 when nothing was recorded. */
  quantile(q: number): number {
    const rank = Math.max(1, Math.ceil(q * this.#count));
    let seen = 0;
    for (let index = 0; index < BUCKETS; index++) {
      seen += this.#buckets[index];
      if (this.#count > 0 && seen >= rank) return Math.min(middleOf(index), this.#max);
    }
    return 0;
  }

  /** Count, sum, greatest and the usual quantiles. */
  snapshot(): Quantiles {
    return {
      count: this.#count,
      sum: this.#sum,
      max: this.#max,
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
    };
  }

  /** Forgets everything. */
  reset(): void {
    this.#buckets.fill(0);
    this.#count = this.#sum = this.#max = 0;
  }
}

/** The counters and gauges, as plain numbers. Those that are gauges say so. */
export interface MetricFields {
  /** Gauge: sessions in the process, with or without a socket. */
  sessionsActive: number;
  /** Gauge: the most sessions that there were at a time. */
  sessionsPeak: number;
  /** Sessions that were started. */
  sessionsCreated: number;
  /** Sessions that ended. */
  sessionsClosed: number;
  /** Gauge: sessions whose page has not connected yet. */
  sessionsParked: number;
  /** Gauge: sessions that lost their socket and may come back. */
  sessionsDetached: number;
  /** Sessions that were put away (as a snapshot) for want of room or time. */
  sessionsEvicted: number;
  /** Sessions that a socket came back to, on this machine or from a snapshot. */
  sessionsResumed: number;
  /** Attempts to come back that failed. */
  resumeFailures: number;
  /** Pages that were rendered. */
  pagesRendered: number;
  /** Forms that were posted without JavaScript. */
  posts: number;
  /** Gauge: open sockets. */
  socketsOpen: number;
  /** Sockets that were refused: origin, token, limits. */
  socketsRefused: number;
  /** Sockets that were closed for being slow, silent or idle. */
  socketsDropped: number;
  /** Events that came. */
  eventsReceived: number;
  /** Events whose handler ran. */
  eventsHandled: number;
  /** Events that were refused: full mailbox, rate, no handler. */
  eventsRefused: number;
  /** Events that came a second time. */
  eventsDuplicate: number;
  /** Handlers that threw. */
  handlerErrors: number;
  /** Flushes that sent something. */
  flushes: number;
  /** Patches that were sent. */
  patchesSent: number;
  /** Frames that were sent. */
  framesSent: number;
  /** Bytes of messages that came. */
  bytesIn: number;
  /** Bytes of messages that were sent. */
  bytesOut: number;
  /** Full resyncs that were sent. */
  resyncs: number;
  /** Messages that could not be decoded. */
  decodeErrors: number;
  /** Failed calls of the session store. */
  storeErrors: number;
  /** Gauge: bytes of the process in memory, as last seen by the memory watch. */
  memoryRss: number;
  /** Gauge: bytes of JavaScript objects, as last seen by the memory watch. */
  memoryHeap: number;
}

/** All figures at one moment: a plain object, good for JSON. */
export interface MetricsSnapshot extends Readonly<MetricFields> {
  /** Errors by kind. */
  readonly errors: Readonly<Record<ErrorCategory, number>>;
  /** Milliseconds from an event's arrival to the frame that answers it. */
  readonly eventLatency: Quantiles;
  /** Milliseconds of a page's render. */
  readonly renderTime: Quantiles;
  /** Milliseconds of one flush: views, diff and encoding. */
  readonly flushTime: Quantiles;
}

/** The figures of one server: count by `metrics.eventsReceived++`, read by {@link Metrics.snapshot}. */
export interface Metrics extends MetricFields {
  /** Errors by kind. */
  readonly errors: Record<ErrorCategory, number>;
  /** Milliseconds from an event's arrival to the frame that answers it. */
  readonly eventLatency: Histogram;
  /** Milliseconds of a page's render. */
  readonly renderTime: Histogram;
  /** Milliseconds of one flush: views, diff and encoding. */
  readonly flushTime: Histogram;
  /** Counts a session that starts, and the peak. */
  sessionOpened(): void;
  /** Counts a session that ends. */
  sessionClosed(): void;
  /** All figures now. */
  snapshot(): MetricsSnapshot;
}

/** What an error that the browser is told counts as. */
export function categoryOf(code: ErrorCode): ErrorCategory {
  switch (code) {
    case ErrorCode.HandlerNotFound:
      return "not_found";
    case ErrorCode.HandlerFailed:
      return "internal";
    case ErrorCode.RateLimited:
      return "rate_limit";
    case ErrorCode.NotAuthorized:
      return "unauthorized";
  }
  return "websocket";
}

/** New figures, all 0. */
export function createMetrics(): Metrics {
  const fields = zeroFields();
  const histograms = {
    eventLatency: new Histogram(),
    renderTime: new Histogram(),
    flushTime: new Histogram(),
  };
  const names = Object.keys(fields) as (keyof MetricFields)[];
  const metrics: Metrics = {
    ...fields,
    ...histograms,
    errors: {
      timeout: 0,
      rate_limit: 0,
      not_found: 0,
      unauthorized: 0,
      forbidden: 0,
      validation: 0,
      websocket: 0,
      internal: 0,
    },
    sessionOpened() {
      metrics.sessionsCreated++;
      metrics.sessionsActive++;
      metrics.sessionsPeak = Math.max(metrics.sessionsPeak, metrics.sessionsActive);
    },
    sessionClosed() {
      metrics.sessionsClosed++;
      metrics.sessionsActive--;
    },
    snapshot() {
      const now = { ...fields };
      for (const name of names) now[name] = metrics[name];
      return {
        ...now,
        errors: { ...metrics.errors },
        eventLatency: metrics.eventLatency.snapshot(),
        renderTime: metrics.renderTime.snapshot(),
        flushTime: metrics.flushTime.snapshot(),
      };
    },
  };
  return metrics;
}

function zeroFields(): MetricFields {
  return {
    sessionsActive: 0,
    sessionsPeak: 0,
    sessionsCreated: 0,
    sessionsClosed: 0,
    sessionsParked: 0,
    sessionsDetached: 0,
    sessionsEvicted: 0,
    sessionsResumed: 0,
    resumeFailures: 0,
    pagesRendered: 0,
    posts: 0,
    socketsOpen: 0,
    socketsRefused: 0,
    socketsDropped: 0,
    eventsReceived: 0,
    eventsHandled: 0,
    eventsRefused: 0,
    eventsDuplicate: 0,
    handlerErrors: 0,
    flushes: 0,
    patchesSent: 0,
    framesSent: 0,
    bytesIn: 0,
    bytesOut: 0,
    resyncs: 0,
    decodeErrors: 0,
    storeErrors: 0,
    memoryRss: 0,
    memoryHeap: 0,
  };
}

/** The sign, exponent and first four bits of the fraction of a float are the number of its bucket, but for a constant. */
function bucketOf(value: number): number {
  SCRATCH.setFloat64(0, value);
  const index = (SCRATCH.getInt32(0) >> 16) - ((1023 + LOWEST_EXPONENT) << 4);
  return index < 0 ? 0 : index >= BUCKETS ? BUCKETS - 1 : index;
}

function middleOf(index: number): number {
  const low = 2 ** ((index >> 4) + LOWEST_EXPONENT);
  return low * (1 + ((index & 15) + 0.5) / 16);
}
