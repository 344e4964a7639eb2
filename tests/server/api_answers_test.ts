/**
 * What APIs answer: by method, by what handlers give and throw, and through middleware.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import {
  type ApiContext,
  badRequest,
  conflict,
  created,
  type Ctx,
  endpoint,
  HttpError,
  json,
  type Middleware,
  notFound,
  paginated,
  Redirect,
  redirect,
  tooMany,
  useCtx,
} from "../../mod.ts";
import type { RouteLevel } from "../../server/route_table.ts";
import { ask, shape } from "./_api.ts";

Deno.test("methods: HEAD from GET, OPTIONS and 405 with Allow", async () => {
  const api = { GET: () => json({ a: 1 }, { headers: { "x-own": "1" } }), POST: () => undefined };
  const head = await ask(api, { method: "HEAD" });
  assertEquals([head.status, head.text, head.headers.get("content-length"), head.headers.get("x-own")], [
    200,
    "",
    "7",
    "1",
  ]);
  const options = await ask(api, { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [204, "GET, HEAD, POST, OPTIONS"]);
  for (const method of ["PUT", "DELETE", "PROPFIND", "constructor"]) {
    const wrong = await ask(api, { method });
    assertEquals([wrong.status, wrong.headers.get("allow"), wrong.data.error], [
      405,
      "GET, HEAD, POST, OPTIONS",
      "method_not_allowed",
    ]);
  }
  assertEquals((await ask({ POST: () => 1 }, { method: "HEAD" })).headers.get("allow"), "POST, OPTIONS");
  const own = {
    ...api,
    HEAD: () => new Response("no body", { headers: { "x-own": "head" } }),
    OPTIONS: () => "own",
  };
  const ownHead = await ask(own, { method: "HEAD" });
  assertEquals([ownHead.headers.get("x-own"), ownHead.text], ["head", ""]);
  assertEquals((await ask(own, { method: "OPTIONS" })).data, "own");
});

Deno.test("what a handler gives: a Response as it is, undefined as 204, anything else as JSON", async () => {
  const cases: [unknown, number, string][] = [
    [new Response("as it is", { status: 418 }), 418, "as it is"],
    [undefined, 204, ""],
    [null, 200, "null"],
    [{ a: [1, "ü"] }, 200, '{"a":[1,"ü"]}'],
    ["text", 200, '"text"'],
    [false, 200, "false"],
    [Promise.resolve(7), 200, "7"],
    [notFound("No such todo"), 404, '{"error":"not_found","message":"No such todo"}'],
    [new Redirect("/login"), 303, ""],
  ];
  for (const [given, status, text] of cases) {
    const answer = await ask({ GET: () => given });
    assertEquals([answer.status, answer.text], [status, text]);
  }
  const made = await ask({ GET: endpoint({ status: 201 }, () => ({ id: 1 })) });
  assertEquals(
    [made.status, made.headers.get("content-length"), made.headers.get("x-content-type-options")],
    [
      201,
      "8",
      "nosniff",
    ],
  );
});

Deno.test("errors that are thrown: HttpErrors are told, others only in development, and logged", async () => {
  const known = await ask({
    GET: () => {
      throw conflict("The name is taken", {
        code: "name_taken",
        fields: { name: ["Taken"] },
        cause: new Error("sql"),
      });
    },
  });
  assertEquals([known.status, known.data, known.logs.length], [
    409,
    { error: "name_taken", message: "The name is taken", fields: { name: ["Taken"] } },
    0,
  ]);
  const GET = () => {
    throw new Error("password of the database");
  };
  const hidden = await ask({ GET });
  assertEquals([hidden.status, hidden.data], [500, {
    error: "internal_error",
    message: "Internal server error",
  }]);
  assertEquals([hidden.logs.length, hidden.logs[0].pattern], [1, "/api/x"]);
  assertEquals([hidden.logs[0].file], ["routes/api/x.ts"]);
  const told = await ask({ GET }, { dev: true });
  assertEquals([told.status, told.data.message], [500, "password of the database"]);
  assert(told.data.stack[0].includes("api_answers_test.ts"), told.text);
  const own = await ask({ GET: () => new HttpError(502, "The mail server is down") });
  assertEquals([own.status, own.data.message], [502, "The mail server is down"]);
  const wait = await ask({ GET: () => tooMany(undefined, { retryAfter: 1.2 }) });
  assertEquals([wait.status, wait.headers.get("retry-after")], [429, "2"]);
});

Deno.test("values that JSON cannot carry are mistakes of the handler", async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  for (const value of [1n, () => 1, Symbol("x"), circle]) {
    const answer = await ask({ GET: () => value }, { dev: true });
    assertEquals([answer.status, answer.logs.length], [500, 1]);
  }
});

Deno.test("output is checked in development, and sent as it was given", async () => {
  const output = shape<{ name: string }>({ name: "string" });
  const GET = endpoint({ output }, () => ({ name: 7 }) as unknown as { name: string });
  const wrong = await ask({ GET }, { dev: true });
  assertEquals([wrong.status, wrong.data.message], [
    500,
    "The handler gave what its output schema does not take: name: Must be a string",
  ]);
  assertEquals((await ask({ GET })).data, { name: 7 });
  const right = endpoint({ output }, () => new Response("own"));
  assertEquals((await ask({ GET: right }, { dev: true })).text, "own");
});

Deno.test("middleware runs around: the application's, then folder by folder, and sees errors as answers", async () => {
  const seen: string[] = [];
  const note = (name: string): Middleware<Ctx, unknown> => async (ctx, next) => {
    seen.push(`${name} ${ctx.url.pathname}`);
    const answer = await next();
    seen.push(`${name} ${answer instanceof Response ? answer.status : "?"}`);
    return answer;
  };
  const levels: RouteLevel[] = [{ folder: "", middleware: [note("b"), note("c")] }, { folder: "api" }, {
    folder: "api/x",
    middleware: [note("d")],
  }];
  const answer = await ask({ GET: () => notFound() }, { guard: [note("a")], levels });
  assertEquals(answer.status, 404);
  assertEquals(
    seen,
    ["a", "b", "c", "d"].map((name) => `${name} /api/x`).concat(["d 404", "c 404", "b 404", "a 404"]),
  );
});

Deno.test("middleware answers by itself, by an error or a redirect, and the handler does not run", async () => {
  const GET = () => {
    throw new Error("reached");
  };
  const cases: [Middleware<Ctx, unknown>, number][] = [
    [() => new Response("no", { status: 403 }), 403],
    [() => redirect("/login", 307), 307],
    [() => {
      throw badRequest();
    }, 400],
    [() => notFound(), 404],
    [() => "text", 500],
    [() => undefined, 500],
    [() => {
      throw new Error("own");
    }, 500],
  ];
  for (const [middleware, status] of cases) {
    const answer = await ask({ GET }, { levels: [{ folder: "", middleware: [middleware] }] });
    assertEquals([answer.status, answer.text.includes("reached")], [status, false]);
  }
});

Deno.test("middleware can catch a mistake of the handler", async () => {
  const rescue: Middleware<Ctx, unknown> = async (_, next) => {
    try {
      return await next();
    } catch (error) {
      return json({ caught: (error as Error).message });
    }
  };
  const GET = () => Promise.reject(new Error("oops"));
  assertEquals((await ask({ GET }, { guard: [rescue] })).data, { caught: "oops" });
});

Deno.test("a handler finds its context, after an await too, and navigate() is a redirect", async () => {
  const GET = async ({ ctx, url }: ApiContext) => {
    await Promise.resolve();
    assert(useCtx() === ctx);
    assertEquals(url.search, "?q=1");
    ctx.navigate("/elsewhere");
  };
  const answer = await ask({ GET }, { path: "/api/x?q=1" });
  assertEquals([answer.status, answer.headers.get("location")], [303, "/elsewhere"]);
});

Deno.test("answers in one line", async () => {
  const made = created({ id: 1 }, { location: "/api/x/1" });
  assertEquals([made.status, made.headers.get("location")], [201, "/api/x/1"]);
  const list = await ask({ GET: () => paginated([1, 2], { page: 1, perPage: 2, total: 3 }) });
  assertEquals(list.data, { data: [1, 2], meta: { page: 1, perPage: 2, total: 3, totalPages: 2 } });
});
