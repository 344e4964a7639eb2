/**
 * The code in README.md, CONTRIBUTING.md and docs/: what it asserts holds, and the README's counter is the example's. That every block
 * type-checks is a gate (`deno task ok doc:check`); here is shown that the gate can fail.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { BUDGETS } from "../../tools/size.ts";
import { codeBlocks, readDocument, ROOT } from "./_documents.ts";

async function checkDocuments(paths: string[]): Promise<{ ok: boolean; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--doc-only", "--config", `${ROOT}/deno.json`, ...paths],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { ok: success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("a document with code that does not type-check is refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/wrong.md`, "```ts\nconst n: number = 'one';\n```\n");
    const { ok, output } = await checkDocuments([`${folder}/wrong.md`]);
    assertEquals(ok, false);
    assert(output.includes("TS2322"), output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the code of docs/testing.md runs, and what it asserts holds", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const blocks = codeBlocks(await readDocument("docs/testing.md"));
    for (const [i, block] of blocks.entries()) {
      // A module without tests is one: what it says at its top level. What is for a browser tests/browser runs in its words.
      const code = block.includes("Deno.test(")
        ? block.replace('Deno.test("counts in Chromium"', 'Deno.test.ignore("counts in Chromium"')
        : `${block}\nDeno.test("block ${i}", () => {});\n`;
      await Deno.writeTextFile(`${folder}/block_${i}_test.ts`, code);
    }
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "test",
        "-A",
        "--no-check",
        "--config",
        `${ROOT}/deno.json`,
        folder,
      ],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert(success && !output.includes("Assertion failed"), output);
    assertEquals(/(\d+) passed/.exec(output)?.[1], "8", output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the counter of README.md is examples/counter/main.ts", async () => {
  const source = await Deno.readTextFile(`${ROOT}/examples/counter/main.ts`);
  const code = source.slice(source.indexOf("*/\n") + "*/\n".length);
  const blocks = codeBlocks(await readDocument("README.md"));
  assertEquals(blocks.filter((block) => block === code).length, 1, "README.md does not show the example");
});

Deno.test("README.md does not promise a smaller client than its budget", async () => {
  const readme = await readDocument("README.md");
  const promised = Number(/at most (\d+) KB after gzip/.exec(readme)?.[1]);
  assert(BUDGETS.CLIENT_JS.bytes <= promised * 1024, `The budget is ${BUDGETS.CLIENT_JS.bytes} bytes`);
});
