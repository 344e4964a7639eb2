/**
 * Gives an error its number in the registry of errors (errors/), which this module does not import: it imports nothing of ours.
 *
 * @module
 */

/** The error, with a code: "E001". */
export function coded<E extends Error>(code: string, error: E): E & { readonly code: string } {
  return Object.assign(error, { code });
}
