/**
 * `vango version`: which Vango this is, and which Deno runs it.
 *
 * @module
 */
import config from "./deno.json" with { type: "json" };
import { type Command, defineCommand } from "./command.ts";

/** The version of this package. */
export const VERSION: string = config.version;

/** Prints the version; with `--json`, also those of Deno, V8 and TypeScript. */
export const versionCommand: Command = defineCommand({
  options: { json: { type: "boolean", help: "Print JSON, with the versions of Deno, V8 and TypeScript" } },
  examples: [["version", "Prints the version"], ["version --json", "The same for a program"]],
  run({ options }, io) {
    io.log(options.json ? JSON.stringify({ vango: VERSION, ...Deno.version }) : `vango ${VERSION}`);
    return 0;
  },
});
