import { assertEquals, assertThrows } from "@std/assert";
import {
  beginFrame,
  finishFrame,
  writeBytes,
  writeF64,
  writeString,
  writeSvarint,
  writeText,
  writeUvarint,
} from "../../protocol/write.ts";
import { openFrame, readString } from "../../protocol/read.ts";
import { toHex } from "./support.ts";

/** The hex of what `write` writes after a first byte. */
function hex(write: () => void): string {
  beginFrame(0);
  write();
  return toHex(finishFrame()).slice(2);
}

Deno.test("writeUvarint() refuses what is no number of the range", () => {
  for (const n of [-1, NaN, Infinity, -Infinity, 2 ** 53]) {
    assertThrows(() => hex(() => writeUvarint(n)), RangeError);
  }
});

Deno.test("writeUvarint() writes the shortest form", () => {
  assertEquals(hex(() => writeUvarint(0)), "00");
  assertEquals(hex(() => writeUvarint(127)), "7f");
  assertEquals(hex(() => writeUvarint(128)), "8001");
  assertEquals(hex(() => writeUvarint(2 ** 32)), "8080808010");
  assertEquals(hex(() => writeUvarint(Number.MAX_SAFE_INTEGER)), "ffffffffffffff0f");
});

Deno.test("writeSvarint() rounds a fraction and refuses what zigzag has no room for", () => {
  for (const n of [NaN, Infinity, 2 ** 52, -(2 ** 52) - 1]) {
    assertThrows(() => hex(() => writeSvarint(n)), RangeError);
  }
  assertEquals(hex(() => writeSvarint(-1)), "01");
  assertEquals(hex(() => writeSvarint(59.6)), "78");
  assertEquals(hex(() => writeSvarint(-0)), "00");
  assertEquals(hex(() => writeSvarint(-(2 ** 52))), "ffffffffffffff0f");
});

Deno.test("beginFrame() forgets a frame that was not finished", () => {
  beginFrame(1);
  writeText("abandoned");
  assertEquals(hex(() => writeText("abandoned")), "12" + toHex(new TextEncoder().encode("abandoned")));
});

Deno.test("finishFrame() gives a copy that the next frame does not change", () => {
  beginFrame(1);
  writeUvarint(7);
  const first = finishFrame();
  beginFrame(2);
  writeUvarint(9);
  finishFrame();
  assertEquals(toHex(first), "0107");
});

Deno.test("writeF64() and writeBytes() grow the buffer at its end", () => {
  beginFrame(0);
  for (let i = 0; i < 1000; i++) writeF64(i);
  writeBytes(new Uint8Array(5000));
  assertEquals(finishFrame().length, 1 + 8000 + 2 + 5000);
});

Deno.test("writeString() sends a lone surrogate as U+FFFD", () => {
  assertEquals(hex(() => writeString("\ud800")), "06efbfbd");
  assertEquals(hex(() => writeString("x".repeat(50) + "\udc00")), "6a" + "78".repeat(50) + "efbfbd");
});

Deno.test("writeText() refers to strings of 3 bytes and more only, and counts what it cannot refer to", () => {
  assertEquals(hex(() => ["ab", "ab"].forEach((s) => writeText(s))), "0461620461" + "62");
  assertEquals(hex(() => ["abc", "abc"].forEach((s) => writeText(s))), "0661626301");
  // "€" has 3 bytes, so it is string 0, but is too short to be looked for.
  assertEquals(
    hex(() => ["€", "abc", "€", "abc"].forEach((s) => writeText(s))),
    "06e282ac" + "06616263" + "06e282ac" + "03",
  );
});

Deno.test("writeText() never refers to a string of another frame", () => {
  hex(() => ["one", "two", "three"].forEach((s) => writeText(s)));
  assertEquals(
    hex(() => ["three", "one", "three"].forEach((s) => writeText(s))),
    "0a7468726565" + "066f6e65" + "01",
  );
});

Deno.test("writeText() is read back when strings push each other out of the table", () => {
  const strings = Array.from({ length: 5000 }, (_, i) => `string ${(i * 7919) % 1500}`);
  beginFrame(0);
  for (const s of strings) writeText(s);
  openFrame(finishFrame());
  assertEquals(strings.map(() => readString()), strings);
});

Deno.test("writeText() and writeString() write strings of every length around their limits", () => {
  for (const n of [0, 1, 2, 3, 39, 40, 41, 63, 64, 127, 128, 1023, 1024, 8191, 8192, 70_000]) {
    for (const s of ["a".repeat(n), "é".repeat(n), "a".repeat(n) + "é"]) {
      beginFrame(0);
      writeText(s);
      writeText(s);
      openFrame(finishFrame());
      assertEquals([readString(), readString()], [s, s]);
    }
  }
});
