/**
 * What an API's file exports: a function for each method, or an {@linkcode endpoint} that says what it takes and gives.
 *
 * @module
 */
import type { ParamsOf } from "../router/mod.ts";
import type { Ctx } from "./ctx.ts";
import { nearestName, VangoError } from "./errors.ts";
import type { Params } from "./route_table.ts";
import { isSchema, type SchemaInput, type SchemaOutput, type StandardSchema } from "./standard_schema.ts";

/** The methods that an API may have. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** A method that an API may have. */
export type Method = typeof METHODS[number];

/** What a function of an API gets; `ApiContext<"/api/users/:id:int">` knows its params. */
export interface ApiContext<P extends string = string> {
  /** The request. Its body may be read once, here or by {@linkcode json}, and is no longer than the limit. */
  readonly request: Request;
  /** Its URL. */
  readonly url: URL;
  /** The params of the path. */
  readonly params: string extends P ? Params : ParamsOf<P>;
  /** What middleware has seen: headers, cookies, and values in `ctx.session.data`. */
  readonly ctx: Ctx;
  /**
   * Reads the body as JSON.
   *
   * @throws {HttpError} 415 when it is of another type, 413 when it is too large, 400 when there is none or it is no JSON.
   */
  json(): Promise<unknown>;
}

/** What the handler of an {@linkcode endpoint} gets. */
export interface EndpointContext<Body = unknown, Query = unknown, Values = Params>
  extends Omit<ApiContext, "params"> {
  /** The params of the path: what their schema gives. */
  readonly params: Values;
  /** The query: what its schema gives; without one, texts by name, and lists where a name comes several times. */
  readonly query: Query;
  /** The body: what its schema gives; undefined without one. */
  readonly body: Body;
}

/**
 * A function of an API. A Response is sent as it is, undefined as 204, anything else as JSON. What it throws is answered: an
 * HttpError with its status, a Redirect as one, anything else with 500.
 */
// deno-lint-ignore no-explicit-any -- each function has the params of its own pattern
export type ApiFunction = (call: ApiContext<any>) => unknown;

/** What answers a method of an API. */
export type ApiHandler = ApiFunction | Endpoint;

/** What an {@linkcode endpoint} says of itself. */
export interface EndpointOptions<
  Body extends StandardSchema | undefined = StandardSchema | undefined,
  Query extends StandardSchema | undefined = StandardSchema | undefined,
  Values extends StandardSchema | undefined = StandardSchema | undefined,
  Output extends StandardSchema | undefined = StandardSchema | undefined,
> {
  /** What its JSON body must be. */
  readonly body?: Body;
  /** What its query must be: gets texts by name, and lists where a name comes several times. */
  readonly query?: Query;
  /** What its params must be: gets what the pattern gives. */
  readonly params?: Values;
  /** What it gives. Checked in development; sent as the handler gave it. */
  readonly output?: Output;
  /** The status of an answer that is no Response. Default 200, or 204 where there is nothing to send. */
  readonly status?: number;
  /** The most bytes of a body; Infinity for any. Default: the limit `maxBody`, 1 MiB. */
  readonly maxBody?: number;
  /**
   * Whether pages of other origins may call a method that changes something. Default false: browsers send cookies along, so a
   * page anywhere could act for whoever looks at it.
   */
  readonly crossOrigin?: boolean;
  /** One line for the documentation. */
  readonly summary?: string;
  /** More for the documentation. */
  readonly description?: string;
  /** Groups of the documentation. */
  readonly tags?: readonly string[];
}

/** What answers a method and says what it takes and gives. */
export interface Endpoint {
  /** The brand. */
  readonly [ENDPOINT]: true;
  /** What it says of itself. */
  readonly options: EndpointOptions;
  /** Answers, once all input is valid. */
  readonly handler: (call: EndpointContext) => unknown;
}

/** The brand of what {@linkcode endpoint} makes. */
export const ENDPOINT: unique symbol = Symbol.for("vango.endpoint") as never;

/** A query without a schema. */
export type QueryTexts = Readonly<Record<string, string | readonly string[]>>;

/** What a schema gives, or something else without one. */
export type OutputOr<S, Else> = [S] extends [StandardSchema] ? SchemaOutput<S> : Else;

/** What a handler may give. */
export type EndpointResult<S> = [S] extends [StandardSchema] ? SchemaInput<S> | Response | Error : unknown;

