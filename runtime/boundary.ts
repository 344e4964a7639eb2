/**
 * Error boundaries: what throws costs the boundary around it, never its siblings nor the session.
 *
 * @module
 */
import { getOwner, Signal } from "../core/mod.ts";
import type { Child } from "../vdom/node.ts";
import { type Component, component } from "./component.ts";
import type { BoundaryState } from "./errors.ts";
import type { Instance } from "./instance.ts";

/** Props of {@linkcode ErrorBoundary}. */
export interface ErrorBoundaryProps {
  /** What is shown instead of what failed: gets the error, and a function that makes the content anew. */
  fallback: (error: unknown, reset: () => void) => Child;
  /** What is guarded. */
  children?: readonly Child[] | Child;
}

/** What a boundary keeps. */
class Failure implements BoundaryState {
  shown = false;
  /** What it shows its fallback for; null while it shows its content. */
  readonly error: Signal<{ error: unknown } | null> = new Signal<{ error: unknown } | null>(null);
  fail(error: unknown): void {
    if (this.error.peek() === null) this.error.value = { error };
  }
}

/**
 * Shows `fallback` instead of its children when a setup, view, effect or event handler below it throws. State below it is lost,
 * state beside it is not.
 *
 * ```ts
 * import { ErrorBoundary } from "@vango/core";
 * import { button, p } from "@vango/core/elements";
 *
 * ErrorBoundary(
 *   { fallback: (_error, reset) => p("This part failed. ", button({ onClick: reset }, "Try again")) },
 *   p("content"),
 * );
 * ```
 */
export const ErrorBoundary: Component<ErrorBoundaryProps> = component<ErrorBoundaryProps>((props) => {
  const self = getOwner() as Instance;
  const state = new Failure();
  self.boundary = state;
  const reset = () => void (state.error.value = null);
  return () => {
    const failure = state.error.value;
    state.shown = failure !== null;
    return (failure === null ? props.children as Child : props.fallback(failure.error, reset)) ?? null;
  };
}, { name: "ErrorBoundary" });
