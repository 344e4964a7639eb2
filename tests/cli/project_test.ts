/** gen, test, add and doctor, in projects made for the test. @module */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { checkHooks } from "../../cli/dev/command.ts";
import { checkDeno, lookAt } from "../../cli/doctor.ts";
import { createIo, type RunOptions } from "../../cli/io.ts";
import { apiText, componentText, middlewareText, routeText, storeText } from "../../cli/gen_texts.ts";
import { checkPartName } from "../../cli/names.ts";
import { VangoError } from "../../errors/mod.ts";
import { generateRoutes } from "../../router/mod.ts";
import { ROOT, runDeno } from "../../tools/_process.ts";
import { inFolder, vango, vangoIn } from "./_vango.ts";

const PROJECT = {
  "vango.json": "{}",
  "deno.json": '{ "imports": { "@vango/core": "jsr:@vango/core@^0.1.0" } }',
  "main.ts": "",
  "routes/index.ts": "",
  "routes.gen.ts": generateRoutes(["index.ts"]),
};

Deno.test("commands that need a project say that there is none", async () => {
  for (const args of [["test"], ["gen", "route", "about"], ["gen", "component", "Card"], ["gen", "routes"]]) {
    const { code, err } = await vango(...args);
    assertEquals(code, 1);
    assertStringIncludes(err, "error[E141]: / is no Vango project, nor in one");
  }
});

Deno.test("gen without a command, and with one that is none, shows what there is", async () => {
  const { code, err } = await vango("gen");
  assertEquals(code, 2);
  assertStringIncludes(err, "Usage: vango gen <command>");
  const unknown = await vango("gen", "compnent", "x");
  assertEquals(unknown.code, 2);
  assertStringIncludes(unknown.err, 'Unknown command "compnent" of "vango gen": did you mean "component"?');
  assertEquals((await vango("gen", "--force")).code, 2);
});

Deno.test("gen route refuses what is no route", async () => {
  await inFolder(PROJECT, async (cwd) => {
    const vango = vangoIn({ cwd });
    const cases: [string, string][] = [
      ["../evil", "it leads out of the folder"],
      ["a/./b", "it leads out of the folder"],
      ["[id", "expected [name], [name:int]"],
      ["[id:date]", "date"],
      ["_draft", "the router takes no file of this name"],
      ["a\0b", "expected plain characters"],
    ];
    for (const [path, why] of cases) {
      const { code, err } = await vango("gen", "route", path);
      assertEquals(code, 1, path);
      assertStringIncludes(err, "error[E143]");
      assertStringIncludes(err, why);
    }
    assertStringIncludes((await vango("gen", "route", "api/users")).err, "Use: vango gen api users.");
    assertEquals([...Deno.readDirSync(`${cwd}/routes`)].map(({ name }) => name), ["index.ts"]);
  });
});

Deno.test("gen does not overwrite without --force", async () => {
  await inFolder({ ...PROJECT, "components/card.ts": "mine" }, async (cwd) => {
    const vango = vangoIn({ cwd });
    const { code, err } = await vango("gen", "component", "Card");
    assertEquals(code, 1);
    assertStringIncludes(err, "error[E145]: Cannot write components/card.ts: it is there already");
    assertEquals(Deno.readTextFileSync(`${cwd}/components/card.ts`), "mine");
    assertEquals((await vango("gen", "component", "Card", "--force")).code, 0);
    assertEquals(Deno.readTextFileSync(`${cwd}/components/card.ts`), componentText("Card"));
  });
});

Deno.test("gen route takes its file back when two routes have the same paths", async () => {
  await inFolder(PROJECT, async (cwd) => {
    await vangoIn({ cwd })("gen", "route", "users/[id]");
    const { code, err } = await vangoIn({ cwd })("gen", "route", "users/[name]");
    assertEquals(code, 1);
    assertStringIncludes(err, "error[E111]");
    assertEquals([...Deno.readDirSync(`${cwd}/routes/users`)].map(({ name }) => name), ["[id].ts"]);
  });
});

