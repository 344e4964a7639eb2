import { assert, assertEquals, assertThrows } from "@std/assert";
import { component, createApp, ErrorBoundary } from "../../mod.ts";
import type { LayoutProps, PageProps } from "../../server/route_table.ts";
import { VangoError } from "../../server/errors.ts";
import { silentLogger } from "../../server/log.ts";
import { h1, main, p } from "../../vdom/elements.ts";
import { SECRET, startApp } from "../support/app.ts";

import { Home, table } from "../support/routes.ts";

Deno.test("one address for each page: 308 to the canonical path, with the query; what no URL has is refused", async () => {
  await using server = startApp({ routes: table() });
  for (
    const [path, to] of [
      ["/about/", "/about"],
      ["//about?x=1&y=%2F", "/about?x=1&y=%2F"],
      ["/items//7/", "/items/7"],
    ]
  ) {
    const answer = await fetch(server.origin + path, { redirect: "manual" });
    await answer.body?.cancel();
    assertEquals([answer.status, answer.headers.get("location")], [308, to], path);
  }
  for (const path of ["/a%00b", "/%GG", "/%C3%28", `/${"x".repeat(10_000)}`]) {
    const answer = await fetch(server.origin + path, { redirect: "manual" });
    await answer.body?.cancel();
    assertEquals(answer.status, 400, path);
  }
  for (const path of ["/items/x", "/items/7.0", "/items/%2F", "/about/team", "/items/9007199254740993"]) {
    const answer = await fetch(server.origin + path, { redirect: "manual" });
    await answer.body?.cancel();
    assertEquals(answer.status, 404, path);
  }
});

Deno.test("HEAD, OPTIONS and 405 of pages", async () => {
  await using server = startApp({ routes: table() });
  const ask = async (method: string) => {
    const answer = await fetch(`${server.origin}/about`, { method });
    const text = await answer.text();
    return [answer.status, answer.headers.get("allow"), text.length > 0];
  };
  assertEquals(await ask("HEAD"), [200, null, false]);
  assertEquals(await ask("OPTIONS"), [204, "GET, HEAD, OPTIONS, POST", false]);
  assertEquals(await ask("DELETE"), [405, "GET, HEAD, OPTIONS, POST", true]);
});

Deno.test("pages are added by calls, with layouts, error pages and middleware for what is below a path", async () => {
  const seen: string[] = [];
  const app = createApp({ page: Home, memory: false, secret: "x".repeat(40) });
  app.page("/projects/:id:int", (props) => () => h1("Project ", props.params.id + 1))
    .page("/projects/list", component(() => () => ErrorBoundary({ fallback: () => "x" }, h1("List"))))
    .layout("/projects", component<LayoutProps>((props) => () => main(props.children)))
    .use("/projects", (ctx, next) => {
      seen.push(ctx.path);
      return next();
    });
  const get = async (path: string) => {
    const answer = await app.fetch(new Request(`http://localhost${path}`));
    return /<!--vango-->(.*)<script/.exec(await answer.text())?.[1];
  };
  assertEquals(await get("/"), "<h1>Home</h1>");
  assertEquals(await get("/projects/7"), "<main><h1>Project 8</h1></main>");
  assertEquals(await get("/projects/list"), "<main><h1>List</h1></main>");
  assertEquals(seen, ["/projects/7", "/projects/list"]);
  await app.shutdown();
});

Deno.test("two pages of the same paths are an error that names both", () => {
  const app = createApp({ page: Home, memory: false, secret: "x".repeat(40) });
  app.page("/a/:x", Home).page("/a/:y", Home);
  try {
    app.serve({ port: 0 });
    throw new Error("not reached");
  } catch (error) {
    assert(/\/a\/:y.*\/a\/:x/.test((error as Error).message), String(error));
  }
});

