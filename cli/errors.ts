/**
 * `vango errors` and `vango explain`: the registry of errors, for people and programs.
 *
 * @module
 */
import {
  type ErrorEntry,
  ERRORS,
  findError,
  formatEntry,
  nearestName,
  pageOf,
  VangoError,
} from "@vango/core/errors";
import { type Command, defineCommand } from "./command.ts";
import type { Io } from "./io.ts";

const JSON_OPTION = { type: "boolean", help: "Print JSON" } as const;
const STYLES = { error: "bold", label: "bold", dim: "dim" } as const;

/** Lists all errors, or explains one. */
export const errorsCommand: Command = defineCommand({
  args: [{ name: "code", help: "A code such as E141, or a name such as not-a-project", optional: true }],
  options: { json: JSON_OPTION },
  examples: [
    ["errors", "Lists all errors, one a line"],
    ["errors E141", "Explains one"],
    ["errors --json", "All of them, for a program"],
  ],
  run({ args, options }, io) {
    if (args.length > 0) return explain(args[0], options.json, io);
    if (options.json) io.log(JSON.stringify(ERRORS.map(asJson)));
    else {
      const width = Math.max(...ERRORS.map(({ name }) => name.length)) + 2;
      for (const { code, name, title } of ERRORS) {
        io.log(`${io.paint("bold", code)}  ${io.paint("dim", name.padEnd(width))}${title}`);
      }
    }
    return 0;
  },
});

/** Explains one error. */
export const explainCommand: Command = defineCommand({
  args: [{ name: "code", help: "A code such as E141, or a name such as not-a-project" }],
  options: { json: JSON_OPTION },
  examples: [["explain E141", "What E141 means, how it comes about, what to do"]],
  run: ({ args, options }, io) => explain(args[0], options.json, io),
});

function explain(code: string, json: boolean, io: Io): number {
  const entry = findError(code);
  if (entry === undefined) {
    const close = nearestName(code, ERRORS.flatMap(({ code, name }) => [code, name]));
    throw new VangoError("unknown-error", `There is no error "${code}"`, {
      hint: close === undefined ? 'Run "vango errors" for all of them.' : `Did you mean "${close}"?`,
    });
  }
  io.log(
    json ? JSON.stringify(asJson(entry)) : formatEntry(entry, (style, text) => io.paint(STYLES[style], text)),
  );
  return 0;
}

function asJson(entry: ErrorEntry): ErrorEntry & { docs: string } {
  return { ...entry, docs: pageOf(entry) };
}
