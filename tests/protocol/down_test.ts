import { assertEquals, assertThrows } from "@std/assert";
import { decodeDown, DEFAULT_LIMITS, ProtocolError } from "../../protocol/mod.ts";
import { fromHex, readVectors } from "./support.ts";

function refusal(hex: string): ProtocolError {
  return assertThrows(() => decodeDown(fromHex(hex), DEFAULT_LIMITS), ProtocolError) as ProtocolError;
}

function refuse(hex: string): number {
  return refusal(hex).code;
}

Deno.test("decodeDown() refuses what only a browser sends", () => {
  for (const hex of ["3101010107", "0405", "03100501", "03140c"]) assertEquals(refuse(hex), 0x17);
});

Deno.test("decodeDown() refuses unknown frames, flags, controls, operations, kinds of node and names", () => {
  assertEquals(refuse("06"), 0x16);
  assertEquals(refuse("4201"), 0x01);
  const settledAlone = refusal("22010100");
  assertEquals([settledAlone.code, settledAlone.offset], [0x01, 0]);
  assertEquals(refuse("0330"), 0x16);
  for (const op of ["00", "19", "21", "38", "ff"]) assertEquals(refuse(`0201${op}0100`), 0x16, op);
  for (const kind of ["00", "04", "09"]) assertEquals(refuse(`02010401` + `01${kind}`), 0x16, kind);
  assertEquals(refuse("0201030179"), 0x15);
});

Deno.test("decodeDown() refuses a settled number below zero", () => {
  assertEquals(refuse("3201020300"), 0x01);
});

Deno.test("decodeDown() refuses settled events that were not received, those past 2^53-1 among them", () => {
  const settled = (hex: string) => decodeDown(fromHex(hex));
  assertEquals(settled("3209080401" + "04").kind, "patches"); // 4 + 4 is 8
  assertEquals(refuse("3209080401" + "05"), 0x01);
  assertEquals(refuse("3209080402" + "ffffffffffffff0f" + "01"), 0x01);
});

Deno.test("decodeDown() refuses nodes that nest deeper than a limit", () => {
  const bomb = (depth: number) => "02010401" + "01011800".repeat(depth) + "00";
  assertEquals(decodeDown(fromHex(bomb(256)), DEFAULT_LIMITS).kind, "patches");
  assertEquals(refuse(bomb(257)), 0x12);
  assertEquals(refuse(bomb(200_000)), 0x12);
  const templates = (depth: number) => "02010401" + "0108010001".repeat(depth) + "00";
  assertEquals(decodeDown(fromHex(templates(256)), DEFAULT_LIMITS).kind, "patches");
  assertEquals(refuse(templates(257)), 0x12);
});

Deno.test("decodeDown() never reads past the end of a frame that is cut off", () => {
  for (const { hex, kind, name } of readVectors()) {
    if (!["patches", "controlDown", "error", "serverHello"].includes(kind)) continue;
    const bytes = fromHex(hex);
    for (let n = 0; n < bytes.length; n++) {
      try {
        // A Patches frame may end after any patch.
        const frame = decodeDown(bytes.subarray(0, n));
        assertEquals(frame.kind, "patches", `${name} at ${n}`);
      } catch (error) {
        assertEquals(
          error instanceof ProtocolError && [0x13, 0x11].includes(error.code),
          true,
          `${name}: ${error}`,
        );
      }
    }
  }
});

Deno.test("decodeDown() takes a list of more items than a server takes from a browser", () => {
  const count = 100_001;
  const bytes = new Uint8Array(4 + 3 + count).fill(3);
  bytes.set(fromHex("02010e00" + "a18d06"));
  const frame = decodeDown(bytes);
  if (frame.kind !== "patches" || !("nodes" in frame.frame.patches[0])) throw new Error("expected nodes");
  assertEquals(frame.frame.patches[0].nodes.length, count);
});
