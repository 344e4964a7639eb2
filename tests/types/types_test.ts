/**
 * Runs the type checker over this folder without the directives that expect errors: every case that must be refused fails on its own,
 * and nothing else does. With them it is checked by a gate (`deno task ok check`).
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

const HERE = new URL("./", import.meta.url);
const ROOT = new URL("../../", HERE);
const DIRECTIVE = /^\s*\/\/ @ts-expect-error.*$/gm;

async function check(...paths: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--config", "deno.json", ...paths],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder();
  return { code, output: text.decode(stdout) + text.decode(stderr) };
}

async function sources(): Promise<[name: string, source: string][]> {
  const files: [string, string][] = [];
  for await (const { name } of Deno.readDir(HERE)) {
    if (name.endsWith("_test.ts")) continue;
    files.push([name, await Deno.readTextFile(new URL(name, HERE))]);
  }
  return files.sort(([a], [b]) => a < b ? -1 : 1);
}

Deno.test("each refused case is one type error, of at least 300", async () => {
  const files = await sources();
  const folder = await Deno.makeTempDir({ dir: HERE.pathname, prefix: "bare_" });
  try {
    let cases = 0;
    for (const [name, source] of files) {
      cases += source.match(DIRECTIVE)?.length ?? 0;
      const bare = source.replace(DIRECTIVE, "").replaceAll(`"../../`, `"../../../`);
      await Deno.writeTextFile(`${folder}/${name}`, bare);
    }
    const { output } = await check(folder);
    const errors = output.match(/^ {4}at file:/gm)?.length ?? 0;
    assert(cases >= 300, `There are ${cases} cases`);
    assertEquals(errors, cases);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
