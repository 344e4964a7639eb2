/**
 * The shape of the spec table: plain rows, from which the props, the element functions, the JSX names and the facts that
 * the renderer needs are generated (`deno run -A tools/gen_elements.ts`).
 *
 * The type of an attribute is written in a small language of alternatives joined by `/`:
 *
 *     text     a string                          num     a number, or a string that is one
 *     url      a string that is one URL          scalar  a string or a number
 *     bool     present or absent                 tf      written "true" or "false"
 *     =a b c   one of these words; `''` is the empty string, and `*` adds every other string
 *
 * So `bool/text` is an attribute that may stand without a value, such as `download`.
 *
 * @module
 */

/** An attribute: its name in HTML's spelling, its type in the language above, and one sentence. */
export type AttrSpec = readonly [name: string, type: string, doc: string];

/** An element. */
export interface ElementSpec {
  /** The tag, in the document's own case. */
  readonly tag: string;
  /** One sentence for the doc comment. */
  readonly doc: string;
  /** The attributes of this element alone. */
  readonly attrs?: readonly AttrSpec[];
  /** Whether it is a void element, which has no content and no end tag. */
  readonly isVoid?: boolean;
  /** The name of the function, where the tag is not one that can be used. */
  readonly fn?: string;
}

/** An event: the name of its prop, and one sentence. */
export type EventSpec = readonly [prop: string, doc: string];
