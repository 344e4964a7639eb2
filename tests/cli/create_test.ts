/** create: names, folders and answers that are refused; then what it writes, and what it asks. @module */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { composeProject, FEATURES, type TemplateName, TEMPLATES, titleOf } from "../../cli/templates.ts";
import { TEMPLATE_FILES } from "../../cli/templates_text.ts";
import type { Asker } from "../../cli/mod.ts";
import { generateRoutes } from "../../router/mod.ts";
import { ROOT, runDeno } from "../../tools/_process.ts";
import { templatesModule } from "../../tools/gen_templates.ts";
import { inFolder, vangoIn } from "./_vango.ts";

/** Answers in their order, and notes the questions. */
function answers(...given: (string | boolean)[]): Asker & { asked: string[] } {
  const asked: string[] = [];
  const next = (question: string) => {
    asked.push(question);
    if (given.length === 0) throw new Error(`Nobody answers "${question}"`);
    return Promise.resolve(given.shift() as never);
  };
  return { asked, text: next, select: next, confirm: next };
}

Deno.test("create refuses names that are none, and proposes one", async () => {
  await inFolder({}, async (cwd) => {
    const vango = vangoIn({ cwd });
    const cases: [string, string, string][] = [
      ["My App", "it must begin with a small letter", "Try my-app."],
      ["my app", "it takes small letters, digits, hyphens, underscores and dots", "Try my-app."],
      ["1app", "it must begin with a small letter", "Try app."],
      ["app-", "it must end with a letter or a digit", "Try app."],
      ["node_modules", "the name is taken", "Use a name such as my-app."],
      ["con", "the name is taken", "Use a name such as my-app."],
      ["a".repeat(65), "it has more than 64 characters", `Try ${"a".repeat(64)}.`],
      ["äpp", "it must begin with a small letter", "Try pp."],
      ["app;rm", "it takes small letters", "Try app-rm."],
    ];
    for (const [name, why, hint] of cases) {
      const { code, err } = await vango("create", name);
      assertEquals(code, 1, name);
      assertStringIncludes(err, "error[E143]");
      assertStringIncludes(err, why);
      assertStringIncludes(err, hint);
    }
    assertEquals([...Deno.readDirSync(cwd)], []);
  });
});

Deno.test("create refuses unknown templates and flags, with the nearest one", async () => {
  await inFolder({}, async (cwd) => {
    const vango = vangoIn({ cwd });
    const template = await vango("create", "app", "--template", "standart");
    assertEquals(template.code, 2);
    assertStringIncludes(template.err, 'did you mean "standard"?');
    const flag = await vango("create", "app", "--with-dbb");
    assertEquals(flag.code, 2);
    assertStringIncludes(flag.err, "did you mean --with-db?");
  });
});

Deno.test("create refuses a folder that is not empty, and a file", async () => {
  await inFolder({ "app/a": "", "app/b": "", "app/c": "", "app/d": "", "file": "" }, async (cwd) => {
    const vango = vangoIn({ cwd });
    const full = await vango("create", "app");
    assertEquals(full.code, 1);
    assertStringIncludes(full.err, "error[E142]: Cannot make app: the folder holds a, b, c and 1 more");
    assertStringIncludes((await vango("create", "file")).err, "error[E142]");
    assertEquals(Deno.readTextFileSync(`${cwd}/file`), "");
  });
});

Deno.test("create asks nothing where nobody answers, and says what is missing", async () => {
  await inFolder({}, async (cwd) => {
    const ask = answers();
    const { code, err } = await vangoIn({ cwd, ask })("create");
    assertEquals([code, ask.asked], [2, []]);
    assertStringIncludes(err, "Name it: vango create my-app.");
    assertEquals((await vangoIn({ cwd, ask })("create", "app")).code, 0);
    assertEquals((await vangoIn({ cwd, ask, interactive: true })("create", "yes", "--yes")).code, 0);
    assertEquals((await vangoIn({ cwd, ask, interactive: true })("create", "json", "--json")).code, 0);
    assertEquals(ask.asked, []);
  });
});

Deno.test("create asks for what the command line leaves open", async () => {
  await inFolder({}, async (cwd) => {
    const all = answers("app", "minimal", false, true, true);
    const { out } = await vangoIn({ cwd, ask: all, interactive: true })("create");
    assertEquals(all.asked, [
      "What is it called?",
      "Which template?",
      "Tailwind?",
      "A SQLite database?",
      "Sign-up and sign-in?",
    ]);
    assertStringIncludes(out, "Made app (minimal with db, auth): ");
    const some = answers("api");
    await vangoIn({ cwd, ask: some, interactive: true })("create", "other", "--with-db");
    assertEquals(some.asked, ["Which template?"]);
    const none = answers();
    await vangoIn({ cwd, ask: none, interactive: true })("create", "third", "-t", "minimal");
    assertEquals(none.asked, []);
  });
});

