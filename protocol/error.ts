/**
 * The one error of the codec.
 *
 * The reader knows a code and a place; the sentence for a log is made by `explain()`, which only servers import.
 *
 * @module
 */
import type { ErrorCode } from "./codes.ts";

/** Bytes that are no frame, or a value that no frame can hold. */
export class ProtocolError extends Error {
  /** The name of the class. */
  override readonly name = "ProtocolError";

  /** Makes an error; without a message it names the code and the place. */
  constructor(
    /** What went wrong: one of 0x01, 0x02 and 0x10 to 0x17. */
    readonly code: ErrorCode,
    /** The byte at which decoding stopped, from 0. */
    readonly offset: number,
    message: string = `Cannot decode byte ${offset}: error ${code}`,
  ) {
    super(message);
  }
}
