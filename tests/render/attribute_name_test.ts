/** How attributes are written whose values come again and again. @module */
import { assertEquals } from "@std/assert";
import { isPlain } from "../../render/escape.ts";
import { AttributeName } from "../../render/names.ts";

const PARTS = ["", "a", "card", "link", "item even", 'say "hi"', "a&b", "x:y", "é\u00a0", "q".repeat(40)];

Deno.test("AttributeName.write() writes each plain value, whichever came before, and leaves the others alone", () => {
  const name = new AttributeName("class", ' class="');
  let seed = 7;
  const random = (n: number) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n;
  for (let i = 0; i < 5000; i++) {
    // Values that share a place, that come again at once, later and never.
    const value = PARTS[random(PARTS.length)] + (random(3) === 0 ? String(random(i + 1)) : "");
    const wanted = isPlain(value) ? ` class="${value}"` : null;
    assertEquals([name.write(value), name.write(value)], [wanted, wanted], value);
  }
});

Deno.test("AttributeName.write() writes values that never come again", () => {
  const name = new AttributeName("id", ' id="');
  for (let i = 0; i < 1000; i++) assertEquals(name.write(`row-${i}`), ` id="row-${i}"`);
  assertEquals([name.write("row-1"), name.write("row-1"), name.write('"')], [
    ' id="row-1"',
    ' id="row-1"',
    null,
  ]);
});
