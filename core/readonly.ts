/**
 * What can be read of a signal or a computed.
 *
 * @module
 */

/** A signal as its readers see it: a signal, or a computed. */
export interface ReadonlySignal<T = unknown> {
  /** The value; reading it in a view, effect or computed subscribes. */
  readonly value: T;
  /** The value, without subscribing. */
  peek(): T;
  /** Calls back with the value, now and after each change, until the returned function is called. */
  subscribe(fn: (value: T) => void): () => void;
}
