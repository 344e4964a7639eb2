/**
 * The class of the errors that the framework raises for the developer: what is wrong, and what to do.
 *
 * These errors are for the developer, and never for the browser. The message holds the action that failed, the value
 * and what was wanted, and ends with the hint, since an uncaught error prints its message alone.
 *
 * @module
 */

/** Where in a text file something is wrong. */
export interface ErrorPlace {
  /** The file, as the developer knows it. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1. */
  readonly column: number;
  /** The text of the file, to show the lines around. */
  readonly source?: string;
}

/** What a {@link VangoError} may carry besides its message. */
export interface VangoErrorOptions {
  /** What to do about it, as one or more sentences. */
  hint?: string;
  /** The error that led to this one. */
  cause?: unknown;
  /** Where it is, when it is in a file. */
  place?: ErrorPlace;
}

/**
 * A mistake in how the framework is configured or run.
 *
 * @example
 * ```ts
 * import { VangoError } from "./error.ts";
 *
 * const error = new VangoError("secret", "Cannot use a secret of 4 characters", { hint: "Use 32 or more." });
 * console.assert(error.message === "Cannot use a secret of 4 characters. Use 32 or more.");
 * ```
 */
export class VangoError extends Error {
  /** The name that is printed before the message. */
  override readonly name = "VangoError";
  /** What kind of mistake it is, in kebab case: stable, for programs. The registry has an entry for each. */
  readonly code: string;
  /** What to do about it; empty when there is nothing to say. */
  readonly hint: string;
  /** Where it is, when it is in a file. */
  readonly place: ErrorPlace | undefined;
  /** The message without the hint. */
  readonly what: string;

  /** Makes an error whose message is `message` and, after a full stop, the hint. */
  constructor(code: string, message: string, options: VangoErrorOptions = {}) {
    const hint = options.hint ?? "";
    super(
      hint === "" ? message : `${message}. ${hint}`,
      "cause" in options ? { cause: options.cause } : undefined,
    );
    this.code = code;
    this.hint = hint;
    this.place = options.place;
    this.what = message;
  }
}
