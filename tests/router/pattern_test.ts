import { assertEquals, assertThrows } from "@std/assert";
import { createMatcher, href, parsePattern, RouteError, routeOfFile } from "../../router/mod.ts";

const WRONG_PATTERNS = [
  ["", 'expected "/" at its start'],
  ["users", 'expected "/" at its start'],
  ["/users/", "expected no empty segment"],
  ["//", "expected no empty segment"],
  ["/:", "expected an identifier as name"],
  ["/:a-b", "expected an identifier as name"],
  ["/:__proto__", "expected an identifier as name"],
  ["/:id/:id", "expected each name once, got id twice"],
  ["/:id:float", "expected string, int or uuid as type of id, got float"],
  ["/:id:int:int", "as type of id, got int:int"],
  ["/*rest/more", "expected *rest at the end"],
  ["/*rest:int", "expected no type at *rest"],
  ["/a?b", "expected plain characters"],
  ["/a b", "expected plain characters"],
  ["/a%20b", "expected plain characters"],
  ["/a:b", "expected plain characters"],
  ["/..", "expected no dots as a segment"],
  ["/a".repeat(65), "expected at most 64 segments"],
];

for (const [pattern, why] of WRONG_PATTERNS) {
  Deno.test(`parsePattern() refuses ${JSON.stringify(pattern.slice(0, 30))}`, () => {
    assertEquals(assertThrows(() => parsePattern(pattern), RouteError, why).code, "invalid-pattern");
  });
}

Deno.test("createMatcher() refuses two patterns that match the same paths, and names both", () => {
  for (const [a, b] of [["/a/:x", "/a/:y"], ["/", "/"], ["/a/*b", "/a/*c"], ["/:a:int/x", "/:b:int/x"]]) {
    const error = assertThrows(() => createMatcher([[a, 1], [b, 2]]), RouteError);
    assertEquals(error.message, `Cannot add the route ${b}: ${a} matches the same paths`);
    assertEquals(error.code, "duplicate-route");
  }
  createMatcher([["/a/:x", 1], ["/a/:y:int", 2], ["/a/:z:uuid", 3], ["/a/*rest", 4], ["/a", 5]]);
});

const UUID = "0b3d6a2e-7c1f-4e58-9a41-1d2c3b4a5f60";
const match = createMatcher(
  [
    "/users/settings",
    "/users/:id:int",
    "/users/:id:uuid",
    "/users/:name",
    "/users/:name/posts/:post",
    "/users/*rest",
    "/über uns".replace(" ", "-"),
    "/@me",
  ].map((pattern) => [pattern, pattern] as const),
);

const MATCHES: [string, string | null, Record<string, string | number>?][] = [
  ["/users/settings", "/users/settings", {}],
  ["/users/7", "/users/:id:int", { id: 7 }],
  ["/users/-7", "/users/:id:int", { id: -7 }],
  ["/users/07", "/users/:name", { name: "07" }],
  ["/users/9007199254740991", "/users/:id:int", { id: 9007199254740991 }],
  ["/users/9007199254740992", "/users/:name", { name: "9007199254740992" }],
  ["/users/1e3", "/users/:name", { name: "1e3" }],
  [`/users/${UUID}`, "/users/:id:uuid", { id: UUID }],
  ["/users/anna%20b", "/users/:name", { name: "anna b" }],
  ["/users/%37", "/users/:id:int", { id: 7 }],
  ["/users/s%65ttings", "/users/settings", {}],
  ["/users/100%25", "/users/:name", { name: "100%" }],
  ["/users/a%252Fb", "/users/:name", { name: "a%2Fb" }],
  ["/users/a/b%2525", "/users/*rest", { rest: "a/b%25" }],
  ["/users/%37/a%2Fb", null],
  ["/users/a%2fb", null],
  ["/users/a%2F..%2Fb", null],
  ["/users/a%5Cb/c", null],
  ["/users/settings/posts/1", "/users/:name/posts/:post", { name: "settings", post: "1" }],
  ["/users/7/posts", "/users/*rest", { rest: "7/posts" }],
  ["/users", null],
  ["/%C3%BCber-uns", "/über-uns", {}],
  ["/%40me", "/@me", {}],
  ["users/7", null],
  ["", null],
];

