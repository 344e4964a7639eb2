/**
 * The elements of MathML Core, with `semantics` and the annotations, and their attributes.
 *
 * @module
 */

import type { AttrSpec, ElementSpec } from "./types.ts";

/** What every MathML element takes. */
export const MATHML_GLOBAL: readonly AttrSpec[] = [
  ["autofocus", "bool", "Focuses the element when the page loads."],
  ["dir", "=ltr rtl", "The direction of the formula."],
  ["displaystyle", "tf", "Whether operators and fractions take the larger style of displayed formulas."],
  ["intent", "text", "How the element is to be spoken (MathML 4)."],
  ["arg", "text", "The name by which an intent refers to the element (MathML 4)."],
  ["mathbackground", "text", "The background colour (legacy: use style)."],
  ["mathcolor", "text", "The colour (legacy: use style)."],
  ["mathsize", "text", "The font size (legacy: use style)."],
  ["mathvariant", "=normal *", "normal keeps a single letter of an identifier upright."],
  ["nonce", "text", "The number used once that lets a content security policy allow this element."],
  ["scriptlevel", "text", "The level of scripts: a number, or a change such as +1."],
  ["tabindex", "num", "0: focusable in document order; -1: focusable by script and click only."],
  ["lang", "text", "The language, as a BCP 47 tag."],
  ["title", "text", "Advisory text."],
];

const SPACE: readonly AttrSpec[] = [
  ["width", "text", "The width, such as 1em."],
  ["height", "text", "The height above the baseline."],
  ["depth", "text", "The depth below the baseline."],
];
const ACCENT: AttrSpec = ["accent", "tf", "Whether the upper script is an accent, drawn close to the base."];
const ACCENTUNDER: AttrSpec = ["accentunder", "tf", "Whether the lower script is an accent."];
const ENCODING: AttrSpec = ["encoding", "text", "The media type of the annotation."];
const SRC: AttrSpec = ["src", "url", "The URL of the annotation."];

/** The table. */
export const MATHML: readonly ElementSpec[] = [
  {
    tag: "math",
    doc: "The root of a formula.",
    attrs: [
      ["display", "=block inline", "Whether the formula stands on its own or in a line of text."],
      ["alttext", "text", "The formula as text."],
    ],
  },
  { tag: "semantics", doc: "A formula with annotations." },
  { tag: "annotation", doc: "An annotation as text, such as the formula in TeX.", attrs: [ENCODING, SRC] },
  {
    tag: "annotation-xml",
    doc: "An annotation as markup.",
    fn: "annotationXml",
    attrs: [ENCODING, SRC],
  },
  { tag: "mtext", doc: "Text in a formula." },
  { tag: "mi", doc: "An identifier." },
  { tag: "mn", doc: "A number." },
  {
    tag: "mo",
    doc: "An operator, fence or separator.",
    attrs: [
      ["form", "=prefix infix postfix", "Where the operator stands."],
      ["fence", "tf", "Whether it is a fence, such as a parenthesis."],
      ["separator", "tf", "Whether it is a separator, such as a comma."],
      ["lspace", "text", "The space before."],
      ["rspace", "text", "The space after."],
      ["stretchy", "tf", "Whether it grows with what it is next to."],
      ["symmetric", "tf", "Whether it grows symmetrically about the maths axis."],
      ["maxsize", "text", "The greatest size."],
      ["minsize", "text", "The least size."],
      ["largeop", "tf", "Whether it is drawn larger in display style."],
      ["movablelimits", "tf", "Whether its limits move to the side in inline style."],
    ],
  },
  { tag: "mspace", doc: "A space.", attrs: SPACE },
  { tag: "ms", doc: "A string literal." },
  { tag: "mrow", doc: "A group of subexpressions." },
  {
    tag: "mfrac",
    doc: "A fraction: numerator, denominator.",
    attrs: [["linethickness", "text", "The thickness of the line; 0 draws none."]],
  },
  { tag: "msqrt", doc: "A square root." },
  { tag: "mroot", doc: "A root: base, index." },
  { tag: "mstyle", doc: "A change of style." },
  { tag: "merror", doc: "An error message." },
  {
    tag: "mpadded",
    doc: "A group with its size and position changed.",
    attrs: [
      ...SPACE,
      ["lspace", "text", "The horizontal shift."],
      ["voffset", "text", "The vertical shift."],
    ],
  },
  { tag: "mphantom", doc: "An invisible group that keeps its space." },
  { tag: "msub", doc: "A subscript: base, subscript." },
  { tag: "msup", doc: "A superscript: base, superscript." },
  { tag: "msubsup", doc: "A subscript and a superscript: base, subscript, superscript." },
  { tag: "munder", doc: "A lower script: base, script.", attrs: [ACCENTUNDER] },
  { tag: "mover", doc: "An upper script: base, script.", attrs: [ACCENT] },
  {
    tag: "munderover",
    doc: "A lower and an upper script: base, lower, upper.",
    attrs: [ACCENT, ACCENTUNDER],
  },
  { tag: "mmultiscripts", doc: "Scripts before and after a base." },
  { tag: "mprescripts", doc: "Where the scripts before the base begin, in mmultiscripts." },
  { tag: "mtable", doc: "A table or matrix." },
  { tag: "mtr", doc: "A row of a table." },
  {
    tag: "mtd",
    doc: "A cell of a table.",
    attrs: [
      ["columnspan", "num", "How many columns the cell covers."],
      ["rowspan", "num", "How many rows the cell covers."],
    ],
  },
  {
    tag: "maction",
    doc: "A subexpression bound to an action (legacy).",
    attrs: [
      ["actiontype", "text", "The action."],
      ["selection", "num", "Which child is shown."],
    ],
  },
];
