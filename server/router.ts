/**
 * The routes of one application: which page or API a path has, and what stands around it.
 *
 * Routes come from a table (routes.gen.ts), from calls (`app.page()` …), or both. An application with nothing but one page at
 * "/" has no navigation: its sessions pay nothing for routes.
 *
 * @module
 */
import { canonicalPath, createMatcher, parsePattern, RouteError } from "../router/mod.ts";
import { shapeOf } from "../router/pattern.ts";
import type { Component } from "../runtime/component.ts";
import type { Ctx } from "./ctx.ts";
import { VangoError } from "./errors.ts";
import { compose, type Composed, type Middleware } from "./middleware.ts";
import type { ApiRoute, NotFoundRoute, PageRoute, Params, RouteLevel, RouteTable } from "./route_table.ts";

/** A page with what runs around it. */
export interface Place {
  /** The pattern of its path. */
  readonly pattern: string;
  /** The page; of a path that has none what is shown instead. */
  // deno-lint-ignore no-explicit-any -- each page has the params of its own pattern
  readonly page: Component<any>;
  /** What stands around it, outermost first. */
  readonly levels: readonly RouteLevel[];
  /** What is shown instead when the page says that there is nothing (a 404 that it throws); null: the nearest error page. */
  readonly lost: NotFoundRoute["page"] | null;
  /** The status of its answer: 404 for what is shown instead of a page. */
  readonly status: 200 | 404;
  /** The middleware of the application and of its levels; null when there is none. */
  readonly guard: Composed<Ctx, unknown> | null;
}

/** A page that was found, and what the path says of its params. */
export interface PageMatch {
  /** The page. */
  readonly place: Place;
  /** Its params. */
  readonly params: Params;
}

/** An API that was found. */
export interface ApiMatch {
  /** The API. */
  readonly route: ApiRoute;
  /** Its params. */
  readonly params: Params;
  /** The middleware of the application and of its levels; null when there is none. */
  readonly guard: Composed<Ctx, unknown> | null;
}

/** What a path has. */
export type Found = { readonly page: PageMatch; readonly api?: undefined } | {
  readonly api: ApiMatch;
  readonly page?: undefined;
};

/** What is registered by a call: goes for every path at the pattern or below. */
interface Below {
  readonly pattern: string;
  readonly level: RouteLevel;
}

/** Whether a path was found by its name alone: what has params takes paths that are something else, a file's. */
export function isPlain(params: Params): boolean {
  for (const _name in params) return false;
  return true;
}

const NO_PARAMS: Params = Object.freeze({});
const NOWHERE: RouteTable = { pages: [], apis: [], notFound: [] };

/** The routes of one application. */
export class Routes {
  readonly #middleware: Middleware<Ctx, unknown>[];
  /** Instead of a page, where the application has nothing else: of a path that is gone when its session comes back. */
  readonly #gone: Component<Record<never, never>>;
  #table: RouteTable;
  readonly #pages: PageRoute[] = [];
  readonly #apis: ApiRoute[] = [];
  readonly #below: Below[] = [];
  #built: Built | null = null;

  /** Routes of a table; `gone` stands where nothing else does. */
  constructor(options: {
    table?: RouteTable;
    middleware?: readonly Middleware<Ctx, unknown>[];
    gone: Component<Record<never, never>>;
  }) {
    this.#table = options.table ?? NOWHERE;
    this.#middleware = [...options.middleware ?? []];
    this.#gone = options.gone;
  }

  /** Whether there is anything but one page at "/". */
  get live(): boolean {
    return this.#build().live;
  }

  /** Whether there is nothing at all. */
  get empty(): boolean {
    const { pages, apis } = this.#build();
    return pages === 0 && apis === 0;
  }

