/**
 * Runs the benches: `deno task bench [GROUP …] [--quick] [--rounds=5] [--ms=300] [--only=TEXT] [--json=FILE]`.
 *
 * Each contender does each operation in a process of its own, and they take turns, round by round. A ratio is of the two
 * measurements of one round; what is told are medians. `--quick` is one short round, to see that everything still runs.
 *
 * @module
 */
import { besideOf, type Goal, type Group, GROUPS, nameOfGoal } from "./groups.ts";
import type { Measured } from "./measure.ts";

/** How a group is run. */
export interface RunOptions {
  rounds: number;
  /** Milliseconds of a measurement. */
  ms: number;
  /** Milliseconds of the warm-up before it: {@linkcode WARM_UP} by default. */
  warmUp?: number;
  /** Which contenders; all by default. */
  contenders?: readonly string[];
  /** Which operations; all by default. */
  operations?: readonly string[];
  /** Called before each measurement. */
  progress?(what: string): void;
}

/** After an eighth of it the engine had not compiled all of a view yet, which was three times as slow as in the end. */
const WARM_UP = 1000;

/** What was measured: by operation and contender, one for each round. */
export type Times = Record<string, Record<string, Measured[]>>;

/** Times one operation of one contender in a process of its own. */
async function measureApart(
  module: string,
  operation: string,
  { ms, warmUp = WARM_UP }: RunOptions,
): Promise<Measured> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      new URL("measure.ts", import.meta.url).pathname,
      module,
      operation,
      `${ms}`,
      `${warmUp}`,
    ],
    // Libraries leave out their checks.
    env: { NODE_ENV: "production", NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`Cannot measure ${operation} of ${module}: ${text.decode(stderr)}`);
  return JSON.parse(text.decode(stdout).trim().split("\n").at(-1)!);
}

/** Runs a group. */
export async function runGroup(group: Group, options: RunOptions): Promise<Times> {
  const { operations = group.operations, contenders = Object.keys(group.contenders) } = options;
  const times: Times = {};
  for (let round = 0; round < options.rounds; round++) {
    for (const operation of operations) {
      for (const name of contenders) {
        options.progress?.(`${round + 1}/${options.rounds} ${operation}: ${name}`);
        const measured = await measureApart(group.contenders[name], operation, options);
        ((times[operation] ??= {})[name] ??= []).push(measured);
      }
    }
  }
  return times;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** The ratio of a goal: the median of those of single rounds. */
export function ratioOf(times: Times, operation: string, goal: Pick<Goal, "ours" | "beside">): number {
  const base = besideOf(goal).map((name) => times[operation][name]);
  // Of several, who is the fastest of all rounds: that of each round would be the luckiest.
  const best = base.reduce((a, b) => medianNs(b) < medianNs(a) ? b : a);
  return median(times[operation][goal.ours].map(({ ns }, i) => ns / best[i].ns));
}

function medianNs(measured: readonly Measured[]): number {
  return median(measured.map(({ ns }) => ns));
}

/** The most that a goal wants of an operation; null when nothing was promised. */
export function mostOf(goal: Goal, operation: string): number | null {
  return goal.most === null ? null : goal.most[operation] ?? goal.most[""];
}

function timeText(ns: number): string {
  return ns < 1000 ? `${ns.toPrecision(3)} ns` : `${Number((ns / 1000).toPrecision(3))} µs`;
}

/** A group's times as a table of Markdown. */
export function timesTable(group: Group, times: Times): string {
  const names = Object.keys(group.contenders);
  let text = `| | ${names.join(" | ")} |\n|${" --- |".repeat(names.length + 1)}\n`;
  for (const operation of Object.keys(times)) {
    const cells = names.map((name) => {
      const measured = times[operation][name];
      const counted = measured[0].counted;
      return timeText(median(measured.map(({ ns }) => ns))) + (counted === null ? "" : ` (${counted})`);
    });
    text += `| ${operation} | ${cells.join(" | ")} |\n`;
  }
  return text;
}

/** A group's goals as a table of Markdown; empty when it has none. */
export function goalsTable(group: Group, times: Times): string {
  if (group.goals.length === 0) return "";
  const heads = group.goals.map((goal) => `${nameOfGoal(goal)} | wanted`);
  let text = `| | ${heads.join(" | ")} |\n|${" --- |".repeat(heads.length * 2 + 1)}\n`;
  for (const operation of Object.keys(times)) {
    const cells = group.goals.map((goal) => {
      const ratio = ratioOf(times, operation, goal);
      const most = mostOf(goal, operation);
      if (most === null) return `${ratio.toFixed(2)} | `;
      return `${ratio <= most ? ratio.toFixed(2) : `**${ratio.toFixed(2)}**`} | ≤ ${most}`;
    });
    text += `| ${operation} | ${cells.join(" | ")} |\n`;
  }
  return text;
}

function optionOf(name: string): string | undefined {
  return Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

async function main(): Promise<void> {
  const quick = Deno.args.includes("--quick");
  const only = optionOf("only");
  const asked = Deno.args.filter((arg) => !arg.startsWith("--"));
  const wrong = asked.find((name) => !(name in GROUPS));
  if (wrong !== undefined) {
    throw new TypeError(`Cannot run the group ${wrong}: there are ${Object.keys(GROUPS).join(", ")}`);
  }
  const results: Record<string, Times> = {};
  for (const name of asked.length > 0 ? asked : Object.keys(GROUPS)) {
    const group = GROUPS[name];
    const times = await runGroup(group, {
      rounds: Number(optionOf("rounds") ?? (quick ? 1 : 5)),
      ms: Number(optionOf("ms") ?? (quick ? 20 : 300)),
      ...(quick ? { warmUp: 20 } : {}),
      operations: group.operations.filter((operation) => only === undefined || operation.includes(only)),
      progress: (what) => console.error(`${name} ${what}`),
    });
    results[name] = times;
    console.log(`\n### ${name}: ${group.question}\n`);
    if (group.counts !== null) console.log(`In brackets: ${group.counts}.\n`);
    console.log(timesTable(group, times));
    const goals = goalsTable(group, times);
    if (goals !== "") console.log(goals);
  }
  const file = optionOf("json");
  const machine = { deno: Deno.version.deno, v8: Deno.version.v8, cores: navigator.hardwareConcurrency };
  if (file !== undefined) {
    await Deno.writeTextFile(file, JSON.stringify({ machine, results }, null, 2) + "\n");
  }
}

if (import.meta.main) await main();
