/**
 * What the entries need that `vango build` writes: they say which build runs, before the application is imported.
 *
 * ```ts ignore
 * import { type Build, useBuild } from "@vango/core/production";
 *
 * // With: import manifest from "./manifest.json" with { type: "json" }
 * function begin(manifest: Build): void {
 *   useBuild(manifest, new URL("./public/", import.meta.url));
 * }
 * ```
 *
 * @module
 */
export { type Build, type BuiltFile, currentBuild, useBuild } from "./built.ts";
export { contentType, isCompressible } from "./content_types.ts";
