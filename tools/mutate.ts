/**
 * Does a test notice when the diff or the codec goes wrong? `deno task mutate` changes places of their sources one at a time (a
 * condition is flipped, a number is one more, a line is dropped), runs the tests that ought to notice, and names the changes that
 * none noticed.
 *
 * A change that makes no difference is listed in tools/mutate_equivalent.json with the reason; any other survivor fails the run.
 * The sources stay as they are: each worker changes a copy of the repository.
 *
 * Options: `--seed=N` (which places; default 1), `--count=50`, `--workers=2`, `--list` (prints the places and runs nothing).
 *
 * @module
 */
import { dirname } from "node:path";
import { Random } from "../bench/fuzz/random.ts";
import { ROOT, run, runDeno, type RunResult, seconds } from "./_process.ts";

const vdom = (name: string) => `vdom/${name}.ts`;
const protocol = (name: string) => `protocol/${name}.ts`;

/** What is changed, and which tests ought to notice. */
interface Target {
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

const TARGETS: readonly Target[] = [
  {
    files: ["diff", "match", "text", "template_diff", "numbers", "element_state", "told"].map(vdom),
    tests: ["tests/vdom", "tests/runtime"],
  },
  {
    files: ["read", "write", "patch", "nodes", "payload", "event", "bare", "control", "hello"].map(protocol),
    tests: ["tests/protocol", "tests/client/wire_test.ts"],
  },
];
/** A change that makes a loop endless is noticed by its time. */
const TIMEOUT = 180_000;

/** One change of one place. */
export interface Mutation {
  /** The file. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** The line as it is. */
  readonly before: string;
  /** The line as it becomes. */
  readonly after: string;
}

/** A mutation that changes nothing that can be seen. */
export interface Equivalent {
  /** The file. */
  readonly file: string;
  /** The line as it is, without its indentation. */
  readonly before: string;
  /** The line as it becomes. */
  readonly after: string;
  /** Why nobody can tell. */
  readonly reason: string;
}

const FLIPS: readonly (readonly [RegExp, string])[] = [
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
];

/** Every change of a source: of each operator and number, and of each line that is a statement. */
export function mutationsOf(file: string, source: string): Mutation[] {
  const found: Mutation[] = [];
  let isComment = false;
  /** What ends the declaration of a type, in which nothing runs. */
  let endOfType: RegExp | null = null;
  source.split("\n").forEach((before, index) => {
    const [, declared] = /^(?:export )?(interface|type)\b/.exec(before) ?? [];
    if (declared) endOfType = declared === "interface" || before.endsWith("{") ? /^\}/ : /;$/;
    if (endOfType !== null) {
      if (endOfType.test(before)) endOfType = null;
      return;
    }
    if (/^\s*\/\*/.test(before)) isComment = true;
    const skipped = isComment || /^\s*(\/\/|import\b|export const\b|throw\b|$)/.test(before);
    if (before.includes("*/")) isComment = false;
    // Texts are not changed; a line that holds one is left alone.
    if (skipped || /["'`]/.test(before)) return;
    const add = (after: string) => void found.push({ file, line: index + 1, before, after });
    const [code] = before.split(" // ");
    for (const [from, to] of FLIPS) {
      for (const { index: at, 0: text } of code.matchAll(from)) {
        add(before.slice(0, at) + to + before.slice(at + text.length));
      }
    }
    for (const { index: at, 0: text } of code.matchAll(/(?<![\w.])(0x[\da-f]+|\d+)(?![\w.])/g)) {
      add(before.slice(0, at) + String(Number(text) + 1) + before.slice(at + text.length));
    }
    if (
      /^\s+(?!const\b|let\b|return\b|else\b|case\b|break\b|continue\b|\})[\w#].*;$/.test(before) &&
      !before.includes("=>")
    ) {
      add(before.replace(/\S.*/, ";"));
    }
  });
  return found;
}

/**
 * So many of the mutations, chosen by a seed: the same ones each time. Each has its rank by its own text, so a change of the
 * sources elsewhere leaves the choice nearly what it was.
 */
export function choose(mutations: readonly Mutation[], seed: number, count: number): Mutation[] {
  const rank = ({ file, before, after }: Mutation): number => {
    let hash = 0x811c9dc5;
    for (const char of `${file} ${before.trim()} ${after.trim()}`) {
      hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
    }
    return new Random(hash ^ Math.imul(seed, 0x9e3779b1)).next();
  };
  const ranked = mutations.map((mutation) => ({ mutation, rank: rank(mutation) }));
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, count).map(({ mutation }) => mutation);
}

/** The listed reason why a mutation makes no difference, or undefined. */
export function reasonOf(mutation: Mutation, list: readonly Equivalent[]): string | undefined {
  return list.find(({ file, before, after }) =>
    file === mutation.file && before === mutation.before.trim() && after === mutation.after.trim()
  )?.reason;
}

/** A mutation in two lines. */
export function describe({ file, line, before, after }: Mutation): string {
  return `${file}:${line}\n  - ${before.trim()}\n  + ${after.trim()}`;
}

/** A copy of what git knows of the repository, and of what is new in it. */
async function copyRepository(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "vango-mutate-" });
  const { output } = await run("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT });
  for (const path of output.split("\n")) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.copyFile(`${ROOT}/${path}`, `${folder}/${path}`).catch((error) => {
      // Deleted, and not committed yet.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
  return folder;
}

/** Runs tests in a copy of the repository. */
function runTests(folder: string, tests: readonly string[]): Promise<RunResult> {
  const flags = [
    "--no-check",
    "--quiet",
    "--fail-fast",
    "--permit-no-files",
    "--ignore=tests/protocol/budget_test.ts",
  ];
  return runDeno(["test", "-A", ...flags, ...tests], { cwd: folder, timeout: TIMEOUT });
}

/** What fails in a copy in which nothing was changed, or "": tests that fail anyway would seem to notice everything. */
export async function findBroken(folder: string, targets: readonly Target[] = TARGETS): Promise<string> {
  for (const { tests } of targets) {
    const { code, output } = await runTests(folder, tests);
    if (code !== 0) return `${tests.join(", ")} fail without a change:\n${output}`;
  }
  return "";
}

/** Whether a test notices the mutation, in a copy of the repository. */
async function isNoticed(folder: string, mutation: Mutation): Promise<boolean> {
  const path = `${folder}/${mutation.file}`;
  const source = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, source.split("\n").with(mutation.line - 1, mutation.after).join("\n"));
  const { tests } = TARGETS.find(({ files }) => files.includes(mutation.file))!;
  const { code } = await runTests(folder, tests);
  await Deno.writeTextFile(path, source);
  return code !== 0;
}

async function main(args: string[]): Promise<number> {
  const number = (name: string, otherwise: number) =>
    Number(args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
  const [seed, count, workers] = [number("seed", 1), number("count", 50), number("workers", 2)];
  const all: Mutation[] = [];
  for (const file of TARGETS.flatMap(({ files }) => files)) {
    all.push(...mutationsOf(file, await Deno.readTextFile(`${ROOT}/${file}`)));
  }
  const chosen = choose(all, seed, count);
  console.log(`${chosen.length} of ${all.length} places, by seed ${seed}`);
  if (args.includes("--list")) {
    for (const mutation of chosen) console.log(describe(mutation));
    return 0;
  }
  const list: Equivalent[] = JSON.parse(await Deno.readTextFile(`${ROOT}/tools/mutate_equivalent.json`));
  const started = performance.now();
  const queue = chosen.filter((mutation) => reasonOf(mutation, list) === undefined);
  const known = chosen.length - queue.length;
  const survivors: Mutation[] = [];
  const tested = queue.length;
  const folders = await Promise.all(Array.from({ length: workers }, copyRepository));
  try {
    const broken = queue.length > 0 ? await findBroken(folders[0]) : "";
    if (broken !== "") {
      console.log(`Cannot tell who notices a change: ${broken}`);
      return 1;
    }
    await Promise.all(folders.map(async (folder) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (await isNoticed(folder, next)) continue;
        survivors.push(next);
        console.log(`Nobody noticed ${describe(next)}`);
      }
    }));
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
  console.log(
    `${tested - survivors.length} of ${chosen.length} changes were noticed, ${known} make no difference, ` +
      `${survivors.length} survived, in ${seconds(performance.now() - started)}`,
  );
  return survivors.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
