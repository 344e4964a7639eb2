/**
 * vango build: what it refuses first, then what dist/ holds, as servers and browsers need it.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { hashedName } from "../../cli/build/assets.ts";
import { sizeText } from "../../cli/build/report.ts";
import { isCompressible } from "../../server/production.ts";
import { makeProject, page, SMALL, type TestProject } from "./_project.ts";

/** What a build prints with --json. */
async function build(project: TestProject, ...args: string[]) {
  const { code, out, err } = await project.vango("build", "--fix", "--no-check", "--json", ...args);
  assertEquals(code, 0, err);
  return JSON.parse(out);
}

Deno.test("build refuses a folder that is no project, and a folder outside of it", async () => {
  await using project = await makeProject(SMALL);
  assertStringIncludes((await project.vango("build", "--out", "../elsewhere")).err, "error[E122]");
  assertStringIncludes((await project.vango("build", "--out", ".")).err, "error[E122]");
  assertEquals((await project.vango("build", "dist")).code, 2);
});

Deno.test("build refuses a folder that holds anything but a build, and leaves it as it is", async () => {
  await using project = await makeProject({ ...SMALL, "notes/manifest.json": "{}", "notes/a.txt": "mine" });
  for (const folder of ["routes", "notes", "public", "main.ts"]) {
    const { code, err } = await project.vango("build", "--fix", "--clean", "--out", folder);
    assertEquals(code, 1);
    assertStringIncludes(err, "error[E171]: Cannot build into ");
  }
  assertEquals(await project.list("notes"), ["a.txt", "manifest.json"]);
  assertEquals(await project.list("routes"), ["index.ts"]);
  assertEquals((await project.list()).includes("routes.gen.ts"), false);
});

Deno.test("build says which routes are stale, and --fix writes them", async () => {
  await using project = await makeProject(SMALL);
  const missing = await project.vango("build", "--no-check");
  assertEquals(missing.code, 1);
  assertStringIncludes(missing.err, "error[E155]: routes.gen.ts is stale: routes.gen.ts is not there");
  assertEquals(await project.list("dist"), []);
  await build(project);
  await project.write("routes/todos/[id:int].ts", page("Todo"));
  await Deno.remove(`${project.path}/routes/index.ts`);
  await project.write("routes/about.ts", page("About"));
  const stale = await project.vango("build", "--no-check");
  assertStringIncludes(
    stale.err,
    "stale: routes/about.ts is new, routes/todos/[id:int].ts is new, routes/index.ts is gone\n",
  );
  assertStringIncludes(stale.err, "vango gen routes, or vango build --fix");
  const { code, err } = await project.vango("build", "--no-check", "--fix");
  assertEquals(code, 0);
  assertStringIncludes(err, "Wrote routes.gen.ts: routes/about.ts is new");
  assertEquals((await project.vango("build", "--no-check")).code, 0);
});

Deno.test("build needs a main module that exports the application", async () => {
  await using project = await makeProject({ "routes/index.ts": page("Hello") });
  const none = await project.vango("build", "--fix");
  assertStringIncludes(none.err, "error[E180]");
  await project.write("main.ts", "createApp({ routes }).serve();\n");
  const unexported = await project.vango("build", "--fix");
  assertStringIncludes(unexported.err, "error[E173]: main.ts exports no application");
});

Deno.test("build fails at an error of types and at a style sheet that cannot be read, and keeps the build before", async () => {
  await using project = await makeProject(SMALL);
  const { manifest } = await build(project);
  await project.write("public/styles.css", ".a {\n  color: red;\n}\n}}} @@ {\n");
  await project.write("public/wrong.js", "let a = ;\n");
  const css = await project.vango("build", "--no-check");
  assertEquals(css.code, 1);
  assertMatch(css.err, /error\[E174\]: Cannot read wrong\.js: Unexpected ";"\n {2}at .*wrong\.js:1:9\n/);
  await Deno.remove(`${project.path}/public/wrong.js`);
  await project.write("routes/index.ts", page("Hello").replace('"Hello"', "wrong"));
  const types = await project.vango("build");
  assertEquals(types.code, 1);
  assertStringIncludes(types.err, "Cannot find name 'wrong'");
  assertStringIncludes(types.err, "error[E170]");
  assertEquals(JSON.parse(await project.read("dist/manifest.json")), manifest);
  assertEquals((await project.list()).filter((name) => name.endsWith(".tmp")), []);
});

Deno.test("build checks the types of the entries too", async () => {
  await using project = await makeProject({
    "main.ts": "export const app = { fetch: () => new Response() };\n",
    "public/robots.txt": "",
  });
  const { code, err } = await project.vango("build");
  assertEquals(code, 1);
  assertStringIncludes(err, "Property 'serve' does not exist");
});

Deno.test("build finds no error of types where there is none, with the types of Deno alone", async () => {
  await using project = await makeProject(SMALL);
  const { code, err } = await project.vango("build", "--fix");
  assertEquals(code, 0, err);
});

