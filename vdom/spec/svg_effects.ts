/**
 * The SVG elements for filters (Filter Effects 1) and animation (SVG Animations 2).
 *
 * @module
 */

import { len, REFERENCE, SIZE, units, XY } from "./svg_shared.ts";
import type { AttrSpec, ElementSpec } from "./types.ts";

const RESULT: readonly AttrSpec[] = [
  ...XY,
  ...SIZE,
  ["result", "text", "The name by which later primitives refer to the result."],
];
const IN = "=SourceGraphic SourceAlpha BackgroundImage BackgroundAlpha FillPaint StrokePaint *";
const ONE: readonly AttrSpec[] = [["in", IN, "The input: a keyword or the name of a result."], ...RESULT];
const TWO: readonly AttrSpec[] = [...ONE, ["in2", IN, "The second input."]];
const EDGE: AttrSpec = ["edgeMode", "=duplicate wrap none", "What is beyond the edges of the input."];
const TRANSFER: readonly AttrSpec[] = [
  ["type", "=identity table discrete linear gamma", "The kind of function."],
  ["tableValues", "text", "The values of a table."],
  len("slope", "The slope of a linear function."),
  len("intercept", "The intercept of a linear function."),
  len("amplitude", "The amplitude of a gamma function."),
  len("exponent", "The exponent of a gamma function."),
  len("offset", "The offset of a gamma function."),
];
const SURFACE: readonly AttrSpec[] = [
  ...ONE,
  len("surfaceScale", "The height of the surface where the input is opaque."),
  ["kernelUnitLength", "text", "The distance that one step of the kernel stands for."],
];
const POSITION: readonly AttrSpec[] = [...XY, len("z", "The depth.")];
const CHANNEL = "=R G B A";
const transfer = (channel: string, name: string): ElementSpec => ({
  tag: `feFunc${channel}`,
  doc: `The function for the ${name} channel.`,
  attrs: TRANSFER,
});

/** Filters. */
export const SVG_FILTERS: readonly ElementSpec[] = [
  {
    tag: "filter",
    doc: "A filter: the primitives are applied in turn.",
    attrs: [
      ...XY,
      ...SIZE,
      units("filterUnits", "The coordinate system of the position and size."),
      units("primitiveUnits", "The coordinate system of the primitives."),
    ],
  },
  {
    tag: "feBlend",
    doc: "Blends two inputs.",
    attrs: [...TWO, [
      "mode",
      "=normal multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation color luminosity",
      "The blend mode.",
    ]],
  },
  {
    tag: "feColorMatrix",
    doc: "Changes colours by a matrix.",
    attrs: [
      ...ONE,
      ["type", "=matrix saturate hueRotate luminanceToAlpha", "The kind of matrix."],
      ["values", "scalar", "The values of the matrix."],
    ],
  },
  { tag: "feComponentTransfer", doc: "Changes each channel by a function.", attrs: ONE },
  transfer("R", "red"),
  transfer("G", "green"),
  transfer("B", "blue"),
  transfer("A", "alpha"),
  {
    tag: "feComposite",
    doc: "Combines two inputs pixel by pixel.",
    attrs: [
      ...TWO,
      ["operator", "=over in out atop xor lighter arithmetic", "The operation."],
      len("k1", "The factor of the product."),
      len("k2", "The factor of the first input."),
      len("k3", "The factor of the second input."),
      len("k4", "The constant."),
    ],
  },
  {
    tag: "feConvolveMatrix",
    doc: "Combines each pixel with its neighbours by a matrix.",
    attrs: [
      ...ONE,
      ["order", "scalar", "The size of the matrix."],
      ["kernelMatrix", "text", "The values of the matrix."],
      len("divisor", "What the sum is divided by."),
      len("bias", "What is added to the result."),
      len("targetX", "The column of the pixel in the matrix."),
      len("targetY", "The row of the pixel in the matrix."),
      EDGE,
      ["kernelUnitLength", "text", "The distance that one step of the matrix stands for."],
      ["preserveAlpha", "tf", "Whether the alpha channel is left alone."],
    ],
  },
  {
    tag: "feDiffuseLighting",
    doc: "Lights the input as a matt surface.",
    attrs: [...SURFACE, len("diffuseConstant", "How much light is reflected.")],
  },
  {
    tag: "feSpecularLighting",
    doc: "Lights the input as a shiny surface.",
    attrs: [
      ...SURFACE,
      len("specularConstant", "How much light is reflected."),
      len("specularExponent", "How shiny the surface is."),
    ],
  },
  {
    tag: "feDistantLight",
    doc: "A light at infinite distance.",
    attrs: [
      len("azimuth", "The direction in the plane, in degrees."),
      len("elevation", "The direction above the plane, in degrees."),
    ],
  },
  { tag: "fePointLight", doc: "A light at a point.", attrs: POSITION },
  {
    tag: "feSpotLight",
    doc: "A light with a cone.",
    attrs: [
      ...POSITION,
      len("pointsAtX", "The horizontal position of its target."),
      len("pointsAtY", "The vertical position of its target."),
      len("pointsAtZ", "The depth of its target."),
      len("specularExponent", "How narrow the light is."),
      len("limitingConeAngle", "The angle of the cone, in degrees."),
    ],
  },
  {
    tag: "feDisplacementMap",
    doc: "Moves the pixels of an input by the colours of a second.",
    attrs: [
      ...TWO,
      len("scale", "How far pixels are moved."),
      ["xChannelSelector", CHANNEL, "The channel for the horizontal move."],
      ["yChannelSelector", CHANNEL, "The channel for the vertical move."],
    ],
  },
  {
    tag: "feDropShadow",
    doc: "Adds a shadow to the input.",
    attrs: [
      ...ONE,
      len("dx", "The horizontal shift."),
      len("dy", "The vertical shift."),
      ["stdDeviation", "scalar", "How blurred the shadow is."],
    ],
  },
  { tag: "feFlood", doc: "Fills the area with a colour.", attrs: RESULT },
  {
    tag: "feGaussianBlur",
    doc: "Blurs the input.",
    attrs: [...ONE, ["stdDeviation", "scalar", "How blurred it is: one number, or two for x and y."], EDGE],
  },
  {
    tag: "feImage",
    doc: "An image or element as input.",
    attrs: [
      ...RESULT,
      ...REFERENCE,
      ["preserveAspectRatio", "text", "How the image is fitted."],
      ["crossorigin", "='' anonymous use-credentials", "Makes the request use CORS."],
    ],
  },
  { tag: "feMerge", doc: "Puts inputs on top of each other.", attrs: RESULT },
  { tag: "feMergeNode", doc: "An input of feMerge.", attrs: [["in", IN, "The input."]] },
  {
    tag: "feMorphology",
    doc: "Makes the input thicker or thinner.",
    attrs: [
      ...ONE,
      ["operator", "=erode dilate", "Thinner or thicker."],
      ["radius", "scalar", "By how much: one number, or two for x and y."],
    ],
  },
  {
    tag: "feOffset",
    doc: "Shifts the input.",
    attrs: [...ONE, len("dx", "The horizontal shift."), len("dy", "The vertical shift.")],
  },
  { tag: "feTile", doc: "Fills the area with repetitions of the input.", attrs: ONE },
  {
    tag: "feTurbulence",
    doc: "Makes noise.",
    attrs: [
      ...RESULT,
      ["baseFrequency", "scalar", "The frequency: one number, or two for x and y."],
      len("numOctaves", "How many octaves of detail there are."),
      len("seed", "The start of the random numbers."),
      ["stitchTiles", "=noStitch stitch", "Whether the edges of tiles fit."],
      ["type", "=fractalNoise turbulence", "The kind of noise."],
    ],
  },
];

