/**
 * Events and navigations at the same time: none is lost, none runs where it was not let.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, type Ctx, type Middleware, resource, signal, useCtx } from "../../mod.ts";
import { ErrorCode } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { NAVIGATE_EVENT, PREFETCH_EVENT } from "../../vdom/event_table.ts";
import { button, div, h1, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, resumeOf } from "../support/raw_client.ts";
import { Home, type Live, openPage, table } from "../support/routes.ts";

type Guard = Middleware<Ctx, unknown>;

/** What comes until it holds a text. */
async function until(live: Live, text: string): Promise<string> {
  let all = "";
  while (!all.includes(text)) all += JSON.stringify(await live.client.next());
  return all;
}

Deno.test("a click that waits for its middleware runs before the navigation that comes after it", async () => {
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const slow: Guard = async (ctx, next) => {
    if (ctx.phase === "event") await gate.promise;
    return await next();
  };
  const Note = component(() => () => button({ onClick: () => void order.push("saved") }, "save"));
  const There = component(() => {
    order.push("there");
    return () => h1("There");
  });
  await using server = startApp({
    routes: {
      pages: [
        { pattern: "/note", page: Note, levels: [{ folder: "note", middleware: [slow] }] },
        { pattern: "/there", page: There, levels: [] },
      ],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server, "/note");
  live.client.click(hid(live.page.html));
  live.go("/there");
  await live.client.settled();
  assertEquals(order, []);
  gate.resolve();
  await until(live, "There");
  assertEquals(order, ["saved", "there"]);
  assert(!JSON.stringify(await live.client.quiet()).includes('"error"'));
});

Deno.test("an event that passed the middleware of one page runs no handler of another", async () => {
  const gate = Promise.withResolvers<void>();
  let ran = 0;
  const slow: Guard = async (ctx, next) => {
    if (ctx.phase === "event") await gate.promise;
    return await next();
  };
  const readOnly: Guard = (ctx, next) => ctx.phase === "event" ? undefined : next();
  let leave = () => {};
  const Open = component(() => {
    const ctx = useCtx();
    leave = () => ctx.navigate("/admin");
    return () => button({ onClick: () => {} }, "open");
  });
  const Admin = component(() => () => button({ onClick: () => void ran++ }, "delete"));
  await using server = startApp({
    routes: {
      pages: [
        { pattern: "/", page: Open, levels: [{ folder: "", middleware: [slow] }] },
        { pattern: "/admin", page: Admin, levels: [{ folder: "admin", middleware: [readOnly] }] },
      ],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  const first = hid(live.page.html);
  live.client.click(first);
  // The numbers that the next page's nodes will have can be guessed.
  for (let num = first + 1; num < first + 20; num++) live.client.click(num);
  for (let i = 0; i < 30; i++) live.client.click(first);
  await live.client.settled();
  leave();
  await until(live, "delete");
  for (let i = 0; i < 2; i++) {
    gate.resolve();
    await live.client.quiet();
  }
  assertEquals(ran, 0);
});

Deno.test("an event for a node of the page that was left is refused, and so is one that is held", async () => {
  const never = Promise.withResolvers<string>();
  let ran = 0;
  const Here = component(() => () => button({ onClick: () => void ran++ }, "here"));
  const Slow = component(() => {
    const data = resource(() => never.promise);
    return () => div(h1("Slow"), data.state);
  });
  await using server = startApp({
    limits: { navigationWaitMs: 200 },
    routes: {
      pages: [{ pattern: "/", page: Here, levels: [] }, { pattern: "/slow", page: Slow, levels: [] }],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  live.go("/slow");
  await live.client.settled();
  live.client.click(hid(live.page.html));
  assertEquals(await live.client.error(), [ErrorCode.HandlerNotFound, 2]);
  await until(live, "Slow");
  assertEquals(ran, 0);
});

Deno.test("a socket that is lost while a frame is held comes back to the frame, with its address and title", async () => {
  const loaded = Promise.withResolvers<string>();
  const Slow = component(() => {
    useCtx().title("Slow page");
    const data = resource(() => loaded.promise);
    return () => h1(data.value ?? "waiting");
  });
  await using server = startApp({
    limits: { navigationWaitMs: 60_000 },
    routes: {
      pages: [{ pattern: "/", page: Home, levels: [] }, { pattern: "/slow", page: Slow, levels: [] }],
      apis: [],
      notFound: [],
    },
  });
  const page = await getPage(server.origin);
  const opened = await connect(server.origin, page);
  opened.client.event(NAVIGATE_EVENT, 0, { path: "/slow", replace: false });
  await opened.client.settled();
  assertEquals(opened.client.frames, []);
  await opened.client.close();
  const again = await connect(server.origin, page, { ...resumeOf(opened, 0), path: "/" });
  await again.client.settled();
  assertEquals(again.client.frames, []);
  loaded.resolve("loaded");
  const { patches } = await again.client.patches();
  assertEquals(patches[0], { op: Op.NavPush, path: "/slow" });
  assert(JSON.stringify(patches).includes("loaded"));
  assertEquals(patches.at(-1), { op: Op.SetTitle, text: "Slow page" });
  await again.client.close();
});

Deno.test("a browser that lost the frame of a navigation gets the page whole, with its address and title", async () => {
  const Titled = component(() => {
    const ctx = useCtx();
    ctx.title("Titled");
    ctx.meta("description", "of the page");
    return () => h1("There");
  });
  await using server = startApp({
    routes: {
      pages: [{ pattern: "/", page: Home, levels: [] }, { pattern: "/there", page: Titled, levels: [] }],
      apis: [],
      notFound: [],
    },
  });
  const page = await getPage(server.origin);
  const opened = await connect(server.origin, page);
  opened.client.event(NAVIGATE_EVENT, 0, { path: "/there", replace: false });
  await opened.client.patches();
  await opened.client.close();
  // It says that its tree is none of ours.
  const again = await connect(server.origin, page, { ...resumeOf(opened, 0), flags: 1, path: "/" });
  assertEquals((await again.client.nextControl(0x12)).type, 0x12);
  const { patches } = await again.client.patches();
  assertEquals(patches, [
    { op: Op.NavReplace, path: "/there" },
    { op: Op.SetTitle, text: "Titled" },
    { op: Op.SetMeta, name: "description", content: "of the page" },
  ]);
  await again.client.close();
});

Deno.test("thousands of navigations and prefetches leave the session as it is", async () => {
  let rendered = 0;
  const Item = component(() => {
    rendered++;
    const text = signal("", { name: "text" });
    return () => p("item ", text);
  });
  const { pages, ...rest } = table();
  await using server = startApp({
    limits: { eventsPerSecond: 1e6, eventBurst: 1e6 },
    routes: { ...rest, pages: [...pages, { pattern: "/many/:id", page: Item, levels: [] }] },
  });
  await using live = await openPage(server);
  for (let i = 0; i < 2000; i++) {
    live.client.event(PREFETCH_EVENT, 0, { path: `/many/p${i}` });
    live.go(`/many/${i}`);
  }
  await until(live, "/many/1999");
  live.go("/about");
  await until(live, "About us");
  assert(rendered < 2100, `${rendered}`);
});

Deno.test("a path longer than an HTTP server takes is no path of ours", async () => {
  await using server = startApp({ routes: table() });
  await using live = await openPage(server);
  const long = `/about?q=${"a".repeat(20_000)}`;
  live.go(long);
  assertEquals((await live.client.patches()).patches.map(({ op }) => op), [Op.Navigate]);
  live.go("/about");
  assertEquals((await live.client.patches()).patches[0], { op: Op.NavPush, path: "/about" });
});

Deno.test("middleware that never ends holds up itself alone", async () => {
  const never: Guard = (ctx, next) =>
    ctx.phase === "page" || ctx.phase === "mount" || ctx.url.pathname !== "/about"
      ? next()
      : new Promise(() => {});
  await using server = startApp({ routes: table(), middleware: [never] });
  await using live = await openPage(server);
  live.go("/about");
  live.client.event(PREFETCH_EVENT, 0, { path: "/about" });
  live.go("/items/3");
  await until(live, "/items/3");
});

for (
  const [how, middleware] of [["at once", []], ["after a while", [async (_ctx, next) => await next()]]] as [
    string,
    Guard[],
  ][]
) {
  Deno.test(`pages that lead to each other ${how} come to an end, and the session goes on`, async () => {
    let setups = 0;
    const leadTo = (to: string) =>
      component(() => {
        setups++;
        useCtx().navigate(to);
        return () => p(`leads to ${to}`);
      });
    const { pages, ...rest } = table();
    const pair = [{ pattern: "/a", page: leadTo("/b"), levels: [] }, {
      pattern: "/b",
      page: leadTo("/a"),
      levels: [],
    }];
    await using server = startApp({ middleware, routes: { ...rest, pages: [...pages, ...pair] } });
    await using live = await openPage(server);
    live.go("/a");
    for (let turn = 0; turn < 1000 && !server.logs.some(({ level }) => level === "error"); turn++) {
      await live.client.settled();
    }
    const [failed] = server.logs.filter(({ level }) => level === "error");
    assertEquals(failed?.message, "A navigation failed");
    assert(setups <= 25, `${setups}`);
    live.go("/about");
    await until(live, "About us");
  });
}
