/**
 * Describes the APIs of an application as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1): what their endpoints say of
 * themselves, and what the server answers besides.
 *
 * `vango gen openapi` writes it to a file. An application may serve it itself:
 *
 * ```ts ignore
 * import type { RouteTable } from "@vango/core";
 * import { openApi } from "@vango/core/openapi";
 *
 * // With: import { routes } from "../../routes.gen.ts"
 * const answer = (routes: RouteTable) => openApi(routes, { title: "Todos", version: "1.0.0" });
 * ```
 *
 * @module
 */
import { parsePattern } from "../router/mod.ts";
import { type EndpointOptions, isEndpoint, METHODS } from "../server/endpoint.ts";
import type { ApiRoute } from "../server/route_table.ts";
import { type JsonSchema, Schemas } from "./_openapi_schemas.ts";

export type { JsonSchema };

/** How {@linkcode openApi} describes. */
export interface OpenApiOptions {
  /** The name of the API. */
  readonly title: string;
  /** The version of the API, not of OpenAPI. */
  readonly version: string;
  /** More about it, in Markdown. */
  readonly description?: string;
  /** URLs that it is reached at. Default: the origin that serves the description. */
  readonly servers?: readonly string[];
  /** Told of what cannot be described. */
  readonly warn?: (message: string) => void;
}

/** An OpenAPI document. */
export interface OpenApiDocument {
  /** The version of OpenAPI. */
  readonly openapi: "3.1.0";
  /** What the API is. */
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  /** Where it is. */
  readonly servers?: readonly { readonly url: string }[];
  /** What it has, by path and method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What the paths refer to. */
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, unknown>>;
  };
  /** The groups that are used. */
  readonly tags: readonly { readonly name: string }[];
}

/**
 * Describes APIs.
 *
 * ```ts
 * import { defineRoutes } from "@vango/core";
 * import { openApi } from "@vango/core/openapi";
 *
 * const routes = defineRoutes({ modules: { "api/todos/[id:int].ts": { GET: () => ({}) } } });
 * const { paths } = openApi(routes, { title: "Todos", version: "1.0.0" });
 * console.assert("get" in paths["/api/todos/{id}"]);
 * ```
 *
 * @param table Routes of files, or an application's: `app.routes`.
 */
export function openApi(
  table: { readonly apis: readonly ApiRoute[] },
  options: OpenApiOptions,
): OpenApiDocument {
  const { title, version, description, servers } = options;
  const writer = new Writer(options.warn ?? (() => {}));
  for (const api of table.apis) writer.add(api);
  return {
    openapi: "3.1.0",
    info: { title, version, ...description === undefined ? {} : { description } },
    ...servers === undefined || servers.length === 0 ? {} : { servers: servers.map((url) => ({ url })) },
    paths: writer.paths,
    components: {
      schemas: { ...ERROR_SCHEMAS, ...writer.schemas.components },
      responses: Object.fromEntries(
        Object.entries(ERRORS).filter(([name]) => writer.errors.has(name)).map(([name, text]) => [
          name,
          {
            description: text,
            content: jsonContent({
              $ref: `#/components/schemas/${name === "Invalid" ? "ValidationError" : "Error"}`,
            }),
          },
        ]),
      ),
    },
    tags: [...writer.tags].sort().map((name) => ({ name })),
  };
}

/** What HttpError answers. */
const ERROR_SCHEMAS: Record<string, JsonSchema> = {
  Error: {
    type: "object",
    properties: {
      error: { type: "string", description: "Names what is wrong, for programs." },
      message: { type: "string", description: "Says what is wrong, for people." },
    },
    required: ["error", "message"],
  },
  ValidationError: {
    type: "object",
    properties: {
      error: { type: "string", description: "Names what is wrong, for programs." },
      message: { type: "string", description: "Says what is wrong, for people." },
      fields: {
        type: "object",
        description: 'Messages by field; "items.0.name" is a field of an item, "" the value itself.',
        additionalProperties: { type: "array", items: { type: "string" } },
      },
    },
    required: ["error", "message", "fields"],
  },
};

