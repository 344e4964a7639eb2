/**
 * House rules that no linter knows: length, module docs, notes left behind, paths of someone's machine.
 *
 * @module
 */
import { ROOT, run } from "./_process.ts";

const MAX_LINES = 400;
const NOTES = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME"].join("|")})\\b`);
const MACHINE_PATHS = new RegExp(
  `(?:^|[\\s"'\`(:=])(?:file://)?(/(?:${["ho" + "me", "ro" + "ot", "Us" + "ers"].join("|")})/\\w)`,
);

/** One line for each rule that a file breaks; the path is from the root. */
export function checkSource(path: string, text: string, root: string): string[] {
  const wrong: string[] = [];
  const lines = text.split("\n");
  const isCode = /\.tsx?$/.test(path);
  if (isCode && !isGenerated(text) && lines.length - 1 > MAX_LINES) {
    wrong.push(`${path}: ${lines.length - 1} lines: which two reasons to change live there?`);
  }
  if (
    isCode && !path.startsWith("tests/") && !path.startsWith("cli/templates/") &&
    !/^(?:(?:#!|\/\/)[^\n]*\n)*\/\*\*(?:(?!\*\/)[\s\S])*@module/.test(text)
  ) {
    wrong.push(`${path}:1: starts with no /** … @module */`);
  }
  lines.forEach((line, index) => {
    if (NOTES.test(line)) wrong.push(`${path}:${index + 1}: a note of work left to do`);
    if (line.includes(`${root}/`) || MACHINE_PATHS.test(line)) {
      wrong.push(`${path}:${index + 1}: a path of one machine`);
    }
  });
  return wrong;
}

/** Whether the first lines say that a generator wrote the file. */
function isGenerated(text: string): boolean {
  return /generated/i.test(text.split("\n", 5).join("\n"));
}

/** Checks every text file of the repository. */
export async function checkSources(): Promise<string[]> {
  const { output } = await run("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT });
  const wrong: string[] = [];
  for (const path of output.split("\n")) {
    if (path === "deno.lock") continue;
    const text = await Deno.readTextFile(`${ROOT}/${path}`).catch(() => undefined);
    if (text !== undefined && !text.includes("\0")) wrong.push(...checkSource(path, text, ROOT));
  }
  return wrong;
}
