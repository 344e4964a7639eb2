/**
 * The size budget of the client: what a browser must fetch, compressed, before a page is live.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { exists } from "@std/fs";
import { ROOT } from "./_process.ts";

/** The most bytes that the built client may take after gzip. */
export const CLIENT_BUDGET: number = 10 * 1024;

/** The size of a script after gzip, in bytes. */
export function gzipSize(script: string): number {
  return gzipSync(script, { level: 9 }).byteLength;
}

/** One line that says why a script breaks the budget, or undefined. */
export function overBudget(script: string, budget: number = CLIENT_BUDGET): string | undefined {
  const size = gzipSize(script);
  return size <= budget ? undefined : `The client takes ${size} bytes after gzip: the budget is ${budget}`;
}

/**
 * Measures the built client of the repository.
 *
 * @throws {Error} When client/dist.ts does not export the script as CLIENT_JS.
 */
export async function checkSize(): Promise<string | undefined> {
  const path = `${ROOT}/client/dist.ts`;
  if (!await exists(path)) return "There is no client/dist.ts: run `deno task gen`";
  const { CLIENT_JS } = await import(`file://${path}`) as { CLIENT_JS?: unknown };
  if (typeof CLIENT_JS !== "string") {
    throw new Error("Cannot measure client/dist.ts: it does not export CLIENT_JS");
  }
  return overBudget(CLIENT_JS);
}
