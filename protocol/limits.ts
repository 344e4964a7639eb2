/**
 * How much a peer may send.
 *
 * @module
 */

/** The limits of a decoder. Each one has its own error, and none of them allocates before it has checked. */
export interface Limits {
  /** Bytes of a frame, and of its strings when every reference is counted as the string it names. Error 0x10. */
  maxFrame: number;
  /** Items of one list; more than the bytes that remain are refused in any case. Error 0x11. */
  maxItems: number;
  /** Depth of nested nodes. Error 0x12. */
  maxDepth: number;
  /** Depth of nested hook values. Error 0x12. */
  maxHookDepth: number;
}

/** What a server takes from a browser unless it is told otherwise. */
export const DEFAULT_LIMITS: Limits = {
  maxFrame: 1 << 20,
  maxItems: 100_000,
  maxDepth: 256,
  maxHookDepth: 64,
};
