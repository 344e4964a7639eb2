/**
 * Keeps long texts that many sessions hold once: the headers of one browser are those of the next, and so is a page's URL.
 *
 * @module
 */

/** How many texts are kept. */
const MAX_TEXTS = 512;
/** The longest text that is kept, in UTF-16 units: whoever sends others must not fill the memory with them. */
const MAX_LENGTH = 4096;

const texts: Map<string, string> = new Map();

/**
 * An equal text that others hold too. The one that was asked for longest ago makes room for a new one, and goes once no
 * session holds it.
 */
export function sharedText(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  const known = texts.get(text) ?? text;
  // As the newest.
  texts.delete(known);
  texts.set(known, known);
  if (texts.size > MAX_TEXTS) texts.delete(texts.keys().next().value!);
  return known;
}

/** Whether a text is kept here, and so is no session's own. */
export function isShared(text: string): boolean {
  return texts.has(text);
}
