/**
 * The smallest patch from one text to another.
 *
 * @module
 */
import { Op, type Patch } from "./patch.ts";

/**
 * The patch that makes `next` of `old` in the text node (or empty comment) `num`: a range where that is shorter,
 * the whole text else. Offsets are UTF-16 units; a surrogate pair is never split.
 *
 *     textPatch(1, "Count: 1", "Count: 2")  →  replace 1 unit at 7 by "2"
 */
export function textPatch(num: number, old: string, next: string): Patch {
  const max = Math.min(old.length, next.length);
  let start = 0;
  while (start < max && old.charCodeAt(start) === next.charCodeAt(start)) start++;
  if (start > 0 && isHigh(old.charCodeAt(start - 1))) start--;
  let end = 0;
  const rest = max - start;
  while (end < rest && old.charCodeAt(old.length - 1 - end) === next.charCodeAt(next.length - 1 - end)) end++;
  if (end > 0 && isLow(old.charCodeAt(old.length - end))) end--;
  const text = next.slice(start, next.length - end);
  // A range says its offset and its count too, in a byte each at least.
  if (text.length + 2 >= next.length) return { op: Op.SetText, num, text: next };
  return { op: Op.TextRange, num, offset: start, count: old.length - end - start, text };
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
