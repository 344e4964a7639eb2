import { assert, assertEquals, assertThrows } from "@std/assert";
import { stylePairs } from "../../vdom/attrs.ts";

Deno.test("a style value may hold what ends a declaration inside strings, URLs and brackets", () => {
  for (
    const value of [
      "red",
      "url(data:image/png;base64,AA==)",
      'url( "a;b" )',
      "'a;b}'",
      '"a\\";b"',
      "image-set(url(data:a;b) 1x, 'c;d' 2x)",
      "var(--a, [x; y])",
    ]
  ) assertEquals(stylePairs({ color: value }), [["color", value]]);
});

Deno.test("a style value that could end its declaration is refused, however it hides that", () => {
  for (
    const value of [
      "red;top:0",
      "red}",
      '"a";top:0;"b"',
      "'a';top:0;'b'",
      "(a);top:0;(b)",
      'url(a"b);top:0;x")',
      '/*"*/;top:0;/*"*/',
      '"a\n;top:0;"',
      "u\\72l(a'b);top:0;')",
      "(a];top:0;",
      "{a;b}",
      "(a;b",
      '"a;b',
    ]
  ) assertThrows(() => stylePairs({ color: value }), TypeError, "it would end the declaration", value);
});

Deno.test("a long style value is read in linear time", () => {
  for (const char of ['"', "(", "url(", "'\\"]) {
    const started = performance.now();
    assertThrows(() => stylePairs({ color: `${char.repeat(50_001)};` }), TypeError);
    assert(performance.now() - started < 500, char);
  }
});
