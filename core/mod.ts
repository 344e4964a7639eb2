/**
 * The core of Vango: what changes, who follows it, who owns it, and how it is saved.
 *
 * Signals are those of `@preact/signals-core`; around them come owners (lifetimes that mirror the component tree),
 * effects that run in the flush of a session, contexts, resources, and the encoding of state. Nothing here knows of
 * nodes, bytes on a wire or servers; it runs in browsers too.
 *
 * @example
 * ```ts
 * import { computed, effect, signal } from "@vango/core";
 *
 * const count = signal(1, { name: "count" });
 * const double = computed(() => count.value * 2);
 * const stop = effect(() => console.log(double.value)); // 2
 * count.inc(); // 4
 * stop();
 * ```
 *
 * @module
 */

export { batch, Computed, Signal, signal } from "./signal.ts";
export type { ReadonlySignal, SignalOptions } from "./signal.ts";
export type { Equals } from "./_state.ts";
export type {
  ArrayHelpers,
  BooleanHelpers,
  HelpersOf,
  MapHelpers,
  MutableSignal,
  NotRecord,
  NumberHelpers,
  OptionalKeys,
  RecordHelpers,
  SetHelpers,
  StringHelpers,
  WritableSignal,
} from "./helpers.ts";
export { computed, CycleError } from "./computed.ts";
export type { ComputedOptions } from "./computed.ts";
export { Reaction } from "./reaction.ts";
export type { Marked, ReactionConstructor } from "./reaction.ts";
export { getOwner, Owner, runWithOwner, whenRejected } from "./owner.ts";
export type { Owned, ReportKind, Scope, SnapshotSource } from "./owner.ts";
export { effect, EffectTask, follow, onCleanup, onMount } from "./effect.ts";
export type { EffectFn, EffectOptions } from "./effect.ts";
export { EffectLoopError, recentWrites, traceWrites } from "./trace.ts";
export type { WriteTrace } from "./trace.ts";
export { createContext, provide, useContext } from "./context.ts";
export type { Context } from "./context.ts";
export { decodeState, encodeState, StateError } from "./codec.ts";
export { resource } from "./resource.ts";
export type { FetchContext, Fetcher, Resource, ResourceOptions, ResourceState } from "./resource.ts";
export { isTracking, isUntracked, untracked } from "./tracking.ts";
