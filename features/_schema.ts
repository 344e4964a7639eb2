/**
 * What a form asks of a schema besides checking: where an issue belongs, and what the schema tells of its properties.
 *
 * @module
 */
import type { StandardIssue, StandardSchema } from "../server/standard_schema.ts";

/** The outermost key that an issue is about; "" where it is about the whole. */
export function keyOf(issue: StandardIssue): string {
  const first = issue.path?.[0];
  return first === undefined ? "" : String(typeof first === "object" ? first.key : first);
}

/**
 * The JSON Schemas of the properties that a schema takes, and which of them must be there; null where it does not tell. Dates
 * and the like, which JSON Schema cannot say, are left open.
 */
export function propertiesOf(
  schema: StandardSchema,
): { properties: Readonly<Record<string, unknown>>; required: ReadonlySet<unknown> } | null {
  try {
    const told = schema["~standard"].jsonSchema?.input({
      target: "draft-2020-12",
      libraryOptions: { unrepresentable: "any" },
    });
    const { properties, required } = told ?? {};
    if (typeof properties !== "object" || properties === null) return null;
    return {
      properties: properties as Record<string, unknown>,
      required: new Set(Array.isArray(required) ? required : []),
    };
  } catch {
    // It has what JSON Schema cannot say.
    return null;
  }
}
