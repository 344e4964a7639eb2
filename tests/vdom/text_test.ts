import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { domText } from "../../vdom/content.ts";
import { Op } from "../../vdom/patch.ts";
import { givenTextPatch, textPatch } from "../../vdom/text.ts";

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

Deno.test("givenTextPatch() is the patch of the texts in the DOM, or none where they are others", () => {
  const piece = fc.constantFrom("a", "b", "\n", "\r", "\0", "\u{1f600}", "\u{1f601}", "x".repeat(45));
  const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
  let told = 0;
  fc.assert(
    fc.property(text, text, fc.boolean(), (old, other, grows) => {
      const next = grows ? old + other : other;
      const altered = domText(old) !== old || domText(next) !== next;
      const patch = givenTextPatch(1, old, next);
      if (!altered) told++;
      assertEquals(patch, altered ? null : textPatch(1, domText(old), domText(next)));
      if (patch?.op !== Op.TextRange) return assertEquals(patch === null || patch.op === Op.SetText, true);
      const { offset, count, text } = patch;
      assertEquals(old.slice(0, offset) + text + old.slice(offset + count), next);
    }),
    { numRuns: 2000 },
  );
  assert(told > 100, `only ${told} of 2000 were told`);
});
