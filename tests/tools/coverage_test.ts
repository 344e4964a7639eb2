/** The coverage gate on reports that are above and below its thresholds. @module */
import { assertEquals } from "@std/assert";
import { countCode, judge, readLcov, sumModules, THRESHOLDS } from "../../tools/coverage.ts";

const LCOV = `SF:/repo/core/a.ts
DA:1,3
DA:2,0
end_of_record
SF:/repo/core/a.ts
DA:2,1
DA:3,0
end_of_record
SF:/repo/client/dist.ts
DA:1,0
end_of_record
`;

Deno.test("readLcov() adds up what several tests ran of one file", () => {
  assertEquals(readLcov(LCOV, "/repo").get("core/a.ts"), { run: 2, all: 3 });
});

Deno.test("sumModules() leaves out what a generator wrote and modules without a threshold", () => {
  const files = new Map([...readLcov(LCOV, "/repo"), ["testing/x.ts", { run: 0, all: 9 }]]);
  const sums = sumModules(files);
  assertEquals([sums.get("core"), sums.get("client"), sums.has("testing")], [
    { run: 2, all: 3 },
    { run: 0, all: 0 },
    false,
  ]);
});

Deno.test("judge() passes at the threshold and fails just below it", () => {
  const modules = (core: number) =>
    new Map(
      Object.keys(THRESHOLDS).map((name) => [name, { run: name === "core" ? core : 10_000, all: 10_000 }]),
    );
  assertEquals(judge(modules(9500)).failures, []);
  assertEquals(judge(modules(9499)).failures, [
    "failed: the tests run 94.99 % of the lines of core: at least 95 % are wanted",
  ]);
  assertEquals(judge(modules(9500)).table[0], "core       95.00 % of 10000 lines (at least 95 %)");
});

Deno.test("judge() fails for a module that no test loads", () => {
  assertEquals(judge(sumModules(new Map())).failures.length, Object.keys(THRESHOLDS).length);
});

Deno.test("countCode() counts code, and nothing of a file of types", () => {
  assertEquals(
    countCode('/** Types. */\nimport type { A } from "./a.ts";\nexport interface B {\n  a: A;\n}\n'),
    0,
  );
  assertEquals(countCode("/** Code. */\n// why\nexport const A = 1;\n\nfunction b() {}\n"), 2);
});
