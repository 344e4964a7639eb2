/**
 * Did something become slower? `deno task bench:gate` measures a part of the benches and compares each ratio with the one that is
 * recorded in bench/ratios.json; `--record` writes that file.
 *
 * Only ratios of one run are compared, since machines differ. They still waver, on a busy machine by a fifth: so what is over
 * {@linkcode SLACK} times its recorded ratio is measured twice more, and fails only when each measurement was over it.
 *
 * @module
 */
import { besideOf, type Group, GROUPS, nameOfGoal } from "./groups.ts";
import { ratioOf, runGroup } from "./run.ts";

/** How much slower than recorded something may be. */
export const SLACK = 1.3;

/** Ratios by group, operation and pair of contenders. */
export type Ratios = Record<string, Record<string, Record<string, number>>>;

const FILE = new URL("ratios.json", import.meta.url);
const ROUNDS = 3;
const MS = 150;

async function ratiosOf(
  group: Group,
  operations: readonly string[],
  rounds: number,
): Promise<Ratios[string]> {
  const contenders = [...new Set(group.goals.flatMap((goal) => [goal.ours, ...besideOf(goal)]))];
  const times = await runGroup(group, { rounds, ms: MS, contenders, operations });
  const ratios: Ratios[string] = {};
  for (const operation of operations) {
    for (const goal of group.goals) {
      (ratios[operation] ??= {})[nameOfGoal(goal)] = Number(ratioOf(times, operation, goal).toPrecision(3));
    }
  }
  return ratios;
}

/** The operations whose ratios are too far over the recorded ones, each with what is wrong. */
export function slower(found: Ratios[string], recorded: Ratios[string] = {}): Map<string, string> {
  const wrong = new Map<string, string>();
  for (const [operation, ratios] of Object.entries(found)) {
    for (const [pair, ratio] of Object.entries(ratios)) {
      const before = recorded[operation]?.[pair];
      if (before === undefined) wrong.set(operation, `${pair} is not recorded: run with --record`);
      else if (ratio > before * SLACK) {
        wrong.set(
          operation,
          `${pair} is ${ratio}, recorded ${before} (at most ${(before * SLACK).toFixed(2)})`,
        );
      }
    }
  }
  return wrong;
}

async function record(): Promise<void> {
  const ratios: Ratios = {};
  for (const [name, group] of Object.entries(GROUPS)) {
    ratios[name] = await ratiosOf(group, group.gate, ROUNDS * 2 + 1);
  }
  await Deno.writeTextFile(FILE, JSON.stringify(ratios, null, 2) + "\n");
}

async function check(): Promise<boolean> {
  const recorded: Ratios = JSON.parse(await Deno.readTextFile(FILE));
  let good = true;
  for (const [name, group] of Object.entries(GROUPS)) {
    let wrong = slower(await ratiosOf(group, group.gate, ROUNDS), recorded[name]);
    for (let again = 0; again < 2 && wrong.size > 0; again++) {
      wrong = slower(await ratiosOf(group, [...wrong.keys()], ROUNDS), recorded[name]);
    }
    for (const [operation, what] of wrong) console.log(`${name}, ${operation}: ${what}`);
    console.log(`${wrong.size === 0 ? "ok  " : "SLOW"} ${name}: ${group.gate.join(", ")}`);
    good &&= wrong.size === 0;
  }
  return good;
}

if (import.meta.main) {
  if (Deno.args.includes("--record")) await record();
  else if (!await check()) Deno.exit(1);
}
