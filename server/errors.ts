/**
 * Owns the errors of configuration: one check of options that says what to do about each mistake.
 *
 * @module
 */
import { VangoError } from "../errors/error.ts";
import { nearestName } from "../errors/nearest.ts";

export { VangoError, type VangoErrorOptions } from "../errors/error.ts";
export { nearestName } from "../errors/nearest.ts";

/**
 * The error for a listener that could not start, from what `Deno.serve` threw.
 *
 * @param at Where it was to listen; `variable`: the port is PORT's to say.
 * @returns An error with the code `port-taken`, `no-permission`, `address` or `listen`.
 */
export function listenError(
  cause: unknown,
  at: { hostname: string; port: number; variable?: boolean },
): VangoError {
  const host = at.hostname.includes(":") ? `[${at.hostname}]` : at.hostname;
  const what = `Cannot listen on ${host}:${at.port}`;
  if (cause instanceof Deno.errors.AddrInUse) {
    const next = nextPort(at.port);
    const hint = `Stop the other program, or choose another port: ${
      at.variable ? `PORT=${next} in the environment` : `app.serve({ port: ${next} })`
    }.`;
    return new VangoError("port-taken", `${what}: the port is taken`, { cause, hint });
  }
  if (cause instanceof Deno.errors.PermissionDenied || cause instanceof Deno.errors.NotCapable) {
    const hint = at.port > 0 && at.port < 1024
      ? "Ports below 1024 belong to the system: choose a higher one, or let a proxy hold it."
      : `Run with --allow-net=${host}:${at.port}.`;
    return new VangoError("no-permission", `${what}: not permitted`, { cause, hint });
  }
  if (cause instanceof Deno.errors.AddrNotAvailable) {
    const hint = `Use an address of this machine: "127.0.0.1" for it alone, "0.0.0.0" for the network.`;
    return new VangoError("address", `${what}: this machine has no such address`, { cause, hint });
  }
  return new VangoError("listen", `${what}: ${messageOf(cause)}`, { cause });
}

/** The message of whatever was thrown. Never throws, though an object may have no text and a getter may fail. */
export function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "something without a text was thrown";
  }
}

/** What one option may be. An option that is absent or undefined is right, unless it is `required`. */
export type OptionSpec =
  & { readonly required?: boolean }
  & (
    | { readonly type: "boolean" | "function" | "any" }
    | { readonly type: "string"; readonly oneOf?: readonly string[] }
    /** A finite number from `min` to `max`, both inclusive; whole unless `fraction`. */
    | {
      readonly type: "number";
      readonly min?: number;
      readonly max?: number;
      readonly fraction?: boolean;
      readonly unit?: string;
    }
    | { readonly type: "array"; readonly of: OptionSpec }
    | { readonly type: "object"; readonly spec: Readonly<Record<string, OptionSpec>> }
    | { readonly type: "either"; readonly of: readonly OptionSpec[] }
  );

/** The specs of all options of `T`: none may be left out, so the check and the type cannot drift apart. */
export type OptionSpecs<T> = { readonly [K in keyof Required<T>]: OptionSpec };

/**
 * Checks options that a developer wrote, where types alone do not hold (JavaScript, JSON, casts).
 *
 * @param options What was passed; undefined stands for no options.
 * @param where How the user calls it, for the message: "createApp()".
 * @throws {VangoError} With the code `options`, naming every mistake, when there is one.
 *
 * @example
 * ```ts
 * import { checkOptions } from "./errors.ts";
 *
 * interface Options { port?: number }
 * const options: Options = { port: 8000 };
 * checkOptions<Options>(options, { port: { type: "number", min: 0, max: 65_535 } }, "serve()");
 * ```
 */
export function checkOptions<T extends object>(
  options: T | undefined,
  specs: OptionSpecs<T>,
  where: string,
): void {
  if (options === undefined) return;
  const problems: string[] = [];
  checkObject(options, specs, "", problems);
  if (problems.length === 0) return;
  throw new VangoError("options", `Cannot use the options of ${where}: ${problems.join("; ")}`);
}

function checkObject(
  value: unknown,
  specs: Readonly<Record<string, OptionSpec>>,
  path: string,
  problems: string[],
): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push(`${path === "" ? "they" : `"${path}"`} must be an object, got ${show(value)}`);
    return;
  }
  const prefix = path === "" ? "" : `${path}.`;
  for (const [name, item] of Object.entries(value)) {
    if (Object.hasOwn(specs, name)) {
      if (item !== undefined) checkValue(item, specs[name], prefix + name, problems);
      continue;
    }
    const meant = nearestName(name, Object.keys(specs));
    const help = meant === undefined
      ? `known are ${Object.keys(specs).join(", ")}`
      : `did you mean "${meant}"?`;
    problems.push(`"${prefix}${name}" is unknown, ${help}`);
  }
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.required && (value as Record<string, unknown>)[name] === undefined) {
      problems.push(`"${prefix}${name}" is missing`);
    }
  }
}

function checkValue(value: unknown, spec: OptionSpec, path: string, problems: string[]): void {
  switch (spec.type) {
    case "any":
      return;
    case "array":
      if (!Array.isArray(value)) break;
      value.forEach((item, index) => checkValue(item, spec.of, `${path}[${index}]`, problems));
      return;
    case "object":
      return checkObject(value, spec.spec, path, problems);
    case "either": {
      const tries = spec.of.map((one) => {
        const found: string[] = [];
        checkValue(value, one, path, found);
        return found;
      });
      if (tries.some((found) => found.length === 0)) return;
      break;
    }
    default:
      if (fits(value, spec)) return;
  }
  problems.push(`"${path}" must be ${describe(spec)}, got ${show(value)}`);
}

function fits(value: unknown, spec: OptionSpec): boolean {
  if (spec.type === "string") return typeof value === "string" && (spec.oneOf?.includes(value) ?? true);
  if (spec.type === "boolean") return typeof value === "boolean";
  if (spec.type !== "number") return typeof value === "function";
  return typeof value === "number" && Number.isFinite(value) && (spec.fraction || Number.isInteger(value)) &&
    value >= (spec.min ?? -Infinity) && value <= (spec.max ?? Infinity);
}

function describe(spec: OptionSpec): string {
  switch (spec.type) {
    case "string":
      return spec.oneOf === undefined
        ? "a string"
        : `one of ${spec.oneOf.map((one) => `"${one}"`).join(", ")}`;
    case "number": {
      const unit = spec.unit === undefined ? "" : ` (${spec.unit})`;
      const kind = spec.fraction ? "a number" : "a whole number";
      if (spec.min !== undefined && spec.max !== undefined) {
        return `${kind} from ${spec.min} to ${spec.max}${unit}`;
      }
      if (spec.min !== undefined) return `${kind} of at least ${spec.min}${unit}`;
      if (spec.max !== undefined) return `${kind} of at most ${spec.max}${unit}`;
      return `${kind}${unit}`;
    }
    case "array":
      return `a list, each item ${describe(spec.of)}`;
    case "object":
      return "an object";
    case "either":
      return spec.of.map(describe).join(" or ");
    case "any":
      return "anything";
    default:
      return `a ${spec.type}`;
  }
}

function show(value: unknown): string {
  if (typeof value === "string") {
    return value.length > 40 ? `a string of ${value.length} characters` : `"${value}"`;
  }
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

function nextPort(port: number): number {
  return port >= 65_535 ? 8000 : port + 1;
}
