/**
 * The SVG elements for structure, shapes, text, painting and scripting (SVG 2).
 *
 * @module
 */

import { ASPECT, CENTRE, ENDS, len, PATH_LENGTH, REFERENCE, SIZE, units, VIEWBOX, XY } from "./svg_shared.ts";
import type { AttrSpec, ElementSpec } from "./types.ts";

const TEXT_FIT: readonly AttrSpec[] = [
  len("textLength", "The length that the text is fitted to."),
  ["lengthAdjust", "=spacing spacingAndGlyphs", "What is stretched to fit."],
];
const TEXT_POSITION: readonly AttrSpec[] = [
  ...XY,
  len("dx", "The horizontal shift, or one for each character."),
  len("dy", "The vertical shift, or one for each character."),
  len("rotate", "The rotation of each character, in degrees."),
  ...TEXT_FIT,
];
const GRADIENT: readonly AttrSpec[] = [
  ...REFERENCE,
  units("gradientUnits", "The coordinate system of the gradient's geometry."),
  ["gradientTransform", "text", "A transformation of the gradient."],
  ["spreadMethod", "=pad reflect repeat", "What is beyond the ends."],
];
const POINTS: AttrSpec = ["points", "text", "The vertices: x,y pairs separated by spaces."];

/** Structure and links. */
export const SVG_STRUCTURE: readonly ElementSpec[] = [
  {
    tag: "svg",
    doc: "The root of a drawing, or a drawing inside another.",
    attrs: [
      ...XY,
      ...SIZE,
      VIEWBOX,
      ASPECT,
      ["xmlns", "text", "The namespace; not needed inside HTML."],
      ["xmlns:xlink", "text", "The namespace of xlink:href; not needed inside HTML."],
      ["version", "text", "The version of SVG; not needed."],
      ["zoomAndPan", "=disable magnify", "Whether the drawing can be magnified."],
    ],
  },
  { tag: "g", doc: "A group." },
  { tag: "defs", doc: "What is drawn only where it is referred to." },
  {
    tag: "symbol",
    doc: "A drawing to be used elsewhere.",
    attrs: [
      VIEWBOX,
      ASPECT,
      ...XY,
      ...SIZE,
      len("refX", "The horizontal position of the reference point."),
      len("refY", "The vertical position of the reference point."),
    ],
  },
  { tag: "use", doc: "A copy of another element.", attrs: [...REFERENCE, ...XY, ...SIZE] },
  { tag: "switch", doc: "Draws the first child whose conditions hold.", fn: "switch_" },
  {
    tag: "a",
    doc: "A hyperlink in a drawing.",
    fn: "svgA",
    attrs: [
      ...REFERENCE,
      ["target", "=_self _blank _parent _top *", "Where the result opens."],
      ["download", "bool/text", "Downloads the target instead of going to it."],
      ["ping", "text", "URLs, separated by spaces, that are told when the link is followed."],
      ["rel", "text", "How the target relates to this document."],
      ["hreflang", "text", "The language of the target."],
      ["type", "text", "The media type of the target."],
      ["referrerpolicy", "text", "Which referrer is sent."],
    ],
  },
  { tag: "desc", doc: "A description, which is not drawn." },
  { tag: "title", doc: "A title, which is not drawn but shown as a tooltip.", fn: "svgTitle" },
  { tag: "metadata", doc: "Metadata, which is not drawn." },
  { tag: "foreignObject", doc: "HTML inside a drawing.", attrs: [...XY, ...SIZE] },
  { tag: "view", doc: "A view of the drawing that a link can name.", attrs: [VIEWBOX, ASPECT] },
  {
    tag: "image",
    doc: "An image in a drawing.",
    attrs: [
      ...REFERENCE,
      ...XY,
      ...SIZE,
      ASPECT,
      ["crossorigin", "='' anonymous use-credentials", "Makes the request use CORS."],
      ["decoding", "=sync async auto", "Whether decoding may lag behind other content."],
      ["fetchpriority", "=auto high low", "The priority of the fetch."],
    ],
  },
  {
    tag: "script",
    doc: "A script in a drawing. Holds text only.",
    fn: "svgScript",
    attrs: [
      ...REFERENCE,
      ["type", "text", "The kind of script."],
      ["async", "bool", "Runs as soon as it is fetched."],
      ["defer", "bool", "Runs after the document is parsed."],
      ["crossorigin", "='' anonymous use-credentials", "Makes the request use CORS."],
    ],
  },
  {
    tag: "style",
    doc: "A style sheet in a drawing. Holds text only.",
    fn: "svgStyle",
    attrs: [
      ["type", "text", "The style sheet's language: text/css."],
      ["media", "text", "The media query for which the styles apply."],
      ["title", "text", "The name of an alternative style sheet."],
    ],
  },
];

