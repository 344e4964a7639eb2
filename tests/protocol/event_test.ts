import { assertEquals, assertThrows } from "@std/assert";
import {
  decodeEvent,
  encodeEvent,
  encodePatches,
  type HookValue,
  type WirePayload,
} from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { toHex } from "./support.ts";

/** What the server gets of a payload. */
function sent(code: number, payload: unknown): unknown {
  const frame = { seq: 1, ackDelta: 0, code, num: 1, payload: payload as WirePayload };
  return decodeEvent(encodeEvent(frame, familyOf(code)), familyOf).payload;
}

Deno.test("encodeEvent() refuses a hook's data that the wire has no room for", () => {
  for (const value of [() => {}, Symbol("x"), 1n]) {
    assertThrows(() => sent(0x60, { name: "h", data: { value: value as unknown as HookValue } }), TypeError);
  }
  const loop: HookValue[] = [];
  loop.push(loop);
  assertThrows(() => sent(0x60, { name: "h", data: { loop } }), RangeError);
});

Deno.test("encodeEvent() takes what a browser leaves out as empty", () => {
  // Autofill sends a keydown that is no KeyboardEvent; deleting sends data null.
  const mods = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
  assertEquals(sent(0x20, {}), { key: "", code: "", ...mods, repeat: false, location: 0 });
  assertEquals(sent(0x1a, { inputType: "deleteContentBackward", data: null }), {
    inputType: "deleteContentBackward",
    data: "",
  });
});

Deno.test("encodeEvent() rounds fractions of pixels", () => {
  assertEquals(sent(0x30, { scrollTop: 10.5, scrollLeft: -0.4 }), { scrollTop: 11, scrollLeft: 0 });
});

Deno.test("encodeEvent() leaves out members that the family has not", () => {
  const payload = { data: "x", extra: 1, type: "compositionend" };
  assertEquals(sent(0x1e, payload), { data: "x" });
});

Deno.test("decodeEvent() keeps the numbers of hooks exact", () => {
  const data = { a: 2 ** 52, b: -(2 ** 52), c: -0, d: 1e300, e: -Infinity, f: NaN, g: 2 ** 52 - 1, h: 0.1 };
  assertEquals(sent(0x60, { name: "h", data }), { name: "h", data });
});

Deno.test("a click and its answer have the bytes of docs/protocol.md", () => {
  const click = encodeEvent({ seq: 9, ackDelta: 1, code: 0x01, num: 4, payload: null }, "m");
  const patches = [{ op: 0x16, num: 3, offset: 7, count: 1, text: "2" } as const];
  const answer = encodePatches({ seq: 6, received: 9, settled: null, patches });
  const doc = Deno.readTextFileSync(new URL("../../docs/protocol.md", import.meta.url));
  const blocks = doc.slice(doc.indexOf("## A click")).split("```").filter((_, i) => i % 2 === 1).slice(0, 2);
  const hex = blocks.map((block) =>
    block.trim().split("\n").map((line) => line.trim().match(/^[0-9a-f]{2}( [0-9a-f]{2})*(?= {2})/)![0]).join(
      "",
    ).replaceAll(" ", "")
  );
  assertEquals(hex, [toHex(click), toHex(answer)]);
});
