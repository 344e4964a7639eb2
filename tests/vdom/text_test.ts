import { assertEquals } from "@std/assert";
import { Op } from "../../vdom/patch.ts";
import { textPatch } from "../../vdom/text.ts";

Deno.test("textPatch() never splits a surrogate pair", () => {
  // Two emoji that share their first unit, and two that share their last.
  assertEquals(textPatch(1, "text \u{1f600} text", "text \u{1f601} text"), {
    op: Op.TextRange,
    num: 1,
    offset: 5,
    count: 2,
    text: "\u{1f601}",
  });
  assertEquals(textPatch(1, "text \u{1f600} text", "text \u{1fa00} text"), {
    op: Op.TextRange,
    num: 1,
    offset: 5,
    count: 2,
    text: "\u{1fa00}",
  });
});

Deno.test("textPatch() sends the whole text where a range is no shorter", () => {
  assertEquals(textPatch(1, "1", "2"), { op: Op.SetText, num: 1, text: "2" });
  assertEquals(textPatch(1, "aaaa", "aa"), { op: Op.SetText, num: 1, text: "aa" });
  assertEquals(textPatch(1, "aaaa", "aaa"), { op: Op.TextRange, num: 1, offset: 3, count: 1, text: "" });
});
