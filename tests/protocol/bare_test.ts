import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readBareEvent, readBareText } from "../../protocol/bare.ts";
import { readEvent } from "../../protocol/event.ts";
import { decodeDown, decodePatches, encodeEvent, encodePatches, ProtocolError } from "../../protocol/mod.ts";
import { readPatches } from "../../protocol/patch.ts";
import { openAs } from "../../protocol/read.ts";
import { familyOf } from "../../vdom/attrs.ts";

Deno.test("readBareEvent() reads what the reader of all events reads, and leaves it what is wrong", () => {
  const bytes = fc.tuple(
    fc.constantFrom(0x21, 0x31, 0x11, 0x61, 0x22),
    fc.array(fc.oneof(fc.nat(127), fc.constantFrom(0, 1, 127, 128, 255)), { minLength: 2, maxLength: 7 }),
  ).map(([head, rest]) => Uint8Array.from([head, ...rest]));
  let read = 0;
  fc.assert(
    fc.property(bytes, (frame) => {
      const bare = readBareEvent(frame);
      if (bare === null) return;
      read++;
      openAs(1, frame);
      assertEquals(bare, readEvent(familyOf));
    }),
    { numRuns: 5000 },
  );
  assert(read > 50, `only ${read} of 5000 were bare`);
  assertEquals(readBareEvent(Uint8Array.of(0x31, 1, 0xac, 2, 1, 42)), {
    seq: 300,
    ackDelta: 1,
    code: 1,
    num: 42,
    target: 0,
    payload: null,
  });
  for (const wrong of [[], [0x21], [0x21, 0x80, 0, 1, 1], [0x21, 1, 1, 1, 1], [0x31, 1, 1, 1]]) {
    assertEquals(readBareEvent(Uint8Array.from(wrong)), null);
  }
});

/** Frames of a counter, and of texts that are set whole, with a byte of some changed, added or cut off. */
const textFrames = fc.record({
  head: fc.constantFrom(0x02, 0x12, 0x12, 0x12, 0x22, 0x32),
  op: fc.constantFrom(0x01, 0x16, 0x08),
  numbers: fc.array(fc.oneof(fc.nat(127), fc.nat(127), fc.nat(20_000)), { minLength: 5, maxLength: 5 }),
  text: fc.oneof(fc.string({ maxLength: 45 }), fc.string({ unit: "grapheme", maxLength: 20 })),
  change: fc.option(fc.tuple(fc.nat(60), fc.nat(255), fc.nat(2)), { freq: 2 }),
}).map(({ head, op, numbers: [seq, received, num, offset, count], text, change }) => {
  const patch = op === 0x16
    ? { op: 0x16, num, offset, count, text } as const
    : op === 0x01
    ? { op: 0x01, num, text } as const
    : { op: 0x08, num, value: text } as const;
  const bytes = [...encodePatches({ seq, received, settled: null, patches: [patch] })];
  bytes[0] = head;
  if (change !== null) bytes.splice(change[0] % bytes.length, change[2], change[1]);
  return Uint8Array.from(bytes);
});

Deno.test("readBareText() reads what the reader of all patches reads, and leaves it what is wrong", () => {
  let read = 0;
  fc.assert(
    fc.property(textFrames, (frame) => {
      const bare = readBareText(frame);
      if (bare === null) return;
      read++;
      openAs(2, frame);
      assertEquals(bare, readPatches());
    }),
    { numRuns: 5000 },
  );
  assert(read > 200, `only ${read} of 5000 were bare`);
});

Deno.test("readBareText() takes one SetText or TextRange, and nothing that is wrong or longer", () => {
  const sizes = (text: string) => [
    encodePatches({ seq: 300, received: 300, settled: null, patches: [{ op: 0x01, num: 7, text }] }),
    encodePatches({
      seq: 300,
      received: 300,
      settled: null,
      patches: [{ op: 0x16, num: 7, offset: 7, count: 2, text }],
    }),
  ];
  for (const frame of ["", "4", "43", "a".repeat(39)].flatMap(sizes)) {
    const bare = readBareText(frame, { maxFrame: frame.length });
    openAs(2, frame);
    assertEquals(bare, readPatches());
    for (let n = 0; n < frame.length; n++) {
      assertEquals(readBareText(frame.subarray(0, n)), null);
      assertEquals(readBareText(frame, { maxFrame: n }), null);
    }
    assertEquals(readBareText(Uint8Array.of(...frame, 0)), null);
  }
  for (const frame of ["ü", "a".repeat(40), "a".repeat(64)].flatMap(sizes)) {
    assertEquals(readBareText(frame), null);
    assertEquals(decodePatches(frame).patches.length, 1);
  }
  // A second spelling of a number, a reference for a text, a number of three bytes, a text that ends behind the frame.
  for (
    const wrong of [
      [0x12, 0x81, 0, 1, 0x16, 7, 7, 2, 2, 0x32],
      [0x12, 1, 1, 0x16, 7, 7, 2, 1],
      [0x12, 1, 1, 0x16, 7, 0x81, 0x81, 1, 2, 2, 0x32],
      [0x12, 1, 1, 0x16, 7, 7, 2, 4, 0x32],
      [0x12, 1, 1, 0x16, 7, 7, 2, 0x80, ...Array(64).fill(0x32)],
    ]
  ) {
    assertEquals(readBareText(Uint8Array.from(wrong)), null);
  }
});

Deno.test("decodePatches() and decodeDown() refuse a text that is longer than the limit, or wrong, and say where", () => {
  const frame = Uint8Array.of(0x12, 1, 1, 0x16, 7, 7, 2, 4, 0x34, 0x33);
  const refusals: [frame: Uint8Array, maxFrame: number, code: number, offset: number][] = [
    [frame, 9, 0x10, 0],
    [frame.subarray(0, 9), 10, 0x13, 8],
    [frame.subarray(0, 5), 10, 0x13, 5],
    [frame.with(5, 0x80).with(6, 0), 10, 0x14, 5],
    [frame.with(8, 0xff), 10, 0x15, 8],
    [frame.with(7, 3), 10, 0x15, 8],
    [frame.with(3, 0x19), 10, 0x16, 5],
  ];
  for (const decode of [decodePatches, decodeDown]) {
    for (const [bytes, maxFrame, code, offset] of refusals) {
      const error = assertThrows(() => decode(bytes, { maxFrame }), ProtocolError) as ProtocolError;
      assertEquals([error.code, error.offset], [code, offset]);
    }
  }
});

Deno.test("readBareEvent() and readBareText() take every number of a byte or two", () => {
  for (const n of [0, 1, 127, 128, 16_383, 16_384]) {
    const event = encodeEvent({ seq: n, ackDelta: n, code: 0x01, num: n, payload: null }, "m");
    const maxFrame = event.length;
    const patches = [
      { op: 0x16, num: n, offset: n, count: n, text: "4" } as const,
      { op: 0x01, num: n, text: "4" } as const,
    ];
    const frames = patches.map((patch) => ({ seq: n, received: n, settled: null, patches: [patch] }));
    const taken = n < 16_384;
    assertEquals(
      readBareEvent(event, { maxFrame }),
      taken ? { seq: n, ackDelta: n, code: 1, num: n, target: 0, payload: null } : null,
    );
    assertEquals(readBareEvent(event, { maxFrame: maxFrame - 1 }), null);
    for (const frame of frames) assertEquals(readBareText(encodePatches(frame)), taken ? frame : null);
  }
});
