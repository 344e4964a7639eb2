/**
 * The members of the client's own objects, which the bundle gives names of one letter. None may be a member of anything
 * of the DOM or of the language that the client touches.
 *
 * @module
 */

/** The names. */
export const MANGLED: readonly string[] = (
  // Client
  "win doc end nodes sound mend specs heard waiting done queue seq received typed held composing ws ready closed stale " +
  "intent session sealed last acked unacked ackTimer timer beat heartbeat seen alive tries max frames rare wants loading " +
  "quit socket load " +
  // Outgoing, Held, Waiting, Handler, Rare, BuildContext
  "node body sent op run send family predict unwind rewind locate subtree resync define maker into space from " +
  // Cursor
  "at strings uint int text blob maybe list vango"
).split(" ");