  /** All routes as a table, those that were added by calls included. */
  get table(): RouteTable {
    return {
      pages: [...this.#table.pages, ...this.#pages.map((page) => this.#leveled(page))],
      apis: [...this.#table.apis, ...this.#apis.map((api) => this.#leveled(api))],
      notFound: this.#table.notFound,
    };
  }

  /** Puts another table in the place of the one that there is. */
  replace(table: RouteTable): void {
    this.#table = table;
    this.#built = null;
  }

  /**
   * Adds a page.
   *
   * @throws {RouteError} When the pattern cannot be read.
   */
  page(pattern: string, page: PageRoute["page"]): void {
    this.#pages.push({ pattern: parsePattern(pattern).text, page, levels: [] });
    this.#built = null;
  }

  /** Adds an API. @throws {RouteError} When the pattern cannot be read. */
  api(pattern: string, methods: ApiRoute["methods"]): void {
    this.#apis.push({ pattern: parsePattern(pattern).text, methods, levels: [] });
    this.#built = null;
  }

  /** Adds what stands around every page at a path and below. @throws {RouteError} When the pattern cannot be read. */
  below(pattern: string, level: Omit<RouteLevel, "folder">): void {
    const { text } = parsePattern(pattern);
    this.#below.push({ pattern: text, level: { ...level, folder: text.slice(1) } });
    this.#built = null;
  }

  /** Adds a middleware around everything. */
  use(middleware: Middleware<Ctx, unknown>): void {
    this.#middleware.push(middleware);
    this.#built = null;
  }

  /** The middleware of the application alone, for paths that have nothing; null when there is none. */
  get guard(): Composed<Ctx, unknown> | null {
    return this.#build().gone.place.guard;
  }

  /** The page or API of a canonical path; null when there is none. */
  find(path: string): Found | null {
    return this.#build().find(path);
  }

  /** The page of a canonical path, or what is shown instead; null when that is nothing either. */
  pageAt(path: string): PageMatch | null {
    const built = this.#build();
    const found = built.find(path);
    return found === null ? built.notFound(path) : found.page ?? null;
  }

  /** The page that a session of a canonical path shows: one that comes back may be at a path that is gone. */
  pageFor(path: string): PageMatch {
    const built = this.#build();
    return built.single ?? this.pageAt(path) ?? built.gone;
  }

  /** Where a session begins whose browser says that it is at a path, with query: guards see no other spelling; "/" for no path. */
  begin(origin: string, path: string): URL {
    const url = new URL(origin + path);
    url.hash = "";
    try {
      url.pathname = canonicalPath(url.pathname);
    } catch (error) {
      if (!(error instanceof RouteError)) throw error;
      return new URL(`${origin}/`);
    }
    return url;
  }

  /**
   * Reads all routes now.
   *
   * @throws {RouteError} When a pattern cannot be read, or two match the same paths.
   */
  check(): void {
    this.#build();
  }

  #build(): Built {
    if (this.#built === null) this.#checkBelow();
    return this.#built ??= build({
      ...this.table,
      table: this.#table,
      middleware: this.#middleware,
      gone: this.#gone,
    });
  }

  /** A guard that guards nothing is a mistake that nobody would notice. */
  #checkBelow(): void {
    const routes = [...this.#pages, ...this.#apis];
    const idle = this.#below.find(({ pattern, level }) =>
      level.middleware !== undefined && !routes.some((route) => isBelow(route.pattern, pattern))
    );
    if (idle === undefined) return;
    throw new VangoError(
      "options",
      `Cannot use the middleware of ${idle.pattern}: nothing is there that was added by a call`,
      {
        hint: "Put it into a _middleware file of the folder, or look for a typing error in the path.",
      },
    );
  }

  /** A route that was added by a call, with what was added for its path and those above. */
  #leveled<T extends PageRoute | ApiRoute>(route: T): T {
    const around = this.#below.filter(({ pattern }) => isBelow(route.pattern, pattern));
    around.sort((a, b) => a.pattern.length - b.pattern.length);
    return { ...route, levels: around.map(({ level }) => level) };
  }
}

/** Routes, made ready to be found. */
interface Built {
  readonly pages: number;
  readonly apis: number;
  readonly live: boolean;
  /** The one page of an application that has no other route. */
  readonly single: PageMatch | null;
  /** Stands where nothing else does. */
  readonly gone: PageMatch;
  find(path: string): Found | null;
  notFound(path: string): PageMatch | null;
}

