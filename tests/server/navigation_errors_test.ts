/**
 * Navigation to and from pages that fail.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, notFound, resource, signal, useCtx } from "../../mod.ts";
import type { ErrorPageProps, PageRoute, RouteLevel, RouteTable } from "../../server/route_table.ts";
import { button, div, h1, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { hid } from "../support/raw_client.ts";
import { Home, Layout, type Live, openPage } from "../support/routes.ts";

const Failed = component<ErrorPageProps>((props) => () => p("failed ", props.status));
const Lost = component(() => () => p("lost"));
const Broken = component(() => {
  throw new Error("broken");
});

function routesOf(levels: RouteLevel[], ...pages: Omit<PageRoute, "levels">[]): RouteTable {
  return {
    pages: [{ pattern: "/", page: Home }, ...pages].map((page) => ({ ...page, levels })),
    apis: [],
    notFound: [],
  };
}

/** What comes until it holds a text. */
async function until(live: Live, text: string): Promise<string> {
  let all = "";
  while (!all.includes(text)) all += JSON.stringify(await live.client.patches());
  return all;
}

Deno.test("from a page that failed as a whole one can go on", async () => {
  await using server = startApp({ routes: routesOf([], { pattern: "/broken", page: Broken }) });
  {
    await using live = await openPage(server);
    live.go("/broken");
    await until(live, "/broken");
    live.go("/");
    await until(live, "Home");
  }
  await using live = await openPage(server, "/broken");
  live.go("/");
  await until(live, "Home");
});

Deno.test("from a page whose layout failed one can go on", async () => {
  const Bad = component(() => {
    throw new Error("a bad layout");
  });
  const routes = routesOf([]);
  await using server = startApp({
    routes: {
      ...routes,
      pages: [...routes.pages, {
        pattern: "/bad",
        page: Lost,
        levels: [{ folder: "", layout: Layout }, { folder: "bad", layout: Bad }],
      }],
    },
  });
  await using live = await openPage(server);
  live.go("/bad");
  await until(live, "/bad");
  live.go("/");
  await until(live, "Home");
});

Deno.test("another query is tried anew where the page failed with the one before", async () => {
  const Search = component(() => {
    const ctx = useCtx();
    return () => {
      const q = ctx.url.searchParams.get("q");
      if (q === "bad") throw new Error("a bad query");
      if (q === "none") throw notFound();
      return p("found ", q);
    };
  });
  const levels = [{ folder: "", layout: Layout, error: Failed }];
  const routes = routesOf(levels, { pattern: "/search", page: Search });
  await using server = startApp({
    routes: { ...routes, notFound: [{ pattern: "/", page: Lost, levels }] },
  });
  for (const q of ["bad", "none"]) {
    await using live = await openPage(server, `/search?q=${q}`);
    assert(live.page.html.includes(q === "bad" ? "failed " : "lost"));
    live.go("/search?q=cats");
    await until(live, "found ");
  }
});

Deno.test("what a page left behind fails late: the page that is shown stays", async () => {
  const gate = Promise.withResolvers<void>();
  const Here = component(() => () =>
    button({
      onClick: async () => {
        await gate.promise;
        throw new Error("late");
      },
    }, "go")
  );
  const There = component(() => () => h1("There"));
  const levels = [{ folder: "", layout: Layout, error: Failed }];
  await using server = startApp({
    routes: routesOf(levels, { pattern: "/here", page: Here }, { pattern: "/there", page: There }),
  });
  await using live = await openPage(server, "/here");
  live.client.click(hid(live.page.html));
  live.go("/there");
  await until(live, "There");
  gate.resolve();
  await live.client.error();
  assert(!JSON.stringify(await live.client.quiet()).includes("failed"));
});

Deno.test("a boundary that stays shows nothing of an effect or resource of the page that was left", async () => {
  const gate = Promise.withResolvers<void>();
  const count = signal(0);
  const Here = component(() => {
    const data = resource(async () => {
      await gate.promise;
      throw new Error("late");
    });
    return () => div(data.state, count);
  });
  const levels = [{ folder: "", layout: Layout, error: Failed }];
  await using server = startApp({
    limits: { renderTimeoutMs: 20 },
    routes: routesOf(levels, { pattern: "/here", page: Here }),
  });
  await using live = await openPage(server, "/here");
  live.go("/");
  await until(live, "Home");
  gate.resolve();
  assertEquals((await live.client.quiet()).filter(({ kind }) => kind === "patches"), []);
});
