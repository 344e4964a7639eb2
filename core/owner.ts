/**
 * Owners: who must be cleaned up with whom, and where the state of a component is kept.
 *
 * The owners mirror the component tree. Each has what was made while it was current: child owners, effects, cleanups,
 * provided contexts, and the signals that a snapshot saves. There are as many owners as component instances, so children
 * are linked through themselves and everything else is allocated on first use.
 *
 *     parent.#last ──► child 3 ─#before─► child 2 ─#before─► child 1
 *                              ◄─#after──         ◄─#after──
 *
 * @module
 */

import { coded } from "./coded.ts";
import { untracked } from "@preact/signals-core";
import { ambient } from "./_ambient.ts";
import type { EffectTask } from "./effect.ts";

/** The part of a component's life in which something reported happened. */
export type ReportKind = "setup" | "view" | "effect" | "cleanup" | "mount" | "restore" | "resource";

/** What core asks of the session that a component lives in. Implemented by the runtime, once per session. */
export interface Scope {
  /** Runs the task (`task.run()`) in the session's next flush, after views were committed. */
  effect(task: EffectTask): void;
  /** Lets the first render wait until the promise has settled. The promise never rejects. */
  wait(promise: Promise<unknown>): void;
  /** The value that a snapshot holds for this key of this owner; undefined when there is none. */
  restore(owner: Owner, key: string): { value: unknown } | undefined;
  /** Takes an error that must not stop its siblings: logs it, or hands it to an error boundary. */
  report(error: unknown, owner: Owner | null, what: ReportKind): void;
}

/** Something that an owner disposes of. */
export interface Owned {
  /** Frees what it holds; called once. */
  dispose(): void;
}

/** Something whose value a snapshot saves. */
export interface SnapshotSource {
  /** The value now, without subscribing; the constant NOTHING of core/owner.ts leaves it out. */
  peek(): unknown;
  /** What its value is made by, where that may be edited while it lives (development). */
  readonly made?: { readonly by: unknown; again(): void };
}

/** Returned by a {@linkcode SnapshotSource} that has no value to save at present. */
export const NOTHING: unique symbol = Symbol("nothing");

/** One node of the tree of lifetimes: see the module's text. */
export class Owner {
  /** The owner around it, or null for a root. */
  readonly parent: Owner | null;
  /** The session it lives in, by default the parent's; null outside any session. */
  readonly scope: Scope | null;
  /** The component's name, for messages. */
  name: string;
  #last: Owner | null = null;
  #before: Owner | null = null;
  #after: Owner | null = null;
  #owned: Owned[] | undefined = undefined;
  #cleanups: (() => void)[] | undefined = undefined;
  /** Pairs of key (null: its ordinal) and source, flat: owners have few, and a scan beats a Map in time and bytes. */
  #keyed: (string | SnapshotSource | null)[] | undefined = undefined;
  #contexts: Map<object, unknown> | undefined = undefined;
  #unnamed = 0;
  #disposed = false;

  /** Makes an owner as the newest child of `parent`. Under a disposed parent it is disposed from the start. */
  constructor(parent: Owner | null, scope: Scope | null = parent?.scope ?? null, name = "(unnamed)") {
    this.parent = parent;
    this.scope = scope;
    this.name = name;
    if (parent === null) return;
    if (parent.#disposed) {
      this.#disposed = true;
      return;
    }
    const last = parent.#last;
    this.#before = last;
    if (last !== null) last.#after = this;
    parent.#last = this;
  }

  /** Whether {@linkcode dispose} was called on it or on an owner around it. */
  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * Runs a component's setup with this owner as the current one, untracked. Signals made meanwhile register for
   * snapshots here. For code of later phases use {@linkcode runWithOwner}.
   */
  run<T>(fn: () => T): T {
    return enter(this, true, () => untracked(fn));
  }