function build(of: {
  table: RouteTable;
  pages: readonly PageRoute[];
  apis: readonly ApiRoute[];
  middleware: readonly Middleware<Ctx, unknown>[];
  gone: PageRoute["page"];
}): Built {
  const { table, pages, apis, middleware } = of;
  const guardOf = (levels: readonly RouteLevel[]) => {
    const list = [...middleware, ...levels.flatMap((level) => level.middleware ?? [])];
    return list.length === 0 ? null : compose<Ctx, unknown>(list);
  };
  const placeOf = (route: PageRoute | NotFoundRoute, status: 200 | 404): Place => {
    const { pattern, page, levels } = route;
    const lost = status === 404 ? null : lostFor(table.notFound, pattern);
    return { pattern, page, levels, lost, status, guard: guardOf(levels) };
  };
  const places = new Map<PageRoute | NotFoundRoute, Place>(pages.map((page) => [page, placeOf(page, 200)]));
  const guards = new Map(apis.map((api) => [api, guardOf(api.levels)]));
  // A match without params is the same object each time: sessions share it.
  const plain = new Map<Place, PageMatch>();
  const matchOf = (place: Place, params: Params): PageMatch => {
    if (!isPlain(params)) return { place, params };
    let match = plain.get(place);
    if (match === undefined) plain.set(place, match = { place, params: NO_PARAMS });
    return match;
  };
  const seen = new Map<string, PageRoute | ApiRoute>();
  for (const route of [...pages, ...apis]) {
    const shape = shapeOf(parsePattern(route.pattern));
    const other = seen.get(shape);
    if (other !== undefined) throw duplicate(other, route);
    seen.set(shape, route);
  }
  // Generated code knows the table alone.
  const whole = pages.length === table.pages.length && apis.length === table.apis.length;
  const search = whole && table.find !== undefined
    ? table.find
    : createMatcher([...seen.values()].map((route) => [route.pattern, route]));
  const lost = table.notFound.map((route) => ({ ...parts(route.pattern), place: placeOf(route, 404) }));
  lost.sort((a, b) => b.depth - a.depth);
  const gone: Place = {
    pattern: "/*path",
    page: of.gone,
    levels: [],
    lost: null,
    status: 404,
    guard: guardOf([]),
  };
  const single = pages.length === 1 && apis.length === 0 && pages[0].pattern === "/" && lost.length === 0 &&
    pages[0].levels.length === 0;
  return {
    pages: pages.length,
    apis: apis.length,
    live: pages.length > 0 && !single,
    single: single ? matchOf(places.get(pages[0])!, NO_PARAMS) : null,
    gone: matchOf(gone, NO_PARAMS),
    find(path) {
      const found = search(path);
      if (found === null) return null;
      const { value, params } = found;
      const place = places.get(value as PageRoute);
      if (place !== undefined) return { page: matchOf(place, params) };
      const route = value as ApiRoute;
      return { api: { route, params, guard: guards.get(route) ?? null } };
    },
    notFound(path) {
      for (const { match, place } of lost) {
        const params = match(path);
        if (params !== null) return matchOf(place, params);
      }
      return null;
    },
  };
}

/** Whether all paths of a route are at a pattern or below it. Params are called as one likes: `/users/:id:int` is at `/users/:user`. */
function isBelow(route: string, pattern: string): boolean {
  const { segments } = parsePattern(route);
  return parsePattern(pattern).segments.every((wanted, i, { length }) => {
    const segment = segments[i];
    if (segment === undefined) return false;
    if (wanted.kind === "rest") return true;
    if (segment.kind === "rest") {
      return wanted.kind === "param" && wanted.type === "string" && i === length - 1;
    }
    if (wanted.kind === "static") return segment.kind === "static" && segment.text === wanted.text;
    return segment.kind === "param" && (wanted.type === "string" || wanted.type === segment.type);
  });
}

/** What stands for nothing in the nearest folder above a pattern. */
function lostFor(notFound: readonly NotFoundRoute[], pattern: string): NotFoundRoute["page"] | null {
  const above = notFound.filter((route) =>
    route.pattern === "/" || pattern === route.pattern || pattern.startsWith(`${route.pattern}/`)
  );
  return above.sort((a, b) => b.pattern.length - a.pattern.length)[0]?.page ?? null;
}

/** Whether a path is a folder's or below it, and the folder's params then. */
function parts(pattern: string): { depth: number; match: (path: string) => Params | null } {
  const find = createMatcher([[pattern, null], [pattern === "/" ? "/*_" : `${pattern}/*_`, null]]);
  return {
    depth: parsePattern(pattern).segments.length,
    match(path) {
      const found = find(path);
      if (found === null) return null;
      const { _: _rest, ...params } = found.params;
      return params;
    },
  };
}

function duplicate(a: PageRoute | ApiRoute, b: PageRoute | ApiRoute): VangoError {
  const name = ({ file, pattern }: PageRoute | ApiRoute) => file ?? `the route ${pattern} of the application`;
  return new VangoError(
    "duplicate-route",
    `Cannot use ${name(b)}: ${name(a)} has the same paths (${a.pattern})`,
    {
      hint: "Rename or remove one of them.",
    },
  );
}