/**
 * Says what a method of an API takes and gives, by any library that is a Standard Schema (Zod, Valibot, ArkType). Input that is not
 * valid never reaches the handler: it is answered with 422 and messages by field.
 *
 * ```ts
 * import { endpoint, type StandardSchema } from "@vango/core";
 *
 * // What a library would make of z.object({ title: z.string() }).
 * const Todo: StandardSchema<{ title: string }> = {
 *   "~standard": {
 *     version: 1,
 *     vendor: "example",
 *     validate: (value) => {
 *       const { title } = (value ?? {}) as { title?: unknown };
 *       return typeof title === "string"
 *         ? { value: { title } }
 *         : { issues: [{ message: "Must be a text", path: ["title"] }] };
 *     },
 *   },
 * };
 *
 * // routes/api/todos.ts
 * export const POST = endpoint(
 *   { body: Todo, status: 201, summary: "Adds a todo" },
 *   ({ body }) => ({ id: 1, title: body.title }),
 * );
 * ```
 *
 * @throws {VangoError} "endpoint" when a schema is none, or the status or limit is no such number.
 */
export function endpoint<
  const Body extends StandardSchema | undefined = undefined,
  const Query extends StandardSchema | undefined = undefined,
  const Values extends StandardSchema | undefined = undefined,
  const Output extends StandardSchema | undefined = undefined,
>(
  options: EndpointOptions<Body, Query, Values, Output>,
  handler: (
    call: EndpointContext<OutputOr<Body, undefined>, OutputOr<Query, QueryTexts>, OutputOr<Values, Params>>,
  ) => EndpointResult<Output> | Promise<EndpointResult<Output>>,
): Endpoint {
  const fail = (what: string, hint: string): never => {
    throw new VangoError("endpoint", `Cannot make an endpoint: ${what}`, { hint });
  };
  for (const name of ["body", "query", "params", "output"] as const) {
    if (options[name] === undefined || isSchema(options[name])) continue;
    fail(
      `its "${name}" is no schema`,
      "Use one of a library that has Standard Schema: z.object({ title: z.string() }).",
    );
  }
  const { status = 200, maxBody = 0 } = options;
  if (!Number.isInteger(status) || status < 200 || status > 299) {
    fail(
      `its status is ${status}`,
      "Use 200 to 299; throw an HttpError for errors, and redirect() for redirects.",
    );
  }
  if (typeof maxBody !== "number" || !(maxBody >= 0)) {
    fail(`its maxBody is ${String(maxBody)}`, "Use a number of bytes, or Infinity.");
  }
  if (typeof handler !== "function") {
    fail("it has no handler", "Write: endpoint({ body: Todo }, ({ body }) => save(body)).");
  }
  return Object.freeze({ [ENDPOINT]: true as const, options, handler: handler as Endpoint["handler"] });
}

/** Whether a value was made by {@linkcode endpoint}. */
export function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && (value as Partial<Endpoint>)[ENDPOINT] === true;
}

/**
 * The methods that an API exports.
 *
 * @throws {VangoError} "route-module" when there is none, one is no handler, or another export looks like one.
 */
export function checkMethods(
  file: string,
  module: Readonly<Record<string, unknown>>,
): Record<string, ApiHandler> {
  const methods: Record<string, ApiHandler> = {};
  const fail = (what: string, hint: string): never => {
    throw new VangoError("route-module", `Cannot use ${file} as an API: it ${what}`, { hint });
  };
  const example = "export const GET = () => ({ ok: true })";
  for (const [name, value] of Object.entries(module)) {
    const handler = typeof value === "function" || isEndpoint(value);
    if (!(METHODS as readonly string[]).includes(name)) {
      const meant = methodMeantBy(name, handler);
      if (meant !== undefined) {
        fail(
          `exports ${name}, which is no method`,
          `Did you mean ${meant}? ${METHODS.join(", ")} are known.`,
        );
      }
      continue;
    }
    if (!handler) fail(`exports ${typeof value} as ${name}`, `Export a function or an endpoint: ${example}.`);
    if (isEndpoint(value) && value.options.body !== undefined && (name === "GET" || name === "HEAD")) {
      fail(`has a ${name} with a body`, "No browser sends one: take a query instead.");
    }
    methods[name] = value as ApiHandler;
  }
  if (Object.keys(methods).length > 0) return methods;
  const got = Object.keys(module);
  return fail(
    `exports ${got.length === 0 ? "nothing" : `only ${got.join(", ")}`}`,
    `Export a function for each method that it takes: ${example}. Pages are not below api/.`,
  );
}

/** The method that an export was probably meant to be: `get`, `Post`, `DELTE`; undefined for helpers and constants. */
function methodMeantBy(name: string, handler: boolean): string | undefined {
  const upper = name.toUpperCase();
  if ((METHODS as readonly string[]).includes(upper)) return upper;
  return handler && name === upper ? nearestName(name, METHODS) : undefined;
}
