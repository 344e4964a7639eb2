/**
 * signals-core as it is, which Vango's signals are made of.
 *
 * @module
 */
import { computed, effect, signal } from "@preact/signals-core";
import { prepareLibrary } from "./cases.ts";

let stops: (() => void)[] = [];

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
    stops.push(effect(fn));
  },
  scope(fn) {
    const mine: (() => void)[] = stops = [];
    fn();
    return () => {
      for (const stop of mine) stop();
    };
  },
});