/** Shapes and text. */
export const SVG_SHAPES: readonly ElementSpec[] = [
  { tag: "path", doc: "A path.", attrs: [["d", "text", "The commands of the path."], PATH_LENGTH] },
  {
    tag: "rect",
    doc: "A rectangle.",
    attrs: [
      ...XY,
      ...SIZE,
      len("rx", "The horizontal radius of the corners."),
      len("ry", "The vertical radius of the corners."),
      PATH_LENGTH,
    ],
  },
  { tag: "circle", doc: "A circle.", attrs: [...CENTRE, len("r", "The radius."), PATH_LENGTH] },
  {
    tag: "ellipse",
    doc: "An ellipse.",
    attrs: [...CENTRE, len("rx", "The horizontal radius."), len("ry", "The vertical radius."), PATH_LENGTH],
  },
  { tag: "line", doc: "A straight line.", attrs: [...ENDS, PATH_LENGTH] },
  { tag: "polyline", doc: "Connected straight lines.", attrs: [POINTS, PATH_LENGTH] },
  { tag: "polygon", doc: "A closed shape of straight lines.", attrs: [POINTS, PATH_LENGTH] },
  { tag: "text", doc: "Text in a drawing.", fn: "svgText", attrs: TEXT_POSITION },
  { tag: "tspan", doc: "A span of text in a drawing.", attrs: TEXT_POSITION },
  {
    tag: "textPath",
    doc: "Text along a path.",
    attrs: [
      ...REFERENCE,
      ["path", "text", "The commands of the path, instead of href."],
      ["method", "=align stretch", "How glyphs follow the path."],
      ["side", "=left right", "On which side of the path the text is."],
      ["spacing", "=auto exact", "How glyphs are spaced."],
      len("startOffset", "Where on the path the text begins."),
      ...TEXT_FIT,
    ],
  },
];

/** Gradients, patterns, markers, clipping and masking. */
export const SVG_PAINT: readonly ElementSpec[] = [
  { tag: "linearGradient", doc: "A gradient along a line.", attrs: [...ENDS, ...GRADIENT] },
  {
    tag: "radialGradient",
    doc: "A gradient from a point outwards.",
    attrs: [
      ...CENTRE,
      len("r", "The radius."),
      len("fx", "The horizontal position of the focal point."),
      len("fy", "The vertical position of the focal point."),
      len("fr", "The radius of the focal circle."),
      ...GRADIENT,
    ],
  },
  {
    tag: "stop",
    doc: "A colour of a gradient.",
    attrs: [len("offset", "Where the colour is: 0 to 1, or a percentage.")],
  },
  {
    tag: "pattern",
    doc: "A drawing that is repeated as paint.",
    attrs: [
      ...REFERENCE,
      ...XY,
      ...SIZE,
      VIEWBOX,
      ASPECT,
      units("patternUnits", "The coordinate system of the position and size."),
      units("patternContentUnits", "The coordinate system of the content."),
      ["patternTransform", "text", "A transformation of the pattern."],
    ],
  },
  {
    tag: "marker",
    doc: "A drawing at the vertices of a line.",
    attrs: [
      VIEWBOX,
      ASPECT,
      len("refX", "The horizontal position of the point put on the vertex."),
      len("refY", "The vertical position of the point put on the vertex."),
      ["markerUnits", "=strokeWidth userSpaceOnUse", "The coordinate system of the size."],
      len("markerWidth", "The width."),
      len("markerHeight", "The height."),
      ["orient", "num/=auto auto-start-reverse *", "The orientation: an angle, or along the line."],
    ],
  },
  {
    tag: "clipPath",
    doc: "A shape that clips what refers to it.",
    attrs: [units("clipPathUnits", "The coordinate system of the content.")],
  },
  {
    tag: "mask",
    doc: "A drawing whose brightness or opacity masks what refers to it.",
    attrs: [
      ...XY,
      ...SIZE,
      units("maskUnits", "The coordinate system of the position and size."),
      units("maskContentUnits", "The coordinate system of the content."),
    ],
  },
];
