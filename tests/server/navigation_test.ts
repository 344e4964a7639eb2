import { assert, assertEquals } from "@std/assert";
import { component, effect, onCleanup, onMount, redirect, resource, useCtx } from "../../mod.ts";
import type { AppOptions } from "../../server/app.ts";
import type { LayoutProps, PageProps } from "../../server/route_table.ts";
import { Op } from "../../vdom/patch.ts";
import { button, div, main, nav, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { getPage, hid, RawClient } from "../support/raw_client.ts";

import { Home, Layout, openPage, table } from "../support/routes.ts";

Deno.test("a navigation is one frame: where the browser is, then what differs, and the layout stays", async () => {
  let layouts = 0;
  const Counted = component<LayoutProps>((props) => {
    layouts++;
    return () => div(nav("Menu"), main(props.children));
  });
  await using server = startApp({ routes: table({}, Counted), title: "App" });
  await using live = await openPage(server);
  live.go("/about?from=home#team");
  const { patches, settled, received } = await live.client.patches();
  assertEquals(received, 1);
  assertEquals(settled, null);
  assertEquals(patches[0], { op: Op.NavPush, path: "/about?from=home#team" });
  assertEquals(patches.at(-1), { op: Op.SetTitle, text: "About us" });
  // One h1 takes the place of the other.
  assertEquals(patches.map(({ op }) => op), [Op.NavPush, Op.Append, Op.Remove, Op.SetTitle]);
  assertEquals(layouts, 1);
  // Of a page without a title the document has the application's.
  live.go("/");
  const back = await live.client.patches();
  assertEquals(back.patches[0], { op: Op.NavPush, path: "/" });
  assertEquals(back.patches.at(-1), { op: Op.SetTitle, text: "App" });
});

Deno.test("paths are made canonical, and a path to where one is replaces", async () => {
  await using server = startApp({ routes: table() });
  await using live = await openPage(server);
  live.go("//about//./?x=1");
  assertEquals((await live.client.patches()).patches[0], { op: Op.NavPush, path: "/about?x=1" });
  live.go("/about?x=1");
  assertEquals((await live.client.patches()).patches, [{ op: Op.NavReplace, path: "/about?x=1" }]);
  live.go("/items/7", true);
  assertEquals((await live.client.patches()).patches[0], { op: Op.NavReplace, path: "/items/7" });
});

Deno.test("another param makes the page anew, another query does not; who read the query runs again", async () => {
  let setups = 0;
  const Search = component<PageProps<"/search/:what">>((props) => {
    setups++;
    const ctx = useCtx();
    return () => p(props.params.what, " page ", ctx.url.searchParams.get("page") ?? "1");
  });
  const pages = [{ pattern: "/", page: Home, levels: [] }, {
    pattern: "/search/:what",
    page: Search,
    levels: [],
  }];
  await using server = startApp({ routes: { pages, apis: [], notFound: [] } });
  await using live = await openPage(server, "/search/cats");
  assert(live.page.html.includes("<p>cats page 1</p>"));
  live.go("/search/cats?page=2");
  const { patches } = await live.client.patches();
  assertEquals(patches.map(({ op }) => op), [Op.NavPush, Op.TextRange]);
  assertEquals(setups, 1);
  live.go("/search/dogs?page=2");
  await live.client.patches();
  assertEquals(setups, 2);
});

Deno.test("what has no page is a full load: APIs, files, what is not there, what is no path", async () => {
  await using server = startApp({ routes: table() });
  await using live = await openPage(server);
  for (const path of ["/nothing/here", "/items/none", "/a%00b", "/../../etc/passwd%2", "/x\\y"]) {
    live.go(path);
    const { patches } = await live.client.patches();
    assertEquals(patches, [{ op: Op.Navigate, url: path, replace: false }], path);
  }
  // No path at all never gets as far as an address.
  live.go("https://evil.example/");
  assertEquals((await live.client.patches()).patches, [
    { op: Op.Navigate, url: "https://evil.example/", replace: false },
  ]);
});

Deno.test("middleware runs at navigations, sees where it leads, and redirects; ten redirects are enough", async () => {
  const seen: string[] = [];
  const middleware: AppOptions["middleware"] = [async (ctx, next) => {
    seen.push(`${ctx.phase} ${ctx.url.pathname}`);
    if (ctx.url.pathname === "/about") return void ctx.navigate("/items/3");
    if (ctx.url.pathname === "/items/4") return void ctx.navigate("/items/4");
    if (ctx.url.pathname === "/items/5") return new Response("no");
    if (ctx.url.pathname === "/items/6") throw new Error("broken");
    return await next();
  }];
  await using server = startApp({ routes: table(), middleware });
  await using live = await openPage(server);
  seen.length = 0;
  live.go("/about");
  assertEquals((await live.client.patches()).patches[0], { op: Op.NavPush, path: "/items/3" });
  assertEquals(seen, ["navigation /about", "navigation /items/3"]);
  live.go("/items/4");
  assertEquals(await live.client.error(), [4, 2]);
  live.go("/items/5");
  let { patches } = await live.client.patches();
  // What was received before may be told first.
  while (patches.length === 0) ({ patches } = await live.client.patches());
  assertEquals(patches.at(-1), {
    op: Op.Navigate,
    url: "/items/5",
    replace: false,
  });
  live.go("/items/6");
  assertEquals(await live.client.error(), [4, 4]);
  assert(server.logs.some(({ message }) => message === "A navigation failed"));
});

Deno.test("a guard of a folder cannot be passed by the socket: navigation, event, mount", async () => {
  let allowed = true;
  const events: string[] = [];
  const Secret = component(() => () => button({ onClick: () => void events.push("ran") }, "secret"));
  const guard = (_ctx: unknown, next: () => Promise<unknown>) =>
    allowed ? next() : Promise.resolve(new Response("no", { status: 403 }));
  const levels = [{ folder: "", layout: Layout }];
  const inside = [...levels, { folder: "admin", middleware: [guard] }];
  await using server = startApp({
    routes: {
      pages: [
        { pattern: "/", page: Home, levels },
        { pattern: "/admin", page: Secret, levels: inside },
      ],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  allowed = false;
  assertEquals((await getPage(server.origin, "", "/admin")).status, 403);
  live.go("/admin");
  assertEquals((await live.client.patches()).patches, [{ op: Op.Navigate, url: "/admin", replace: false }]);
  allowed = true;
  live.go("/admin");
  const { patches } = await live.client.patches();
  const inserted = JSON.stringify(patches);
  assert(inserted.includes("secret"));
  const num = Number(/"data-hid",\s*"(\d+) /.exec(inserted)?.[1] ?? /"num":(\d+)/g.exec(inserted)?.[1]);
  assert(num > 0);
  // An event of the page that was left out of bounds meanwhile.
  allowed = false;
  for (let at = 1; at < 40; at++) live.client.click(at);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assertEquals(events, []);
  // Coming back to it.
  const page = await getPage(server.origin, live.page.cookie, "/");
  const other = new RawClient(server.origin, page);
  assert(await other.opened);
  allowed = false;
  other.hello(page, { session: "x".repeat(22), key: "", sealed: new Uint8Array(), path: "/admin" });
  const hello = await other.next();
  assert(hello.kind === "hello" && hello.hello.status === 7, JSON.stringify(hello));
  await other.close();
});

Deno.test("the frame of a navigation has what the page loads; what takes too long is shown as it is", async () => {
  const slow = Promise.withResolvers<string>();
  const quick = component(() => {
    const data = resource(() => new Promise<string>((resolve) => setTimeout(() => resolve("data"), 20)));
    return () => p(data.value ?? "…");
  });
  const never = component(() => {
    const data = resource(() => slow.promise);
    return () => p(data.value ?? "waiting");
  });
  await using server = startApp({
    limits: { navigationWaitMs: 300 },
    routes: {
      pages: [
        { pattern: "/", page: Home, levels: [] },
        { pattern: "/quick", page: quick, levels: [] },
        { pattern: "/slow", page: never, levels: [] },
      ],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  live.go("/quick");
  assert(JSON.stringify((await live.client.patches()).patches).includes('"data"'));
  live.go("/slow");
  assert(JSON.stringify((await live.client.patches()).patches).includes("waiting"));
  slow.resolve("late");
  assert(JSON.stringify((await live.client.patches()).patches).includes("late"));
});

Deno.test("of two navigations the later one counts", async () => {
  const gates = new Map<string, () => void>();
  const middleware: AppOptions["middleware"] = [async (ctx, next) => {
    if (ctx.phase === "navigation") {
      await new Promise<void>((resolve) => gates.set(ctx.url.pathname, resolve));
    }
    return await next();
  }];
  await using server = startApp({ routes: table(), middleware });
  await using live = await openPage(server);
  live.go("/about");
  live.go("/items/2");
  while (gates.size < 2) await new Promise((resolve) => setTimeout(resolve, 2));
  gates.get("/items/2")!();
  const places: unknown[] = [];
  while (places.length === 0) places.push(...(await live.client.patches()).patches);
  gates.get("/about")!();
  places.push(...(await live.client.patches()).patches);
  const ops = JSON.stringify(places);
  assert(ops.includes('"/items/2"') && !ops.includes('"/about"'), ops);
});

Deno.test("effects and cleanups of pages run once each, and onMount when the page is shown", async () => {
  const seen: string[] = [];
  const Loud = component(() => {
    onMount(() => void seen.push("mount"));
    effect(() => void seen.push("effect"));
    onCleanup(() => void seen.push("cleanup"));
    return () => p("loud");
  });
  await using server = startApp({
    routes: {
      pages: [{ pattern: "/", page: Home, levels: [] }, { pattern: "/loud", page: Loud, levels: [] }],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  live.go("/loud");
  await live.client.patches();
  assertEquals(seen.toSorted(), ["effect", "mount"]);
  live.go("/");
  await live.client.patches();
  assertEquals(seen.toSorted(), ["cleanup", "effect", "mount"]);
});

Deno.test("handlers navigate and throw redirects; setups throw them too", async () => {
  const Away = component(() => {
    redirect("/about");
    return () => p("never");
  });
  const Here = component(() => {
    const ctx = useCtx();
    return () =>
      div(
        button({ onClick: () => ctx.navigate("/items/1") }, "a"),
        button({
          onClick: () => {
            redirect("/items/2", 303, { replace: true });
          },
        }, "b"),
        button({ onClick: () => ctx.navigate("https://example.com/") }, "c"),
      );
  });
  const levels = [{ folder: "", layout: Layout }];
  const routes = table();
  await using server = startApp({
    routes: {
      ...routes,
      pages: [...routes.pages, { pattern: "/here", page: Here, levels }, {
        pattern: "/away",
        page: Away,
        levels,
      }],
    },
  });
  const redirected = await fetch(`${server.origin}/away`, { redirect: "manual" });
  await redirected.body?.cancel();
  assertEquals([redirected.status, redirected.headers.get("location")], [303, "/about"]);
  for (
    const [nth, place] of [
      [0, { op: Op.NavPush, path: "/items/1" }],
      [1, { op: Op.NavReplace, path: "/items/2" }],
      [2, { op: Op.Navigate, url: "https://example.com/", replace: false }],
    ] as const
  ) {
    await using live = await openPage(server, "/here");
    live.client.click(hid(live.page.html, nth));
    assertEquals((await live.client.patches()).patches[0], place as never);
  }
  await using live = await openPage(server, "/");
  live.go("/away");
  const frames = [await live.client.patches()];
  while (!JSON.stringify(frames).includes('"/about"')) frames.push(await live.client.patches());
  assertEquals(server.logs.filter(({ level }) => level === "error"), []);
});
