/**
 * openApi(): what cannot be described first, then every part of a description, validated by a validator of others.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Validator } from "@seriousme/openapi-schema-validator";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";
import { component, createApp, defineRoutes, endpoint } from "../../mod.ts";
import { openApi, type OpenApiDocument } from "../../features/openapi.ts";

const ABOUT = { title: "Todos", version: "1.2.3" };

/** Describes the APIs of files, has it validated, and gives it with the warnings. */
async function describe(modules: Record<string, unknown>) {
  return await validated(defineRoutes({ modules }));
}

async function validated(table: Parameters<typeof openApi>[0]) {
  const warnings: string[] = [];
  const document = openApi(table, { ...ABOUT, warn: (message) => warnings.push(message) });
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  assert(valid, JSON.stringify(errors));
  for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#([^"]*)"/g)) {
    const found = pointer.split("/").slice(1).reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      document,
    );
    assert(found !== undefined, `nothing is at #${pointer}`);
  }
  return { document, warnings };
}

// deno-lint-ignore no-explicit-any -- an operation is data to look at
const operation = ({ paths }: OpenApiDocument, path: string, method = "get") => paths[path][method] as any;

Deno.test("the validator refuses what is no description", async () => {
  const document = openApi(defineRoutes({ modules: {} }), ABOUT);
  const { valid } = await new Validator().validate(
    JSON.parse(JSON.stringify({ ...document, paths: { x: 1 } })),
  );
  assertEquals(valid, false);
});

Deno.test("an application without APIs has an empty description", async () => {
  const { document } = await describe({});
  assertEquals([document.openapi, document.info, document.paths, document.tags], [
    "3.1.0",
    { title: "Todos", version: "1.2.3" },
    {},
    [],
  ]);
});

Deno.test("what a library cannot tell is described as anything, with a warning", async () => {
  const odd = {
    "~standard": { version: 1, vendor: "odd", validate: (value: unknown) => ({ value }) },
  } as const;
  const failing = {
    "~standard": {
      ...odd["~standard"],
      jsonSchema: {
        input: () => {
          throw new Error("no way");
        },
        output: () => ({}),
      },
    },
  } as const;
  const { document, warnings } = await describe({
    "api/a.ts": {
      POST: endpoint({ body: odd, query: odd, output: failing }, () => ({})),
      PUT: endpoint({ body: v.object({ a: v.string() }) }, () => ({})),
    },
  });
  const post = operation(document, "/api/a", "post");
  assertEquals(post.requestBody.content, { "application/json": { schema: {} } });
  assertEquals(post.parameters, [{
    name: "query",
    in: "query",
    style: "form",
    explode: true,
    schema: { type: "object", additionalProperties: true },
  }]);
  assertEquals(warnings, [
    "PostAQuery: odd does not say what its schemas are in JSON Schema, so it is described as anything",
    "PostABody: odd does not say what its schemas are in JSON Schema, so it is described as anything",
    "PostAOutput is described as anything: no way",
    "PutABody: valibot does not say what its schemas are in JSON Schema, so it is described as anything",
  ]);
});

Deno.test("paths that OpenAPI takes for one are left out with a warning", async () => {
  const { document, warnings } = await describe({
    "api/x/[id:int].ts": { GET: () => 1, PUT: () => 1 },
    "api/x/[id].ts": { GET: () => 2, DELETE: () => 2 },
    "api/x/[name:uuid].ts": { GET: () => 3 },
  });
  assertEquals(Object.keys(document.paths), ["/api/x/{id}"]);
  assertEquals(Object.keys(document.paths["/api/x/{id}"]).sort(), ["delete", "get", "put"]);
  assertEquals(warnings.length, 2);
  assertStringIncludes(warnings.join("\n"), "is left out: OpenAPI cannot tell it from");
});

Deno.test("plain functions take and give anything", async () => {
  const { document, warnings } = await describe({
    "api/health.ts": { GET: () => ({ ok: true }), POST: () => undefined, DELETE: () => undefined },
  });
  const get = operation(document, "/api/health");
  assertEquals(get.responses["200"], { description: "The answer.", content: { "*/*": {} } });
  assertEquals(Object.keys(get.responses), ["200", "204", "500"]);
  assertEquals(get.requestBody, undefined);
  assertEquals(operation(document, "/api/health", "post").requestBody, { content: { "*/*": {} } });
  assertEquals(Object.keys(operation(document, "/api/health", "delete").responses), [
    "200",
    "204",
    "403",
    "500",
  ]);
  assertEquals(warnings, []);
});

