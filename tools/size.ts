/**
 * The size budget of the client: what a browser must fetch, compressed, before a page is live.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { exists } from "@std/fs";
import { ROOT } from "./_process.ts";

/** A limit for one of the scripts that client/dist.ts exports. */
export interface Budget {
  /** The most bytes. */
  bytes: number;
  /** Whether they are counted after gzip; what stands in the page itself is counted as it is. */
  gzip: boolean;
}

/** The limits, by the name of the export. */
export const BUDGETS: Record<string, Budget> = {
  CLIENT_JS: { bytes: 6 * 1024, gzip: true },
  CLIENT_RARE_JS: { bytes: 6400, gzip: true },
  CLIENT_NAV_JS: { bytes: 4096, gzip: true },
  CLIENT_HOOKS_JS: { bytes: 1536, gzip: true },
  CLIENT_STUB: { bytes: 300, gzip: false },
};

/** The size of a script in bytes, as its budget counts them. */
export function sizeOf(script: string, { gzip }: Budget): number {
  return gzip ? gzipSync(script, { level: 9 }).byteLength : new TextEncoder().encode(script).byteLength;
}

/** One line for each script that is missing or breaks its budget. */
export function overBudget(
  scripts: Record<string, unknown>,
  budgets: Record<string, Budget> = BUDGETS,
): string[] {
  return Object.entries(budgets).flatMap(([name, budget]) => {
    const script = scripts[name];
    if (typeof script !== "string") return [`client/dist.ts does not export ${name}`];
    const size = sizeOf(script, budget);
    const unit = budget.gzip ? "bytes after gzip" : "bytes";
    return size <= budget.bytes ? [] : [`${name} takes ${size} ${unit}: the budget is ${budget.bytes}`];
  });
}

/** Measures the built client of the repository. */
export async function checkSize(): Promise<string[]> {
  const path = `${ROOT}/client/dist.ts`;
  if (!await exists(path)) return ["There is no client/dist.ts: run `deno task gen`"];
  return overBudget(await import(`file://${path}`) as Record<string, unknown>);
}
