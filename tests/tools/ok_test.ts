/** The gates: how they are run, and that those with a configuration of their own can fail. @module */
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { ROOT, runDeno } from "../../tools/_process.ts";
import { runGates, selectGates } from "../../tools/ok.ts";
import { overBudget } from "../../tools/size.ts";

/** Checks the types of a source with one of the configurations of tools/. */
async function check(config: string, source: string): Promise<{ code: number; output: string }> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, source);
  const result = await runDeno(["check", "--no-lock", "--config", `tools/${config}.json`, file], {
    cwd: ROOT,
  });
  await Deno.remove(file);
  return result;
}

Deno.test("runGates() runs all gates and prints the failures at the end", async () => {
  const lines: string[] = [];
  const failed = await runGates({
    one: () => Promise.resolve("it is wrong"),
    two: () => Promise.reject(new Error("it broke")),
    three: () => Promise.resolve(undefined),
  }, (line) => lines.push(line));
  assertEquals(failed, 2);
  assertMatch(lines[0], /^FAIL one +\d+\.\d s$/);
  assertMatch(lines[2], /^ok {3}three +\d+\.\d s$/);
  assertEquals(lines.slice(3), [
    "\n--- one ---\nit is wrong",
    "\n--- two ---\nit broke",
    "\n2 gates fail: one, two",
  ]);
});

Deno.test("selectGates() refuses a name that is no gate", () => {
  assertThrows(() => selectGates(["lint", "lnt"]), RangeError, 'gate "lnt"');
  assertEquals(Object.keys(selectGates(["lint", "imports"])), ["lint", "imports"]);
});

Deno.test("tools/browser.json refuses Deno in a browser-safe module", async () => {
  const { code, output } = await check("browser", "export const pid: number = Deno.pid;");
  assertEquals(code, 1);
  assertStringIncludes(output, "Cannot find name 'Deno'");
  assertEquals((await check("browser", "export const title: string = document.title;")).code, 0);
});

Deno.test("tools/server.json refuses the DOM in a server module", async () => {
  const { code, output } = await check("server", "export const title: string = document.title;");
  assertEquals(code, 1);
  assertStringIncludes(output, "Cannot find name 'document'");
  assertEquals((await check("server", "export const pid: number = Deno.pid;")).code, 0);
});

Deno.test("overBudget() names what is missing, the size and the budget", () => {
  const budgets = { A: { bytes: 40, gzip: true }, B: { bytes: 3, gzip: false } };
  assertEquals(overBudget({ A: "a".repeat(1000), B: "abc" }, budgets), []);
  assertEquals(overBudget({ A: 1, B: "å©" }, budgets), [
    "client/dist.ts does not export A",
    "B takes 4 bytes: the budget is 3",
  ]);
  const random = Array.from({ length: 100 }, (_, index) => (index * 7919 % 10007).toString(36)).join("");
  assertMatch(
    overBudget({ A: random, B: "" }, budgets)[0],
    /^A takes \d+ bytes after gzip: the budget is 40$/,
  );
});
