/**
 * The spec table: every HTML, SVG and MathML element with its attributes, ARIA and the event props. The one source of
 * the element functions, their types, the JSX names and the facts in vdom/spec_facts.ts.
 *
 * @module
 */

import { HTML_FORMS } from "./html_forms.ts";
import { HTML_MEDIA, HTML_SCRIPT, HTML_TABLE } from "./html_media.ts";
import { HTML_TEXT } from "./html_text.ts";
import { SVG_PAINT, SVG_SHAPES, SVG_STRUCTURE } from "./svg.ts";
import { SVG_ANIMATION, SVG_FILTERS } from "./svg_effects.ts";
import type { ElementSpec } from "./types.ts";

export { ARIA, ROLES } from "./aria.ts";
export { EVENT_PROPS } from "./events.ts";
export { HTML_GLOBAL } from "./html_shared.ts";
export { MATHML, MATHML_GLOBAL } from "./mathml.ts";
export { SVG_CORE, SVG_PRESENTATION } from "./svg_shared.ts";
export type { AttrSpec, ElementSpec, EventSpec } from "./types.ts";

/** The HTML elements, in the standard's order. */
export const HTML: readonly ElementSpec[] = [
  ...HTML_TEXT,
  ...HTML_MEDIA,
  ...HTML_TABLE,
  ...HTML_FORMS,
  ...HTML_SCRIPT,
];

/** The SVG elements. */
export const SVG: readonly ElementSpec[] = [
  ...SVG_STRUCTURE,
  ...SVG_SHAPES,
  ...SVG_PAINT,
  ...SVG_FILTERS,
  ...SVG_ANIMATION,
];
