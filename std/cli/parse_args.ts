/**
 * Command-line arguments as an object of options and the rest.
 *
 * @module
 */

/** What {@linkcode parseArgs} knows beforehand. */
export interface ParseOptions<B extends string, S extends string, C extends string> {
  /** Options without a value; false when absent. */
  boolean?: readonly B[];
  /** Options whose value stays a string; undefined when absent, "" when given without a value. */
  string?: readonly S[];
  /** Options that may be repeated: their values form an array. */
  collect?: readonly C[];
  /** Other names of options. */
  alias?: Record<string, string | readonly string[]>;
  /** Values of options that are absent. */
  default?: Record<string, unknown>;
  /** Takes what follows the first "--" apart, as `"--"`, instead of adding it to `_`. */
  "--"?: boolean;
  /** Everything after the first argument that is no option goes to `_`. */
  stopEarly?: boolean;
  /** Called with each argument that was not declared; false leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Options by name, and what was no option in `_`. */
export type Args<B extends string, S extends string, C extends string> =
  & { [K in B]: boolean }
  & { [K in Exclude<S, C>]?: string }
  & { [K in C]: string[] }
  & { _: Array<string | number>; "--"?: string[]; [key: string]: unknown };

type Value = string | number | boolean;

/**
 * Parses arguments in the manner of minimist: `--name`, `--name value`, `--name=value`, `-n value`, `-abc`.
 *
 * Values that look like numbers are numbers unless the option is in `string`.
 */
export function parseArgs<B extends string = never, S extends string = never, C extends string = never>(
  args: string[],
  options: ParseOptions<B, S, C> = {},
): Args<B, S, C> {
  const names = aliasGroups(options.alias ?? {});
  const group = (key: string): string[] => names.get(key) ?? [key];
  const expand = (keys: readonly string[] = []) => new Set(keys.flatMap(group));
  const booleans = expand(options.boolean),
    strings = expand(options.string),
    collected = expand(options.collect);
  const result: { _: Array<string | number>; [key: string]: unknown } = { _: [] };

  const set = (key: string, value: Value, arg: string) => {
    const declared = booleans.has(key) || strings.has(key) || names.has(key);
    if (!declared && options.unknown?.(arg, key, value) === false) return;
    const typed = strings.has(key) ? value : toNumber(value);
    for (const name of group(key)) {
      result[name] = collected.has(name) ? [...(result[name] as Value[] ?? []), typed] : typed;
    }
  };
  /** Sets an option from the argument after it, if that is a value; tells how many arguments it took. */
  const setFromNext = (key: string, arg: string, next: string | undefined): number => {
    if (booleans.has(key)) {
      const spelled = next === "true" || next === "false";
      set(key, next !== "false", arg);
      return spelled ? 1 : 0;
    }
    const taken = next !== undefined && next !== "" && !next.startsWith("-");
    set(key, taken ? next : strings.has(key) ? "" : true, arg);
    return taken ? 1 : 0;
  };

  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  for (let i = 0; i < before.length; i++) {
    const arg = before[i];
    const long = /^--([^=]+)(?:=(.+))?$/s.exec(arg);
    if (long !== null) {
      const [, key, value] = long;
      if (value !== undefined) set(key, booleans.has(key) ? value !== "false" : value, arg);
      else i += setFromNext(key, arg, before[i + 1]);
    } else if (/^-[^-]/.test(arg)) {
      const [, letters, value] = /^-([^=]+)(?:=(.+))?$/s.exec(arg) ?? ["", arg.slice(1)];
      for (const letter of letters.slice(0, -1)) set(letter, strings.has(letter) ? "" : true, arg);
      const last = letters.slice(-1);
      if (value !== undefined) set(last, value, arg);
      else i += setFromNext(last, arg, before[i + 1]);
    } else {
      if (options.unknown?.(arg) !== false) {
        result._.push(strings.has("_") ? arg : toNumber(arg) as string | number);
      }
      if (options.stopEarly) {
        result._.push(...before.slice(i + 1));
        break;
      }
    }
  }

  for (const [key, value] of Object.entries(options.default ?? {})) {
    if (!Object.hasOwn(result, key)) { for (const name of group(key)) result[name] = value; }
  }
  for (const key of booleans) if (!Object.hasOwn(result, key)) result[key] = collected.has(key) ? [] : false;
  for (const key of strings) if (!Object.hasOwn(result, key) && collected.has(key)) result[key] = [];
  const after = end < 0 ? [] : args.slice(end + 1);
  if (options["--"]) result["--"] = after;
  else result._.push(...after);
  return result as Args<B, S, C>;
}

/** Every name, main or other, with all names of the same option. */
function aliasGroups(alias: Record<string, string | readonly string[]>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, others] of Object.entries(alias)) {
    const group = [key, ...(typeof others === "string" ? [others] : others)];
    for (const name of group) groups.set(name, group);
  }
  return groups;
}

function toNumber(value: Value): Value {
  if (typeof value !== "string") return value;
  return /^(0x[0-9a-f]+|[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?)$/i.test(value) ? Number(value) : value;
}
