/**
 * Which share of each module's lines the unit tests run: read from `deno coverage --lcov`, with a threshold for each.
 *
 * Lines that only a browser runs do not count as run. A file that no test loads counts with all its lines, unless it holds
 * nothing but types, or is a program that a browser starts.
 *
 * @module
 */
import { walk } from "@std/fs";
import { ROOT, runDeno } from "./_process.ts";

/** The least share of lines by module, in percent. */
export const THRESHOLDS: Readonly<Record<string, number>> = {
  core: 95,
  vdom: 95,
  render: 95,
  protocol: 95,
  server: 90,
  client: 90,
};

/** What is started by a browser, and what a generator writes: no unit test loads the one, the other is one string. */
const LEFT_OUT = new Set(["client/main.ts", "client/rare_main.ts", "client/dist.ts"]);

/** Lines of a file, or of a module. */
export interface Lines {
  /** Those that were run. */
  run: number;
  /** Those that can be. */
  all: number;
}

/** The lines of each file of a report, by its path below `root`. A file may be in it several times. */
export function readLcov(text: string, root: string): Map<string, Lines> {
  const hits = new Map<string, Map<string, boolean>>();
  let lines = new Map<string, boolean>();
  for (const row of text.split("\n")) {
    if (row.startsWith("SF:")) {
      const path = row.slice(3).replace(`${root}/`, "");
      lines = hits.get(path) ?? new Map();
      hits.set(path, lines);
    } else if (row.startsWith("DA:")) {
      const [line, count] = row.slice(3).split(",");
      lines.set(line, lines.get(line) === true || count !== "0");
    }
  }
  return new Map(
    [...hits].map((
      [path, lines],
    ) => [path, { run: [...lines.values()].filter(Boolean).length, all: lines.size }]),
  );
}

/** How many lines of a source are code that runs; 0 when it holds types alone. */
export function countCode(source: string): number {
  const bare = source.replace(/\/\*[\s\S]*?\*\//g, "");
  if (!/^(?:export )?(?:async )?(?:function|class|abstract class|const|let)\b/m.test(bare)) return 0;
  return bare.split("\n").filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
}

/** The lines of each module with a threshold, added up. */
export function sumModules(files: ReadonlyMap<string, Lines>): Map<string, Lines> {
  const sums = new Map(Object.keys(THRESHOLDS).map((module) => [module, { run: 0, all: 0 }]));
  for (const [path, { run, all }] of files) {
    const sum = sums.get(path.slice(0, path.indexOf("/")));
    if (sum === undefined || LEFT_OUT.has(path)) continue;
    sum.run += run;
    sum.all += all;
  }
  return sums;
}

/** A table of the modules, and a line for each that is below its threshold. */
export function judge(modules: ReadonlyMap<string, Lines>): { table: string[]; failures: string[] } {
  const failures: string[] = [];
  const table = [...modules].map(([module, { run, all }]) => {
    // Rounded down: 94.99 is not 95.
    const share = all === 0 ? 0 : Math.floor(run / all * 10_000) / 100;
    const least = THRESHOLDS[module];
    if (share < least) {
      failures.push(
        `failed: the tests run ${share} % of the lines of ${module}: at least ${least} % are wanted`,
      );
    }
    return `${module.padEnd(9)} ${share.toFixed(2).padStart(6)} % of ${
      String(all).padStart(5)
    } lines (at least ${least} %)`;
  });
  return { table, failures };
}

/** Reads what `deno test --coverage=folder` left, and the files that no test loaded. */
export async function readCoverage(folder: string): Promise<Map<string, Lines>> {
  const lcov = `${folder}/lcov.info`;
  const include = `^file://${ROOT}/(${Object.keys(THRESHOLDS).join("|")})/`;
  const args = ["coverage", "--lcov", `--output=${lcov}`, `--include=${include}`, folder];
  const { code, output } = await runDeno(args, { cwd: ROOT });
  if (code !== 0) throw new Error(`Cannot read the coverage: ${output}`);
  const files = readLcov(await Deno.readTextFile(lcov), ROOT);
  for (const module of Object.keys(THRESHOLDS)) {
    // What vdom/spec holds is read by the generators alone.
    for await (const { path } of walk(`${ROOT}/${module}`, { exts: ["ts"], skip: [/\/spec\//] })) {
      const name = path.slice(ROOT.length + 1);
      if (!files.has(name)) files.set(name, { run: 0, all: countCode(await Deno.readTextFile(path)) });
    }
  }
  return files;
}