Deno.test("an application without pages has APIs, behind its middleware", async () => {
  const app = createApp({ memory: false, secret: "x".repeat(40) });
  const seen: string[] = [];
  app.use((ctx, next) => {
    seen.push(`${ctx.phase} ${ctx.path}`);
    return ctx.url.searchParams.has("no") ? new Response("no", { status: 403 }) : next();
  }).api("/api/sum/:a:int/:b:int", { GET: ({ params }) => ({ sum: params.a + params.b }) });
  const get = async (path: string, init?: RequestInit) => {
    const answer = await app.fetch(new Request(`http://localhost${path}`, init));
    return [answer.status, await answer.text()];
  };
  assertEquals(await get("/api/sum/1/2?x=1"), [200, '{"sum":3}']);
  assertEquals(await get("/api/sum/1/2?no"), [403, "no"]);
  assertEquals(await get("/api/sum/1/x"), [
    404,
    '{"error":"not_found","message":"There is no API at this address"}',
  ]);
  assertEquals((await get("/api/sum/1/2", { method: "DELETE" }))[0], 405);
  assertEquals(seen[0], "api /api/sum/1/2?x=1");
  await app.shutdown();
});

Deno.test("files of the application: behind plain pages, before params; pages carry where the third script is", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.writeTextFile(`${dir}/about`, "a file");
  await Deno.writeTextFile(`${dir}/app.css`, "a{}");
  const levels: never[] = [];
  const Any = component<PageProps<"/:name">>((props) => () => h1(props.params.name));
  await using server = startApp({
    static: dir,
    viewTransitions: true,
    routes: {
      pages: [{ pattern: "/about", page: Home, levels }, { pattern: "/:name", page: Any, levels }],
      apis: [],
      notFound: [],
    },
  });
  const get = async (path: string) => await (await fetch(server.origin + path)).text();
  assertEquals(await get("/app.css"), "a{}");
  const page = await get("/about");
  assert(page.includes("<h1>Home</h1>"));
  assert(/data-nav="\/_vango\/nav-[\w-]{8}\.js" data-vt=""/.test(page), page);
  assert((await get("/other")).includes("<h1>other</h1>"));
  const script = await fetch(server.origin + /data-nav="([^"]+)"/.exec(page)![1]);
  assertEquals([script.status, (await script.text()).length > 0], [200, true]);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("a guard of app.use() guards every page at its path and below, whatever its params are called", async () => {
  const guard = () => new Response("no", { status: 403 });
  const page = () => () => p("secret");
  const app = (pattern: string, at: string) =>
    createApp({ page: Home, memory: false, secret: SECRET, logger: silentLogger })
      .use(pattern, guard).page(at as "/x", page);
  const cases = [
    ["/users/:id", "/users/:id:int", "/users/1", 403],
    ["/users/:id", "/users/:user/posts/:id:int", "/users/1/posts/2", 403],
    ["/users/:id:int", "/users/:n:int/edit", "/users/1/edit", 403],
    ["/files/*path", "/files/*rest", "/files/a/b", 403],
    ["/files/:name", "/files/*rest", "/files/a/b", 403],
    ["/files/*path", "/files/private", "/files/private", 403],
    ["/", "/files/private", "/files/private", 403],
  ] as const;
  for (const [pattern, at, path, status] of cases) {
    const one = app(pattern, at);
    const answer = await one.fetch(new Request(`http://localhost${path}`));
    assertEquals(answer.status, status, `${pattern} ${at}`);
    await answer.body?.cancel();
    await one.shutdown();
  }
});

Deno.test("a guard that guards nothing stops the application", async () => {
  for (
    const [pattern, at] of [
      ["/admin", "/administration"],
      ["/users/:id:int", "/users/:id"],
      ["/users/:id/posts", "/users/:id"],
      ["/files/*path", "/files"],
      ["/users/:id", "/users/new"],
    ]
  ) {
    const app = createApp({ page: Home, memory: false, secret: SECRET, logger: silentLogger })
      .use(pattern, () => new Response("no")).page(at as "/x", () => () => p("x"));
    assertThrows(() => app.serve({ port: 0 }), VangoError, `Cannot use the middleware of ${pattern}`);
    assertEquals((await app.fetch(new Request("http://localhost/"))).status, 500);
    await app.shutdown();
  }
});
