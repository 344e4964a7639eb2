/**
 * Escaping of text, attribute values and script data.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { escapeAttribute, escapeText, jsonForScript } from "../../render/mod.ts";

Deno.test("jsonForScript() refuses values without JSON", () => {
  for (const value of [undefined, () => {}, Symbol("s"), 1n]) {
    assertThrows(() => jsonForScript(value), TypeError);
  }
});

Deno.test("jsonForScript() gives JSON of the same value that holds nothing special to a script", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json().map((s) => JSON.parse(s)),
        fc.constantFrom("</script><!--\u2028\u2029&>", "__proto__"),
      ),
      (value) => {
        const json = jsonForScript(value);
        assertEquals(JSON.stringify(JSON.parse(json)), JSON.stringify(value));
        assertEquals(/[<>&\u2028\u2029]/.test(json), false);
      },
    ),
  );
});

Deno.test("escapeText() and escapeAttribute() give the same for short and long text", () => {
  const pad = "x".repeat(40);
  for (
    const [text, inText, inAttribute] of [
      ["", "", ""],
      ["plain", "plain", "plain"],
      ["a<b>&\u00a0\"'", "a&lt;b&gt;&amp;&nbsp;\"'", "a&lt;b&gt;&amp;&nbsp;&quot;'"],
      ["&amp;", "&amp;amp;", "&amp;amp;"],
    ]
  ) {
    assertEquals(escapeText(text), inText);
    assertEquals(escapeText(pad + text), pad + inText);
    assertEquals(escapeText(text + pad), inText + pad);
    assertEquals(escapeAttribute(text), inAttribute);
    assertEquals(escapeAttribute(pad + text), pad + inAttribute);
  }
});
