/**
 * The clock of the benches: the processor time of this thread, so that what other processes do meanwhile counts for little.
 *
 * Collections and compilations that V8 leaves to other threads are not in it, for no contender. Where there is no such clock (not on
 * Linux), the time of day stands in for it.
 *
 * @module
 */

/** CLOCK_THREAD_CPUTIME_ID of Linux. */
const THREAD_CPU = 3;

function threadClock(): (() => number) | null {
  if (Deno.build.os !== "linux") return null;
  try {
    const libc = Deno.dlopen("libc.so.6", {
      clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
    });
    const bytes = new Uint8Array(16);
    const view = new Int32Array(bytes.buffer);
    return () => {
      libc.symbols.clock_gettime(THREAD_CPU, bytes);
      // Seconds and nanoseconds, each as 64 bits: the low halves are enough.
      return (view[0] & 0xfffff) * 1e9 + view[2];
    };
  } catch {
    return null;
  }
}

/** Nanoseconds since some moment. */
export const now: () => number = threadClock() ?? (() => performance.now() * 1e6);
