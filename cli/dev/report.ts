/**
 * Errors for people: where it is, the code around it, and what to do.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findError } from "@vango/core/errors";
import { closest } from "./_closest.ts";
import type { FrameLine, Report } from "./messages.ts";
import type { Paint } from "./_paint.ts";

/** Lines of code above and below the one that is meant. */
const AROUND = 4;
/** Longer lines are cut. */
const MAX_LINE = 300;

interface Place {
  path: string;
  line: number;
  column: number;
}

/** Where reports are made. */
export interface ReportContext {
  /** The path of a module of the project; undefined for anything else. */
  pathOf(url: string): string | undefined;
  /** A path as it is written in messages. */
  short(path: string): string;
}

/** Makes the report of an error. `file` is the module that was being loaded; `title` says what could not be done. */
export function reportOf(error: unknown, context: ReportContext, title: string, file?: string): Report {
  const thrown = error instanceof Error ? error : null;
  const raw = thrown === null ? String(error) : thrown.message;
  const missing = missingModule(`${raw}\n${thrown?.stack ?? ""}`, file);
  const places = placesOf(`${raw}\n${thrown?.stack ?? ""}`, context);
  if (places.length > 0) places[0] = refined(places[0], raw);
  const place = missing === undefined ? places[0] : importOf(missing) ?? places[0];
  const path = place?.path ?? file;
  const frame = path === undefined ? [] : frameOf(path, place?.line);
  const message = messageOf(raw, thrown, missing, context);
  return {
    title,
    message,
    file: path === undefined ? undefined : context.short(path),
    path,
    line: place?.line,
    column: place?.column,
    frame: place === undefined ? [] : frame,
    hint: hintOf(message, thrown, place, missing),
    stack: places.map(({ path, line, column }) => `${context.short(path)}:${line}:${column}`),
  };
}

/** A report as the terminal shows it. */
export function reportText(report: Report, paint: Paint): string {
  const at = report.file === undefined ? "" : `\n  ${
    paint(
      "cyan",
      report.line === undefined ? report.file : `${report.file}:${report.line}:${report.column}`,
    )
  }`;
  const width = String(report.frame.at(-1)?.number ?? 0).length;
  const lines = report.frame.map(({ number, text }) => {
    const mark = number === report.line;
    const row = `  ${mark ? ">" : " "} ${String(number).padStart(width)} | ${text}`;
    const caret = mark && report.column !== undefined
      ? `\n    ${" ".repeat(width)} | ${" ".repeat(report.column - 1)}^`
      : "";
    return mark ? paint("bold", row) + paint("red", caret) : paint("dim", row);
  });
  const hint = report.hint === undefined ? "" : `\n\n  ${paint("bold", "Hint:")} ${report.hint}`;
  return `${paint("red", report.title)}: ${report.message}${at}${
    lines.length > 0 ? `\n\n${lines.join("\n")}` : ""
  }${hint}`;
}

/** Every place in the project that a text names. */
function placesOf(text: string, context: ReportContext): Place[] {
  const places: Place[] = [];
  for (const [, url, line, column] of text.matchAll(/(file:\/\/[^\s)]+?):(\d+):(\d+)/g)) {
    const path = context.pathOf(url);
    if (path === undefined) continue;
    const place = { path, line: Number(line), column: Number(column) };
    const same = (other: Place) => other.path === path && other.line === place.line;
    if (!places.some(same)) places.push(place);
  }
  return places;
}

/** How many lines below the one that is told may be meant. */
const REFINE_LINES = 80;

/**
 * The place itself where only the begin of its view is told: of what stands in JSX the transform keeps no places. The first line
 * from there on that has the name that the message is about.
 */
