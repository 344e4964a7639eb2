/**
 * What a command is: data for the help and the parser, and a function that runs.
 *
 * The table of commands (commands.ts) holds a summary and a way to load each, so that what one command needs is loaded for
 * that command alone.
 *
 * @module
 */
import type { Io } from "./io.ts";

/** An option of a command. */
export interface OptionSpec {
  /** What it takes: nothing, or one value. */
  readonly type: "boolean" | "string" | "number";
  /** What it does, in one line of the help. */
  readonly help: string;
  /** One letter that means the same. */
  readonly short?: string;
  /** What the help calls the value. Default: the type. */
  readonly value?: string;
  /** The values that it takes. */
  readonly oneOf?: readonly string[];
  /** Whether it may be given several times: its values are a list. */
  readonly repeated?: boolean;
  /** The least number. */
  readonly min?: number;
  /** The greatest number. */
  readonly max?: number;
}

/** An argument of a command. */
export interface ArgSpec {
  /** What the help calls it. */
  readonly name: string;
  /** What it is, in one line of the help. */
  readonly help: string;
  /** Whether it may be left out. */
  readonly optional?: boolean;
  /** Whether it may be given several times; the last one alone may be. */
  readonly repeated?: boolean;
}

/** The options of a command, by name. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type One<S extends OptionSpec> = S["type"] extends "boolean" ? boolean
  : S["type"] extends "number" ? number
  : S extends { readonly oneOf: readonly (infer V)[] } ? V
  : string;

/** What the options of a command become: booleans are false when absent, lists empty, others undefined. */
export type OptionValues<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K] extends { readonly repeated: true } ? readonly One<S[K]>[]
    : S[K]["type"] extends "boolean" ? boolean
    : One<S[K]> | undefined;
};

/** What a command gets of its command line. */
export interface Input<S extends OptionSpecs = OptionSpecs> {
  /** By name. */
  readonly options: OptionValues<S>;
  /** In their order. */
  readonly args: readonly string[];
  /** Of a command that passes on: what it does not know, in its order, and what follows `--`. */
  readonly rest: readonly string[];
}

/** A command, or a group of them. */
export interface Command {
  /** Its arguments. */
  readonly args?: readonly ArgSpec[];
  /** Its options; `--help` is given to all. */
  readonly options?: OptionSpecs;
  /** Whether what it does not know is passed on to another program; the help then names that program. */
  readonly passesOn?: string;
  /** Pairs of [command line after "vango", what it does]. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** More for the help, in whole sentences. */
  readonly details?: string;
  /** The commands of a group. */
  readonly commands?: CommandTable;
  /** Runs it and gives the exit code. A group has none. */
  readonly run?: (input: Input, io: Io) => number | Promise<number>;
}

/** A command of the table. */
export interface CommandEntry {
  /** What it does, in one line of the help. */
  readonly summary: string;
  /** Loads it. */
  readonly load: () => Promise<Command>;
}

/** Commands by name. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

/** A command whose `run` knows the types of its options. */
export function defineCommand<const S extends OptionSpecs = Record<never, never>>(
  command: Omit<Command, "options" | "run"> & {
    readonly options?: S;
    readonly run: (input: Input<S>, io: Io) => number | Promise<number>;
  },
): Command {
  // The parser makes the values after the same specs.
  return command as unknown as Command;
}
