/**
 * The static table of names. An entry costs a byte instead of the name's length and two, once per frame, and some bytes
 * of the client's bundle for ever: so only tags and attributes that most pages insert. The order is part of the protocol:
 * new names go to the end, with a new minor version.
 *
 * @module
 */
import { fail, readString, readUvarint } from "./read.ts";
import { writeText, writeU8, writeUvarint } from "./write.ts";

/** The names; at most 127, so that each is one byte. Some are both, such as `style` and `form`. */
export const NAMES: readonly string[] =
  /* @__PURE__ */ ("data-hid class id style href type name value src alt title for placeholder disabled checked selected " +
    "role tabindex hidden width height aria-label div span p a button input label li ul tr td th form section h2 h3 img " +
    "svg path option select textarea strong i b")
    .split(" ");

let index: Map<string, number> | undefined;

/** Writes a name: its place in the table, or 0 and a string. */
export function writeName(name: string): void {
  index ??= new Map(NAMES.map((name, i) => [name, i + 1]));
  const at = index.get(name);
  if (at !== undefined) return writeUvarint(at);
  writeU8(0);
  writeText(name);
}

/** Reads a name. */
export function readName(): string {
  const n = readUvarint();
  return n > 0 ? NAMES[n - 1] ?? fail(0x15) : readString();
}
