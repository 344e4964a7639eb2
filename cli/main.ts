/**
 * From arguments to an exit code: finds the command by name and runs it.
 *
 * Commands are a table of name -> command, so that help is never out of step. Exit codes: 0 done, 1 failed, 2 the
 * arguments were not understood.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { nearest } from "./_nearest.ts";
import { versionCommand } from "./version.ts";

/** Where a command writes; one call is one line or more, without the last line end. */
export interface Output {
  /** Writes to standard output. */
  log(text: string): void;
  /** Writes to standard error. */
  error(text: string): void;
}

/** One command of the command line. */
export interface Command {
  /** What it does, in one line of the help. */
  summary: string;
  /** How it is called, after its name. */
  usage: string;
  /** The names of its options, which take no value; `--help` is given to all. */
  flags: string[];
  /** Runs it and gives the exit code. */
  run(flags: Record<string, unknown>, output: Output): number | Promise<number>;
}

const COMMANDS: Record<string, Command> = { version: versionCommand };

/**
 * Runs a command.
 *
 * @param args The arguments after the program's name.
 * @param output Where to write; the console by default.
 * @returns The exit code: 0 done, 1 failed, 2 the arguments were not understood.
 */
export async function main(args: string[], output: Output = console): Promise<number> {
  const { _: words, ...global } = parseArgs(args, {
    boolean: ["help", "version"],
    alias: { help: "h", version: "V" },
    stopEarly: true,
    string: ["_"],
  });
  const unknown = Object.keys(global).find((name) => !["help", "h", "version", "V"].includes(name));
  if (unknown !== undefined) return refuse(`Unknown option ${dashes(unknown)}`, output);
  if (global.version) return versionCommand.run({}, output);
  const [name, ...rest] = words.map(String);
  if (name === undefined) {
    if (global.help) output.log(help());
    else output.error(help());
    return global.help ? 0 : 2;
  }
  if (name === "help") return await main([...rest, "--help"], output);
  if (!Object.hasOwn(COMMANDS, name)) {
    const close = nearest(name, Object.keys(COMMANDS));
    return refuse(
      `Unknown command "${name}"${close === undefined ? "" : `: did you mean "${close}"?`}`,
      output,
    );
  }
  return await runCommand(name, COMMANDS[name], global.help ? [...rest, "--help"] : rest, output);
}

async function runCommand(name: string, command: Command, args: string[], output: Output): Promise<number> {
  const { _: words, ...flags } = parseArgs(args, {
    boolean: ["help", ...command.flags],
    alias: { help: "h" },
  });
  if (flags.help) {
    output.log(`Usage: vango ${name} ${command.usage}\n\n${command.summary}`);
    return 0;
  }
  const unknown = Object.keys(flags).find((flag) => !["help", "h", ...command.flags].includes(flag));
  if (unknown !== undefined) return refuse(`Unknown option ${dashes(unknown)} of "vango ${name}"`, output);
  if (words.length > 0) return refuse(`Unknown argument "${words[0]}" of "vango ${name}"`, output);
  return await command.run(flags, output);
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`);
  return `Usage: vango <command> [options]\n\nCommands:\n${rows.join("\n")}\n\n` +
    "Options:\n  -h, --help     Show this help, or that of a command\n  -V, --version  Print the version";
}

function refuse(message: string, output: Output): number {
  output.error(`${message}\nRun "vango --help" for the commands.`);
  return 2;
}

function dashes(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
