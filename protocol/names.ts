/**
 * The static tables of names. An entry costs a byte instead of the name's length and one more, once per frame, and some
 * bytes of the client's bundle for ever: so only names that most pages insert. The order is part of the protocol: new
 * names go to the end, with a new minor version.
 *
 * @module
 */

/** Tags. */
export const TAGS: readonly string[] =
  /* @__PURE__ */ ("div span p a button input label li ul tr td th tbody thead table h1 h2 h3 h4 form section header " +
    "footer nav main article aside img svg path option select textarea small strong em i br code pre")
    .split(" ");

/** Attributes. */
export const ATTRS: readonly string[] =
  /* @__PURE__ */ ("data-hid class id style type name value href src alt title for placeholder disabled checked selected " +
    "role tabindex hidden action method target rel width height colspan required maxlength autocomplete data-own " +
    "data-id aria-label aria-hidden aria-expanded viewBox d fill stroke stroke-width xmlns")
    .split(" ");
