/**
 * Tests that can't run everywhere: a skip always has a reason, which the test runner prints.
 *
 * The runner (tools/test.ts) names a file in VANGO_SKIPS; each skipped test adds its name and reason there. A test
 * that is ignored in another way has no reason, and the runner counts it as failed.
 *
 * @module
 */

/**
 * Registers a test, or skips it when there is a reason to.
 *
 * @param reason Why the test can't run here, in a few words, or undefined when it can.
 */
export function testUnless(
  reason: string | undefined,
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  if (reason !== undefined) recordSkip(name, reason);
  Deno.test({ name, ignore: reason !== undefined, fn });
}

function recordSkip(name: string, reason: string): void {
  const file = Deno.env.get("VANGO_SKIPS");
  if (file !== undefined) {
    Deno.writeTextFileSync(file, JSON.stringify({ name, reason }) + "\n", { append: true });
  }
}
