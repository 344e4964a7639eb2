/**
 * The golden frames: what is on the wire today stays readable tomorrow, byte for byte, by both ends.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { decodeDown, decodeUp, ErrorCode, FrameType } from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { EVENTS } from "../../vdom/event_table.ts";
import { Op } from "../../vdom/patch.ts";
import { decodeSample, encodeSample, fromHex, readVectors, toHex } from "./support.ts";

for (const vector of readVectors()) {
  Deno.test(`vectors.json: "${vector.name}" is encoded and decoded as recorded`, () => {
    assertEquals(toHex(encodeSample(vector)), vector.hex);
    assertEquals(decodeSample(vector.kind, fromHex(vector.hex)), vector.value);
  });
}

Deno.test("decodeUp() and decodeDown() agree with the decoder of each frame", () => {
  for (const { kind, hex, value } of readVectors()) {
    const bytes = fromHex(hex);
    switch (kind) {
      case "event":
        assertEquals(decodeUp(bytes, familyOf), { kind: "event", event: value });
        break;
      case "clientHello":
        assertEquals(decodeUp(bytes, familyOf), { kind: "hello", hello: value });
        break;
      case "controlUp":
        assertEquals(decodeUp(bytes, familyOf), { kind: "control", control: value });
        break;
      case "ack":
        assertEquals(decodeUp(bytes, familyOf), { kind: "ack", seq: value });
        break;
      case "serverHello":
        assertEquals(decodeDown(bytes), { kind: "hello", hello: value });
        break;
      case "patches":
        assertEquals(decodeDown(bytes), { kind: "patches", frame: value });
        break;
      case "controlDown":
        assertEquals(decodeDown(bytes), { kind: "control", control: value });
        break;
      case "error":
        assertEquals(decodeDown(bytes), { kind: "error", error: value });
    }
  }
});

Deno.test("vectors.json covers every frame, operation, control, family of payload and kind of node", () => {
  const vectors = readVectors();
  const all = JSON.stringify(vectors.map((v) => v.value));
  const firstBytes = new Set(vectors.map((v) => fromHex(v.hex)[0] & 15));
  assertEquals([...firstBytes].sort(), Object.values(FrameType).sort());
  for (const op of Object.values(Op)) assertEquals(all.includes(`"op":${op},`), true, `op ${op}`);
  for (const kind of [1, 2, 3, 5, 6, 7]) assertEquals(all.includes(`{"kind":${kind}`), true, `kind ${kind}`);
  for (const type of [0x01, 0x02, 0x10, 0x12, 0x13, 0x14, 0x20, 0x21, 0x22]) {
    assertEquals(all.includes(`"type":${type},`), true, `control ${type}`);
  }
  const families = new Set(vectors.flatMap((v) => v.kind === "event" ? [familyOf(v.value.code)] : []));
  assertEquals(EVENTS.filter(([, , family]) => !families.has(family)), []);
  assertEquals(families.has("o"), true);
});

Deno.test("ErrorCode has the numbers of docs/protocol.md, each once", () => {
  const codes = Object.values(ErrorCode);
  assertEquals(new Set(codes).size, codes.length);
  const doc = Deno.readTextFileSync(new URL("../../docs/protocol.md", import.meta.url));
  const section = doc.slice(doc.indexOf("## Errors"));
  for (const code of codes) {
    const hex = `0x${code.toString(16).padStart(2, "0")}`;
    assertEquals(section.includes(hex), true, `${hex} is not in the section Errors`);
  }
});
