import { assert, assertEquals } from "@std/assert";
import {
  component,
  createApp,
  HttpError,
  notFound,
  redirect,
  signal,
  tooMany,
  unavailable,
  useCtx,
} from "../../mod.ts";
import type { RedirectStatus } from "../../server/http_error.ts";
import type { ErrorPageProps } from "../../server/route_table.ts";
import { silentLogger } from "../../server/log.ts";
import { staticFiles } from "../../server/static.ts";
import { button, form, h1, input, p } from "../../vdom/elements.ts";
import { SECRET, startApp } from "../support/app.ts";
import { buttonOf, fieldsOf, post } from "../support/post.ts";
import { getPage } from "../support/raw_client.ts";
import { Home, table } from "../support/routes.ts";

const quiet = { memory: false, secret: SECRET, logger: silentLogger } as const;

Deno.test("at an address that has no page every method gets 404, also where a 404 page stands", async () => {
  const said: string[] = [];
  const Lost = component(() => {
    const looked = signal("", { name: "looked" });
    return () => [
      h1("Lost"),
      form(
        { onSubmit: (e) => void said.push(looked.value = e.get("q")) },
        input({ name: "q", value: "" }),
        button("Look"),
      ),
      p(looked.value),
    ];
  });
  await using server = startApp({ routes: table({ notFound: [{ pattern: "/", page: Lost, levels: [] }] }) });
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "POST"]) {
    const answer = await fetch(`${server.origin}/nowhere`, { method });
    await answer.body?.cancel();
    assertEquals([answer.status, answer.headers.get("allow")], [404, null], method);
  }
  // Its own forms are taken all the same.
  const page = await getPage(server.origin, "", "/nowhere");
  const answer = await post(server.origin, page, [...fieldsOf(page.html), ["q", "tea"]], {}, "/nowhere");
  assertEquals([answer.status, said], [404, ["tea"]]);
  assert(answer.html.includes("<p>tea</p>"));
});

Deno.test("the headers of an HttpError that middleware throws are those of the page's answer", async () => {
  const errors = [
    tooMany("Slow down", { retryAfter: 7 }),
    new HttpError(401, "Who are you?", { headers: { "www-authenticate": 'Basic realm="x"' } }),
  ];
  for (const error of errors) {
    const app = createApp({
      ...quiet,
      page: Home,
      middleware: [() => {
        throw error;
      }],
    });
    const answer = await app.fetch(new Request("http://localhost/"));
    assertEquals([answer.status, await answer.text()], [error.status, error.message]);
    for (const [name, value] of error.headers) assertEquals(answer.headers.get(name), value);
    assertEquals(answer.headers.get("cache-control"), "no-store");
    await app.shutdown();
  }
});

Deno.test("a redirect that a page throws keeps its status over HTTP; one of a posted form is a 303", async () => {
  const app = createApp(quiet);
  app.page("/old/:status:int", (props) => redirect("/new", props.params.status as RedirectStatus))
    .page("/new", () => () => p("new"))
    .page("/late", () => () => redirect("/new", 308));
  for (
    const [path, status] of [["/old/301", 301], ["/old/303", 303], ["/old/307", 307], ["/late", 308]] as const
  ) {
    const answer = await app.fetch(new Request(`http://localhost${path}`));
    await answer.body?.cancel();
    assertEquals([answer.status, answer.headers.get("location")], [status, "/new"], path);
  }
  await app.shutdown();
  const Form = component(() => () => form({ onSubmit: () => redirect("/new", 308) }, button("Go")));
  await using server = startApp({ page: Form });
  const page = await getPage(server.origin);
  const answer = await post(server.origin, page, fieldsOf(page.html));
  assertEquals([answer.status, answer.headers.get("location")], [303, "/new"]);
});

Deno.test("navigate() leads to another host only where it is named with its scheme", async () => {
  const app = createApp(quiet);
  app.page("/to", () => {
    const ctx = useCtx();
    ctx.navigate(ctx.url.searchParams.get("next")!);
    return () => p("here");
  });
  for (
    const next of [
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "https:/\\evil.example",
    ]
  ) {
    const answer = await app.fetch(new Request(`http://localhost/to?next=${encodeURIComponent(next)}`));
    await answer.body?.cancel();
    assertEquals([answer.status, answer.headers.get("location")], [500, null], next);
  }
  for (const next of ["https://other.example/x", "/x//y", "?a=1", "x"]) {
    const answer = await app.fetch(new Request(`http://localhost/to?next=${encodeURIComponent(next)}`));
    assertEquals(answer.status, 303, next);
  }
  await app.shutdown();
});

Deno.test("middleware of the application runs where there is no page too, and may answer there", async () => {
  const seen: string[] = [];
  const app = createApp({ ...quiet, page: Home }).use((ctx, next) => {
    seen.push(`${ctx.phase} ${ctx.url.pathname}`);
    if (ctx.url.pathname === "/health") return new Response("ok");
    if (ctx.url.pathname === "/old") redirect("/");
    if (ctx.url.pathname === "/closed") throw new HttpError(403, "No");
    if (ctx.url.pathname === "/broken") throw new Error("a secret");
    return next();
  });
  const get = async (path: string, init?: RequestInit) => {
    const answer = await app.fetch(new Request(`http://localhost${path}`, init));
    return [answer.status, await answer.text()];
  };
  assertEquals(await get("/health"), [200, "ok"]);
  assertEquals(await get("/health", { method: "POST" }), [200, "ok"]);
  assertEquals(await get("/a/../health/"), [200, "ok"]);
  assertEquals((await get("/old"))[0], 303);
  assertEquals(await get("/closed"), [403, "No"]);
  assertEquals(await get("/broken"), [500, "Internal server error"]);
  assertEquals(await get("/nowhere"), [404, "Not found"]);
  assertEquals((await get("/api/nowhere"))[0], 404);
  assertEquals((await get("/favicon.ico"))[0], 204);
  assert(seen.includes("page /nowhere"), seen.join());
  await app.shutdown();
});

