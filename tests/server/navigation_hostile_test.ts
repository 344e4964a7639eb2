import { assert, assertEquals } from "@std/assert";
import { component, forbidden, resource, unauthorized } from "../../mod.ts";
import { ErrorCode } from "../../protocol/mod.ts";
import type { PageProps } from "../../server/route_table.ts";
import { PREFETCH_EVENT } from "../../vdom/event_table.ts";
import { button, h1, p } from "../../vdom/elements.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { hid } from "../support/raw_client.ts";
import { Home, openPage, table } from "../support/routes.ts";

Deno.test("a link to a file leads to the file, whatever page would stand there if it were none", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.writeTextFile(`${dir}/report.pdf`, "a file");
  const Lost = component(() => () => h1("Lost"));
  const Any = component<PageProps<"/any/:name">>((props) => () => h1(props.params.name));
  await Deno.mkdir(`${dir}/any`);
  await Deno.writeTextFile(`${dir}/any/file.txt`, "a file");
  const routes = table({ notFound: [{ pattern: "/", page: Lost, levels: [] }] });
  await using server = startApp({
    static: dir,
    routes: { ...routes, pages: [...routes.pages, { pattern: "/any/:name", page: Any, levels: [] }] },
  });
  await using live = await openPage(server);
  for (const path of ["/report.pdf", "/any/file.txt?x=1"]) {
    live.go(path);
    assertEquals(await live.client.changes(), [{ op: Op.Navigate, url: path, replace: false }]);
  }
  live.go("/any/page");
  assertEquals((await live.client.changes())[0], { op: Op.NavPush, path: "/any/page" });
  live.go("/nothing.pdf");
  assertEquals((await live.client.changes())[0], { op: Op.NavPush, path: "/nothing.pdf" });
  await Deno.remove(dir, { recursive: true });
});

Deno.test("what was loaded ahead is not shown after the user did something: it may be old", async () => {
  let user = "nobody";
  const Start = component(() => () => button({ onClick: () => void (user = "Ada") }, "Sign in"));
  const Account = component(() => {
    const who = resource(() => Promise.resolve(user), { name: "who" });
    return () => p("Hello ", who.value ?? "…");
  });
  await using server = startApp({
    routes: {
      pages: [{ pattern: "/", page: Start, levels: [] }, { pattern: "/account", page: Account, levels: [] }],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  live.client.event(PREFETCH_EVENT, 0, { path: "/account" });
  await live.client.patches();
  await live.client.quiet();
  live.client.click(hid(live.page.html));
  await live.client.patches();
  live.go("/account");
  const patches = await live.client.changes();
  assert(JSON.stringify(patches).includes("Ada"), JSON.stringify(patches));
});

Deno.test("what middleware answers instead of next()'s result is the answer to a navigation, too", async () => {
  const guard = async (ctx: { url: URL }, next: () => Promise<unknown>) => {
    const result = await next();
    return ctx.url.pathname === "/about" ? new Response("no", { status: 403 }) : result;
  };
  await using server = startApp({ routes: table(), middleware: [guard] });
  assertEquals(await (await fetch(`${server.origin}/about`)).text(), "no");
  await using live = await openPage(server);
  live.go("/about");
  assertEquals(await live.client.changes(), [{ op: Op.Navigate, url: "/about", replace: false }]);
});

Deno.test("middleware that says no to an event by throwing has not failed", async () => {
  for (const error of [forbidden(), unauthorized()]) {
    const guard = (ctx: { phase: string }, next: () => Promise<unknown>) => {
      if (ctx.phase === "event") throw error;
      return next();
    };
    const Page = component(() => () => button({ onClick: () => {} }, "x"));
    await using server = startApp({
      routes: table({
        pages: [{ pattern: "/", page: Page, levels: [] }, { pattern: "/b", page: Home, levels: [] }],
      }),
      middleware: [guard],
    });
    await using live = await openPage(server);
    live.client.click(hid(live.page.html));
    assertEquals(await live.client.error(), [ErrorCode.NotAuthorized, 1]);
    assertEquals(server.logs.filter(({ level }) => level === "error"), []);
  }
});
