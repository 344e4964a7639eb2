/**
 * Effects: functions that run again when what they read has changed.
 *
 * In a component an effect is a task of its session: made in setup, first run after the first commit, run again by the
 * session's flush. A change only queues it, once until it runs. Outside a session it runs at once and on every change.
 *
 *     mark ──► queued? ──no──► scope.effect(task) ──► … flush … ──► task.run(): cleanups, then the function, tracked
 *
 * What an effect makes while it runs (cleanups, inner effects) belongs to that run, and goes with it.
 *
 * @module
 */

import { coded } from "./coded.ts";
import { untracked } from "@preact/signals-core";
import { ambient } from "./_ambient.ts";
import { type Owned, type Owner, runCleanups, whenRejected } from "./owner.ts";
import { Reaction } from "./reaction.ts";

/** What an effect may be: a function that may return a cleanup. */
export type EffectFn = () => void | (() => void);

/** Options of {@linkcode effect}. */
export interface EffectOptions {
  /** The name in messages. */
  name?: string;
}

/** One effect or mount callback; `scope.effect` is given it whenever it must run. */
export class EffectTask implements Owned {
  /** The owner that it dies with, or null. */
  readonly owner: Owner | null;
  /** Where its errors belong: an effect runs again on change, a mount callback runs once and untracked. */
  readonly kind: "effect" | "mount";
  /** The name in messages. */
  readonly name: string;
  /** Whether it runs also while no client is there (first rendering, posted form): what the page shows hangs on it. */
  readonly early: boolean;
  #fn: EffectFn | undefined;
  #reaction: Reaction | undefined;
  #cleanups: (() => void)[] | undefined = undefined;
  #queued = false;

  /** Makes a task that has not run and is not queued. */
  constructor(
    owner: Owner | null,
    fn: EffectFn,
    kind: "effect" | "mount" = "effect",
    { name = "(unnamed)", early = false }: { name?: string; early?: boolean } = {},
  ) {
    this.owner = owner;
    this.kind = kind;
    this.name = name;
    this.early = early;
    this.#fn = fn;
    this.#reaction = kind === "effect" ? new Reaction(this) : undefined;
  }

  /** Whether it will never run again. */
  get disposed(): boolean {
    return this.#fn === undefined;
  }

  /** Asks the scope to run it, unless it was asked already and has not run since. Without a scope, runs it. */
  schedule(): void {
    if (this.#fn === undefined || this.#queued) return;
    const scope = this.owner?.scope ?? null;
    if (scope === null) return this.run();
    this.#queued = true;
    scope.effect(this);
  }

  /** What it read has changed. */
  mark(): void {
    this.schedule();
  }

  /**
   * Runs the cleanups of the previous run, then the function. Does nothing once disposed of.
   *
   * @throws What the function throws. It stays subscribed to what it read until then. What a cleanup throws goes to the
   * scope and does not stop the run.
   */
  run(): void {
    const fn = this.#fn;
    if (fn === undefined) return;
    this.#queued = false;
    this.#clean();
    const { owner, sink, setup } = ambient;
    ambient.owner = this.owner;
    ambient.sink = this;
    ambient.setup = false;
    const body = (): void => {
      const result: unknown = fn();
      if (typeof result === "function") this.addCleanup(result as () => void);
      else if (this.owner?.scope) whenRejected(result, (error) => this.#report(error));
    };
    try {
      if (this.#reaction === undefined) untracked(body);
      else this.#reaction.track(body);
    } finally {
      ambient.owner = owner;
      ambient.sink = sink;
      ambient.setup = setup;
    }
  }

  #report(error: unknown): void {
    this.owner?.scope?.report(error, this.owner, this.kind);
  }

  /** Adds a function that runs before the next run, or on dispose; at once when disposed of already. */
  addCleanup(fn: () => void): void {
    if (this.#fn === undefined) runCleanups([fn], this.owner);
    else (this.#cleanups ??= []).push(fn);
  }

  /** Stops following, runs the cleanups and leaves the owner. A second call does nothing. */
  dispose(): void {
    if (this.#fn === undefined) return;
    this.#fn = undefined;
    this.#reaction?.dispose();
    this.owner?.disown(this);
    this.#clean();
  }

  /** Runs and forgets the cleanups. */
  #clean(): void {
    const cleanups = this.#cleanups;
    if (cleanups === undefined) return;
    this.#cleanups = undefined;
    runCleanups(cleanups, this.owner);
  }
}

/** Gives a new task to the effect that runs, or else to the current owner. False when there is no life to tie it to. */
function adopt(task: EffectTask): void {
  const { sink } = ambient;
  if (sink !== null) sink.addCleanup(() => task.dispose());
  else task.owner?.own(task);
}

/**
 * Runs a function now or after the commit, and again whenever a signal that it read has changed. In a component it runs
 * in the session's flush and dies with the component; elsewhere it runs at once and until the returned function is
 * called. The function may return a cleanup, which runs before the next run and at the end.
 *
 * @returns A function that ends it.
 * @throws What the function throws in its first run, outside a session; it is disposed of then.
 *
 * @example
 * ```ts
 * import { effect, signal } from "@vango/core";
 *
 * const name = signal("Ada");
 * const stop = effect(() => console.log(name.value)); // Ada
 * name.value = "Grace"; // Grace
 * stop();
 * ```
 */
export function effect(fn: EffectFn, options?: EffectOptions): () => void {
  return start(new EffectTask(ambient.owner, fn, "effect", options));
}

/** As {@linkcode effect}, for what the page shows: it runs also while no client is there. Not for applications. */
export function follow(fn: EffectFn): () => void {
  return start(new EffectTask(ambient.owner, fn, "effect", { early: true }));
}

/**
 * Runs a function once, untracked, after the component's first commit. It may return a cleanup, which runs when the
 * component goes.
 *
 * @throws {Error} When no component is being set up.
 */
export function onMount(fn: EffectFn): void {
  if (ambient.owner === null) {
    throw coded(
      "E001",
      new Error("Cannot use onMount() outside a component: call it in the component's setup"),
    );
  }
  start(new EffectTask(ambient.owner, fn, "mount"));
}

/**
 * Runs a function when the component goes; in an effect, before that effect's next run or at its end.
 *
 * @throws {Error} When neither a component nor an effect is current.
 */
export function onCleanup(fn: () => void): void {
  const { owner, sink } = ambient;
  if (sink !== null) sink.addCleanup(fn);
  else if (owner !== null) owner.onCleanup(fn);
  else {
    throw coded(
      "E001",
      new Error(
        "Cannot use onCleanup() outside a component: call it in a component's setup or in an effect, " +
          "or keep the owner with getOwner() and call owner.onCleanup()",
      ),
    );
  }
}

/** Ties a task to what is current and runs or queues it. */
function start(task: EffectTask): () => void {
  if (task.owner?.disposed) {
    task.dispose();
    return () => {};
  }
  adopt(task);
  try {
    task.schedule();
  } catch (error) {
    task.dispose();
    throw error;
  }
  return () => task.dispose();
}
