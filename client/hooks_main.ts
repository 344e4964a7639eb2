/**
 * The entry of the fourth script, which the second one imports when the page has an element with a hook.
 *
 * @module
 */
export { createHooks } from "./hooks.ts";
