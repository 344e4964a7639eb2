/**
 * HTTP errors, redirects and endpoints: what is refused when they are made.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import * as vango from "../../mod.ts";
import {
  endpoint,
  type EndpointContext,
  HttpError,
  paginated,
  Redirect,
  redirect,
  type StandardSchema,
  VangoError,
} from "../../mod.ts";

const HOSTILE = [
  "",
  "login",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/a\r\nset-cookie: a=b",
  "\n/a",
  " /a",
  "javascript:alert(1)",
  "data:text/html,x",
  "ftp://a/b",
  "http:evil.example",
  "https:\\\\evil.example",
  "https://",
  "https://a b/",
];

for (const to of HOSTILE) {
  Deno.test(`redirect() refuses ${JSON.stringify(to)}`, () => {
    const error = assertThrows(
      () => redirect(to),
      VangoError,
      `Cannot redirect to ${JSON.stringify(to)}. Use a path`,
    );
    assertEquals(error.code, "redirect");
  });
}

const GOOD: [to: string, location: string][] = [
  ["/", "/"],
  ["/a/../b?x=1#y", "/b?x=1#y"],
  ["/.//evil.example", "/.//evil.example"],
  ["/a/..//evil.example", "/.//evil.example"],
  ["/über?q=ü", "/%C3%BCber?q=%C3%BC"],
  ["https://example.com/a", "https://example.com/a"],
  ["HTTP://example.com", "http://example.com/"],
];

for (const [to, location] of GOOD) {
  Deno.test(`redirect() leads from ${to} to ${location}, and never to another host`, () => {
    const thrown = assertThrows(() => redirect(to), Redirect);
    assertEquals([thrown.location, thrown.status], [location, 303]);
    const answer = thrown.toResponse();
    assertEquals([answer.status, answer.headers.get("location"), answer.body], [303, location, null]);
  });
}

Deno.test("redirect() takes the statuses of redirects alone", () => {
  for (const status of [301, 302, 303, 307, 308] as const) {
    assertEquals(new Redirect("/", status).status, status);
  }
  for (const status of [200, 300, 304, 404, NaN]) {
    assertThrows(
      () => redirect("/", status as never),
      VangoError,
      `with the status ${status}. Use one of 301, `,
    );
  }
});

Deno.test("HttpError refuses a status that is no error", () => {
  for (const status of [200, 303, 399, 600, 404.5, NaN]) {
    assertThrows(() => new HttpError(status), VangoError, `of the status ${status}. Use 400 to 499`);
  }
});

const CONSTRUCTORS: [name: keyof typeof vango, status: number, code: string][] = [
  ["badRequest", 400, "bad_request"],
  ["unauthorized", 401, "unauthorized"],
  ["forbidden", 403, "forbidden"],
  ["notFound", 404, "not_found"],
  ["conflict", 409, "conflict"],
  ["unprocessable", 422, "unprocessable"],
  ["tooMany", 429, "too_many_requests"],
  ["internal", 500, "internal_error"],
  ["unavailable", 503, "unavailable"],
];

for (const [name, status, code] of CONSTRUCTORS) {
  Deno.test(`${name}() is ${status}, ${code}`, async () => {
    const make = vango[name] as (message?: string) => HttpError;
    assertEquals([make().status, make().code, make().message.length > 0], [status, code, true]);
    const answer = make("Own words").toResponse();
    assertEquals([answer.status, await answer.json()], [status, { error: code, message: "Own words" }]);
  });
}

Deno.test("an HttpError of another status has the code of its class", () => {
  assertEquals([new HttpError(418).code, new HttpError(507).code], ["bad_request", "internal_error"]);
});

const any: StandardSchema<string> = {
  "~standard": { version: 1, vendor: "test", validate: () => ({ value: "x" }) },
};

Deno.test("endpoint() refuses what is no schema, status, limit or handler", () => {
  const wrong: [options: unknown, handler: unknown, message: string][] = [
    [{ body: { parse: () => 1 } }, () => 1, 'its "body" is no schema. Use one of a library'],
    [{ query: null }, () => 1, 'its "query" is no schema'],
    [{ status: 302 }, () => 1, "its status is 302. Use 200 to 299"],
    [{ maxBody: -1 }, () => 1, "its maxBody is -1"],
    [{ maxBody: NaN }, () => 1, "its maxBody is NaN"],
    [{ body: any }, undefined, "it has no handler"],
  ];
  for (const [options, handler, message] of wrong) {
    const error = assertThrows(() => endpoint(options as never, handler as never), VangoError, message);
    assertEquals(error.code, "endpoint");
  }
});

Deno.test("paginated() refuses numbers that are none of a page", () => {
  for (const page of [0, 1.5, NaN, -1]) {
    assertThrows(
      () => paginated([], { page, perPage: 1, total: 0 }),
      VangoError,
      `"page" is ${page}. Use a whole`,
    );
  }
});

Deno.test("endpoint() infers what its handler gets and may give", () => {
  type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
  const Count: StandardSchema<{ n: string }, { n: number }> = {
    "~standard": { version: 1, vendor: "test", validate: () => ({ value: { n: 1 } }) },
  };
  endpoint({ body: any, query: Count, output: Count }, (call) => {
    const body: Same<typeof call.body, string> = true;
    const query: Same<typeof call.query, { n: number }> = true;
    const params: Same<typeof call.params, EndpointContext["params"]> = true;
    return body && query && params ? { n: "1" } : new Response();
  });
  // @ts-expect-error Its output is something else.
  endpoint({ output: Count }, () => ({ n: 1 }));
  endpoint({}, (call) => {
    const body: Same<typeof call.body, undefined> = true;
    return body;
  });
});
