/**
 * Resources: data that is fetched in setup, once.
 *
 *            fetch            ok               refetch, or the source changed
 *     (made) ─────► pending ─────► ready ────────────────────────► refreshing ─► ready | error
 *                      └─ fails ─► error ─ refetch ─► pending, or refreshing where there is a value
 *
 * Only the newest fetch counts: an older one is aborted and its result is dropped. The first render waits for the first
 * fetch through the scope. The value is part of the component's snapshot, and a restored resource does not fetch.
 *
 * @module
 */

import { coded } from "./coded.ts";
import { batch, untracked } from "@preact/signals-core";
import { ambient } from "./_ambient.ts";
import { restored } from "./_restore.ts";
import { StateSignal } from "./_state.ts";
import { EffectTask } from "./effect.ts";
import { NOTHING, type Owner, runWithOwner, type SnapshotSource } from "./owner.ts";

/** Where a resource stands: see the module's text. */
export type ResourceState = "pending" | "ready" | "error" | "refreshing";

/** What a fetcher is given. */
export interface FetchContext<S> {
  /** Aborted when the result is not wanted any more. */
  signal: AbortSignal;
  /** What the resource's `source` returned; undefined where it has none. */
  source: S;
}

/** Makes or fetches a value. */
export type Fetcher<T, S> = (context: FetchContext<S>) => Promise<T> | T;

/** Options of {@linkcode resource}. */
export interface ResourceOptions<T, S> {
  /** The name in messages, and the key in snapshots where there is no `key`. */
  name?: string;
  /** The key in snapshots, unique in its component. */
  key?: string;
  /** The value until the first fetch is done; the state is "refreshing" then. */
  initial?: T;
  /** Whether snapshots leave it out, so that it is fetched again after a restore; false by default. */
  transient?: boolean;
  /** Read tracked: when a signal that it read changes, the resource fetches again. */
  source?: () => S;
}

/** Data that is, or is being, fetched. Its getters subscribe, each to its own changes. */
export interface Resource<T> {
  /** Where it stands. */
  readonly state: ResourceState;
  /** The latest value, kept while refreshing and after a failed refresh; undefined before the first. */
  readonly value: T | undefined;
  /** What the latest fetch failed with; undefined in every state but "error". */
  readonly error: unknown;
  /**
   * Fetches again and drops a fetch under way. Resolves when the newest fetch has settled, never rejects. Does nothing
   * once its component is gone.
   */
  refetch(): Promise<void>;
  /** Sets the value by hand and drops a fetch under way. Does nothing once its component is gone. */
  mutate(value: T): void;
  /**
   * The value, subscribed.
   *
   * @throws The error, in state "error". {Error} In state "pending".
   */
  read(): T;
}

/**
 * Makes a resource and starts to fetch at once. To be called in a component's setup. A fetcher that returns a value
 * rather than a promise makes it ready at once; one that fails puts its error into `error` and reports it once.
 *
 * @throws {Error} Outside a component, or when its key is taken.
 *
 * @example
 * ```ts
 * import { component, resource } from "@vango/core";
 * import { p } from "@vango/core/elements";
 *
 * export const Greeting = component(() => {
 *   const text = resource(() => Promise.resolve("hello"));
 *   return () => p(text.value ?? "…");
 * });
 * ```
 */
export function resource<T, S = undefined>(
  fetcher: Fetcher<T, S>,
  options: ResourceOptions<T, S> = {},
): Resource<T> {
  const { owner } = ambient;
  if (owner === null) {
    throw coded(
      "E001",
      new Error("Cannot make a resource outside a component: call resource() in the component's setup"),
    );
  }
  return new LiveResource(owner, fetcher, options);
}

class LiveResource<T, S> implements Resource<T>, SnapshotSource {
  readonly #owner: Owner;
  readonly #fetcher: Fetcher<T, S>;
  readonly #label: string;
  readonly #state: StateSignal<ResourceState>;
  readonly #value: StateSignal<T | undefined>;
  readonly #error: StateSignal<unknown>;
  #hasValue: boolean;
  #source: S = undefined as S;
  /** Of the fetch under way. */
  #abort: AbortController | undefined = undefined;
  /** Resolves when no fetch is under way; made with the first fetch and shared by those that supersede it. */
  #settled: { promise: Promise<void>; resolve: () => void } | undefined = undefined;

