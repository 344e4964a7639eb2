/** vango.json: what is refused, and where; then which value counts. @module */
import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { CONFIG_KEYS, type ConfigKey, configSchema, resolveConfig } from "../../cli/config.ts";
import { createIo } from "../../cli/io.ts";
import { findProject, openProject } from "../../cli/project.ts";
import { formatError, VangoError } from "../../errors/mod.ts";
import { ROOT } from "../../tools/_process.ts";
import { schemaText } from "../../tools/gen_schema.ts";
import { inFolder } from "./_vango.ts";

/** The code, place and message of what is wrong with a file, and its hint. */
function wrong(file: string): [string, string, string, string] {
  const error = assertThrows(() => resolveConfig({ file }), VangoError);
  const { line, column } = error.place!;
  return [error.code, `${line}:${column}`, error.what, error.hint];
}

Deno.test("resolveConfig() says where vango.json is no JSON", () => {
  const cases: [string, string, string][] = [
    ["", "1:1", "expected a value, got the end of the file"],
    ["{", "1:2", "expected a name in double quotes, got the end of the file"],
    ['{\n  "port": 8000\n  "host": "x"\n}', "3:3", 'expected a comma before """'],
    ['{ "port": 8000', "1:15", 'expected "}", got the end of the file'],
    ["{ port: 8000 }", "1:3", 'expected a name in double quotes, got "p"'],
    ['{ "port" 8000 }', "1:10", 'expected ":" after "port", got "8"'],
    ['{ "host": localhost }', "1:11", "expected a value, got localhost; texts stand in double quotes"],
    ['{ "host": "x }', "1:11", "the text has no closing quote"],
    ['{ "host": "\\q" }', "1:11", "the text holds an escape or a control character that JSON has not"],
    ['{ "port": 01 }', "1:11", "expected a value, got 01; texts stand in double quotes"],
    ['{ "port": 1, "port": 2 }', "1:14", 'the name "port" is there twice'],
    ["{} {}", "1:4", 'expected the end, got "{"'],
    [`${"[".repeat(66)}`, "1:66", "nested more than 64 deep"],
  ];
  for (const [file, place, message] of cases) {
    assertEquals(
      wrong(file).slice(0, 3),
      ["config-syntax", place, `Cannot read vango.json: ${message}`],
      file,
    );
  }
});

Deno.test("resolveConfig() refuses unknown keys, with the nearest one", () => {
  assertEquals(wrong('{\n  "prot": 1\n}'), [
    "config-key",
    "2:3",
    'Unknown key "prot" in vango.json',
    'Did you mean "port"?',
  ]);
  assertEquals(wrong('{ "build": { "minfy": true } }')[3], 'Did you mean "minify"?');
  assertEquals(wrong('{ "minify": true }')[3], 'Did you mean "build.minify"?');
  assertEquals(wrong('{ "build": { "port": 1 } }')[3], 'Did you mean "port"?');
  assertEquals(wrong('{ "build": { "x": 1 } }')[3], "Known are out, minify, sourcemaps.");
  assertEquals(wrong('{ "constructor": 1 }')[0], "config-key");
});

Deno.test("resolveConfig() refuses wrong values, at their places", () => {
  const cases: [string, string][] = [
    ['{ "port": "8000" }', 'Cannot use "port": expected a whole number from 0 to 65535, got "8000"'],
    ['{ "port": 65536 }', 'Cannot use "port": expected a whole number from 0 to 65535, got 65536'],
    ['{ "port": 1.5 }', 'Cannot use "port": expected a whole number from 0 to 65535, got 1.5'],
    ['{ "port": null }', 'Cannot use "port": expected a whole number from 0 to 65535, got null'],
    ['{ "host": "a b" }', 'Cannot use "host": expected an address or a name such as 127.0.0.1, got "a b"'],
  ];
  for (const [file, message] of cases) {
    assertEquals(wrong(file).slice(0, 3), ["config-value", "1:11", message]);
  }
  assertEquals(
    wrong('{ "build": { "minify": 1 } }')[2],
    'Cannot use "build.minify": expected true or false, got 1',
  );
  assertEquals(wrong('{ "build": true }')[2], 'Cannot use vango.json: "build" must be an object in braces');
  assertEquals(wrong("[]")[2], "Cannot use vango.json: The file must be an object in braces");
  assertStringIncludes(wrong('{ "static": { "prefix": "x" } }')[2], "a path that begins with a slash");
});

Deno.test("resolveConfig() refuses paths that lead out of the project", () => {
  for (
    const path of [
      "",
      ".",
      "./",
      "..",
      "../dist",
      "a/../../b",
      "/tmp",
      "~/x",
      "C:\\x",
      "a\\..\\..\\b",
      "a\0b",
    ]
  ) {
    const error = wrong(JSON.stringify({ build: { out: path } }));
    assertStringIncludes(error[2], "expected a path inside of the project", path);
  }
  assertEquals(
    resolveConfig({ file: '{ "build": { "out": "./out/site" } }' }).config.build.out,
    "./out/site",
  );
});

