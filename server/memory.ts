/**
 * Owns the watch over the process's memory: it looks now and then, and asks for room before the system takes it.
 *
 * Pressure is the larger of two shares: resident bytes of what the container (or machine) allows, and JavaScript heap
 * of V8's own limit. Past the soft mark, waiting sessions are put away, more of them the nearer the hard mark; past the
 * hard one new sessions are refused too and long-silent sockets closed. A level is left only well below its mark, and
 * after shedding the collector gets time before the next round, since freed memory shows late.
 *
 * ```
 * pressure   0 ───────── 0.75 soft ──── 0.90 hard ── 1
 * shed                   a quarter  ...  all
 * ```
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { getHeapStatistics } from "node:v8";
import { type Clock, type Stop, systemClock } from "./clock.ts";
import { granted, readText } from "./env.ts";

/** What the process takes and may take, in bytes. A limit of 0 is unknown. */
export interface MemorySample {
  /** Resident memory. */
  readonly rss: number;
  /** What the container or machine allows. */
  readonly rssLimit: number;
  /** JavaScript objects. */
  readonly heap: number;
  /** Where V8 ends the process. */
  readonly heapLimit: number;
}

/** How pressed the process is. */
export type MemoryLevel = "ok" | "soft" | "hard";

/** What the watch may ask for. */
export interface MemoryActions {
  /** Put away this share (over 0, at most 1) of the sessions that have no socket, oldest first. */
  shed(fraction: number): void;
  /** Close sockets that said nothing for long, and those before their hello. At the hard mark only. */
  closeSilent(): void;
  /** Told on each look, and whether the level just changed. */
  looked?(level: MemoryLevel, sample: MemorySample, changed: boolean): void;
}

/** How the watch works. */
export interface MemoryOptions {
  /** Milliseconds between looks. Default 5 s; 0: only when {@link MemoryWatch.check} is called. */
  intervalMs?: number;
  /** The share from which room is made. Default 0.75. */
  soft?: number;
  /** The share from which new sessions are refused. Default 0.9. */
  hard?: number;
  /** How far below its mark a level ends. Default 0.05. */
  slack?: number;
  /** Milliseconds after shedding before it is asked for again at the same level. Default 15 s. */
  cooldownMs?: number;
  /** Bytes that the process may take, where the container does not say. */
  limitBytes?: number;
  /** Reads memory. Default: the runtime. */
  probe?: () => MemorySample;
  /** Where the time comes from. Default: the machine. */
  clock?: Clock;
}

/** A running watch. */
export interface MemoryWatch {
  /** The level at the last look. */
  readonly level: MemoryLevel;
  /** Whether new sessions are to be refused. */
  readonly refusing: boolean;
  /** Looks now, and acts. */
  check(): MemoryLevel;
  /** Ends the watch. */
  close(): void;
}

/**
 * Starts watching.
 *
 * @throws {RangeError} Unless 0 < slack < soft < hard <= 1.
 *
 * @example
 * ```ts
 * import { watchMemory } from "./memory.ts";
 *
 * const watch = watchMemory({ shed() {}, closeSilent() {} }, { intervalMs: 0 });
 * console.assert(watch.check() === "ok");
 * watch.close();
 * ```
 */
export function watchMemory(actions: MemoryActions, options: MemoryOptions = {}): MemoryWatch {
  const { intervalMs = 5_000, soft = 0.75, hard = 0.9, slack = 0.05, cooldownMs = 15_000 } = options;
  if (!(slack > 0 && slack < soft && soft < hard && hard <= 1)) {
    throw coded(
      "E106",
      new RangeError(
        `Cannot watch memory: wanted 0 < slack < soft < hard <= 1, got ${slack}, ${soft}, ${hard}`,
      ),
    );
  }
  const clock = options.clock ?? systemClock;
  const probe = options.probe ?? runtimeProbe(options.limitBytes);
  let level: MemoryLevel = "ok";
  let shedAt = -Infinity;
  let stop: Stop | undefined;

  const check = (): MemoryLevel => {
    const sample = probe();
    const pressure = pressureOf(sample);
    const old = level;
    level = nextLevel(old, pressure);
    const worse = old === "ok" && level !== "ok" || old === "soft" && level === "hard";
    actions.looked?.(level, sample, level !== old);
    const now = clock.monotonic();
    if (level !== "ok" && pressure >= soft && (worse || now - shedAt >= cooldownMs)) {
      shedAt = now;
      actions.shed(Math.min(1, Math.max(0.25, 0.25 + 0.75 * (pressure - soft) / (hard - soft))));
      if (level === "hard") actions.closeSilent();
    }
    return level;
  };

  const nextLevel = (old: MemoryLevel, pressure: number): MemoryLevel => {
    if (pressure >= hard || old === "hard" && pressure >= hard - slack) return "hard";
    if (pressure >= soft || old !== "ok" && pressure >= soft - slack) return "soft";
    return "ok";
  };

  const plan = (): void => {
    stop = clock.after(intervalMs, () => {
      plan();
      check();
    });
  };
  if (intervalMs > 0) plan();

  return {
    get level() {
      return level;
    },
    get refusing() {
      return level === "hard";
    },
    check,
    close: () => stop?.(),
  };
}

/** The larger share of memory that is taken; 0 when no limit is known. */
export function pressureOf(sample: MemorySample): number {
  const share = (used: number, limit: number): number => limit > 0 ? used / limit : 0;
  return Math.max(share(sample.rss, sample.rssLimit), share(sample.heap, sample.heapLimit));
}

/**
 * Bytes that the container allows (cgroup 2, then 1), else the machine's memory; 0 when neither can be read.
 *
 * @param read Gives a file's text; undefined when there is none.
 * @param total Gives the machine's memory in bytes; 0 when unknown.
 */
export function memoryLimit(
  read: (path: string) => string | undefined = readText,
  total: () => number = machineMemory,
): number {
  const groups = (read("/proc/self/cgroup") ?? "").split("\n").map((line) => line.split(":"));
  const unified = groups.find((group) => group[0] === "0" && group[1] === "")?.[2] ?? "/";
  const legacy = groups.find((group) => group[1]?.split(",").includes("memory"))?.[2] ?? "/";
  const limits = [
    ...ancestors(unified).map((path) => read(`/sys/fs/cgroup${path}memory.max`)),
    ...ancestors(legacy).map((path) => read(`/sys/fs/cgroup/memory${path}memory.limit_in_bytes`)),
  ].filter((text) => text !== undefined && /^\d+$/.test(text)).map(Number);
  const machine = total();
  // Without a limit cgroup 1 says some number near 2^63.
  const real = limits.filter((limit) => limit > 0 && limit < 2 ** 52 && (machine === 0 || limit < machine));
  return real.length > 0 ? Math.min(...real) : machine;
}

/** A path and all above it, each with a slash at its end: `/a/b` -> `/a/b/`, `/a/`, `/`. */
function ancestors(path: string): string[] {
  const names = path.split("/").filter((name) => name !== "" && name !== "..").slice(0, 16);
  return names.map((_, index) => `/${names.slice(0, names.length - index).join("/")}/`).concat("/");
}

function machineMemory(): number {
  return granted({ name: "sys", kind: "systemMemoryInfo" }) ? Deno.systemMemoryInfo().total : 0;
}

function runtimeProbe(limitBytes: number | undefined): () => MemorySample {
  const rssLimit = limitBytes ?? memoryLimit();
  const heapLimit = getHeapStatistics().heap_size_limit;
  return () => {
    const { rss, heapUsed } = Deno.memoryUsage();
    return { rss, rssLimit, heap: heapUsed, heapLimit };
  };
}
