/** @module */
import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { Outbox } from "../../server/outbox.ts";

const LIMITS = { outboxBytes: 1000, slowBytes: 300 };

function filled(sizes: number[], limits = LIMITS): Outbox {
  const outbox = new Outbox(limits);
  for (const size of sizes) outbox.push(outbox.nextSeq, frame(size, outbox.nextSeq));
  return outbox;
}

function frame(size: number, mark = 0): Uint8Array {
  return new Uint8Array(size).fill(mark);
}

function marks(frames: Uint8Array[] | null): number[] | null {
  return frames?.map((bytes) => bytes[0]) ?? null;
}

Deno.test("outbox.ack() reports numbers that a client cannot mean", () => {
  const outbox = filled([10, 10]);
  for (const seq of [NaN, -1, 1.5, Infinity, 2 ** 53]) assertEquals(outbox.ack(seq), "invalid");
  assertEquals(outbox.ack(3), "future");
  assertEquals([outbox.size, outbox.ackedSeq, outbox.unackedBytes], [2, 0, 20]);
});

Deno.test("outbox.ack() reports what it knew already", () => {
  const outbox = filled([10, 10, 10]);
  assertEquals([2, 2, 1, 0, 3].map((seq) => outbox.ack(seq)), [
    "advanced",
    "duplicate",
    "backwards",
    "backwards",
    "advanced",
  ]);
  assertEquals(new Outbox(LIMITS).ack(0), "duplicate");
});

Deno.test("outbox.push() refuses a frame of another number, and uses no number twice", () => {
  const outbox = filled([10]);
  assertThrows(() => outbox.push(1, frame(1)), RangeError, "Cannot send frame 1: expected 2");
  assertThrows(() => outbox.push(3, frame(1)), RangeError);
  outbox.ack(1);
  outbox.forget();
  assertEquals(outbox.nextSeq, 2);
});

Deno.test("new Outbox() starts after a number, and refuses what is none", () => {
  const outbox = new Outbox(LIMITS, 41);
  assertEquals([outbox.nextSeq, outbox.lastSeq, outbox.ackedSeq], [42, 41, 41]);
  assertEquals([outbox.since(41), outbox.since(40), outbox.since(42)], [[], null, null]);
  for (const seq of [-1, 0.5, NaN]) assertThrows(() => new Outbox(LIMITS, seq), RangeError);
});

Deno.test("outbox.since() gives the frames after a number, or null when it cannot", () => {
  const outbox = filled([10, 10, 10]);
  assertEquals(marks(outbox.since(0)), [1, 2, 3]);
  assertEquals(marks(outbox.since(2)), [3]);
  assertEquals(marks(outbox.since(3)), []);
  for (const seq of [4, -1, NaN, 0.5]) assertEquals(outbox.since(seq), null);
  outbox.ack(2);
  assertEquals([marks(outbox.since(2)), outbox.since(1)], [[3], null]);
});

Deno.test("outbox.push() drops the oldest frames past the bound, and still counts them as under way", () => {
  const outbox = filled([300, 300, 300]);
  assertEquals([outbox.size, outbox.unackedBytes], [2, 900]);
  assertEquals([outbox.since(0), marks(outbox.since(1))], [null, [2, 3]]);
  assertEquals([outbox.ack(1), outbox.unackedBytes], ["advanced", 600]);
});

Deno.test("outbox.ack() of a part of what was dropped keeps counting the rest", () => {
  const outbox = filled([300, 300, 300, 300, 300]);
  assertEquals(outbox.size, 2);
  outbox.ack(1);
  assertEquals(outbox.unackedBytes, 1500);
  outbox.ack(4);
  assertEquals(outbox.unackedBytes, 300);
  outbox.ack(5);
  assertEquals([outbox.unackedBytes, outbox.size], [0, 0]);
});

Deno.test("outbox.push() does not keep a frame that alone is over the bound", () => {
  const outbox = filled([2000]);
  assertEquals([outbox.size, outbox.unackedBytes, outbox.since(0), outbox.slow], [0, 2000, null, true]);
  outbox.ack(1);
  assertEquals([outbox.unackedBytes, outbox.slow], [0, false]);
});

Deno.test("outbox.push() counts each frame with its own cost, so that tiny ones are bounded too", () => {
  const outbox = filled(Array(1000).fill(1), { outboxBytes: 6500, slowBytes: 1e6 });
  assertEquals(outbox.size, 100);
});

Deno.test("outbox.slow begins past the mark and ends at half of it", () => {
  const outbox = filled([100, 100, 100]);
  assertFalse(outbox.slow);
  outbox.push(4, frame(1));
  assert(outbox.slow);
  outbox.ack(1);
  assert(outbox.slow);
  outbox.ack(2);
  assertFalse(outbox.slow);
});

Deno.test("outbox.forget() drops the log and goes on counting", () => {
  const outbox = filled([200, 200]);
  outbox.forget();
  assertEquals([outbox.size, outbox.unackedBytes, outbox.slow, outbox.ackedSeq], [0, 0, false, 2]);
  assertEquals([outbox.since(1), outbox.since(2), outbox.ack(1)], [null, [], "backwards"]);
  outbox.push(3, frame(5, 3));
  assertEquals([marks(outbox.since(2)), outbox.ack(3)], [[3], "advanced"]);
});

Deno.test("Outbox keeps what a plain model keeps, over random pushes and acks", () => {
  // A small generator with a printed seed: mulberry32.
  const seed = Math.floor(Math.random() * 2 ** 32);
  let state = seed;
  const random = (below: number): number => {
    state = state + 0x6d2b79f5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) % below;
  };
  const outbox = new Outbox({ outboxBytes: 5000, slowBytes: 2000 });
  let model: { seq: number; bytes: number }[] = [];
  for (let step = 0; step < 20_000; step++) {
    const hint = `seed ${seed}, step ${step}`;
    if (random(5) < 3) {
      const bytes = random(200);
      model.push({ seq: outbox.nextSeq, bytes });
      outbox.push(outbox.nextSeq, frame(bytes));
      while (model.reduce((sum, one) => sum + one.bytes + 64, 0) > 5000) model.shift();
    } else {
      const seq = outbox.lastSeq - random(12);
      if (seq > outbox.ackedSeq) model = model.filter((one) => one.seq > seq);
      outbox.ack(seq);
    }
    assertEquals(outbox.size, model.length, hint);
    const from = outbox.lastSeq - random(model.length + 3);
    const wanted = from < outbox.lastSeq - model.length || from < 0
      ? null
      : model.filter((one) => one.seq > from).map((one) => one.bytes);
    assertEquals(outbox.since(from)?.map((bytes) => bytes.length) ?? null, wanted, hint);
  }
});
