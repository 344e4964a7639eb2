/**
 * Keys as a test names them, and as events tell them.
 *
 * @module
 */

/** What a key event says of its key. */
export interface KeyInit extends Readonly<Record<string, unknown>> {
  /** The key, such as "a" or "Enter". */
  readonly key: string;
  /** Where it is on a keyboard for English. */
  readonly code: string;
}

/** The `code` of a character's key. */
export function codeOf(char: string): string {
  if (/^[a-z]$/i.test(char)) return `Key${char.toUpperCase()}`;
  if (/^\d$/.test(char)) return `Digit${char}`;
  return char === " " ? "Space" : "";
}

/** Reads a combination such as "Ctrl+s". */
export function readKeys(combination: string): KeyInit {
  const names = combination.length > 1 ? combination.split(/\+(?=.)/) : [combination];
  const key = names.pop() ?? "";
  const has = (name: string) => names.includes(name);
  return {
    key: key === "Space" ? " " : key,
    code: key.length === 1 ? codeOf(key) : key,
    ctrlKey: has("Ctrl") || has("Control"),
    shiftKey: has("Shift"),
    altKey: has("Alt"),
    metaKey: has("Meta"),
  };
}
