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

export { main, type Output } from "./main.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
