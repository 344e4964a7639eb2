/**
 * Every error that Vango raises on purpose: its code, its cause, what to do, and how it is printed.
 *
 * ```ts
 * import { findError } from "@vango/core/errors";
 *
 * console.assert(findError("E141")?.name === "not-a-project");
 * ```
 *
 * @module
 */
export type { ErrorEntry } from "./entry.ts";
export { type ErrorPlace, VangoError, type VangoErrorOptions } from "./error.ts";
export {
  type ErrorFormat,
  type ErrorReport,
  formatEntry,
  formatError,
  pageOf,
  reportError,
} from "./format.ts";
export { nearestName } from "./nearest.ts";
export { entryOf, ERRORS, findError } from "./registry.ts";
