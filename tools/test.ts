/**
 * Runs the tests: `deno task test`, its smaller siblings, and `deno task night`.
 *
 * First what the tests need (packages, Chromium), then those without a browser, then those in one, each group in one
 * `deno test`. The last line is `N passed, N failed, N skipped`; it also goes to the file named by VANGO_TEST_SUMMARY.
 *
 * Own options: `--skip-browser`, `--night` (full sizes), `--deno=VERSION` (the unit tests of the shipped modules on
 * another Deno, from npm). Paths select tests; any other option is handed to `deno test`.
 *
 * @module
 */
import { exists } from "@std/fs";
import { ROOT, run, runDeno, seconds } from "./_process.ts";
import { CHROMIUM_ADVICE, CHROMIUM_VARIABLE, ensureChromium } from "./chromium.ts";
import { addReports, isPass, readReport, summaryLine, type TestReport } from "./test_report.ts";

const BROWSER_TESTS = "tests/browser";
const SHIPPED = ["core", "vdom", "render", "protocol", "runtime", "router", "server", "testing"];
const DAY_BUDGET = 8 * 60_000;
const DAY_LIMIT = 12 * 60_000;
const NIGHT_LIMIT = 120 * 60_000;

interface Plan {
  night: boolean;
  version: string | undefined;
  groups: string[][];
}

/** What the arguments ask for: which Deno, and the arguments of each `deno test`. */
export function plan(args: string[]): Plan {
  const own = new Set(["--skip-browser", "--night"]);
  const version = args.find((arg) => arg.startsWith("--deno="))?.slice("--deno=".length);
  const flags = args.filter((arg) => arg.startsWith("-") && !own.has(arg) && !arg.startsWith("--deno="));
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const night = args.includes("--night");
  if (version !== undefined) {
    return { night, version, groups: [[...flags, ...SHIPPED.map((name) => `tests/${name}/`)]] };
  }
  if (paths.length > 0) return { night, version, groups: [[...flags, ...paths]] };
  const groups = [[...flags, `--ignore=${BROWSER_TESTS}`, "tests/"]];
  if (!args.includes("--skip-browser")) groups.push([...flags, `${BROWSER_TESTS}/`]);
  return { night, version, groups };
}

async function runGroup(args: string[], plan: Plan, chromium: string | undefined): Promise<TestReport> {
  const folder = await Deno.makeTempDir({ prefix: "vango-test-" });
  const junit = `${folder}/junit.xml`, skips = `${folder}/skips`;
  const env: Record<string, string> = { VANGO_SKIPS: skips };
  if (plan.night) env.VANGO_NIGHT = "1";
  if (chromium !== undefined) env[CHROMIUM_VARIABLE] = chromium;
  const options = { cwd: ROOT, env, show: true, timeout: plan.night ? NIGHT_LIMIT : DAY_LIMIT };
  const present: string[] = [];
  for (const arg of args) if (arg.startsWith("-") || await exists(`${ROOT}/${arg}`)) present.push(arg);
  const common = ["test", "-A", `--junit-path=${junit}`];
  const { code } = plan.version === undefined
    ? await runDeno([...common, ...present], options)
    : await run("npx", ["-y", `deno@${plan.version}`, ...common, "--no-lock", ...present], options);
  const read = (path: string) => Deno.readTextFile(path).catch(() => "");
  const report = readReport({ junit: await read(junit), skips: await read(skips), code });
  await Deno.remove(folder, { recursive: true });
  return report;
}

async function findBrowser(): Promise<string | undefined> {
  const chromium = await ensureChromium();
  console.log(chromium === undefined ? CHROMIUM_ADVICE : `Chromium: ${chromium}`);
  return chromium;
}

async function main(args: string[]): Promise<number> {
  const start = performance.now();
  const todo = plan(args);
  const usesBrowser = todo.groups.some((group) => group.some((arg) => arg.startsWith(BROWSER_TESTS)));
  const chromium = usesBrowser ? await findBrowser() : undefined;
  const install = await runDeno(["install", "--frozen"], { cwd: ROOT });
  if (install.code !== 0) console.error(install.output);
  const reports: TestReport[] = [];
  for (const group of todo.groups) reports.push(await runGroup(group, todo, chromium));
  const report = addReports(reports);
  const ms = performance.now() - start;
  for (const note of report.notes) console.log(note);
  if (!todo.night && ms > DAY_BUDGET) console.log(`slow: the run took ${seconds(ms)}, more than 8 minutes`);
  console.log(`Tests took ${seconds(ms)}`);
  console.log(summaryLine(report));
  const file = Deno.env.get("VANGO_TEST_SUMMARY");
  if (file !== undefined) await Deno.writeTextFile(file, summaryLine(report) + "\n");
  return isPass(report, Deno.env.get("CI") === "true") ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
