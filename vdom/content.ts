/**
 * What the content of an element is, by its tag, and what its text is in the DOM.
 *
 * @module
 */

/** Elements whose content is one text value, set whole: an HTML parser makes no child elements in them. */
export const TEXT_ONLY: ReadonlySet<string> = new Set(["title", "textarea", "option", "script", "style"]);

/** Elements whose content the server does not own once it is in the page: it is never numbered nor patched. */
export const OPAQUE: ReadonlySet<string> = new Set(["noscript", "template", "iframe"]);

let lastOrdinary = "";
const ordinary = new Set<string>();

/** Whether an element is none of those, nor a custom one: its content is items as everywhere. */
export function isOrdinary(tag: string): boolean {
  // Neighbours are alike.
  if (tag === lastOrdinary) return true;
  if (!ordinary.has(tag)) {
    if (TEXT_ONLY.has(tag) || OPAQUE.has(tag) || tag.includes("-")) return false;
    if (ordinary.size < 500) ordinary.add(tag);
  }
  lastOrdinary = tag;
  return true;
}

/** Whether the content of this element is numbered and patched. See the numbering rules in docs/architecture.md. */
export function ownsContent(tag: string, hasChildren: boolean): boolean {
  return !OPAQUE.has(tag) && !TEXT_ONLY.has(tag) && (hasChildren || !tag.includes("-"));
}

const ALTERED = /[\0\r]/;

function altered(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
}

/** Text as it will be in the DOM: CR LF and CR become LF, NUL becomes U+FFFD (HTML, preprocessing the input stream). */
export function domText(text: string): string {
  // A regular expression looks faster than a loop does, from a few characters on.
  if (text.length > 6) return ALTERED.test(text) ? altered(text) : text;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0 || c === 13) return altered(text);
  }
  return text;
}
