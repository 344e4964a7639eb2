/**
 * Solid's signals, in their browser build: on servers its effects do not run.
 *
 * @module
 */
import { createEffect, createMemo, createRoot, createSignal } from "solid-js/dist/solid.js";
import { prepareLibrary } from "./cases.ts";

/** See bench/contender.ts. */
export const prepare = prepareLibrary({
  signal(value) {
    const [get, set] = createSignal(value);
    return { get, set: (to) => void set(to) };
  },
  computed: (fn) => createMemo(fn),
  effect(fn) {
    createEffect(fn);
  },
  scope: (fn) =>
    createRoot((dispose: () => void) => {
      fn();
      return dispose;
    }),
});
