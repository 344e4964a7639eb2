/**
 * What is wrong with a route, a path or the values of one.
 *
 * @module
 */

/** What a {@linkcode RouteError} is about. */
export type RouteErrorCode =
  /** A pattern or a file's name that cannot be read. */
  | "invalid-pattern"
  /** Two routes that match the same paths. */
  | "duplicate-route"
  /** A value that is missing, or that the pattern does not take. */
  | "invalid-param"
  /** A path that no URL has. */
  | "invalid-path";

/** Thrown when a route, a path or the values of one are wrong. */
export class RouteError extends TypeError {
  /** "RouteError". */
  override name = "RouteError";
  /** What it is about. */
  readonly code: RouteErrorCode;

  /** Makes an error with the action that failed, the value, and what was wanted. */
  constructor(code: RouteErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
