/**
 * The members of the client's own objects to which the bundle gives names of one letter. None may be a member of anything of
 * the DOM or of the language that the client touches, of a node (an SVG circle has an `r`), or of what pages see.
 *
 * @module
 */

/** The names. */
export const MANGLED: readonly string[] = (
  // Client
  "win doc end nodes next ops sound mend specs heard queue typed composing ws ready closed stale intent session sealed last " +
  "acked unacked ackTimer timer beat heartbeat seen alive tries frames rare wants loading quit socket waits " +
  // Handler, Outgoing, Rare, BuildContext
  "family special opts carries sent supersede predict locate renumber resync buildRare putRare sendUnsent admits wait flush release " +
  "unwind rewind maker into from node handler " +
  // What is in the second script alone
  "holes statics core controls isAhead setValue ours what undo made " +
  // Core
  "buildNodes drop firstNode forget isOpaque MOUSE number numberOf handlersOf put putMembers putText range readNodes setAttr " +
  "setEvents walk loadRare " +
  // Cursor
  "pos strings bytes utf8 uint int string maybe list word chunk"
).split(" ");
