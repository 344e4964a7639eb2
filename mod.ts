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

// Links.
export {
  Link,
  type LinkProps,
  NavLink,
  type NavLinkProps,
  type Prefetch,
  Unsaved,
  type UnsavedProps,
} from "./features/link.ts";

// Forms.
export { form } from "./features/form.ts";
export type {
  CheckFieldProps,
  FieldName,
  FieldOptions,
  FieldProps,
  FieldType,
  FieldValue,
  FileFieldProps,
  Form,
  FormOptions,
  InputFieldProps,
  MultipleFieldProps,
  SubmitHandler,
  TextFieldProps,
  TextInputType,
} from "./features/form.ts";

// Scripts of the application's own.
export { hook } from "./features/hook.ts";
export type {
  HookApi,
  HookElement,
  HookEvent,
  HookModule,
  HookOptions,
  HookProps,
  HookState,
  HookValue,
} from "./features/hook.ts";

// The server.
export { type App, type AppOptions, createApp, type PageSetup, type ServeOptions } from "./server/app.ts";
export {
  Ctx,
  type CtxHost,
  type NavigateOptions,
  type Phase,
  type SessionInfo,
  useCtx,
} from "./server/ctx.ts";
export { VangoError, type VangoErrorOptions } from "./errors/error.ts";
export { createLogger, type Logger, type LoggerOptions } from "./server/log.ts";
export { memoryStore, type MemoryStoreOptions, type SessionStore } from "./server/store.ts";
export type { Clock, Stop } from "./server/clock.ts";
export type { CspOptions } from "./server/csp.ts";
export type { PageFallback } from "./server/engine.ts";
export type { HoldLimits, LimitOptions, Limits } from "./server/limits.ts";
export type { LogFields, LogLevel, LogRecord, LogSink } from "./server/log.ts";
export type { MemoryOptions, MemorySample } from "./server/memory.ts";
export type { ErrorCategory, MetricFields, MetricsSnapshot, Quantiles } from "./server/metrics.ts";
export type { StaticOptions } from "./server/static.ts";
export type { Composed, Middleware } from "./server/middleware.ts";
export type { PageMatch, Place } from "./server/router.ts";

// Routes.
export {
  type ApiModule,
  defineRoutes,
  type ErrorModule,
  type LayoutModule,
  type MiddlewareModule,
  type NotFoundModule,
  type PageModule,
  type RoutesInit,
} from "./server/routes.ts";
export type {
  ApiRoute,
  ErrorPageProps,
  LayoutProps,
  NotFoundRoute,
  PageProps,
  PageRoute,
  Params,
  RouteLevel,
  RouteTable,
} from "./server/route_table.ts";
export {
  badRequest,
  conflict,
  forbidden,
  HttpError,
  type HttpErrorOptions,
  internal,
  notFound,
  Redirect,
  redirect,
  type RedirectStatus,
  tooMany,
  unauthorized,
  unavailable,
  unprocessable,
  validationError,
} from "./server/http_error.ts";

// Files of public/.
export { asset, integrity } from "./server/built.ts";

// APIs.
export {
  type ApiContext,
  type ApiFunction,
  type ApiHandler,
  ENDPOINT,
  type Endpoint,
  endpoint,
  type EndpointContext,
  type EndpointOptions,
  type EndpointResult,
  isEndpoint,
  type Method,
  METHODS,
  type OutputOr,
  type QueryTexts,
} from "./server/endpoint.ts";
export {
  accepted,
  type AnswerOptions,
  created,
  json,
  noContent,
  ok,
  type Page,
  paginated,
} from "./server/responses.ts";
export {
  type FieldMessages,
  isSchema,
  type SchemaInput,
  type SchemaOutput,
  type StandardIssue,
  type StandardJson,
  type StandardJsonOptions,
  type StandardProps,
  type StandardResult,
  type StandardSchema,
  validate,
  type Validated,
} from "./server/standard_schema.ts";
