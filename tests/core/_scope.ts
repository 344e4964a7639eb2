/**
 * A session scope for tests: keeps what it is given, and flushes when told.
 *
 * @module
 */

import type { EffectTask, Owner, ReportKind, Scope } from "../../core/mod.ts";

/** A scope that records everything. */
export class TestScope implements Scope {
  /** Tasks that wait for the next flush. */
  queue: EffectTask[] = [];
  /** What was reported, as "what: message". */
  reports: string[] = [];
  /** Promises that the first render waits for. */
  waits: Promise<unknown>[] = [];
  /** What a snapshot holds, by "component key". */
  saved: Map<string, unknown> = new Map();

  effect(task: EffectTask): void {
    this.queue.push(task);
  }

  wait(promise: Promise<unknown>): void {
    this.waits.push(promise);
  }

  restore(owner: Owner, key: string): { value: unknown } | undefined {
    const path = `${owner.name} ${key}`;
    return this.saved.has(path) ? { value: this.saved.get(path) } : undefined;
  }

  report(error: unknown, _owner: Owner | null, what: ReportKind): void {
    this.reports.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** Runs what is queued, once. */
  flush(): void {
    for (const task of this.queue.splice(0)) task.run();
  }
}

/** The keys and values that an owner would save. */
export function saved(owner: Owner): [string, unknown][] {
  const entries: [string, unknown][] = [];
  owner.snapshot((key, value) => entries.push([key, value]));
  return entries;
}
