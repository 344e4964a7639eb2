/**
 * The smallest patch from one text to another.
 *
 * @module
 */
import { domText } from "./content.ts";
import { Op, type Patch } from "./patch.ts";

/**
 * The patch that makes `next` of `old` in the text node (or empty comment) `num`: a range where that is shorter,
 * the whole text else. Offsets are UTF-16 units; a surrogate pair is never split.
 *
 *     textPatch(1, "Count: 1", "Count: 2")  →  replace 1 unit at 7 by "2"
 *
 * Both texts are as they are in the DOM.
 */
export function textPatch(num: number, old: string, next: string): Patch {
  // What is as in the DOM has nothing that is altered on the way to it.
  return givenTextPatch(num, old, next)!;
}

/** From this length on a text that only grows is told by one comparison, which the engine does by many units at once. */
const LONG = 40;

/**
 * {@linkcode textPatch} of texts as they were given; null when one of them is another text in the DOM, since it holds what
 * `domText()` alters. Both are looked through anyway: so that costs less than to ask for either text first.
 */
export function givenTextPatch(num: number, old: string, next: string): Patch | null {
  const max = Math.min(old.length, next.length);
  let start = old.length >= LONG && isPlain(old) && next.startsWith(old) ? old.length : 0;
  while (start < max) {
    const unit = old.charCodeAt(start);
    if (unit !== next.charCodeAt(start)) break;
    if (isAltered(unit)) return null;
    start++;
  }
  if (start > 0 && isHigh(old.charCodeAt(start - 1))) start--;
  let end = 0;
  const rest = max - start;
  while (end < rest) {
    const unit = old.charCodeAt(old.length - 1 - end);
    if (unit !== next.charCodeAt(next.length - 1 - end)) break;
    if (isAltered(unit)) return null;
    end++;
  }
  if (end > 0 && isLow(old.charCodeAt(old.length - end))) end--;
  const count = old.length - end - start;
  const text = next.slice(start, next.length - end);
  for (let i = 0; i < text.length; i++) if (isAltered(text.charCodeAt(i))) return null;
  for (let i = start; i < start + count; i++) if (isAltered(old.charCodeAt(i))) return null;
  // A range says its offset and its count too, in a byte each at least.
  if (text.length + 2 >= next.length) return { op: Op.SetText, num, text: next };
  return { op: Op.TextRange, num, offset: start, count, text };
}

/** Whether domText() alters a text with this unit: CR or NUL. */
function isAltered(unit: number): boolean {
  return unit < 14 && (unit === 13 || unit === 0);
}

function isPlain(text: string): boolean {
  return domText(text) === text;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
