/**
 * What the generators share: the type language of the spec table, names, and writing files.
 *
 * @module
 */

import type { ElementSpec } from "../vdom/spec/mod.ts";

/** The words of an enumeration, without its opening `=`; `''` is the empty string. */
export function words(alternative: string): string[] {
  return alternative.slice(1).split(" ").map((word) => word === "''" ? "" : word);
}

/** The TypeScript type of an attribute. */
export function tsType(type: string): string {
  return `Bound<${alternatives(type).map(tsAlternative).join(" | ")}>`;
}

/** The alternatives of a type; a `/` inside an enumeration belongs to its words. */
export function alternatives(type: string): string[] {
  const at = type.indexOf("=");
  if (at < 0) return type.split("/");
  const before = type.slice(0, at).split("/").filter((part) => part !== "");
  return [...before, type.slice(at)];
}

function tsAlternative(alternative: string): string {
  switch (alternative) {
    case "text":
    case "url":
      return "string";
    case "num":
      return "Numeric";
    case "scalar":
      return "string | number";
    case "bool":
      return "boolean";
    case "tf":
      return `boolean | "true" | "false"`;
  }
  if (!alternative.startsWith("=")) {
    throw new Error(`Cannot read the attribute type ${JSON.stringify(alternative)}`);
  }
  return words(alternative).map((word) => word === "*" ? "OtherString" : JSON.stringify(word)).join(" | ");
}

/** The name of an element's function. */
export function functionName(spec: ElementSpec): string {
  return spec.fn ?? spec.tag;
}

/** The name of an element's props. */
export function propsName(spec: ElementSpec, prefix: string): string {
  return `${prefix}${pascal(spec.tag)}Props`;
}

/** A tag in PascalCase. */
export function pascal(tag: string): string {
  return tag.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase());
}

/** Formats source text as `deno fmt` does in this project. */
export async function format(source: string, ext: "ts" | "tsx" = "ts"): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", ext, "--line-width", "110", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(source));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  if (code !== 0) throw new Error(`Cannot format generated code: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** Writes files, or with `check` compares them. Returns the exit code. */
export async function writeGenerated(
  files: Record<string, string>,
  generator: string,
  check: boolean,
): Promise<number> {
  const root = new URL("../", import.meta.url);
  let stale = 0;
  for (const [path, source] of Object.entries(files)) {
    const url = new URL(path, root);
    const text = await format(source, path.endsWith("x") ? "tsx" : "ts");
    const now = await Deno.readTextFile(url).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    });
    if (now === text) continue;
    if (check) {
      console.error(`${path} is stale: run deno run -A ${generator}`);
      stale++;
    } else {
      await Deno.writeTextFile(url, text);
      console.log(`wrote ${path}`);
    }
  }
  return stale === 0 ? 0 : 1;
}
