import { assert } from "@std/assert";
import { encodeEvent, encodePatches } from "../../protocol/mod.ts";

function click(seq: number, num: number): number {
  return encodeEvent({ seq, ackDelta: 1, code: 0x01, num, payload: null }, "m").length;
}

function count(seq: number, received: number, num: number): number {
  const patches = [{ op: 0x16, num, offset: 7, count: 1, text: "2" } as const];
  return encodePatches({ seq, received, settled: null, patches }).length;
}

Deno.test("encodeEvent() of a click with its ack takes at most 6 bytes on a fresh page, 9 at 20,000", () => {
  assert(click(1, 7) <= 6);
  assert(click(20_000, 20_000) <= 9);
});

Deno.test("encodePatches() of a counter takes at most 10 bytes on a fresh page, 17 at 20,000", () => {
  assert(count(1, 1, 7) <= 10);
  assert(count(20_000, 20_000, 20_000) <= 17);
});
