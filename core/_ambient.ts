/**
 * What is current: the owner of the component whose code runs, and in which of its phases.
 *
 * JavaScript runs one thing at a time, so one record is enough. Whoever changes it puts it back in a `finally`; nothing
 * may await in between. It lives apart so that owners, effects and signals can share it without importing each other.
 *
 * @module
 */

import type { Owner } from "./owner.ts";

/** Takes cleanups in place of the owner while an effect runs, so that a re-run drops them. */
export interface CleanupSink {
  /** Adds a function that runs before the next run, or when the effect is disposed of. */
  addCleanup(fn: () => void): void;
}

/** The record of what is current. */
export interface Ambient {
  /** The owner whose code runs, or null outside any component. */
  owner: Owner | null;
  /** The effect that runs, or null. */
  sink: CleanupSink | null;
  /** Whether a setup runs: only then do signals register for snapshots, so that their ordinals are stable. */
  setup: boolean;
}

/** The one record of what is current. */
export const ambient: Ambient = { owner: null, sink: null, setup: false };
