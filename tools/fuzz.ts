/**
 * Sends wrong frames to both ends: `deno task fuzz`, through `deno bench` (bench/fuzz_bench.ts).
 *
 * Options: `--seconds=60` (as many frames as fit, shared by the parts; the default), `--frames=N` (so many of all parts
 * together, however long it takes), `--seed=N` (default: a new one, which is printed), `--part=NAME` (one part alone; a
 * failure prints what to run to see it again).
 *
 * @module
 */
import { ROOT, runDeno } from "./_process.ts";
import { readBudget } from "../bench/fuzz/run.ts";

/** How much is to be done. */
export interface FuzzPlan {
  /** Arguments of `deno`. */
  readonly args: string[];
  /** The environment of bench/fuzz_bench.ts. */
  readonly env: Record<string, string>;
  /** Milliseconds after which something hangs. */
  readonly timeout: number;
}

/** Frames in a second, where the slowest part of a slow machine is far faster. */
const SLOWEST = 100;

/**
 * What the arguments ask for.
 *
 * @throws {RangeError} When one is none of ours, or no number.
 */
export function planFuzz(args: readonly string[], random: () => number = Math.random): FuzzPlan {
  const options = { seed: Math.floor(random() * 2 ** 31), seconds: 60, frames: 0 };
  let part = "";
  for (const arg of args) {
    const [, name, value] = /^--(\w+)=(.+)$/.exec(arg) ?? [];
    if (name === "part") part = value;
    else if (name in options && Number.isSafeInteger(Number(value)) && Number(value) >= 0) {
      options[name as keyof typeof options] = Number(value);
    } else {
      throw new RangeError(
        `Cannot fuzz with ${arg}: expected --seed=N, --seconds=N, --frames=N or --part=NAME`,
      );
    }
  }
  const { seed, seconds, frames } = options;
  return {
    args: [
      ...["bench", "-A", "--no-check", "--v8-flags=--expose-gc"],
      ...(part === "" ? [] : [`--filter=${part}`]),
      "bench/fuzz_bench.ts",
    ],
    env: {
      VANGO_FUZZ_SEED: String(seed),
      VANGO_FUZZ_SECONDS: String(seconds),
      VANGO_FUZZ_FRAMES: String(frames),
      VANGO_FUZZ_ALONE: part === "" ? "0" : "1",
    },
    timeout: 120_000 + (frames > 0 ? frames / SLOWEST : 3 * seconds) * 1000,
  };
}

async function main(): Promise<number> {
  const plan = planFuzz(Deno.args);
  const { seed } = readBudget((name) => plan.env[name]);
  console.log(`Fuzzing from seed ${seed}`);
  const report = await Deno.makeTempFile({ prefix: "vango-fuzz-" });
  const env = { ...plan.env, VANGO_FUZZ_REPORT: report };
  const { code, output } = await runDeno(plan.args, { cwd: ROOT, env, timeout: plan.timeout });
  if (code !== 0) console.log(output);
  let frames = 0;
  const text = await Deno.readTextFile(report);
  await Deno.remove(report);
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const outcome = JSON.parse(line) as { part: string; frames: number; seconds: number; grown: number };
    frames += outcome.frames;
    console.log(
      `${outcome.part.padEnd(14)} ${String(outcome.frames).padStart(9)} frames in ${
        outcome.seconds.toFixed(1)
      } s, ` +
        `heap ${(outcome.grown / 1024).toFixed(0)} KiB more`,
    );
  }
  if (code === 124) console.log(`Fuzzing from seed ${seed} hangs in the part after those above`);
  console.log(`${frames} frames from seed ${seed}: ${code === 0 ? "all is well" : "FAILED"}`);
  return code === 0 && frames > 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main());
