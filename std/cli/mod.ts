/**
 * A stand-in for the part of `@std/cli` that this repository uses; see std/README.md.
 *
 * @module
 */
export { type Args, parseArgs, type ParseOptions } from "./parse_args.ts";
