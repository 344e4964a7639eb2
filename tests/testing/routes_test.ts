/**
 * The test kit: applications with routes, as far as it is special of a kind of page. tests/specs has what is the same in all.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { Window } from "happy-dom";
import { component, createApp, redirect, resource, signal, Unsaved, useCtx } from "../../mod.ts";
import type { LayoutProps } from "../../server/route_table.ts";
import { mountDom } from "../../testing/dom_page.ts";
import { mount, type Mountable, type Page, type PageOptions } from "../../testing/mod.ts";
import { a, button, div, h1, main, p, span } from "../../vdom/elements.ts";
import { at, go, site } from "../specs/routes.ts";

type Options = PageOptions & { fakeTime?: boolean };
type What = Mountable<Record<never, never>>;

/** Runs a test with both kinds of pages of this process. */
function test(
  name: string,
  what: () => What,
  run: (page: Page & { left: string[] }) => Promise<void>,
  options?: Options,
) {
  Deno.test(`mount(): ${name}`, async () => {
    await using page = await mount(what(), options);
    await run(page);
  });
  Deno.test(`mountDom(): ${name}`, async () => {
    await using page = await mountDom(what(), { ...options, Window });
    await run(page);
  });
}

/** One page at each of some paths, with the same links. */
function linked(links: () => ReturnType<typeof a>[]): What {
  const app = createApp({ secret: "x".repeat(32), memory: false });
  const Layout = component<LayoutProps>((props) => {
    const count = signal(0, { name: "count" });
    return () => div(button({ onClick: () => count.inc() }, count), links(), main(props.children));
  }, { name: "Layout" });
  return app.layout("/", Layout)
    .page("/", () => () => h1("Home"))
    .page("/pages/:name", (props) => () => h1(`Page ${props.params.name}`));
}

Deno.test("what is no application is refused", async () => {
  for (const what of [{}, { routes: 1 }, { page: () => p("x") }, null, "x"]) {
    await assertRejects(() => mount(what as never), TypeError, "Cannot mount it: pass a component");
    await assertRejects(() => mountDom(what as never, { Window }), TypeError, "Cannot mount it");
  }
});

test("routes that were added by calls are mounted, restarted and left alone", () => {
  return createApp({ secret: "x".repeat(32), memory: false })
    .use(async (ctx, next) => {
      if (ctx.url.pathname === "/kept") redirect("/items/1");
      return await next();
    })
    .layout("/items", component<LayoutProps>((props) => () => main(props.children)))
    .page("/items/:id:int", (props) => {
      const count = signal(props.params.id, { name: "count" });
      return () => [h1(`Item ${props.params.id}`), button({ onClick: () => count.inc() }, count)];
    })
    .page("/kept", () => () => p("never"))
    .api("/api/echo", { POST: async ({ request }) => ({ echo: await request.text() }) });
}, async (page) => {
  assertEquals([at(page), page.get("main button").text()], ["/items/1: Item 1", "1"]);
  await page.get("button").click();
  await page.restart();
  assertEquals(page.get("button").text(), "2");
  const answer = await page.request("/api/echo", { method: "POST", body: "hello" });
  assertEquals([answer.status, await answer.json()], [200, { echo: "hello" }]);
}, { url: "/kept" });

test("links out of the tab are noted, and the page stays", () =>
  linked(() => [
    a({ href: "/pages/new", target: "_blank" }, "tab"),
    a({ href: "/pages/file", download: "" }, "download"),
    a({ href: "https://example.com/x" }, "other"),
    a({ href: "/pages/held" }, span("held")),
  ]), async (page) => {
  await go(page, "tab");
  await go(page, "download");
  await go(page, "other");
  for (const key of ["ctrlKey", "metaKey", "shiftKey"]) await page.get("span").click({ [key]: true });
  assertEquals(page.left.map((url) => url.replace("http://localhost", "")), [
    "/pages/new",
    "/pages/file",
    "https://example.com/x",
    "/pages/held",
    "/pages/held",
    "/pages/held",
  ]);
  assertEquals([at(page), page.connected], ["/: Home", true]);
  await page.get("span").click();
  assertEquals(at(page), "/pages/held: Page held");
});

test("links that say so load the page", () =>
  linked(() => [
    a({ href: "/pages/a", "data-reload": "" }, "reload"),
    a({ href: "/pages/b", rel: "noopener external" }, "external"),
    a({ href: "/pages/c", target: "_top" }, "top"),
    a({ href: "/pages/d", target: "_self" }, "self"),
  ]), async (page) => {
  for (const [name, to] of [["reload", "a"], ["external", "b"], ["top", "c"]]) {
    await page.get("button").click();
    await go(page, name);
    assertEquals([at(page), page.get("button").text()], [`/pages/${to}: Page ${to}`, "0"]);
  }
  await page.get("button").click();
  await go(page, "self");
  assertEquals([at(page), page.get("button").text()], ["/pages/d: Page d", "1"]);
});

