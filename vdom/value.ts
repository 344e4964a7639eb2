/**
 * Values that stand where text may: their text, and what a message calls those that have none.
 *
 * @module
 */
import { coded } from "./coded.ts";
import { domText } from "./content.ts";
import type { ComponentType } from "./vnode.ts";

/** The text of a text-like value: "" for what is absent. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return domText(value);
    case "number":
    case "bigint":
      return String(value);
    case "undefined":
    case "boolean":
      return "";
  }
  if (value === null) return "";
  throw notRenderable(value, "pass a string, a number or a node", " as text");
}

/** The error of a value that is no content: what to do instead, and as what it was to be rendered. */
export function notRenderable(value: unknown, wish: string, as = ""): TypeError {
  return coded("E040", new TypeError(`Cannot render ${describe(value)}${as}: ${wish}`));
}

/** What to do with what was not called. A component without a name of its own is named by its place, which nobody can call. */
export function callIt(value: unknown): string {
  if (!isComponentType(value)) return "call it, or pass its result";
  const name = value.displayName;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `call it, ${name}()`
    : "call it, Name() and not Name";
}

/** Names a value for a message. */
export function describe(value: unknown): string {
  if (isComponentType(value)) return `the component ${value.displayName || "(unnamed)"}`;
  if (typeof value === "function") return `a function${value.name ? ` (${value.name})` : ""}`;
  if (typeof value === "symbol") return "a symbol";
  if (value instanceof Promise) {
    // It is refused, and this is told: that nobody waits for it must not end the process when it fails.
    value.catch(() => {});
    return "a promise (await it in a resource)";
  }
  if (typeof value === "object" && value !== null) {
    const name = value.constructor?.name;
    return name && name !== "Object" ? `an object of class ${name}` : "a plain object";
  }
  return String(value);
}

/** Whether a value is a component that was not called. */
export function isComponentType(value: unknown): value is ComponentType {
  return typeof value === "function" && typeof (value as { displayName?: unknown }).displayName === "string";
}
