/**
 * Vango's signals, owned as a component owns them.
 *
 * @module
 */
import { computed, effect, Owner, runWithOwner, signal } from "../../core/mod.ts";
import { prepareLibrary } from "./cases.ts";

/** See bench/contender.ts. */
export const prepare = prepareLibrary({
  signal(value) {
    const made = signal(value);
    return { get: () => made.value, set: (to) => made.value = to };
  },
  computed(fn) {
    const made = computed(fn);
    return () => made.value;
  },
  effect(fn) {
    effect(fn);
  },
  scope(fn) {
    const owner = new Owner(null);
    runWithOwner(owner, fn);
    return () => owner.dispose();
  },
});