test("a question that nobody answers fails the call", () => {
  return site({ "/edit": component(() => () => [h1("Edit"), Unsaved({ when: true, message: "Sure?" })]) });
}, async (page) => {
  await assertRejects(
    () => go(page, "/items/1"),
    Error,
    'The page asks "Sure?", and nobody answers: set page.onConfirm',
  );
  await assertRejects(() => page.back(), Error, "there is no page there");
  assertEquals(at(page), "/edit: Edit");
  // What the test itself loads is not asked.
  await page.reload();
  await page.visit("/items/2");
  assertEquals([at(page), page.asked], ["/items/2: Item 2", ["Sure?"]]);
  await assertRejects(() => page.back().then(() => go(page, "/list")), Error, "nobody answers");
}, { url: "/edit" });

test(
  "where a document is loaded the browser asks, without words",
  () => linked(() => [a({ href: "/pages/a", "data-reload": "" }, "reload"), Unsaved({ when: true })!]),
  async (page) => {
    page.onConfirm = () => false;
    await go(page, "reload");
    assertEquals([at(page), page.asked], ["/: Home", [""]]);
    page.onConfirm = () => true;
    await go(page, "reload");
    assertEquals([at(page), page.asked], ["/pages/a: Page a", ["", ""]]);
  },
);

/** A page whose data come when the test says so. */
function slow(): { what: What; gate: PromiseWithResolvers<string> } {
  const gate = Promise.withResolvers<string>();
  const Slow = component(() => {
    const data = resource(() => gate.promise);
    return () => h1(data.value ?? "waits");
  });
  return { what: site({ "/slow": Slow, "/go": component(() => () => a({ href: "/slow" }, "slow")) }), gate };
}

for (const kind of ["mount", "mountDom"]) {
  const open = (what: What, options: Options) =>
    kind === "mount" ? mount(what, options) : mountDom(what, { ...options, Window });

  Deno.test(`${kind}(): a click on a link waits for the data of its page`, async () => {
    const { what, gate } = slow();
    await using page = await open(what, { url: "/go" });
    setTimeout(gate.resolve, 30, "data");
    await go(page, "slow");
    assertEquals(at(page), "/slow: data");
  });

  Deno.test(`${kind}(): without patience the page is shown as it is, and its data come later`, async () => {
    const { what, gate } = slow();
    await using page = await open(what, {
      url: "/go",
      app: { limits: { navigationWaitMs: 0 } },
    });
    await go(page, "slow");
    assertEquals(at(page), "/slow: waits");
    gate.resolve("data");
    await page.settled();
    assertEquals(at(page), "/slow: data");
  });
}

test("requests have the cookies and the origin of the page, and follow redirects", () => {
  const answer = (request: Request) => ({
    method: request.method,
    cookie: request.headers.get("cookie")?.includes("user=ada") ?? false,
    origin: request.headers.get("origin"),
    site: request.headers.get("sec-fetch-site"),
    type: request.headers.get("content-type"),
  });
  return createApp({ secret: "x".repeat(32), memory: false })
    .page("/", () => () => p(useCtx().cookies.get("user") ?? "nobody"))
    .api("/api/me", {
      GET: ({ request }) => answer(request),
      POST: async ({ request }) => ({ ...answer(request), body: await request.text() }),
    })
    .api("/api/old", { GET: () => redirect("/api/me"), POST: () => redirect("/api/me", 303) })
    .api("/api/away", { GET: () => redirect("https://example.com/") });
}, async (page) => {
  const ask = async (...args: Parameters<Page["request"]>) => await (await page.request(...args)).json();
  const get = { method: "GET", cookie: true, origin: null, site: "same-origin", type: null };
  assertEquals(await ask("/api/me"), get);
  assertEquals(await ask("/api/me", { method: "POST", json: { a: 1 } }), {
    ...get,
    method: "POST",
    origin: "http://localhost",
    type: "application/json",
    body: '{"a":1}',
  });
  assertEquals(await ask("/api/old"), get);
  assertEquals(await ask("/api/old", { method: "POST", json: 1 }), get);
  const manual = await page.request("/api/old", { redirect: "manual" });
  assertEquals([manual.status, manual.headers.get("location")], [303, "/api/me"]);
  await assertRejects(() => page.request("/api/away"), TypeError, "it redirects to https://example.com/");
  await assertRejects(() => page.request("https://example.com/"), TypeError, "it is not of the application");
  await assertRejects(
    () => page.request("/api/me", { method: "POST", json: 1, body: "1" }),
    TypeError,
    "Cannot send a request with both body and json: pass one",
  );
}, { cookies: { user: "ada" } });
