/**
 * alien-signals.
 *
 * @module
 */
import { computed, effect, effectScope, signal } from "alien-signals";
import { prepareLibrary } from "./cases.ts";

/** See bench/contender.ts. */
export const prepare = prepareLibrary({
  signal(value) {
    const made = signal(value);
    return { get: () => made(), set: (to) => made(to) };
  },
  computed: (fn) => computed(fn),
  effect(fn) {
    effect(fn);
  },
  scope: (fn) => effectScope(fn),
});