Deno.test("params have the types of the pattern, and what their schema says besides", async () => {
  const { document } = await describe({
    "api/[org]/[id:int]/[key:uuid]/[...rest].ts": {
      GET: endpoint(
        {
          params: z.object({
            org: z.string().min(2).describe("The organisation"),
            id: z.number(),
            key: z.string(),
            rest: z.string(),
          }),
        },
        () => 1,
      ),
    },
  });
  const get = operation(document, "/api/{org}/{id}/{key}/{rest}");
  assertEquals(
    get.parameters.map((one: Record<string, unknown>) => [one.name, one.in, one.required, one.schema]),
    [
      ["org", "path", true, { type: "string", minLength: 2, description: "The organisation" }],
      ["id", "path", true, { type: "integer" }],
      ["key", "path", true, { type: "string", format: "uuid" }],
      ["rest", "path", true, { type: "string" }],
    ],
  );
  assertStringIncludes(get.parameters[3].description, "with slashes");
  assertEquals(Object.keys(get.responses), ["200", "204", "404", "422", "500"]);
  assertEquals(get.operationId, "getByOrgByIdByKeyByRest");
});

const Todo = z.object({ id: z.int(), title: z.string(), due: z.date().optional() });

Deno.test("an endpoint is described whole: query, body, output, status, errors, tags, words", async () => {
  const { document, warnings } = await describe({
    "api/todos/index.ts": {
      GET: endpoint({
        query: z.object({
          q: z.string().describe("What to look for").optional(),
          tag: z.array(z.string()),
          done: z.enum(["yes", "no"]).default("no"),
        }),
        output: z.array(Todo),
        summary: "Lists todos",
        description: "All of *them*.",
        tags: ["tasks"],
      }, () => []),
      POST: endpoint(
        { body: z.object({ title: z.string().min(1) }), output: Todo, status: 201 },
        () => ({ id: 1, title: "x" }),
      ),
      DELETE: endpoint({ status: 204, crossOrigin: true }, () => undefined),
      HEAD: endpoint({}, () => new Response()),
    },
    "api/todos/[id:int].ts": { PATCH: endpoint({ body: type({ "title?": "string" }) }, () => undefined) },
  });
  assertEquals(warnings, []);
  const get = operation(document, "/api/todos");
  assertEquals([get.operationId, get.summary, get.description, get.tags], [
    "getTodos",
    "Lists todos",
    "All of *them*.",
    ["tasks"],
  ]);
  assertEquals(get.parameters, [
    {
      name: "q",
      in: "query",
      description: "What to look for",
      schema: { type: "string", description: "What to look for" },
    },
    { name: "tag", in: "query", required: true, schema: { type: "array", items: { type: "string" } } },
    { name: "done", in: "query", schema: { default: "no", type: "string", enum: ["yes", "no"] } },
  ]);
  assertEquals(Object.keys(get.responses), ["200", "422", "500"]);
  const item = get.responses["200"].content["application/json"].schema.items;
  assertEquals([item.properties.title, item.properties.due, item.required], [{ type: "string" }, {}, [
    "id",
    "title",
  ]]);

  const post = operation(document, "/api/todos", "post");
  assertEquals(post.requestBody.required, true);
  assertEquals(post.requestBody.content["application/json"].schema.properties.title, {
    type: "string",
    minLength: 1,
  });
  assertEquals(Object.keys(post.responses), ["201", "400", "403", "413", "415", "422", "500"]);
  assertEquals(post.responses["422"], { $ref: "#/components/responses/Invalid" });
  assertEquals(post.tags, ["todos"]);

  const remove = operation(document, "/api/todos", "delete");
  assertEquals([Object.keys(remove.responses), remove.responses["204"].content], [["204", "500"], undefined]);
  assertEquals(operation(document, "/api/todos", "head").responses["200"].content, undefined);
  const patch = operation(document, "/api/todos/{id}", "patch");
  assertEquals([patch.operationId, Object.keys(patch.responses)[0]], ["patchTodosById", "200"]);
  assertEquals(patch.requestBody.content["application/json"].schema.properties, {
    title: { type: "string" },
  });
  assertEquals(document.tags, [{ name: "tasks" }, { name: "todos" }]);
  assertEquals(Object.keys(document.components.responses).sort(), [
    "BadRequest",
    "CrossOrigin",
    "Failed",
    "Invalid",
    "NotFound",
    "TooLarge",
    "WrongType",
  ]);
});

