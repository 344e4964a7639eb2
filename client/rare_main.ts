/**
 * The entry of the second script, which the first one imports by the URL that the page names.
 *
 * @module
 */
export { createRare } from "./rare.ts";
