/** @module */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type MemoryLevel,
  memoryLimit,
  type MemoryOptions,
  pressureOf,
  watchMemory,
} from "../../server/memory.ts";
import { FakeClock } from "./fake_clock.ts";

/** A watch whose pressure the test sets: `used` of 100. */
function watched(options: MemoryOptions = {}) {
  const clock = new FakeClock();
  const state = { used: 0 };
  const log: string[] = [];
  const watch = watchMemory({
    shed: (fraction) => log.push(`shed ${fraction.toFixed(2)}`),
    closeSilent: () => log.push("close silent"),
    looked: (level, _, changed) => changed && log.push(level),
  }, {
    intervalMs: 0,
    clock,
    probe: () => ({ rss: state.used, rssLimit: 100, heap: 0, heapLimit: 0 }),
    ...options,
  });
  const at = (used: number): MemoryLevel => {
    state.used = used;
    return watch.check();
  };
  return { clock, log, watch, at, state };
}

Deno.test("watchMemory() refuses marks that make no sense", () => {
  const actions = { shed() {}, closeSilent() {} };
  for (
    const marks of [{ soft: 0.9, hard: 0.8 }, { hard: 1.1 }, { slack: 0 }, { slack: 0.8 }, { soft: NaN }]
  ) {
    assertThrows(() => watchMemory(actions, { intervalMs: 0, ...marks }), RangeError, "wanted 0 < slack");
  }
});

Deno.test("pressureOf() is the larger share, and 0 where no limit is known", () => {
  assertEquals(pressureOf({ rss: 50, rssLimit: 100, heap: 80, heapLimit: 100 }), 0.8);
  assertEquals(pressureOf({ rss: 50, rssLimit: 0, heap: 80, heapLimit: 0 }), 0);
});

Deno.test("memoryWatch sheds a quarter at the soft mark and all at the hard one", () => {
  const { at, log, watch } = watched();
  assertEquals([at(74), watch.refusing], ["ok", false]);
  assertEquals([at(75), watch.refusing], ["soft", false]);
  assertEquals([at(90), watch.refusing], ["hard", true]);
  assertEquals(log, ["soft", "shed 0.25", "hard", "shed 1.00", "close silent"]);
});

Deno.test("memoryWatch leaves a level only well below its mark", () => {
  const { at, log } = watched();
  const levels = [92, 89, 86, 84, 76, 71, 69, 74].map(at);
  assertEquals(levels, ["hard", "hard", "hard", "soft", "soft", "soft", "ok", "ok"]);
  assertEquals(log.filter((line) => line.startsWith("shed")), ["shed 1.00"]);
});

Deno.test("memoryWatch gives the collector time between two rounds, unless it gets worse", () => {
  const { at, log, clock } = watched();
  at(80);
  clock.advance(14_999);
  at(80);
  assertEquals(log, ["soft", "shed 0.50"]);
  clock.advance(1);
  at(80);
  assertEquals(log, ["soft", "shed 0.50", "shed 0.50"]);
  at(95);
  assertEquals(log.slice(3), ["hard", "shed 1.00", "close silent"]);
});

Deno.test("memoryWatch does not shed while it waits for the level to end", () => {
  const { at, log, clock } = watched();
  at(80);
  clock.advance(60_000);
  at(72);
  assertEquals(log, ["soft", "shed 0.50"]);
});

Deno.test("memoryWatch looks once an interval, until it is closed", () => {
  const { clock, log, watch, state } = watched({ intervalMs: 5_000 });
  state.used = 95;
  clock.advance(4_999);
  assertEquals(log, []);
  clock.advance(1);
  assertEquals(log, ["hard", "shed 1.00", "close silent"]);
  watch.close();
  watch.close();
  assertEquals(clock.timers, 0);
});

Deno.test("watchMemory() reads the runtime, and leaves no timer behind", () => {
  let seen = 0;
  const watch = watchMemory({ shed() {}, closeSilent() {}, looked: (_, sample) => seen = sample.rss }, {
    limitBytes: 2 ** 50,
  });
  assertEquals(watch.check(), "ok");
  assert(seen > 1_000_000);
  watch.close();
});

Deno.test("watchMemory() works without any permission", { permissions: "none" }, () => {
  const watch = watchMemory({ shed() {}, closeSilent() {} }, { intervalMs: 0 });
  assertEquals(watch.check(), "ok");
});

function limitOf(files: Record<string, string>, total = 0): number {
  return memoryLimit((path) => files[path], () => total);
}

Deno.test("memoryLimit() reads cgroup 2, of the group and all above it", () => {
  assertEquals(limitOf({ "/sys/fs/cgroup/memory.max": "1000000" }), 1_000_000);
  assertEquals(
    limitOf({
      "/proc/self/cgroup": "0::/a.slice/b",
      "/sys/fs/cgroup/a.slice/memory.max": "500",
      "/sys/fs/cgroup/a.slice/b/memory.max": "max",
    }),
    500,
  );
});

Deno.test("memoryLimit() reads cgroup 1, and knows its way to say none", () => {
  const group = { "/proc/self/cgroup": "5:cpu,memory:/x\n0::/" };
  assertEquals(limitOf({ ...group, "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": "700" }), 700);
  assertEquals(limitOf({ "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712" }, 4000), 4000);
});

Deno.test("memoryLimit() is the machine's memory when nothing is less, and 0 when nothing is known", () => {
  assertEquals(limitOf({}, 4000), 4000);
  assertEquals(limitOf({ "/sys/fs/cgroup/memory.max": "max" }), 0);
  assertEquals(limitOf({ "/sys/fs/cgroup/memory.max": "8000" }, 4000), 4000);
  assertEquals(
    limitOf({ "/sys/fs/cgroup/memory.max": "junk", "/proc/self/cgroup": "::::\n\n:x" }, 4000),
    4000,
  );
  assertEquals(limitOf({ "/proc/self/cgroup": "0::/../../etc" }, 4000), 4000);
});
