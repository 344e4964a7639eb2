/**
 * The name that someone most likely meant.
 *
 * @module
 */

/** The candidate with the fewest edits from a word, if they are at most two fifths of the longer of the two. */
export function nearest(word: string, candidates: string[]): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const count = edits(word, candidate);
    if (count < fewest && count * 5 <= 2 * Math.max(word.length, candidate.length)) {
      best = candidate;
      fewest = count;
    }
  }
  return best;
}

/** Insertions, removals and replacements from one word to another (Levenshtein), one row at a time. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
