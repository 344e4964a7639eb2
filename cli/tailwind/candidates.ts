/**
 * Finds what may be a class of Tailwind in the text of a source: `flex`, `hover:bg-[#1d3fbb]`, `[&>svg]:w-4`.
 *
 * Tailwind knows which of them are; what is none costs a look in a table. So this takes too much rather than too little: every
 * run of characters that a class can have, from every place where one can begin.
 *
 * @module
 */

/** Behind these a class can begin: white space, quotes, brackets, commas. */
const BEFORE = /[\s"'`([{,>=}]/;
const FIRST = /[a-z@!*[(\-0-9]/;
const PLAIN = /[\w\-:/.%@!*#&+$?]/;
const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")" };
/** No class is longer. */
const MAX = 300;

/** All candidates of a text. */
export function findCandidates(text: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && !BEFORE.test(text[at - 1]) || !FIRST.test(text[at])) continue;
    const end = endOf(text, at);
    // A sentence ends with what a class never ends with.
    const word = text.slice(at, end).replace(/[.:?,&@#+$-]+$/, "");
    if (word !== "") found.add(word);
  }
  return found;
}

/** Where the candidate at a place ends: brackets count only whole, and hold no white space. */
function endOf(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX);
  let at = start;
  while (at < limit) {
    if (CLOSING[text[at]] !== undefined) {
      const end = endOfBrackets(text, at, limit);
      if (end < 0) return at;
      at = end;
    } else if (PLAIN.test(text[at])) at++;
    else return at;
  }
  return at;
}

/** The index behind the bracket that closes the one at a place; -1 when white space or the limit comes before. */
function endOfBrackets(text: string, start: number, limit: number): number {
  const open: string[] = [];
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (/\s/.test(char)) return -1;
    if (char === "\\") at++;
    else if (char === "[" || char === "(") open.push(CLOSING[char]);
    else if (char === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  return -1;
}
