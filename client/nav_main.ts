/**
 * The entry of the third script, which the first one imports by the URL in `data-nav`.
 *
 * @module
 */
export { createNav } from "./nav.ts";