for (const [path, pattern, params] of MATCHES) {
  Deno.test(`a matcher finds ${pattern ?? "nothing"} for ${path}`, () => {
    const found = match(path);
    assertEquals(found?.pattern ?? null, pattern);
    if (found !== null) assertEquals(found.params, params!);
  });
}

Deno.test("href() gives paths that match with the same params", () => {
  assertEquals(href("/users/:name", { name: "a b&c@d" }), "/users/a%20b&c@d");
  assertEquals(match(href("/users/:name", { name: "ü?#%" }))?.params, { name: "ü?#%" });
  assertEquals(href("/users/*rest", { rest: "a b/ü" }), "/users/a%20b/%C3%BC");
  assertEquals(href("/"), "/");
  assertEquals(
    href("/users/:id:int", { id: 7 }, {
      query: { tab: "x y", n: [1, 2], no: null, off: false },
      hash: "top 1",
    }),
    "/users/7?tab=x+y&n=1&n=2&off=false#top%201",
  );
});

Deno.test("href() refuses values that would not come back", () => {
  const wrong: [() => string, string][] = [
    [() => href("/users/:name", { name: "" }), 'as name, got ""'],
    [() => href("/users/:name", { name: ".." }), 'as name, got ".."'],
    [() => href("/users/:name", { name: "a/b" }), 'as name, got "a/b"'],
    [() => href("/users/:name", { name: "\ud800" }), "as name"],
    [() => href("/users/:id:int", { id: 1.5 }), "expected an integer within ±(2^53 - 1) as id, got 1.5"],
    [() => href("/users/:id:int", { id: NaN }), "as id, got NaN"],
    [() => href("/users/:id:uuid", { id: "1" }), 'expected a UUID as id, got "1"'],
    [() => href("/users/*rest", { rest: "a/../b" }), "as rest"],
    [() => href("/users/*rest", { rest: "a//b" }), "as rest"],
    // @ts-expect-error: the param is missing
    [() => href("/users/:name"), "as name, got undefined"],
    // @ts-expect-error: a number is wanted
    [() => href("/users/:id:int", { id: "x" }), 'as id, got "x"'],
    // @ts-expect-error: no such param
    [() => href("/users/:name", { nam: "x" }), "as name, got undefined"],
  ];
  for (const [make, why] of wrong) {
    assertEquals(assertThrows(make, RouteError, why).code, "invalid-param");
  }
});

const FILES: [string, string | null, string?][] = [
  ["index.ts", "page", "/"],
  ["about.tsx", "page", "/about"],
  ["blog/index.ts", "page", "/blog"],
  ["projects/[id].ts", "page", "/projects/:id"],
  ["projects/[id:int]/edit.tsx", "page", "/projects/:id:int/edit"],
  ["projects/[id=uuid].ts", "page", "/projects/:id:uuid"],
  ["files\\[...path].ts", "page", "/files/*path"],
  ["(shop)/(inner)/cart.ts", "page", "/cart"],
  ["(shop)/index.ts", "page", "/"],
  ["api/users.ts", "api", "/api/users"],
  ["api/users/[id:int].ts", "api", "/api/users/:id:int"],
  ["_layout.tsx", "layout", "/"],
  ["(shop)/_layout.tsx", "layout", "/"],
  ["blog/_middleware.ts", "middleware", "/blog"],
  ["[slug]/_error.ts", "error", "/:slug"],
  ["_404.ts", "not-found", "/"],
  ["_helpers.ts", null],
  ["_parts/button.ts", null],
  ["about_test.ts", null],
  ["about.test.ts", null],
  ["types.d.ts", null],
  ["notes.md", null],
  [".hidden.ts", null],
];

for (const [file, kind, pattern] of FILES) {
  Deno.test(`routeOfFile() takes ${file} for ${kind ?? "none of the router's"}`, () => {
    const found = routeOfFile(file);
    assertEquals(found?.kind ?? null, kind);
    assertEquals(found?.pattern, pattern);
  });
}

Deno.test("routeOfFile() refuses names that it cannot read, and says which file has them", () => {
  for (const file of ["[id.ts", "[].ts", "a[id].ts", "[id:float].ts", "[...a]/b.ts", "[[id]].ts", "a b.ts"]) {
    const error = assertThrows(() => routeOfFile(file), RouteError, `Cannot use the route file ${file}`);
    assertEquals(error.code, "invalid-pattern");
  }
});
