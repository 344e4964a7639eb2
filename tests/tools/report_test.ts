/** What a test run came to. @module */
import { assertEquals } from "@std/assert";
import {
  addReports,
  failedFiles,
  isPass,
  readReport,
  summaryLine,
  withSecondTry,
} from "../../tools/test_report.ts";

const JUNIT = `<testsuites><testsuite name="a">
  <testcase name="one" classname="a"></testcase>
  <testcase name="two &gt; &quot;step&quot;" classname="a"></testcase>
  <testcase name="three &amp; co" classname="a"><skipped/></testcase>
  <testcase name="four" classname="a"><failure message="x">Error</failure></testcase>
</testsuite></testsuites>`;

Deno.test("readReport() counts a run without a report as failed", () => {
  assertEquals(readReport({ junit: "", skips: "", code: 1 }), {
    passed: 0,
    failed: 1,
    skipped: 0,
    notes: ["failed: the run broke down; see above"],
  });
});

Deno.test("readReport() counts a run that was killed for its time as failed", () => {
  const report = readReport({ junit: `<testcase name="one"></testcase>`, skips: "", code: 124 });
  assertEquals([report.passed, report.failed, report.notes], [1, 1, ["failed: the run took too long"]]);
});

Deno.test("readReport() counts a skip without a reason as failed", () => {
  const report = readReport({ junit: JUNIT, skips: "", code: 1 });
  assertEquals(summaryLine(report), "2 passed, 2 failed, 0 skipped");
  assertEquals(report.notes, ["failed: three & co: skipped without a reason"]);
});

Deno.test("readReport() prints a skip with its reason", () => {
  const skips = JSON.stringify({ name: "three & co", reason: "no Chromium" }) + "\n";
  const report = readReport({ junit: JUNIT, skips, code: 1 });
  assertEquals(summaryLine(report), "2 passed, 1 failed, 1 skipped");
  assertEquals(report.notes, ["skipped: three & co: no Chromium"]);
});

Deno.test("readReport() counts a test that a filter left out neither as a skip nor as failed", () => {
  const junit = `<testcase name="one" classname="a" time="0.001"></testcase>
    <testcase name="two" classname="a" line="1"><skipped/></testcase>
    <testcase name="needs a thing" classname="a"><skipped/></testcase>
    <testcase name="one ignored" classname="a" time="0.000" line="1"><skipped/></testcase>`;
  const skips = JSON.stringify({ name: "needs a thing", reason: "no thing" }) + "\n";
  const report = readReport({ junit, skips, code: 0, filtered: true });
  assertEquals(summaryLine(report), "1 passed, 1 failed, 0 skipped");
  assertEquals(report.notes, ["failed: one ignored: skipped without a reason"]);
});

Deno.test("isPass() takes a skip for a failure in CI only, and no tests at all for a failure", () => {
  const skipped = { passed: 3, failed: 0, skipped: 1, notes: [] };
  assertEquals([isPass(skipped, false), isPass(skipped, true)], [true, false]);
  assertEquals(isPass({ passed: 0, failed: 0, skipped: 0, notes: [] }, false), false);
  assertEquals(isPass({ passed: 3, failed: 1, skipped: 0, notes: [] }, false), false);
});

Deno.test("addReports() adds up", () => {
  const sum = addReports([
    { passed: 1, failed: 2, skipped: 3, notes: ["a"] },
    { passed: 10, failed: 20, skipped: 30, notes: ["b"] },
  ]);
  assertEquals(sum, { passed: 11, failed: 22, skipped: 33, notes: ["a", "b"] });
});

Deno.test("withSecondTry() counts files as they did the second time, and tells of the first", () => {
  const suite = (name: string, body: string) => `<testsuite name="${name}" tests="2">${body}</testsuite>`;
  const passed = (name: string) => `<testcase name="${name}" classname="x"></testcase>`;
  const failed = (name: string) =>
    `<testcase name="${name}" classname="x"><failure message="x">Error</failure></testcase>`;
  const junit = `<testsuites>${suite("./a_test.ts", passed("one") + failed("two"))}${
    suite("./b &amp; c_test.ts", passed("three"))
  }</testsuites>`;
  const report = readReport({ junit, skips: "", code: 1 });
  assertEquals(failedFiles(junit), ["./a_test.ts"]);
  const again = (second: string) =>
    withSecondTry(report, junit, ["./a_test.ts"], readReport({ junit: second, skips: "", code: 0 }));
  const well = again(passed("one") + passed("two"));
  assertEquals(summaryLine(well), "3 passed, 0 failed, 0 skipped");
  assertEquals(well.notes, ["Failed once, and was tried again: ./a_test.ts"]);
  // What is wrong fails again, and what did not even load is a failure.
  assertEquals(summaryLine(again(passed("one") + failed("two"))), "2 passed, 1 failed, 0 skipped");
  const broken = withSecondTry(
    report,
    junit,
    ["./a_test.ts"],
    readReport({ junit: "", skips: "", code: 1 }),
  );
  assertEquals(summaryLine(broken), "1 passed, 1 failed, 0 skipped");
});
