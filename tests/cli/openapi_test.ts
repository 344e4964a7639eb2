/**
 * vango gen openapi, and the YAML that it writes.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Validator } from "@seriousme/openapi-schema-validator";
import { toYaml } from "../../cli/yaml.ts";
import { MAIN, makeProject, SMALL } from "./_project.ts";
import { vangoIn } from "./_vango.ts";

const API = {
  ...SMALL,
  "main.ts": MAIN.replace(
    "if (import",
    'app.api("/api/late", { GET: () => 1 });\nconsole.log("noise");\n\nif (import',
  ),
  "routes/api/todos/[id:int].ts": `import { endpoint } from "@vango/core";
import { z } from "zod";

export const GET = endpoint(
  { output: z.object({ id: z.number(), title: z.string() }), summary: "One todo: #1, \\"yes\\"" },
  ({ params }) => ({ id: Number(params.id), title: "x" }),
);
export const PUT = endpoint({ body: z.object({ title: z.string() }) }, () => undefined);
`,
};

/** Whether a text is OpenAPI 3.1, by a validator of others, which reads YAML by itself. */
async function check(text: string) {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(text);
  assert(valid, JSON.stringify(errors));
  assertEquals(validator.version, "3.1");
  return validator.specification;
}

Deno.test("gen openapi refuses stale routes, an application that cannot be loaded, and an unknown form", async () => {
  await using project = await makeProject(API);
  assertStringIncludes((await project.vango("gen", "openapi")).err, "error[E155]: routes.gen.ts is stale");
  assertEquals((await project.vango("gen", "openapi", "--format", "xml")).code, 2);
  await project.vango("gen", "routes");
  await project.write("routes/api/todos/[id:int].ts", 'throw new Error("no database");\n');
  const failed = await project.vango("gen", "openapi", "--out", "openapi.json");
  assertEquals(failed.code, 1);
  assertStringIncludes(failed.err, "no database");
  assertStringIncludes(failed.err, "error[E175]: main.ts could not be loaded");
  assertEquals((await project.list()).includes("openapi.json"), false);
  await project.write("main.ts", "export {};\n");
  assertStringIncludes((await project.vango("gen", "openapi")).err, "error[E173]");
});

Deno.test("gen openapi describes the application, as JSON and as YAML", async () => {
  await using project = await makeProject(API);
  await project.vango("gen", "routes");
  const printed = await project.vango(
    "gen",
    "openapi",
    "--title",
    "Todos",
    "--version",
    "2.0.0",
    "--server",
    "https://api.example.com",
  );
  assertEquals([printed.code, printed.err], [0, "Loading the application ..."]);
  const document = await check(printed.out);
  assertEquals(document, JSON.parse(printed.out));
  assertEquals(document.info, { title: "Todos", version: "2.0.0" });
  assertEquals(document.servers, [{ url: "https://api.example.com" }]);
  assertEquals(Object.keys(document.paths as object), ["/api/todos/{id}", "/api/late"]);
  const yaml = await project.vango(
    ...[
      "gen",
      "openapi",
      "--out",
      "api.yaml",
      "--title",
      "Todos",
      "--version",
      "2.0.0",
      "--server",
      "https://api.example.com",
    ],
  );
  assertMatch(yaml.out, /^✓ Wrote api\.yaml: 3 operations$/);
  assertEquals(await check(await project.read("api.yaml")), document);
  const plain = await project.vango("gen", "openapi", "--out", "api.json");
  assertEquals(plain.code, 0);
  assertEquals((await check(await project.read("api.json"))).info, {
    title: project.path.split("/").at(-1),
    version: "0.0.0",
  });
  assertStringIncludes((await project.vango("gen", "openapi", "--out", "none/api.json")).err, "error[E154]");
});

Deno.test("gen openapi writes to a path that is whole, and one from the folder it was started in", async () => {
  await using project = await makeProject({ ...SMALL, "docs/x.md": "" });
  await project.vango("gen", "routes");
  const other = await Deno.makeTempDir();
  try {
    const { code, err } = await project.vango("gen", "openapi", "--out", `${other}/api.yaml`);
    assertEquals([code, err.includes("error")], [0, false], err);
    assertStringIncludes(await Deno.readTextFile(`${other}/api.yaml`), "openapi: ");
    const below = vangoIn({ cwd: `${project.path}/docs` });
    assertEquals((await below("gen", "openapi", "--out", "../api.json")).code, 0);
    assertEquals((await project.list()).includes("api.json"), true);
  } finally {
    await Deno.remove(other, { recursive: true });
  }
});

Deno.test("an application without APIs is described too", async () => {
  await using project = await makeProject({ ...SMALL, "deno.jsonc": "{}" });
  await project.vango("gen", "routes");
  const { code, out } = await project.vango("gen", "openapi");
  assertEquals([code, (await check(out)).paths], [0, {}]);
});

Deno.test("toYaml() writes what YAML reads as the same, whatever the texts look like", async () => {
  const { parse } = await import("yaml");
  const texts = [
    "",
    " ",
    "a",
    "a b",
    "a ",
    "a: b",
    "a #b",
    "yes",
    "No",
    "null",
    "~",
    "1",
    "1.5e3",
    "0x10",
    "2024-01-31",
    "12:30",
    "- a",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    "{a}",
    "[a]",
    "a\nb",
    "a\tb",
    "\u2028",
    'a"b',
    "'a'",
    "ü",
    "$ref",
    "/api/{id}",
    "#/components/x",
    "a'b",
    "<<",
    "=",
    ".inf",
    "a, b",
    "a?",
    "?",
    "-",
    "---",
    "...",
  ];
  const value = {
    texts,
    keys: Object.fromEntries(texts.map((text, i) => [text, i])),
    other: [null, true, 0, -1.5, [], {}, [[1, [2]], []], [{ a: 1, b: [{ c: {} }] }]],
    left: undefined,
  };
  for (const version of ["1.1", "1.2"] as const) {
    assertEquals(parse(toYaml(value), { version, merge: false }), JSON.parse(JSON.stringify(value)));
    for (const text of texts) assertEquals(parse(toYaml(text), { version }), text);
  }
  assertEquals(toYaml({ a: { b: [1, { c: "x y" }] } }), "a:\n  b:\n    - 1\n    - c: x y\n");
});