const TIMING: readonly AttrSpec[] = [
  ...REFERENCE,
  ["begin", "text", "When the animation begins."],
  ["dur", "text", "How long it takes."],
  ["end", "text", "When it ends at the latest."],
  ["min", "text", "Its least duration."],
  ["max", "text", "Its greatest duration."],
  ["restart", "=always whenNotActive never", "Whether it can begin again."],
  ["repeatCount", "num/=indefinite", "How often it repeats."],
  ["repeatDur", "text", "How long it repeats."],
  ["fill", "=freeze remove", "What remains after it ended."],
];
const VALUES: readonly AttrSpec[] = [
  ...TIMING,
  ["calcMode", "=discrete linear paced spline", "How values between are found."],
  ["values", "text", "The values, separated by semicolons."],
  ["keyTimes", "text", "The times of the values, separated by semicolons."],
  ["keySplines", "text", "The curves between the values."],
  ["from", "scalar", "The first value."],
  ["to", "scalar", "The last value."],
  ["by", "scalar", "The change of the value."],
  ["additive", "=replace sum", "Whether it adds to the underlying value."],
  ["accumulate", "=none sum", "Whether each repetition adds to the last."],
];
const TARGET: AttrSpec = ["attributeName", "text", "The attribute or property that is animated."];

/** Animation. */
export const SVG_ANIMATION: readonly ElementSpec[] = [
  { tag: "animate", doc: "Animates an attribute of its parent.", attrs: [...VALUES, TARGET] },
  {
    tag: "animateMotion",
    doc: "Moves its parent along a path.",
    attrs: [
      ...VALUES,
      ["path", "text", "The commands of the path."],
      ["keyPoints", "text", "How far along the path it is at each key time."],
      ["rotate", "num/=auto auto-reverse", "The rotation: an angle, or along the path."],
      ["origin", "text", "Has no effect."],
    ],
  },
  {
    tag: "animateTransform",
    doc: "Animates a transformation of its parent.",
    attrs: [...VALUES, TARGET, [
      "type",
      "=translate scale rotate skewX skewY",
      "The kind of transformation.",
    ]],
  },
  {
    tag: "set",
    doc: "Sets an attribute of its parent for a time.",
    attrs: [...TIMING, ["to", "scalar", "The value."], TARGET],
  },
  { tag: "mpath", doc: "The path of animateMotion.", attrs: REFERENCE },
];
