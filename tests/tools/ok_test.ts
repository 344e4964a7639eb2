/** The gates: how they are run, and that those with a configuration of their own can fail. @module */
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { ROOT, runDeno } from "../../tools/_process.ts";
import { runGates, selectGates } from "../../tools/ok.ts";
import { gzipSize, overBudget } from "../../tools/size.ts";

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

Deno.test("overBudget() names the size and the budget", () => {
  const script = Array.from({ length: 4000 }, (_, index) => (index * 7919 % 10007).toString(36)).join("");
  assertEquals(overBudget("let a = 1;"), undefined);
  assertEquals(
    overBudget(script, 1000),
    `The client takes ${gzipSize(script)} bytes after gzip: the budget is 1000`,
  );
});
