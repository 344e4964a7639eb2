/**
 * A page has one address, whoever asks for it and however it is spelled: guards that look at the path see no other.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, type Ctx, type Middleware } from "../../mod.ts";
import { Op } from "../../vdom/patch.ts";
import { h1 } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { getPage, RawClient } from "../support/raw_client.ts";
import { Home, openPage } from "../support/routes.ts";

const Admin = component(() => () => h1("secret"));
const routes = {
  pages: [{ pattern: "/", page: Home, levels: [] }, { pattern: "/admin/users", page: Admin, levels: [] }],
  apis: [],
  notFound: [],
};

/** A guard as applications write them: by the path. */
const guard: Middleware<Ctx, unknown> = (ctx, next) =>
  ctx.url.pathname.startsWith("/admin") ? new Response("no", { status: 403 }) : next();

/** Other spellings of /admin/users. */
const SPELLINGS = [
  "//admin/users",
  "/%61dmin/users",
  "/%61%64%6d%69%6E/users",
  "/x/../admin/users",
  "/./admin//users/",
  "/x/%2e%2e/%61dmin/users?a=b",
];

Deno.test("a guard that looks at the path cannot be passed by another spelling: page", async () => {
  await using server = startApp({ routes, middleware: [guard] });
  for (const path of SPELLINGS) {
    const { status, html, headers } = await getPage(server.origin, "", path);
    assert(!html.includes("secret"), path);
    if (status === 308) assertEquals(headers.get("location")?.replace(/\?.*/, ""), "/admin/users", path);
    else assertEquals(status, 403, path);
  }
});

Deno.test("a guard that looks at the path cannot be passed by another spelling: navigation", async () => {
  await using server = startApp({ routes, middleware: [guard] });
  await using live = await openPage(server);
  for (const path of SPELLINGS) {
    live.go(path);
    let patches: readonly { op: number }[] = [];
    while (patches.length === 0) ({ patches } = await live.client.patches());
    assertEquals(patches.map(({ op }) => op), [Op.Navigate], path);
  }
});

Deno.test("a guard that looks at the path cannot be passed by another spelling: the path of a hello", async () => {
  await using server = startApp({ routes, middleware: [guard] });
  for (const path of ["/admin/users", ...SPELLINGS]) {
    const page = await getPage(server.origin);
    const client = new RawClient(server.origin, page);
    assert(await client.opened);
    client.hello(page, { session: "x".repeat(22), key: "", sealed: new Uint8Array(), path });
    const frame = await client.next();
    assert(frame.kind === "hello");
    assertEquals(frame.hello.status, 7, path);
    await client.close();
  }
});

Deno.test("a hello at no path at all begins at /, and so do guards", async () => {
  const seen: string[] = [];
  const watch: Middleware<Ctx, unknown> = (ctx, next) => {
    if (ctx.phase === "mount") seen.push(ctx.url.pathname);
    return next();
  };
  await using server = startApp({ routes, middleware: [watch] });
  for (const path of ["/a%00b", "/%ff", `/${"a".repeat(10_000)}`, "/x%5"]) {
    const page = await getPage(server.origin);
    const client = new RawClient(server.origin, page);
    assert(await client.opened);
    client.hello(page, { session: "x".repeat(22), key: "", sealed: new Uint8Array(), path });
    assertEquals((await client.nextControl(0x12)).type, 0x12);
    await client.close();
  }
  assertEquals(seen, ["/", "/", "/", "/"]);
});
