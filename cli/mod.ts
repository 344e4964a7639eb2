/**
 * The Vango command line: `deno run -A jsr:@vango/cli …`, or `deno run -A cli.ts …` from a checkout.
 *
 * ```ts
 * import { main } from "@vango/cli";
 *
 * const code: number = await main(["version"]);
 * ```
 *
 * @module
 */
import { main } from "./main.ts";

export { main } from "./main.ts";
export type { Io, IoOptions, Output, RunOptions } from "./io.ts";
export type { Asker, Choice } from "./prompt.ts";
export type { Paint, Progress, Style } from "./terminal.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
