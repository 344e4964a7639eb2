/**
 * Owns logging: a message for people, fields for machines, and one place where both leave the process.
 *
 * A logger is a parent and a few fields; records are put together only when their level is on. JSON lines by default,
 * readable lines at a terminal. What is logged may come from the network, so values are bounded in depth and size, and
 * control characters never reach a terminal or start a new line.
 *
 * @module
 */
import { readEnv } from "./env.ts";
import { VangoError } from "./errors.ts";

/** How grave a record is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Values by name. Errors keep their stack and cause; values under names like `token` or `cookie` are left out. */
export type LogFields = Readonly<Record<string, unknown>>;

/** One record: `time` (ISO 8601), `level`, `message`, then the fields. Holds JSON values only. */
export interface LogRecord {
  /** When, in ISO 8601 and UTC. */
  readonly time: string;
  /** How grave. */
  readonly level: LogLevel;
  /** What happened. */
  readonly message: string;
  /** The logger's fields, and the record's own. */
  readonly [field: string]: unknown;
}

/** Where records go. What it throws reaches nobody. */
export type LogSink = (record: LogRecord) => void;

/** Writes records. Never throws. */
export interface Logger {
  /** Steps of the work, for who looks for a fault. Off by default. */
  debug(message: string, fields?: LogFields): void;
  /** What a healthy server tells. */
  info(message: string, fields?: LogFields): void;
  /** What works, but should be looked at. */
  warn(message: string, fields?: LogFields): void;
  /** What failed. Put the error itself under `error`. */
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each record: `logger.child({ session: id })`. */
  child(fields: LogFields): Logger;
  /** This logger for the first call with `key`, and a silent one after that, in all of its family. */
  once(key: string): Logger;
  /** Whether records of a level are written, to save work that only they need. */
  enabled(level: LogLevel): boolean;
}

/** How a logger works. */
export interface LoggerOptions {
  /** The least level that is written. Default: VANGO_LOG, else "info". */
  level?: LogLevel | "silent";
  /** How records are written. Default: pretty at a terminal, else JSON. Of no use with a sink. */
  format?: "json" | "pretty";
  /** Where records go. Default: standard output, and standard error for warn and error. */
  sink?: LogSink;
  /** Names whose values are left out, in addition to the usual ones; case does not matter. */
  redact?: readonly string[];
  /** Milliseconds since 1970, for the records' time. */
  now?: () => number;
}

const LEVELS: Readonly<Record<string, number>> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };
const REDACTED = [
  "password",
  "secret",
  "token",
  "cookie",
  "set-cookie",
  "authorization",
  "binding",
  "resumekey",
  "sealed",
];
const MAX_ONCE = 10_000;
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_STRING = 8_192;

/**
 * Makes a logger.
 *
 * @throws {VangoError} When VANGO_LOG or the level is none of debug, info, warn, error and silent.
 *
 * @example
 * ```ts
 * import { createLogger, type LogRecord } from "./log.ts";
 *
 * const records: LogRecord[] = [];
 * const logger = createLogger({ level: "info", sink: (record) => records.push(record) });
 * logger.child({ session: "s1" }).info("Session started", { route: "/" });
 * console.assert(records[0].session === "s1" && records[0].route === "/");
 * ```
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const level = options.level ?? readEnv("VANGO_LOG")?.toLowerCase() ?? "info";
  if (!Object.hasOwn(LEVELS, level)) {
    throw new VangoError("log-level", `Cannot log at the level "${level}"`, {
      hint: "VANGO_LOG is one of debug, info, warn, error and silent.",
    });
  }
  return new FieldLogger(
    {
      level: LEVELS[level],
      sink: options.sink ?? consoleSink(options.format ?? (Deno.stdout.isTerminal() ? "pretty" : "json")),
      redact: new Set([...REDACTED, ...(options.redact ?? []).map((name) => name.toLowerCase())]),
      now: options.now ?? Date.now,
      seen: new Set(),
    },
    undefined,
    {},
  );
}

/** A logger that writes nothing. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
  once: () => silentLogger,
  enabled: () => false,
};

/** What a whole family of loggers shares. */
interface Root {
  level: number;
  sink: LogSink;
  redact: ReadonlySet<string>;
  now: () => number;
  seen: Set<string>;
}

class FieldLogger implements Logger {
  readonly #root: Root;
  readonly #parent: FieldLogger | undefined;
  readonly #fields: LogFields;

  constructor(root: Root, parent: FieldLogger | undefined, fields: LogFields) {
    this.#root = root;
    this.#parent = parent;
    this.#fields = fields;
  }