Deno.test("the headers of one's own are on the answer to a range that there is not, too", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.writeTextFile(`${dir}/a.txt`, "abc");
  const files = staticFiles({ dir, headers: { "access-control-allow-origin": "*" } });
  const answer = await files(new Request("http://localhost/a.txt", { headers: { range: "bytes=9-" } }));
  assertEquals([answer?.status, answer?.headers.get("content-range")], [416, "bytes */3"]);
  assertEquals(answer?.headers.get("access-control-allow-origin"), "*");
  await Deno.remove(dir, { recursive: true });
});

Deno.test("a form that a guard turned away, or that was sent to a wrong address, can be sent again", async () => {
  const said: string[] = [];
  const Form = component(() => () =>
    form({ onSubmit: (e) => void said.push(e.get("text")) }, input({ name: "text" }), button("Go"))
  );
  let signedIn = true;
  await using server = startApp({
    page: Form,
    middleware: [(ctx, next) => ctx.phase === "page" || signedIn ? next() : redirect("/login")],
  });
  const page = await getPage(server.origin);
  const fields: [string, string][] = [...fieldsOf(page.html), ["text", "long"]];
  signedIn = false;
  const away = await post(server.origin, page, fields);
  assertEquals([away.status, away.headers.get("location")], [303, "/login"]);
  signedIn = true;
  assertEquals((await post(server.origin, page, fields, {}, "/?wrong")).status, 403);
  assertEquals([(await post(server.origin, page, fields)).status, said], [200, ["long"]]);
  // Sent once more it runs nothing, as ever.
  assertEquals([(await post(server.origin, page, fields)).status, said], [200, ["long"]]);
});

Deno.test("an HttpError of a page is the status of its answer, and what is shown, also where no page is there for errors", async () => {
  await using server = startApp({ page: Home }, 0, (app) => {
    app.page("/gone", () => {
      throw notFound("There is no such book");
    }).page("/no", () => () => {
      throw new HttpError(403, "Only for Ada");
    }).page("/busy", () => {
      throw unavailable("Come back later", { retryAfter: 5 });
    }).page("/broken", () => {
      throw new Error("secret");
    }).page("/post", () => () =>
      form({
        onSubmit: () => {
          throw new HttpError(409, "Too late");
        },
      }, button("Go")));
    return app.fetch;
  });
  const of = async (path: string) => {
    const { status, html } = await getPage(server.origin, "", path);
    return [status, /<h1>(.*?)<\/h1><p>(.*?)<\/p>/.exec(html)?.slice(1)];
  };
  assertEquals(await of("/gone"), [404, ["Page not found", "There is no such book"]]);
  assertEquals(await of("/no"), [403, ["This page could not be shown", "Only for Ada"]]);
  assertEquals((await of("/busy"))[0], 503);
  const broken = await of("/broken");
  assertEquals([broken[0], JSON.stringify(broken).includes("secret")], [500, false]);
  const page = await getPage(server.origin, "", "/post");
  assertEquals((await post(server.origin, page, fieldsOf(page.html), {}, "/post")).status, 409);
});

Deno.test("a request whose host is none is a bad request, and no failure of ours", async () => {
  await using server = startApp({ page: Home });
  const { hostname, port } = new URL(server.origin);
  for (const host of ["a b", "]", "x:99999", ""]) {
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const asked = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    await connection.write(new TextEncoder().encode(asked));
    const answer = await new Response(connection.readable).text();
    assert(/^HTTP\/1\.1 (?:400|200) /.test(answer), `${host}: ${answer}`);
    if (host !== "") assert(answer.startsWith("HTTP/1.1 400 "), host);
    assertEquals(server.logs.filter(({ level }) => level === "error"), []);
  }
});

Deno.test("a page that is well again after its error page's button was posted is answered with 200", async () => {
  const ErrorPage = component<ErrorPageProps>((props) => () =>
    button({ onClick: () => props.reset() }, "Again")
  );
  for (const levels of [[], [{ folder: "", error: ErrorPage }]]) {
    let failures = 2;
    const Page = component(() => {
      if (failures-- > 0) throw new HttpError(410, "Broken");
      return () => p("well");
    });
    const pages = [{ pattern: "/", page: Page, levels }, { pattern: "/other", page: Home, levels }];
    await using server = startApp({ routes: table({ pages }) });
    const page = await getPage(server.origin);
    assertEquals(page.status, 410);
    // It is made anew and fails again before the handler of the button runs.
    const well = await post(server.origin, page, buttonOf(page.html));
    assertEquals([well.status, well.html.includes("<p>well</p>")], [200, true]);
  }
});
