/**
 * What SVG elements share: core and presentation attributes, and those of groups of elements (SVG 2).
 *
 * @module
 */

import type { AttrSpec } from "./types.ts";

/** What every SVG element takes, beside class, style, key and data-* (vdom/props.ts) and ARIA. */
export const SVG_CORE: readonly AttrSpec[] = [
  ["autofocus", "bool", "Focuses the element when the page loads."],
  ["lang", "text", "The language, as a BCP 47 tag."],
  ["nonce", "text", "The number used once that lets a content security policy allow this element."],
  ["part", "text", "The names by which ::part() finds the element from outside its shadow tree."],
  ["requiredExtensions", "text", "The extensions without which the element is not drawn."],
  ["slot", "text", "The name of the shadow tree's slot that the element goes to."],
  [
    "systemLanguage",
    "text",
    "The languages of the user for which the element is drawn, separated by commas.",
  ],
  ["tabindex", "num", "0: focusable in document order; -1: focusable by script and click only."],
  ["transform", "text", "The transformation."],
  ["xml:space", "=default preserve", "How white space is treated (deprecated: use CSS white-space)."],
];

/** The CSS properties that may also be written as attributes. */
export const SVG_PRESENTATION: readonly AttrSpec[] = [
  [
    "alignment-baseline",
    "=auto baseline before-edge text-before-edge middle central after-edge text-after-edge ideographic alphabetic hanging mathematical inherit *",
    "Which baseline is aligned with the parent's.",
  ],
  ["baseline-shift", "scalar", "The shift of the baseline."],
  ["clip-path", "text", "The clipping path."],
  ["clip-rule", "=nonzero evenodd inherit", "What is inside a clipping path."],
  ["color", "text", "The colour that currentColor stands for."],
  ["color-interpolation", "=auto sRGB linearRGB inherit", "The colour space of gradients and blending."],
  ["color-interpolation-filters", "=auto sRGB linearRGB inherit", "The colour space of filters."],
  ["cursor", "text", "The mouse cursor."],
  ["direction", "=ltr rtl inherit", "The direction of text."],
  ["display", "text", "none does not draw the element."],
  [
    "dominant-baseline",
    "=auto text-bottom alphabetic ideographic middle central mathematical hanging text-top inherit *",
    "Which baseline of text is placed at its position.",
  ],
  ["fill", "text", "The paint inside: a colour, none or url(#id)."],
  ["fill-opacity", "scalar", "The opacity of the fill: 0 to 1."],
  ["fill-rule", "=nonzero evenodd inherit", "What is inside the shape."],
  ["filter", "text", "The filter."],
  ["flood-color", "text", "The colour of a flood or drop shadow."],
  ["flood-opacity", "scalar", "The opacity of a flood or drop shadow."],
  ["font-family", "text", "The fonts."],
  ["font-size", "scalar", "The font size."],
  ["font-size-adjust", "scalar", "The aspect value that a substituted font is scaled to."],
  ["font-stretch", "text", "The width of the font."],
  ["font-style", "=normal italic oblique inherit *", "The style of the font."],
  ["font-variant", "text", "The variant of the font."],
  ["font-weight", "scalar", "The weight of the font."],
  [
    "image-rendering",
    "=auto optimizeSpeed optimizeQuality crisp-edges pixelated inherit",
    "How images are scaled.",
  ],
  ["letter-spacing", "scalar", "The space between letters."],
  ["lighting-color", "text", "The colour of a light source."],
  ["marker-end", "text", "The marker at the last vertex."],
  ["marker-mid", "text", "The marker at the vertices between."],
  ["marker-start", "text", "The marker at the first vertex."],
  ["mask", "text", "The mask."],
  ["mask-type", "=luminance alpha", "Which channel a mask uses."],
  ["opacity", "scalar", "The opacity: 0 to 1."],
  ["overflow", "=visible hidden scroll auto inherit", "Whether what leaves the viewport is drawn."],
  ["paint-order", "text", "The order of fill, stroke and markers."],
  [
    "pointer-events",
    "=bounding-box visiblePainted visibleFill visibleStroke visible painted fill stroke all none auto inherit",
    "Which parts take pointer events.",
  ],
  [
    "shape-rendering",
    "=auto optimizeSpeed crispEdges geometricPrecision inherit",
    "What matters when shapes are drawn.",
  ],
  ["stop-color", "text", "The colour of a gradient's stop."],
  ["stop-opacity", "scalar", "The opacity of a gradient's stop."],
  ["stroke", "text", "The paint of the outline: a colour, none or url(#id)."],
  ["stroke-dasharray", "scalar", "The lengths of dashes and gaps."],
  ["stroke-dashoffset", "scalar", "Where in the pattern of dashes the outline begins."],
  ["stroke-linecap", "=butt round square inherit", "The ends of lines."],
  ["stroke-linejoin", "=arcs bevel miter miter-clip round inherit", "The corners of lines."],
  ["stroke-miterlimit", "scalar", "How far a mitre may reach."],
  ["stroke-opacity", "scalar", "The opacity of the outline: 0 to 1."],
  ["stroke-width", "scalar", "The width of the outline."],
  ["text-anchor", "=start middle end inherit", "Which end of the text is placed at its position."],
  ["text-decoration", "text", "Lines on the text."],
  ["text-overflow", "text", "What marks text that does not fit."],
  [
    "text-rendering",
    "=auto optimizeSpeed optimizeLegibility geometricPrecision inherit",
    "What matters when text is drawn.",
  ],
  ["transform-origin", "text", "The origin of the transformation."],
  ["unicode-bidi", "text", "How bidirectional text is ordered."],
  [
    "vector-effect",
    "=none non-scaling-stroke non-scaling-size non-rotation fixed-position inherit",
    "What is kept from scaling.",
  ],
  ["visibility", "=visible hidden collapse inherit", "Whether the element is visible."],
  ["white-space", "text", "How white space is treated."],
  ["word-spacing", "scalar", "The space between words."],
  ["writing-mode", "text", "The direction of lines."],
];