  constructor(owner: Owner, fetcher: Fetcher<T, S>, options: ResourceOptions<T, S>) {
    const { initial, name, source } = options;
    this.#owner = owner;
    this.#fetcher = fetcher;
    this.#label = name ?? options.key ?? "(unnamed)";
    let found: { value: unknown } | undefined;
    if (ambient.setup && !owner.disposed && !options.transient) {
      found = restored(owner, owner.claim(options.key, name), initial);
      owner.attach(this);
    }
    this.#hasValue = found !== undefined || initial !== undefined;
    this.#state = new StateSignal<ResourceState>(found ? "ready" : this.#busy());
    this.#value = new StateSignal<T | undefined>(found ? found.value as T : initial);
    this.#error = new StateSignal<unknown>(undefined);
    if (owner.disposed) return;
    owner.onCleanup(() => this.#stop());

    if (source === undefined) {
      if (found === undefined) this.#fetch();
    } else {
      // The first run is here and not in the flush, so that the first fetch starts in setup and a change of the source
      // between setup and the first flush is not missed.
      let skip = found !== undefined;
      const follow = new EffectTask(
        owner,
        () => {
          let failure: { error: unknown } | undefined;
          try {
            this.#source = source();
          } catch (error) {
            failure = { error };
          }
          untracked(() => {
            if (failure !== undefined) {
              this.#abortFetch();
              this.#fail(failure.error);
            } else if (!skip) this.#fetch();
          });
          skip = false;
        },
        "effect",
        { name, early: true },
      );
      owner.own(follow);
      follow.run();
    }
  }

  get state(): ResourceState {
    return this.#state.value;
  }

  get value(): T | undefined {
    return this.#value.value;
  }

  get error(): unknown {
    return this.#error.value;
  }

  read(): T {
    const state = this.#state.value;
    if (state === "error") throw this.#error.value;
    if (state === "pending") {
      throw coded(
        "E005",
        new Error(`Cannot read the resource ${this.#label}: it is pending; look at its state first`),
      );
    }
    return this.#value.value as T;
  }

  refetch(): Promise<void> {
    if (!this.#owner.disposed) untracked(() => this.#fetch());
    return this.#settled?.promise ?? Promise.resolve();
  }

  mutate(value: T): void {
    if (this.#owner.disposed) return;
    this.#abortFetch();
    this.#succeed(value);
  }

  /** Starts a fetch in place of the one under way. */
  #fetch(): void {
    this.#abortFetch();
    const abort = this.#abort = new AbortController();
    let result: Promise<T> | T;
    try {
      result = runWithOwner(
        this.#owner,
        () => this.#fetcher({ signal: abort.signal, source: this.#source }),
      );
    } catch (error) {
      if (this.#abort === abort) this.#fail(error);
      return;
    }
    if (this.#abort !== abort) return; // the fetcher itself called mutate() or refetch()
    if (!isThenable(result)) return this.#succeed(result);
    if (this.#settled === undefined) {
      this.#settled = deferred();
      this.#owner.scope?.wait(this.#settled.promise);
    }
    batch(() => {
      this.#state.value = this.#busy();
      this.#error.value = undefined;
    });
    Promise.resolve(result).then(
      (value) => {
        if (this.#abort === abort) this.#succeed(value);
      },
      (error) => {
        if (this.#abort === abort) this.#fail(error);
      },
    ).catch((error) => { // thrown by an effect outside any session that follows this resource
      const { scope } = this.#owner;
      if (scope === null) throw error;
      scope.report(error, this.#owner, "effect");
    });
  }

  #succeed(value: T): void {
    this.#hasValue = true;
    this.#settle("ready", value, undefined);
  }

  #fail(error: unknown): void {
    this.#settle("error", this.#value.peek(), error);
    this.#owner.scope?.report(error, this.#owner, "resource");
  }

  /** Ends the fetch under way. */
  #settle(state: ResourceState, value: T | undefined, error: unknown): void {
    this.#abort = undefined;
    const settled = this.#settled;
    this.#settled = undefined;
    try {
      batch(() => {
        this.#state.value = state;
        this.#value.value = value;
        this.#error.value = error;
      });
    } finally {
      settled?.resolve();
    }
  }

  #abortFetch(): void {
    const abort = this.#abort;
    this.#abort = undefined;
    abort?.abort(
      new DOMException(`The resource ${this.#label} does not need this fetch any more`, "AbortError"),
    );
  }

  /** With the component's end: nothing settles any more, and nobody is left waiting. */
  #stop(): void {
    this.#abortFetch();
    this.#settled?.resolve();
    this.#settled = undefined;
  }

  #busy(): ResourceState {
    return this.#hasValue ? "refreshing" : "pending";
  }

  /** The value for a snapshot: of a settled fetch, not one that failed or the mere initial value. */
  peek(): unknown {
    return this.#state.peek() === "ready" ? this.#value.peek() : NOTHING;
  }

  /** Its fetcher, and how to have it fetch. */
  get made(): { by: unknown; again(): void } {
    return { by: this.#fetcher, again: () => void this.refetch() };
  }
}

function isThenable<T>(value: Promise<T> | T): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => resolve = done);
  return { promise, resolve };
}
