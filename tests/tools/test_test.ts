/** The test runner on tests that pass, fail, leak and skip. @module */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runDeno } from "../../tools/_process.ts";
import { plan } from "../../tools/test.ts";

const RUNNER = new URL("../../tools/test.ts", import.meta.url).pathname;
const SUPPORT = new URL("../support/skip.ts", import.meta.url).href;
const FLAGS = ["--sanitize-ops", "--sanitize-resources", "--no-check"];

/** Runs the runner on one file of tests; gives its exit code and its summary. */
async function runTests(
  source: string,
  ci: "true" | "false",
  ...flags: string[]
): Promise<{ code: number; sum: string; output: string }> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/a_test.ts`;
  await Deno.writeTextFile(file, source);
  const { code, output } = await runDeno(["run", "-A", RUNNER, ...FLAGS, ...flags, file], {
    env: { CI: ci },
  });
  await Deno.remove(folder, { recursive: true });
  return { code, output, sum: output.split("\n").findLast((line) => /^\d+ passed, /.test(line)) ?? "" };
}

Deno.test("tools/test.ts fails when a test fails", async () => {
  const { code, sum } = await runTests(
    `Deno.test("a", () => {}); Deno.test("b", () => { throw new Error("no"); });`,
    "false",
  );
  assertEquals([code, sum], [1, "1 passed, 1 failed, 0 skipped"]);
});

Deno.test("tools/test.ts fails when a test leaks a resource", async () => {
  const { code, sum } = await runTests(`Deno.test("a", () => void Deno.listen({ port: 0 }));`, "false");
  assertEquals([code, sum], [1, "0 passed, 1 failed, 0 skipped"]);
});

Deno.test("tools/test.ts fails when a file of tests does not load", async () => {
  const { code, sum } = await runTests(`throw new Error("no");`, "false");
  assertEquals([code, sum], [1, "0 passed, 1 failed, 0 skipped"]);
});

Deno.test("tools/test.ts prints a skip with its reason, and fails for it in CI", async () => {
  const source = `import { testUnless } from ${JSON.stringify(SUPPORT)};
    testUnless("no such thing here", "needs a thing", () => {});
    testUnless(undefined, "runs", () => {});`;
  const byHand = await runTests(source, "false");
  assertStringIncludes(byHand.output, "skipped: needs a thing: no such thing here");
  assertEquals([byHand.code, byHand.sum], [0, "1 passed, 0 failed, 1 skipped"]);
  assertEquals((await runTests(source, "true")).code, 1);
});

Deno.test("tools/test.ts with --filter counts the tests that it names alone", async () => {
  const source = `import { testUnless } from ${JSON.stringify(SUPPORT)};
    Deno.test("signal a", () => {});
    Deno.test("other", () => {});
    testUnless("no such thing here", "needs a thing", () => {});`;
  const { code, output, sum } = await runTests(source, "true", "--filter=signal");
  assertEquals([code, sum], [0, "1 passed, 0 failed, 0 skipped"], output);
  const ignored = await runTests(
    source + 'Deno.test.ignore("signal b", () => {});',
    "false",
    "--filter=signal",
  );
  assertStringIncludes(ignored.output, "failed: signal b: skipped without a reason");
  assertEquals([ignored.code, ignored.sum], [1, "1 passed, 1 failed, 0 skipped"]);
});

Deno.test("tools/test.ts fails when there is nothing at a path", async () => {
  const { code, output } = await runDeno(["run", "-A", RUNNER, "tests/no_such_folder"]);
  assertEquals(code, 1);
  assertStringIncludes(output, "failed: no tests at tests/no_such_folder");
});

Deno.test("plan() gives tests of programs and in a browser lanes of their own, and keeps them out of a run on another Deno", () => {
  assertEquals(plan(["--sanitize-ops"]).groups, [
    {
      flags: ["--sanitize-ops", "--ignore=tests/browser,tests/cli,tests/docs,tests/memory"],
      paths: ["tests"],
      lane: 0,
    },
    { flags: ["--sanitize-ops"], paths: ["examples/jsx"], lane: 0 },
    { flags: ["--sanitize-ops"], paths: ["tests/cli", "tests/docs", "tests/memory"], lane: 1 },
    { flags: ["--sanitize-ops"], paths: ["tests/browser"], lane: 2 },
  ]);
  assertEquals(plan(["--skip-browser"]).groups, [
    { flags: ["--ignore=tests/browser,tests/cli,tests/docs,tests/memory"], paths: ["tests"], lane: 0 },
    { flags: [], paths: ["examples/jsx"], lane: 0 },
    { flags: [], paths: ["tests/cli", "tests/docs", "tests/memory"], lane: 1 },
  ]);
  assertEquals(plan(["--filter=x", "tests/core"]).groups, [{
    flags: ["--filter=x"],
    paths: ["tests/core"],
    lane: 0,
  }]);
  const old = plan(["--deno=2.5.0"]);
  assertEquals([old.version, old.groups.length], ["2.5.0", 1]);
  assertEquals(old.groups[0].paths.includes("tests/browser"), false);
});

Deno.test("plan() measures coverage in CI and on demand, of all unit tests or not at all", () => {
  const covers = (args: string[], ci = false) => plan(args, ci).groups.map((group) => group.covers === true);
  assertEquals(covers([], true), [true, false, false, false]);
  assertEquals(covers(["--coverage", "--skip-browser"]), [true, false, false]);
  assertEquals(covers([]), [false, false, false, false]);
  assertEquals(covers(["--filter=x"], true), [false, false, false, false]);
  assertEquals(covers(["tests/core"], true), [false]);
});
