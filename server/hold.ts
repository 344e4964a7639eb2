/**
 * Owns the pause between a navigation and its frame: what the new page starts to load has a while to come, so that the browser
 * goes from one page to the other at once, not through one that is half there.
 *
 * @module
 */
import type { Runtime } from "../runtime/runtime.ts";
import type { SessionShared } from "./shared.ts";

/** Frames wait for what a page loads. */
export class Hold {
  /** What was being loaded before: that is not waited for. */
  readonly #before: ReadonlySet<Promise<unknown>>;
  readonly #runtime: Runtime;
  readonly #stop: () => void;
  readonly #wake: () => void;
  #over = false;
  #waits = false;

  /** Holds for `ms` milliseconds at most; `wake` is called when it may be over. */
  constructor(shared: SessionShared, runtime: Runtime, ms: number, wake: () => void) {
    this.#runtime = runtime;
    this.#wake = wake;
    this.#before = new Set(runtime.waits);
    this.#over = ms === 0;
    this.#stop = shared.after(ms, () => {
      this.#over = true;
      wake();
    });
  }

  /** Whether frames are still to wait. */
  waits(): boolean {
    const news = [...this.#runtime.waits].filter((wait) => !this.#before.has(wait));
    if (this.#over || news.length === 0) {
      this.#stop();
      return false;
    }
    if (!this.#waits) {
      this.#waits = true;
      Promise.allSettled(news).then(() => {
        this.#waits = false;
        this.#wake();
      });
    }
    return true;
  }

  /** Ends it. */
  end(): void {
    this.#over = true;
    this.#stop();
  }
}
