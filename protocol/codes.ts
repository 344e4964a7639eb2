/**
 * The numbers of the protocol that are not operations or events: frames, subtypes, errors, statuses, reasons.
 *
 * Tables of constants, for callers that name them; the decoders use the same numbers as literals, checked against these
 * types, so that the client's bundle carries no table that it does not use. docs/protocol.md says what each one means.
 *
 * @module
 */

/** The version that this module speaks. Another major cannot be understood; a higher minor only adds to the end. */
export const MAJOR = 3;

/** The minor version that this module speaks. */
export const MINOR = 0;

/** What a frame is: the low four bits of its first byte. */
export const FrameType = { Hello: 0, Event: 1, Patches: 2, Control: 3, Ack: 4, Error: 5 } as const;

/** One of the numbers of the table of the same name. */
export type FrameType = typeof FrameType[keyof typeof FrameType];

/** What a control frame is about. */
export const ControlType = {
  Ping: 0x01,
  Pong: 0x02,
  ResyncRequest: 0x10,
  Resync: 0x12,
  Renumber: 0x13,
  Refetch: 0x14,
  Close: 0x20,
  GoAway: 0x21,
  Sealed: 0x22,
} as const;

/** One of the numbers of the table of the same name. */
export type ControlType = typeof ControlType[keyof typeof ControlType];

/** What went wrong. 0x00 to 0x06 concern an event, 0x10 to 0x18 the bytes, 0x100 and up the application. */
export const ErrorCode = {
  Unknown: 0x00,
  InvalidFrame: 0x01,
  InvalidEvent: 0x02,
  HandlerNotFound: 0x03,
  HandlerFailed: 0x04,
  SessionExpired: 0x05,
  RateLimited: 0x06,
  TooLarge: 0x10,
  TooMany: 0x11,
  TooDeep: 0x12,
  Truncated: 0x13,
  BadVarint: 0x14,
  BadString: 0x15,
  UnknownType: 0x16,
  WrongDirection: 0x17,
  OutOfOrder: 0x18,
  Server: 0x100,
  NotAuthorized: 0x101,
  NotFound: 0x102,
  Validation: 0x103,
  Route: 0x104,
} as const;

/** One of the numbers of the table of the same name. */
export type ErrorCode = typeof ErrorCode[keyof typeof ErrorCode];

/** The server's answer to a hello. */
export const HelloStatus = {
  Ok: 0,
  VersionMismatch: 1,
  InvalidToken: 2,
  SessionExpired: 3,
  Busy: 4,
  UpgradeRequired: 5,
  InvalidFormat: 6,
  NotAuthorized: 7,
  InternalError: 8,
  LimitExceeded: 9,
} as const;

/** One of the numbers of the table of the same name. */
export type HelloStatus = typeof HelloStatus[keyof typeof HelloStatus];

/** What a connection is for: the page's first, or one that goes on where another ended. */
export const HelloIntent = { Claim: 0, Resume: 1 } as const;

/** One of the numbers of the table of the same name. */
export type HelloIntent = typeof HelloIntent[keyof typeof HelloIntent];

/** What the client does with its tree after an accepted hello. */
export const HelloAction = { Keep: 0, Renumber: 1, Resync: 2 } as const;

/** One of the numbers of the table of the same name. */
export type HelloAction = typeof HelloAction[keyof typeof HelloAction];

/** Bits of the `flags` of a client's hello. */
export const HelloFlag = { NumberCheckFailed: 1 } as const;

/** Bits of the `caps` of a client's hello. */
export const Capability = { MoveBefore: 1 } as const;

/** Why a client asks for everything again. */
export const ResyncReason = { Gap: 0, UnknownNode: 1, NumberCheck: 2, Decode: 3 } as const;

/** One of the numbers of the table of the same name. */
export type ResyncReason = typeof ResyncReason[keyof typeof ResyncReason];

/** Why a connection ends. */
export const CloseReason = {
  Normal: 0,
  GoingAway: 1,
  SessionExpired: 2,
  ServerShutdown: 3,
  Error: 4,
  Replaced: 5,
  TooSlow: 6,
} as const;

/** One of the numbers of the table of the same name. */
export type CloseReason = typeof CloseReason[keyof typeof CloseReason];
