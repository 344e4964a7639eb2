/**
 * What the tests of the documents share: which there are, and the code and links in them.
 *
 * @module
 */
import { walk } from "@std/fs";
import { ROOT } from "../../tools/_process.ts";

export { ROOT };

/** The documents, by their paths from the root. */
export async function documents(): Promise<string[]> {
  const paths = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
  for await (const { path } of walk(`${ROOT}/docs`, { exts: ["md"], includeDirs: false })) {
    paths.push(path.slice(ROOT.length + 1));
  }
  return paths.sort();
}

/** The text of a document. */
export async function readDocument(path: string): Promise<string> {
  return await Deno.readTextFile(`${ROOT}/${path}`);
}

/** The blocks of TypeScript. */
export function codeBlocks(text: string): string[] {
  return [...text.matchAll(/^```ts\b.*\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
}

/** The targets of links that lead to files of the repository, without their fragments. */
export function fileLinks(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1].replace(/#.*/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

/** The rows of the table under a heading, as the texts of their cells. */
export function tableUnder(text: string, heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new RangeError(`There is no section "${heading}"`);
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((row) => row.slice(1, -1).split("|").map((cell) => cell.trim()));
}
