/**
 * Runs the tests: `deno task test`, its smaller siblings, and `deno task night`.
 *
 * First what the tests need (packages, Chromium), then the tests in three lanes, since each of them waits much of its time:
 *
 *     unit tests ─► workspace members     (printed as they run)
 *     commands, documents, memory         (printed when they have run, as the next)
 *     in a browser
 *
 * Each group is one `deno test`. Files in which a test failed are run once more, alone, and that is told: tests that wait for real time
 * can fail on a machine that others use. The last line is `N passed, N failed, N skipped`; it also goes to the file named by VANGO_TEST_SUMMARY.
 *
 * Own options: `--skip-browser`, `--night` (full sizes), `--coverage` (and always where CI is set: prints which share of
 * the lines the unit tests run, and fails below the thresholds of tools/coverage.ts), `--deno=VERSION` (the unit tests of the shipped modules on
 * another Deno, from npm). Paths select tests; any other option is handed to `deno test`.
 *
 * @module
 */
import { resolve } from "node:path";
import { exists } from "@std/fs";
import { ROOT, run, runDeno, seconds } from "./_process.ts";
import { judge, readCoverage, sumModules } from "./coverage.ts";
import { CHROMIUM_ADVICE, CHROMIUM_VARIABLE, ensureChromium } from "./chromium.ts";
import {
  addReports,
  failedFiles,
  isPass,
  readReport,
  summaryLine,
  type TestReport,
  withSecondTry,
} from "./test_report.ts";

const BROWSER_TESTS = "tests/browser";
/** Tests that run programs: the command line, what documents say, and what sessions take. */
const PROGRAM_TESTS = ["tests/cli", "tests/docs", "tests/memory"];
const SHIPPED =
  "core vdom render protocol runtime router server errors features middleware stores testing memory"
    .split(" ");
/** Another version has another format of the lock. */
const OTHER_DENO = ["--no-lock"];
const DAY_BUDGET = 8 * 60_000;
const DAY_LIMIT = 12 * 60_000;
/** How many files of a group are run a second time when a test in them failed. */
const MAX_AGAIN = 3;
const NIGHT_LIMIT = 120 * 60_000;

/** The arguments of one `deno test`. */
interface Group {
  flags: string[];
  paths: string[];
  /** Whether its coverage is measured: all unit tests of the repository are in it. */
  covers?: boolean;
  /** Groups of one lane run one after the other, lanes at the same time. */
  lane: number;
}

/** What to run, and on which Deno. */
interface Plan {
  night: boolean;
  /** The version of another Deno, or undefined for this one. */
  version: string | undefined;
  groups: Group[];
}

/** Members of the workspace that hold tests. */
const MEMBERS = ["examples/jsx"];

/** What the arguments ask for. */
export function plan(args: string[], ci = false): Plan {
  const isOwn = (arg: string) =>
    arg === "--skip-browser" || arg === "--night" || arg === "--coverage" || arg.startsWith("--deno=");
  const flags = args.filter((arg) => arg.startsWith("-") && !isOwn(arg));
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const version = args.find((arg) => arg.startsWith("--deno="))?.slice("--deno=".length);
  const night = args.includes("--night");
  if (version !== undefined && paths.length === 0) paths.push(...SHIPPED.map((name) => `tests/${name}`));
  if (paths.length > 0) return { night, version, groups: [{ flags, paths, lane: 0 }] };
  // An example with a configuration of its own is a workspace member, which Deno tests apart from the root's files.
  const covers = (ci || args.includes("--coverage")) && !flags.some((flag) => flag.startsWith("--filter"));
  const others = [BROWSER_TESTS, ...PROGRAM_TESTS];
  const groups: Group[] = [
    { flags: [...flags, `--ignore=${others}`], paths: ["tests"], lane: 0, ...(covers ? { covers } : {}) },
    { flags, paths: MEMBERS, lane: 0 },
    { flags, paths: PROGRAM_TESTS, lane: 1 },
  ];
  if (!args.includes("--skip-browser")) groups.push({ flags, paths: [BROWSER_TESTS], lane: 2 });
  return { night, version, groups };
}