Deno.test("the answer to a handler that gives nothing is described", async () => {
  const nothing = () => undefined;
  const routes = defineRoutes({
    modules: {
      "api/a.ts": { GET: nothing, DELETE: nothing, POST: endpoint({}, nothing) },
      "api/b.ts": {
        DELETE: endpoint({ body: z.object({}) }, nothing),
        PUT: endpoint({ status: 204 }, nothing),
      },
    },
  });
  const { document } = await validated(routes);
  const app = createApp({ routes, memory: false });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of Object.keys(item)) {
      const answer = await app.fetch(
        new Request(`http://localhost${path}`, {
          method: method.toUpperCase(),
          headers: { origin: "http://localhost", "content-type": "application/json" },
          body: method === "get" ? undefined : "{}",
        }),
      );
      const { responses } = operation(document, path, method);
      assertEquals(answer.status, 204, `${method} ${path}`);
      assertEquals(responses["204"], { description: "Done; there is nothing to say." }, `${method} ${path}`);
    }
  }
  await app.shutdown();
});

Deno.test("the errors that are described are those that the server answers", async () => {
  const routes = defineRoutes({
    modules: {
      "api/todos/[id:int].ts": {
        POST: endpoint({ body: z.object({ title: z.string() }), maxBody: 100 }, () => 1),
      },
    },
  });
  const { document } = await validated(routes);
  const described = operation(document, "/api/todos/{id}", "post").responses;
  const app = createApp({ page: component(() => () => null), routes, memory: false });
  const send = async (body: string, path = "/api/todos/7", headers: Record<string, string> = {}) => {
    const answer = await app.fetch(
      new Request(`http://localhost${path}`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      }),
    );
    return [answer.status, await answer.text()] as const;
  };
  const bodies = [
    await send("{"),
    await send("{}"),
    await send(JSON.stringify({ title: "x".repeat(200) })),
    await send("a=1", "/api/todos/7", { "content-type": "application/x-www-form-urlencoded" }),
    await send("{}", "/api/todos/7", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }),
  ];
  assertEquals(bodies.map(([status]) => status), [400, 422, 413, 415, 403]);
  for (const [status, text] of bodies) {
    assert(described[status] !== undefined, `${status} is not described`);
    const wanted = document.components.schemas[status === 422 ? "ValidationError" : "Error"];
    assertEquals(Object.keys(JSON.parse(text)).sort(), (wanted.required as string[]).toSorted());
  }
  assertEquals((await send("{}", "/api/todos/x"))[0], 404);
  assertEquals((await send('{"title":"x"}'))[0], 200);
  await app.shutdown();
});

Deno.test("references of a library's schemas become those of the document", async () => {
  const Point = z.object({ x: z.number() }).meta({ id: "Point" });
  const Other = z.object({ y: z.string() }).meta({ id: "Error" });
  const Tree = z.object({
    name: z.string(),
    get kids(): z.ZodArray<typeof Tree> {
      return z.array(Tree);
    },
  });
  const { document } = await describe({
    "api/a.ts": {
      POST: endpoint({ body: z.object({ from: Point, to: Point, other: Other }) }, () => 1),
      PUT: endpoint({ body: z.object({ at: Point }), output: Tree }, () => ({ name: "a", kids: [] })),
    },
  });
  const { schemas } = document.components;
  const body = operation(document, "/api/a", "post").requestBody.content["application/json"].schema;
  assertEquals(body.properties.from, { $ref: "#/components/schemas/Point" });
  assertEquals(body.properties.other, { $ref: "#/components/schemas/PostABody_Error" });
  assertEquals(schemas.Error.required, ["error", "message"]);
  assertEquals(
    operation(document, "/api/a", "put").responses["200"].content["application/json"].schema,
    { $ref: "#/components/schemas/PutAOutput" },
  );
  // deno-lint-ignore no-explicit-any -- a schema is data to look at
  assertEquals((schemas.PutAOutput as any).properties.kids.items, {
    $ref: "#/components/schemas/PutAOutput",
  });
});

Deno.test("operationIds are unique, whatever the paths are called", async () => {
  const { document } = await describe({
    "api/index.ts": { GET: () => 1 },
    "api/a-b.ts": { GET: () => 1 },
    "api/a/b.ts": { GET: () => 1 },
    "api/über/[id].ts": { GET: () => 1 },
  });
  const ids = Object.values(document.paths).map((item) => (item.get as { operationId: string }).operationId);
  assertEquals(ids.sort(), ["getAB", "getAB2", "getRoot", "getÜberById"]);
});

Deno.test("an application describes the APIs that calls have added too", async () => {
  const app = createApp({ page: component(() => () => null), memory: false });
  app.api("/api/late/:id:int", { GET: ({ params }) => params.id });
  const { document } = await validated(app.routes);
  assertEquals(Object.keys(document.paths), ["/api/late/{id}"]);
  await app.shutdown();
});
