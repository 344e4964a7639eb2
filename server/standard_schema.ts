/**
 * What a validator must be: Standard Schema, version 1 (https://standardschema.dev), which Zod, Valibot, ArkType and others are.
 *
 * The interface is written here, so that nothing must be installed to use them.
 *
 * @module
 */

/** A validator of values: takes an `Input`, gives an `Output`. */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** What the library offers to others. */
  readonly "~standard": StandardProps<Input, Output>;
}

/** What a {@linkcode StandardSchema} offers. */
export interface StandardProps<Input = unknown, Output = Input> {
  /** The version of the interface. */
  readonly version: 1;
  /** The library: "zod". */
  readonly vendor: string;
  /** Checks a value; at once, or later. */
  readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  /** The types, for inference only: there is no such value. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  /** JSON Schema of the types, where the library can tell. */
  readonly jsonSchema?: StandardJson | undefined;
}

/** Tells JSON Schemas; throws where there is none. */
export interface StandardJson {
  /** Of what goes in. */
  readonly input: (options: StandardJsonOptions) => Record<string, unknown>;
  /** Of what comes out. */
  readonly output: (options: StandardJsonOptions) => Record<string, unknown>;
}

/** Options of {@linkcode StandardJson}. */
export interface StandardJsonOptions {
  /** The version of JSON Schema: that of OpenAPI 3.1. */
  readonly target: "draft-2020-12";
  /** For the library alone. */
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/** What validation gives: a value, or what is wrong. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that is wrong. */
export interface StandardIssue {
  /** For whom the value is of. */
  readonly message: string;
  /** Where in the value; none or empty for the value itself. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema takes. */
export type SchemaInput<S> = S extends StandardSchema<infer Input, unknown> ? Input : never;

/** What a schema gives. */
export type SchemaOutput<S> = S extends StandardSchema<unknown, infer Output> ? Output : never;

/** Messages by field, in the order of the issues: "items.0.name" is a field of an item, "" the value itself. */
export type FieldMessages = Readonly<Record<string, readonly string[]>>;

/** What checking a value gives. */
export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fields: FieldMessages };

/** The most issues that are told: a list that is all wrong must not become an answer of many times its size. */
const MAX_ISSUES = 1000;

/** Whether a value is a schema. */
export function isSchema(value: unknown): value is StandardSchema {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  const props = (value as Partial<StandardSchema>)["~standard"];
  return typeof props?.validate === "function";
}

/**
 * Checks a value.
 *
 * ```ts
 * import { type StandardSchema, validate } from "./standard_schema.ts";
 *
 * const Name: StandardSchema<string> = {
 *   "~standard": {
 *     version: 1,
 *     vendor: "example",
 *     validate: (value) =>
 *       typeof value === "string" ? { value } : { issues: [{ message: "Must be a text", path: ["name"] }] },
 *   },
 * };
 * const result = await validate(Name, 7);
 * console.assert(!result.ok && result.fields.name[0] === "Must be a text");
 * ```
 */
export async function validate<Output>(
  schema: StandardSchema<unknown, Output>,
  value: unknown,
): Promise<Validated<Output>> {
  const result = await schema["~standard"].validate(value);
  if (result.issues === undefined) return { ok: true, value: result.value };
  const fields = new Map<string, string[]>();
  for (const { message, path = [] } of result.issues.slice(0, MAX_ISSUES)) {
    const name = path.map((part) => String(typeof part === "object" ? part.key : part)).join(".");
    const messages = fields.get(name);
    if (messages === undefined) fields.set(name, [message]);
    else messages.push(message);
  }
  return { ok: false, fields: Object.fromEntries(fields) };
}
