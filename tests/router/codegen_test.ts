/**
 * routes.gen.ts: what is refused, what is written, and that what is written is TypeScript that works.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { generateRoutes, isStale, RouteError } from "../../router/mod.ts";
import { readRouteFiles } from "../../router/route_files.ts";

const WRONG: [files: string[], code: string, message: string][] = [
  [
    ["about.ts", "about/index.tsx"],
    "duplicate-route",
    "Cannot add the route about/index.tsx (/about): about.ts (/about) matches the same paths",
  ],
  [
    ["[id].ts", "(a)/[name].ts"],
    "duplicate-route",
    "Cannot add the route [id].ts (/:id): (a)/[name].ts (/:name) matches the same paths",
  ],
  [
    ["[id:int].ts", "[key=int].ts"],
    "duplicate-route",
    "Cannot add the route [key=int].ts (/:key:int): [id:int].ts (/:id:int) matches the same paths",
  ],
  [
    ["api/users.ts", "api/users/index.ts"],
    "duplicate-route",
    "Cannot add the route api/users/index.ts (/api/users): api/users.ts (/api/users) matches the same paths",
  ],
  [
    ["_layout.ts", "_layout.tsx"],
    "duplicate-route",
    "Cannot use the route file _layout.tsx: _layout.ts is the layout of the same folder",
  ],
  [
    ["(a)/_404.ts", "(b)/_404.ts"],
    "duplicate-route",
    "Cannot use the route file (b)/_404.ts: (a)/_404.ts is the 404 page of / already",
  ],
  [
    ["api/_layout.ts"],
    "invalid-pattern",
    "Cannot use the route file api/_layout.ts: expected only APIs and _middleware below api/",
  ],
  [["[id.ts"], "invalid-pattern", "Cannot use the route file [id.ts"],
  [["[id:date].ts"], "invalid-pattern", "Cannot use the route file [id:date].ts"],
];

for (const [files, code, message] of WRONG) {
  Deno.test(`generateRoutes() refuses ${files.join(" with ")}, and names them`, () => {
    for (const names of [files, files.toReversed()]) {
      const error = assertThrows(() => generateRoutes(names), RouteError, message);
      assertEquals(error.code, code);
    }
  });
}

Deno.test("readRouteFiles() lets layouts of two groups, and routes that only look alike, stand", () => {
  const names = [
    "(a)/_layout.ts",
    "(b)/_layout.ts",
    "[id].ts",
    "[id:int].ts",
    "[...rest].ts",
    "new.ts",
    "index.ts",
  ];
  assertEquals(readRouteFiles([...names, "new_test.ts", "styles.css"]).files.length, names.length);
});

const NAMES = [
  "_layout.ts",
  "index.ts",
  "about.ts",
  "todos/index.ts",
  "todos/[id=int].ts",
  "files/[...path].ts",
  "(shop)/_middleware.ts",
  "api/todos/[id:uuid].ts",
  "_404.ts",
  "_error.ts",
];

Deno.test("generateRoutes() gives the same text for the same names in any order", () => {
  const text = generateRoutes(NAMES);
  assertEquals(generateRoutes(NAMES.toReversed()), text);
  assertEquals(generateRoutes([...NAMES, "readme.md", "todos/_parts.ts", "index_test.ts"]), text);
  assertEquals(generateRoutes(NAMES.map((name) => name.replaceAll("/", "\\"))), text);
});

Deno.test("generateRoutes() has no time, no path of the machine, and no code that is made at run time", () => {
  const text = generateRoutes(NAMES);
  assert(!/new Function|eval\(|import\(|Deno\.|file:/.test(text));
});

Deno.test("generateRoutes() imports every file as it is named, escaped where a URL needs it", () => {
  const text = generateRoutes(["(50% #off)/index.ts", "a.ts"], {
    folder: "src/routes",
    core: "jsr:@vango/core@1",
  });
  assert(text.includes('from "./src/routes/(50%25 %23off)/index.ts";'), text);
  assert(text.includes('from "jsr:@vango/core@1/router";'));
  assert(generateRoutes(["a.ts"], { folder: "../routes" }).includes('from "../routes/a.ts";'));
});

Deno.test("isStale() notices files that came, went or were renamed, and no formatting", () => {
  const text = generateRoutes(NAMES);
  assertEquals(isStale(text, NAMES), false);
  assertEquals(isStale(text.replaceAll("  ", "\t"), [...NAMES, "notes.md"]), false);
  assertEquals(isStale(null, NAMES), true);
  assertEquals(isStale("export const routes = 1;\n", NAMES), true);
  assertEquals(isStale(text, NAMES.slice(1)), true);
  assertEquals(isStale(text, [...NAMES, "new.ts"]), true);
  assertEquals(isStale(text, NAMES.map((name) => name.replace("about", "About"))), true);
  assertEquals(isStale(text, NAMES, { folder: "app/routes" }), true);
});

Deno.test("generateRoutes() of no files is still a module", () => {
  assert(generateRoutes([]).includes("export type PagePattern = never;"));
});
