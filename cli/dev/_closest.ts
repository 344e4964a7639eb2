/**
 * The name that was most likely meant. The process of the application runs with the application's deno.json, by which no
 * package of ours can be found: so nothing that runs in it imports one, and this small thing is here again.
 *
 * @module
 */

/** The first candidate that is one edit away from a word, letters' case aside: one letter more, less, other, or swapped. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  return candidates.find((other) => isClose(word.toLowerCase(), other.toLowerCase()));
}

function isClose(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  return left.length <= 1 && right.length <= 1 || left.length === 2 && left === right[1] + right[0];
}
