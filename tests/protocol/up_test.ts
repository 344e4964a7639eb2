import { assertEquals, assertThrows } from "@std/assert";
import { decodeUp, type Limits, ProtocolError } from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { fromHex, readVectors } from "./support.ts";

function refuse(hex: string, limits?: Partial<Limits>): ProtocolError {
  return assertThrows(() => decodeUp(fromHex(hex), familyOf, limits), ProtocolError) as ProtocolError;
}

/** A hook's event whose data nests this deep. */
function nested(depth: number): string {
  return "0101600102680102" + "61" + "0501".repeat(depth - 1) + "00";
}

const UP = readVectors().filter((v) => ["event", "controlUp", "ack", "clientHello"].includes(v.kind));

Deno.test("decodeUp() refuses every frame that is cut off, with a typed error", () => {
  for (const { hex, name } of UP) {
    const bytes = fromHex(hex);
    for (let n = 0; n < bytes.length; n++) {
      const error = assertThrows(
        () => decodeUp(bytes.subarray(0, n), familyOf),
        ProtocolError,
        undefined,
        name,
      );
      // A list that is cut off has more items than bytes remain.
      assertEquals([0x13, 0x11].includes((error as ProtocolError).code), true, `${name} at ${n}: ${error}`);
    }
  }
});

Deno.test("decodeUp() refuses a byte after the end", () => {
  for (const { hex, kind, name } of UP) {
    const error = refuse(hex + "00");
    assertEquals([error.code, error.offset], [0x01, hex.length / 2], `${kind} ${name}`);
  }
});

Deno.test("decodeUp() names the type of an unknown frame", () => {
  const error = refuse("2a");
  assertEquals([error.code, error.offset], [0x16, 0]);
  assertEquals(error.message, "Cannot decode frame of type 0x0a at byte 0: expected 0x00 to 0x05");
});

Deno.test("decodeUp() refuses what only a server sends", () => {
  for (const { hex, kind } of readVectors()) {
    if (kind === "patches" || kind === "error") assertEquals(refuse(hex).code, 0x17);
  }
  for (const type of ["12", "13", "21", "22"]) assertEquals(refuse(`03${type}00`).code, 0x17);
  assertEquals(
    refuse("0202").message,
    "Cannot decode patches frame at byte 0: expected what a browser sends",
  );
});

Deno.test("decodeUp() refuses flags that a frame has not", () => {
  for (const hex of ["810101", "8101", "10", "130100", "2401"]) {
    const error = refuse(hex);
    assertEquals([error.code, error.offset], [0x01, 0], hex);
  }
});

Deno.test("decodeUp() refuses an unknown control, reason and intent", () => {
  assertEquals(refuse("0311").code, 0x16);
  assertEquals(refuse("03100504").code, 0x01);
  assertEquals(refuse("00030002").code, 0x01);
});

Deno.test("decodeUp() refuses a code without a row, unless it has no payload", () => {
  const error = refuse("0101330161");
  assertEquals(error.code, 0x02);
  assertEquals(
    error.message,
    "Cannot decode event frame at byte 4: expected a known event and a payload of its family, not 0x61",
  );
  assertEquals(decodeUp(fromHex("21013301"), familyOf).kind, "event");
});

Deno.test("decodeUp() refuses modifiers that no keyboard has", () => {
  assertEquals(refuse("01012007026102611000" + "00").code, 0x02);
});

Deno.test("decodeUp() refuses a frame over the limit before it reads it", () => {
  const error = refuse("01".repeat(11), { maxFrame: 10 });
  assertEquals([error.code, error.offset], [0x10, 0]);
  assertEquals(error.message, "Cannot decode event frame at byte 0: expected at most 10 bytes, not 11");
});

Deno.test("decodeUp() refuses fields that unfold to more than the limit", () => {
  // One name of 1,000 bytes, then 2,000 fields of two references each.
  const hex = "01011201d20fd00f" + "61".repeat(1000) + "01".repeat(2001 * 2 - 1);
  assertEquals(refuse(hex, { maxFrame: 1_000_000 }).code, 0x10);
});

Deno.test("decodeUp() refuses counts beyond the frame and beyond the limit without allocating", () => {
  assertEquals(refuse("01011201feffffffffffff0f").code, 0x11);
  assertEquals(refuse("01011201020000" + "0000", { maxItems: 1 }).code, 0x11);
});

Deno.test("decodeUp() refuses a hook's data that nests deeper than the limit", () => {
  assertEquals(decodeUp(fromHex(nested(64)), familyOf).kind, "event");
  assertEquals(refuse(nested(65)).code, 0x12);
  assertEquals(refuse(nested(200_000)).code, 0x12);
  assertEquals(refuse(nested(3), { maxHookDepth: 2 }).code, 0x12);
});

Deno.test("decodeUp() keeps __proto__ in a hook's data a plain key", () => {
  const frame = decodeUp(
    fromHex("010160010268" + "01" + "125f5f70726f746f5f5f" + "0601" + "0261" + "0101"),
    familyOf,
  );
  if (frame.kind !== "event") throw new Error("expected an event");
  const { data } = frame.event.payload as { data: Record<string, unknown> };
  assertEquals(Object.getPrototypeOf(data), Object.prototype);
  assertEquals(
    Object.getOwnPropertyDescriptors(data),
    Object.getOwnPropertyDescriptors({ ["__proto__"]: { a: true } }),
  );
  assertEquals(data.a, undefined);
});

Deno.test("decodeUp() reads only the version of a hello of another major version", () => {
  const frame = decodeUp(fromHex("000901ffffff"), familyOf);
  if (frame.kind !== "hello") throw new Error("expected a hello");
  assertEquals([frame.hello.major, frame.hello.minor, frame.hello.session], [9, 1, ""]);
});

Deno.test("decodeUp() leaves what a higher minor version adds to a hello", () => {
  const { hex } = readVectors().find((v) => v.kind === "clientHello")!;
  const newer = hex.replace(/^000300/, "000301") + "ffff";
  const frame = decodeUp(fromHex(newer), familyOf);
  assertEquals(frame.kind === "hello" && [frame.hello.minor, frame.hello.width], [1, 1280]);
});

Deno.test("decodeUp() takes a pointer of an unknown kind as one that cannot be told", () => {
  const { hex } = readVectors().find((v) => v.name === "p: pointermove")!;
  const frame = decodeUp(fromHex(hex.replace("0670656e", "0678797a")), familyOf);
  assertEquals(frame.kind === "event" && (frame.event.payload as { pointerType: string }).pointerType, "");
});

Deno.test("decodeUp() takes a frame of just as many bytes as may be, and none of one more", () => {
  assertEquals(decodeUp(fromHex("3101010107"), familyOf, { maxFrame: 5 }).kind, "event");
  assertEquals(refuse("3101010107", { maxFrame: 4 }).code, 0x10);
});
