/**
 * The view of an application with routes: the page of the present path, in its layouts and error boundaries.
 *
 *     routes ─► layout of "" ─► boundary of "" ─► layout of "blog" ─► page
 *
 * A navigation changes what the context says the page is; this view then runs again, and the differ keeps what both pages have:
 * a layout is the same component at the same place, so its instance, its state and its DOM stay.
 *
 * @module
 */
import { ErrorBoundary } from "../runtime/boundary.ts";
import { type Component, component } from "../runtime/component.ts";
import type { VNode } from "../vdom/node.ts";
import { type Ctx, useCtx } from "./ctx.ts";
import type { PageFallback } from "./engine.ts";
import { statusOf } from "./http_error.ts";
import type { ErrorPageProps, RouteLevel } from "./route_table.ts";
import type { PageMatch } from "./router.ts";

/** The node of a session's page. An application with one page has that alone; its state is then found at the same paths. */
export function pageOf(ctx: Ctx, live: boolean): VNode {
  return live ? RouteView() : ctx.match!.place.page({});
}

const RouteView: Component<Record<never, never>> = component(() => {
  const ctx = useCtx();
  const matched = ctx.matched();
  return () => viewOf(ctx, matched.value!);
}, { name: "routes" });

function viewOf(ctx: Ctx, match: PageMatch): VNode {
  const { place, params } = match;
  let node: VNode = place.page({ params, key: keyOf(match) });
  const { lost } = place;
  if (lost !== null) {
    const fallback = () => {
      tellStatus(ctx, 404);
      return lost({ params });
    };
    node = ErrorBoundary({ fallback, catches: (error) => statusOf(error) === 404, resetKey: match }, node);
  }
  for (const { layout, error } of place.levels.toReversed()) {
    if (error !== undefined) node = boundary(ctx, error, match, node);
    if (layout !== undefined) node = layout({ params }, node);
  }
  return node;
}

/** An error page instead of what it stands around; the next page is tried anew. */
function boundary(ctx: Ctx, page: NonNullable<RouteLevel["error"]>, match: PageMatch, node: VNode): VNode {
  const fallback = (error: unknown, reset: () => void) => {
    const status = statusOf(error);
    tellStatus(ctx, status);
    return page({ error, status, reset: resetOf(ctx, reset) } satisfies ErrorPageProps);
  };
  return ErrorBoundary({ fallback, resetKey: match }, node);
}

/** What is shown when no page of the application takes an error. Its status is the answer's all the same. */
export function lastResort(ctx: Ctx, fallback: PageFallback): PageFallback {
  return (error, reset) => {
    setStatus(ctx, statusOf(error));
    return fallback(error, resetOf(ctx, reset));
  };
}

/** Notes that the page failed. */
function tellStatus(ctx: Ctx, status: number): void {
  ctx.failed = true;
  setStatus(ctx, status);
}

/** Sets the status where the page is on its way to the browser: an answer has one. */
function setStatus(ctx: Ctx, status: number): void {
  if (ctx.phase === "page" || ctx.phase === "post") ctx.status = status;
}

/** Makes the page anew; it may be well by now. */
function resetOf(ctx: Ctx, reset: () => void): () => void {
  return () => {
    setStatus(ctx, ctx.match?.place.status ?? 200);
    reset();
  };
}

/** What is another page: another pattern, or other params. Another query is the same page. */
function keyOf({ place, params }: PageMatch): string {
  const values = Object.values(params);
  return values.length === 0 ? place.pattern : `${place.pattern} ${JSON.stringify(values)}`;
}
