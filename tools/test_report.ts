/**
 * What a test run came to: counts from Deno's JUnit report, and a reason for each skip.
 *
 * @module
 */

/** The outcome of a test run, or of several added up. */
export interface TestReport {
  /** Tests and steps that passed. */
  passed: number;
  /** Tests and steps that failed, unexplained skips, and runs that broke down. */
  failed: number;
  /** Tests that did not run, for the reason that is printed. */
  skipped: number;
  /** One line for each skip and each failure that no test printed itself. */
  notes: string[];
}

/** How a run of `deno test` ended. */
export interface TestRun {
  /** The JUnit report, or "" when there is none. */
  junit: string;
  /** One JSON object with name and reason per line, as tests/support/skip.ts writes them. */
  skips: string;
  /** The exit code of `deno test`; 124 when it ran out of time. */
  code: number;
  /** Whether `--filter` named the tests to run: those that it left out do not count. */
  filtered?: boolean;
}

/** Reads the outcome of one run. */
export function readReport(run: TestRun): TestReport {
  const reasons = readReasons(run.skips);
  const report: TestReport = { passed: 0, failed: 0, skipped: 0, notes: [] };
  for (
    const [, name, attributes, body] of run.junit.matchAll(
      /<testcase name="([^"]*)"([^>]*)>([\s\S]*?)<\/testcase>/g,
    )
  ) {
    if (/<(failure|error)\b/.test(body)) {
      report.failed++;
    } else if (/<skipped\b/.test(body)) {
      // Deno reports what a filter left out as skipped too, but with no time, as it never came to it.
      if (run.filtered && !/\stime=/.test(attributes)) continue;
      const test = unescapeXml(name);
      const reason = reasons.get(test);
      if (reason === undefined) report.failed++;
      else report.skipped++;
      report.notes.push(
        reason === undefined ? `failed: ${test}: skipped without a reason` : `skipped: ${test}: ${reason}`,
      );
    } else {
      report.passed++;
    }
  }
  if (run.code !== 0 && report.failed === 0) {
    report.failed++;
    report.notes.push(
      run.code === 124 ? "failed: the run took too long" : "failed: the run broke down; see above",
    );
  }
  return report;
}

/** The files of a JUnit report in which a test failed. */
export function failedFiles(junit: string): string[] {
  return suitesOf(junit).filter(({ body }) => /<(failure|error)\b/.test(body)).map(({ name }) => name);
}

/**
 * A report in which some files count as they did in a second run, of them alone. What failed in the first is told all the same: on a
 * machine that others use a test that waits for real time may fail once, while what is wrong fails again.
 */
export function withSecondTry(
  report: TestReport,
  junit: string,
  files: readonly string[],
  second: TestReport,
): TestReport {
  const suites = suitesOf(junit).filter(({ name }) => files.includes(name));
  const first = readReport({ junit: suites.map(({ body }) => body).join(""), skips: "", code: 0 });
  return {
    passed: report.passed - first.passed + second.passed,
    failed: report.failed - first.failed + second.failed,
    skipped: report.skipped,
    notes: [
      ...report.notes,
      ...second.notes,
      ...files.map((file) => `Failed once, and was tried again: ${file}`),
    ],
  };
}

function suitesOf(junit: string): { name: string; body: string }[] {
  return Array.from(
    junit.matchAll(/<testsuite name="([^"]*)"[^>]*>([\s\S]*?)<\/testsuite>/g),
    ([, name, body]) => ({ name: unescapeXml(name), body }),
  );
}

/** Adds reports up. */
export function addReports(reports: TestReport[]): TestReport {
  const sum: TestReport = { passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const { passed, failed, skipped, notes } of reports) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    sum.notes.push(...notes);
  }
  return sum;
}

/** The line that ends a run. */
export function summaryLine(report: TestReport): string {
  return `${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`;
}

/** Whether the run counts as passed; in CI a skip is a failure. */
export function isPass(report: TestReport, ci: boolean): boolean {
  return report.failed === 0 && report.passed > 0 && (!ci || report.skipped === 0);
}

function readReasons(skips: string): Map<string, string> {
  const lines = skips.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => {
    const { name, reason } = JSON.parse(line) as { name: string; reason: string };
    return [name, reason];
  }));
}

function unescapeXml(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    return named[name] ?? whole;
  });
}
