/**
 * The client's bytes against the protocol's: what one writes the other reads.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import {
  beginFrame,
  finishFrame,
  writeOptional,
  writeSvarint,
  writeText,
  writeUvarint,
} from "../../protocol/write.ts";
import { openFrame, readString, readSvarint, readUvarint } from "../../protocol/read.ts";
import { writeName } from "../../protocol/names.ts";
import { Cursor, putInt, putNumber, putText, putUint } from "../../client/wire.ts";
import { decodeEvent } from "../../protocol/event.ts";

const RUNS = { seed: 7, numRuns: 300 };

Deno.test("Cursor reads whole numbers and strings as the protocol writes them, references too", () => {
  const uint = fc.maxSafeNat();
  const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
  const text = fc.string({ unit: "binary", maxLength: 60 }).map((s) => s.toWellFormed());
  fc.assert(
    fc.property(fc.array(fc.tuple(uint, int, text)), (rows) => {
      beginFrame(2);
      for (const [u, i, s] of rows) {
        writeUvarint(u);
        writeSvarint(i);
        writeText(s);
        writeText(s);
        writeName(s === "" ? "div" : s);
        writeOptional(s);
        writeOptional(null);
      }
      const from = new Cursor(finishFrame());
      for (const [u, i, s] of rows) {
        assertEquals(
          [from.uint(), from.int(), from.string(), from.string(), from.word(), from.maybe(), from.maybe()],
          [u, i, s, s, s === "" ? "div" : s, s, null],
        );
      }
      assertEquals(from.pos, from.bytes.length);
    }),
    RUNS,
  );
});

Deno.test("putUint(), putInt() and putText() write what the protocol reads", () => {
  const value = fc.tuple(
    fc.maxSafeNat(),
    fc.integer(),
    fc.string({ unit: "binary" }).map((s) => s.toWellFormed()),
  );
  fc.assert(
    fc.property(value, ([u, i, s]) => {
      const out = [1];
      putUint(out, u);
      putInt(out, i);
      putText(out, s);
      openFrame(new Uint8Array(out));
      assertEquals([readUvarint(), readSvarint(), readString()], [u, i, s]);
    }),
    RUNS,
  );
});

Deno.test("putInt() rounds, and writes 0 for what is no number", () => {
  const out = [1];
  for (const n of [1.5, -1.6, NaN]) putInt(out, n);
  openFrame(new Uint8Array(out));
  assertEquals([readSvarint(), readSvarint(), readSvarint()], [2, -2, 0]);
});

Deno.test("putNumber() writes doubles, and a byte for what is no number", () => {
  for (const n of [0, 1, -2.5, 1e300, NaN]) {
    const body = [0, 0, 0];
    putNumber(body, n);
    const frame = decodeEvent(new Uint8Array([1, 1, 0x10, 1, ...body]), () => "v");
    assertEquals((frame.payload as { valueAsNumber: number }).valueAsNumber, n);
  }
});
