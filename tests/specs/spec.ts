/**
 * A spec: what a component must do, whatever shows it. tests/testing/specs_test.ts runs each in this process, with the kit's own
 * document and with the browser's client on happy-dom; tests/browser/specs_test.ts in Chromium.
 *
 * @module
 */
import type { Mountable, Page, PageOptions } from "../../testing/mod.ts";

/** One run of a spec: a component with state of its own, and what is done with it. */
export interface SpecRun {
  what: Mountable<Record<never, never>>;
  options?: PageOptions<Record<never, never>>;
  run(page: Page): Promise<void>;
}

/** A spec. */
export interface Spec {
  name: string;
  /** Makes what a run needs anew, so that the runs share nothing. */
  make: () => SpecRun;
  /** What a browser may write to its console meanwhile, besides what every test refuses. */
  says?: RegExp;
}
