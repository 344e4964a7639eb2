/**
 * Times one operation of one contender, and prints what it took: `deno run -A bench/measure.ts MODULE OPERATION MS WARM_UP_MS`.
 *
 * First a warm-up, then samples of at least 10 ms each, so that each holds its share of collections; the result is their median.
 *
 * @module
 */
import { now } from "./clock.ts";
import type { ContenderModule, Prepared } from "./contender.ts";

/** What a measurement gives. */
export interface Measured {
  /** Nanoseconds per operation. */
  ns: number;
  /** What the contender counted; null when nothing can be. */
  counted: number | null;
}

/** The length of a sample, in nanoseconds. */
const SAMPLE = 10e6;

let sink = 0;
let kept: unknown;

/** Uses a result up: an object must be made, and a string is made flat, as sending it does. */
function consume(result: unknown): void {
  if (typeof result === "string") sink += result.charCodeAt(result.length >> 1);
  else kept = result;
}

/** One sample: nanoseconds per operation. */
function sample(prepared: Prepared, batch: number): number {
  const { count = 1 } = prepared;
  let spent = 0;
  let operations = 0;
  while (spent < SAMPLE) {
    const start = now();
    for (let i = 0; i < batch; i++) consume(prepared.run());
    spent += now() - start;
    operations += batch * count;
    prepared.reset?.();
  }
  return spent / operations;
}

/** How many runs are worth a look at the clock: about a millisecond. */
function batchOf(prepared: Prepared): number {
  if (prepared.reset !== undefined) return 1;
  let batch = 1;
  for (;;) {
    const start = now();
    for (let i = 0; i < batch; i++) consume(prepared.run());
    if (now() - start > 1e6) return batch;
    batch *= 2;
  }
}

/** Times an operation for about `ms` milliseconds, after a warm-up of `warmUp`. */
export function measure(prepared: Prepared, ms: number, warmUp: number): Measured {
  for (const end = now() + warmUp * 1e6; now() < end;) sample(prepared, batchOf(prepared));
  const batch = batchOf(prepared);
  const samples: number[] = [];
  for (const end = now() + ms * 1e6; now() < end;) samples.push(sample(prepared, batch));
  samples.sort((a, b) => a - b);
  return { ns: samples[samples.length >> 1], counted: prepared.counted ?? null };
}

if (import.meta.main) {
  const [module, operation, ms, warmUp] = Deno.args;
  const { prepare } = await import(module) as ContenderModule;
  console.log(JSON.stringify(measure(prepare(operation), Number(ms), Number(warmUp))));
  if (sink === 0.5) console.log(sink, kept);
}
