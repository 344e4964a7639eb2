// deno-fmt-ignore-file
// deno-lint-ignore-file
/**
 * The routes of this application, written from the names of the files in routes/. Do not edit: it is written anew.
 *
 * @module
 */
// routes: 4d388508a51aafbe
import { defineRoutes, type ApiRoute, type ErrorModule, type LayoutModule, type NotFoundModule, type PageModule, type PageRoute, type RouteTable } from "@vango/core";
import { href as hrefOf, decodeParams, readInt, type HrefArgs, type RouteMatch } from "@vango/core/router";
import * as m0 from "./routes/_404.ts";
import * as m1 from "./routes/_error.ts";
import * as m2 from "./routes/_layout.ts";
import * as m3 from "./routes/index.ts";
import * as m4 from "./routes/todos/[id:int].ts";
import * as m5 from "./routes/todos/index.ts";

/** The patterns of all pages. */
export type PagePattern =
  | "/"
  | "/todos/:id:int"
  | "/todos";

/** The path of a page: its pattern with its params. */
export const href: <const P extends PagePattern>(pattern: P, ...args: HrefArgs<P>) => string = hrefOf;

/** All routes, for `createApp({ routes })`. */
export const routes: RouteTable = defineRoutes({
  folder: "routes",
  modules: {
    "_404.ts": m0 satisfies NotFoundModule,
    "_error.ts": m1 satisfies ErrorModule,
    "_layout.ts": m2 satisfies LayoutModule,
    "index.ts": m3 satisfies PageModule<"/">,
    "todos/[id:int].ts": m4 satisfies PageModule<"/todos/:id:int">,
    "todos/index.ts": m5 satisfies PageModule<"/todos">,
  },
  matcher,
});

type Found = RouteMatch<PageRoute | ApiRoute>;

/** Finds a route; `r` holds what is found, the pages and APIs by the names of their files, `escaped` finds paths with hidden slashes. */
function matcher(r: readonly Found[], escaped: (path: string) => Found | null): (path: string) => Found | null {
  const f0 = r[0], t0 = f0.value;
  const f1 = r[1], t1 = f1.value;
  const f2 = r[2], t2 = f2.value;

function find(path: string): Found | null {
const found = fixed(path);
if (found !== null) return found;
const match = search(path);
return match === null || !path.includes("%") || decodeParams(match.params) ? match : escaped(path);
}

function fixed(path: string): Found | null {
const n = path.length;
switch (n) {
case 1: {
if (path === "/") return f0;
break;
}
case 6: {
if (path === "/todos") return f2;
break;
}
}
return null;
}

function search(path: string): Found | null {
const n = path.length;
if (n > 7 && path.slice(0, 7) === "/todos/") {
let e1 = path.indexOf("/", 7);
if (e1 < 0) e1 = n;
if (e1 > 7) {
const v2 = readInt(path.slice(7, e1));
if (v2 === v2) {
if (n === e1) return { value: t1, pattern: "/todos/:id:int", params: { id: v2 } };
}
}
}
return null;
}

  return find;
}
