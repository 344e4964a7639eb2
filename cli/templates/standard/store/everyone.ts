import { signal, type WritableSignal } from "@vango/core";

/** A number that all who look at the page share: a signal of the module lives as long as the server. */
export const everyone: WritableSignal<number> = signal(0);
