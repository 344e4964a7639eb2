/**
 * How far is a Vango counter from one written by hand on Deno's WebSocket: in clicks per second, CPU time per click, bytes
 * per click and memory per idle session?
 *
 * Every measurement has a fresh server process, and the load in a process of its own; where `taskset` is there the server
 * has the first core and the load the second. The two servers take turns, and what is reported are medians over the
 * rounds, and medians of the ratios within rounds: what else the machine does hits both.
 *
 *     deno run -A bench/counter/run.ts [--rounds=7] [--seconds=4] [--sessions=100,1000] [--only=clicks|idle] [--json=FILE]
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { type ClicksResult, type IdleResult, machineCpu, type ServerName } from "./load.ts";
import { measure, type Orders, pinned } from "./measure.ts";

/** What is measured per round, by server. */
interface Rounds<T> {
  vango: T[];
  bare: T[];
}

const NAMES: readonly ServerName[] = ["bare", "vango"];

/** Waits until the machine is idle, at most half a minute. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const from = machineCpu();
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (machineCpu() - from < 50_000) return;
  }
}

/** Measures until nothing else kept the machine busy meanwhile, at most six times; gives the least disturbed. */
async function undisturbed(server: ServerName, order: Orders): Promise<ClicksResult> {
  let best: ClicksResult | null = null;
  for (let i = 0; i < 6 && (best === null || best.others > 0.1); i++) {
    await quiet();
    const result = await measure<ClicksResult>(server, order);
    if (best === null || result.others < best.others) best = result;
  }
  return best!;
}

async function rounds<T>(
  count: number,
  order: Orders,
  one: (server: ServerName, order: Orders) => Promise<T>,
): Promise<Rounds<T>> {
  const results: Rounds<T> = { vango: [], bare: [] };
  for (let round = 0; round < count; round++) {
    for (const server of round % 2 === 0 ? NAMES : NAMES.toReversed()) {
      results[server].push(await one(server, order));
    }
  }
  return results;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One line of the table. */
interface Row {
  vango: number;
  bare: number;
  /** Vango's figure by the bare server's: the median of the rounds' ratios. */
  ratio: number;
  /** The least and the greatest ratio of a round. */
  range: [number, number];
}

function row<T>(results: Rounds<T>, figure: (result: T) => number): Row {
  const [vango, bare] = [results.vango.map(figure), results.bare.map(figure)];
  const ratios = vango.map((value, i) => value / bare[i]);
  return {
    vango: round(median(vango)),
    bare: round(median(bare)),
    ratio: round(median(ratios)),
    range: [round(Math.min(...ratios)), round(Math.max(...ratios))],
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function table(rows: Record<string, Row>): string {
  const lines = Object.entries(rows).map(([name, { vango, bare, ratio, range }]) =>
    `| ${name} | ${vango} | ${bare} | ${ratio.toFixed(2)} | ${range.map((r) => r.toFixed(2)).join(" to ")} |`
  );
  return ["| | Vango | by hand | ratio | of single rounds |", "|---|---|---|---|---|", ...lines].join("\n");
}

/** What a run before this one wrote; null when there is none. */
async function readCounter(
  file: string,
): Promise<{ rows: Record<string, Row>; others: unknown; exact: unknown } | null> {
  try {
    return JSON.parse(await Deno.readTextFile(file)).counter;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

if (import.meta.main) {
  const flags = parseArgs(Deno.args, { string: ["rounds", "seconds", "sessions", "only", "json"] });
  const count = Number(flags.rounds ?? 7);
  const sizes = (flags.sessions ?? "100,1000").split(",").map(Number);
  const rows: Record<string, Row> = {};
  let exact: unknown = null;
  let others: number | null = null;
  if (flags.only !== "idle") {
    for (const sessions of sizes) {
      const order: Orders = { mode: "clicks", sessions, seconds: Number(flags.seconds ?? 4), warmup: 2 };
      const results = await rounds(count, order, undisturbed);
      const name = (what: string) => `${sessions} sessions: ${what}`;
      rows[name("clicks per second")] = row(results, (r) => r.clicksPerSecond);
      rows[name("clicks per second of the server's CPU")] = row(results, (r) => 1e6 / r.cpuUs);
      rows[name("server CPU per click, µs")] = row(results, (r) => r.cpuUs);
      rows[name("share of a core: server")] = row(results, (r) => r.busy.server);
      rows[name("share of a core: load")] = row(results, (r) => r.busy.load);
      rows[name("bytes up per click")] = row(results, (r) => r.bytes.up);
      rows[name("bytes down per click, the answer")] = row(results, (r) => r.bytes.answer);
      rows[name("bytes down per click, with snapshots")] = row(
        results,
        (r) => r.bytes.answer + r.bytes.other,
      );
      others = Math.max(
        others ?? 0,
        ...results.vango.map((r) => r.others),
        ...results.bare.map((r) => r.others),
      );
      exact ??= { first100: { vango: results.vango[0].first100, bare: results.bare[0].first100 } };
    }
  }
  if (flags.only !== "clicks") {
    for (const [clicks, kind] of [[0, "idle session"], [10, "session after ten clicks"]] as const) {
      const results = await rounds(
        Math.min(count, 5),
        { mode: "idle", few: 1000, many: 5000, clicks },
        (server, order) => measure<IdleResult>(server, order),
      );
      rows[`resident bytes per ${kind}`] = row(results, (r) => r.rss);
      rows[`heap bytes per ${kind}`] = row(results, (r) => r.heap);
    }
  }
  console.log(table(rows));
  const pins = pinned ? "server and load on a core each" : "no core pinned";
  const rest = others === null ? "" : `, other processes on at most ${others.toFixed(2)} cores`;
  console.log(`\n${count} rounds, ${sizes.join(" and ")} sessions, ${pins}${rest}`);
  if (flags.json !== undefined) {
    const machine = {
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      cores: navigator.hardwareConcurrency,
      pinned,
    };
    // What was not measured this time stays as it was.
    const old = flags.only === undefined ? null : await readCounter(flags.json);
    const counter = {
      rounds: count,
      sessions: sizes,
      machine,
      others: others ?? old?.others ?? null,
      rows: { ...old?.rows, ...rows },
      exact: exact ?? old?.exact ?? null,
    };
    await Deno.writeTextFile(flags.json, `${JSON.stringify({ counter }, null, 2)}\n`);
  }
}