Deno.test("resolveConfig() refuses wrong values of the environment and of the command line", () => {
  const env = (name: string, value: string) => (asked: string) => asked === name ? value : undefined;
  for (const port of ["x", "-1", "99999", "8e3", "0x10", " 1"]) {
    const error = assertThrows(() => resolveConfig({ env: env("PORT", port) }), VangoError);
    assertEquals(
      error.message.startsWith("Cannot use the variable PORT: expected a whole number"),
      true,
      port,
    );
  }
  assertThrows(
    () => resolveConfig({ env: env("VANGO_BUILD_MINIFY", "maybe") }),
    VangoError,
    'Cannot use the variable VANGO_BUILD_MINIFY: expected true or false, got "maybe"',
  );
  assertThrows(
    () => resolveConfig({ flags: { port: 70_000 } }),
    VangoError,
    "Cannot use the command line's port: expected a whole number from 0 to 65535, got 70000",
  );
});

Deno.test("resolveConfig() gives the defaults where nothing is said", () => {
  const { config, sources } = resolveConfig({});
  assertEquals(config, {
    port: 8000,
    host: "127.0.0.1",
    paths: { routes: "routes", components: "components", middleware: "middleware", store: "store" },
    static: { dir: "public", prefix: "/" },
    build: { out: "dist", minify: true, sourcemaps: false },
    tailwind: { enabled: false, input: "styles/app.css", output: "public/styles.css" },
  });
  assertEquals(new Set(Object.values(sources)), new Set(["default"]));
});

Deno.test("resolveConfig() takes the command line before the environment before the file before the default", () => {
  const file = '{ "port": 1, "host": "a", "build": { "minify": false } } // mine';
  const env = (name: string) => ({ PORT: "2", VANGO_BUILD_MINIFY: "", VANGO_HOST: "b" })[name];
  const { config, sources } = resolveConfig({ file, env, flags: { port: 3 } });
  assertEquals([config.port, config.host, config.build.minify, config.build.out], [3, "b", false, "dist"]);
  assertEquals([sources.port, sources.host, sources["build.minify"], sources["build.out"]], [
    "command line",
    "environment",
    "vango.json",
    "default",
  ]);
});

Deno.test("resolveConfig() allows comments, commas at the end, a byte order mark and $schema", () => {
  const file = '\ufeff// mine\n{ "$schema": "x", /* all */ "port": 1, }\n';
  assertEquals(resolveConfig({ file }).config.port, 1);
});

Deno.test("the schema is what the file in the repository holds, and names every key with its default", async () => {
  assertEquals(await Deno.readTextFile(`${ROOT}/cli/vango.schema.json`), schemaText());
  type Schema = { properties: Record<string, Schema>; default?: unknown; additionalProperties?: boolean };
  const schema = configSchema() as unknown as Schema;
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema.properties)) {
    if (value.properties === undefined) found[name] = value.default;
    else {for (const [below, leaf] of Object.entries(value.properties)) {
        found[`${name}.${below}`] = leaf.default;
      }}
  }
  const { $schema: _own, ...keys } = found;
  assertEquals(
    keys,
    Object.fromEntries(Object.entries(CONFIG_KEYS).map(([key, spec]) => [key, spec.default])),
  );
  assertEquals(
    [schema, ...Object.values(schema.properties)].filter((one) => one.properties).every((one) =>
      one.additionalProperties === false
    ),
    true,
  );
  const variables = (Object.keys(CONFIG_KEYS) as ConfigKey[]).map((key) => CONFIG_KEYS[key].env);
  assertEquals(new Set(variables).size, variables.length);
});

Deno.test("openProject() says that there is no project", async () => {
  await inFolder({ "deno.json": '{ "imports": {} }' }, async (cwd) => {
    const error = await assertRejects(() => openProject(createIo({ cwd, env: () => undefined })), VangoError);
    assertStringIncludes(formatError(error), `error[E141]: ${cwd} is no Vango project, nor in one\ncause: `);
  });
});

Deno.test("openProject() finds the project above, by vango.json or by its imports", async () => {
  await inFolder({ "vango.json": '{ "port": 1 }', "a/b/x.ts": "" }, async (folder) => {
    const { root, config, path } = await openProject(
      createIo({ cwd: `${folder}/a/b`, env: () => undefined }),
    );
    assertEquals([root, config.port, path("routes", "x.ts")], [folder, 1, `${folder}/routes/x.ts`]);
  });
  await inFolder(
    { "deno.jsonc": '{ "imports": { "@vango/core": "jsr:x" } } // c', "a/x.ts": "" },
    async (folder) => {
      assertEquals(await findProject(`${folder}/a`), folder);
    },
  );
});

Deno.test("openProject() says that vango.json cannot be read when it is a folder", async () => {
  await inFolder({ "vango.json/x": "" }, async (cwd) => {
    const error = await assertRejects(() => openProject(createIo({ cwd, env: () => undefined })), VangoError);
    assertEquals(error.code, "config-read");
  });
});