Deno.test("gen writes files by the folders of vango.json, and the routes anew", async () => {
  const config = '{ "paths": { "routes": "src/routes", "components": "src/parts", "store": "src/state" } }';
  await inFolder({ "vango.json": config, "src/routes/index.ts": "" }, async (cwd) => {
    const vango = vangoIn({ cwd });
    const made = async (...args: string[]) => JSON.parse((await vango("gen", ...args, "--json")).out).files;
    assertEquals(await made("component", "forms/UserCard"), ["src/parts/forms/user_card.ts"]);
    assertEquals(await made("store", "cart"), ["src/state/cart.ts"]);
    assertEquals(await made("middleware", "audit"), ["middleware/audit.ts"]);
    assertEquals(await made("route", "/users/:id:int/*rest"), [
      "src/routes/users/[id:int]/[...rest].ts",
      "src/routes.gen.ts",
    ]);
    assertEquals(await made("api", "users", "-m", "POST"), ["src/routes/api/users.ts", "src/routes.gen.ts"]);
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/src/routes.gen.ts`), '"/users/:id:int/*rest"');
    assertEquals(JSON.parse((await vango("gen", "routes", "--json")).out).changed, false);
  });
});

Deno.test("what gen writes is formatted, has no lint and type-checks", async () => {
  const texts = {
    "components/user_card.ts": componentText("UserCard"),
    "store/shopping_cart.ts": storeText("shopping-cart"),
    "middleware/audit_log.ts": middlewareText("audit-log"),
    "routes/index.ts": routeText("page", "/"),
    "routes/p/[id:int]/[...rest].ts": routeText("page", "/p/:id:int/*rest"),
    "routes/_layout.ts": routeText("layout", "/"),
    "routes/_error.ts": routeText("error", "/"),
    "routes/_404.ts": routeText("not-found", "/"),
    "routes/_middleware.ts": routeText("middleware", "/"),
    "routes/api/a.ts": apiText("/api/a", ["GET"]),
    "routes/api/[id:int].ts": apiText("/api/:id:int", [
      "GET",
      "HEAD",
      "POST",
      "PUT",
      "PATCH",
      "DELETE",
      "OPTIONS",
    ]),
    "routes/api/b.ts": apiText("/api/b", ["DELETE", "POST"]),
    // Names that mean something in what is written.
    "store/item.ts": storeText("item"),
  };
  const routes = Object.keys(texts).filter((path) => path.startsWith("routes/")).map((path) => path.slice(7));
  const settings = {
    links: [ROOT],
    imports: { "@vango/core": "jsr:@vango/core@^0.1.0" },
    compilerOptions: { lib: ["deno.window", "dom", "dom.iterable", "dom.asynciterable"] },
    fmt: { lineWidth: 100 },
  };
  const files = {
    ...texts,
    "routes.gen.ts": generateRoutes(routes),
    "deno.json": `${JSON.stringify(settings, null, 2)}\n`,
  };
  await inFolder(files, async (cwd) => {
    for (const args of [["fmt", "--check"], ["lint"], ["check"]]) {
      const { code, output } = await runDeno(args, { cwd });
      assertEquals(code, 0, `deno ${args.join(" ")}\n${output}`);
    }
  });
});

Deno.test("checkPartName() refuses what is no name", () => {
  for (const name of ["", "/", "a/", "1a", "a b", "class", "a/../b", "../a", "x".repeat(121), "ä"]) {
    try {
      checkPartName("component", name);
    } catch (error) {
      assert(error instanceof VangoError && error.code === "bad-name");
      continue;
    }
    throw new Error(`${JSON.stringify(name)} was taken`);
  }
});

Deno.test("checkPartName() refuses names of what the file imports", () => {
  for (const [what, name] of [["store", "signal"], ["store", "Signal"], ["component", "child"]]) {
    const error = assertThrows(() => checkPartName(what, name), VangoError, "the file imports");
    assertEquals(error.code, "bad-name");
  }
  assertEquals(checkPartName("component", "signal").name, "signal");
});

Deno.test("without a folder of routes, test runs the tests, and gen routes says what is missing", async () => {
  await inFolder({ "vango.json": "{}", "main.ts": "" }, async (cwd) => {
    let runs = 0;
    const vango = vangoIn({ cwd, deno: () => Promise.resolve({ code: runs++, output: "" }) });
    assertEquals(await vango("test"), { code: 0, out: "", err: "" });
    assertEquals(runs, 1);
    const { code, err } = await vango("gen", "routes");
    assertEquals(code, 1);
    assertStringIncludes(err, "error[E108]: There is no folder routes/");
    assertStringIncludes(err, "vango gen route index");
  });
});

Deno.test("a quote in a path does not end the text that it stands in", () => {
  assertStringIncludes(routeText("page", '/a"b/:id'), 'PageProps<"/a\\"b/:id">');
  assertStringIncludes(apiText('/api/a"b/:id', ["GET"]), 'ApiContext<"/api/a\\"b/:id">');
});

Deno.test("a path that has no letters of English has a title all the same", () => {
  assertStringIncludes(routeText("page", "/über-uns"), 'title("Über uns")');
});

Deno.test("test runs deno test in the project, with what it was given, and ends as it does", async () => {
  await inFolder({ ...PROJECT, "sub/x.ts": "", "routes/about.ts": "" }, async (folder) => {
    const runs: [readonly string[], RunOptions][] = [];
    const vango = vangoIn({
      cwd: `${folder}/sub`,
      deno: (args, options) => {
        runs.push([args, options]);
        return Promise.resolve({ code: runs.length === 1 ? 0 : 3, output: "" });
      },
    });
    assertEquals((await vango("test", "tests/a_test.ts", "--filter", "x", "--", "--help")).code, 0);
    assertEquals((await vango("test")).code, 1);
    assertEquals(runs[0][0], ["test", "-A", "tests/a_test.ts", "--filter", "x", "--help"]);
    assertEquals([runs[0][1].cwd, runs[0][1].show], [folder, true]);
    assert(runs[0][1].env!.VANGO_SECRET.length >= 32);
    assertStringIncludes(Deno.readTextFileSync(`${folder}/routes.gen.ts`), "about.ts");
  });
});

Deno.test("add says that there is no registry yet", async () => {
  const { code, err } = await vango("add", "button", "card");
  assertEquals(code, 1);
  assertStringIncludes(err, "error[E146]: Cannot add button, card: there is no registry of components yet");
  assertStringIncludes((await vango("add", "init")).err, "error[E146]: Cannot set up @vango/ui");
  for (const args of [["add"], ["add", "list"], ["add", "--list"]]) {
    const { code, out } = await vango(...args);
    assertEquals(code, 0);
    assertStringIncludes(out, "There is no registry of components yet");
  }
  assertEquals(JSON.parse((await vango("add", "list", "--json")).out), { available: false, components: [] });
});

/** What doctor found, by the names of its checks. */
async function doctor(
  files: Record<string, string>,
  env: Record<string, string> = {},
): Promise<Record<string, [string, string, string | undefined]>> {
  let found = {};
  await inFolder(files, async (cwd) => {
    const checks = await lookAt(createIo({ cwd, env: (name) => env[name] }));
    found = Object.fromEntries(checks.map(({ name, status, found, code }) => [name, [status, found, code]]));
  });
  return found;
}

Deno.test("doctor finds what is wrong, with its code", async () => {
  const outside = await vango("doctor");
  assertEquals(outside.code, 1);
  assertStringIncludes(outside.out, "/ is no Vango project, nor in one");

  const config = await doctor({ ...PROJECT, "vango.json": '{\n  "prot": 1\n}' });
  assertEquals(config.Configuration, ["fail", 'Unknown key "prot" in vango.json (vango.json:2:3)', "E121"]);

  const { "main.ts": _main, ...rest } = PROJECT;
  assertEquals((await doctor(rest)).Entry, ["fail", "there is no main.ts", "E180"]);

  const stale = await doctor({ ...PROJECT, "routes/about.ts": "" });
  assertEquals(stale.Routes, ["fail", "routes.gen.ts is not what the files of routes/ say", "E155"]);
  const twice = await doctor({ ...PROJECT, "routes/[a].ts": "", "routes/[b].ts": "" });
  assertEquals([twice.Routes[0], twice.Routes[2]], ["fail", "E111"]);

  const short = await doctor(PROJECT, { VANGO_SECRET: "short" });
  assertEquals(short.VANGO_SECRET, ["fail", "a secret has 5 characters; 32 are needed", "E096"]);

  const tailwind = await doctor({ ...PROJECT, "vango.json": '{ "tailwind": { "enabled": true } }' });
  assertEquals(tailwind.Tailwind, ["fail", "there is no styles/app.css", "E124"]);

  assertEquals(checkDeno("2.4.9").code, "E150");
});

Deno.test("a Deno without module hooks runs all but dev, which says so", async () => {
  assertEquals([checkDeno("2.7.9").status, checkDeno("2.8.0").status], ["warn", "ok"]);
  assertStringIncludes(checkDeno("2.5.0").found, "vango dev needs 2.8.0 or newer");
  const error = assertThrows(() => checkHooks({}), VangoError, "Cannot follow edits with Deno");
  assertEquals(error.code, "deno-too-old");
  checkHooks(await import("node:module"));
});

Deno.test("doctor finds two copies of what may be there once, and a lock that cannot be read", async () => {
  const lock = JSON.stringify({
    version: "5",
    jsr: { "@vango/core@0.1.0": {}, "@vango/core@0.2.0": {} },
    npm: { "@preact/signals-core@1.14.5": {} },
  });
  const { Versions } = await doctor({ ...PROJECT, "deno.lock": lock });
  assertEquals(Versions.slice(0, 2), ["fail", "@vango/core is there twice: 0.1.0 and 0.2.0"]);
  const { Lock } = await doctor({ ...PROJECT, "deno.lock": "<<<<<<< HEAD" });
  assertEquals(Lock[0], "fail");
});

Deno.test("doctor warns of what is merely not ideal", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { port } = listener.addr;
    const found = await doctor({ "vango.json": `{ "port": ${port} }`, "main.ts": "" });
    assertEquals(found.Port.slice(0, 2), ["warn", `127.0.0.1:${port} is taken`]);
    assertEquals(found.Lock.slice(0, 2), ["warn", "there is no deno.lock"]);
    assertEquals(found.VANGO_SECRET.slice(0, 2), ["warn", "not set"]);
    assertEquals(found.Routes.slice(0, 2), ["warn", "there is no folder of routes"]);
  } finally {
    listener.close();
  }
});

Deno.test("doctor says that all is well, as JSON too", async () => {
  const lock =
    '{ "version": "5", "jsr": { "@vango/core@0.1.0": {} }, "npm": { "@preact/signals-core@1.14.5": {} } }';
  await inFolder({ ...PROJECT, "vango.json": '{ "port": 0 }', "deno.lock": lock }, async (cwd) => {
    const vango = vangoIn({ cwd, env: (name) => name === "VANGO_SECRET" ? "x".repeat(32) : undefined });
    const { code, out } = await vango("doctor");
    assertEquals([code, out.split("\n").at(-1)], [0, "All is well"]);
    const { ok, checks } = JSON.parse((await vango("doctor", "--json")).out);
    assertEquals([ok, checks.every((check: { status: string }) => check.status === "ok")], [true, true]);
  });
});
