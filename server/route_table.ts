/**
 * What routes are to the server: pages with the layouts, boundaries and middleware around them, APIs, and what is shown for
 * paths that have no page.
 *
 * @module
 */
import type { ParamsOf, ParamValue, RouteMatch } from "../router/mod.ts";
import type { Component } from "../runtime/component.ts";
import type { Child } from "../vdom/node.ts";
import type { Ctx } from "./ctx.ts";
import type { Middleware } from "./middleware.ts";

/** The params of a path, by name. */
export type Params = Readonly<Record<string, ParamValue>>;

/** What a page gets: `component<PageProps<"/projects/:id:int">>((props) => …)`. */
export interface PageProps<P extends string = string> {
  /** The params of its path. Another value of a param makes the page anew; another query does not. */
  readonly params: ParamsOf<P>;
}

/** What a layout gets. Its instance and its DOM stay while the pages inside of it change. */
export interface LayoutProps {
  /** The params of the page's path. */
  readonly params: Params;
  /** The page, or the next layout. */
  readonly children?: Child;
}

/** What an error page gets. */
export interface ErrorPageProps {
  /** What was thrown. */
  readonly error: unknown;
  /** Its HTTP status: 500 unless it is an HttpError. */
  readonly status: number;
  /** Makes the page anew. */
  readonly reset: () => void;
}

/** What a folder of routes puts around the pages below it. */
export interface RouteLevel {
  /** The folder below routes/, groups included; "" for routes/ itself. */
  readonly folder: string;
  /** Stands around the pages. */
  readonly layout?: Component<LayoutProps>;
  /** Is shown inside the layout, instead of a page that failed. */
  readonly error?: Component<ErrorPageProps>;
  /** Runs around page, mount, navigation and event of the pages, and around the APIs. */
  readonly middleware?: readonly Middleware<Ctx, unknown>[];
}

/** A page. */
export interface PageRoute {
  /** The pattern of its path. */
  readonly pattern: string;
  /** The file that it comes from, for messages. */
  readonly file?: string;
  /** The page. */
  // deno-lint-ignore no-explicit-any -- each page has the params of its own pattern
  readonly page: Component<any>;
  /** What stands around it, outermost first. */
  readonly levels: readonly RouteLevel[];
}

/** An API: a handler for each method. */
export interface ApiRoute {
  /** The pattern of its path. */
  readonly pattern: string;
  /** The file that it comes from, for messages. */
  readonly file?: string;
  /** By method, in capitals. */
  readonly methods: Readonly<Record<string, unknown>>;
  /** Whose middleware runs around it, outermost first. */
  readonly levels: readonly RouteLevel[];
}

/** What is shown for the paths below a folder that have no page. */
export interface NotFoundRoute {
  /** The pattern of the folder. */
  readonly pattern: string;
  /** The file that it comes from, for messages. */
  readonly file?: string;
  /** The page; its params are those of the folder's pattern. */
  // deno-lint-ignore no-explicit-any -- each page has the params of its own pattern
  readonly page: Component<any>;
  /** What stands around it, outermost first. */
  readonly levels: readonly RouteLevel[];
}

/** All routes of an application. */
export interface RouteTable {
  /** The pages. */
  readonly pages: readonly PageRoute[];
  /** The APIs. */
  readonly apis: readonly ApiRoute[];
  /** For paths that have no page. */
  readonly notFound: readonly NotFoundRoute[];
  /** Finds a page or an API by a canonical path, as generated code. Default: a tree made of the patterns. */
  readonly find?: (path: string) => RouteMatch<PageRoute | ApiRoute> | null;
}
