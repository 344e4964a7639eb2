/**
 * What is printed of an error: pretty for people, compact for logs and editors, JSON for programs.
 *
 *     error[E120]: Cannot read vango.json: expected a comma          vango.json:3:5: error[E120]: Cannot read …
 *       at vango.json:3:5
 *        2 |   "port": 8000
 *        3 |   "host": "x"
 *          |   ^
 *     cause: …
 *     fix:   …
 *
 * @module
 */
import type { ErrorEntry } from "./entry.ts";
import { type ErrorPlace, VangoError } from "./error.ts";
import { entryOf } from "./registry.ts";

/** Where the page of an error is, from the root of the repository. */
export function pageOf(entry: ErrorEntry): string {
  return `docs/errors.md#${entry.code.toLowerCase()}`;
}

/** An error as data. */
export interface ErrorReport {
  /** Its number. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
  /** What is wrong, of this error in particular. */
  readonly message: string;
  /** How such errors come about. */
  readonly cause: string;
  /** What to do: of this error where it says so, else of its kind. */
  readonly fix: string;
  /** Its page in the documents. */
  readonly docs: string;
  /** Where, when it is in a file. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/** How {@linkcode formatError} writes. */
export interface ErrorFormat {
  /** "pretty" (the default), "compact" (one line) or "json" (one line). */
  readonly form?: "pretty" | "compact" | "json";
  /** Paints a part; default none. */
  readonly paint?: (style: "error" | "label" | "dim", text: string) => string;
}

/** What is known of whatever was thrown, as data. */
export function reportError(thrown: unknown): ErrorReport {
  const entry = entryOf(thrown);
  const own = thrown instanceof VangoError ? thrown : undefined;
  const place = own?.place;
  return {
    code: entry.code,
    name: entry.name,
    message: own?.what ?? messageOf(thrown),
    cause: entry.cause,
    fix: own !== undefined && own.hint !== "" ? own.hint : entry.fix,
    docs: pageOf(entry),
    ...place && { place: { file: place.file, line: place.line, column: place.column } },
  };
}

/**
 * The text of whatever was thrown.
 *
 * @example
 * ```ts
 * import { formatError, VangoError } from "@vango/core/errors";
 *
 * const text = formatError(new VangoError("port", "Cannot listen on the port 99999"), { form: "compact" });
 * console.assert(text === "error[E091]: Cannot listen on the port 99999");
 * ```
 */
export function formatError(thrown: unknown, { form = "pretty", paint }: ErrorFormat = {}): string {
  const report = reportError(thrown);
  const { code, message, place } = report;
  if (form === "json") return JSON.stringify({ error: report });
  const where = place === undefined ? "" : `${place.file}:${place.line}:${place.column}`;
  if (form === "compact") return `${where === "" ? "" : `${where}: `}error[${code}]: ${oneLine(message)}`;
  const p = paint ?? ((_style, text) => text);
  const lines = [`${p("error", `error[${code}]`)}: ${message}`];
  if (thrown instanceof VangoError && thrown.place !== undefined) {
    lines.push(p("dim", `  at ${where}`), ...codeFrame(thrown.place).map((line) => p("dim", line)));
  }
  lines.push(`${p("label", "cause")}: ${report.cause}`, `${p("label", "fix")}:   ${report.fix}`);
  lines.push(p("dim", `Run "vango explain ${code}" for more.`));
  return lines.join("\n");
}

/** An entry as the text of `vango explain`. */
export function formatEntry(entry: ErrorEntry, paint: ErrorFormat["paint"] = (_style, text) => text): string {
  const example = entry.example === undefined
    ? []
    : ["", ...entry.example.split("\n").map((line) => `    ${line}`)];
  return [
    `${paint("error", entry.code)} ${paint("dim", entry.name)}`,
    entry.title,
    "",
    `${paint("label", "cause")}: ${entry.cause}`,
    `${paint("label", "fix")}:   ${entry.fix}`,
    ...example,
    "",
    paint("dim", pageOf(entry)),
  ].join("\n");
}

/** The line of a place between its neighbours, and a caret below the column. */
function codeFrame({ line, column, source }: ErrorPlace): string[] {
  if (source === undefined) return [];
  const lines = source.split(/\r\n?|\n/);
  const width = String(line + 1).length;
  const frame: string[] = [];
  for (let n = Math.max(1, line - 1); n <= Math.min(lines.length, line + 1); n++) {
    frame.push(`  ${String(n).padStart(width)} | ${lines[n - 1]}`.trimEnd());
    // Tabs stay tabs, so that the caret stands where the editor shows the column.
    const before = lines[n - 1].slice(0, column - 1).replace(/[^\t]/g, " ");
    if (n === line) frame.push(`  ${" ".repeat(width)} | ${before}^`);
  }
  return frame;
}

function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "something without a text was thrown";
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
