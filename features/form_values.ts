/**
 * From what a form holds to what a schema takes, and back.
 *
 * A form holds texts, whether boxes are checked, and lists of texts: what the user typed, right or wrong. What a schema takes
 * has types. The type of a field is known from the options of the form, else from its initial value, else from the schema's
 * own JSON Schema (zod and arktype tell it, valibot does not), else from its control: `type: "number"`, `"date"`, `"checkbox"`.
 *
 *     type      held           given to the schema
 *     text      "milk"         "milk"; "" is undefined where the schema says that the field may be missing
 *     number    "12" "x" ""    12, "x" as it is (the schema says what is wrong), undefined
 *     boolean   true "on"      true; of a text also "true", "1": true, and "false", "off", "0", "": false
 *     date      "2026-01-31"   Date, at midnight UTC; what is no date as it is; "" is undefined
 *     list      ["a", "b"]     ["a", "b"]; of numbers, where JSON Schema says so: [1, 2]
 *
 * @module
 */
import type { StandardSchema } from "../server/standard_schema.ts";
import { propertiesOf } from "./_schema.ts";

/** What a form holds of a field: text, whether it is checked, or the texts chosen. */
export type FieldValue = string | boolean | readonly string[];

/** What a field is to the schema. */
export type FieldType = "text" | "number" | "boolean" | "date" | "list";

/** What is known of a field's type. */
export interface FieldKind {
  /** What it is. */
  readonly type: FieldType;
  /** Of a list: what its items are. */
  readonly items: "text" | "number";
  /** Whether it may be missing; false where that is not known. */
  readonly optional: boolean;
}

/** Finds what is known of fields. */
export function kindsOf(
  schema: StandardSchema,
  initial: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, FieldType | undefined>>,
): (name: string, control: FieldType) => FieldKind {
  const told = propertiesOf(schema);
  return (name, control) => {
    const json = told === null ? undefined : own(told.properties, name);
    return {
      type: own(types, name) ?? typeOfValue(own(initial, name)) ?? typeOfJson(json) ?? control,
      items: typeOfJson((json as { items?: unknown } | undefined)?.items) === "number" ? "number" : "text",
      optional: json !== undefined && !told?.required.has(name),
    };
  };
}

/** An own property: a field may be called "constructor". */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A copy with more properties, or other values of them; also of one called "__proto__". */
export function withOwn<T>(
  record: Readonly<Record<string, T>>,
  entries: readonly (readonly [name: string, value: T])[],
): Readonly<Record<string, T>> {
  return Object.fromEntries([...Object.entries(record), ...entries]);
}

/** A copy without a property. */
export function withoutOwn<T>(
  record: Readonly<Record<string, T>>,
  name: string,
): Readonly<Record<string, T>> {
  return Object.hasOwn(record, name)
    ? Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
    : record;
}

function typeOfValue(value: unknown): FieldType | undefined {
  if (typeof value === "boolean" || typeof value === "number") return typeof value as "boolean" | "number";
  if (Array.isArray(value)) return "list";
  return value instanceof Date ? "date" : undefined;
}

/** Looks also into what may be null, or is one of several. */
function typeOfJson(json: unknown): FieldType | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { type, anyOf, oneOf } = json as { type?: unknown; anyOf?: unknown; oneOf?: unknown };
  const several = [anyOf, oneOf].find(Array.isArray);
  if (several !== undefined) return one(several.map(typeOfJson));
  return one((Array.isArray(type) ? type : [type]).map((each) => {
    switch (each) {
      case "number":
      case "integer":
        return "number";
      case "boolean":
        return "boolean";
      case "array":
        return "list";
      case "string":
        return "text";
    }
  }));
}

/** What all that is known agrees on. */
function one(types: readonly (FieldType | undefined)[]): FieldType | undefined {
  const known = new Set(types.filter((type) => type !== undefined));
  return known.size === 1 ? [...known][0] : undefined;
}

/** What a form holds of a value. */
export function toField(value: unknown): FieldValue {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(String);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  return String(value);
}

/** What the schema is given of what a form holds. */
export function fromField(held: FieldValue, { type, items, optional }: FieldKind): unknown {
  switch (type) {
    case "number":
      return toNumber(textOf(held));
    case "boolean":
      return toBoolean(held);
    case "date":
      return toDate(textOf(held));
    case "list":
      return listOf(held).map((text) => items === "number" ? toNumber(text) : text);
    case "text":
      return held === "" && optional ? undefined : held;
  }
}

/** What a control of one value shows. */
export function textOf(held: FieldValue | undefined): string {
  if (typeof held === "string") return held;
  return typeof held === "boolean" ? String(held) : held?.[0] ?? "";
}

/** The texts of a list. */
export function listOf(held: FieldValue | undefined): readonly string[] {
  if (typeof held === "object") return held;
  return typeof held === "string" && held !== "" ? [held] : [];
}

function toNumber(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  // Number() also takes "0x10" and "Infinity", which no field for numbers gives.
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : NaN;
  return Number.isFinite(number) ? number : text;
}

function toBoolean(held: FieldValue): unknown {
  if (typeof held === "boolean") return held;
  const text = textOf(held);
  if (text === "true" || text === "on" || text === "1") return true;
  return text === "" || text === "false" || text === "off" || text === "0" ? false : text;
}

function toDate(text: string): unknown {
  if (text === "") return undefined;
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  // JavaScript takes the 31st of February for the 3rd of March.
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : text;
}
