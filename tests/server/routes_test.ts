/**
 * defineRoutes(): what modules must export, and the table that comes of them.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { component, defineRoutes, endpoint, type StandardSchema, VangoError } from "../../mod.ts";
import { RouteError } from "../../router/mod.ts";
import { p } from "../../vdom/elements.ts";

const Page = component(() => () => p("page"));
const any: StandardSchema = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } };

const WRONG: [file: string, module: unknown, message: string][] = [
  [
    "index.ts",
    {},
    "Cannot use routes/index.ts as a page: it exports nothing. Export a component as default:",
  ],
  ["index.ts", { Page }, "Cannot use routes/index.ts as a page: it exports only Page."],
  ["index.ts", { default: () => p("x") }, "it exports a plain function as default. "],
  ["index.ts", { default: { setup: 1 } }, "it exports an object as default. "],
  ["_layout.ts", { default: null }, "Cannot use routes/_layout.ts as a layout: it exports null as default. "],
  ["_error.ts", {}, "Cannot use routes/_error.ts as an error page: it exports nothing"],
  [
    "a/_404.ts",
    { default: "x" },
    "Cannot use routes/a/_404.ts as a 404 page: it exports a string as default",
  ],
  ["_middleware.ts", {}, "Cannot use routes/_middleware.ts as middleware: expected a function or a list"],
  ["_middleware.ts", { default: [] }, "as default, got an empty list"],
  ["_middleware.ts", { default: [() => 1, 7] }, "as default, got a number"],
  ["_middleware.ts", { default: Page }, "as default, got a component"],
  [
    "api/a.ts",
    {},
    "Cannot use routes/api/a.ts as an API: it exports nothing. Export a function for each method",
  ],
  ["api/a.ts", { default: Page }, "it exports only default. "],
  ["api/a.ts", { helper: () => 1 }, "it exports only helper. "],
  ["api/a.ts", { get: () => 1 }, "it exports get, which is no method. Did you mean GET?"],
  ["api/a.ts", { GET: () => 1, Post: 1 }, "it exports Post, which is no method. Did you mean POST?"],
  [
    "api/a.ts",
    { GET: () => 1, DELTE: () => 1 },
    "it exports DELTE, which is no method. Did you mean DELETE?",
  ],
  ["api/a.ts", { GET: "text" }, "it exports string as GET. Export a function or an endpoint"],
  ["api/a.ts", { GET: endpoint({ body: any }, () => 1) }, "it has a GET with a body"],
];

for (const [file, module, message] of WRONG) {
  Deno.test(`defineRoutes() refuses ${file}: ${message.slice(0, 60)}`, () => {
    const routes = defineRoutes({ modules: { [file]: module } });
    const error = assertThrows(() => routes.pages, VangoError, message);
    assertEquals([error.code, error.message.includes(`routes/${file}`)], ["route-module", true]);
  });
}

Deno.test("defineRoutes() refuses two files for one path at once, before any module is read", () => {
  const get = () => {
    throw new Error("a module was read");
  };
  const module = Object.defineProperty({}, "default", { get, enumerable: true });
  const error = assertThrows(
    () => defineRoutes({ modules: { "a.ts": module, "(x)/a.ts": module } }),
    RouteError,
    "Cannot add the route a.ts (/a): (x)/a.ts (/a) matches the same paths",
  );
  assertEquals(error.code, "duplicate-route");
});

Deno.test("defineRoutes() lets helpers and constants of an API be", () => {
  const module = { GET: () => 1, helper: () => 2, PORT: 8000, SECRETS: ["x"], default: 1 };
  assertEquals(Object.keys(defineRoutes({ modules: { "api/a.ts": module } }).apis[0].methods), ["GET"]);
});

const layout = { default: component(() => () => p("layout")) };
const middleware = { default: (_: unknown, next: () => unknown) => next() };

Deno.test("defineRoutes() gives each route its levels, outermost first, and shares them", () => {
  const shop = { default: [middleware.default, middleware.default] };
  const { pages, apis, notFound } = defineRoutes({
    folder: "src/routes",
    modules: {
      "index.ts": { default: Page },
      "_layout.ts": layout,
      "_middleware.ts": middleware,
      "_404.ts": { default: Page },
      "(shop)/_middleware.ts": shop,
      "(shop)/cart/_error.ts": layout,
      "(shop)/cart/[id].ts": { default: Page },
      "(shop)/cart/deep/down/page.ts": { default: Page },
      "other\\page.ts": { default: Page },
      "api/x.ts": { GET: () => 1 },
    },
  });
  const byPattern = Object.fromEntries(pages.map((page) => [page.pattern, page]));
  assertEquals(Object.keys(byPattern).sort(), ["/", "/cart/:id", "/cart/deep/down/page", "/other/page"]);
  const [root, group, cart] = byPattern["/cart/:id"].levels;
  assertEquals(root, { folder: "", layout: layout.default, middleware: [middleware.default] });
  assertEquals(group, { folder: "(shop)", middleware: shop.default });
  assertEquals(cart, { folder: "(shop)/cart", error: layout.default });
  const deep = byPattern["/cart/deep/down/page"];
  assertEquals([deep.file, deep.levels.length], ["src/routes/(shop)/cart/deep/down/page.ts", 3]);
  [root, group, cart].forEach((level, i) => assertStrictEquals(deep.levels[i], level));
  assertEquals(byPattern["/other/page"].levels, [root]);
  assertStrictEquals(byPattern["/other/page"].page, Page);
  assertEquals([apis[0].pattern, apis[0].levels], ["/api/x", [root]]);
  assertEquals([notFound[0].pattern, notFound[0].file, notFound[0].levels], ["/", "src/routes/_404.ts", [
    root,
  ]]);
});

Deno.test("find() of a table is a tree, or generated code that gets what it finds", () => {
  const modules = {
    "[id].ts": { default: Page },
    "api/x.ts": { GET: () => 1 },
    "über.ts": { default: Page },
  };
  const tree = defineRoutes({ modules }).find!;
  assertEquals(tree("/a%20b")?.params, { id: "a b" });
  assertEquals([tree("/%C3%BCber")?.pattern, tree("/none/at/all")], ["/über", null]);
  const routes = defineRoutes({
    modules,
    matcher: (found, escaped) => (path) =>
      path.includes("%") ? escaped(path) : path === "/api/x" ? found[1] : null,
  });
  const find = routes.find!;
  assertEquals(find("/api/x"), { value: routes.apis[0], pattern: "/api/x", params: {} });
  assertEquals(find("/a%20b"), { value: routes.pages[0], pattern: "/:id", params: { id: "a b" } });
  assertEquals(find("/b"), null);
  assert(routes.find === find);
});
