/**
 * Runs one part of the fuzzing within its budget: so many frames, or so long.
 *
 * @module
 */
import { Random } from "./random.ts";

/** How much is to be done. */
export interface Budget {
  /** What the frames are made from. */
  readonly seed: number;
  /** Frames of all parts together; 0: as many as fit. */
  readonly frames: number;
  /** Seconds of all parts together, where frames are not counted. */
  readonly seconds: number;
  /** Whether one part has all of it. */
  readonly alone: boolean;
  /** A file for the outcome of each part, one JSON object a line; "" for none. */
  readonly report: string;
}

/** What became of a part. */
export interface Outcome {
  /** The part. */
  readonly part: string;
  /** Frames that were sent. */
  readonly frames: number;
  /** How long it took. */
  readonly seconds: number;
  /** By how many bytes the heap grew, from the first tenth to the end. */
  readonly grown: number;
}

/** What a part does, and how often. */
export interface PartOptions {
  /** How much is to be done. */
  readonly budget: Budget;
  /** Sends one wrong frame, made with these random numbers; throws when it cost more than itself. */
  readonly feed: (random: Random) => void | Promise<void>;
  /** Bytes of the heap, after a collection. Default: the runtime's. */
  readonly heap?: () => number;
}

/** How many parts share the seconds evenly. */
const PARTS = 4;
/** By how much the heap may grow: what engines and caches take, and no more for a million frames than for ten thousand. */
const MAX_GROWN = 48 * 1024 * 1024;

/** Reads the budget from the environment, as tools/fuzz.ts sets it. */
export function readBudget(env: (name: string) => string | undefined): Budget {
  return {
    seed: Number(env("VANGO_FUZZ_SEED") ?? Math.floor(Math.random() * 2 ** 31)),
    frames: Number(env("VANGO_FUZZ_FRAMES") ?? 0),
    seconds: Number(env("VANGO_FUZZ_SECONDS") ?? PARTS),
    alone: env("VANGO_FUZZ_ALONE") === "1",
    report: env("VANGO_FUZZ_REPORT") ?? "",
  };
}

/**
 * Feeds wrong frames until the budget is spent.
 *
 * @param share Of the frames, from 0 to 1.
 * @throws {Error} With the seed and the number of the frame, when one cost more than itself, or memory grew.
 */
export async function runPart(part: string, share: number, options: PartOptions): Promise<Outcome> {
  const { budget, feed, heap = heapUsed } = options;
  const random = new Random(budget.seed);
  const frames = Math.ceil(budget.frames * (budget.alone ? 1 : share));
  const started = performance.now();
  const end = started + budget.seconds * 1000 / (budget.alone ? 1 : PARTS);
  const isOver = (n: number) => frames > 0 ? n >= frames : n % 16 === 0 && performance.now() >= end;
  const warm = frames > 0 ? Math.ceil(frames / 10) : 0;
  let before = 0;
  let n = 0;
  for (; !isOver(n); n++) {
    if (before === 0 && (warm > 0 ? n >= warm : performance.now() - started > (end - started) / 10)) {
      before = heap();
    }
    try {
      const fed = feed(random);
      // Decoders are ten times as fast without it.
      if (fed !== undefined) await fed;
    } catch (cause) {
      const again = `deno task fuzz --seed=${budget.seed} --part="${part}" --frames=${n + 1}`;
      throw new Error(`${part} failed at frame ${n} of seed ${budget.seed}; to see it again: ${again}`, {
        cause,
      });
    }
  }
  const outcome = { part, frames: n, seconds: (performance.now() - started) / 1000, grown: heap() - before };
  if (budget.report !== "") {
    await Deno.writeTextFile(budget.report, JSON.stringify(outcome) + "\n", { append: true });
  }
  if (outcome.grown > MAX_GROWN) {
    throw new Error(
      `${part} left ${outcome.grown} bytes more on the heap after ${n} frames of seed ${budget.seed}`,
    );
  }
  return outcome;
}

function heapUsed(): number {
  // There with --v8-flags=--expose-gc alone.
  (globalThis as { gc?: () => void }).gc?.();
  return Deno.memoryUsage().heapUsed;
}
