/**
 * routes.gen.ts on disk: written only when it must be, checked, linted and run as an application has it.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { areRoutesStale, writeRoutes } from "../../cli/_routes.ts";

const ROOT = new URL("../../", import.meta.url);

/** A folder with files, removed in the end. */
async function folderOf(files: Record<string, string>) {
  const path = await Deno.realPath(
    await Deno.makeTempDir({ dir: new URL("tests", ROOT).pathname, prefix: "tmp_routes_" }),
  );
  const write = async (name: string, text: string) => {
    await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${path}/${name}`, text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return { path, write, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

const PAGE = (pattern: string) =>
  `import { component, type PageProps } from "@vango/core";
import { p } from "@vango/core/elements";

export default component<PageProps<${JSON.stringify(pattern)}>>(() => () => p("Hello"));
`;

const APP = {
  "routes/index.ts": `import { component } from "@vango/core";
import { a } from "@vango/core/elements";
import { href } from "../routes.gen.ts";

export default component(() => () => a({ href: href("/todos/:id:int", { id: 7 }) }, "Todo"));
`,
  "routes/todos/[id:int].ts": PAGE("/todos/:id:int"),
  "routes/files/[...path].ts": PAGE("/files/*path"),
  "routes/_layout.ts": `import { component, type LayoutProps } from "@vango/core";
import { main } from "@vango/core/elements";

export default component<LayoutProps>((props) => () => main(props.children));
`,
  "routes/_error.ts": `import { component, type ErrorPageProps } from "@vango/core";
import { p } from "@vango/core/elements";

export default component<ErrorPageProps>((props) => () => p(String(props.status)));
`,
  "routes/_404.ts": `import { component } from "@vango/core";
import { p } from "@vango/core/elements";

export default component(() => () => p("Not found"));
`,
  "routes/api/_middleware.ts": `import type { Ctx, Middleware } from "@vango/core";

const pass: Middleware<Ctx, unknown> = (_ctx, next) => next();
export default pass;
`,
  "routes/api/todos/[id].ts": `import { type ApiContext, endpoint } from "@vango/core";

export const GET = ({ params }: ApiContext<"/api/todos/:id">) => ({ id: params.id });
export const DELETE = endpoint({}, () => undefined);
`,
};

async function deno(...args: string[]): Promise<{ success: boolean; output: string }> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  return { success, output: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test("writeRoutes() writes what is strict TypeScript, passes lint and format, and finds the routes", async () => {
  await using app = await folderOf(APP);
  const { changed, out, files } = await writeRoutes({ folder: `${app.path}/routes` });
  assertEquals([changed, out, files.length], [true, `${app.path}/routes.gen.ts`, 8]);
  await app.write(
    "check.ts",
    `import { href, routes, type PagePattern } from "./routes.gen.ts";

export const path: string = href("/todos/:id:int", { id: 1 }, { hash: "x" });
export const home: PagePattern = "/";
// @ts-expect-error There is no such page.
export const wrong = () => href("/nowhere");
// @ts-expect-error It takes a number.
export const text = () => href("/todos/:id:int", { id: "1" });
const found = routes.find!("/todos/12");
console.log(JSON.stringify([path, found?.pattern, found?.params, found?.value.file, found?.value.levels.length]));
console.log(JSON.stringify(routes.find!("/api/todos/a%20b")?.params), routes.find!("/files/a%2F..%2Fb"));
`,
  );
  const checked = await deno("check", `${app.path}/check.ts`);
  assert(checked.success, checked.output);
  const linted = await deno("lint", out);
  assert(linted.success, linted.output);
  const formatted = await deno("fmt", "--check", out);
  // Deno says so where every file is ignored.
  assert(formatted.success || formatted.output.includes("No target files"), formatted.output);
  const ran = await deno("run", "--no-check", "--allow-read", `${app.path}/check.ts`);
  assertEquals(
    ran.output,
    '["/todos/1#x","/todos/:id:int",{"id":12},"routes/todos/[id:int].ts",1]\n{"id":"a b"} null\n',
  );
});

Deno.test("a page can be imported before routes.gen.ts, which imports it", async () => {
  await using app = await folderOf(APP);
  await writeRoutes({ folder: `${app.path}/routes` });
  await app.write("first.ts", `import Page from "./routes/index.ts";\nconsole.log(typeof Page);\n`);
  const ran = await deno("run", "--no-check", "--allow-read", `${app.path}/first.ts`);
  assertEquals(ran.output, "function\n");
});

Deno.test("a page whose props are not those of its path is an error of the types, in the line with its name", async () => {
  await using app = await folderOf({ "routes/todos/[id].ts": PAGE("/todos/:id:int") });
  const { out } = await writeRoutes({ folder: `${app.path}/routes` });
  const { success, output } = await deno("check", out);
  assertEquals(success, false);
  assert(output.includes('"todos/[id].ts": m0 satisfies PageModule<"/todos/:id">'), output);
});

Deno.test("writeRoutes() writes only what is stale, and areRoutesStale() tells", async () => {
  await using app = await folderOf(APP);
  const where = { folder: `${app.path}/routes` };
  assertEquals(await areRoutesStale(where), true);
  await writeRoutes(where);
  assertEquals(await areRoutesStale(where), false);
  assertEquals((await writeRoutes(where)).changed, false);
  await app.write("routes/about.ts", PAGE("/about"));
  assertEquals(await areRoutesStale(where), true);
  assertEquals((await writeRoutes(where)).changed, true);
  await Deno.remove(`${app.path}/routes/about.ts`);
  assertEquals(await areRoutesStale(where), true);
  const left = [...Deno.readDirSync(app.path)].map(({ name }) => name).sort();
  assertEquals(left, ["routes", "routes.gen.ts"]);
});

Deno.test("writeRoutes() can write elsewhere, and the imports follow", async () => {
  await using app = await folderOf({ "app/routes/index.ts": PAGE("/") });
  const out = `${app.path}/app/gen/routes.gen.ts`;
  await Deno.mkdir(`${app.path}/app/gen`);
  await writeRoutes({ folder: `${app.path}/app/routes`, out });
  assert((await Deno.readTextFile(out)).includes('from "../routes/index.ts";'));
});

Deno.test("writeRoutes() of a folder that is not there, or has two files for one path, writes nothing", async () => {
  await using app = await folderOf({ "routes/a.ts": PAGE("/a"), "routes/a/index.ts": PAGE("/a") });
  await assertRejects(() => writeRoutes({ folder: `${app.path}/none` }), Deno.errors.NotFound);
  await assertRejects(
    () => writeRoutes({ folder: `${app.path}/routes` }),
    TypeError,
    "a/index.ts (/a): a.ts (/a)",
  );
  assertEquals([...Deno.readDirSync(app.path)].map(({ name }) => name), ["routes"]);
});
