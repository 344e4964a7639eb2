/**
 * A stand-in for the part of `@std/fs` that this repository uses; see std/README.md.
 *
 * @module
 */
export { exists, type ExistsOptions } from "./exists.ts";
export { walk, type WalkEntry, type WalkOptions } from "./walk.ts";
