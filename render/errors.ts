/**
 * The error of content that cannot be written as HTML without changing its meaning.
 *
 * @module
 */

/** Why a tree cannot be rendered; see {@linkcode RenderError.code}. */
export type RenderErrorCode =
  /** A tag that could not be an element's, or that a parser never closes. */
  | "tag"
  /** Text that would end or confuse the element that holds it. */
  | "raw-text"
  /** An attribute that the framework keeps for itself. */
  | "reserved"
  /** A node that cannot stand in the head of a document. */
  | "head"
  /** A node that this renderer does not know. */
  | "kind";

/** Content that cannot be written as HTML. The message names the element. */
export class RenderError extends Error {
  /** The name of the class. */
  override readonly name = "RenderError";

  /** Makes the error of one kind, with a message that names the element. */
  constructor(
    /** Why: for programs. */
    readonly code: RenderErrorCode,
    message: string,
  ) {
    super(message);
  }
}