Deno.test("create writes into an empty folder, which may be a new repository", async () => {
  await inFolder({ "app/.git/HEAD": "" }, async (folder) => {
    const { code, out } = await vangoIn({ cwd: `${folder}/app` })("create", ".", "-t", "minimal", "--json");
    assertEquals(code, 0);
    const made = JSON.parse(out);
    assertEquals([made.name, made.template, made.features], ["app", "minimal", []]);
    for (const file of made.files) assert(Deno.statSync(`${folder}/app/${file}`).isFile, file);
    assertEquals(
      Deno.readTextFileSync(`${folder}/app/routes.gen.ts`),
      generateRoutes(["_layout.ts", "index.ts"]),
    );
  });
});

Deno.test("create links a project to the checkout that it runs from, and to none when it is published", async () => {
  await inFolder({}, async (cwd) => {
    const { out } = await vangoIn({ cwd })("create", "app");
    const { links } = JSON.parse(Deno.readTextFileSync(`${cwd}/app/deno.json`));
    assertEquals(links.map((link: string) => Deno.realPathSync(`${cwd}/app/${link}`)), [
      Deno.realPathSync(ROOT),
    ]);
    assertStringIncludes(out, `linked to the Vango of ${links[0]}`);
  });
  const published = composeProject({ name: "app", template: "minimal", features: new Set() });
  assertEquals("links" in JSON.parse(published.get("deno.json")!), false);
});

/** Every template with every choice of what is added. */
function* everyPlan(): Generator<[TemplateName, string[]]> {
  for (const template of Object.keys(TEMPLATES) as TemplateName[]) {
    for (let bits = 0; bits < 1 << FEATURES.length; bits++) {
      yield [template, FEATURES.filter((_, i) => bits & 1 << i)];
    }
  }
}

Deno.test("no project holds a marker, a placeholder or a file that is not for it", () => {
  for (const [template, features] of everyPlan()) {
    const files = composeProject({ name: "my-app", template, features: new Set(features) as never });
    const what = `${template} ${features}`;
    const has = (feature: string) => features.includes(feature) || template === "full";
    for (const [path, text] of files) {
      assertEquals(
        /\{\{|^\s*(?:\/\/|#|\/\*|<!--) (?:if|end)\b/m.exec(text)?.[0],
        undefined,
        `${what}: ${path}`,
      );
      assertEquals(text.endsWith("\n") && !text.endsWith("\n\n"), true, `${what}: ${path}`);
    }
    assertEquals(files.has("auth/store.ts"), has("auth"), what);
    assertEquals(files.has("db/client.ts"), has("db"), what);
    assertEquals(files.has("styles/app.css"), has("tailwind"), what);
    assertEquals(files.get("auth/store.ts")?.includes("SELECT") ?? false, has("auth") && has("db"), what);
    assertEquals(JSON.parse(files.get("vango.json")!).tailwind?.enabled ?? false, has("tailwind"), what);
    assert(files.has("routes/index.ts") && files.has("README.md") && files.has(".gitignore"), what);
    // What the README says to try must work: gen overwrites nothing.
    const [, advised] = /vango gen route (\w+)/.exec(files.get("README.md")!)!;
    assertEquals(files.has(`routes/${advised}.ts`), false, `${what}: ${advised}`);
  }
});

Deno.test("every file of the templates is in some project", () => {
  const used = new Set<string>();
  for (const [template, features] of everyPlan()) {
    const plan = { name: "my-app", template, features: new Set(features) as never };
    for (const path of composeProject(plan).keys()) used.add(path);
  }
  const renamed: Record<string, string> = {
    "_gitignore": ".gitignore",
    "styles.css": "public/styles.css",
    "theme.css": "styles/app.css",
  };
  for (const file of Object.keys(TEMPLATE_FILES)) {
    const path = file.slice(file.indexOf("/") + 1);
    assert(used.has(renamed[path] ?? path), file);
  }
});

Deno.test("every project is formatted, whatever its name", async () => {
  await inFolder({}, async (folder) => {
    const names = ["a", "a-name-that-is-longer-than-others"];
    for (const [i, [template, features]] of [...everyPlan()].entries()) {
      const files = composeProject({ name: names[i % 2], template, features: new Set(features) as never });
      for (const [path, text] of files) {
        await Deno.mkdir(`${folder}/${i}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
        await Deno.writeTextFile(`${folder}/${i}/${path}`, text);
      }
    }
    const settings = `${folder}/deno.json`;
    await Deno.writeTextFile(settings, '{ "fmt": { "lineWidth": 100, "exclude": ["**/README.md"] } }\n');
    const { code, output } = await runDeno(["fmt", "--check", "--config", settings, folder]);
    assertEquals(code, 0, output);
  });
});

Deno.test("the module of the templates is what its generator writes", async () => {
  assertEquals(await Deno.readTextFile(`${ROOT}/cli/templates_text.ts`), await templatesModule());
});

Deno.test("titleOf() is a name as people write it", () => {
  assertEquals([titleOf("my-app"), titleOf("a.b_c"), titleOf("shop")], ["My app", "A b c", "Shop"]);
});
