/**
 * From arguments to options: `--name`, `--name value`, `--name=value`, `--no-name`, `-n value`, `-nvalue`, `-abc`, and `--`,
 * after which nothing is an option.
 *
 * What is wrong is one sentence that says what was meant, where that can be told.
 *
 * @module
 */
import { nearestName, VangoError } from "@vango/core/errors";
import type { ArgSpec, Command, Input, OptionSpec, OptionSpecs } from "./command.ts";

type Value = string | number | boolean;

/** The error of arguments that were not understood: exit code 2. */
export function usageError(message: string, hint: string): VangoError {
  return new VangoError("usage", message, { hint });
}

/**
 * Reads the arguments of a command.
 *
 * @param name The command, as the user calls it: "vango gen route".
 * @throws {VangoError} "usage", when they are not understood.
 */
export function parseCommandArgs(name: string, command: Command, args: readonly string[]): Input {
  const reader = new Reader(name, command);
  reader.read(args);
  checkArgs(name, command.args ?? [], reader.args);
  return { options: reader.values(), args: reader.args, rest: reader.rest };
}

class Reader {
  readonly args: string[] = [];
  readonly rest: string[] = [];
  readonly #found = new Map<string, Value[]>();
  readonly #specs: OptionSpecs;

  constructor(readonly name: string, readonly command: Command) {
    this.#specs = command.options ?? {};
  }

  read(args: readonly string[]): void {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (arg === "--") {
        const tail = args.slice(i + 1);
        if (this.command.passesOn === undefined) this.args.push(...tail);
        else this.rest.push(...tail);
        return;
      }
      if (/^--./.test(arg)) i += this.#long(arg, args[i + 1]);
      else if (/^-[^-]/.test(arg)) i += this.#short(arg, args[i + 1]);
      else if (this.command.passesOn !== undefined) this.rest.push(arg);
      else this.args.push(arg);
    }
  }

  /** Reads `--name…`; tells how many arguments after it were taken. */
  #long(arg: string, next: string | undefined): number {
    const equals = arg.indexOf("=");
    const name = arg.slice(2, equals < 0 ? undefined : equals);
    const given = equals < 0 ? undefined : arg.slice(equals + 1);
    if (Object.hasOwn(this.#specs, name)) return this.#set(name, `--${name}`, given, next);
    const negated = name.startsWith("no-") ? name.slice(3) : "";
    if (
      given === undefined && Object.hasOwn(this.#specs, negated) && this.#specs[negated].type === "boolean"
    ) {
      this.#put(negated, false);
      return 0;
    }
    return this.#unknown(arg, `--${name}`);
  }

  /** Reads `-n…`: letters of options without a value, of which the last may have one. */
  #short(arg: string, next: string | undefined): number {
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at];
      const name = Object.keys(this.#specs).find((one) => this.#specs[one].short === letter);
      if (name === undefined) return this.#unknown(arg, `-${letter}`);
      if (this.#specs[name].type === "boolean") this.#put(name, true);
      else {
        const given = at + 1 < arg.length ? arg.slice(at + 1).replace(/^=/, "") : undefined;
        return this.#set(name, `-${letter}`, given, next);
      }
    }
    return 0;
  }

  #set(name: string, shown: string, given: string | undefined, next: string | undefined): number {
    const spec = this.#specs[name];
    if (spec.type === "boolean") {
      if (given !== undefined && given !== "true" && given !== "false") {
        throw this.#error(`The option ${shown} of "${this.name}" takes no value, got "${given}"`);
      }
      this.#put(name, given !== "false");
      return 0;
    }
    const text = given ?? (next === undefined || /^-[^\d.]/.test(next) ? undefined : next);
    if (text === undefined || text === "") {
      throw this.#error(`The option ${shown} of "${this.name}" needs a value: ${wanted(spec)}`);
    }
    this.#put(name, this.#valueOf(spec, shown, text));
    return given === undefined ? 1 : 0;
  }

  #valueOf(spec: OptionSpec, shown: string, text: string): Value {
    const wrong = (hint = "") =>
      this.#error(`The option ${shown} of "${this.name}" takes ${wanted(spec)}, got "${text}"${hint}`);
    if (spec.type === "number") {
      const value = Number(text);
      const fits = /^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) &&
        value >= (spec.min ?? -Infinity) &&
        value <= (spec.max ?? Infinity);
      if (!fits) throw wrong();
      return value;
    }
    if (spec.oneOf !== undefined && !spec.oneOf.includes(text)) {
      const close = nearestName(text, spec.oneOf);
      throw wrong(close === undefined ? "" : `: did you mean "${close}"?`);
    }
    return text;
  }

  #put(name: string, value: Value): void {
    if (this.#specs[name].repeated) this.#found.set(name, [...this.#found.get(name) ?? [], value]);
    else this.#found.set(name, [value]);
  }

  #unknown(arg: string, shown: string): number {
    if (this.command.passesOn !== undefined) {
      this.rest.push(arg);
      return 0;
    }
    const names = [...Object.keys(this.#specs), "help"].map((one) => `--${one}`);
    const close = shown.startsWith("--") ? nearestName(shown, names) : undefined;
    throw this.#error(
      `Unknown option ${shown} of "${this.name}"${close === undefined ? "" : `: did you mean ${close}?`}`,
    );
  }

  #error(message: string): VangoError {
    return usageError(message, `Run "${this.name} --help" for what it takes.`);
  }

  values(): Input["options"] {
    return Object.fromEntries(
      Object.entries(this.#specs).map(([name, spec]) => {
        const found = this.#found.get(name);
        if (spec.repeated) return [name, found ?? []];
        return [name, found?.[0] ?? (spec.type === "boolean" ? false : undefined)];
      }),
    ) as Input["options"];
  }
}

function checkArgs(name: string, specs: readonly ArgSpec[], args: readonly string[]): void {
  const hint = `Run "${name} --help" for what it takes.`;
  const missing = specs.find((spec, index) => !spec.optional && args.length <= index);
  if (missing !== undefined) throw usageError(`"${name}" needs an argument: ${missing.name}`, hint);
  if (specs.at(-1)?.repeated || args.length <= specs.length) return;
  throw usageError(`Unknown argument "${args[specs.length]}" of "${name}"`, hint);
}

function wanted(spec: OptionSpec): string {
  if (spec.oneOf !== undefined) return `one of ${spec.oneOf.join(", ")}`;
  if (spec.type !== "number") return spec.value === undefined ? "a text" : `<${spec.value}>`;
  const { min, max } = spec;
  if (min !== undefined && max !== undefined) return `a whole number from ${min} to ${max}`;
  return min === undefined ? "a whole number" : `a whole number of at least ${min}`;
}
