/**
 * Whether reads are followed right now.
 *
 * @module
 */
import { Signal } from "@preact/signals-core";

/** signals-core's `_node`, set on a signal that is read while something tracks. */
interface Tracked {
  n?: unknown;
}

/** Whether a signal read here and now would be followed by a view, effect or computed. For messages of development. */
export function isTracking(): boolean {
  const probe = new Signal(0);
  return probe.value === 0 && (probe as unknown as Tracked).n !== undefined;
}
