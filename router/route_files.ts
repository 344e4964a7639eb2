/**
 * All files below routes/ at once: what each is, and whether they go together.
 *
 * @module
 */
import { RouteError } from "./error.ts";
import { type RouteFile, type RouteFileKind, routeOfFile } from "./files.ts";
import { parsePattern, shapeOf } from "./pattern.ts";
import { addRoute, createTree, type RouteNode } from "./tree.ts";

/** The files below routes/ that are the router's. */
export interface RouteFiles {
  /** Each of them, sorted by name. */
  readonly files: readonly RouteFile[];
  /** The pages and APIs among them, sorted by name. */
  readonly routes: readonly RouteFile[];
  /** The pages and APIs as a tree. */
  readonly tree: RouteNode<RouteFile>;
}

/**
 * Reads the names of files below routes/. What is none of the router's is left out (see {@linkcode routeOfFile}).
 *
 * @param names Paths below routes/, in any order.
 * @throws {RouteError} "invalid-pattern" when a name cannot be read, or says what means nothing (a layout in api/);
 * "duplicate-route" when two files are for the same paths, or are the same thing of one folder: the message has both.
 */
export function readRouteFiles(names: Iterable<string>): RouteFiles {
  const files = [...names].map(routeOfFile).filter((file) => file !== null).sort(byName);
  const routes = files.filter(isRoute);
  const tree = createTree<RouteFile>();
  for (const route of routes) {
    addRoute(tree, route.pattern, route, ({ file, pattern }) => `${file} (${pattern})`);
  }
  const taken = new Map<string, RouteFile>();
  for (const file of files) {
    if (isRoute(file)) continue;
    checkPlace(file);
    // A folder has one layout; a path has one page that says that there is none, whichever group it is in.
    const place = file.kind === "not-found"
      ? `not-found ${shapeOf(parsePattern(file.pattern))}`
      : `${file.kind} ${file.folders.join("/")}`;
    const other = taken.get(place);
    if (other !== undefined) {
      throw new RouteError(
        "duplicate-route",
        `Cannot use the route file ${file.file}: ${other.file} is the ${NAMES[file.kind]} of ` +
          (file.kind === "not-found" ? `${file.pattern} already` : "the same folder"),
      );
    }
    taken.set(place, file);
  }
  return { files, routes, tree };
}

/** What kinds are called in messages. */
const NAMES: Readonly<Record<RouteFileKind, string>> = {
  page: "page",
  api: "API",
  layout: "layout",
  middleware: "middleware",
  error: "error page",
  "not-found": "404 page",
};

function isRoute({ kind }: RouteFile): boolean {
  return kind === "page" || kind === "api";
}

/** By code units: the same on every machine, whatever its language. */
function byName(a: RouteFile, b: RouteFile): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}

function checkPlace({ file, kind, folders }: RouteFile): void {
  if (folders[0] !== "api" || kind === "middleware") return;
  throw new RouteError(
    "invalid-pattern",
    `Cannot use the route file ${file}: expected only APIs and _middleware below api/, got the ${
      NAMES[kind]
    } ` +
      "of a folder that has no pages",
  );
}
