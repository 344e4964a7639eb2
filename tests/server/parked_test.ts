/** @module */
import { assertEquals, assertFalse, assertThrows } from "@std/assert";
import { Parked } from "../../server/parked.ts";
import { FakeClock } from "./fake_clock.ts";

function registry(limits: { count?: number; bytes?: number; ttlMs?: number } = {}) {
  const clock = new FakeClock();
  const log: string[] = [];
  const parked = new Parked<string>({ count: 100, bytes: 1000, ttlMs: 3200, ...limits }, {
    evict: (item, id, reason) => void log.push(`${id}=${item} ${reason}`),
    failed: (error, id) => void log.push(`failed ${id} ${error}`),
  }, clock);
  return { clock, log, parked };
}

Deno.test("parked.add() refuses an id twice, and sizes that are none", () => {
  const { parked } = registry();
  parked.add("a", "A", 1);
  assertThrows(() => parked.add("a", "B", 1), RangeError, 'Cannot park "a": it is parked already');
  for (const bytes of [-1, NaN, Infinity]) assertThrows(() => parked.add("b", "B", bytes), RangeError);
  assertEquals([parked.size, parked.bytes], [1, 1]);
});

Deno.test("parked.take() gives an entry once", () => {
  const { parked, log, clock } = registry();
  parked.add("a", "A", 10);
  assertEquals(parked.has("a"), true);
  assertEquals([parked.take("a"), parked.take("a"), parked.take("zz")], ["A", undefined, undefined]);
  assertEquals([parked.size, parked.bytes, log.length, clock.timers], [0, 0, 0, 0]);
});

Deno.test("parked.add() evicts the oldest past the count and past the bytes", () => {
  const { parked, log } = registry({ count: 2, bytes: 100 });
  parked.add("a", "A", 10);
  parked.add("b", "B", 10);
  parked.add("c", "C", 10);
  assertEquals(log, ["a=A count"]);
  parked.add("d", "D", 95);
  assertEquals(log, ["a=A count", "b=B count", "c=C bytes"]);
  assertEquals([parked.size, parked.bytes], [1, 95]);
});

Deno.test("parked.add() evicts what alone is too large, and everything when there is no room at all", () => {
  const large = registry({ bytes: 100 });
  large.parked.add("a", "A", 101);
  assertEquals([large.log, large.parked.size, large.clock.timers], [["a=A bytes"], 0, 0]);
  const none = registry({ count: 0 });
  none.parked.add("a", "A", 1);
  assertEquals(none.log, ["a=A count"]);
});

Deno.test("parked evicts when the time is over, with one timer for all", () => {
  const { parked, log, clock } = registry({ ttlMs: 3200 });
  parked.add("a", "A", 1);
  clock.advance(50);
  parked.add("b", "B", 1);
  clock.advance(1000);
  parked.add("c", "C", 1);
  assertEquals(clock.timers, 1);
  clock.advance(3200 - 1050 - 1);
  assertEquals(log, []);
  clock.advance(101);
  assertEquals(log, ["a=A ttl", "b=B ttl"]);
  clock.advance(1051);
  assertEquals([log[2], clock.timers], ["c=C ttl", 0]);
});

Deno.test("parked.add() starts an entry's time anew after take()", () => {
  const { parked, log, clock } = registry({ ttlMs: 3200 });
  parked.add("a", "A", 1);
  parked.add("b", "B", 1);
  clock.advance(3000);
  parked.add("a", parked.take("a") ?? "", 1);
  clock.advance(400);
  assertEquals(log, ["b=B ttl"]);
  clock.advance(3000);
  assertEquals(log, ["b=B ttl", "a=A ttl"]);
});

Deno.test("parked.shed() evicts a share of bytes and entries, oldest first", () => {
  const { parked, log } = registry();
  for (const id of ["a", "b", "c", "d"]) parked.add(id, id, 10);
  assertEquals(parked.shed(0), 0);
  assertEquals([parked.shed(0.25), log], [1, ["a=a shed"]]);
  assertEquals(parked.shed(0.5), 2);
  assertEquals([parked.shed(1), parked.size, parked.shed(1)], [1, 0, 0]);
});

Deno.test("parked.shedOne() evicts the oldest that matches", () => {
  const { parked, log } = registry();
  parked.add("a", "x", 1);
  parked.add("b", "y", 1);
  parked.add("c", "y", 1);
  assertEquals(parked.shedOne((item) => item === "y"), true);
  assertEquals(log, ["b=y shed"]);
  assertFalse(parked.shedOne((item) => item === "z"));
});

Deno.test("parked.close() evicts all, waits until they are put away, and takes no more in", async () => {
  const clock = new FakeClock();
  const saved: string[] = [];
  const parked = new Parked<string>({ count: 10, bytes: 100, ttlMs: 1000 }, {
    async evict(_, id) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      saved.push(id);
    },
    failed() {},
  }, clock);
  parked.add("a", "A", 1);
  parked.add("b", "B", 1);
  const closing = parked.close();
  parked.add("late", "L", 1);
  await closing;
  assertEquals([saved.sort(), parked.size, clock.timers], [["a", "b", "late"], 0, 0]);
});

Deno.test("parked tells what evict() throws, at once or later, and goes on", async () => {
  const log: string[] = [];
  const parked = new Parked<string>({ count: 10, bytes: 100, ttlMs: 1000 }, {
    evict(item) {
      if (item === "now") throw new Error("now");
      return Promise.reject(new Error("later"));
    },
    failed: (error, id) => void log.push(`${id} ${(error as Error).message}`),
  }, new FakeClock());
  parked.add("a", "now", 1);
  parked.add("b", "later", 1);
  await parked.close();
  assertEquals(log, ["a now", "b later"]);
});

Deno.test("parked survives an evict() that parks again", () => {
  const log: string[] = [];
  const parked: Parked<number> = new Parked<number>({ count: 1, bytes: 100, ttlMs: 1000 }, {
    evict(item, id) {
      log.push(id);
      if (item > 0) parked.add(`${id}x`, item - 1, 1);
    },
    failed: (error) => void log.push(String(error)),
  }, new FakeClock());
  parked.add("a", 2, 1);
  parked.add("b", 0, 1);
  assertEquals(parked.size, 1);
  assertEquals(log[0], "a");
});

Deno.test("Parked with the machine's clock leaves no timer behind", async () => {
  const parked = new Parked<string>({ count: 10, bytes: 100, ttlMs: 60_000 }, { evict() {}, failed() {} });
  parked.add("a", "A", 1);
  await parked.close();
});