async function runGroup(group: Group, plan: Plan, chromium: string | undefined): Promise<TestReport> {
  const paths: string[] = [];
  for (const path of group.paths) if (await exists(resolve(ROOT, path))) paths.push(path);
  // With no path at all, `deno test` would run whatever it finds.
  if (paths.length === 0) {
    return { ...addReports([]), failed: 1, notes: [`failed: no tests at ${group.paths}`] };
  }
  const folder = await Deno.makeTempDir({ prefix: "vango-test-" });
  const junit = `${folder}/junit.xml`, skips = `${folder}/skips`;
  // A test may run this program too: the summary stays ours.
  const env: Record<string, string> = { VANGO_SKIPS: skips, VANGO_TEST_SUMMARY: "" };
  if (plan.night) env.VANGO_NIGHT = "1";
  // Older versions trust only their own list of authorities, which a registry behind a proxy is not on.
  if (plan.version !== undefined && !Deno.env.has("DENO_TLS_CA_STORE")) {
    env.DENO_TLS_CA_STORE = "system,mozilla";
  }
  if (chromium !== undefined) env[CHROMIUM_VARIABLE] = chromium;
  const show = group.lane === 0;
  const options = { cwd: ROOT, env, show, timeout: plan.night ? NIGHT_LIMIT : DAY_LIMIT };
  const coverage = group.covers ? [`--coverage=${folder}/coverage`, "--coverage-raw-data-only"] : [];
  // The gates check the types of all of it (tools/ok.ts).
  const unchecked = group.flags.includes("--no-check") ? [] : ["--no-check"];
  const args = ["test", "-A", ...unchecked, `--junit-path=${junit}`, ...coverage, ...group.flags, ...paths];
  const { code, output } = plan.version === undefined
    ? await runDeno(args, options)
    : await run("npx", ["-y", `deno@${plan.version}`, ...args, ...OTHER_DENO], options);
  if (!show) console.log(output);
  const read = (path: string) => Deno.readTextFile(path).catch(() => "");
  const filtered = group.flags.some((flag) => flag.startsWith("--filter"));
  const told = await read(junit);
  let report = readReport({ junit: told, skips: await read(skips), code, filtered });
  // Of a whole run, which has other lanes beside this one; and a few files, or it is no accident.
  const again = plan.groups.length > 1 ? failedFiles(told) : [];
  // A test that a helper registers counts as the helper's.
  if (again.length > 0 && again.length <= MAX_AGAIN && again.every((file) => /_test\.tsx?$/.test(file))) {
    const alone = { flags: group.flags, paths: again, lane: group.lane };
    console.log(`Failed once, and is tried again: ${again.join(", ")}`);
    report = withSecondTry(
      report,
      told,
      again,
      await runGroup(alone, { ...plan, groups: [alone] }, chromium),
    );
  }
  if (group.covers && report.failed === 0) await addCoverage(report, `${folder}/coverage`);
  // What was killed for its time may still write.
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  return report;
}

/** Prints which share of the lines was run; what is below its threshold is a failure of the run. */
async function addCoverage(report: TestReport, folder: string): Promise<void> {
  const { table, failures } = judge(sumModules(await readCoverage(folder)));
  for (const line of table) console.log(line);
  report.failed += failures.length;
  report.notes.push(...failures);
}

async function findBrowser(): Promise<string | undefined> {
  const chromium = await ensureChromium();
  console.log(chromium === undefined ? CHROMIUM_ADVICE : `Chromium: ${chromium}`);
  return chromium;
}

async function main(args: string[]): Promise<number> {
  const start = performance.now();
  const ci = Deno.env.get("CI") === "true";
  const todo = plan(args, ci);
  const inBrowser = [BROWSER_TESTS, ...PROGRAM_TESTS];
  const usesBrowser = todo.groups.some((group) =>
    group.paths.some((path) => inBrowser.some((name) => path.startsWith(name)))
  );
  const chromium = usesBrowser ? await findBrowser() : undefined;
  const install = await runDeno(["install", "--frozen"], { cwd: ROOT });
  if (install.code !== 0) console.error(install.output);
  const lanes = Map.groupBy(todo.groups, ({ lane }) => lane).values();
  const runLane = async (groups: Group[]) => {
    const reports: TestReport[] = [];
    for (const group of groups) reports.push(await runGroup(group, todo, chromium));
    return reports;
  };
  const report = addReports((await Promise.all(Array.from(lanes, runLane))).flat());
  const ms = performance.now() - start;
  for (const note of report.notes) console.log(note);
  if (!todo.night && ms > DAY_BUDGET) console.log(`slow: the run took ${seconds(ms)}, more than 8 minutes`);
  console.log(`Tests took ${seconds(ms)}`);
  console.log(summaryLine(report));
  const file = Deno.env.get("VANGO_TEST_SUMMARY");
  if (file) await Deno.writeTextFile(file, summaryLine(report) + "\n");
  return isPass(report, ci) ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
