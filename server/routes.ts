/**
 * `defineRoutes()`: from the modules of routes/ to the table that the server works with. routes.gen.ts calls it.
 *
 * Names are checked when it is called. Modules are read when the table is first asked for: a page that imports `href` from
 * routes.gen.ts is imported by it too, and whoever begins with the page (its test) would find it without exports.
 *
 * @module
 */
import { createMatcher, type RouteFile, type RouteMatch } from "../router/mod.ts";
import { readRouteFiles } from "../router/route_files.ts";
import { type Component, isComponent } from "../runtime/component.ts";
import { type ApiHandler, checkMethods } from "./endpoint.ts";
import type { Ctx } from "./ctx.ts";
import { VangoError } from "./errors.ts";
import type { Middleware } from "./middleware.ts";
import type {
  ApiRoute,
  ErrorPageProps,
  LayoutProps,
  NotFoundRoute,
  PageProps,
  PageRoute,
  RouteLevel,
  RouteTable,
} from "./route_table.ts";

/** A page's module. */
export interface PageModule<P extends string = string> {
  /** The page. */
  readonly default: Component<PageProps<P>>;
}

/** The module of a `_layout`. */
export interface LayoutModule {
  /** The layout. */
  readonly default: Component<LayoutProps>;
}

/** The module of an `_error`. */
export interface ErrorModule {
  /** What is shown instead of a page that failed. */
  readonly default: Component<ErrorPageProps>;
}

/** The module of a `_404`. */
export interface NotFoundModule {
  /** What is shown where there is no page. */
  // deno-lint-ignore no-explicit-any -- it may take the params of its folder
  readonly default: Component<any>;
}

/** The module of a `_middleware`. */
export interface MiddlewareModule {
  /** One, or several, the outermost first. */
  readonly default: Middleware<Ctx, unknown> | readonly Middleware<Ctx, unknown>[];
}

/** The module of an API: a handler for each method that it takes. */
export interface ApiModule {
  /** Answers GET, and HEAD unless there is one for it. */
  readonly GET?: ApiHandler;
  /** Answers HEAD. */
  readonly HEAD?: ApiHandler;
  /** Answers POST. */
  readonly POST?: ApiHandler;
  /** Answers PUT. */
  readonly PUT?: ApiHandler;
  /** Answers PATCH. */
  readonly PATCH?: ApiHandler;
  /** Answers DELETE. */
  readonly DELETE?: ApiHandler;
  /** Answers OPTIONS; without it the server does. */
  readonly OPTIONS?: ApiHandler;
}

/** What {@linkcode defineRoutes} takes. */
export interface RoutesInit {
  /** The folder's name, for messages. Default "routes". */
  readonly folder?: string;
  /** Modules by the names of their files below the folder. */
  readonly modules: Readonly<Record<string, unknown>>;
  /**
   * A matcher as generated code: gets what is found, pages and APIs by the names of their files, and what finds paths that hide a
   * slash by an escape. Default: a tree.
   */
  readonly matcher?: (
    found: readonly RouteMatch<PageRoute | ApiRoute>[],
    escaped: (path: string) => RouteMatch<PageRoute | ApiRoute> | null,
  ) => (path: string) => RouteMatch<PageRoute | ApiRoute> | null;
}

/**
 * Makes the table of routes of files and what they export.
 *
 * ```ts
 * import { component, defineRoutes } from "@vango/core";
 * import { p } from "@vango/core/elements";
 *
 * const routes = defineRoutes({
 *   modules: {
 *     "index.ts": { default: component(() => () => p("Hello")) },
 *     "api/health.ts": { GET: () => ({ ok: true }) },
 *   },
 * });
 * console.assert(routes.find?.("/api/health")?.pattern === "/api/health");
 * ```
 *
 * @throws {RouteError} When a file's name cannot be read, or two files are for the same paths: has both names.
 * @throws {VangoError} "route-module", when the table is first asked for, and a module does not export what it must.
 */