/** Makes the attribute of a coordinate or length. */
export function len(name: string, doc: string): AttrSpec {
  return [name, "scalar", doc];
}

/** `x` and `y`. */
export const XY: readonly AttrSpec[] = [
  len("x", "The horizontal position."),
  len("y", "The vertical position."),
];

/** `width` and `height`. */
export const SIZE: readonly AttrSpec[] = [len("width", "The width."), len("height", "The height.")];

/** `cx`, `cy`, `r`. */
export const CENTRE: readonly AttrSpec[] = [
  len("cx", "The horizontal position of the centre."),
  len("cy", "The vertical position of the centre."),
];

/** `x1`, `y1`, `x2`, `y2`. */
export const ENDS: readonly AttrSpec[] = [
  len("x1", "The horizontal start."),
  len("y1", "The vertical start."),
  len("x2", "The horizontal end."),
  len("y2", "The vertical end."),
];

/** `pathLength`. */
export const PATH_LENGTH: AttrSpec = len("pathLength", "The length that the outline counts as, for dashes.");

/** `href` of a reference. */
export const REFERENCE: readonly AttrSpec[] = [
  ["href", "url", "The URL of what is referred to."],
  ["xlink:href", "url", "The same as href (deprecated)."],
];

/** `viewBox` and `preserveAspectRatio`. */
export const ASPECT: AttrSpec = [
  "preserveAspectRatio",
  "text",
  "How the content is fitted, such as xMidYMid meet.",
];

/** `viewBox`. */
export const VIEWBOX: AttrSpec = ["viewBox", "text", "The visible area: x, y, width and height."];

const SPACES = "=userSpaceOnUse objectBoundingBox";

/** Makes the attribute of a choice of units. */
export function units(name: string, doc: string): AttrSpec {
  return [name, SPACES, doc];
}
