/**
 * Owns what is marked, and runs it until nothing is: views, parents first; then bindings; then effects.
 *
 *     marks ─► views ─► bindings ─► (none left?) ─► effects ─► marks …
 *
 * Rounds without an end are broken: who writes is stopped and named, who only follows goes on.
 *
 * @module
 */
import { EffectLoopError, type EffectTask, type Owner, traceWrites } from "../core/mod.ts";
import type { Binding } from "../vdom/binding.ts";
import type { ErrorSource } from "./errors.ts";
import type { Instance } from "./instance.ts";

/** What running needs of the runtime. */
export interface WorkHost {
  /** Runs the view of an instance and patches what differs. Never throws. */
  rerender(instance: Instance): void;
  /** Takes an error. */
  fail(error: unknown, owner: Owner | null, source: ErrorSource): void;
}

/** Rounds of one flush before its writes count as a loop. */
export const MAX_ROUNDS = 100;

/** Loops that one flush breaks before it drops what is marked. */
const MAX_BREAKS = 10;

/** What is marked in one runtime. Made for the first mark, dropped when nothing is marked: a session that rests has none. */
export class Work {
  /** Instances whose views must run. Here and below: most flushes need no set. */
  #views: Set<Instance> | null = null;
  /** Effects and mount callbacks that must run, once a client is there. */
  #effects: Set<EffectTask> | null = null;
  /** Effects that run also while there is none. */
  #early: Set<EffectTask> | null = null;
  /** Bindings that must be updated, linked in the order in which they were marked: most flushes are one of them. */
  #first: Binding | null = null;
  #last: Binding | null = null;
  readonly #host: WorkHost;

  /** Nothing is marked yet. */
  constructor(host: WorkHost) {
    this.#host = host;
  }

  /** Marks a view. */
  addView(view: Instance): void {
    (this.#views ??= new Set()).add(view);
  }

  /** Takes the mark off a view. */
  dropView(view: Instance): void {
    if (this.#views?.delete(view) && this.#views.size === 0) this.#views = null;
  }

  /** Marks an effect. */
  addEffect(task: EffectTask): void {
    if (task.early) (this.#early ??= new Set()).add(task);
    else (this.#effects ??= new Set()).add(task);
  }

  /** Marks a binding. */
  addBinding(binding: Binding): void {
    if (binding.queued) return;
    binding.queued = true;
    if (this.#last === null) this.#first = binding;
    else this.#last.next = binding;
    this.#last = binding;
  }

  /** Whether anything must run; effects that wait for a client only where there is one. */
  isDue(withEffects: boolean): boolean {
    return this.#views !== null || this.#first !== null || this.#early !== null ||
      withEffects && this.#effects !== null;
  }

  /** Runs what is marked, and what that marks. */
  run(withEffects: boolean): void {
    let rounds = 0;
    let breaks = 0;
    while (this.isDue(withEffects)) {
      if (++rounds > MAX_ROUNDS) {
        rounds = 0;
        if (++breaks > MAX_BREAKS) return this.#drop();
        this.#breakLoop(withEffects);
      } else if (this.#views !== null || this.#first !== null) this.#commit();
      else for (const task of this.#takeEffects(withEffects)) this.#runEffect(task);
    }
  }

  #commit(): void {
    if (this.#views !== null) {
      for (const view of this.#takeViews()) if (view.dirty && !view.disposed) this.#host.rerender(view);
    }
    this.#updateBindings();
  }

  #updateBindings(): void {
    let binding = this.#first;
    this.#first = this.#last = null;
    while (binding !== null) {
      const next = unlink(binding);
      try {
        binding.update();
      } catch (error) {
        this.#host.fail(error, binding.owner as Owner | null, "binding");
      }
      binding = next;
    }
  }

  #takeViews(): Instance[] {
    const views = [...this.#views ?? []];
    this.#views = null;
    return views.sort((a, b) => a.depth - b.depth);
  }

  #takeEffects(all: boolean): EffectTask[] {
    const effects = [...this.#early ?? [], ...all && this.#effects || []];
    this.#early = null;
    if (all) this.#effects = null;
    return effects;
  }

  #runEffect(task: EffectTask): void {
    try {
      task.run();
    } catch (error) {
      this.#host.fail(error, task.owner, task.kind);
    }
  }

  /** More rounds, traced, until they go in circles: those who write in them are stopped, and pay with their boundary. */
  #breakLoop(withEffects: boolean): void {
    const names = new Set<string>();
    const views = new Set<Instance>();
    const effects = new Set<EffectTask>();
    const writes = (run: () => void): boolean => {
      const { names: written } = traceWrites(run);
      for (const name of written) names.add(name);
      return written.length > 0;
    };
    let ran: EffectTask[] = [];
    for (let found = -1; found < views.size + effects.size && this.isDue(withEffects);) {
      found = views.size + effects.size;
      for (const view of this.#takeViews()) {
        if (view.dirty && !view.disposed && writes(() => this.#host.rerender(view))) views.add(view);
      }
      this.#updateBindings();
      ran = this.#takeEffects(withEffects);
      for (const task of ran) if (writes(() => this.#runEffect(task))) effects.add(task);
    }
    // Signals that leave no trace: whoever runs is one of them.
    if (views.size + effects.size === 0) { for (const task of ran) effects.add(task); }
    const error = new EffectLoopError([...names], views.size > 0);
    for (const task of effects) task.dispose();
    const owners = new Set([...effects].map((task) => task.owner));
    for (const owner of owners) this.#host.fail(error, owner, "effect");
    for (const view of views) if (!owners.has(view)) this.#host.fail(error, view, "view");
  }

  /** Gives up what is marked; a later change marks it again. */
  #drop(): void {
    for (const view of this.#views ?? []) view.dirty = false;
    for (const task of this.#takeEffects(true)) task.dispose();
    this.clear();
  }

  /** Forgets what is marked. */
  clear(): void {
    this.#views = null;
    for (let binding = this.#first; binding !== null;) binding = unlink(binding);
    this.#first = this.#last = null;
    this.#effects = this.#early = null;
  }
}

/** Takes the mark off a binding; gives the one behind it. */
function unlink(binding: Binding): Binding | null {
  const { next } = binding;
  binding.queued = false;
  binding.next = null;
  return next;
}
