/**
 * What requests to APIs bring: hostile and broken ones first, then over real connections.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type ApiContext, type Ctx, defineRoutes, endpoint, type Middleware } from "../../mod.ts";
import { handleApi } from "../../server/api.ts";
import { Ctx as RealCtx, packHeaders } from "../../server/ctx.ts";
import { resolveLimits } from "../../server/limits.ts";
import { createLogger } from "../../server/log.ts";
import type { RouteLevel } from "../../server/route_table.ts";
import { parseOrigins } from "../../server/security.ts";
import { startApp } from "../support/app.ts";
import { ask, JSON_TYPE, ORIGIN, shape } from "./_api.ts";

const echo = endpoint({ body: shape<{ name: string }>({ name: "string" }) }, ({ body }) => body);

const BAD_BODIES: [
  what: string,
  init: { headers?: HeadersInit; body?: BodyInit },
  status: number,
  code: string,
][] = [
  ["no body", { headers: JSON_TYPE }, 400, "bad_request"],
  ["an empty body", { headers: JSON_TYPE, body: "" }, 400, "bad_request"],
  ["no body and no type", {}, 400, "bad_request"],
  ["broken JSON", { headers: JSON_TYPE, body: "{name:1}" }, 400, "bad_request"],
  [
    "bytes that are no UTF-8",
    { headers: JSON_TYPE, body: new Uint8Array([34, 255, 34]) },
    400,
    "bad_request",
  ],
  ["a form", { body: new URLSearchParams("name=a") }, 415, "unsupported_media_type"],
  ["plain text", { body: '{"name":"a"}' }, 415, "unsupported_media_type"],
  [
    "a type that only begins like JSON",
    { headers: { "content-type": "application/jsonp" }, body: "{}" },
    415,
    "unsupported_media_type",
  ],
  ["a body without a type", { body: new Uint8Array([123, 125]) }, 415, "unsupported_media_type"],
  ["a string instead of an object", { headers: JSON_TYPE, body: '"name"' }, 422, "validation_error"],
  ["null", { headers: JSON_TYPE, body: "null" }, 422, "validation_error"],
  [
    "a body that is too large",
    { headers: JSON_TYPE, body: `"${"x".repeat(2000)}"` },
    413,
    "content_too_large",
  ],
  [
    "a body that lies about its length",
    { headers: { ...JSON_TYPE, "content-length": "5" }, body: `"${"x".repeat(2000)}"` },
    413,
    "content_too_large",
  ],
  [
    "a length that is too large",
    { headers: { ...JSON_TYPE, "content-length": "1001" }, body: "1" },
    413,
    "content_too_large",
  ],
];

for (const [what, init, status, code] of BAD_BODIES) {
  Deno.test(`an endpoint answers ${what} with ${status}`, async () => {
    const answer = await ask({ POST: echo }, { method: "POST", ...init, maxBody: 1000 });
    assertEquals([answer.status, answer.data.error], [status, code]);
    assertEquals(Object.keys(answer.data).slice(0, 2), ["error", "message"]);
    assertEquals(answer.headers.get("cache-control"), "no-store");
    assertEquals(answer.logs, []);
  });
}

Deno.test("a streamed body is cut at the limit, whoever reads it", async () => {
  const endless = () => {
    let sent = 0;
    return new ReadableStream({
      pull(controller) {
        if ((sent += 400) > 100_000) controller.error(new Error("read on"));
        else controller.enqueue(new TextEncoder().encode("x".repeat(400)));
      },
    });
  };
  const readers: ((call: ApiContext) => unknown)[] = [
    (call) => call.json(),
    (call) => call.request.text(),
    (call) => call.request.arrayBuffer(),
  ];
  for (const POST of readers) {
    const answer = await ask({ POST }, {
      method: "POST",
      headers: JSON_TYPE,
      body: endless() as never,
      maxBody: 1000,
    });
    assertEquals([answer.status, answer.data.error], [413, "content_too_large"]);
  }
  const all = endpoint({ maxBody: Infinity }, async ({ request }) => (await request.bytes()).length);
  const large = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(5000));
      controller.close();
    },
  });
  assertEquals((await ask({ POST: all }, { method: "POST", body: large, maxBody: 1000 })).data, 5000);
});

Deno.test("a valid body of JSON is taken, with any charset parameter and subtype of JSON", async () => {
  for (
    const type of ["application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"]
  ) {
    const headers = { "content-type": type };
    const answer = await ask({ POST: echo }, { method: "POST", headers, body: '{"name":"Ä"}' });
    assertEquals([answer.status, answer.data], [200, { name: "Ä" }]);
  }
});

Deno.test("params, query and body that are not valid are 422 with messages by field, and reach no handler", async () => {
  const POST = endpoint({
    params: shape<{ id: number }>({ id: "number" }),
    query: shape<{ q: string }>({ q: "string" }),
    body: shape<{ name: string; age: number }>({ name: "string", age: "number" }),
  }, () => {
    throw new Error("reached");
  });
  const init = { method: "POST", headers: JSON_TYPE, body: "{}" };
  const params = await ask({ POST }, { ...init, params: { id: "x" } });
  assertEquals(params.data, {
    error: "validation_error",
    message: "The params are not valid",
    fields: { id: ["Must be a number"] },
  });
  const query = await ask({ POST }, { ...init, params: { id: 1 }, path: "/api/x?q=a&q=b" });
  assertEquals([query.status, query.data.message, query.data.fields], [
    422,
    "The query is not valid",
    { q: ["Must be a string"] },
  ]);
  const body = await ask({ POST }, { ...init, params: { id: 1 }, path: "/api/x?q=a" });
  assertEquals(body.data.fields, { name: ["Must be a string"], age: ["Must be a number"] });
});

Deno.test("a query is texts and lists, and __proto__ is a name like any other", async () => {
  const GET = endpoint({}, ({ query, params, body }) => ({ query, params, body: body ?? null }));
  const { data, text } = await ask({ GET }, { path: "/api/x?a=1&b=2&b=3&__proto__=4&e=", params: { id: 7 } });
  assertEquals([data.params, data.body, data.query.b], [{ id: 7 }, null, ["2", "3"]]);
  assert(text.includes('"query":{"a":"1","b":["2","3"],"__proto__":"4","e":""}'), text);
});

const SENDERS: [what: string, headers: HeadersInit, status: number][] = [
  ["a page of another site", { origin: "https://evil.example" }, 403],
  ["a page of another site with cookies", { origin: "https://evil.example", cookie: "a=b" }, 403],
  ["a page of a subdomain", { origin: "https://x.example.com", "sec-fetch-site": "same-site" }, 403],
  ["an opaque origin", { origin: "null", cookie: "a=b" }, 403],
  ["a cross-site request without an origin", { "sec-fetch-site": "cross-site", cookie: "a=b" }, 403],
  [
    "the plain HTTP page of the same host",
    { origin: "http://example.com", "sec-fetch-site": "cross-site" },
    403,
  ],
  ["its own page", { origin: ORIGIN, "sec-fetch-site": "same-origin", cookie: "a=b" }, 204],
  ["an origin that the application allows", {
    origin: "https://friend.example",
    "sec-fetch-site": "cross-site",
  }, 204],
  ["a program that is no browser", {}, 204],
];

for (const [what, headers, status] of SENDERS) {
  Deno.test(`a request that changes something from ${what} is answered with ${status}`, async () => {
    let ran = 0;
    const levels = [{
      folder: "",
      middleware: [(_: unknown, next: () => unknown) => (ran++, next())],
    }] as RouteLevel[];
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask({ [method]: () => undefined }, { method, headers, levels });
      assertEquals([answer.status, answer.data?.error], [
        status,
        status === 403 ? "cross_origin" : undefined,
      ]);
    }
    assertEquals(ran, status === 403 ? 0 : 4);
    assertEquals((await ask({ GET: () => 1 }, { headers })).status, 200);
    const open = endpoint({ crossOrigin: true }, () => undefined);
    assertEquals((await ask({ POST: open }, { method: "POST", headers })).status, 204);
  });
}

Deno.test("a socket of a page of another origin is refused, though it asks with GET", async () => {
  const headers = { origin: "https://evil.example", upgrade: "websocket", connection: "upgrade" };
  assertEquals((await ask({ GET: () => 1 }, { headers })).status, 403);
});

Deno.test("over a real connection: JSON, a stream that is too long, and one whose length is told", async () => {
  const parts = {
    guard: null,
    log: createLogger({ sink: () => {} }),
    origins: parseOrigins([]),
    limits: resolveLimits({ maxBody: 10_000 }),
    dev: false,
  };
  const route = { pattern: "/api/x", methods: { POST: echo, GET: () => ({ a: 1 }) }, levels: [] };
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const ctx = new RealCtx({
      url: new URL(request.url),
      headers: packHeaders(request.headers),
      session: "s",
    });
    return handleApi(parts, route, { request, params: {}, ctx, origin: new URL(request.url).origin });
  });
  const url = `http://127.0.0.1:${server.addr.port}/api/x`;
  const post = async (body: BodyInit) => {
    const response = await fetch(url, { method: "POST", headers: JSON_TYPE, body });
    return [response.status, await response.json()];
  };
  assertEquals(await post('{"name":"a"}'), [200, { name: "a" }]);
  assertEquals((await post(`"${"x".repeat(20_000)}"`))[0], 413);
  const chunk = new TextEncoder().encode("x".repeat(4000));
  const stream = ReadableStream.from(Array(5).fill(chunk));
  assertEquals((await post(stream))[0], 413);
  const head = await fetch(url, { method: "HEAD" });
  assertEquals([head.status, head.headers.get("content-length"), await head.text()], [200, "7", ""]);
  // The connection is of use after all that.
  assertEquals(await post('{"name":"b"}'), [200, { name: "b" }]);
});

Deno.test("in an application each middleware runs once, and the API has its params, query and limits", async () => {
  const ran: string[] = [];
  const note = (name: string): Middleware<Ctx, unknown> => (ctx, next) => {
    ran.push(`${name} ${ctx.phase}`);
    return next();
  };
  const item = endpoint({ body: shape<{ name: string }>({ name: "string" }) }, ({ params, query, body }) => {
    return { params, query, body };
  });
  await using server = startApp({
    middleware: [note("app")],
    limits: { maxBody: 100 },
    routes: defineRoutes({
      modules: {
        "_middleware.ts": { default: note("root") },
        "api/_middleware.ts": { default: [note("api 1"), note("api 2")] },
        "api/items/[id=int].ts": { PUT: item },
      },
    }),
  });
  const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.origin + path, {
      method: "PUT",
      body: JSON.stringify(body),
      headers: { ...JSON_TYPE, ...headers },
    });
  const answer = await put("/api/items/7?q=a%20b", { name: "x" });
  assertEquals(await answer.json(), { params: { id: 7 }, query: { q: "a b" }, body: { name: "x" } });
  assertEquals(ran, ["app api", "root api", "api 1 api", "api 2 api"]);
  const codes = [
    await put("/api/items/x", {}),
    await put("/api/items/7", { name: 1 }),
    await put("/api/items/7", { name: "x".repeat(200) }),
    await put("/api/items/7", { name: "x" }, { origin: "https://evil.example" }),
    await fetch(`${server.origin}/api/items/7`),
  ];
  assertEquals(codes.map(({ status }) => status), [404, 422, 413, 403, 405]);
  await Promise.all(codes.map(({ body }) => body?.cancel()));
});
