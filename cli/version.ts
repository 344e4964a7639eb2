/**
 * `vango version`: which Vango this is, and which Deno runs it.
 *
 * @module
 */
import config from "./deno.json" with { type: "json" };
import type { Command } from "./main.ts";

/** The version of this package. */
export const VERSION: string = config.version;

/** Prints the version; with `--json`, also those of Deno, V8 and TypeScript. */
export const versionCommand: Command = {
  summary: "Print the version",
  usage: "[--json]",
  flags: ["json"],
  run({ json }, output) {
    output.log(json ? JSON.stringify({ vango: VERSION, ...Deno.version }) : `vango ${VERSION}`);
    return 0;
  },
};
