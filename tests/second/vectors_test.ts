/**
 * Every vector, read by the second client's decoder and, where a browser sends it, written again to the same bytes.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { WireError } from "./bytes.ts";
import { readDown } from "./down.ts";
import { type EventFrame, type Hello, readUp, writeAck, writeControl, writeEvent, writeHello } from "./up.ts";

const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

interface Vector {
  name: string;
  kind: string;
  hex: string;
  value: unknown;
}

const text = await Deno.readTextFile(new URL("../protocol/vectors.json", import.meta.url));
const VECTORS: Vector[] = JSON.parse(text, (_key, value) => {
  if (value?.$number !== undefined) return Number(value.$number);
  return value?.$hex === undefined ? value : fromHex(value.$hex);
});
const DOWN = new Set(["serverHello", "patches", "controlDown", "error"]);
const CODES: Record<number, string> = { 0xff: "o", 0x60: "hook", 0x70: "navigate", 0x71: "prefetch" };

/** The family of a vector's event: by its code, or the letter that its name begins with. */
function familyOf({ name }: Vector): (code: number) => string {
  return (code) => CODES[code] ?? name.split(":")[0];
}

function write(vector: Vector): Uint8Array {
  const value = vector.value as never;
  if (vector.kind === "clientHello") return writeHello(value as Hello);
  if (vector.kind === "event") {
    return writeEvent(value as EventFrame, familyOf(vector)((value as EventFrame).code));
  }
  if (vector.kind === "ack") return writeAck(value as number);
  const { type, message, ...numbers } = value as { type: number; message?: string };
  return writeControl(type, Object.values(numbers), message);
}

for (const vector of VECTORS) {
  Deno.test(`the second client reads the vector "${vector.name}"`, () => {
    const bytes = fromHex(vector.hex);
    const read = DOWN.has(vector.kind) ? readDown(bytes) : readUp(bytes, familyOf(vector));
    assertEquals<unknown>(read, { kind: vector.kind, value: vector.value });
    if (!DOWN.has(vector.kind)) assertEquals(encodeHex(write(vector)), vector.hex);
    // no frame is the beginning of another one, hellos and patches aside, which end where the message ends
    if (/hello|patches/i.test(vector.kind)) return;
    assertThrows(() => {
      const short = bytes.subarray(0, -1);
      DOWN.has(vector.kind) ? readDown(short) : readUp(short, familyOf(vector));
    }, WireError);
  });
}
