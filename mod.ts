/**
 * Vango: server-driven web applications in typed TypeScript.
 *
 * Components live on the server; the browser gets HTML at once, then a client of a few kilobytes that sends events and applies
 * DOM patches over one WebSocket.
 *
 * ```ts no-eval
 * import { component, createApp, signal } from "@vango/core";
 * import { button, div, h1 } from "@vango/core/elements";
 *
 * const Counter = component(() => {
 *   const count = signal(0);
 *   return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
 * });
 *
 * createApp({ page: Counter }).serve();
 * ```
 *
 * @module
 */
export {
  batch,
  computed,
  createContext,
  effect,
  onCleanup,
  onMount,
  provide,
  resource,
  signal,
  untracked,
  useContext,
} from "./core/mod.ts";
export type {
  Context,
  ReadonlySignal,
  Resource,
  ResourceOptions,
  SignalOptions,
  WritableSignal,
} from "./core/mod.ts";
export { component } from "./runtime/component.ts";
export type { Component, ComponentOptions, ComponentProps, Setup, View } from "./runtime/component.ts";
export { ErrorBoundary, type ErrorBoundaryProps } from "./runtime/boundary.ts";
export { type App, type AppOptions, createApp, type ServeOptions } from "./server/app.ts";
export { Ctx, type NavigateOptions, useCtx } from "./server/ctx.ts";
export { VangoError } from "./server/errors.ts";
export type { LimitOptions } from "./server/limits.ts";
export { createLogger, type Logger, type LoggerOptions } from "./server/log.ts";
export type { Middleware } from "./server/middleware.ts";
export { memoryStore, type SessionStore } from "./server/store.ts";
export type { MetricsSnapshot } from "./server/metrics.ts";
export {
  each,
  Fragment,
  type FragmentProps,
  Handler,
  match,
  on,
  type OnOptions,
  type Optimistic,
  raw,
  text,
  type TrustedHtml,
  trustHtml,
  unless,
  when,
  withKey,
} from "./vdom/helpers.ts";
export { createRef, type ElementRef } from "./vdom/ref.ts";
export type { Child, Key, TextLike, VNode } from "./vdom/node.ts";