/** What the server answers by itself, by name. */
const ERRORS = {
  BadRequest: "The body is no JSON, or there is none.",
  CrossOrigin: "The request comes from a page of another origin.",
  NotFound: "There is no such thing.",
  TooLarge: "The body is larger than it may be.",
  WrongType: "The body is of another type than application/json.",
  Invalid: "The input is not valid.",
  Failed: "The server failed.",
} as const;

const STATUS: Record<keyof typeof ERRORS, string> = {
  BadRequest: "400",
  CrossOrigin: "403",
  NotFound: "404",
  TooLarge: "413",
  WrongType: "415",
  Invalid: "422",
  Failed: "500",
};

const DONE = "Done; there is nothing to say.";
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const WITH_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
/** Schemas of params by their types in patterns. */
const PARAM_SCHEMAS: Record<string, JsonSchema> = {
  string: { type: "string" },
  int: { type: "integer" },
  uuid: { type: "string", format: "uuid" },
};

interface Param {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly rest: boolean;
  readonly typed: boolean;
}

class Writer {
  readonly paths: Record<string, Record<string, unknown>> = {};
  readonly tags: Set<string> = new Set();
  readonly errors: Set<string> = new Set();
  readonly schemas: Schemas;
  readonly #ids: Set<string> = new Set();
  /** The paths by what they are without the names of their params: OpenAPI takes those for one. */
  readonly #shapes: Map<string, string> = new Map();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
    this.schemas = new Schemas(warn, Object.keys(ERROR_SCHEMAS));
  }

  add({ pattern, methods }: ApiRoute): void {
    const { path, params } = readPath(pattern);
    const shape = path.replace(/\{[^}]*\}/g, "{}");
    const known = this.#shapes.get(shape);
    if (known !== undefined && known !== path) {
      this.#warn(`${pattern} is left out: OpenAPI cannot tell it from ${known}`);
      return;
    }
    this.#shapes.set(shape, path);
    const item = this.paths[path] ??= {};
    for (const method of METHODS) {
      if (!Object.hasOwn(methods, method)) continue;
      if (item[method.toLowerCase()] !== undefined) {
        this.#warn(`${method} ${pattern} is left out: OpenAPI cannot tell it from another route of ${path}`);
        continue;
      }
      const handler = methods[method];
      const about = isEndpoint(handler) ? handler.options : null;
      item[method.toLowerCase()] = this.#operation(method, path, params, about);
    }
  }

  #operation(
    method: string,
    path: string,
    params: readonly Param[],
    about: EndpointOptions | null,
  ): Record<string, unknown> {
    const operationId = this.#id(method, path);
    const name = operationId[0].toUpperCase() + operationId.slice(1);
    const tags = about?.tags ?? tagsOf(path);
    for (const tag of tags) this.tags.add(tag);
    const parameters = [...this.#pathParams(params, about, name), ...this.#queryParams(about, name)];
    const body = this.#body(method, about, name);
    return {
      operationId,
      ...about?.summary === undefined ? {} : { summary: about.summary },
      ...about?.description === undefined ? {} : { description: about.description },
      ...tags.length === 0 ? {} : { tags: [...tags] },
      ...parameters.length === 0 ? {} : { parameters },
      ...body === null ? {} : { requestBody: body },
      responses: this.#responses(method, params, about, name),
    };
  }

  /** getTodosById for GET /api/todos/{id}. */
  #id(method: string, path: string): string {
    const parts = path.replace(/^\/api(?=\/|$)/, "").split("/").filter((part) => part !== "");
    const words = parts.flatMap((part) => part.startsWith("{") ? ["by", ...wordsOf(part)] : wordsOf(part));
    const id = method.toLowerCase() + (words.length === 0 ? "Root" : words.map(capital).join(""));
    let free = id;
    for (let i = 2; this.#ids.has(free); i++) free = `${id}${i}`;
    this.#ids.add(free);
    return free;
  }

  #pathParams(params: readonly Param[], about: EndpointOptions | null, name: string): unknown[] {
    const told = about?.params === undefined
      ? {}
      : propertiesOf(this.schemas.of(about.params, `${name}Params`));
    return params.map(({ name, schema, rest }) => ({
      name,
      in: "path",
      required: true,
      ...rest ? { description: "One segment of the path or several, with slashes between them." } : {},
      // What the pattern says is what matches; the schema may say more of it.
      schema: { ...told?.[name]?.schema, ...schema },
    }));
  }

  #queryParams(about: EndpointOptions | null, name: string): unknown[] {
    if (about?.query === undefined) return [];
    const schema = this.schemas.of(about.query, `${name}Query`);
    const known = propertiesOf(schema);
    if (known === undefined) {
      const free = Object.keys(schema).length > 0 ? schema : { type: "object", additionalProperties: true };
      return [{ name: "query", in: "query", style: "form", explode: true, schema: free }];
    }
    return Object.entries(known).map(([name, { schema, required }]) => ({
      name,
      in: "query",
      ...required ? { required: true } : {},
      ...typeof schema.description === "string" ? { description: schema.description } : {},
      schema,
    }));
  }

  #body(method: string, about: EndpointOptions | null, name: string): Record<string, unknown> | null {
    if (about?.body !== undefined) {
      return { required: true, content: jsonContent(this.schemas.of(about.body, `${name}Body`)) };
    }
    // A plain function may read a body of any type, or none.
    return about === null && WITH_BODY.has(method) ? { content: { "*/*": {} } } : null;
  }

  #responses(
    method: string,
    params: readonly Param[],
    about: EndpointOptions | null,
    name: string,
  ): Record<string, unknown> {
    const status = about?.status ?? 200;
    const responses: Record<string, unknown> = {};
    if (status === 204 || status === 205) {
      responses[status] = { description: DONE };
    } else {
      const schema = about?.output === undefined ? {} : this.schemas.of(about.output, `${name}Output`);
      const content = about === null ? { "*/*": {} } : jsonContent(schema);
      responses[status] = {
        description: status === 201 ? "It was made." : "The answer.",
        ...method === "HEAD" ? {} : { content },
      };
    }
    // A handler that gives nothing answers so, unless what it says of itself rules that out.
    if (about?.status === undefined && about?.output === undefined) {
      responses[204] = { description: DONE };
    }
    const errors: (keyof typeof ERRORS)[] = [
      ...about?.body === undefined ? [] : ["BadRequest", "TooLarge", "WrongType"] as const,
      ...SAFE.has(method) || about?.crossOrigin ? [] : ["CrossOrigin"] as const,
      ...params.some(({ typed }) => typed) ? ["NotFound"] as const : [],
      ...about?.body ?? about?.query ?? about?.params ? ["Invalid"] as const : [],
      "Failed",
    ];
    for (const error of errors) {
      this.errors.add(error);
      responses[STATUS[error]] = { $ref: `#/components/responses/${error}` };
    }
    return responses;
  }
}

