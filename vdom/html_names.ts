/**
 * Names with a meaning to an HTML parser, as sets; from the HTML standard, "Parsing HTML documents" and "Serializing HTML
 * fragments". What the sets say holds in the HTML namespace alone unless they are named for another one.
 *
 * @module
 */

/** Makes a set of the words of a string. */
function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

/** Elements without content and end tag, obsolete ones included. */
export const VOID: ReadonlySet<string> = words(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
);

/** Elements whose content is read raw, so that nothing in it can be escaped. */
export const RAW_TEXT: ReadonlySet<string> = words("script style iframe xmp noembed noframes");

/** Elements whose first newline a parser drops. */
export const DROPS_NEWLINE: ReadonlySet<string> = words("pre textarea listing");

/** MathML elements whose content is read as HTML. */
export const MATH_TEXT: ReadonlySet<string> = words("mi mo mn ms mtext");

/** SVG elements whose content is read as HTML. */
export const SVG_HTML: ReadonlySet<string> = words("foreignObject desc title");

/** Elements whose start tag closes an open p. */
export const CLOSES_P: ReadonlySet<string> = words(
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup " +
    "main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre listing form li dd dt plaintext hr xmp table",
);

/** h1 to h6. */
export const HEADINGS: ReadonlySet<string> = words("h1 h2 h3 h4 h5 h6");

/** Elements that a parser ignores, or reads as something else, wherever they stand in a body. */
export const NEVER_IN_BODY: ReadonlySet<string> = words("html head body frameset frame image plaintext");

/** Parts of tables: each only has its place in the one above it. */
export const TABLE_PARTS: ReadonlySet<string> = words("caption colgroup col thead tbody tfoot tr td th");

/** thead, tbody, tfoot. */
export const TABLE_SECTIONS: ReadonlySet<string> = words("thead tbody tfoot");

/** HTML elements at which "has an element in scope" stops looking; a select does in newer parsers alone. */
export const SCOPE: ReadonlySet<string> = words(
  "applet caption html table td th marquee object template",
);

/** Elements that end the list of active formatting elements for what is in them. */
export const MARKERS: ReadonlySet<string> = words("applet object marquee td th caption template");

/** "Special" elements other than address, div and p: an open li, dd or dt is not looked for above them. */
export const STOPS_LI: ReadonlySet<string> = words(
  "applet article aside blockquote body button caption center colgroup dd details dir dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html iframe li listing main marquee menu nav noembed noframes noscript " +
    "object ol pre section select summary table tbody td template tfoot th thead tr ul xmp",
);

/** Elements that "generate implied end tags" closes when they are current. */
export const IMPLIED_END: ReadonlySet<string> = words("dd dt li optgroup option p rb rp rt rtc");

/** HTML elements whose start tag ends foreign content (SVG, MathML); `font` does with a color, face or size. */
export const BREAKS_OUT: ReadonlySet<string> = words(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr " +
    "ol p pre ruby s small span strong strike sub sup table tt u ul var",
);

/** HTML elements that parsers disagree about in foreign content, where they mean nothing. */
export const NOT_FOREIGN: ReadonlySet<string> = words(
  "caption colgroup col thead tbody tfoot tr td th select template html body head frameset form option optgroup plaintext noscript",
);

/** The SVG elements whose names have capitals; a parser restores these and lower-cases all others. */
export const SVG_CAPITALS: ReadonlySet<string> = words(
  "altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix " +
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow " +
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset " +
    "fePointLight feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient " +
    "radialGradient textPath",
);
