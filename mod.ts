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
// State.
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
  ArrayHelpers,
  BooleanHelpers,
  ComputedOptions,
  Context,
  EffectFn,
  EffectOptions,
  Equals,
  FetchContext,
  Fetcher,
  HelpersOf,
  MapHelpers,
  MutableSignal,
  NotRecord,
  NumberHelpers,
  OptionalKeys,
  ReadonlySignal,
  RecordHelpers,
  Resource,
  ResourceOptions,
  ResourceState,
  SetHelpers,
  SignalOptions,
  StringHelpers,
  WritableSignal,
} from "./core/mod.ts";

// Components and what they render.
export { component } from "./runtime/component.ts";
export type { Component, ComponentOptions, ComponentProps, Setup, View } from "./runtime/component.ts";
export { ErrorBoundary, type ErrorBoundaryProps } from "./runtime/boundary.ts";
export {
  each,
  Fragment,
  Handler,
  match,
  on,
  raw,
  text,
  trustHtml,
  unless,
  when,
  withKey,
} from "./vdom/helpers.ts";
export type { Falsy, FragmentProps, OnOptions, Optimistic, TextPart, TrustedHtml } from "./vdom/helpers.ts";
export type { HandlerOptions } from "./vdom/attrs.ts";
export { createRef, ElementRef, type RefHost } from "./vdom/ref.ts";
export type { Child, ComponentType, Key, Props, SignalLike, TextLike, VNode } from "./vdom/node.ts";

// The server.
export { type App, type AppOptions, createApp, type ServeOptions } from "./server/app.ts";
export {
  Ctx,
  type CtxHost,
  type NavigateOptions,
  type Phase,
  type SessionInfo,
  useCtx,
} from "./server/ctx.ts";
export { VangoError, type VangoErrorOptions } from "./server/errors.ts";
export { createLogger, type Logger, type LoggerOptions } from "./server/log.ts";
export { memoryStore, type MemoryStoreOptions, type SessionStore } from "./server/store.ts";
export type { Clock, Stop } from "./server/clock.ts";
export type { CspOptions } from "./server/csp.ts";
export type { PageFallback } from "./server/engine.ts";
export type { HoldLimits, LimitOptions, Limits } from "./server/limits.ts";
export type { LogFields, LogLevel, LogRecord, LogSink } from "./server/log.ts";
export type { MemoryOptions, MemorySample } from "./server/memory.ts";
export type { ErrorCategory, MetricFields, MetricsSnapshot, Quantiles } from "./server/metrics.ts";
export type { Middleware } from "./server/middleware.ts";
