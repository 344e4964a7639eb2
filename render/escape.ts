/**
 * Escaping: what text becomes in each context of HTML.
 *
 *     text, title, textarea, option, foreign content   & < > and U+00A0 become references
 *     attribute values (always in double quotes)       & " < > and U+00A0 become references
 *     script, style, iframe, xmp, noembed, noframes    nothing can be escaped: what would end them is refused
 *
 * The rules are those of the HTML standard, "Serializing HTML fragments".
 *
 * @module
 */
import { coded } from "../vdom/coded.ts";
import { RenderError } from "./errors.ts";

/** Above this length a regular expression looks faster than a loop does. */
const LOOP_LIMIT = 24;

/** Above this length a regular expression that says yes or no is faster than a loop. */
const SHORT = 6;

const TEXT_SPECIAL = /[&<>\u00a0]/;
const NOT_PLAIN = /[\0\r&"<>:\u00a0]/;
const NOT_PLAIN_TEXT = /[\0\r&<>\u00a0]/;
const ATTRIBUTE_SPECIAL = /[&"<>\u00a0]/;

/** Escapes text for the content of an element. */
export function escapeText(text: string): string {
  const length = text.length;
  if (length > LOOP_LIMIT) {
    const at = text.search(TEXT_SPECIAL);
    return at < 0 ? text : escapeFrom(text, at, false);
  }
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c > 62 ? c === 0xa0 : c === 38 || c === 60 || c === 62) return escapeFrom(text, i, false);
  }
  return text;
}

/** Escapes text for an attribute value in double quotes. */
export function escapeAttribute(text: string): string {
  const length = text.length;
  if (length > LOOP_LIMIT) {
    const at = text.search(ATTRIBUTE_SPECIAL);
    return at < 0 ? text : escapeFrom(text, at, true);
  }
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c > 62 ? c === 0xa0 : c === 38 || c === 34 || c === 60 || c === 62) return escapeFrom(text, i, true);
  }
  return text;
}

/**
 * Whether text may be written as any attribute's value just as it is: it has nothing to escape or to normalise, and no
 * colon, without which it is no URL with a scheme.
 */
export function isPlain(text: string): boolean {
  const length = text.length;
  if (length > SHORT) return !NOT_PLAIN.test(text);
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (
      c > 62 ? c === 0xa0 : c === 62 || c === 60 || c === 58 || c === 38 || c === 34 || c === 13 || c === 0
    ) return false;
  }
  return true;
}

/** Whether text may be written as the content of an element just as it is: nothing to escape or to normalise. */
export function isPlainText(text: string): boolean {
  const length = text.length;
  if (length > SHORT) return !NOT_PLAIN_TEXT.test(text);
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c > 62 ? c === 0xa0 : c === 62 || c === 60 || c === 38 || c === 13 || c === 0) return false;
  }
  return true;
}

/**
 * The same text in one piece: what was put together is a tree of its parts, and would be walked through in every page that it
 * becomes a part of. The name of a property is always in one piece.
 */
export function flatten(text: string): string {
  return Object.keys({ [text]: 0 })[0];
}

function escapeFrom(text: string, from: number, quotes: boolean): string {
  let out = "";
  let last = 0;
  for (let i = from; i < text.length; i++) {
    let reference: string;
    switch (text.charCodeAt(i)) {
      case 38:
        reference = "&amp;";
        break;
      case 60:
        reference = "&lt;";
        break;
      case 62:
        reference = "&gt;";
        break;
      case 0xa0:
        reference = "&nbsp;";
        break;
      case 34:
        if (!quotes) continue;
        reference = "&quot;";
        break;
      default:
        continue;
    }
    if (i > last) out += text.slice(last, i);
    out += reference;
    last = i + 1;
  }
  return last < text.length ? out + text.slice(last) : out;
}

/**
 * Returns text that may stand in an element whose content is read raw.
 *
 * @param tag The element: script, style, iframe, xmp, noembed or noframes.
 * @throws {RenderError} When the text holds what ends the element, or `<!--` in a script (which can make the parser
 * overlook the end tag).
 */
export function checkRawText(tag: string, text: string): string {
  if (text.indexOf("<") < 0) return text;
  const lower = text.toLowerCase();
  const found = lower.includes(`</${tag}`)
    ? `</${tag}`
    : tag === "script" && lower.includes("<!--")
    ? "<!--"
    : null;
  if (found === null) return text;
  throw new RenderError(
    "raw-text",
    `Cannot render <${tag}>: its content holds ${
      JSON.stringify(found)
    }, which no escape can hide from the parser` +
      (tag === "script" ? "; write < as \\x3c in a string, and data with jsonForScript()" : ""),
  );
}

const JSON_SPECIAL = /[<>&\u2028\u2029]/g;

/**
 * Writes data as JSON that can stand in a script element, whatever strings it holds: as the content of
 * `script({ type: "application/json" })` or as an expression of a classic script.
 *
 * @throws {TypeError} When the value has no JSON: undefined, a function, a cycle, a bigint.
 *
 * @example
 * ```ts
 * import { jsonForScript } from "./escape.ts";
 *
 * jsonForScript({ html: "</script>" }); // {"html":"\u003c/script\u003e"}
 * ```
 */
export function jsonForScript(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined) {
    throw coded("E056", new TypeError(`Cannot write a value of type ${typeof value} as JSON`));
  }
  return json.replace(JSON_SPECIAL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
