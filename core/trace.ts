/**
 * Names of the signals that a stretch of code writes: what turns "effects run for ever" into a message that helps.
 *
 * Off by default; a write then costs one boolean check. The runtime turns it on for one more pass of a flush that will
 * not settle, and puts the names into an {@linkcode EffectLoopError}.
 *
 * @module
 */

/** How many names one trace keeps; the newest push the oldest out. */
const TRACE_LIMIT = 64;

/** What the setter of a signal checks and fills. `on` is true only inside {@linkcode traceWrites}. */
export const trace: { on: boolean; names: Set<string> } = { on: false, names: new Set() };

/** What {@linkcode traceWrites} found. */
export interface WriteTrace<T> {
  /** What the traced function returned. */
  value: T;
  /** The names of the signals it wrote to, each once, in the order of their latest write; at most 64. */
  names: string[];
}

/** Notes a write to the signal of this name; to be called only while `trace.on`. */
export function noteWrite(name: string | undefined): void {
  const { names } = trace;
  const label = name ?? "(unnamed)";
  names.delete(label);
  names.add(label);
  if (names.size > TRACE_LIMIT) names.delete(names.values().next().value as string);
}

/**
 * Runs a function and records the names of the signals whose values it changed; unnamed ones are "(unnamed)".
 * Traces nest: what an inner one sees, the outer one sees too. If the function throws, the error passes through and
 * {@linkcode recentWrites} still has the names.
 *
 * @example
 * ```ts
 * import { signal } from "./signal.ts";
 * import { traceWrites } from "./trace.ts";
 *
 * const count = signal(0, { name: "count" });
 * const { names } = traceWrites(() => count.inc());
 * console.log(names); // ["count"]
 * ```
 */
export function traceWrites<T>(fn: () => T): WriteTrace<T> {
  const wasOn = trace.on;
  const outer = trace.names;
  const own = new Set<string>();
  trace.on = true;
  trace.names = own;
  try {
    const value = fn();
    return { value, names: [...own] };
  } finally {
    trace.on = wasOn;
    if (wasOn) {
      trace.names = outer;
      for (const name of own) noteWrite(name);
    }
  }
}

/** The names that the running trace, or else the latest one, recorded; see {@linkcode traceWrites}. */
export function recentWrites(): string[] {
  return [...trace.names];
}

/** Thrown when effects, or views that write, keep causing each other to run, so that a flush would never end. */
export class EffectLoopError extends Error {
  /** The stable code of this error. */
  readonly code = "E030";
  /** The names of the signals that they keep writing to. */
  readonly signals: readonly string[];

  /**
   * Makes the error from the names of the written signals, as {@linkcode traceWrites} gives them. `inViews`: a view is among
   * those that write, which is often a handler that was called where it should have been passed.
   */
  constructor(signals: readonly string[], inViews = false) {
    const list = signals.length > 0 ? signals.join(", ") : "(none recorded)";
    super(
      inViews
        ? `Views or effects do not settle: they keep writing to ${list}. ` +
          "Read with peek() or untracked() what they also write, or write only when the value differs. " +
          "If it is an event handler, pass the function itself: onClick: save, not onClick: save()"
        : `Effects do not settle: they keep writing to ${list}. ` +
          "Read with peek() or untracked() what an effect also writes, or write only when the value differs",
    );
    this.name = "EffectLoopError";
    this.signals = signals;
  }
}