export function defineRoutes(init: RoutesInit): RouteTable {
  const folder = init.folder ?? "routes";
  const { files, routes } = readRouteFiles(Object.keys(init.modules));
  let made: Required<RouteTable> | null = null;
  const table = () => made ??= makeTable();
  return {
    get pages() {
      return table().pages;
    },
    get apis() {
      return table().apis;
    },
    get notFound() {
      return table().notFound;
    },
    get find() {
      return table().find;
    },
  };

  function makeTable(): Required<RouteTable> {
    const modules = new Map(Object.entries(init.modules).map(([name, m]) => [name.replaceAll("\\", "/"), m]));
    const moduleOf = (file: RouteFile) => (modules.get(file.file) ?? {}) as Record<string, unknown>;
    const levels = levelsOf(folder, files, moduleOf);
    const around = ({ folders }: RouteFile): RouteLevel[] =>
      [...Array(folders.length + 1).keys()]
        .map((length) => levels.get(folders.slice(0, length).join("/")))
        .filter((level) => level !== undefined);
    const made = routes.map((route): PageRoute | ApiRoute => {
      const { pattern } = route;
      const file = `${folder}/${route.file}`;
      return route.kind === "page"
        ? { pattern, file, page: componentOf(file, "page", moduleOf(route)), levels: around(route) }
        : { pattern, file, methods: checkMethods(file, moduleOf(route)), levels: around(route) };
    });
    const notFound = files.filter(({ kind }) => kind === "not-found").map((route): NotFoundRoute => {
      const file = `${folder}/${route.file}`;
      const page = componentOf(file, "not-found", moduleOf(route));
      return { pattern: route.pattern, file, page, levels: around(route) };
    });
    return {
      pages: made.filter((route) => "page" in route),
      apis: made.filter((route) => "methods" in route),
      notFound,
      find: finder(made, init.matcher),
    };
  }
}

/** The levels by folder. Each is one object for all routes below it. */
function levelsOf(
  root: string,
  files: readonly RouteFile[],
  moduleOf: (file: RouteFile) => Record<string, unknown>,
): Map<string, RouteLevel> {
  const levels = new Map<string, RouteLevel>();
  for (const { kind, folders, file, ...rest } of files) {
    if (kind !== "layout" && kind !== "error" && kind !== "middleware") continue;
    const folder = folders.join("/");
    const module = moduleOf({ kind, folders, file, ...rest });
    const name = `${root}/${file}`;
    const part = kind === "middleware" ? middlewareOf(name, module) : componentOf(name, kind, module);
    levels.set(folder, { ...levels.get(folder), folder, [kind]: part });
  }
  return levels;
}

function finder(
  routes: readonly (PageRoute | ApiRoute)[],
  matcher: RoutesInit["matcher"],
): Required<RouteTable>["find"] {
  const byTree = createMatcher(routes.map((route) => [route.pattern, route] as const));
  if (matcher === undefined) return byTree;
  const params = Object.freeze({});
  return matcher(routes.map((value) => ({ value, pattern: value.pattern, params })), byTree);
}

/** What to write, by what a component is for. */
const EXAMPLES = {
  page: 'export default component(() => () => h1("Hello"))',
  layout: "export default component<LayoutProps>((props) => () => main(props.children))",
  error: "export default component<ErrorPageProps>((props) => () => p(String(props.error)))",
  "not-found": 'export default component(() => () => h1("Not found"))',
} as const;

const NAMES = {
  page: "a page",
  layout: "a layout",
  error: "an error page",
  "not-found": "a 404 page",
} as const;

function componentOf(
  file: string,
  kind: keyof typeof EXAMPLES,
  module: Record<string, unknown>,
  // deno-lint-ignore no-explicit-any -- the props of a component cannot be seen at run time
): Component<any> {
  const found = module.default;
  if (isComponent(found)) return found;
  const got = found !== undefined
    ? `exports ${typeof found === "function" ? "a plain function" : describe(found)} as default`
    : Object.keys(module).length === 0
    ? "exports nothing"
    : `exports only ${Object.keys(module).join(", ")}`;
  throw new VangoError("route-module", `Cannot use ${file} as ${NAMES[kind]}: it ${got}`, {
    hint: `Export a component as default: ${EXAMPLES[kind]}.` +
      (typeof found === "function"
        ? " component() makes one of a setup function, which returns the view."
        : ""),
  });
}

function middlewareOf(file: string, module: Record<string, unknown>): readonly Middleware<Ctx, unknown>[] {
  const list = Array.isArray(module.default) ? module.default : [module.default];
  const wrong = list.find((item) => typeof item !== "function" || isComponent(item));
  if (list.length > 0 && !list.some((item) => typeof item !== "function" || isComponent(item))) return list;
  throw new VangoError(
    "route-module",
    `Cannot use ${file} as middleware: expected a function or a list of functions as default, got ${
      list.length === 0 ? "an empty list" : isComponent(wrong) ? "a component" : describe(wrong)
    }`,
    { hint: "Write: export default (async (ctx, next) => await next()) satisfies Middleware<Ctx, unknown>." },
  );
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