function readPath(pattern: string): { path: string; params: readonly Param[] } {
  const params: Param[] = [];
  const parts = parsePattern(pattern).segments.map((segment) => {
    if (segment.kind === "static") return segment.text;
    const type = segment.kind === "param" ? segment.type : "string";
    const { name } = segment;
    params.push({
      name,
      schema: PARAM_SCHEMAS[type],
      rest: segment.kind === "rest",
      typed: type !== "string",
    });
    return `{${name}}`;
  });
  return { path: `/${parts.join("/")}`, params };
}

/** The properties of a schema of an object; undefined when it says more than that, or is none. */
function propertiesOf(
  schema: JsonSchema,
): Record<string, { schema: JsonSchema; required: boolean }> | undefined {
  const { type, properties, required } = schema;
  if (type !== "object" || typeof properties !== "object" || properties === null) return undefined;
  const needed = new Set(Array.isArray(required) ? required : []);
  return Object.fromEntries(
    Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => [
      name,
      { schema, required: needed.has(name) },
    ]),
  );
}

/** The first name behind /api: the group of an API that says none. */
function tagsOf(path: string): string[] {
  const first = path.replace(/^\/api(?=\/|$)/, "").split("/")[1];
  return first === undefined || first === "" || first.startsWith("{") ? [] : [first];
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

function jsonContent(schema: JsonSchema): Record<string, unknown> {
  return { "application/json": { schema } };
}