function refined(place: Place, message: string): Place {
  const name =
    /^(?:ReferenceError: )?([\w$]+) is not defined|\(reading '([\w$]+)'\)|([\w$]+) is not a function/.exec(
      message,
    )
      ?.slice(1).find((found) => found !== undefined);
  if (name === undefined) return place;
  const lines = readLines(place.path);
  const word = new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`);
  for (let at = place.line - 1; at < Math.min(lines.length, place.line + REFINE_LINES); at++) {
    const column = lines[at].slice(at === place.line - 1 ? place.column - 1 : 0).search(word);
    if (column < 0) continue;
    return at === place.line - 1 ? place : { ...place, line: at + 1, column: column + 1 };
  }
  return place;
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}

/** The lines around one of a file; none when it cannot be read. */
export function frameOf(path: string, line = 1): FrameLine[] {
  const lines = readLines(path);
  if (lines.length === 0) return [];
  const first = Math.max(1, line - AROUND);
  return lines.slice(first - 1, line + AROUND).map((each, i) => ({
    number: first + i,
    text: each.length > MAX_LINE ? `${each.slice(0, MAX_LINE)}…` : each,
  })).filter(({ number, text }, i, all) => number <= line || text !== "" || i < all.length - 1);
}

/** A module that is imported and not there. */
interface Missing {
  /** Its path. */
  path: string;
  /** Who imports it. */
  importer: string;
}

/** Reads it off what Deno says of a module that was there before, and of one that never was. */
function missingModule(message: string, file: string | undefined): Missing | undefined {
  const found = /unprepared module: (file:\S+), imported from: (file:\S+)/.exec(message) ??
    /Module not found "(file:[^"]+)"[^]*?at (file:\S+?):\d+:\d+/.exec(message);
  const pathOf = (url: string) => fileURLToPath(url.replace(/[?#].*$/s, ""));
  if (found !== null) return { path: pathOf(found[1]), importer: pathOf(found[2]) };
  // Of what a module imports that was loaded before, Deno does not say who imports it: mostly the one that is being loaded.
  const alone = /Module not found "(file:[^"]+)"/.exec(message)?.[1];
  if (alone === undefined || file === undefined) return undefined;
  const guess = { path: pathOf(alone), importer: file };
  return importOf(guess) === undefined ? undefined : guess;
}

/** Where a module is imported. */
function importOf({ path, importer }: Missing): Place | undefined {
  const lines = readLines(importer);
  const name = basename(path);
  const at = lines.findIndex((line) => /\b(import|export|from)\b/.test(line) && line.includes(name));
  return at < 0 ? undefined : { path: importer, line: at + 1, column: lines[at].indexOf(name) + 1 };
}

/** The message without places, which are told by themselves. */
function messageOf(
  raw: string,
  thrown: Error | null,
  missing: Missing | undefined,
  context: ReportContext,
): string {
  if (missing !== undefined) {
    return `${context.short(missing.importer)} imports ${context.short(missing.path)}, which is not there`;
  }
  const own = (thrown as { hint?: unknown } | null)?.hint;
  // A hint is told by itself.
  const [first] = (typeof own === "string" ? raw.replace(own, "").replace(/\.\s*$/, "") : raw).split("\n");
  const text = first.replace(/\s*(?:at|\()\s*file:\/\/\S+?:\d+:\d+\)?.*$/, "").replace(/^(?:Uncaught )?/, "")
    .trim();
  const name = thrown?.name ?? "";
  const plain = name === "" || name === "Error" || name === "VangoError" || text.startsWith(name) ||
    /^\w*Error: /.test(text);
  return plain ? text : `${name}: ${text}`;
}

function hintOf(
  message: string,
  thrown: Error | null,
  place: Place | undefined,
  missing: Missing | undefined,
): string | undefined {
  const own = (thrown as { hint?: unknown } | null)?.hint;
  if (typeof own === "string" && own !== "") return own;
  if (missing !== undefined) return hintOfMissing(missing, place);
  const code = (thrown as { code?: unknown } | null)?.code;
  const known = typeof code === "string" ? findError(code) : undefined;
  if (known !== undefined) return known.fix;
  const unexported = /requested module '([^']+)' does not provide an export named '([^']+)'/.exec(message);
  if (unexported !== null) return hintOfExport(unexported[1], unexported[2], place);
  const undefinedName = /ReferenceError: (\S+) is not defined/.exec(message)?.[1];
  if (undefinedName !== undefined) return hintOfName(undefinedName, place);
  const property = /properties of (undefined|null) \(reading '([^']+)'\)/.exec(message);
  if (property !== null) {
    return `What stands before .${property[2]} is ${
      property[1]
    } here. A resource has no value until it is ready; ` +
      `an item of a list may not be there: ask first, or write ?.${property[2]}.`;
  }
  const bare = /(?:Relative import path|Import) "([^"]+)" not (?:prefixed|a dependency|in)/.exec(message)
    ?.[1];
  if (bare !== undefined) return hintOfPackage(bare);
  if (/^(?:Uncaught )?SyntaxError\b|^(?:Expected|Unexpected|Unterminated)\b/.test(message)) {
    return "The parser stopped here; what is wrong may be on the line above: a bracket, quote or comma that is missing or too much.";
  }
  if (/is not a function/.test(message)) {
    return "What is called is no function. A signal's value is read as count.value; a handler is passed, not called: onClick: save.";
  }
  return undefined;
}

function hintOfPackage(name: string): string {
  return `Add it to the imports of deno.json: deno add npm:${name}, or jsr:${name} for a package of JSR.`;
}

/** What the import at a place says that it imports. */
function specifierAt({ path, line }: Place): string | undefined {
  return /(?:from|import)\s*\(?\s*["']([^"']+)["']/.exec(readLines(path)[line - 1] ?? "")?.[1];
}

function hintOfMissing({ path }: Missing, place: Place | undefined): string {
  const bare = place === undefined ? undefined : specifierAt(place);
  if (bare !== undefined && !/^[./]|^\w+:/.test(bare)) return hintOfPackage(bare);
  let names: string[] = [];
  try {
    names = readdirSync(dirname(path));
  } catch {
    return "Its folder is not there either. Write the file, or correct the path.";
  }
  const name = basename(path);
  const stem = name.replace(/\.\w+$/, "");
  const close = names.find((other) => other.replace(/\.\w+$/, "") === stem) ?? closest(name, names);
  return close === undefined ? "Write the file, or take the import out." : `Did you mean ${close}?`;
}

function hintOfExport(specifier: string, name: string, place: Place | undefined): string {
  const names = specifier.startsWith(".") && place !== undefined
    ? exportsOf(resolve(dirname(place.path), specifier))
    : [];
  if (names.length === 0) return `Export it from ${specifier}, or import another name.`;
  const close = closest(name, names);
  const shown = names.slice(0, 8).join(", ") + (names.length > 8 ? " …" : "");
  return close === undefined
    ? `${specifier} exports ${shown}. Export ${name} from it, or import another name.`
    : `Did you mean ${close}? ${specifier} exports ${shown}.`;
}

/** The words of a file that are long enough to be meant. */
function wordsOf(path: string): string[] {
  return [...new Set(readLines(path).join("\n").match(/[\p{ID_Start}$_][\p{ID_Continue}$]{2,}/gu) ?? [])];
}

/** The names that a file exports, as far as they can be seen. */
function exportsOf(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  const names = [
    ...text.matchAll(/^\s*export\s+(?:async\s+)?(?:const|let|var|function\*?|class)\s+([\w$]+)/gm),
  ];
  return names.map(([, name]) => name);
}

/** What of Vango is most often used without being imported. */
const KNOWN = new Set([
  ..."signal computed effect component resource batch untracked onMount onCleanup createContext useContext useCtx each when unless match raw ErrorBoundary createRef"
    .split(" "),
]);
const ELEMENTS = new Set(
  "a article aside button code div em fieldset footer form h1 h2 h3 h4 header hr img input label legend li main nav ol option p pre section select small span strong table tbody td textarea th thead time tr ul video"
    .split(" "),
);

/** What browsers alone have. */
const OF_BROWSERS = new Set(
  "window document HTMLElement Element Node Image DOMParser XMLHttpRequest IntersectionObserver ResizeObserver MutationObserver history screen matchMedia requestAnimationFrame getComputedStyle"
    .split(" "),
);

function hintOfName(name: string, place: Place | undefined): string {
  if (OF_BROWSERS.has(name)) {
    return `There is no ${name} here: this code runs on the server. The view, useCtx() and refs change the page; what only a browser ` +
      "can do belongs in a hook.";
  }
  if (KNOWN.has(name)) return `Import it: import { ${name} } from "@vango/core";`;
  if (ELEMENTS.has(name)) return `Import it: import { ${name} } from "@vango/core/elements";`;
  const close = place === undefined
    ? undefined
    : closest(name, wordsOf(place.path).filter((word) => word !== name));
  return close === undefined ? "Import it, declare it, or correct its name." : `Did you mean ${close}?`;
}
