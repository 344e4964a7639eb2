/**
 * The names of places: patterns, the paths that they match, and the paths that they make.
 *
 * ```ts
 * import { createMatcher, href } from "@vango/core/router";
 *
 * const match = createMatcher([["/projects/:id:int", "project"], ["/files/*path", "files"]]);
 * console.assert(match(href("/projects/:id:int", { id: 7 }))?.params.id === 7);
 * ```
 *
 * @module
 */
export { type CodegenOptions, generateRoutes, isStale } from "./codegen.ts";
export { RouteError, type RouteErrorCode } from "./error.ts";
export { type RouteFile, type RouteFileKind, routeOfFile } from "./files.ts";
export { href, type HrefArgs, type HrefOptions, type ParamsOf, type QueryValues } from "./href.ts";
export { createMatcher, type Matcher, type RouteMatch } from "./match.ts";
export { canonicalPath, MAX_PATH } from "./path.ts";
export { decodeParams, isUuid, type ParamType, type ParamValue, readInt, withoutEscapes } from "./params.ts";
export { parsePattern, type Pattern, type Segment } from "./pattern.ts";
