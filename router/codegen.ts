/**
 * Writes routes.gen.ts: the routes of an application as static imports, which `deno publish` and Deno Deploy can follow, and a
 * matcher as plain code, since there is no `eval` where it would be made at start.
 *
 *     files ─ readRouteFiles() ─┬─ imports and the list of modules ─► defineRoutes()
 *                               ├─ generateMatcher(tree)           ─► matcher
 *                               └─ patterns of pages               ─► PagePattern, href
 *
 * The text depends on the names of the files alone, so it is stale when the text that they make now is another.
 *
 * @module
 */
import type { RouteFile, RouteFileKind } from "./files.ts";
import { generateMatcher } from "./generate.ts";
import { readRouteFiles } from "./route_files.ts";
import type { Leaf } from "./tree.ts";

/** How {@linkcode generateRoutes} writes. */
export interface CodegenOptions {
  /** The folder of the routes, as it is reached from the file: "routes" by default. */
  folder?: string;
  /** How the file imports Vango: "@vango/core" by default, of which "@vango/core/router" is a part. */
  core?: string;
  /** How it imports the router. Default: `core` and "/router". */
  router?: string;
}

/** The type of a module of each kind; that of a page has its pattern. */
const MODULE_TYPES: Readonly<Record<RouteFileKind, string>> = {
  page: "PageModule",
  api: "ApiModule",
  layout: "LayoutModule",
  middleware: "MiddlewareModule",
  error: "ErrorModule",
  "not-found": "NotFoundModule",
};

const HASH_LINE = /^\/\/ routes: ([0-9a-f]{16})$/m;

/**
 * The text of routes.gen.ts. The same names give the same text, in whatever order they come.
 *
 * ```ts
 * import { generateRoutes } from "@vango/core/router";
 *
 * const text = generateRoutes(["index.ts", "todos/[id:int].ts", "_layout.ts"]);
 * console.assert(text.includes('import * as m2 from "./routes/todos/[id:int].ts";'));
 * ```
 *
 * @param names Paths of all files below the folder; what is none of the router's is left out.
 * @throws {RouteError} When a name cannot be read, or two files are for the same paths.
 */
export function generateRoutes(names: Iterable<string>, options: CodegenOptions = {}): string {
  const { folder = "routes", core = "@vango/core", router = `${core}/router` } = options;
  const { files, routes, tree } = readRouteFiles(names);
  const { code } = generateMatcher(
    tree,
    (leaf, params) => foundText(routes.indexOf(leaf.value), leaf, params),
  );
  const types = [
    "ApiRoute",
    "PageRoute",
    "RouteTable",
    ...new Set(files.map(({ kind }) => MODULE_TYPES[kind])),
  ];
  const used = ["decodeParams", "isUuid", "readInt", "withoutEscapes"].filter((name) =>
    code.includes(`${name}(`)
  );
  const patterns = files.filter(({ kind }) => kind === "page").map(({ pattern }) => JSON.stringify(pattern));
  const body = `${imports(["defineRoutes", ...types.sort().map(asType)], core)}
${imports(["href as hrefOf", ...used, ...["HrefArgs", "RouteMatch"].map(asType)], router)}
${files.map(({ file }, i) => `import * as m${i} from ${JSON.stringify(specifier(folder, file))};\n`).join("")}
/** The patterns of all pages. */
export type PagePattern =${
    patterns.length === 0 ? " never" : patterns.map((text) => `\n  | ${text}`).join("")
  };

/** The path of a page: its pattern with its params. */
export const href: <const P extends PagePattern>(pattern: P, ...args: HrefArgs<P>) => string = hrefOf;

/** All routes, for \`createApp({ routes })\`. */
export const routes: RouteTable = defineRoutes({
  folder: ${JSON.stringify(folder)},
  modules: {
${files.map((file, i) => `    ${JSON.stringify(file.file)}: m${i} satisfies ${typeOf(file)},\n`).join("")}  },
  matcher,
});

type Found = RouteMatch<PageRoute | ApiRoute>;

/** Finds a route; \`r\` holds what is found, the pages and APIs by the names of their files, \`escaped\` finds paths with hidden slashes. */
function matcher(r: readonly Found[], escaped: (path: string) => Found | null): (path: string) => Found | null {
${routes.map((_, i) => `  const f${i} = r[${i}], t${i} = f${i}.value;\n`).join("")}
${code}

  return find;
}
`;
  return `// deno-fmt-ignore-file
// deno-lint-ignore-file
/**
 * The routes of this application, written from the names of the files in ${folder}/. Do not edit: it is written anew.
 *
 * @module
 */
// routes: ${hash(body)}
${body}`;
}

/**
 * Whether a text is not what {@linkcode generateRoutes} would write now: files came, went or were renamed, or this version of
 * Vango writes it otherwise. What a formatter made of it does not matter.
 *
 * @param text The text of routes.gen.ts; null when there is none.
 */
export function isStale(text: string | null, names: Iterable<string>, options: CodegenOptions = {}): boolean {
  const found = text === null ? null : HASH_LINE.exec(text);
  return found === null || found[1] !== HASH_LINE.exec(generateRoutes(names, options))?.[1];
}

/** What a match gives. Of a route without params it is made once. */
function foundText(index: number, { names, pattern }: Leaf<RouteFile>, params: string): string {
  if (names.length === 0) return `f${index}`;
  return `{ value: t${index}, pattern: ${JSON.stringify(pattern.text)}, params: ${params} }`;
}

function typeOf({ kind, pattern }: RouteFile): string {
  return kind === "page" ? `${MODULE_TYPES[kind]}<${JSON.stringify(pattern)}>` : MODULE_TYPES[kind];
}

function imports(names: readonly string[], from: string): string {
  return `import { ${names.join(", ")} } from ${JSON.stringify(from)};`;
}

function asType(name: string): string {
  return `type ${name}`;
}

/** A specifier is a URL: these characters would end its path or begin an escape. */
function specifier(folder: string, file: string): string {
  const path = `${folder}/${file}`.replace(/[%?#]/g, encodeURIComponent);
  return path.startsWith("../") ? path : `./${path}`;
}

/** FNV-1a of a text, forwards and backwards, as 16 hexadecimal digits: enough to tell that it is another one, and no secret. */
function hash(text: string): string {
  let forwards = 0x811c9dc5;
  let backwards = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    forwards = Math.imul(forwards ^ text.charCodeAt(i), 0x01000193);
    backwards = Math.imul(backwards ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return [forwards, backwards].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