  debug(message: string, fields?: LogFields): void {
    if (this.#root.level <= 0) this.#write("debug", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    if (this.#root.level <= 1) this.#write("info", message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    if (this.#root.level <= 2) this.#write("warn", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    if (this.#root.level <= 3) this.#write("error", message, fields);
  }

  child(fields: LogFields): Logger {
    return new FieldLogger(this.#root, this, fields);
  }

  once(key: string): Logger {
    const { seen } = this.#root;
    // Full means that keys are made of data: then saying nothing new is better than growing.
    if (seen.has(key) || seen.size >= MAX_ONCE) return silentLogger;
    seen.add(key);
    return this;
  }

  enabled(level: LogLevel): boolean {
    return this.#root.level <= LEVELS[level];
  }

  #write(level: LogLevel, message: string, fields: LogFields | undefined): void {
    const { redact, sink, now } = this.#root;
    try {
      const record: Record<string, unknown> = { time: new Date(now()).toISOString(), level, message };
      this.#addFields(record, redact);
      if (fields !== undefined) addFields(record, fields, redact);
      sink(record as unknown as LogRecord);
    } catch {
      // A log that cannot be written must not fail the work that it tells about, and there is nowhere to say so.
    }
  }

  #addFields(record: Record<string, unknown>, redact: ReadonlySet<string>): void {
    if (this.#parent !== undefined) this.#parent.#addFields(record, redact);
    addFields(record, this.#fields, redact);
  }
}

function addFields(record: Record<string, unknown>, fields: LogFields, redact: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const free = name !== "time" && name !== "level" && name !== "message";
    record[free ? name : `_${name}`] = redact.has(name.toLowerCase())
      ? "[redacted]"
      : plain(value, redact, 0);
  }
}

/** A value as JSON can hold it, bounded in depth, items and length. */
function plain(value: unknown, redact: ReadonlySet<string>, depth: number): unknown {
  switch (typeof value) {
    case "string":
      return value.length > MAX_STRING
        ? `${value.slice(0, MAX_STRING)}… (${value.length} characters)`
        : value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
    case "undefined":
      return value;
    case "object":
      break;
    default:
      return String(value).slice(0, 200);
  }
  if (value === null) return null;
  if (depth >= MAX_DEPTH) return "[deeper]";
  if (value instanceof Error) return plainError(value, redact, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (value instanceof Map) {
    return plainEntries([...value].map(([name, item]) => [String(name), item]), redact, depth);
  }
  if (Array.isArray(value) || value instanceof Set) {
    const items = [...value];
    const shown = items.slice(0, MAX_ITEMS).map((item) => plain(item, redact, depth + 1));
    return items.length > MAX_ITEMS ? [...shown, `… (${items.length} items)`] : shown;
  }
  return plainEntries(Object.entries(value), redact, depth);
}

function plainEntries(entries: [string, unknown][], redact: ReadonlySet<string>, depth: number): unknown {
  const result: Record<string, unknown> = Object.create(null);
  for (const [name, item] of entries.slice(0, MAX_ITEMS)) {
    result[name] = redact.has(name.toLowerCase()) ? "[redacted]" : plain(item, redact, depth + 1);
  }
  if (entries.length > MAX_ITEMS) result["…"] = `${entries.length} entries`;
  return result;
}

function plainError(error: Error, redact: ReadonlySet<string>, depth: number): unknown {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    name: error.name,
    message: plain(error.message, redact, depth),
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    stack: plain(error.stack ?? "", redact, depth),
    ...(cause === undefined ? {} : { cause: plain(cause, redact, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: plain(error.errors, redact, depth + 1) } : {}),
  };
}

/**
 * Writes to the console, which also hands records to Deno's OpenTelemetry exporter when that is on: debug and info to
 * standard output, warn and error to standard error.
 */
function consoleSink(format: "json" | "pretty"): LogSink {
  return (record) => {
    const line = format === "json" ? JSON.stringify(record) : formatPretty(record);
    console[record.level](line);
  };
}

/** A record as people read it: `12:30:01.123 WARN  Message  session=s1 count=3`, an error's stack below it. */
export function formatPretty(record: LogRecord): string {
  const { time, level, message, ...fields } = record;
  const stacks: string[] = [];
  const parts = Object.entries(fields).map(([name, value]) => {
    if (isPlainError(value)) {
      stacks.push(...stackLines(value, ""));
      return `${name}=${printable(value.message)}`;
    }
    return `${name}=${printable(typeof value === "string" ? value : JSON.stringify(value))}`;
  });
  const head = `${time.slice(11, 23)} ${level.toUpperCase().padEnd(5)} ${printable(message)}`;
  return [parts.length === 0 ? head : `${head}  ${parts.join(" ")}`, ...stacks].join("\n");
}

interface PlainError {
  message: string;
  stack: string;
  cause?: unknown;
}

function isPlainError(value: unknown): value is PlainError {
  return typeof value === "object" && value !== null && "stack" in value && typeof value.stack === "string" &&
    "message" in value && typeof value.message === "string";
}

function stackLines(error: PlainError, label: string): string[] {
  const lines = error.stack.split("\n").map((line) => `    ${label}${printable(line)}`);
  return isPlainError(error.cause) ? [...lines, ...stackLines(error.cause, "caused by ")] : lines;
}

/** Control characters and line ends as escapes, so that a value cannot move the cursor or pose as a line of its own. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
