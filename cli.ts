/**
 * Runs the command line from a checkout: `deno run -A cli.ts …`. The published entry is the package @vango/cli.
 *
 * @module
 */
import { main } from "./cli/mod.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
