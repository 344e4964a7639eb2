/**
 * docs/guides: everything that they show is run. Modules run (code_test.ts type-checks them), projects type-check and pass the
 * tests that they show.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { failureOf, type GuideFile, guides, readGuide, writeProject } from "./_guide.ts";
import { ROOT } from "./_documents.ts";

Deno.test("a block of a guide that no test would run is refused", async () => {
  const folder = await Deno.makeTempDir({ dir: `${ROOT}/docs/guides`, prefix: "wrong_" });
  try {
    for (
      const block of ["```ts ignore\nconst a = 1;\n```\n", "```js\n1;\n```\n", "```ts\n// a/b.ts\n1;\n```\n"]
    ) {
      await Deno.writeTextFile(`${folder}/wrong.md`, block);
      const path = `${folder}/wrong.md`.slice(ROOT.length + 1);
      await assertRejects(() => readGuide(path), Error, "Cannot test this block");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("there are guides", async () => {
  const names = (await guides()).map((path) => path.replace("docs/guides/", ""));
  for (
    const name of [
      "components.md",
      "forms.md",
      "getting-started.md",
      "hooks.md",
      "navigation.md",
      "routing.md",
    ]
  ) {
    assert(names.includes(name), name);
  }
});

for (const path of await guides()) {
  const guide = await readGuide(path);
  const files = guide.steps.filter((step): step is GuideFile => "file" in step);

  Deno.test(`${path}: its modules run, and what they assert holds`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (const [i, code] of guide.modules.entries()) {
        const asserts = code.replaceAll(/^( *)console\.assert\(/gm, "$1mustHold(");
        const text = `${asserts}\n${HOLD}\nDeno.test("module ${i}", () => {});\n`;
        await Deno.writeTextFile(`${folder}/module_${i}_test.ts`, text);
      }
      if (guide.modules.length > 0) {
        assertEquals(await failureOf(["test", "-A", "--no-check", folder], folder), undefined);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

  // A guide with commands makes its project by them: getting_started_test.ts.
  if (files.length === 0 || guide.steps.length > files.length) continue;
  Deno.test(`${path}: its project type-checks, and its tests pass`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await writeProject(folder, files);
      assertEquals(await failureOf(["check", "."], folder), undefined);
      assert(files.some(({ file }) => file.endsWith("_test.ts")), "The project has no test");
      assertEquals(await failureOf(["test", "-A", "--no-check", "."], folder), undefined);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** console.assert() only prints. */
const HOLD = `function mustHold(ok: unknown): asserts ok {
  if (!ok) throw new Error("What the guide asserts does not hold");
}`;
