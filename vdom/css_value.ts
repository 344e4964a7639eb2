/**
 * Whether a CSS value stays within its declaration: a style map holds values, and one that ends its declaration could
 * add others.
 *
 * Reads the text once, as a tokenizer does: `;`, `{` and `}` are harmless inside strings, `url(…)` and brackets alone
 * (CSS Syntax 3, sections 4 and 5). What two readers might understand differently, such as comments, escapes in names and
 * quotes inside an unquoted URL, counts as an end; so does what is not closed.
 *
 * @module
 */

/** Whether a value, written into a style attribute, could end its declaration. Linear in its length. */
export function endsDeclaration(value: string): boolean {
  if (!/[;{}]/.test(value)) return false;
  const open: string[] = [];
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (char === '"' || char === "'") {
      i = endOfString(value, i);
      if (i < 0) return true;
    } else if (char === "(" && isBareUrl(value, i)) {
      const end = value.indexOf(")", i);
      if (end < 0 || /["'(\\\s]/.test(value.slice(i + 1, end).trim())) return true;
      i = end;
    } else if (char === "(" || char === "[") open.push(char === "(" ? ")" : "]");
    else if (char === ")" || char === "]") {
      if (open.pop() !== char) return true;
    } else if (/[;{}]/.test(char) && (open.length === 0 || char !== ";")) return true;
    else if (char === "\\" || char === "/" && value[i + 1] === "*") return true;
  }
  return open.length > 0;
}

/** Where a string ends that begins at `at`; -1 when it does not. */
function endOfString(value: string, at: number): number {
  for (let i = at + 1; i < value.length; i++) {
    if (value[i] === value[at]) return i;
    if (value[i] === "\\") i++;
    else if (/[\n\r\f]/.test(value[i])) return -1;
  }
  return -1;
}

/** Whether a parenthesis at `at` begins the text of an unquoted URL. */
function isBareUrl(value: string, at: number): boolean {
  if (!/url$/i.test(value.slice(Math.max(0, at - 3), at))) return false;
  const quoted = /\(\s*["']/y;
  quoted.lastIndex = at;
  return !quoted.test(value);
}
