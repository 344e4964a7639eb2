/**
 * Error boundaries: what throws costs the boundary around it, never its siblings nor the session.
 *
 * @module
 */
import { getOwner, Signal, untracked } from "../core/mod.ts";
import type { Child } from "../vdom/node.ts";
import { type Component, component } from "./component.ts";
import type { BoundaryState } from "./errors.ts";
import type { Instance } from "./instance.ts";

/** Props of {@linkcode ErrorBoundary}. */
export interface ErrorBoundaryProps {
  /** What is shown instead of what failed: gets the error, and a function that makes the content anew. */
  fallback: (error: unknown, reset: () => void) => Child;
  /** Which errors it takes; the others go to the next boundary. Default: all. */
  catches?: (error: unknown) => boolean;
  /** Another value (by Object.is) while the fallback is shown makes the content anew. */
  resetKey?: unknown;
  /** What is guarded. */
  children?: readonly Child[] | Child;
}

/** What a boundary keeps. */
class Failure implements BoundaryState {
  shown = false;
  /** The reset key with which it failed. */
  at: unknown;
  readonly #props: ErrorBoundaryProps;
  /** What it shows its fallback for; null while it shows its content. */
  readonly error: Signal<{ error: unknown } | null> = new Signal<{ error: unknown } | null>(null);
  constructor(props: ErrorBoundaryProps) {
    this.#props = props;
  }
  admits(error: unknown): boolean {
    return untracked(() => this.#props.catches)?.(error) ?? true;
  }
  fail(error: unknown): void {
    if (this.error.peek() !== null) return;
    this.at = untracked(() => this.#props.resetKey);
    this.error.value = { error };
  }
  reset(): void {
    this.error.value = null;
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
  const state = new Failure(props);
  self.boundary = state;
  const reset = () => state.reset();
  return () => {
    let failure = state.error.value;
    if (failure !== null && !Object.is(state.at, props.resetKey)) {
      failure = null;
      reset();
    }
    state.shown = failure !== null;
    return (failure === null ? props.children as Child : props.fallback(failure.error, reset)) ?? null;
  };
}, { name: "ErrorBoundary" });
