import { assert, assertEquals } from "@std/assert";
import { component, HttpError, notFound } from "../../mod.ts";
import type { PageProps } from "../../server/route_table.ts";
import { Op } from "../../vdom/patch.ts";
import { h1, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { getPage } from "../support/raw_client.ts";

import { Home, Layout, openPage, table } from "../support/routes.ts";

Deno.test("a page for what is not there is shown in place, with status 404 over HTTP", async () => {
  const Lost = component(() => () => h1("Lost"));
  const levels = [{ folder: "", layout: Layout }];
  await using server = startApp({ routes: table({ notFound: [{ pattern: "/", page: Lost, levels }] }) });
  const page = await getPage(server.origin, "", "/nowhere");
  assertEquals(page.status, 404);
  assert(page.html.includes("<h1>Lost</h1>"));
  await using live = await openPage(server);
  live.go("/nowhere/at/all");
  const { patches } = await live.client.patches();
  assertEquals(patches[0], { op: Op.NavPush, path: "/nowhere/at/all" });
  const picture = await fetch(`${server.origin}/nowhere.png`, { headers: { "sec-fetch-dest": "image" } });
  assertEquals([picture.status, await picture.text()], [404, "Not found"]);
});

Deno.test("an error page stands inside its layout, with the status of the error, until the next page", async () => {
  const Broken = component(() => {
    throw new HttpError(418, "No coffee");
  });
  const Oops = component<{ error: unknown; status: number; reset: () => void }>((props) => () =>
    p("Oops ", props.status, " ", (props.error as Error).message)
  );
  const levels = [{ folder: "", layout: Layout, error: Oops }];
  await using server = startApp({
    routes: {
      pages: [{ pattern: "/", page: Home, levels }, { pattern: "/broken", page: Broken, levels }],
      apis: [],
      notFound: [],
    },
  });
  const page = await getPage(server.origin, "", "/broken");
  assertEquals(page.status, 418);
  assert(page.html.includes("<nav>Menu</nav><main><p>Oops 418 No coffee</p></main>"), page.html);
  await using live = await openPage(server, "/broken");
  live.go("/");
  assert(JSON.stringify((await live.client.patches()).patches).includes("Home"));
  live.go("/broken");
  assert(JSON.stringify((await live.client.patches()).patches).includes("Oops"));
});

Deno.test("a page that says 404 is shown as one that is not there, in its layout; it is no mistake", async () => {
  const Lost = component(() => () => h1("Lost"));
  const Find = component<PageProps<"/find/:id:int">>((props) => {
    if (props.params.id > 9) throw notFound();
    return () => p("found ", props.params.id);
  });
  const levels = [{ folder: "", layout: Layout }];
  await using server = startApp({
    routes: {
      pages: [{ pattern: "/", page: Home, levels }, { pattern: "/find/:id:int", page: Find, levels }],
      apis: [],
      notFound: [{ pattern: "/", page: Lost, levels }],
    },
  });
  const page = await getPage(server.origin, "", "/find/10");
  assertEquals(page.status, 404);
  assert(page.html.includes("<nav>Menu</nav><main><h1>Lost</h1></main>"), page.html);
  await using live = await openPage(server, "/find/1");
  live.go("/find/11");
  assert(JSON.stringify((await live.client.patches()).patches).includes("Lost"));
  live.go("/find/2");
  const found = JSON.stringify((await live.client.patches()).patches);
  assert(found.includes("found 2"), found);
  assertEquals(server.logs.filter(({ level }) => level === "error"), []);
});