Deno.test("the manifest tells each file's address, sizes and hash, and the files are what it says", async () => {
  const text = Array.from({ length: 100 }, (_, i) => `.a${i} { width: ${i}px; color: #${i}${i}${i} }`).join(
    "\n",
  );
  await using project = await makeProject({
    ...SMALL,
    "public/styles.css": text,
    "public/img/ä b#1.svg": `<svg xmlns="http://www.w3.org/2000/svg">${"<g></g>".repeat(100)}</svg>`,
    "public/photo.png": new Uint8Array(2000),
    "public/.env": "secret",
    "public/.well-known/security.txt": "Contact: mailto:a@example.com\n".repeat(20),
    "public/old.css.br": "stale",
    "public/old.css": "a{color:red}",
  });
  const { manifest, out } = await build(project);
  assertEquals(out, "dist");
  assertEquals(Object.keys(manifest.files), [
    "/.well-known/security.txt",
    "/img/%C3%A4%20b%231.svg",
    "/old.css",
    "/photo.png",
    "/styles.css",
  ]);
  assertEquals((await project.list("dist/public")).includes(".env"), false);
  for (const [path, file] of Object.entries<Record<string, string | number>>(manifest.files)) {
    const plain = `${project.path}/dist/public${decodeURIComponent(path)}`;
    const hashed = `${project.path}/dist/public${decodeURIComponent(String(file.url))}`;
    const bytes = await Deno.readFile(plain);
    assertEquals(await Deno.readFile(hashed), bytes);
    assertEquals(bytes.length, file.bytes);
    assertMatch(String(file.url), /\.[0-9a-f]{8,}\.\w+$/);
    assertEquals(file.integrity, `sha384-${createHash("sha384").update(bytes).digest("base64")}`);
    for (
      const [form, ending, open] of [["brotli", ".br", brotliDecompressSync], [
        "gzip",
        ".gz",
        gunzipSync,
      ]] as const
    ) {
      for (const name of [plain, hashed]) {
        const small = await Deno.readFile(name + ending).catch(() => undefined);
        assertEquals(small?.length, file[form]);
        if (small === undefined) continue;
        assert(small.length < bytes.length);
        assertEquals(new Uint8Array(open(small)), bytes);
        const [before, after] = [await Deno.stat(plain), await Deno.stat(name + ending)];
        assert(after.mtime! >= before.mtime!, "what is compressed is older than what it is of");
      }
    }
  }
  const { files } = manifest;
  assert(files["/styles.css"].brotli < files["/styles.css"].gzip);
  assertEquals([files["/photo.png"].brotli, isCompressible("image/png")], [undefined, false]);
  assertEquals([files["/old.css"].brotli, files["/old.css"].bytes], [undefined, 13]);
});

Deno.test("scripts and style sheets are made small, unless told otherwise, and have maps where they are wanted", async () => {
  const files = {
    ...SMALL,
    "public/app.js": "function hello() {\n  const name = 'you';\n  return name;\n}\n",
    "public/lib.min.js": "var  a  =  1;\n",
  };
  await using project = await makeProject({ ...files, "vango.json": '{ "build": { "sourcemaps": true } }' });
  const { manifest } = await build(project);
  assertEquals(
    await project.read("dist/public/styles.css"),
    ".card{color:red}\n/*# sourceMappingURL=styles.css.map */\n",
  );
  assertMatch(
    await project.read("dist/public/app.js"),
    /^function hello\(\)\{return"you"\}\n\/\/# sourceMappingURL=/,
  );
  assertEquals(await project.read("dist/public/lib.min.js"), "var  a  =  1;\n");
  assertEquals(JSON.parse(await project.read("dist/public/styles.css.map")).sources, ["styles.css"]);
  const plain = await build(project, "--no-minify");
  assertEquals(await project.read("dist/public/styles.css"), SMALL["public/styles.css"]);
  assert(plain.manifest.files["/styles.css"].url !== manifest.files["/styles.css"].url);
});

Deno.test("a build of the same sources is the same; one of others has another id", async () => {
  await using project = await makeProject(SMALL);
  const one = await build(project, "--clean");
  const files = await project.list("dist/public");
  const two = await build(project, "--clean", "--out", "other");
  assertEquals(two.manifest, one.manifest);
  assertEquals(await project.list("other/public"), files);
  await project.write("routes/index.ts", page("Hello there"));
  await project.write("tests/index_test.ts", "// A test is no part of it.\n");
  const three = await build(project);
  assert(three.manifest.id !== one.manifest.id);
  assertEquals(three.manifest.files, one.manifest.files);
});

Deno.test("files of the build before stay for one build, and go with --clean", async () => {
  await using project = await makeProject(SMALL);
  const hashed = () =>
    project.list("dist/public").then((all) => all.filter((name) => /^styles\.[0-9a-f]+\.css$/.test(name)));
  await build(project);
  const [first] = await hashed();
  await project.write("public/styles.css", "a { color: green }");
  await build(project);
  assertEquals([(await hashed()).length, (await hashed()).includes(first)], [2, true]);
  await project.write("public/styles.css", "a { color: blue }");
  await build(project);
  assertEquals([(await hashed()).length, (await hashed()).includes(first)], [2, false]);
  await build(project, "--clean");
  assertEquals((await hashed()).length, 1);
});

