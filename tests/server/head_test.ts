import { assert, assertEquals } from "@std/assert";
import { component, signal, useCtx } from "../../mod.ts";
import type { LayoutProps } from "../../server/route_table.ts";
import { Op } from "../../vdom/patch.ts";
import { h1, main } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { getPage } from "../support/raw_client.ts";
import { Home, openPage } from "../support/routes.ts";

Deno.test("titles, metas and links are those of the newest component that has some, and go with it", async () => {
  const name = signal("first");
  const Framed = component<LayoutProps>((props) => {
    const ctx = useCtx();
    ctx.title("Frame");
    ctx.meta("og:site_name", "Site");
    return () => main(props.children);
  });
  const Named = component(() => {
    const ctx = useCtx();
    ctx.title(name);
    ctx.meta("og:title", name);
    ctx.link("canonical", "/named");
    return () => h1("Named");
  });
  const levels = [{ folder: "", layout: Framed }];
  await using server = startApp({
    routes: {
      pages: [{ pattern: "/", page: Home, levels }, { pattern: "/named", page: Named, levels }],
      apis: [],
      notFound: [],
    },
  });
  const { html } = await getPage(server.origin, "", "/named");
  assert(
    html.includes(
      '<meta property="og:title" content="first"><title>first</title><link rel="canonical" href="/named">',
    ),
    html,
  );
  await using live = await openPage(server, "/named");
  name.value = "second";
  const told = (await live.client.patches()).patches;
  assertEquals(told, [
    { op: Op.SetTitle, text: "second" },
    { op: Op.SetMeta, name: "og:title", content: "second" },
  ]);
  live.go("/");
  const left = (await live.client.patches()).patches.filter(({ op }) =>
    op >= Op.SetTitle && op <= Op.SetLink
  );
  assertEquals(left, [
    { op: Op.SetTitle, text: "Frame" },
    { op: Op.SetMeta, name: "og:title", content: null },
    { op: Op.SetLink, name: "canonical", content: null },
  ]);
});

Deno.test("a page cannot add what loads a style or a script to its document", async () => {
  const Bad = component(() => {
    useCtx().link("stylesheet", "/x.css");
    return () => h1("Bad");
  });
  await using server = startApp({ page: Bad });
  assertEquals((await getPage(server.origin)).status, 500);
  assert(server.logs.some(({ message }) => message.startsWith("A setup of")));
});
