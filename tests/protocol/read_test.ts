import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "../../protocol/mod.ts";
import {
  endFrame,
  frameType,
  hasMore,
  openFrame,
  readBool,
  readBytes,
  readF64,
  readFlags,
  readList,
  readOptional,
  readString,
  readSvarint,
  readU8,
  readUvarint,
} from "../../protocol/read.ts";
import type { Limits } from "../../protocol/limits.ts";
import { fromHex } from "./support.ts";

/** Reads primitives that follow a first byte 0. */
function read<T>(hex: string, primitive: () => T, limits?: Partial<Limits>): T {
  openFrame(fromHex("00" + hex), limits);
  return primitive();
}

function fails(code: number, hex: string, primitive: () => unknown, limits?: Partial<Limits>): void {
  const error = assertThrows(() => read(hex, primitive, limits), ProtocolError);
  assertEquals((error as ProtocolError).code, code, hex);
}

Deno.test("readUvarint() refuses a number that is cut off", () => {
  for (const hex of ["", "80", "ffff", "ffffffffffffff"]) fails(0x13, hex, readUvarint);
});

Deno.test("readUvarint() refuses a second spelling of a number", () => {
  for (const hex of ["8000", "ff00", "808000", "8080808080808000"]) fails(0x14, hex, readUvarint);
});

Deno.test("readUvarint() refuses what has more than 53 bits or 8 bytes", () => {
  fails(0x14, "ffffffffffffff1f", readUvarint);
  fails(0x14, "8080808080808010", readUvarint);
  fails(0x14, "ffffffffffffff7f", readUvarint);
  fails(0x14, "808080808080808001", readUvarint);
  fails(0x14, "ffffffffffffffffffffffffff", readUvarint);
});

Deno.test("readUvarint() reads the whole range", () => {
  assertEquals(read("00", readUvarint), 0);
  assertEquals(read("7f", readUvarint), 127);
  assertEquals(read("8001", readUvarint), 128);
  assertEquals(read("a09c01", readUvarint), 20_000);
  assertEquals(read("ffffffff0f", readUvarint), 2 ** 32 - 1);
  assertEquals(read("ffffffffffffff0f", readUvarint), Number.MAX_SAFE_INTEGER);
});

Deno.test("readSvarint() reads the ends of its range", () => {
  assertEquals(read("01", readSvarint), -1);
  assertEquals(read("f001", readSvarint), 120);
  assertEquals(read("ffffffffffffff0f", readSvarint), -(2 ** 52));
  assertEquals(read("feffffffffffff0f", readSvarint), 2 ** 52 - 1);
});

Deno.test("readString() refuses a length beyond the frame before it allocates", () => {
  fails(0x13, "", readString);
  fails(0x13, "0461", readString);
  fails(0x13, "feffffffffffff0f", readString);
});

Deno.test("readString() refuses what is not UTF-8", () => {
  fails(0x15, "02ff", readString);
  fails(0x15, "04c0af", readString); // overlong "/"
  fails(0x15, "06eda080", readString); // a lone surrogate
  fails(0x15, "02c3", readString); // half a character
  fails(0x15, "a801" + "61".repeat(83) + "ff", readString);
});

Deno.test("readString() refuses a reference to a string that was not there", () => {
  fails(0x15, "01", readString);
  fails(0x15, "ffffffffffffff0f", readString);
  const second = () => [readString(), readString()];
  fails(0x15, "04616101", second); // "aa" is too short to be kept
  assertEquals(read("0661616101", second), ["aaa", "aaa"]);
});

Deno.test("readString() counts what references unfold to against the limit of the frame", () => {
  const ten = () => Array.from({ length: 10 }, () => readString());
  const hex = "14" + "61".repeat(10) + "01".repeat(9);
  assertEquals(read(hex, ten, { maxFrame: 90 }).length, 10);
  fails(0x10, hex, ten, { maxFrame: 89 });
});

Deno.test("readString() keeps a byte order mark and characters of every length", () => {
  assertEquals(read("06efbbbf", readString), "\uFEFF");
  assertEquals(read("1461c3a9e282acf09f9880", readString), "aé€😀");
  assertEquals(read("18616263646566c3a96768696a", readString), "abcdefé" + "ghij");
});

Deno.test("readOptional() tells an absent string from an empty one", () => {
  assertEquals(read("00", readOptional), null);
  assertEquals(read("01", readOptional), "");
  assertEquals(read("0361", readOptional), "a");
});

Deno.test("readBytes() copies, and refuses a length beyond the frame", () => {
  fails(0x13, "0401", readBytes);
  const frame = fromHex("000201ff");
  openFrame(frame);
  const bytes = readBytes();
  frame[2] = 9;
  assertEquals(bytes, new Uint8Array([1, 255]));
});

Deno.test("readList() refuses more items than bytes remain, or than the limit", () => {
  fails(0x11, "feffffffffffff0f", () => readList(readU8));
  fails(0x11, "03aabb", () => readList(readU8));
  fails(0x11, "03aabbcc", () => readList(readU8), { maxItems: 2 });
  assertEquals(read("02aabb", () => readList(readU8), { maxItems: 2 }), [0xaa, 0xbb]);
});

Deno.test("readBool() takes 0 and 1 alone", () => {
  fails(0x01, "02", readBool);
  assertEquals([read("00", readBool), read("01", readBool)], [false, true]);
});

Deno.test("readF64() is big-endian, wherever the frame lies in its buffer", () => {
  fails(0x13, "3ff80000000000", readF64);
  assertEquals(read("3ff8000000000000", readF64), 1.5);
  openFrame(fromHex("ffff 00 3ff8000000000000").subarray(2));
  assertEquals(readF64(), 1.5);
});

Deno.test("openFrame() refuses an empty frame and one over the limit", () => {
  assertEquals((assertThrows(() => openFrame(new Uint8Array()), ProtocolError) as ProtocolError).code, 0x13);
  const large = assertThrows(() => openFrame(new Uint8Array(11), { maxFrame: 10 }), ProtocolError);
  assertEquals((large as ProtocolError).code, 0x10);
  assertEquals(frameType(fromHex("32")), 2);
});

Deno.test("readFlags() refuses flags that the frame has not", () => {
  openFrame(fromHex("41"));
  assertEquals((assertThrows(() => readFlags(3), ProtocolError) as ProtocolError).offset, 0);
  assertEquals(readFlags(7), 4);
});

Deno.test("endFrame() refuses bytes that nobody read", () => {
  openFrame(fromHex("0001"));
  assertEquals(hasMore(), true);
  const error = assertThrows(endFrame, ProtocolError) as ProtocolError;
  assertEquals([error.code, error.offset], [0x01, 1]);
});

Deno.test("readString() refuses a byte that is no UTF-8 wherever it stands", () => {
  for (const length of [3, 4, 5, 8, 39, 40, 41]) {
    for (let at = 0; at < length; at++) {
      const text = Array.from({ length }, (_, i) => i === at ? "80" : "61").join("");
      fails(0x15, (length * 2).toString(16).padStart(2, "0") + text, readString);
    }
  }
});
