/**
 * From arguments to an exit code: finds the command by name and runs it.
 *
 * Exit codes: 0 done, 1 failed, 2 the arguments were not understood. A failure is printed on standard error, as JSON when the
 * command was asked for JSON.
 *
 * @module
 */
import { entryOf, formatError, nearestName, VangoError } from "@vango/core/errors";
import { parseCommandArgs, usageError } from "./args.ts";
import type { Command, CommandTable } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { helpOf, helpOfAll } from "./help.ts";
import { createIo, type Io, type IoOptions } from "./io.ts";

/**
 * Runs a command.
 *
 * @param args The arguments after the program's name.
 * @param given What stands for the process: where to write, the folder, who answers. Default: the process.
 * @returns The exit code: 0 done, 1 failed, 2 the arguments were not understood.
 */
export async function main(args: readonly string[], given: IoOptions = {}): Promise<number> {
  const io = createIo(given);
  try {
    return await dispatch(args, io);
  } catch (error) {
    return printError(error, args, io);
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  let help = false;
  let at = 0;
  for (; at < args.length && args[at].startsWith("-"); at++) {
    const option = args[at];
    if (option === "--help" || option === "-h") help = true;
    else if (option === "--version" || option === "-V") return await dispatch(["version"], io);
    else throw unknownOption(option);
  }
  const [name, ...rest] = args.slice(at);
  if (name === undefined) {
    if (help) io.log(helpOfAll(COMMANDS, io.paint));
    else io.error(helpOfAll(COMMANDS, io.paintError));
    return help ? 0 : 2;
  }
  if (name === "help") return await dispatch(["--help", ...rest], io);
  return await runOf(COMMANDS, "vango", [name, ...rest], help, io);
}

/** Runs the command of a table that the first argument names. */
async function runOf(
  table: CommandTable,
  parent: string,
  [name, ...args]: readonly string[],
  help: boolean,
  io: Io,
): Promise<number> {
  if (!Object.hasOwn(table, name)) {
    const close = nearestName(name, Object.keys(table));
    throw usageError(
      `Unknown command "${name}"${parent === "vango" ? "" : ` of "${parent}"`}${
        close === undefined ? "" : `: did you mean "${close}"?`
      }`,
      `Run "${parent} --help" for the commands.`,
    );
  }
  const { summary, load } = table[name];
  const command = await load();
  const whole = `${parent} ${name}`;
  if (command.commands !== undefined && args[0] !== undefined && !args[0].startsWith("-")) {
    return await runOf(command.commands, whole, args, help, io);
  }
  if (help || asksForHelp(args)) {
    io.log(helpOf(whole, summary, command, io.paint));
    return 0;
  }
  if (command.run === undefined) return showGroup(whole, summary, command, args, io);
  return await command.run(parseCommandArgs(whole, command, args), io);
}

/** A group without a command: says what there is. */
function showGroup(
  whole: string,
  summary: string,
  command: Command,
  args: readonly string[],
  io: Io,
): number {
  if (args.length > 0) parseCommandArgs(whole, command, args);
  io.error(helpOf(whole, summary, command, io.paintError));
  return 2;
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).some((arg) => arg === "--help" || arg === "-h");
}

function unknownOption(option: string): VangoError {
  const close = nearestName(option, ["--help", "--version"]);
  return usageError(
    `Unknown option ${option}${close === undefined ? "" : `: did you mean ${close}?`}`,
    'Run "vango --help" for the commands.',
  );
}

function printError(error: unknown, args: readonly string[], io: Io): number {
  const usage = error instanceof VangoError && error.code === "usage";
  const code = usage ? 2 : 1;
  const form = formOf(args, io);
  if (form === "json" || form === "compact") io.error(formatError(error, { form }));
  else if (usage) io.error(`${io.paintError("red", error.what)}\n${error.hint}`);
  else if (error instanceof VangoError && error.code === "cancelled") io.error(error.message);
  else {
    const styles = { error: "red", label: "bold", dim: "dim" } as const;
    io.error(formatError(error, { paint: (style, text) => io.paintError(styles[style], text) }));
    // What nobody expected is looked for in the code.
    if (entryOf(error).name === "unexpected" && error instanceof Error && error.stack !== undefined) {
      io.error(io.paintError("dim", error.stack));
    }
  }
  return code;
}

function formOf(args: readonly string[], io: Io): "pretty" | "compact" | "json" {
  const end = args.indexOf("--");
  if (args.slice(0, end < 0 ? undefined : end).includes("--json")) return "json";
  const form = io.env("VANGO_ERRORS");
  return form === "json" || form === "compact" ? form : "pretty";
}
