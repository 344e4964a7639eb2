/**
 * The help: of all commands, and of one, with its arguments, options and examples.
 *
 * @module
 */
import type { ArgSpec, Command, CommandTable, OptionSpec } from "./command.ts";
import type { Paint } from "./terminal.ts";

/** The help of the command line. */
export function helpOfAll(commands: CommandTable, paint: Paint): string {
  return [
    `${paint("bold", "vango")}: server-driven web applications in typed TypeScript`,
    "",
    `${paint("bold", "Usage")}: vango <command> [options]`,
    "",
    ...section("Commands", tableRows(commands), paint),
    ...section("Options", [
      ["-h, --help", "Show this help, or that of a command"],
      ["-V, --version", "Print the version"],
    ], paint),
    ...section("Environment", [
      ["NO_COLOR, FORCE_COLOR", "Colours never, or always; else on a terminal"],
      ["VANGO_ERRORS", "How errors are printed: pretty, compact or json"],
    ], paint),
    `Run "vango <command> --help" for a command, with examples.`,
  ].join("\n");
}

/** The help of a command or a group. */
export function helpOf(name: string, summary: string, command: Command, paint: Paint): string {
  const options = Object.entries(command.options ?? {}).map(([option, spec]) => optionRow(option, spec));
  const args = (command.args ?? []).map((arg) => [arg.name, arg.help] as const);
  const examples = command.examples.flatMap(([line, what]) => [
    `  ${paint("cyan", `vango ${line}`)}`,
    `      ${what}`,
  ]);
  return [
    summary,
    "",
    `${paint("bold", "Usage")}: ${usageOf(name, command)}`,
    "",
    ...command.details === undefined ? [] : [command.details, ""],
    ...args.length === 0 ? [] : section("Arguments", args, paint),
    ...command.commands === undefined ? [] : section("Commands", tableRows(command.commands), paint),
    ...section("Options", [...options, ["-h, --help", "Show this help"]], paint),
    paint("bold", "Examples:"),
    ...examples,
  ].join("\n");
}

function usageOf(name: string, command: Command): string {
  const words = [name];
  if (command.commands !== undefined) words.push("<command>");
  words.push(...(command.args ?? []).map(argName));
  if (Object.keys(command.options ?? {}).length > 0) words.push("[options]");
  if (command.passesOn !== undefined) words.push(`[arguments of ${command.passesOn}]`);
  return words.join(" ");
}

function argName({ name, optional, repeated }: ArgSpec): string {
  const text = `<${name}>${repeated ? "..." : ""}`;
  return optional ? `[${text}]` : text;
}

function optionRow(name: string, spec: OptionSpec): readonly [string, string] {
  const value = spec.type === "boolean" ? "" : ` <${spec.value ?? spec.type}>`;
  const notes = [
    ...spec.oneOf === undefined ? [] : [spec.oneOf.join(", ")],
    ...spec.repeated ? ["may be repeated"] : [],
  ];
  const help = notes.length === 0 ? spec.help : `${spec.help} (${notes.join("; ")})`;
  return [`${spec.short === undefined ? "   " : `-${spec.short},`} --${name}${value}`, help];
}

function tableRows(commands: CommandTable): (readonly [string, string])[] {
  return Object.entries(commands).map(([name, { summary }]) => [name, summary]);
}

function section(title: string, rows: (readonly [string, string])[], paint: Paint): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [
    paint("bold", `${title}:`),
    ...rows.map(([name, text]) => `  ${paint("cyan", name)}${" ".repeat(width - name.length)}${text}`),
    "",
  ];
}