Deno.test("while a build takes the place of another there is always one, and nothing is left beside it", async () => {
  const many = Array.from({ length: 200 }, (_, i) => [`public/${i}.txt`, `${i}`]);
  await using project = await makeProject({ ...SMALL, ...Object.fromEntries(many) });
  assertEquals((await project.vango("build", "--fix", "--no-check")).code, 0);
  let done = false, looks = 0, missing = 0;
  const look = (async () => {
    for (; !done; looks++) {
      for (const name of ["manifest.json", "public/199.txt"]) {
        if (!existsSync(`${project.path}/dist/${name}`)) missing++;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await project.vango("build", "--no-check");
  done = true;
  await look;
  assert(looks > 10, `${looks}`);
  assertEquals(missing, 0);
  assertEquals((await project.list()).filter((name) => name.startsWith(".") || name === "dist"), ["dist"]);
});

Deno.test("build warns of asset() with a file that is not there", async () => {
  await using project = await makeProject(SMALL);
  await project.write(
    "components/logo.ts",
    'const a = [asset("/logo.svg#x"), asset(`/styles.css`), asset(other)];\n',
  );
  const { warnings } = await build(project);
  assertEquals(warnings, ["components/logo.ts names /logo.svg, which is no file of the build"]);
});

Deno.test("build leaves links out, and says so", async () => {
  await using project = await makeProject({ ...SMALL, "secret.txt": "secret" });
  await Deno.mkdir(`${project.path}/public/sub`);
  await Deno.symlink("../../secret.txt", `${project.path}/public/sub/open.txt`);
  await Deno.symlink("..", `${project.path}/public/up`);
  const { warnings, manifest } = await build(project);
  assertEquals(warnings, [
    "public/sub/open.txt is a link, and was left out",
    "public/up is a link, and was left out",
  ]);
  assertEquals(Object.keys(manifest.files), ["/styles.css"]);
});

Deno.test("links to files of public/ are built as they are served in development, others are not", async () => {
  await using project = await makeProject({
    ...SMALL,
    "public/brand/logo.svg": "<svg/>",
    "public/.hidden": "hidden",
    ".env": "SECRET=1",
  });
  for (
    const [to, name] of [
      ["brand/logo.svg", "logo.svg"],
      ["../.env", "env.txt"],
      [".hidden", "shown.txt"],
      ["nowhere", "dangling.txt"],
      ["brand", "folder"],
    ]
  ) await Deno.symlink(to, `${project.path}/public/${name}`);
  assertEquals((await project.vango("build", "--fix", "--no-check")).code, 0);
  const { files } = JSON.parse(await project.read("dist/manifest.json"));
  assertEquals(Object.keys(files), ["/brand/logo.svg", "/logo.svg", "/styles.css"]);
  assertEquals(await project.read("dist/public/logo.svg"), "<svg/>");
  assertEquals((await project.list("dist/public")).filter((name) => /env|shown|dangling/.test(name)), []);
});

Deno.test("build prints a table of sizes", async () => {
  await using project = await makeProject({ ...SMALL, "public/styles.css": "a{color:red}\n".repeat(500) });
  const { code, out } = await project.vango("build", "--fix", "--no-check", "--no-minify");
  assertEquals(code, 0);
  assertMatch(out, /^ {2}\s+bytes\s+gzip\s+brotli$/m);
  assertMatch(out, /^ {2}\/styles\.[0-9a-f]{8,}\.css\s+6\.3 KiB\s+\d+ B\s+\d+ B$/m);
  assertMatch(out, /^ {2}total\s+6\.3 KiB/m);
  assertMatch(out, /^Built dist\/ in \d+\.\d s\. Start it: vango start$/m);
});

Deno.test("a project without public/ and without routes/ is built too, when its main module is all it has", async () => {
  await using project = await makeProject({
    "main.ts": `import { component, createApp } from "@vango/core";
import { p } from "@vango/core/elements";

export default createApp({ page: component(() => () => p("Alone")) });
`,
  });
  await build(project);
  assertStringIncludes(
    await project.read("dist/server.ts"),
    'const { default: app } = await import("../main.ts");',
  );
  assertEquals(await project.list("dist/public"), []);
});

Deno.test("hashedName() always has a letter and a digit, since eight digits may be a date", () => {
  assertEquals(hashedName("a/styles.css", "3f2a91bc00"), "a/styles.3f2a91bc.css");
  assertEquals(hashedName("styles.min.css", "2024013100ab"), "styles.min.2024013100a.css");
  assertEquals(hashedName("LICENSE", "abcdefab0c"), "LICENSE.abcdefab0");
  assertEquals(hashedName(".well-known/x", "3f2a91bc00"), ".well-known/x.3f2a91bc");
});

Deno.test("sizeText() writes sizes for people", () => {
  assertEquals([undefined, 0, 1023, 1024, 1_500_000].map(sizeText), [
    "-",
    "0 B",
    "1023 B",
    "1.0 KiB",
    "1.4 MiB",
  ]);
});
