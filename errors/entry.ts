/**
 * What the registry knows of one error.
 *
 * @module
 */

/** One error that the framework raises on purpose. */
export interface ErrorEntry {
  /** Its number: "E141". Never used for anything else once published. */
  readonly code: string;
  /** The same for people and programs, in kebab case: "not-a-project". The `code` of classes that use names. */
  readonly name: string;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** How it comes about. */
  readonly cause: string;
  /** What to do, as one or more sentences. */
  readonly fix: string;
  /** What is right, as code; where it says more than words. */
  readonly example?: string;
  /** The number that the protocol has for it. */
  readonly wire?: number;
}
