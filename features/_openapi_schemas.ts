/**
 * JSON Schemas of a description: what a library says of its schemas, with references that hold in the whole document.
 *
 * A library's references are within its own schema (`#/$defs/Point`, `#` for itself); in the document they are
 * `#/components/schemas/Point`. What has none stands where it is used.
 *
 * @module
 */
import type { StandardSchema } from "../server/standard_schema.ts";

/** A JSON Schema, or a part of one. */
export type JsonSchema = Record<string, unknown>;

/** Gathers the schemas that are referred to. */
export class Schemas {
  /** By name, for `components.schemas`. */
  readonly components: Record<string, JsonSchema> = {};
  /** What each name was given to, as the library wrote it. */
  readonly #sources: Map<string, string>;
  readonly #warn: (message: string) => void;

  /** None yet; `warn` is told of what cannot be described, and `taken` are names that are someone else's. */
  constructor(warn: (message: string) => void, taken: readonly string[]) {
    this.#warn = warn;
    this.#sources = new Map(taken.map((name) => [name, ""]));
  }

  /**
   * What a schema takes, as JSON Schema; anything at all where its library cannot tell.
   *
   * @param name What it would be called: "PostTodosBody".
   */
  of(schema: StandardSchema, name: string): JsonSchema {
    const { vendor, jsonSchema } = schema["~standard"];
    if (jsonSchema === undefined) {
      this.#warn(
        `${name}: ${vendor} does not say what its schemas are in JSON Schema, so it is described as anything`,
      );
      return {};
    }
    try {
      return this.#embed(
        jsonSchema.input({
          target: "draft-2020-12",
          // One date must not cost the description of the whole object.
          ...vendor === "zod" ? { libraryOptions: { unrepresentable: "any" } } : {},
        }),
        name,
      );
    } catch (error) {
      this.#warn(`${name} is described as anything: ${(error as Error).message}`);
      return {};
    }
  }

  #embed({ $schema: _dialect, $defs, ...root }: JsonSchema, name: string): JsonSchema {
    const names = new Map<string, string>();
    const definitions = Object.entries(($defs ?? {}) as Record<string, JsonSchema>);
    for (const [key, definition] of definitions) names.set(key, this.#nameFor(key, definition, name));
    let itself = "";
    const refer = (ref: string): string => {
      const [, key, rest = ""] = /^#\/\$defs\/([^/]+)(.*)$/.exec(ref) ?? [];
      const unescaped = key === undefined
        ? ""
        : decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
      const known = names.get(unescaped);
      if (known !== undefined) return `#/components/schemas/${known}${rest}`;
      if (!ref.startsWith("#")) return ref;
      itself ||= this.#nameFor(name, root, name);
      return `#/components/schemas/${itself}${ref.slice(1)}`;
    };
    for (const [key, definition] of definitions) {
      this.components[names.get(key)!] = rewrite(definition, refer); // it was given one above
    }
    const embedded = rewrite(root, refer);
    if (itself === "") return embedded;
    this.components[itself] = embedded;
    return { $ref: `#/components/schemas/${itself}` };
  }

  /** A name that is free, or that of the very same schema. */
  #nameFor(wanted: string, schema: JsonSchema, owner: string): string {
    const plain = (text: string) => text.replace(/[^\w.-]+/g, "_");
    const text = JSON.stringify(schema);
    const own = `${owner}_${wanted}`;
    const names = wanted === owner ? [wanted] : [wanted, own];
    for (let i = 2; i < 1000; i++) names.push(`${own}_${i}`);
    const name = names.map(plain).find((one) => !this.#sources.has(one) || this.#sources.get(one) === text)!; // a thousand are enough
    this.#sources.set(name, text);
    return name;
  }
}

/** A copy with other references. What is data (an example, a default, a value) is left as it is. */
function rewrite(schema: JsonSchema, refer: (ref: string) => string): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, below]) => {
        if (key === "$ref" && typeof below === "string") return [key, refer(below)];
        return [key, DATA.has(key) ? below : visit(below)];
      }),
    );
  };
  return visit(schema) as JsonSchema;
}

const DATA: ReadonlySet<string> = new Set(["const", "default", "enum", "example", "examples"]);
