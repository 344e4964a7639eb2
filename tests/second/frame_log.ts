/**
 * The frames that came to a client, and waiting for them.
 *
 * @module
 */
import type { Down } from "./down.ts";

/** A frame, or the end of a socket. */
export type Noted = Down | { kind: "closed"; code: number };

/** How long a test waits for a frame, in milliseconds. */
const PATIENCE = 5000;

/** Frames, oldest first. */
export class FrameLog {
  readonly all: Noted[] = [];
  #waiters: (() => void)[] = [];

  /** Adds a frame. */
  note(frame: Noted): void {
    this.all.push(frame);
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** The frames of a kind: what they hold. */
  of<K extends Down["kind"]>(kind: K): Extract<Down, { kind: K }>["value"][] {
    return this.all.flatMap((frame) => frame.kind === kind ? [frame.value] : []) as never;
  }

  /** The ops of all patches. */
  get ops(): number[] {
    return this.of("patches").flatMap(({ patches }) => patches.map((patch) => patch.op));
  }

  /** The subtypes of all controls. */
  get controls(): number[] {
    return this.of("controlDown").map(({ type }) => type);
  }

  /** Resolves when a frame comes that passes the test. */
  async until(test: (frame: Noted) => boolean): Promise<void> {
    let seen = this.all.length;
    await this.wait(() => {
      while (seen < this.all.length) if (test(this.all[seen++])) return true;
      return false;
    });
  }

  /** Resolves when the condition holds, which is tried after each frame. */
  async wait(condition: () => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Error(`Waited in vain; last came ${this.#tail()}`)), PATIENCE);
    const test = () => condition() && resolve();
    this.#waiters.push(test);
    test();
    await promise.finally(() => {
      clearTimeout(timer);
      this.#waiters = this.#waiters.filter((waiter) => waiter !== test);
    });
  }

  #tail(): string {
    const short = (_key: string, value: unknown) => value instanceof Uint8Array ? value.length : value;
    return this.all.slice(-5).map((frame) => JSON.stringify(frame, short).slice(0, 200)).join("\n");
  }
}