  /** Runs the function when this owner is disposed of; at once if it is already. */
  onCleanup(fn: () => void): void {
    if (this.#disposed) runCleanups([fn], this);
    else if (this.#cleanups === undefined) this.#cleanups = [fn];
    else this.#cleanups.push(fn);
  }

  /**
   * Disposes of something together with this owner: before the cleanups, the newest first. On a disposed owner the thing
   * is disposed of at once.
   */
  own(item: Owned): void {
    if (this.#disposed) item.dispose();
    else if (this.#owned === undefined) this.#owned = [item];
    else this.#owned.push(item);
  }

  /** Forgets what {@linkcode own} was given; does nothing when it is not there. */
  disown(item: Owned): void {
    const at = this.#owned?.lastIndexOf(item) ?? -1;
    if (at >= 0) this.#owned?.splice(at, 1);
  }

  /**
   * Claims a key for the next source that {@linkcode attach} is given: the key, else the name (a second one of a name
   * gets `~2`, and so on: a function that makes a named signal may be called twice), else `#` and an ordinal.
   *
   * @throws {Error} When the key is taken in this owner, or starts with `#`.
   */
  claim(key: string | undefined, name?: string): string {
    if (key === undefined && name !== undefined) {
      key = name;
      for (let n = 2; this.#keyed?.includes(key); n++) key = `${name}~${n}`;
    }
    if (key !== undefined) this.#check(key);
    const slot = key ?? null;
    // An array that starts as a literal has room for its items alone; one that starts with push() has room for 17.
    if (this.#keyed === undefined) this.#keyed = [slot, null];
    else this.#keyed.push(slot, null);
    return key ?? ordinalKey(this.#unnamed++);
  }

  /** Throws when a key cannot be claimed. */
  #check(key: string): void {
    if (key.startsWith("#")) {
      throw coded(
        "E008",
        new Error(
          `Cannot use the key "${key}" in ${this.name}: a leading "#" is kept for signals without a name`,
        ),
      );
    }
    const keyed = this.#keyed;
    for (let i = 0; keyed !== undefined && i < keyed.length; i += 2) {
      if (keyed[i] !== key) continue;
      throw coded(
        "E008",
        new Error(
          `Cannot register two signals with the key "${key}" in ${this.name}: give one of them another key or name`,
        ),
      );
    }
  }

  /** Puts a source under the key that was claimed last. */
  attach(source: SnapshotSource): void {
    const keyed = this.#keyed;
    if (keyed !== undefined && keyed.length > 0) keyed[keyed.length - 1] = source;
  }

  /** Calls back with each key of this owner (not of its children) and its present value, in the order of creation. */
  snapshot(visit: (key: string, value: unknown, source: SnapshotSource) => void): void {
    const keyed = this.#keyed;
    if (keyed === undefined) return;
    let unnamed = 0;
    for (let i = 0; i < keyed.length; i += 2) {
      const key = keyed[i] as string | null ?? ordinalKey(unnamed++);
      const source = keyed[i + 1] as SnapshotSource | null;
      const value = source === null ? NOTHING : source.peek();
      if (value !== NOTHING) visit(key, value, source!);
    }
  }

  /** Sets a value for this owner and those below, under an identity; a disposed owner ignores it. */
  provide(context: object, value: unknown): void {
    if (!this.#disposed) (this.#contexts ??= new Map()).set(context, value);
  }

  /** How many effects, resources, cleanups and contexts it holds, for who counts bytes. */
  get held(): number {
    return (this.#owned?.length ?? 0) + (this.#cleanups?.length ?? 0) + (this.#contexts?.size ?? 0);
  }

  /** Calls back with each child, the oldest first. */
  children(visit: (child: Owner) => void): void {
    const list: Owner[] = [];
    for (let child = this.#last; child !== null; child = child.#before) list.push(child);
    for (let i = list.length - 1; i >= 0; i--) visit(list[i]);
  }

  /** The value that this owner or the nearest one above provides under an identity, or else `fallback`. */
  lookup(context: object, fallback: unknown): unknown {
    const contexts = this.#contexts;
    if (contexts?.has(context)) return contexts.get(context);
    return this.parent === null ? fallback : this.parent.lookup(context, fallback);
  }

  /**
   * Ends the lives of everything below and in it: children (the newest first), then what it owns (the newest first),
   * then its cleanups in reverse. Errors go to `scope.report` and stop nothing. A second call does nothing.
   *
   * @throws The error, or an AggregateError of several, after all is done: only when there is no scope to take them.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#detach();
    const errors: unknown[] = [];
    // A cleanup may dispose of siblings, so that the list is read anew each time.
    while (this.#last !== null) attempt(this.#last, errors);
    const owned = this.#owned;
    this.#owned = undefined;
    for (let i = (owned?.length ?? 0) - 1; i >= 0; i--) attempt(owned![i], errors);
    const cleanups = this.#cleanups;
    this.#cleanups = undefined;
    if (cleanups !== undefined) attempt({ dispose: () => runCleanups(cleanups, this) }, errors);
    this.#keyed = undefined;
    this.#contexts = undefined;
    settle(errors, this);
  }

  /** Takes itself out of its parent's list. */
  #detach(): void {
    const parent = this.parent;
    if (parent === null) return;
    if (parent.#last === this) parent.#last = this.#before;
    if (this.#before !== null) this.#before.#after = this.#after;
    if (this.#after !== null) this.#after.#before = this.#before;
    this.#before = this.#after = null;
  }
}

/** The key of an unnamed signal. */
function ordinalKey(ordinal: number): string {
  return `#${ordinal}`;
}

/** Runs a function with an owner as the current one, in a setup or not. */
function enter<T>(owner: Owner | null, isSetup: boolean, fn: () => T): T {
  const { owner: outer, sink, setup } = ambient;
  ambient.owner = owner;
  ambient.sink = null;
  ambient.setup = isSetup;
  try {
    return fn();
  } finally {
    ambient.owner = outer;
    ambient.sink = sink;
    ambient.setup = setup;
  }
}

/** Disposes of one thing and keeps what it throws. */
function attempt(item: Owned, errors: unknown[]): void {
  try {
    item.dispose();
  } catch (error) {
    errors.push(error);
  }
}

/** Reports errors of cleanups, or throws them where nobody takes reports. */
function settle(errors: unknown[], owner: Owner | null): void {
  if (errors.length === 0) return;
  const scope = owner?.scope ?? null;
  if (scope !== null) {
    for (const error of errors) scope.report(error, owner, "cleanup");
  } else if (errors.length === 1) {
    throw errors[0];
  } else {
    throw coded(
      "E012",
      new AggregateError(
        errors.flatMap((e) => e instanceof AggregateError ? e.errors : [e]),
        "Cleanups failed",
      ),
    );
  }
}

/**
 * Runs cleanups, the last first, untracked and with the owner current. Errors go to the owner's scope; without one, they
 * are thrown after all have run.
 */
export function runCleanups(cleanups: readonly (() => void)[], owner: Owner | null): void {
  const errors: unknown[] = [];
  enter(owner, false, () =>
    untracked(() => {
      for (let i = cleanups.length - 1; i >= 0; i--) {
        try {
          const result: unknown = cleanups[i]();
          if (owner?.scope) whenRejected(result, (error) => settle([error], owner));
        } catch (error) {
          errors.push(error);
        }
      }
    }));
  settle(errors, owner);
}

/**
 * Takes what the promise of an async function is rejected with, where nobody awaits it: unhandled, it would end the
 * process and every session in it. The `then` of others is not called: that of a query of a database would run it.
 */
export function whenRejected(result: unknown, take: (error: unknown) => void): void {
  if (result instanceof Promise) Promise.prototype.then.call(result, undefined, take);
}

/** The owner whose code runs: in a setup, view, effect or cleanup of a component. Null elsewhere. */
export function getOwner(): Owner | null {
  return ambient.owner;
}

/**
 * Runs a function with the owner as the current one, so that {@linkcode getOwner}, contexts, cleanups and effects work
 * in it. Tracking stays as it is. Signals made in it do not register for snapshots: only those of a setup have an order
 * that holds across runs.
 */
export function runWithOwner<T>(owner: Owner | null, fn: () => T): T {
  return enter(owner, false, fn);
}
