/**
 * Snabbdom asks for a window while it is loaded. Imported before it.
 *
 * @module
 */
Object.assign(globalThis, { window: globalThis });
