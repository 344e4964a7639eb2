/**
 * Work that waits only where it must: a generator that yields what may be a promise.
 *
 *     yield 1           goes on at once, in the caller's turn: an event whose work never waits is answered by one frame
 *     yield promise     goes on when it is settled, with what it became; throws where it was rejected
 *
 * Between two waits it is one batch.
 *
 * @module
 */
import { batch } from "../core/mod.ts";

/** Yields what may be a promise, and gets what it becomes. */
export type Steps = Generator<unknown, void, unknown>;

/** Runs steps. Gives a promise where one of them waits. */
export function steps(run: Steps): void | Promise<void> {
  let step = batch(() => run.next());
  while (!step.done) {
    const { value } = step;
    if (isThenable(value)) return stepsAfter(run, value);
    step = batch(() => run.next(value));
  }
}

async function stepsAfter(run: Steps, first: PromiseLike<unknown>): Promise<void> {
  let waiting: unknown = first;
  for (;;) {
    let step: () => IteratorResult<unknown, void>;
    try {
      const value = await waiting;
      step = () => run.next(value);
    } catch (error) {
      step = () => run.throw(error);
    }
    const { done, value } = batch(step);
    if (done) return;
    waiting = value;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
