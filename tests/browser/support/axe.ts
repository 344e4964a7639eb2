/**
 * What axe-core says of a page, with all of its rules.
 *
 * @module
 */
import type axe from "axe-core";
import type { Page } from "playwright-core";

const SOURCE = new URL(import.meta.resolve("axe-core"));

/** The findings, one line each: rule, elements. */
export async function findAccessibilityIssues(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  // Over the debugger: a script element would be refused by the page's policy.
  await session.send("Runtime.evaluate", { expression: await Deno.readTextFile(SOURCE) });
  await session.detach();
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) =>
      `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`
    );
  });
}
